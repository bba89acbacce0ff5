"""The columns of a spreadsheet of services: what they are called in Korean and English, and how cells are read."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from services.referral.domain import areas, taxonomies
from services.referral.domain.directory import Kind

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "key": ("식별자", "관리번호", "key", "id"),
    "name": ("서비스명", "사업명", "name", "service"),
    "organization": ("기관명", "제공기관", "organization"),
    "department": ("담당부서", "department"),
    "description": ("설명", "지원내용", "description"),
    "eligibility_description": ("지원대상", "대상", "eligibility"),
    "application_process": ("신청방법", "application"),
    "fees_description": ("비용", "fees"),
    "required_documents": ("구비서류", "제출서류", "documents"),
    "phones": ("전화", "전화번호", "연락처", "phone"),
    "email": ("이메일", "email"),
    "url": ("홈페이지", "누리집", "url"),
    "service_areas": ("지역", "지역코드", "area"),
    "address": ("주소", "address"),
    "postal_code": ("우편번호", "postal_code"),
    "latitude": ("위도", "latitude"),
    "longitude": ("경도", "longitude"),
    "schedules": ("운영시간", "hours"),
    "languages": ("언어", "languages"),
    "life_stage": ("생애주기", "life_stage"),
    "target": ("가구상황", "target"),
    "interest": ("관심주제", "interest"),
    "need": ("필요", "need"),
    "topic": ("민원분류", "topic"),
    "kind": ("종류", "kind"),
    "minimum_age": ("최소나이", "minimum_age"),
    "maximum_age": ("최대나이", "maximum_age"),
    "status": ("상태", "status"),
    "assured_date": ("확인일", "기준일", "assured_date"),
}
"""What a column is called, without regard to spaces and case; the first is what is told of it."""

_STATUSES = {
    "운영": "active", "운영중": "active", "일시중단": "temporarily closed", "중단": "temporarily closed",
    "준비중": "inactive", "종료": "defunct", "폐지": "defunct",
}  # fmt: skip
_KINDS = {"복지": Kind.WELFARE, "법률": Kind.LEGAL}
_DAYS = {"월": "MO", "화": "TU", "수": "WE", "목": "TH", "금": "FR", "토": "SA", "일": "SU"}
_WEEK = tuple(_DAYS.values())
_NAMED_DAYS = {"평일": _WEEK[:5], "주말": _WEEK[5:], "매일": _WEEK}
_HOURS = re.compile(
    r"(?P<days>[월화수목금토일,·~\-]+|평일|주말|매일)\s*(?P<opens>\d{1,2}:\d{2})\s*[-~]\s*(?P<closes>\d{1,2}:\d{2})"
)
_TELEPHONE = re.compile(r"[0-9+][0-9()+\- ]{1,30}")


class Wrong(ValueError):
    """A cell that cannot be read."""


def heading(written: Any) -> str | None:
    """The field that a column is for."""
    return _FIELDS.get("".join(str(written).split()).casefold().rstrip("*"))


_FIELDS = {name.casefold(): field for field, names in HEADINGS.items() for name in names}


def text(cell: Any) -> str:
    """A cell as somebody would write it."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    return "" if cell is None else str(cell).strip()


def items(cell: Any, separators: str = ";\n") -> list[str]:
    """The parts of a cell that holds several."""
    return [part.strip() for part in re.split(f"[{separators}]", text(cell)) if part.strip()]


def number(cell: Any) -> float:
    """A number. Raises ``Wrong``."""
    try:
        found = float(text(cell))
    except ValueError:
        raise Wrong("is no number") from None
    if not math.isfinite(found):
        raise Wrong("is no number")
    return int(found) if found.is_integer() else found


def day(cell: Any) -> str:
    """A date, also with dots or strokes. Raises ``Wrong``."""
    parts = re.findall(r"\d+", text(cell))[:3]
    try:
        return date(*map(int, parts)).isoformat()
    except (TypeError, ValueError):
        raise Wrong("is no date") from None


def status(cell: Any) -> str:
    """How a service is; what is no word of ours is left to the schema."""
    written = text(cell)
    return _STATUSES.get("".join(written.split()), written.casefold()) or "active"


def kind(cell: Any) -> str:
    """Welfare or legal; what is neither is left to the profile."""
    written = text(cell)
    return str(_KINDS.get(written, written.casefold()))


def phones(cell: Any) -> list[dict[str, Any]]:
    """Telephone numbers. Raises ``Wrong``, also for a number that has lost its first 0."""
    if isinstance(cell, int | float) and len(text(cell)) > 8:
        raise Wrong("is a number that has lost its first 0: write it as text")
    found = items(cell, ";,\n")
    if not all(_TELEPHONE.fullmatch(one) for one in found):
        raise Wrong("is no telephone number")
    return [{"number": one, "type": "voice"} for one in found]


def terms(taxonomy: str, cell: Any) -> list[dict[str, Any]]:
    """Terms by code or name. Raises ``Wrong``."""
    found = [taxonomies.term(taxonomy, one) for one in items(cell, ";,\n")]
    if None in found:
        raise Wrong(f"holds a word that is no term of {taxonomy}")
    return [{"taxonomy_term": {"taxonomy": taxonomy, "code": one.code}} for one in found if one]


def service_areas(cell: Any) -> list[dict[str, Any]]:
    """Areas by code or name; a name that means no code stays a name. Raises ``Wrong`` for digits that are no code."""
    found = []
    for one in items(cell, ";,\n"):
        code = areas.code(one)
        if code is None and one.isdecimal():
            raise Wrong("holds a number that is no district code of 2, 5 or 10 digits")
        coded = {"extent": code, "extent_type": "kr-district"} if code else {}
        found.append({"name": areas.PROVINCES.get(one, one), **coded})
    return found


def schedules(cell: Any) -> list[dict[str, Any]]:
    """Hours like ``월-금 09:00-18:00; 토 09:00-13:00``; what is written in another way stays words."""
    return [_schedule(one) for one in items(cell)]


def _schedule(written: str) -> dict[str, Any]:
    found = _HOURS.fullmatch(written)
    days = _days(found["days"]) if found else ()
    if not found or not days:
        return {"description": written}
    opens, closes = (moment.zfill(5) for moment in (found["opens"], found["closes"]))
    rule = {"freq": "WEEKLY", "interval": 1, "byday": ",".join(days)}
    return {**rule, "opens_at": opens, "closes_at": closes, "description": written}


def _days(written: str) -> Sequence[str]:
    if written in _NAMED_DAYS:
        return _NAMED_DAYS[written]
    span = re.fullmatch(r"([월화수목금토일])[-~]([월화수목금토일])", written)
    if span:
        first, last = _WEEK.index(_DAYS[span[1]]), _WEEK.index(_DAYS[span[2]])
        return _WEEK[first : last + 1]
    return [_DAYS[letter] for letter in written if letter in _DAYS]
