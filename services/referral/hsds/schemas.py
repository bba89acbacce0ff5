"""The schemas of HSDS 3.0: what a document may hold, and which objects stand in which.

They are read and compiled when first needed. References are answered from the files beside this one, never the network.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from services.referral.domain.directory import Fault

if TYPE_CHECKING:
    import jsonschema_rs

MOST_FAULTS = 10
"""Faults told of one document."""
_BASE = "hsds:/"
_VALUE = "the value"


@dataclass(frozen=True, slots=True)
class Shape:
    """One kind of object: its fields, and the kinds of the objects in them."""

    name: str
    file: str
    """What its table is called in a tabular package."""
    fields: frozenset[str]
    numbers: frozenset[str]
    one: Mapping[str, str]
    """Fields that hold an object, and its kind."""
    many: Mapping[str, str]
    """Fields that hold a list of objects, and their kind."""


@cache
def shape(name: str) -> Shape:
    """The kind of object of that name, for example ``service``."""
    schema = _schemas()[f"{name}.json"]
    properties: Mapping[str, Any] = schema["properties"]
    one, many = {}, {}
    for field, said in properties.items():
        if "$ref" in said:
            one[field] = said["$ref"].removesuffix(".json")
        elif "$ref" in said.get("items", {}):
            many[field] = said["items"]["$ref"].removesuffix(".json")
    plain = frozenset(field for field in properties if field not in one and field not in many)
    numbers = frozenset(field for field in plain if properties[field].get("type") == "number")
    return Shape(name, schema["path"], plain, numbers, one, many)


def faults(name: str, document: Any) -> tuple[Fault, ...]:
    """What is wrong with a document as an object of this kind; at most ten faults. They do not repeat values."""
    validator = _validator(name)
    if validator.is_valid(document):
        return ()
    return tuple(_first(validator.iter_errors(document)))


def _first(errors: Iterator[jsonschema_rs.ValidationError]) -> Iterator[Fault]:
    for error, _ in zip(errors, range(MOST_FAULTS), strict=False):
        yield Fault(pointer(error.instance_path), error.message)


def pointer(path: Any) -> str:
    """A path as a JSON Pointer (RFC 6901)."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


@cache
def openapi() -> Mapping[str, Any]:
    """The API of HSDS 3.0 as its specification describes it."""
    found: Mapping[str, Any] = _schemas()["openapi.json"]
    return found


@cache
def profile() -> str:
    """The Korean profile in words."""
    return files("services.referral.hsds").joinpath("profile.md").read_text(encoding="utf-8")


@cache
def _validator(name: str) -> jsonschema_rs.Draft202012Validator:
    import jsonschema_rs  # noqa: PLC0415 - five megabytes that only imports need

    return jsonschema_rs.Draft202012Validator(
        {"$ref": f"{_BASE}{name}.json"}, registry=_registry(), validate_formats=True, mask=_VALUE, offline=True
    )


@cache
def _registry() -> jsonschema_rs.Registry:
    import jsonschema_rs  # noqa: PLC0415 - as above

    return jsonschema_rs.Registry([(_BASE + name, schema) for name, schema in _schemas().items()])


@cache
def _schemas() -> Mapping[str, Any]:
    folder = files("services.referral.hsds").joinpath("base")
    return {
        one.name: json.loads(one.read_text(encoding="utf-8")) for one in folder.iterdir() if one.name.endswith(".json")
    }
