"""CAP to the letter: what is missing, unknown or malformed is refused with its path and line.

Elements of other namespaces (a signature, extensions) are passed over; one of CAP's own that CAP does not have is not.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from hub120_sdk import (
    Alert,
    AlertArea,
    AlertCategory,
    AlertCertainty,
    AlertInfo,
    AlertKind,
    AlertReference,
    AlertResource,
    AlertResponse,
    AlertScope,
    AlertSeverity,
    AlertStatus,
    AlertUrgency,
    Circle,
    Named,
    Point,
    Polygon,
)

from plugins.cap.tree import Node

NAMESPACES = ("urn:oasis:names:tc:emergency:cap:1.2", "urn:oasis:names:tc:emergency:cap:1.1")
_FIELDS: Mapping[str, frozenset[str]] = {
    "alert": frozenset(
        [
            "identifier",
            "sender",
            "sent",
            "status",
            "msgType",
            "source",
            "scope",
            "restriction",
            "addresses",
            "code",
            "note",
            "references",
            "incidents",
            "info",
        ]
    ),
    "info": frozenset(
        [
            "language",
            "category",
            "event",
            "responseType",
            "urgency",
            "severity",
            "certainty",
            "audience",
            "eventCode",
            "effective",
            "onset",
            "expires",
            "senderName",
            "headline",
            "description",
            "instruction",
            "web",
            "contact",
            "parameter",
            "resource",
            "area",
        ]
    ),
    "resource": frozenset(["resourceDesc", "mimeType", "size", "uri", "derefUri", "digest"]),
    "area": frozenset(["areaDesc", "polygon", "circle", "geocode", "altitude", "ceiling"]),
}
_MANY = frozenset(
    [
        "code",
        "info",
        "category",
        "responseType",
        "eventCode",
        "parameter",
        "resource",
        "area",
        "polygon",
        "circle",
        "geocode",
    ],
)
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?[-+]\d\d:\d\d")
_NAME = re.compile(r"[^\s,<&]+")
_QUOTED = re.compile(r'"([^"]*)"|(\S+)')
_LEAST_POINTS = 4
_MOST_BLANKS = 200
_FARTHEST_KM = 20_040.0
"""Half way round the Earth."""

Word = TypeVar("Word", bound=StrEnum)


def alert(root: Node) -> Alert:
    """The alert that the root is. Raises ``Unreadable``."""
    if root.name != "alert" or root.namespace not in NAMESPACES:
        named = f"{{{root.namespace[:100]}}}{root.name[:100]}"
        raise root.wrong(f"this is {named}, not an alert of CAP 1.2 or 1.1 ({' or '.join(NAMESPACES)})")
    _known(root)
    scope = _word(root, "scope", AlertScope)
    restriction = _text(root, "restriction")
    if scope is AlertScope.RESTRICTED and not restriction:
        raise root.wrong("restriction is missing, which the scope Restricted asks for")
    addresses = _several(root, "addresses")
    if scope is AlertScope.PRIVATE and not addresses:
        raise root.wrong("addresses are missing, which the scope Private asks for")
    return Alert(
        identifier=_name(root, "identifier"),
        sender=_name(root, "sender"),
        sent=_needed_time(root, "sent"),
        status=_word(root, "status", AlertStatus),
        kind=_word(root, "msgType", AlertKind),
        scope=scope,
        source=_text(root, "source"),
        restriction=restriction,
        addresses=addresses,
        codes=tuple(one.text for one in root.named("code") if one.text),
        note=_text(root, "note"),
        references=tuple(_references(root)),
        incidents=_several(root, "incidents"),
        infos=tuple(map(_info, root.named("info"))),
    )


def _info(node: Node) -> AlertInfo:
    _known(node)
    categories = tuple(_of(one, AlertCategory) for one in node.named("category"))
    if not categories:
        raise node.wrong("category is missing")
    return AlertInfo(
        event=_needed(node, "event").text,
        categories=categories,
        urgency=_word(node, "urgency", AlertUrgency),
        severity=_word(node, "severity", AlertSeverity),
        certainty=_word(node, "certainty", AlertCertainty),
        language=_text(node, "language") or "en-US",
        responses=tuple(_of(one, AlertResponse) for one in node.named("responseType")),
        audience=_text(node, "audience"),
        event_codes=_named(node, "eventCode"),
        effective=_time(node, "effective"),
        onset=_time(node, "onset"),
        expires=_time(node, "expires"),
        sender_name=_text(node, "senderName"),
        headline=_text(node, "headline"),
        description=_text(node, "description"),
        instruction=_text(node, "instruction"),
        web=_text(node, "web"),
        contact=_text(node, "contact"),
        parameters=_named(node, "parameter"),
        resources=tuple(map(_resource, node.named("resource"))),
        areas=tuple(map(_area, node.named("area"))),
    )


def _resource(node: Node) -> AlertResource:
    _known(node)
    size = _text(node, "size")
    if size and not (size.isascii() and size.isdigit() and len(size) <= 12):
        raise _needed(node, "size").wrong("a size is a number of bytes")
    media_type = _needed(node, "mimeType").text if node.namespace == NAMESPACES[0] else _text(node, "mimeType")
    return AlertResource(
        _needed(node, "resourceDesc").text, media_type, _text(node, "uri"), int(size or 0), _text(node, "digest")
    )


def _area(node: Node) -> AlertArea:
    _known(node)
    return AlertArea(
        _needed(node, "areaDesc").text,
        tuple(map(_polygon, node.named("polygon"))),
        tuple(map(_circle, node.named("circle"))),
        _named(node, "geocode"),
    )


def _polygon(node: Node) -> Polygon:
    points = tuple(_point(node, pair) for pair in node.text.split())
    if len(points) < _LEAST_POINTS:
        raise node.wrong(f"a polygon has {_LEAST_POINTS} points at least, this one has {len(points)}")
    if points[0] != points[-1]:
        raise node.wrong("the polygon is not closed: its last point is not its first")
    return Polygon(points)


def _circle(node: Node) -> Circle:
    centre, _, radius = node.text.partition(" ")
    radius_km = _number(node, radius.strip(), "the radius")
    if not 0 <= radius_km <= _FARTHEST_KM:
        raise node.wrong(f"the radius is from 0 to {_FARTHEST_KM:g} km")
    return Circle(_point(node, centre), radius_km)


def _point(node: Node, pair: str) -> Point:
    latitude, comma, longitude = pair.partition(",")
    if not comma:
        raise node.wrong(f"{pair[:40]!r} is no point: latitude, comma, longitude")
    point = Point(_number(node, latitude, "a latitude"), _number(node, longitude, "a longitude"))
    if not (-90 <= point.latitude <= 90 and -180 <= point.longitude <= 180):
        raise node.wrong(f"{pair[:40]!r} is nowhere on Earth")
    return point


def _number(node: Node, written: str, what: str) -> float:
    try:
        found = float(written) if written.isascii() and "_" not in written else math.nan
    except ValueError:
        found = math.nan
    if not math.isfinite(found):
        raise node.wrong(f"{what} is no number: {written[:40]!r}")
    return found


def _references(root: Node) -> Iterator[AlertReference]:
    found = next(root.named("references"), None)
    for written in found.text.split() if found else ():
        parts = written.split(",")
        if len(parts) != 3 or not all(parts):
            raise found.wrong("a reference is sender,identifier,sent")  # type: ignore[union-attr] # it has a text
        yield AlertReference(parts[0], parts[1], _moment(found, parts[2]))  # type: ignore[arg-type] # as above


def _named(node: Node, name: str) -> tuple[Named, ...]:
    found = []
    for one in node.named(name):
        label = next(one.named("valueName"), None)
        value = next(one.named("value"), None)
        if label is None or value is None or not label.text:
            raise one.wrong("valueName or value is missing")
        found.append(Named(label.text, value.text))
    return tuple(found)


def _several(node: Node, name: str) -> tuple[str, ...]:
    """What stands there separated by blanks; what has blanks of its own is in quotation marks."""
    written = [quoted or plain for quoted, plain in _QUOTED.findall(_text(node, name))]
    if len(written) > _MOST_BLANKS:
        raise node.wrong(f"{name} has more than {_MOST_BLANKS} entries")
    return tuple(written)


def _known(node: Node) -> None:
    seen = set[str]()
    for one in node.children:
        if one.namespace != node.namespace:
            continue
        if one.name not in _FIELDS[node.name]:
            raise one.wrong(f"{node.name} has no such element")
        if one.name in seen and one.name not in _MANY:
            raise one.wrong("it stands there twice")
        seen.add(one.name)


def _text(node: Node, name: str) -> str:
    found = next(node.named(name), None)
    return "" if found is None else found.text


def _needed(node: Node, name: str) -> Node:
    found = next(node.named(name), None)
    if found is None or not found.text:
        raise node.wrong(f"{name} is missing")
    return found


def _name(node: Node, name: str) -> str:
    found = _needed(node, name)
    if not _NAME.fullmatch(found.text):
        raise found.wrong("it holds a blank, a comma, < or &")
    return found.text


def _word(node: Node, name: str, words: type[Word]) -> Word:
    return _of(_needed(node, name), words)


def _of(node: Node, words: type[Word]) -> Word:
    try:
        return words(node.text)
    except ValueError:
        raise node.wrong(f"{node.text[:40]!r} is none of {', '.join(words)}") from None


def _time(node: Node, name: str) -> datetime | None:
    found = next(node.named(name), None)
    return _moment(found, found.text) if found is not None and found.text else None


def _needed_time(node: Node, name: str) -> datetime:
    found = _needed(node, name)
    return _moment(found, found.text)


def _moment(node: Node, written: str) -> datetime:
    if not _TIME.fullmatch(written):
        raise node.wrong(f"{written[:40]!r} is no time with its offset, like 2026-11-28T09:00:00+09:00 (Z is none)")
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        raise node.wrong(f"{written[:40]!r} is no time") from None
