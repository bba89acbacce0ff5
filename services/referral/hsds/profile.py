"""The Korean profile, kr-120: what the hub reads out of documents beyond HSDS, and asks of them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from services.referral.domain import areas as districts
from services.referral.domain import taxonomies
from services.referral.domain.directory import Fault, Kind, day_of

NAME = "kr-120"
EXTENT_TYPE = "kr-district"
"""Of a service area whose extent is a district code."""
OLDEST = 150
"""No age in years is above it."""


def faults(document: Mapping[str, Any]) -> tuple[Fault, ...]:
    """What the profile asks beyond the schema of a service that holds to it."""
    return tuple(_faults(document))


def _faults(document: Mapping[str, Any]) -> Iterator[Fault]:
    for field in ("minimum_age", "maximum_age"):
        if field in document and not 0 <= document[field] <= OLDEST:
            yield Fault(f"/{field}", f"is between 0 and {OLDEST}")
    if "assured_date" in document and day_of(document["assured_date"]) is None:
        yield Fault("/assured_date", "is no date")
    if document.get("kind", Kind.WELFARE) not in set(Kind):
        yield Fault("/kind", f"is none of {', '.join(Kind)}")
    for number, area in enumerate(document.get("service_areas", ())):
        if area.get("extent_type") == EXTENT_TYPE and districts.code(area.get("extent", "")) is None:
            yield Fault(f"/service_areas/{number}/extent", "is no district code of 2, 5 or 10 digits, and not KR")
    for number, place in enumerate(document.get("service_at_locations", ())):
        if "location" not in place:
            yield Fault(f"/service_at_locations/{number}/location", "is required")


def complete(attribute: dict[str, Any]) -> None:
    """Write a term of ours out that is named by taxonomy and code, or by its id alone."""
    given = attribute.get("taxonomy_term")
    found = _term(attribute)
    if found is not None:
        attribute["taxonomy_term"] = written(found)
        attribute["taxonomy_term_id"] = found.id
    elif isinstance(given, dict) and isinstance(given.get("name"), str):
        given.setdefault("description", given["name"])


def written(term: taxonomies.Term) -> dict[str, Any]:
    """A term as HSDS writes it."""
    taxonomy = taxonomies.TAXONOMIES[term.taxonomy]
    return {
        "id": term.id,
        "code": term.code,
        "name": term.ko,
        "description": term.en,
        "taxonomy": taxonomy.name,
        "taxonomy_id": taxonomy.id,
        "language": "ko",
        "taxonomy_detail": described(taxonomy),
    }


def described(taxonomy: taxonomies.Taxonomy) -> dict[str, Any]:
    """A taxonomy as HSDS writes it."""
    return {"id": taxonomy.id, "name": taxonomy.name, "description": f"{taxonomy.ko} · {taxonomy.en}", "version": NAME}


def _term(attribute: Mapping[str, Any]) -> taxonomies.Term | None:
    given = attribute.get("taxonomy_term")
    named = given if isinstance(given, Mapping) else {}
    for term_id in (attribute.get("taxonomy_term_id"), named.get("id")):
        if isinstance(term_id, str) and term_id in taxonomies.TERMS:
            return taxonomies.TERMS[term_id]
    return taxonomies.term(str(named.get("taxonomy", "")), str(named.get("code", "")))


def terms(document: Mapping[str, Any]) -> frozenset[tuple[str, str]]:
    """Taxonomy and code of each term of ours that a service has."""
    found = (_term(attribute) for attribute in document.get("attributes", ()))
    return frozenset((term.taxonomy, term.code) for term in found if term is not None)


def kind(document: Mapping[str, Any]) -> Kind:
    """What a service says that it is; legal also by its interest."""
    said = document.get("kind")
    if said:
        return Kind(said)
    return Kind.LEGAL if ("interest", taxonomies.LEGAL) in terms(document) else Kind.WELFARE


def areas(document: Mapping[str, Any]) -> frozenset[str]:
    """The district codes for which a service is; none where its areas are told in words alone."""
    return frozenset(found for found in map(_area, document.get("service_areas", ())) if found)


def _area(area: Mapping[str, Any]) -> str | None:
    if area.get("extent_type") == EXTENT_TYPE:
        return districts.code(area["extent"])
    return districts.code(area.get("name", ""))


def lowest_age(document: Mapping[str, Any]) -> int | None:
    """In whole years."""
    return math.ceil(document["minimum_age"]) if "minimum_age" in document else None


def highest_age(document: Mapping[str, Any]) -> int | None:
    """In whole years."""
    return math.floor(document["maximum_age"]) if "maximum_age" in document else None
