"""A connector's settings and secrets from the environment, and which variables are missing.

``HUB120_CONNECTOR_<ID>_<NAME>`` is the value; a secret may instead be in the file that ``…_<NAME>_FILE`` names. What a
provider's contract allows differs from operator to operator: ``…_LIMIT_SENDS_PER_SECOND`` and
``…_LIMIT_PARALLEL_SENDS`` take the place of the manifest's own, and so does ``…_LIMIT_CLASSIFY_DEADLINE_S``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from hub120_sdk import Limits, Manifest, Setting

from chassis.connectors.errors import NotConfigured

_PREFIX = "HUB120_CONNECTOR_"
_LIMITS: Mapping[str, type[int] | type[float]] = {
    "sends_per_second": float,
    "parallel_sends": int,
    "classify_deadline_s": float,
}
_MOST = 100_000


@dataclass(frozen=True, slots=True, repr=False)
class Configuration:
    """What a connector is made with. ``missing`` names the variables without which it cannot run."""

    settings: Mapping[str, str]
    secrets: Mapping[str, str]
    missing: tuple[str, ...] = ()


def variable(connector_id: str, name: str) -> str:
    """The environment variable of one setting."""
    return f"{_PREFIX}{connector_id}_{name}".upper()


def read(manifest: Manifest, environ: Mapping[str, str]) -> Configuration:
    """Read all that the manifest names; never fails, but tells what is missing."""
    settings = {name: environ.get(variable(manifest.id, name), one.default) for name, one in manifest.settings.items()}
    secrets = {name: _secret(manifest.id, name, one, environ) for name, one in manifest.secrets.items()}
    named = {**manifest.settings, **manifest.secrets}
    found = {**settings, **secrets}
    missing = [variable(manifest.id, name) for name, one in named.items() if one.required and not found[name].strip()]
    return Configuration(settings, secrets, tuple(missing))


def limits(manifest: Manifest, environ: Mapping[str, str]) -> Limits:
    """The manifest's limits with the operator's in their place. Raises ``NotConfigured``, naming the variable."""
    given: dict[str, Any] = {}
    for name, kind in _LIMITS.items():
        told = environ.get(variable(manifest.id, f"limit_{name}"), "").strip()
        if told:
            given[name] = _number(variable(manifest.id, f"limit_{name}"), kind, told)
    return replace(manifest.limits, **given)


def _number(name: str, kind: type[int] | type[float], told: str) -> float:
    try:
        number = kind(told)
    except ValueError as error:
        raise NotConfigured(f"{name} is no number") from error
    if not 0 < number < _MOST:
        raise NotConfigured(f"{name} must be above zero and below {_MOST}")
    return number


def unknown_variables(manifests: Iterable[Manifest], environ: Mapping[str, str]) -> list[str]:
    """Variables that look like a connector's but belong to none: most often a misspelt name."""
    known = {name for manifest in manifests for name in _variables(manifest)}
    return sorted(name for name in environ if name.startswith(_PREFIX) and name not in known)


def _variables(manifest: Manifest) -> list[str]:
    of_limits = [f"limit_{name}" for name in _LIMITS]
    names = [variable(manifest.id, name) for name in [*manifest.settings, *manifest.secrets, *of_limits]]
    return names + [f"{variable(manifest.id, name)}_FILE" for name in manifest.secrets]


def _secret(connector_id: str, name: str, secret: Setting, environ: Mapping[str, str]) -> str:
    value = environ.get(variable(connector_id, name))
    path = environ.get(f"{variable(connector_id, name)}_FILE")
    if value is None and path:
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            return ""  # counts as missing, by the variable's name
    return secret.default if value is None else value
