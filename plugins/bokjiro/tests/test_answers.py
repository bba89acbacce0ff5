"""Each code has its meaning, wherever it stands; the key may be written either way; requests keep their pace."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hub120_sdk import ConnectorError, Context, HttpAnswer, Misconfigured, Rejected, Retry, Throttled, Unreadable
from hub120_sdk.testing import fixture
from hypothesis import given
from hypothesis import strategies as st

from plugins.bokjiro import reading
from plugins.bokjiro.directory import Bokjiro
from plugins.bokjiro.mapping import ERRORS
from plugins.bokjiro.tests.conformance import KEY, PACKAGE, SETTINGS

NOW = datetime(2026, 5, 4, 14, 30, tzinfo=UTC)  # 23:30 in Korea


class Gateway:
    """Answers as it is told, and remembers the addresses."""

    def __init__(self, answer: Callable[[str], HttpAnswer]) -> None:
        self.asked: list[str] = []
        self._answer = answer

    def request(self, method: str, url: str, **_: Any) -> HttpAnswer:
        self.asked.append(url)
        return self._answer(url)


def bokjiro(gateway: Gateway, key: str = KEY, **settings: str) -> Bokjiro:
    own = {"lists": "central local", "province": "", "base_url": "https://apis.example", **SETTINGS, **settings}
    return Bokjiro(Context(own, {"service_key": key}, gateway, lambda: NOW))


def said(text: str) -> HttpAnswer:
    return HttpAnswer(200, {}, text.encode())


@pytest.mark.parametrize("code", sorted(ERRORS))
@pytest.mark.parametrize("place", ["api", "gateway"])
def test_every_code_has_its_meaning(code: str, place: str) -> None:
    api = f"<wantedList><resultCode>{int(code)}</resultCode></wantedList>"
    header = f"<cmmMsgHeader><returnReasonCode>{code}</returnReasonCode></cmmMsgHeader>"
    gateway = f"<OpenAPI_ServiceResponse>{header}</OpenAPI_ServiceResponse>"
    with pytest.raises(ConnectorError) as told:
        bokjiro(Gateway(lambda _: said(api if place == "api" else gateway))).services(None, "")
    assert type(told.value) is ERRORS[code][0]
    assert f"({code})" in told.value.reason
    assert KEY not in told.value.reason


def test_a_used_up_day_is_waited_for_until_it_is_over_in_korea() -> None:
    quota = HttpAnswer(200, {}, fixture(PACKAGE, "gateway_quota.xml"))
    with pytest.raises(Throttled) as told:
        bokjiro(Gateway(lambda _: quota)).services(None, "")
    assert timedelta(seconds=told.value.after_s) == timedelta(minutes=35)
    assert reading.trouble("22", NOW + timedelta(hours=1)).after_s == 84_900.0  # type: ignore[attr-defined]


@pytest.mark.parametrize("status", [401, 403, 404])
def test_a_refused_key_or_a_wrong_address_waits_for_an_operator(status: int) -> None:
    with pytest.raises(Misconfigured):
        bokjiro(Gateway(lambda _: HttpAnswer(status, {}, b"Forbidden"))).services(None, "")


@pytest.mark.parametrize("key", ["a+service/key==", "a%2Bservice%2Fkey%3D%3D"])
def test_a_key_may_be_written_encoded_or_decoded(key: str) -> None:
    gateway = Gateway(lambda _: said("<wantedList><totalCount>0</totalCount><resultCode>00</resultCode></wantedList>"))
    assert bokjiro(gateway, key).services(None, "").services == ()
    assert "serviceKey=a%2Bservice%2Fkey%3D%3D&" in gateway.asked[0]


def test_one_province_alone_is_asked_for_by_its_name() -> None:
    gateway = Gateway(lambda _: HttpAnswer(200, {}, fixture(PACKAGE, "gateway_key.xml")))
    with pytest.raises(Misconfigured):
        bokjiro(gateway, lists="local", province="서울특별시").services(None, "")
    assert "&ctpvNm=%EC%84%9C%EC%9A%B8" in gateway.asked[0]


def test_a_list_of_exactly_as_many_pages_as_it_says_is_complete_and_one_with_a_hole_is_not() -> None:
    def rows(count: int, total: int) -> HttpAnswer:
        one = "<servList><servId>WLF{}</servId><servNm>도움</servNm><lastModYmd>20200101</lastModYmd></servList>"
        return said(
            f"<wantedList><totalCount>{total}</totalCount><resultCode>0</resultCode>"
            f"{''.join(one.format(number) for number in range(count))}</wantedList>"
        )

    def ends(*pages: tuple[int, int]) -> bool:
        gateway = Gateway(lambda _: rows(*pages[len(gateway.asked) - 1]))
        connector, cursor = bokjiro(gateway, lists="local"), ""
        while True:
            page = connector.services(NOW, cursor)
            if not page.cursor:
                return page.complete
            cursor = page.cursor

    assert ends((50, 70), (20, 70))
    assert not ends((50, 70), (21, 71))
    assert not ends((50, 70), (19, 70))
    assert not ends((50, 120), (0, 120))


@pytest.mark.parametrize(
    "settings",
    [{"lists": "foreign"}, {"lists": " "}, {"parallel_requests": "9"}, {"requests_per_second": "fast"}],
)
def test_a_setting_that_is_none_is_refused(settings: dict[str, str]) -> None:
    with pytest.raises(Misconfigured, match=next(iter(settings))):
        bokjiro(Gateway(lambda _: said("")), **settings)


def test_requests_keep_their_pace_over_all_threads() -> None:
    details = said("<wantedDtl><resultCode>0</resultCode></wantedDtl>")
    page = HttpAnswer(200, {}, fixture(PACKAGE, "central_list.xml"))
    gateway = Gateway(lambda url: page if "callTp=L" in url else details)
    connector = bokjiro(gateway, parallel_requests="4", requests_per_second="20")
    started = time.monotonic()
    connector.services(None, "")
    connector.services(None, "")
    assert len(gateway.asked) == 6
    assert time.monotonic() - started >= 5 / 20


@given(st.binary(max_size=200) | st.text(max_size=50).map(lambda text: f"<wantedList>{text}</wantedList>".encode()))
def test_any_answer_is_a_page_or_an_error_of_the_contract(body: bytes) -> None:
    for read in (reading.page, reading.details):
        try:
            read(HttpAnswer(200, {}, body), NOW)
        except (Retry, Rejected, Misconfigured, Unreadable):
            continue


def test_a_bomb_of_entities_is_not_lit() -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><wantedList><totalCount>&c;</totalCount></wantedList>'
    with pytest.raises(Unreadable):
        reading.page(said(bomb), NOW)
