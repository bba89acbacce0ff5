"""The directory's values and rules: records of imports, how fresh a service is, which services may be the same."""

from __future__ import annotations

import hashlib
import re
import unicodedata
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from typing import Any

IDS = uuid.UUID("5f2f0c0e-3c7b-5d55-9a0c-5b8f2a4f3120")
"""The namespace of ids that sources leave out."""
KOREA = timezone(timedelta(hours=9), "KST")
"""Where the dates of the directory are those of; it has no summer time."""
MOST_RECORDS = 500
"""Records that one call takes."""

_ASIDE = re.compile(r"[\(\[（【〈<].*?[\)\]）】〉>]")
_FORMS = re.compile(r"(사회복지법인|재단법인|사단법인|주식회사|㈜|\(주\)|\(재\)|\(사\)|\(복\))")


class Kind(StrEnum):
    """What a service helps with."""

    WELFARE = "welfare"
    LEGAL = "legal"


class SourceKind(StrEnum):
    """How a source's services come in."""

    HSDS_JSON = "hsds_json"
    HSDS_TABULAR = "hsds_tabular"
    SPREADSHEET = "spreadsheet"
    CONNECTOR = "connector"


class Decision(StrEnum):
    """What somebody said of two services that may be the same."""

    OPEN = ""
    SAME = "same"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a record: where, as a JSON Pointer, and what, without the value."""

    path: str
    message: str


@dataclass(frozen=True, slots=True)
class Record:
    """A service as a source gives it: what the source calls it, and an HSDS 3.0 service in full form."""

    key: str
    document: Mapping[str, Any]
    place: str = ""
    """File and row, where it comes from a file."""
    faults: tuple[Fault, ...] = ()
    """What was wrong before there was a document; such a record is refused."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of records."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.new + other.new,
            self.changed + other.changed,
            self.unchanged + other.unchanged,
            self.refused + other.refused,
        )


def own_id(source: str, kind: str, key: str) -> str:
    """The id of something that its source gave none, or one that is taken: always the same."""
    return named_id(f"{source}\n{kind}\n{key}")


def named_id(name: str) -> str:
    """The UUID of a name (version 5, RFC 9562) in the directory's namespace. An import makes a dozen for each service,
    which is why it is not left to the slower ``uuid.uuid5``."""
    value = bytearray(hashlib.sha1(IDS.bytes + name.encode(), usedforsecurity=False).digest()[:16])
    value[6] = value[6] & 0x0F | 0x50
    value[8] = value[8] & 0x3F | 0x80
    digits = value.hex()
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def day_of(written: str) -> date | None:
    """A date as HSDS writes it, with or without a time behind it; None if it is none."""
    try:
        return date.fromisoformat(written.strip()[:10])
    except ValueError:
        return None


def moment_of(day: date) -> float:
    """When a day begins in Korea, in seconds since 1970."""
    return datetime(day.year, day.month, day.day, tzinfo=KOREA).timestamp()


def day_at(moment: float) -> date:
    """The day in Korea."""
    return datetime.fromtimestamp(moment, KOREA).date()


def age_days(assured_at: float | None, now: float) -> int | None:
    """Days since somebody said that a service is right; None where nobody has."""
    return None if assured_at is None else max(0, (day_at(now) - day_at(assured_at)).days)


def stale(assured_at: float | None, now: float, after_days: int) -> bool:
    """Whether nobody has said for too long that a service is right."""
    age = age_days(assured_at, now)
    return age is None or age > after_days


def likeness(name: str, organization: str) -> str:
    """What names have in common that mean the same: no spaces and signs, no legal forms, no words in brackets."""
    return f"{_alike(name)}\n{_alike(organization)}"


def _alike(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold()
    kept = _letters(_ASIDE.sub("", _FORMS.sub("", plain)))
    return kept or _letters(plain)


def _letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum())
