"""Reading JSON of unknown shape: a value at a path, of the wanted type, or ``Unreadable`` saying where it is not.

A missing value or ``null`` gives the type's empty value; ``required=True`` refuses it instead.
"""

from __future__ import annotations

import binascii
import re
from base64 import b64decode
from collections.abc import Mapping, Sequence
from datetime import datetime

from hub120_sdk.errors import Unreadable
from hub120_sdk.records import Address, AddressKind, Place


def text(raw: object, *path: str, required: bool = False) -> str:
    """The string at ``path``."""
    value = _at(raw, path)
    if value is not None and not isinstance(value, str):
        raise Unreadable(f"{_name(path)} must be a string")
    if required and not value:
        raise Unreadable(f"{_name(path)} is missing")
    return value or ""


def octets(raw: object, *path: str) -> bytes | None:
    """The bytes that are base64 at ``path``; None where nothing is."""
    written = text(raw, *path)
    if _at(raw, path) is None:
        return None
    try:
        return b64decode(written, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Unreadable(f"{_name(path)} must be base64") from error


def moment(raw: object, *path: str) -> datetime | None:
    """The RFC 3339 time at ``path``, with its zone; None where nothing is."""
    written = text(raw, *path)
    try:
        found = datetime.fromisoformat(written) if written else None
    except ValueError as error:
        raise Unreadable(f"{_name(path)} is no RFC 3339 time") from error
    if found is not None and found.tzinfo is None:
        raise Unreadable(f"{_name(path)} has no time zone")
    return found


def rfc3339(raw: object, *path: str) -> datetime | None:
    """The time at ``path`` to the letter of RFC 3339 (section 5.6), as contracts of our own ask for it; None where
    nothing is, and for a year that no clock of a partner's can show."""
    written = text(raw, *path)
    if not written:
        return None
    try:
        if not _RFC3339.fullmatch(written):
            raise ValueError
        found = datetime.fromisoformat(re.sub(r"(\.\d{6})\d+", r"\1", written.upper()))
    except ValueError as error:
        raise Unreadable(f"{_name(path)} must be an RFC 3339 time with its zone") from error
    return found if found.year in _YEARS else None


_RFC3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)")
_YEARS = range(1970, 2200)


def identifier(raw: object, *path: str, most: int, required: bool = False) -> str:
    """The id at ``path``: at most so many visible ASCII characters."""
    value = text(raw, *path, required=required)
    if value and (len(value) > most or not _VISIBLE.fullmatch(value)):
        raise Unreadable(f"{_name(path)} must be up to {most} visible ASCII characters")
    return value


_VISIBLE = re.compile(r"[!-~]+")


def person(raw: object, *path: str) -> Address:
    """Who somebody is to a system of our own: ``phone`` (E.164) or ``email``, ``verified`` where it was checked, else
    ``id``; with ``name``."""
    told = mapping(raw, *path, required=True)
    name = text(told, "name")
    for kind, (form, like) in _ADDRESSES.items():
        value = text(told, kind)
        if value and not form.fullmatch(value):
            raise Unreadable(f"{_name((*path, kind))} must be {like}")
        if value:
            return Address(kind, value, name, verified=told.get("verified") is True)
    return Address(AddressKind.ACCOUNT, text(told, "id", required=True), name, verified=True)


_ADDRESSES = {
    AddressKind.PHONE: (re.compile(r"\+[1-9]\d{6,14}"), "a number in E.164, like +821012345678"),
    AddressKind.EMAIL: (re.compile(r"[^@\s]+@[^@\s]+"), "an e-mail address"),
}
"""What a number and an address must look like, so that a citizen is recognised on another channel."""


def place(latitude: object, longitude: object, address: str = "") -> Place | None:
    """What may be a point and an address; None if it is neither. A point that is not on Earth is none."""
    north, east = _degrees(latitude, 90), _degrees(longitude, 180)
    if north is not None and east is not None:
        return Place(address, north, east)
    return Place(address) if address else None


def _degrees(value: object, most: float) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if -most <= value <= most else None


def mapping(raw: object, *path: str, required: bool = False) -> Mapping[str, object]:
    """The object at ``path``."""
    value = _at(raw, path)
    if value is not None and not isinstance(value, Mapping):
        raise Unreadable(f"{_name(path)} must be an object")
    if required and value is None:
        raise Unreadable(f"{_name(path)} is missing")
    return value or {}


def items(raw: object, *path: str, limit: int = 100) -> Sequence[object]:
    """The array at ``path``, refused when longer than ``limit``."""
    value = _at(raw, path)
    if value is not None and not isinstance(value, list):
        raise Unreadable(f"{_name(path)} must be an array")
    if value and len(value) > limit:
        raise Unreadable(f"{_name(path)} has more than {limit} entries")
    return value or []


def _at(raw: object, path: Sequence[str]) -> object:
    value = raw
    for depth, key in enumerate(path):
        if value is None:
            return None
        if not isinstance(value, Mapping):
            raise Unreadable(f"{_name(path[:depth])} must be an object")
        value = value.get(key)
    return value


def _name(path: Sequence[str]) -> str:
    return ".".join(path) or "the body"
