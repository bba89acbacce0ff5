"""What the portal answers: JSON with a result code of its own, always with HTTP 200; and a message as an alert."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from hub120_sdk import (
    Alert,
    AlertArea,
    AlertInfo,
    AlertKind,
    AlertScope,
    ConnectorError,
    HttpAnswer,
    Misconfigured,
    Named,
    Retry,
    Throttled,
    Unreadable,
    districts,
    shapes,
)
from hub120_sdk.answers import good, retry_after_s

from plugins.safetydata import mapping

KOREA = timezone(timedelta(hours=9), "KST")
SENDER = "safetydata.go.kr"
CODES = "KR.BJD"
_SLOWER_S = 60.0
_NEW_DAY = timedelta(minutes=5)
"""The day's calls are counted anew at midnight in Korea; so much later they surely are."""
_MOST_ROWS, _MOST_REGIONS = 1_000, 200


@dataclass(frozen=True, slots=True)
class Row:
    """A message on a page."""

    number: int
    """SN, which comes as a number and as a string."""
    alert: Alert
    regions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a day's messages."""

    total: int
    count: int
    """How many rows it has, those that could not be read among them."""
    rows: tuple[Row, ...]
    refused: tuple[str, ...] = ()


def page(answer: HttpAnswer, now: datetime) -> Page:
    """The page in an answer. Raises the errors of the contract; a message that cannot be read stops no other."""
    said = _body(answer, now)
    if said is None:
        return Page(0, 0, ())
    rows, refused = list[Row](), list[str]()
    written = shapes.items(said, "body", limit=_MOST_ROWS)
    for place, one in enumerate(written, 1):
        try:
            rows.append(_row(one))
        except Unreadable as error:
            refused.append(f"message {place} of the page: {error.reason}")
    return Page(_whole(said.get("totalCount"), "totalCount"), len(written), tuple(rows), tuple(refused))


def _body(answer: HttpAnswer, now: datetime) -> Mapping[str, object] | None:
    """The object in an answer that says success; None where it says that there is nothing."""
    if answer.status == 429:
        raise Throttled("the portal asks to slow down (429)", retry_after_s(answer, _SLOWER_S))
    if answer.status in {401, 403, 404}:
        raise Misconfigured(f"the portal answered {answer.status}: check base_url and service_key")
    try:
        said = shapes.mapping(json.loads(good(answer).body), required=True)
    except (ValueError, RecursionError):
        raise Unreadable("the portal's answer is no JSON") from None
    code = shapes.text(said, "header", "resultCode", required=True).strip().zfill(2)[:10]
    if code == mapping.NO_DATA:
        return None
    if code.strip("0"):
        raise trouble(code, now)
    return said


def trouble(code: str, now: datetime) -> ConnectorError:
    """What a code that is not 00 means; the day's calls used up: wait until tomorrow."""
    kind, reason = mapping.ERRORS.get(code, (Retry, "the portal has a trouble that we do not know"))
    told = f"{reason} ({code})"
    if code != mapping.QUOTA:
        return kind(told)
    here = now.astimezone(KOREA)
    tomorrow = datetime.combine(here.date() + timedelta(days=1), datetime.min.time(), KOREA) + _NEW_DAY
    return Throttled(told, (tomorrow - here).total_seconds())


def _row(raw: object) -> Row:
    number = _whole(shapes.mapping(raw, required=True).get("SN"), "SN")
    text = shapes.text(raw, "MSG_CN", required=True).strip()
    kind = shapes.text(raw, "DST_SE_NM").strip()
    regions = tuple(dict.fromkeys(part.strip() for part in shapes.text(raw, "RCPTN_RGN_NM").split(",") if part.strip()))
    if len(regions) > _MOST_REGIONS:
        raise Unreadable(f"RCPTN_RGN_NM has more than {_MOST_REGIONS} places")
    urgency, severity, certainty = mapping.STEPS.get(shapes.text(raw, "EMRG_STEP_NM").strip(), mapping.UNKNOWN_STEP)
    info = AlertInfo(
        event=kind or "기타",
        categories=(mapping.category(kind),),
        urgency=urgency,
        severity=severity,
        certainty=certainty,
        language="ko",
        event_codes=(Named("DST_SE_NM", kind),) if kind else (),
        sender_name="행정안전부 긴급재난문자",
        description=text,
        areas=tuple(map(_area, regions)),
    )
    sent = _moment(shapes.text(raw, "CRT_DT", required=True))
    alert = Alert(f"SN-{number}", SENDER, sent, mapping.status(text), AlertKind.ALERT, AlertScope.PUBLIC, infos=(info,))
    return Row(number, alert, regions)


def _area(name: str) -> AlertArea:
    code = districts.named(name)
    return AlertArea(name, geocodes=(Named(CODES, code),) if code else ())


def _whole(value: object, name: str) -> int:
    if type(value) is int and value >= 0:
        return value
    if isinstance(value, str) and value.strip().isascii() and value.strip().isdigit() and len(value) <= 18:
        return int(value)
    raise Unreadable(f"{name} is no number")


def _moment(written: str) -> datetime:
    try:
        return datetime.strptime(written.strip(), "%Y/%m/%d %H:%M:%S").replace(tzinfo=KOREA)
    except ValueError:
        raise Unreadable("CRT_DT is no time like 2026/10/01 09:12:33") from None
