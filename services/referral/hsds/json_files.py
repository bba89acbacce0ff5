"""HSDS JSON files: one service, a list of services, or the pages of an API as they came."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NoReturn

from chassis.sheets import Unreadable
from services.referral.domain.directory import Fault, Record


def parsed(content: bytes, name: str) -> Iterator[Record]:
    """The services of a file. Raises ``Unreadable``."""
    try:
        found = json.loads(content, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"{name} is no JSON: {error}") from error
    for number, one in enumerate(_services(found), 1):
        yield _record(one, f"{name} service {number}")


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number of JSON")


def _services(found: Any) -> Iterator[Any]:
    """Each service: of a list, of a page, or of a list of pages."""
    if isinstance(found, list):
        for one in found:
            yield from _services(one) if _is_page(one) else (one,)
    elif _is_page(found):
        yield from found["contents"]
    else:
        yield found


def _is_page(found: Any) -> bool:
    return isinstance(found, dict) and isinstance(found.get("contents"), list)


def _record(one: Any, place: str) -> Record:
    if not isinstance(one, dict):
        return Record(place, {}, place, (Fault("", "is no object"),))
    organization = one.get("organization")
    named = organization.get("name", "") if isinstance(organization, dict) else ""
    return Record(str(one.get("id") or f"{named} / {one.get('name', '')}").lower(), one, place)
