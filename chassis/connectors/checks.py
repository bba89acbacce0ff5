"""A look at every record that comes out of a connector, so that no service ever meets one of a wrong shape.

A record of the wrong type is the connector's fault. What is too long or too many came from outside: such a request is
unreadable. Text that no database or protobuf message can hold (half of a surrogate pair, a NUL) is replaced by the sign
for that, U+FFFD.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import datetime
from functools import cache
from math import isfinite
from typing import Any, cast, get_args, get_origin, get_type_hints

from hub120_sdk import (
    KEYS,
    Alert,
    AlertArea,
    AlertPage,
    Article,
    CallEvent,
    Classification,
    Content,
    Inbound,
    Inquiry,
    InterpreterReport,
    KeyPress,
    Listed,
    ListedPage,
    Manifest,
    Receipt,
    Rejected,
    Response,
    Ticket,
    Translation,
    Unreadable,
)
from hub120_sdk.manifest import MEDIA
from hub120_sdk.topics import topics

from chassis.connectors import documents, operations
from chassis.connectors.operations import Operation

_UNSTORABLE = re.compile("[\ud800-\udfff\x00]")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
"""BCP 47, roughly; anything else is no language, and the hub decides."""
_HEADER = re.compile(r"[\x20-\x7e]{0,200}")
ANSWER_BYTES = 1_048_576
ID_CHARACTERS = 255
TEXT_CHARACTERS = 100_000
REASON_CHARACTERS = 500
LISTED = 500
"""Services on one page of a directory."""
FOUND = 50
"""Articles in one answer."""
ALERTS = 200
"""Alerts on one page, or in one request."""
_MOST_OF = {"infos": 30, "references": 200, "areas": 200, "parameters": 200, "resources": 50, "geocodes": 500}
_MOST_POINTS = 20_000
"""Points of all polygons of an alert together."""
_LONG = {
    "text": TEXT_CHARACTERS, "note": 10_000, "reason": REASON_CHARACTERS, "reference": 4_096, "join_url": 4_096,
    "address": 1_000, "cursor": 4_096, "description": 20_000, "instruction": 20_000, "headline": 2_000, "uri": 4_096,
    "web": 4_096, "contact": 1_000, "content": 4_096, "restriction": 1_000,
    "title": 500, "url": 4_096, "refused": REASON_CHARACTERS,
}  # fmt: skip
"""Bounds by field; any other string is bounded by ``ID_CHARACTERS``."""


class Rubbish(Exception):
    """What came back is no record of the contract; the message says which field."""


class _TooLong(Rubbish):
    """Of the right type, but beyond its bound."""


def checked(operation: Operation, value: object, manifest: Manifest) -> Any:
    """What an operation returned, cleaned. Raises ``Rubbish``, or the error of the contract for what is beyond its
    bounds: ``Unreadable`` for a request, ``Rejected`` for a file."""
    special = _SPECIAL.get(operation)
    return special(value, manifest) if special else plain(operation.gives, value)


def parsed(value: object, manifest: Manifest) -> list[Any]:
    """What came in over a channel, cleaned."""
    records = _several(value, lambda one: _record(one, manifest))
    if any(isinstance(one, Inquiry) for one in records) and len(records) > 1:
        raise Rubbish("an Inquiry stands alone: it is answered, what stands beside it would be stored")
    return records


def _tickets(value: object, _: Manifest) -> list[Ticket]:
    return _several(value, lambda one: plain(Ticket, one))


def _news(value: object, _: Manifest) -> list[InterpreterReport | Translation]:
    return _several(value, _piece_of_news)


def _piece_of_news(value: object) -> InterpreterReport | Translation:
    clean = plain(Translation if isinstance(value, Translation) else InterpreterReport, value)
    if isinstance(clean, InterpreterReport) and not clean.update_id:
        raise Rubbish("InterpreterReport.update_id is empty: the hub could not recognise a second one")
    return cast(InterpreterReport | Translation, clean)


def _several(value: object, clean: Callable[[object], Any]) -> list[Any]:
    if not isinstance(value, list | tuple):
        raise Rubbish(f"{type(value).__name__} came back, not a list of records")
    try:
        return [clean(one) for one in value]
    except _TooLong as error:
        raise Unreadable(str(error)) from error


def _record(value: object, manifest: Manifest) -> Any:
    kind = next((one for one in (Receipt, CallEvent, KeyPress, Inquiry) if isinstance(value, one)), Inbound)
    clean = plain(kind, value)
    if isinstance(clean, CallEvent | KeyPress) and not clean.leg_id:
        raise Rubbish(f"{kind.__name__}.leg_id is empty: it would be told of nobody")
    if isinstance(clean, KeyPress) and clean.key not in KEYS:
        raise Rubbish("KeyPress.key is none of 0 to 9, * and #")
    return _inbound(clean, manifest) if isinstance(clean, Inbound) else clean


def _inbound(clean: Inbound, manifest: Manifest) -> Inbound:
    if not clean.provider_id:
        raise Rubbish("Inbound.provider_id is empty: the hub could not recognise a second delivery")
    if len(clean.attachments) > manifest.limits.attachments:
        raise _TooLong(f"there are more than {manifest.limits.attachments} attachments")
    if clean.medium and clean.medium not in MEDIA:
        raise Rubbish("Inbound.medium is none of text, voice and video")
    return clean if not clean.language or _LANGUAGE.fullmatch(clean.language) else replace(clean, language="")


def position(cursor: object) -> str | None:
    """How far a listener read, as it may be stored. Raises ``Rubbish``."""
    if cursor is None:
        return None
    if type(cursor) is not str or len(cursor) > _LONG["cursor"] or _UNSTORABLE.search(cursor):
        raise Rubbish(f"keep was given a cursor that is no text of at most {_LONG['cursor']} characters")
    return cursor


def response(value: object) -> Response:
    """An answer to a provider, cleaned. Raises ``Rubbish``."""
    clean: Response = plain(Response, value)
    if not 200 <= clean.status <= 599 or not _HEADER.fullmatch(clean.content_type):
        raise Rubbish("Response has an impossible status or content type")
    if len(clean.body) > ANSWER_BYTES:
        raise Rubbish(f"Response.body has more than {ANSWER_BYTES} bytes")
    return clean


def _classification(value: object, _: Manifest) -> Classification:
    clean: Classification = plain(Classification, value)
    if clean.language and not _LANGUAGE.fullmatch(clean.language):
        raise Rubbish("Classification.language is no BCP 47 tag")
    if clean.topic and clean.topic not in topics():
        raise Rubbish("Classification.topic is none of hub120_sdk.topics")
    if not (0 <= clean.confidence <= 1 and 0 <= clean.language_confidence <= 1):
        raise Rubbish("Classification has a confidence that is not between 0 and 1")
    return clean


def _content(value: object, manifest: Manifest) -> Content:
    clean: Content = plain(Content, value)
    if len(clean.data) > manifest.limits.attachment_bytes:
        raise Rejected(f"the file has more than {manifest.limits.attachment_bytes} bytes")
    return clean


def _page(value: object, _: Manifest) -> ListedPage:
    if type(value) is not ListedPage or type(value.services) is not tuple:
        raise Rubbish("services returned no ListedPage with a tuple of services")
    try:
        clean: ListedPage = plain(ListedPage, replace(value, services=()))
        services = tuple(map(_listed, value.services))
    except (_TooLong, documents.TooLarge) as error:
        raise Unreadable(str(error)) from error
    if len(services) + len(clean.unchanged) > LISTED:
        raise Unreadable(f"a page has more than {LISTED} services")
    return replace(clean, services=services)


def _listed(value: object) -> Listed:
    if type(value) is not Listed:
        raise Rubbish(f"a {type(value).__name__} stands where a Listed belongs")
    key: Listed = plain(Listed, replace(value, document={}))
    if not key.key:
        raise Rubbish("Listed.key is empty: the hub could not recognise the service again")
    try:
        return replace(key, document=documents.clean(value.document))
    except documents.NoDocument as error:
        raise Rubbish(f"Listed.document: {error}") from error


def _articles(value: object, _: Manifest) -> list[Article]:
    articles = _several(value, _article)
    if len({one.key for one in articles}) < len(articles):
        raise Rubbish("two articles have the same Article.key")
    return articles[:FOUND]


def _article(value: object) -> Article:
    clean: Article = plain(Article, value)
    if not clean.key or not clean.title.strip():
        raise Rubbish("Article.key or Article.title is empty: nobody could tell which one it is")
    if clean.score is not None and not isfinite(clean.score):
        raise Rubbish("Article.score is no number")
    url = clean.url if clean.url.startswith(("https://", "http://")) else ""
    return replace(clean, url=url, language=clean.language if _LANGUAGE.fullmatch(clean.language) else "")


def _alerts(value: object, _: Manifest) -> list[Alert]:
    alerts = _several(value, _alert)
    if len(alerts) > ALERTS:
        raise Unreadable(f"there are more than {ALERTS} alerts")
    return alerts


def _alert_page(value: object, _: Manifest) -> AlertPage:
    if type(value) is not AlertPage or type(value.alerts) is not tuple:
        raise Rubbish("poll returned no AlertPage with a tuple of alerts")
    try:
        clean: AlertPage = plain(AlertPage, replace(value, alerts=()))
        alerts = tuple(map(_alert, value.alerts))
    except _TooLong as error:
        raise Unreadable(str(error)) from error
    if len(alerts) > ALERTS or len(clean.refused) > ALERTS:
        raise Unreadable(f"a page has more than {ALERTS} alerts")
    return replace(clean, alerts=alerts)


def _alert(value: object) -> Alert:
    clean: Alert = plain(Alert, value)
    if not clean.sender or not clean.identifier:
        raise Rubbish("Alert.sender or Alert.identifier is empty: the hub could not recognise a second one")
    areas = [area for info in clean.infos for area in info.areas]
    for name, most in _MOST_OF.items():
        if any(len(getattr(one, name, ())) > most for one in (clean, *clean.infos, *areas)):
            raise _TooLong(f"an alert has more than {most} {name}")
    if sum(len(one.points) for area in areas for one in area.polygons) > _MOST_POINTS:
        raise _TooLong(f"the polygons of an alert have more than {_MOST_POINTS} points")
    if not all(map(isfinite, _degrees(areas))):
        raise Rubbish("an area has a coordinate that is no number")
    return clean


def _degrees(areas: Sequence[AlertArea]) -> Iterator[float]:
    for area in areas:
        yield from (one.radius_km for one in area.circles)
        for point in (*(one.centre for one in area.circles), *(it for one in area.polygons for it in one.points)):
            yield from (point.latitude, point.longitude)


_SPECIAL: Mapping[Operation, Callable[[object, Manifest], Any]] = {
    operations.PARSE: parsed,
    operations.PARSE_TICKETS: _tickets,
    operations.ANSWER: lambda value, _: response(value),
    operations.TELL: lambda value, _: response(value),
    operations.ACKNOWLEDGE: lambda value, _: response(value),
    operations.PARSE_NEWS: _news,
    operations.NOTE_NEWS: lambda value, _: response(value),
    operations.FETCH: _content,
    operations.CLASSIFY: _classification,
    operations.SERVICES: _page,
    operations.SEARCH: _articles,
    operations.POLL_ALERTS: _alert_page,
    operations.PARSE_ALERTS: _alerts,
    operations.NOTE_ALERTS: lambda value, _: response(value),
}
"""Where more is asked of a result than its form."""


def clean_text(text: str) -> str:
    """``text`` without what cannot be stored."""
    return _UNSTORABLE.sub("\ufffd", text)


def plain(kind: Any, value: Any) -> Any:
    """``value`` if it is of that kind through and through, its strings storable and bounded. Raises ``Rubbish``."""
    return _clean(getattr(kind, "__name__", str(kind)), "", kind, value)


def _clean(where: str, name: str, kind: Any, value: Any) -> Any:
    shape = _shape(kind)
    if value is None or shape.wanted is type(None):
        if value is None and shape.may_be_none:
            return None
        raise Rubbish(f"{where} is {'None' if value is None else 'a ' + type(value).__name__ + ', not None'}")
    if shape.record:
        return _dataclass(shape.wanted, value)
    if shape.many:
        return _mapping(where, value) if shape.mapping else _sequence(where, name, shape, value)
    found, wanted = type(value), shape.wanted
    if found is not wanted and not (wanted is float and found is int):
        raise Rubbish(f"{where} is a {found.__name__}, not a {wanted.__name__}")
    if wanted is datetime and value.tzinfo is None:
        raise Rubbish(f"{where} has no time zone")
    return _string(where, name, value) if wanted is str else value


@dataclass(frozen=True, slots=True)
class _Shape:
    """A type hint, taken apart once."""

    wanted: Any
    may_be_none: bool
    record: bool
    many: bool
    mapping: bool
    inner: Any


@cache
def _shape(kind: Any) -> _Shape:
    may_be_none = kind in {None, type(None)} or type(None) in get_args(kind)
    given = [one for one in get_args(kind) if one is not type(None)]
    wanted = type(None) if kind is None else given[0] if given and type(None) in get_args(kind) else kind
    origin = get_origin(wanted)
    many, mapping = origin is not None, isinstance(origin, type) and issubclass(origin, Mapping)
    inner = get_args(wanted)[0] if many and not mapping else None
    return _Shape(wanted, may_be_none, is_dataclass(wanted), many, mapping, inner)


def _dataclass(kind: Any, value: Any) -> Any:
    if type(value) is not kind:
        raise Rubbish(f"a {type(value).__name__} stands where a {kind.__name__} belongs")
    changed = {}
    for name, wanted in _hints(cast(Hashable, kind)).items():
        before = getattr(value, name)
        after = _clean(f"{kind.__name__}.{name}", name, wanted, before)
        if after is not before:
            changed[name] = after
    return replace(value, **changed) if changed else value


@cache
def _hints(kind: Hashable) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {one.name: hints[one.name] for one in fields(kind)}  # type: ignore[arg-type] # a dataclass, as its caller saw


def _sequence(where: str, name: str, shape: _Shape, value: Any) -> Any:
    if not isinstance(value, tuple if get_origin(shape.wanted) is tuple else list | tuple):
        raise Rubbish(f"{where} is a {type(value).__name__}, not a tuple")
    cleaned = tuple(_clean(where, name, shape.inner, one) for one in value)
    same = type(value) is tuple and all(new is old for new, old in zip(cleaned, value, strict=True))
    return value if same else cleaned


def _string(where: str, name: str, value: str) -> str:
    if len(value) > _LONG.get(name, ID_CHARACTERS):
        if name == "reason":
            return clean_text(value[:REASON_CHARACTERS])
        raise _TooLong(f"{where} is longer than {_LONG.get(name, ID_CHARACTERS)} characters")
    return clean_text(value) if _UNSTORABLE.search(value) else value


def _mapping(where: str, value: object) -> object:
    """Bounded in number and length: the hub stores it with every contact."""
    if not isinstance(value, Mapping) or len(value) > 20:
        raise Rubbish(f"{where} is not a mapping of at most 20 entries")
    entries: Sequence[tuple[object, object]] = list(value.items())
    if not all(type(key) is str and type(one) is str and len(key) + len(one) <= 4_096 for key, one in entries):
        raise Rubbish(f"{where} maps not only short strings to short strings")
    return value
