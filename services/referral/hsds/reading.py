"""A service as a source gives it, made ready to be kept: tidied, completed with ids, checked, and taken apart.

What the directory does not keep is left out here: names of people and their addresses, histories, and fields that
neither HSDS 3.0 nor the profile knows.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from services.referral.domain import directory
from services.referral.domain.directory import Fault, Kind, Record, own_id
from services.referral.hsds import profile, schemas

MOST_BYTES = 1024 * 1024
"""The longest document that is taken."""

Document = dict[str, Any]

_VERSION = b"1"
"""Changes with what is kept of a document, so that the next import reads every service anew."""
_LINKS = frozenset(
    f"{name}_id"
    for name in ("service", "location", "organization", "contact", "phone", "service_at_location", "link", "resource")
)
"""What tells in a table where an object belongs; in a document it stands there."""
_PEOPLE = {
    "service": frozenset({"assurer_email"}),
    "contact": frozenset({"name", "email"}),
    "address": frozenset({"attention"}),
}
_OWN = {"service": frozenset({"kind"})}


class Refused(Exception):
    """A record that cannot be taken."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Part:
    """A document that is kept by itself; ``key`` is what the source calls it."""

    id: str
    key: str
    document: Document


@dataclass(frozen=True, slots=True)
class PlaceOfService:
    """A location at which a service is, and what is said of it there."""

    id: str
    document: Document
    location: Part


@dataclass(frozen=True, slots=True)
class Read:
    """A service taken apart."""

    service: Part
    organization: Part
    places: tuple[PlaceOfService, ...]
    kind: Kind
    ages: tuple[int | None, int | None]
    assured_at: float | None
    areas: frozenset[str]
    terms: frozenset[tuple[str, str]]


def digest(record: Record) -> bytes:
    """What tells whether a record has changed. Raises ``Refused`` for what is no JSON, or too long."""
    if record.faults:
        raise Refused(*record.faults)
    try:
        written = json.dumps(dict(record.document), sort_keys=True, ensure_ascii=False, allow_nan=False).encode()
    except (TypeError, ValueError, RecursionError):
        raise Refused(Fault("", "holds what is no JSON")) from None
    if len(written) > MOST_BYTES:
        raise Refused(Fault("", f"has more than {MOST_BYTES} bytes"))
    return hashlib.sha256(_VERSION + written).digest()


def read(source: str, record: Record) -> Read:
    """Take a record apart. Raises ``Refused``."""
    document = _tidy("service", _joined(record.document))
    if not isinstance(document.get("organization"), dict):
        raise Refused(Fault("/organization", "is required"))
    if "id" not in document:
        document["id"] = own_id(source, "service", record.key)
    organization_key = _key_of(document["organization"])
    document["organization"].setdefault("id", own_id(source, "organization", organization_key))
    _complete("service", document, source, record.key, "")
    faults = schemas.faults("service", document) or profile.faults(document)
    if faults:
        raise Refused(*faults)
    return _parts(record.key, organization_key, document)


def _key_of(organization: Document) -> str:
    return str(organization.get("id") or organization.get("name", ""))


def _joined(given: Mapping[str, Any]) -> Document:
    """Places that only name a location of the organization hold it."""
    document = dict(given)
    organization, places = document.get("organization"), document.get("service_at_locations")
    known = organization.get("locations") if isinstance(organization, Mapping) else None
    if isinstance(known, list) and isinstance(places, list):
        by_id = {str(one.get("id")): one for one in known if isinstance(one, Mapping)}
        document["service_at_locations"] = [_with_location(place, by_id) for place in places]
    return document


def _with_location(place: Any, by_id: Mapping[str, Any]) -> Any:
    if not isinstance(place, Mapping) or place.get("location") or str(place.get("location_id")) not in by_id:
        return place
    return {**place, "location": by_id[str(place["location_id"])]}


def _tidy(name: str, given: Any) -> Any:
    """An object without empty fields and without what is not kept; anything else as it is, for the schema to refuse."""
    if not isinstance(given, Mapping):
        return given
    shape, kept = schemas.shape(name), {}
    for field, value in given.items():
        if _empty(value) or field in _LINKS:
            continue
        if field in shape.many:
            if shape.many[field] != "metadata":
                kept[field] = _tidy_all(shape.many[field], value)
        elif field in shape.one:
            kept[field] = _tidy(shape.one[field], value)
        elif field in _kept(name):
            kept[field] = _plain(field, value)
    return kept


def _empty(value: Any) -> bool:
    return value is None or value == [] or (isinstance(value, str) and not value.replace("\x00", "").strip())


def _tidy_all(name: str, given: Any) -> Any:
    return [_tidy(name, one) for one in given] if isinstance(given, list) else given


@cache
def _kept(name: str) -> frozenset[str]:
    return schemas.shape(name).fields - _PEOPLE.get(name, frozenset()) | _OWN.get(name, frozenset())


def _plain(field: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    text = value.replace("\x00", "").strip()
    return text.lower() if field == "id" or field.endswith("_id") else text


def _complete(name: str, document: Document, source: str, key: str, path: str) -> None:
    """Every object has an id, which is the same at every import, and terms of ours are whole."""
    shape = schemas.shape(name)
    if name == "attribute":
        profile.complete(document)
    if "id" not in document:
        document["id"] = own_id(source, name, f"{key}{path}")
    for field, kind in shape.one.items():
        if isinstance(document.get(field), dict):
            _complete(kind, document[field], source, key, f"{path}/{field}")
    for field, kind in shape.many.items():
        items = document.get(field)
        for number, item in enumerate(items if isinstance(items, list) else ()):
            if isinstance(item, dict):
                _complete(kind, item, source, key, f"{path}/{field}/{number}")


def _parts(key: str, organization_key: str, document: Document) -> Read:
    rest = {**document}
    service_id, organization = rest.pop("id"), rest.pop("organization")
    places = tuple(_place(place) for place in rest.pop("service_at_locations", ()))
    assured = directory.day_of(rest.pop("assured_date", ""))
    rest.pop("last_modified", None)
    return Read(
        service=Part(service_id, key, rest),
        organization=_part(organization, organization_key),
        places=places,
        kind=profile.kind(document),
        ages=(profile.lowest_age(document), profile.highest_age(document)),
        assured_at=None if assured is None else directory.moment_of(assured),
        areas=profile.areas(document),
        terms=profile.terms(document),
    )


def _place(given: Document) -> PlaceOfService:
    rest = {**given}
    place_id, location = rest.pop("id"), rest.pop("location")
    return PlaceOfService(place_id, rest, _part(location, location["id"]))


def _part(given: Document, key: str) -> Part:
    rest = {**given}
    return Part(rest.pop("id"), key, rest)
