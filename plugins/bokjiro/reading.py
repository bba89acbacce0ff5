"""What 복지로 answers: XML with its own result code, or the gateway's error, which comes with HTTP 200.

A value that is missing is a missing element. Field names are 복지로's own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta, timezone
from xml.etree.ElementTree import Element

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from hub120_sdk import ConnectorError, HttpAnswer, Misconfigured, Retry, Throttled, Unreadable
from hub120_sdk.answers import good, retry_after_s

from plugins.bokjiro import mapping

KOREA = timezone(timedelta(hours=9), "KST")
_SLOWER_S = 60.0
_NEW_DAY = timedelta(minutes=5)
"""The day's calls are counted anew at midnight in Korea; so much later they surely are."""
_BLANKS = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\s*\n\s*")

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list."""

    total: int
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Details:
    """One service's details: single values, and rows by the name of their list."""

    values: Row = field(default_factory=dict)
    lists: Mapping[str, Sequence[Row]] = field(default_factory=dict)


def page(answer: HttpAnswer, now: datetime) -> Page:
    """A list's page. Raises the errors of the contract."""
    root = _root(answer, "wantedList", now)
    total = root.findtext("totalCount", "").strip()
    if not (total.isascii() and total.isdigit()):
        raise Unreadable("복지로's list says no totalCount")
    rows = [_row(one) for one in root.findall("servList")]
    if not all(row.get("servId") and row.get("servNm") for row in rows):
        raise Unreadable("복지로's list has a service without servId or servNm")
    return Page(int(total), rows)


def details(answer: HttpAnswer, now: datetime) -> Details:
    """A service's details. Raises the errors of the contract."""
    root = _root(answer, "wantedDtl", now)
    lists: dict[str, list[Row]] = {}
    for one in root:
        if len(one):
            inner = [each for each in one if len(each)]
            lists.setdefault(one.tag, []).extend(map(_row, inner or [one]))
    return Details(_row(root), lists)


def _row(element: Element) -> Row:
    return {one.tag: text for one in element if not len(one) and (text := _text(one.text or ""))}


def _text(written: str) -> str:
    return _LINES.sub("\n", _BLANKS.sub(" ", written)).strip()


def _root(answer: HttpAnswer, name: str, now: datetime) -> Element:
    """The answer's root, if it is of that name and says success."""
    if answer.status == 429:
        raise Throttled("data.go.kr asks to slow down (429)", retry_after_s(answer, _SLOWER_S))
    if answer.status in {401, 403, 404}:
        raise Misconfigured(f"data.go.kr answered {answer.status}: check base_url and service_key")
    try:
        root: Element = fromstring(good(answer).body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise Unreadable("복지로's answer is no XML") from None
    if root.tag == "OpenAPI_ServiceResponse":
        raise trouble(root.findtext(".//returnReasonCode", ""), now)
    if root.tag != name:
        raise Unreadable(f"복지로's answer is no {name}")
    code = root.findtext("resultCode", "").strip()
    if code.strip("0") or not code:
        raise trouble(code, now)
    return root


def trouble(code: str, now: datetime) -> ConnectorError:
    """What a code that is not 0 means; the day's calls used up: wait until tomorrow."""
    number = code.strip().zfill(2)[:10]
    if number == "00":
        return Unreadable("복지로's answer has no code")
    kind, reason = mapping.ERRORS.get(number, (Retry, "복지로 has a trouble that we do not know"))
    told = f"{reason} ({number})"
    if number == mapping.QUOTA:
        return Throttled(told, _until_tomorrow_s(now))
    return kind(told)


def _until_tomorrow_s(now: datetime) -> float:
    here = now.astimezone(KOREA)
    midnight = datetime.combine(here.date() + timedelta(days=1), time(), KOREA)
    return min((midnight + _NEW_DAY - here).total_seconds(), 86_400.0)
