"""What an endpoint answers, in JSON or XML and with the liberties that real ones take.

Seen in the field and accepted: a namespace on the root (San Francisco), ``is_array`` attributes (Gießen), numbers where
strings belong, ``address_string`` instead of ``address`` (Köln), an object where a list belongs, a list under a name.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime

from hub120_sdk import HttpAnswer, Misconfigured, Rejected, Retry
from hub120_sdk.answers import good

Row = dict[str, str]
_LISTS = ("service_requests", "requests", "service_request_updates", "service_requests_updates", "errors")
_ITEMS = {"request", "request_update", "service_request_update", "error"}


def rows(answer: HttpAnswer) -> list[Row]:
    """The entries of a good answer. Raises as ``good`` does, ``Misconfigured`` for a refused key, and ``Retry`` for
    what is no GeoReport answer at all."""
    if answer.status in {401, 403}:
        raise Misconfigured(f"the endpoint refused the api_key ({answer.status})")
    if 400 <= answer.status < 500 and answer.status not in {408, 425, 429}:
        raise Rejected(f"the endpoint answered {answer.status}: {_description(answer)}")
    found = _read(good(answer))
    if found is None:
        raise Retry("the endpoint's answer is no GeoReport v2")
    return found


def _description(answer: HttpAnswer) -> str:
    """The endpoint's own words for an error: a list in the specification, an object or a bare text elsewhere."""
    words = [row.get("description", "") for row in _read(answer) or ()]
    return "; ".join(word for word in words if word)[:300] or "no reason given"


def _read(answer: HttpAnswer) -> list[Row] | None:
    try:
        raw = json.loads(answer.body)
    except (ValueError, RecursionError):
        return _read_xml(answer.body)
    return _listed(raw)


def _listed(raw: object) -> list[Row] | None:
    if isinstance(raw, Mapping):
        named = next((raw[name] for name in _LISTS if isinstance(raw.get(name), list)), None)
        raw = named if named is not None else [raw]
    if not isinstance(raw, list) or not all(isinstance(one, Mapping) for one in raw):
        return None
    return [{str(name): _text(value) for name, value in one.items()} for one in raw]


def _text(value: object) -> str:
    return str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _read_xml(body: bytes) -> list[Row] | None:
    from defusedxml import DefusedXmlException  # noqa: PLC0415 - loaded when an endpoint speaks XML
    from defusedxml.ElementTree import ParseError, fromstring  # noqa: PLC0415 - as above

    try:
        root = fromstring(body)
    except (ParseError, DefusedXmlException, ValueError):
        return None
    items = [one for one in root.iter() if _local(one.tag) in _ITEMS]
    return [{_local(field.tag): (field.text or "").strip() for field in item} for item in items]


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def moment(text: str) -> datetime | None:
    """A date as endpoints write it; None for one that is none. Without a zone it is taken as UTC."""
    try:
        found = datetime.fromisoformat(text.replace(" ", "T"))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
