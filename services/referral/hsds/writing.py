"""What the directory keeps, written as HSDS 3.0 again: whole objects, and the short form of lists.

In a list an object has its plain fields, and of what it has one of (its organization, its program, its location) the
plain fields too.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from chassis.statements import Row
from services.referral.domain.directory import day_at
from services.referral.domain.taxonomies import Taxonomy, Term
from services.referral.hsds import profile

Document = dict[str, Any]


def instant(seconds: float) -> str:
    """A moment as HSDS writes it."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def service(row: Row, organization: Row, places: Iterable[Row]) -> Document:
    """A whole service."""
    whole = _service(row) | {"organization": _document(organization)}
    at = [_place(place) | {"location": _location(place)} for place in places]
    return whole | ({"service_at_locations": at} if at else {})


def listed_service(row: Row, organization: Row) -> Document:
    """A service as lists show it."""
    return _short(_service(row) | {"organization": _document(organization)})


def minimal_service(row: Row) -> Document:
    """What is asked for to see what has changed."""
    return {"id": row.id, "modified_date": instant(row.modified_at)}


def organization(row: Row, services: Iterable[Row]) -> Document:
    """A whole organization, with the names of its services."""
    named = [{"id": one.id, "name": one.name, "status": one.status} for one in services]
    return _document(row) | ({"services": named} if named else {})


def listed_organization(row: Row) -> Document:
    """An organization as lists show it."""
    return _short(_document(row))


def place(row: Row, service_row: Row, organization_row: Row) -> Document:
    """A whole service_at_location."""
    served = _service(service_row) | {"organization": _document(organization_row)}
    return _place(row) | {"location": _location(row), "service": served}


def listed_place(row: Row, service_row: Row, organization_row: Row) -> Document:
    """A service_at_location as lists show it."""
    return _short(place(row, service_row, organization_row))


def taxonomy(one: Taxonomy) -> Document:
    """A taxonomy."""
    return profile.described(one)


def term(one: Term) -> Document:
    """A term of a taxonomy."""
    return profile.written(one)


def _service(row: Row) -> Document:
    document = {"id": row.id, "organization_id": row.organization_id, **json.loads(row.document)}
    document["last_modified"] = instant(row.modified_at)
    if row.assured_at is not None:
        document["assured_date"] = day_at(row.assured_at).isoformat()
    return document


def _document(row: Row) -> Document:
    return {"id": row.id, **json.loads(row.document)}


def _place(row: Row) -> Document:
    own = {"id": row.id, "service_id": row.service_id, "location_id": row.location_id}
    return {**own, **json.loads(row.document)}


def _location(row: Row) -> Document:
    return {"id": row.location_id, **json.loads(row.location_document)}


def _short(document: Mapping[str, Any]) -> Document:
    short: Document = {}
    for field, value in document.items():
        if isinstance(value, dict):
            short[field] = _short(value)
        elif not isinstance(value, list):
            short[field] = value
    return short
