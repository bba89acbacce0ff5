"""Days are read to their end and left; exercises are told by their words; any answer is a page or an error."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hub120_sdk import AlertStatus, ConnectorError, Context, HttpAnswer, Throttled
from hypothesis import given
from hypothesis import strategies as st

from plugins.safetydata import mapping, reading
from plugins.safetydata.source import ROWS, Safetydata
from plugins.safetydata.tests.conformance import KEY

EVENING = datetime(2026, 11, 28, 14, 58, tzinfo=UTC)  # 23:58 in Korea


def row(number: int) -> dict[str, object]:
    at = "2026/11/28 09:00:00"
    return {"SN": str(number), "CRT_DT": at, "MSG_CN": "안내", "RCPTN_RGN_NM": "경기도 안산시", "DST_SE_NM": "호우"}


class Portal:
    """Has messages by day, newest first or oldest first, and remembers what it was asked."""

    def __init__(self, *, newest_first: bool = True) -> None:
        self.days: dict[str, list[int]] = {}
        self.asked: list[str] = []
        self.now = EVENING
        self._newest_first = newest_first

    def request(self, method: str, url: str, **_: Any) -> HttpAnswer:
        asked = dict(part.split("=", 1) for part in url.partition("?")[2].split("&"))
        self.asked.append(asked["crtDt"])
        numbers = sorted(self.days.get(asked["crtDt"], ()), reverse=self._newest_first)
        begin = (int(asked["pageNo"]) - 1) * ROWS
        page = {"totalCount": len(numbers), "body": [row(one) for one in numbers[begin : begin + ROWS]]}
        return HttpAnswer(200, {}, json.dumps({"header": {"resultCode": "00"}, **page}).encode())

    def source(self, region: str = "") -> Safetydata:
        settings = {"base_url": "https://portal.example", "region": region}
        return Safetydata(Context(settings, {"service_key": KEY}, self, lambda: self.now))


def drained(source: Safetydata, cursor: str) -> tuple[list[int], str]:
    brought = list[int]()
    while True:
        page = source.poll(cursor)
        brought += [int(one.identifier.removeprefix("SN-")) for one in page.alerts]
        cursor = page.cursor
        if not page.more:
            return brought, cursor


@pytest.mark.parametrize("newest_first", [True, False])
def test_every_message_is_brought_once_whatever_the_order(newest_first: bool) -> None:
    portal = Portal(newest_first=newest_first)
    portal.days["20261128"] = list(range(1, 251))
    source = portal.source()
    brought, cursor = drained(source, "")
    assert sorted(brought) == list(range(1, 251))
    assert len(portal.asked) == 3
    assert drained(source, cursor) == ([], cursor)
    assert len(portal.asked) == 4, "a day without news takes one request"
    portal.days["20261128"] += [251, 252]
    assert sorted(drained(source, cursor)[0]) == [251, 252]


def test_a_day_is_left_when_it_is_surely_over() -> None:
    portal = Portal()
    source = portal.source()
    _, cursor = drained(source, "")
    portal.now = EVENING + timedelta(minutes=5)  # three past midnight
    portal.days["20261128"] = [9]
    brought, cursor = drained(source, cursor)
    assert (brought, portal.asked[-1]) == ([9], "20261128")
    portal.now = EVENING + timedelta(minutes=20)
    portal.days["20261129"] = [10]
    assert drained(source, cursor)[0] == [10]


def test_after_a_long_time_away_two_days_are_looked_back() -> None:
    portal = Portal()
    portal.days = {"20261120": [1], "20261126": [2], "20261128": [3]}
    assert drained(portal.source(), "20261118 1 0 0 0")[0] == [2, 3]


def test_one_region_alone_may_be_wanted() -> None:
    portal = Portal()
    portal.days["20261128"] = [1]
    assert drained(portal.source("경기도"), "")[0] == [1]
    assert drained(portal.source("부산광역시"), "")[0] == []


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("[훈련] 지진 대피", AlertStatus.EXERCISE),
        ("지금은 훈련 상황입니다", AlertStatus.EXERCISE),
        ("실제상황이 아닙니다", AlertStatus.EXERCISE),
        ("재난문자 시험발송입니다", AlertStatus.TEST),
        ("[테스트] 문자", AlertStatus.TEST),
        ("수원시 호우경보. 하천 접근 금지", AlertStatus.ACTUAL),
        ("훈련소 앞 도로 침수", AlertStatus.ACTUAL),
    ],
)
def test_an_exercise_or_a_test_is_told_by_its_words(text: str, status: AlertStatus) -> None:
    assert mapping.status(text) is status


@pytest.mark.parametrize("code", sorted(mapping.ERRORS))
def test_every_code_has_its_meaning_and_tells_no_key(code: str) -> None:
    body = json.dumps({"header": {"resultCode": code, "resultMsg": KEY}}).encode()
    with pytest.raises(ConnectorError) as told:
        reading.page(HttpAnswer(200, {}, body), EVENING)
    assert type(told.value) is mapping.ERRORS[code][0]
    assert KEY not in told.value.reason
    if isinstance(told.value, Throttled):
        assert told.value.after_s == 7 * 60


_NAMES = ["header", "resultCode", "body", "totalCount", "SN", "CRT_DT", "MSG_CN", "x"]
_LEAVES = st.none() | st.booleans() | st.integers() | st.text(max_size=20)
_JSON = st.recursive(
    _LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(_NAMES), inner, max_size=5),
    max_leaves=20,
)


@given(st.binary(max_size=200) | _JSON.map(lambda value: json.dumps(value).encode()))
def test_any_answer_is_a_page_or_an_error_of_the_contract(body: bytes) -> None:
    try:
        reading.page(HttpAnswer(200, {}, body), EVENING)
    except ConnectorError:
        return
