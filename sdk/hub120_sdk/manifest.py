"""``manifest.toml``: what a connector says of itself, checked before any of its code runs."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from enum import StrEnum
from importlib.resources import files
from typing import Any, get_type_hints

from hub120_sdk.capabilities import CAPABILITIES
from hub120_sdk.version import SDK_VERSION, compatible

NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
MEDIA = frozenset({"text", "voice", "video"})
_HOST = re.compile(r"(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+(:\d{1,5})?")


class ManifestError(ValueError):
    """A manifest that cannot be used; the message names the field."""


class Isolation(StrEnum):
    """Where a connector runs: with others in the host's process, or in a process of its own."""

    SHARED = "shared"
    PROCESS = "process"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting or secret: what it means, whether it must be there, and what it is otherwise."""

    description: str
    required: bool = True
    default: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """What the channel can carry and how fast; zero means unlimited."""

    text_characters: int = 0
    """The longest single text, in characters."""
    text_parts: int = 1
    """How many such texts one ``send`` carries; the hub splits what is longer into several replies."""
    answer_parts: int = 0
    """How many such texts of parked replies one ``answer`` carries; zero: the answer carries none."""
    send_attachments: int = 0
    """How many files a reply may carry; zero: none."""
    body_bytes: int = 1_048_576
    """The longest webhook body taken in."""
    attachments: int = 10
    """How many files of one message are taken in."""
    attachment_bytes: int = 20_971_520
    sends_per_second: float = 0.0
    parallel_sends: int = 8
    parse_deadline_s: float = 2.0
    send_deadline_s: float = 30.0
    classify_deadline_s: float = 0.05
    """A citizen's message waits for its classification so long."""
    silence_s: float = 60.0
    """A listener that gives no sign of life for so long is ended and begun anew."""
    memory_mb: int = 512
    """What it may take in a process of its own."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """A connector's own description."""

    id: str
    name: str
    capabilities: frozenset[str]
    owner: str
    """Who answers for it: a team or a person with an address."""
    sdk: str = SDK_VERSION
    """The SDK version it was written for."""
    medium: str = "text"
    """What occupies the agent: text, voice or video."""
    idempotent_send: bool = False
    """The provider recognises ``reply_id`` (a department ``handover_id``, an interpreter session, attempt and message):
    after a crash in the middle of ``send`` it is safe to send again."""
    isolation: Isolation = Isolation.SHARED
    allowed_hosts: tuple[str, ...] = ()
    """Hosts ``Context.http`` may reach; ``*.example.org`` allows subdomains, ``{setting}`` the host of that setting."""
    settings: Mapping[str, Setting] = field(default_factory=dict)
    secrets: Mapping[str, Setting] = field(default_factory=dict)
    limits: Limits = Limits()

    @classmethod
    def load(cls, package: str) -> Manifest:
        """Read ``manifest.toml`` beside the package's ``__init__.py``. Raises ``ManifestError``."""
        try:
            text = files(package).joinpath("manifest.toml").read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise ManifestError(f"manifest.toml of {package} cannot be read: {error}") from error
        return cls.parse(text)

    @classmethod
    def parse(cls, text: str) -> Manifest:
        """Read the text of a manifest. Raises ``ManifestError``, naming the field that is wrong."""
        try:
            raw = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise ManifestError(f"manifest.toml is not TOML: {error}") from error
        manifest = cls(
            **{
                **_checked(cls, raw, "", skip=_CONVERTED),
                "capabilities": frozenset(_strings(raw, "capabilities")),
                "isolation": _isolation(raw.get("isolation", "shared")),
                "allowed_hosts": _strings(raw, "allowed_hosts"),
                "settings": _settings(raw, "settings"),
                "secrets": _settings(raw, "secrets"),
                "limits": _limits(raw.get("limits", {})),
            }
        )
        _check_values(manifest)
        return manifest


_CONVERTED = frozenset({"capabilities", "isolation", "allowed_hosts", "settings", "secrets", "limits"})


def _checked(kind: type, raw: object, where: str, skip: frozenset[str] = frozenset()) -> dict[str, Any]:
    """The fields of ``kind`` in ``raw``, each of its declared type; unknown and missing ones are refused."""
    if not isinstance(raw, dict):
        raise ManifestError(f"manifest.toml: {where.rstrip('.')} must be a table")
    hints = get_type_hints(kind)
    for name in raw:
        if name not in hints:
            raise ManifestError(f"manifest.toml: {where}{name} is unknown; there are {', '.join(sorted(hints))}")
    for name in _needed(kind):
        if name not in raw:
            raise ManifestError(f"manifest.toml: {where}{name} is missing")
    return {name: _typed(value, hints[name], where + name) for name, value in raw.items() if name not in skip}


def _needed(kind: type) -> list[str]:
    instance_fields = fields(kind)
    return [one.name for one in instance_fields if one.default is one.default_factory]  # both MISSING


def _typed(value: object, wanted: type, where: str) -> object:
    if wanted is float and type(value) is int:
        return float(value)
    if type(value) is not wanted:
        raise ManifestError(f"manifest.toml: {where} must be {wanted.__name__}, not {type(value).__name__}")
    if isinstance(value, int | float) and value < 0:
        raise ManifestError(f"manifest.toml: {where} must not be negative")
    return value


def _strings(raw: Mapping[str, object], name: str) -> tuple[str, ...]:
    value = raw.get(name, [])
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise ManifestError(f"manifest.toml: {name} must be an array of strings")
    return tuple(value)


def _isolation(value: object) -> Isolation:
    try:
        return Isolation(str(value))
    except ValueError as error:
        raise ManifestError(f"manifest.toml: isolation must be one of {', '.join(Isolation)}") from error


def _settings(raw: Mapping[str, object], table: str) -> dict[str, Setting]:
    value = raw.get(table, {})
    if not isinstance(value, dict):
        raise ManifestError(f"manifest.toml: {table} must be a table")
    found = {name: Setting(**_checked(Setting, one, f"{table}.{name}.")) for name, one in value.items()}
    for name in found:
        if not NAME.fullmatch(name):
            raise ManifestError(f"manifest.toml: {table}.{name} must match {NAME.pattern}")
    return found


def _limits(raw: object) -> Limits:
    return Limits(**_checked(Limits, raw, "limits."))


def _check_values(manifest: Manifest) -> None:
    _must(bool(NAME.fullmatch(manifest.id)), f"id {manifest.id!r} must match {NAME.pattern}")
    _must(bool(manifest.owner.strip()), "owner is empty; name who answers for the connector")
    _must(bool(manifest.capabilities), "capabilities names none; write for example ['channel']")
    unknown = sorted(manifest.capabilities - CAPABILITIES.keys())
    _must(not unknown, f"capabilities {unknown} are unknown; this SDK has {sorted(CAPABILITIES)}")
    _check_capabilities(manifest)
    _must(manifest.medium in MEDIA, f"medium must be one of {', '.join(sorted(MEDIA))}")
    _must(compatible(manifest.sdk), f"sdk {manifest.sdk!r} does not fit the hub's {SDK_VERSION!r}")
    twice = sorted(manifest.settings.keys() & manifest.secrets.keys())
    _must(not twice, f"{twice} are both settings and secrets")
    _check_limits(manifest.limits)
    _check_hosts(manifest.allowed_hosts, manifest.settings)


def _check_capabilities(manifest: Manifest) -> None:
    has = manifest.capabilities
    needs_channel = sorted(has & {"inquiries", "listener", "sessions"})
    _must("channel" in has or not needs_channel, f"capabilities {needs_channel} need 'channel' beside them")
    _must(not {"channel", "department"} <= has, "a connector is a channel or a department: make two of it")
    for alone in sorted(has & _WITH_ARTICLE.keys()):
        _must(has == {alone}, f"{_WITH_ARTICLE[alone]} is nothing else: make two of it")
    held = "listener" in has and manifest.isolation is Isolation.PROCESS
    _must(not held, "a listener holds connections, which isolation 'process' takes from it")


_WITH_ARTICLE = {
    "alerts": "a source of alerts",
    "classifier": "a classifier",
    "directory": "a directory",
    "interpreter": "an interpreter",
    "knowledge": "a source of knowledge",
    "translator": "a translator",
}

_ABOVE_ZERO = (
    "body_bytes",
    "attachment_bytes",
    "text_parts",
    "parallel_sends",
    "parse_deadline_s",
    "send_deadline_s",
    "classify_deadline_s",
    "memory_mb",
    "silence_s",
)


def _check_limits(limits: Limits) -> None:
    for name in _ABOVE_ZERO:
        _must(getattr(limits, name) > 0, f"limits.{name} must be above zero")


def _check_hosts(patterns: Sequence[str], settings: Mapping[str, Setting]) -> None:
    for pattern in patterns:
        if pattern.startswith("{") and pattern.endswith("}"):
            _must(pattern[1:-1] in settings, f"allowed_hosts names {pattern}, which is no setting")
        else:
            _must(bool(_HOST.fullmatch(pattern)), f"allowed_hosts {pattern!r} is no host, *.host or {{setting}}")


def _must(condition: bool, message: str) -> None:
    if not condition:
        raise ManifestError(f"manifest.toml: {message}")
