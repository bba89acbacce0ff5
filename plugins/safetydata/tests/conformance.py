"""The table of the ``safetydata`` connector: a page with numbers of both kinds, and every kind of trouble."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from urllib.parse import parse_qsl, urlsplit

from hub120_sdk import (
    Alert,
    AlertArea,
    AlertCategory,
    AlertCertainty,
    AlertInfo,
    AlertKind,
    AlertPage,
    AlertScope,
    AlertSeverity,
    AlertStatus,
    AlertUrgency,
    Misconfigured,
    Named,
    Rejected,
    Retry,
    Throttled,
    Unreadable,
)
from hub120_sdk.testing import Answer, Polls, Seen, Suite, fixture

PACKAGE = "plugins.safetydata"
KEY = "A0B1/C2+D3=="
KST = timezone(timedelta(hours=9))


def message(
    number: int, at: str, status: AlertStatus, kind: str, category: AlertCategory, text: str, **areas: str
) -> Alert:
    """A message as an alert; ``areas`` are codes by names, blanks written as underscores."""
    levels = {
        "지진": (AlertUrgency.IMMEDIATE, AlertSeverity.EXTREME, AlertCertainty.OBSERVED),
        "민방공": (AlertUrgency.IMMEDIATE, AlertSeverity.SEVERE, AlertCertainty.LIKELY),
        "수도": (AlertUrgency.EXPECTED, AlertSeverity.MODERATE, AlertCertainty.POSSIBLE),
    }
    info = AlertInfo(
        kind,
        (category,),
        *levels[kind],
        language="ko",
        event_codes=(Named("DST_SE_NM", kind),),
        sender_name="행정안전부 긴급재난문자",
        description=text,
        areas=tuple(
            AlertArea(name.replace("_", " "), geocodes=(Named("KR.BJD", code),)) for name, code in areas.items()
        ),
    )
    sent = datetime.fromisoformat(f"2026-11-28T{at}+09:00")
    return Alert(f"SN-{number}", "safetydata.go.kr", sent, status, AlertKind.ALERT, AlertScope.PUBLIC, infos=(info,))


QUAKE = message(
    215003, "08:31:07", AlertStatus.ACTUAL, "지진", AlertCategory.GEO,
    "[기상청] 11월28일 08:31 경기 수원시 북쪽 3km 지역 규모 5.4 지진발생/"
    "낙하물로부터 몸 보호, 진동 멈춘 후 야외 대피하며 여진 주의",
    경기도_전체="41", 서울특별시_전체="11",
)  # fmt: skip
WATER = message(
    215001, "07:12:33", AlertStatus.ACTUAL, "수도", AlertCategory.INFRA,
    "[수원시] 송수관 파열로 시기동 일대 단수 중. 급수차 운영.", 경기도_수원시="41110",
)  # fmt: skip
DRILL = message(
    215002, "07:30:00", AlertStatus.EXERCISE, "민방공", AlertCategory.SECURITY, "[훈련] 민방공 대피 훈련상황입니다",
    경기도_안양시="41170",
)  # fmt: skip


def coded(code: str) -> Answer:
    """An answer that says nothing but a result code, with HTTP 200."""
    return Answer.json({"header": {"resultCode": code, "resultMsg": "…", "errorMsg": "…"}, "body": None})


def suite(provider: str, now: datetime) -> Suite:
    """The table."""
    day = now.astimezone(KST).strftime("%Y%m%d")
    page = Answer(200, fixture(PACKAGE, "page.json"), {"content-type": "application/json"})
    first = Answer.json({"header": {"resultCode": "00"}, "totalCount": "101", "body": [{"SN": 7}] * 100})
    refused = tuple(f"message {place} of the page: MSG_CN is missing" for place in range(1, 101))
    done = f"{day} 1 4 215003 0"
    bad = ("message 4 of the page: SN is no number",)
    return Suite(
        settings={"base_url": provider, "region": ""},
        secrets={"service_key": KEY},
        wrong_secrets={"service_key": "another"},
        polls=[
            Polls("a day", "", [page], AlertPage((WATER, DRILL, QUAKE), done, refused=bad), _is_asked),
            Polls("two are known", f"{day} 1 2 215002 0", [page], AlertPage((QUAKE,), done, refused=bad)),
            Polls("nothing new", done, [page], AlertPage((), done)),
            Polls("an empty day", "", [coded("03")], AlertPage((), f"{day} 1 0 0 0")),
            Polls("more to come", "", [first], AlertPage((), f"{day} 2 101 0 0", True, refused)),
            Polls("the day's calls", "", [coded("22")], Throttled),
            Polls("too often", "", [Answer(429)], Throttled),
            Polls("a key that is none", "", [coded("30")], Misconfigured),
            Polls("a wrong address", "", [Answer(404)], Misconfigured),
            Polls("an unknown parameter", "", [coded("10")], Rejected),
            Polls("a trouble of its own", "", [coded("99")], Retry),
            Polls("no count", "", [coded("00")], Unreadable),
            Polls("no cursor of ours", "somewhere else", [], Rejected),
        ],
        waived={"keeps_secrets_out_of_addresses": "the portal takes its key in the address alone"},
    )


def _is_asked(seen: Sequence[Seen]) -> None:
    [one] = seen
    url = urlsplit(one.path)
    assert url.path == "/V2/api/DSSP-IF-00247"
    asked = dict(parse_qsl(url.query))
    assert asked["serviceKey"] == KEY
    assert {name: asked[name] for name in ("returnType", "numOfRows", "pageNo")} == {
        "returnType": "json", "numOfRows": "100", "pageNo": "1",
    }  # fmt: skip
    assert len(asked["crtDt"]) == 8
