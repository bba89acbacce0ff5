"""What is called as in OpenTelemetry's semantic conventions is in their published registry, and used as they say."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from opentelemetry.semconv import _incubating, attributes
from opentelemetry.semconv._incubating.attributes import rpc_attributes as rpc
from opentelemetry.semconv.schemas import Schemas

from chassis.telemetry import attributes as known
from services.intake.domain.priorities import PriorityClass

ROOT = Path(__file__).parents[2]
CODE = [path for folder in ("chassis", "services") for path in sorted((ROOT / folder).rglob("*.py"))]
METRICS = {
    *("rpc.server.call.duration", "http.server.request.duration", "messaging.process.duration"),
    *("db.client.connection.count", "db.client.connection.max"),
}
"""Measurements that are called as in the conventions."""


def registry() -> dict[str, str]:
    """Each attribute of the registry, with the comment that stands below it; what is stable says it last."""
    found: dict[str, str] = {}
    for package in (importlib.import_module(f"{_incubating.__name__}.attributes"), attributes):
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            source = Path(importlib.import_module(module.name).__file__ or "").read_text()
            for name, comment in re.findall(r'^\w+: Final = "([\w.]+)"\n"""(.*?)"""', source, re.M | re.S):
                found[name] = comment
    return found


def _values(enumeration: type) -> set[str]:
    return {str(one.value) for one in enumeration}  # type: ignore[attr-defined] # an enum


REGISTRY = registry()


@pytest.mark.parametrize("name", sorted(known.CONVENTIONS))
def test_every_attribute_is_in_the_registry_and_not_on_its_way_out(name: str) -> None:
    assert name in REGISTRY
    assert "Deprecated" not in REGISTRY[name]


def test_nothing_of_our_own_is_called_as_if_it_were_of_the_registry() -> None:
    assert not known.OWN.keys() & REGISTRY.keys()


def said() -> Iterator[tuple[str, str]]:
    """Whatever looks like an attribute in the code, wherever it is written out."""
    areas = "|".join(sorted({name.partition(".")[0] for name in known.CONVENTIONS} - {"http"}))  # ASGI's own words
    for path in CODE:
        for name in re.findall(rf'"((?:{areas})\.[a-z_]+(?:\.[a-z_]+)*)"', path.read_text()):
            yield name, str(path.relative_to(ROOT))


def test_names_that_are_written_out_in_the_code_are_declared() -> None:
    unknown = {(name, where) for name, where in said() if name not in known.CONVENTIONS | METRICS}
    assert not unknown


def test_what_the_guide_to_tracing_samples_by_is_said_by_spans() -> None:
    guide = (ROOT / "docs" / "tracing.md").read_text()
    (sampling,) = re.findall(r"```yaml\n(.*?)```", guide, re.S)
    policies = yaml.safe_load(sampling)["processors"]["tail_sampling"]["policies"]
    assert set(re.findall(r"hub120\.[a-z_.]+", str(policies))) <= known.OWN.keys()
    (urgent,) = [one["string_attribute"]["values"] for one in policies if one["type"] == "string_attribute"]
    assert set(urgent) <= {one.name.lower() for one in PriorityClass}


def test_the_schema_that_spans_name_is_published() -> None:
    assert known.SCHEMA_URL in {schema.value for schema in Schemas}


def test_systems_are_called_as_the_registry_calls_them() -> None:
    assert "grpc" in _values(rpc.RpcSystemNameValues)
