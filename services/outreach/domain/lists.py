"""Lists of people out of tables: what each column is, and what a row says; a row that cannot be used says why."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from services.outreach.domain.mailings import KINDS_OF_ADDRESS, LONGEST_ADDRESS, LONGEST_VARIABLE, MOST_VARIABLES

ADDRESSES = KINDS_OF_ADDRESS
FIELDS = (*ADDRESSES, "language", "district", "birth_year", "tags")
LONGEST_CODE = 40
MOST_TAGS = 20
_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "phone": (
        "phone",
        "tel",
        "telephone",
        "mobile",
        "전화",
        "전화번호",
        "휴대폰",
        "휴대전화",
        "핸드폰",
        "연락처",
        "휴대폰번호",
    ),
    "account": ("account", "user", "계정", "앱계정", "회원번호"),
    "email": ("email", "e-mail", "mail", "이메일", "메일", "전자우편"),
    "language": ("language", "lang", "언어", "사용언어"),
    "district": ("district", "area", "region", "지역", "지역코드", "행정구역", "행정동", "시군구", "법정동코드"),
    "birth_year": ("birth_year", "birth", "born", "birthday", "출생연도", "생년", "생년월일", "출생년도"),
    "tags": ("tags", "tag", "group", "태그", "구분", "분류"),
    "name": ("name", "이름", "성명", "대상자", "성함"),
}
_FIELD_OF = {heading: field for field, headings in _HEADINGS.items() for heading in headings}
_VARIABLE = re.compile(r"[a-z][a-z0-9_]{0,39}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
_LANGUAGES = {
    "한국어": "ko", "영어": "en", "중국어": "zh", "베트남어": "vi", "일본어": "ja", "몽골어": "mn", "태국어": "th",
    "러시아어": "ru", "우즈베크어": "uz", "네팔어": "ne",
}  # fmt: skip
_YEAR = re.compile(r"(1[89]\d\d|20\d\d)")
_DIGITS = re.compile(r"10\d{8}")


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong with a row: in which column (its heading; empty: the whole row), as a code."""

    row: int
    column: str
    code: str


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody on a list. ``birth_year`` is 0 where it is unknown."""

    number: int
    addresses: Mapping[str, str]
    variables: Mapping[str, str]
    language: str
    district: str
    birth_year: int
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; ``field`` is what it is read as, empty for one that is not read."""

    heading: str
    field: str


@dataclass(frozen=True, slots=True)
class Segment:
    """Who of a list is meant: those for whom all of it holds. What is empty holds for everybody."""

    languages: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    minimum_age: int = 0
    maximum_age: int = 0
    tags: tuple[str, ...] = ()

    def holds(self, language: str, district: str, birth_year: int, tags: Sequence[str], year: int) -> bool:
        """Whether somebody is meant. An age that is asked for and not known does not hold; in the year in which they
        come of an age people count as of it."""
        if self.languages and language.partition("-")[0] not in self.languages:
            return False
        if self.districts and not district.startswith(self.districts):
            return False
        if self.tags and not set(self.tags) & set(tags):
            return False
        age = year - birth_year if birth_year else None
        if self.minimum_age and (age is None or age < self.minimum_age):
            return False
        return not self.maximum_age or (age is not None and age <= self.maximum_age)


def proposed(headings: Sequence[Any], mapping: Mapping[str, str]) -> list[Column]:
    """What each column is: as it was said, else by its heading, else a variable if the heading could be one. Of two
    columns that are the same, the first."""
    columns, taken = [], set()
    for cell in headings:
        heading = text(cell)
        plain = heading.lower().replace(" ", "")
        field = mapping.get(heading, _FIELD_OF.get(plain, plain if _VARIABLE.fullmatch(plain) else ""))
        if field in taken or not (field in FIELDS or _VARIABLE.fullmatch(field)):
            field = ""
        taken.add(field)
        columns.append(Column(heading, field))
    return columns


def variables(columns: Sequence[Column]) -> list[str]:
    """What texts may name."""
    return [one.field for one in columns if one.field and one.field not in FIELDS][:MOST_VARIABLES]


def read(
    number: int, row: Sequence[Any], columns: Sequence[Column], phone: Callable[[str], str]
) -> Member | list[RowFault]:
    """Somebody on a list, or everything that is wrong with their row. ``phone`` brings a number into one form, and
    gives nothing for what is none."""
    heading_of = {one.field: one.heading for one in columns if one.field}
    cells = {one.field: text(cell) for one, cell in zip(columns, row, strict=False) if one.field}
    codes = {field: code for field, cell in cells.items() if cell and (code := _fault(field, cell, phone))}
    if not any(cells.get(kind) for kind in ADDRESSES):
        return [RowFault(number, "", "no_address")]
    if codes:
        return [RowFault(number, heading_of[field], code) for field, code in codes.items()]
    addresses = {kind: cells[kind] for kind in ADDRESSES if cells.get(kind)}
    if "phone" in addresses:
        addresses["phone"] = phone(_whole(addresses["phone"]))
    born = _YEAR.match(cells.get("birth_year", ""))
    return Member(
        number=number,
        addresses=addresses,
        variables={name: cells.get(name, "") for name in variables(columns)},
        language=_language(cells.get("language", "")),
        district=cells.get("district", ""),
        birth_year=int(born[1]) if born else 0,
        tags=tuple(sorted({tag for tag in re.split(r"[,;|\s]+", cells.get("tags", "")) if tag})),
    )


def text(cell: Any) -> str:
    """A cell as one would write it: numbers without a fraction where they have none."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    return str(cell).strip() if cell is not None else ""


def _whole(number: str) -> str:
    """A mobile number of which a spreadsheet dropped the first zero, for it took it for a quantity."""
    return f"0{number}" if _DIGITS.fullmatch(number) else number


def _language(cell: str) -> str:
    return _LANGUAGES.get(cell, cell.lower().replace("_", "-"))


def _fault(field: str, cell: str, phone: Callable[[str], str]) -> str:
    """What is wrong with a cell, as a code; empty if nothing is."""
    longest = {"district": LONGEST_CODE, "tags": LONGEST_VARIABLE}.get(field, LONGEST_ADDRESS)
    if len(cell) > longest or (field == "tags" and len(cell.split()) > MOST_TAGS):
        return "too_long"
    match field:
        case "phone":
            return "" if phone(_whole(cell)) else "bad_phone"
        case "email":
            return "" if re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", cell) else "bad_email"
        case "language":
            return "" if _LANGUAGE.fullmatch(_language(cell)) else "bad_language"
        case "birth_year":
            return "" if _YEAR.match(cell) else "bad_birth_year"
    return ""
