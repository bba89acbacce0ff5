"""Links and the pages behind them, on a real server and both databases: opened once, by a person; what may be read is
read on record; what is said counts once; and nothing leaves or stays that nobody agreed to."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from chassis.database import Database
from services.referral.agency_http import LONGEST_FORM, AgencyHttp
from services.referral.domain.consents import Item
from services.referral.domain.dispatches import Errand
from services.referral.domain.links import AGAIN_A_DAY, AGAIN_S, LONGEST_NOTE, SESSION_S
from services.referral.domain.referrals import DeclineReason, ReferralState
from services.referral.store import links
from services.referral.tables import metadata
from services.referral.use_cases import loading, visiting
from services.referral.use_cases.loading import House, ToPartner
from tests.integration.agency_browser import Browser, on, path_of
from tests.integration.databases import Clock, shared
from tests.integration.http_client import request
from tests.integration.referral_desk import ADDRESS, HOUSE, SECOND, SUMMARY, Desk
from tests.integration.routing_floor import rows

both, clock, database = shared("referral", metadata)
S = ReferralState
DAY_S = 86_400.0


@pytest.fixture
def desk(database: Database, clock: Clock) -> Desk:
    return Desk(database, clock, second="sms")


def ready(desk: Desk, *items: Item, days: float = 90) -> str:
    """A referral that has arrived; the path of its link."""
    desk.ready(*items, days=days)
    return path_of(desk)


def test_a_link_is_opened_once_by_a_button_and_shows_what_was_agreed_to_and_nothing_else(desk: Desk) -> None:
    path = ready(desk, Item.NAME, Item.CASE_SUMMARY)

    async def visit(browser: Callable[[], Browser]) -> None:
        scanner, phone = browser(), browser()
        for _ in range(2):
            shown = await scanner.get(path)
            assert desk.row.number in shown
            assert not any(word in shown for word in ("김영희", SUMMARY, "당뇨", "무한돌봄"))
        assert desk.trail() == []
        shown = await phone.press(await phone.get(path), "내용 보기")
        assert all(word in shown for word in ("김영희", SUMMARY, desk.row.number, "2026-08-02"))
        assert not any(word in shown for word in ("당뇨", "821012345678"))
        assert desk.trail() == [("agency", "AgencyPage")]
        assert desk.stands() is S.SENT, "reading is not yet saying so"
        again = await scanner.press(await phone.get(path + "?lang=ko"), "접수 확인")
        assert "이 기기에서는 볼 수 없습니다" in again, "another browser does nothing with a form of the first"
        used = await scanner.get(path)
        assert "이미 사용된 주소입니다" in used
        assert scanner.seen[-1].status == 410
        assert "이미 사용된 주소입니다" in await scanner.press(used, "이어서 보기")
        assert "김영희" in await phone.press(used, "이어서 보기"), "whoever opened it goes on"

    on(desk.database, visit)


def test_pages_are_not_kept_framed_told_to_others_or_read_by_scripts(desk: Desk) -> None:
    path = ready(desk)

    async def visit(browser: Callable[[], Browser]) -> None:
        phone = browser()
        await phone.press(await phone.get(path), "내용 보기")
        await phone.get("/agency/nothing")
        await phone.get(f"/agency/referral/{uuid4()}")
        for answer in phone.seen:
            assert answer.headers["cache-control"] == "no-store"
            assert "default-src 'none'" in answer.headers["content-security-policy"]
            assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
            assert answer.headers["referrer-policy"] == "no-referrer"
            assert answer.headers["x-frame-options"] == "DENY"
            assert b"<script" not in answer.body
            assert b"style=" not in answer.body
        cookie = next(one.headers["set-cookie"] for one in phone.seen if "set-cookie" in one.headers).lower()
        assert all(part in cookie for part in ("httponly", "samesite=strict", "secure", "path=/agency"))
        assert [one.status for one in phone.seen[-2:]] == [404, 404]
        style = await request(phone.port, "GET", "/agency/style.css")
        assert (style.status, style.headers["content-type"]) == (200, "text/css; charset=utf-8")

    on(desk.database, visit)


def test_nothing_in_the_database_opens_a_link_and_nothing_is_logged_of_it(
    desk: Desk, capfd: pytest.CaptureFixture[str]
) -> None:
    path = ready(desk)
    token = path.rpartition("/")[2]

    async def visit(browser: Callable[[], Browser]) -> None:
        phone = browser()
        await phone.press(await phone.get(path), "내용 보기")
        (secret,) = phone.cookies.values()
        kept = rows(desk.database, "SELECT * FROM agency_link")
        assert token not in str(kept)
        assert secret not in str(kept)
        written = "".join(capfd.readouterr())
        assert "/agency/{token}" in written, "the route is said"
        assert token not in written
        assert secret not in written

    on(desk.database, visit)


def test_an_agency_receives_accepts_reports_and_completes_and_a_double_click_counts_once(desk: Desk) -> None:
    path = ready(desk)

    async def visit(browser: Callable[[], Browser]) -> None:
        phone = browser()
        shown = await phone.press(await phone.get(path), "내용 보기")
        first = await phone.press(shown, "접수 확인")
        assert "접수를 확인했습니다" in first
        said = desk.kinds()
        await phone.press(shown, "접수 확인")
        assert desk.kinds() == said
        shown = await phone.report(first, "accepted", expected="2026-05-20", note="담당자가 곧 전화합니다. <b>")
        assert "수락을 알렸습니다" in shown
        assert desk.stands() is S.ACCEPTED
        assert desk.row.expected_at == pytest.approx(clock_of("2026-05-20T15:00"))
        assert desk.row.due_at == desk.row.expected_at, "nobody is reminded before the day that was named"
        for words in ("서류를 받았습니다", "심사 중입니다"):
            shown = await phone.report(shown, "in_progress", note=words)
            assert "진행 상황을 알렸습니다" in shown
        shown = await phone.report(shown, "completed", note="지원금이 나갔습니다")
        assert "<form" not in shown
        assert desk.stands() is S.COMPLETED
        assert desk.dispatches(Errand.QUESTION), "the citizen is asked"

    on(desk.database, visit)


def clock_of(moment: str) -> float:
    """A moment of UTC in seconds since 1970."""
    return datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp()


def test_an_agency_declines_with_a_reason_and_says_where_to_instead(desk: Desk) -> None:
    path = ready(desk)

    async def visit(browser: Callable[[], Browser]) -> None:
        phone = browser()
        shown = await phone.press(await phone.get(path), "내용 보기")
        wrong = await phone.report(shown, "declined", note="<script>alert(1)</script> 우리 일이 아닙니다")
        assert phone.seen[-1].status == 400
        assert re.search(r'aria-describedby="(declined-reason-wrong)" autofocus', wrong)
        assert "사유를 골라 주세요" in wrong
        assert "&lt;script&gt;" in wrong, "what was typed is there still, as text"
        assert desk.stands() is S.SENT
        shown = await phone.report(
            wrong, "declined", reason="wrong_agency", place="옆 동 주민센터", note="우리 일이 아닙니다"
        )
        assert "거절하신 연계입니다" in shown
        assert "김영희" not in shown
        assert desk.stands() is S.DECLINED
        assert desk.row.reason == DeclineReason.WRONG_AGENCY
        assert "이미" not in await phone.get(path + "?lang=en")

    on(desk.database, visit)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"state": "accepted", "expected": "2026-05-03"}, "날짜"),
        ({"state": "accepted", "expected": "2028-01-01"}, "날짜"),
        ({"state": "accepted", "expected": "tomorrow"}, "날짜"),
        ({"state": "accepted", "note": "가" * (LONGEST_NOTE + 1)}, "너무 깁니다"),
        ({"state": "declined", "reason": "no"}, "사유"),
        ({"state": "confirmed"}, "보내지 못했습니다"),
        ({"state": "sent"}, "보내지 못했습니다"),
        ({"state": "accepted", "report_id": ""}, "보내지 못했습니다"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_shown_again_beside_the_field(desk: Desk, typed: dict[str, str], said: str) -> None:
    path = ready(desk)

    async def visit(browser: Callable[[], Browser]) -> None:
        phone = browser()
        shown = await phone.press(await phone.get(path), "내용 보기")
        (key,) = set(re.findall(r'name="key" value="(\w+)"', shown))
        (link,) = set(re.findall(r'action="(/agency/referral/[^"]+)"', shown))
        assert said in await phone.post(link, key=key, **{"report_id": "r-1", **typed})
        assert phone.seen[-1].status == 400
        assert desk.stands() is S.SENT

    on(desk.database, visit)


def test_forms_without_their_key_and_bodies_that_are_no_form_change_nothing(desk: Desk) -> None:
    path = ready(desk)

    async def visit(browser: Callable[[], Browser]) -> None:
        phone = browser()
        await phone.post(path, key="guessed")
        assert not phone.cookies
        shown = await phone.press(await phone.get(path), "내용 보기")
        (link,) = set(re.findall(r'action="(/agency/referral/[^"]+)"', shown))
        await phone.post(link, state="accepted", report_id="r-1", key="guessed")
        for body in (b"\xff\xfe", b"a=1&" * 100, b"state=accepted&" + b"x" * LONGEST_FORM):
            answer = await request(phone.port, "POST", link, body)
            assert answer.status in {400, 410}
        await phone.post(f"{link}/new", key="guessed")
        await phone.post(f"{path}/new", key="guessed")
        assert desk.stands() is S.SENT
        assert desk.dispatches(Errand.LINK) == []

    on(desk.database, visit)


def test_a_link_that_ran_out_sends_a_new_one_to_the_known_address_and_not_too_often(desk: Desk, clock: Clock) -> None:
    path = ready(desk)

    async def visit(browser: Callable[[], Browser]) -> None:
        phone = browser()
        unopened = await phone.get(path)
        clock.pass_by(8 * DAY_S)
        assert "기간이 지난 주소입니다" in await phone.press(unopened, "내용 보기")
        assert not phone.cookies
        shown = await phone.get(path)
        assert "새 주소를 보냈습니다" in await phone.press(shown, "새 주소 받기")
        assert "지금은 새 주소를 보낼 수 없습니다" in await phone.press(shown, "새 주소 받기")
        (journey,) = desk.carry()
        assert isinstance(journey.load, ToPartner)
        assert journey.load.address == ADDRESS
        assert not any(word in journey.load.letter.text for word in ("김영희", SUMMARY))
        (newer,) = re.findall(r"https://hub\.example(/\S+)", journey.load.letter.text)
        desk.arrives(journey.dispatch_id)
        assert "김영희" in await phone.press(await phone.get(newer), "내용 보기")
        for _ in range(AGAIN_A_DAY + 3):
            clock.pass_by(AGAIN_S + 1)
            await phone.press(shown, "새 주소 받기")
        assert len(desk.dispatches(Errand.LINK)) == AGAIN_A_DAY

    on(desk.database, visit)


def test_a_newer_link_ends_older_ones_that_nobody_opened_and_once_opened_their_pages(desk: Desk, clock: Clock) -> None:
    first = ready(desk)
    desk.pass_by(48)  # a holiday lies between
    reminded = path_of(desk)

    async def visit(browser: Callable[[], Browser]) -> None:
        phone, other = browser(), browser()
        assert "새 주소로 바뀌었습니다" in await phone.get(first)
        shown = await phone.press(await phone.get(reminded), "내용 보기")
        assert "김영희" in shown
        desk.pass_by(24)
        (journey,) = desk.carry()
        assert isinstance(journey.load, ToPartner)
        assert journey.load.address == SECOND
        desk.arrives(journey.dispatch_id)
        (second,) = re.findall(r"https://hub\.example(/\S+)", journey.load.letter.text)
        (page,) = set(re.findall(r'action="(/agency/referral/[^"]+)"', shown))
        assert "김영희" in await phone.get(page), "whoever works goes on until the newer one is opened"
        assert "김영희" in await other.press(await other.get(second), "내용 보기")
        lost = await phone.report(shown, "accepted", note="곧 연락합니다")
        assert "이 기기에서는 볼 수 없습니다" in lost
        assert "곧 연락합니다" in lost, "what was written is not lost"
        assert desk.stands() is S.SENT
        assert "새 주소를 보냈습니다" in await phone.press(lost, "새 주소 받기")

    on(desk.database, visit)


@pytest.mark.parametrize("how", ["revoked", "expired", "withdrawn"])
def test_once_a_consent_ends_a_page_shows_nothing_and_takes_nothing(desk: Desk, clock: Clock, how: str) -> None:
    path = ready(desk, days=2)

    async def visit(browser: Callable[[], Browser]) -> None:
        phone, other = browser(), browser()
        unopened = await other.get(path)
        shown = await phone.press(await phone.get(path), "내용 보기")
        if how == "revoked":
            desk.revoke(desk.consents()[0])
        elif how == "withdrawn":
            desk.withdraw()
        else:
            clock.pass_by(2 * DAY_S + 1)  # the clock has not looked yet
        before = len(desk.trail())
        gone = await phone.report(shown, "accepted", note="받겠습니다")
        assert "더 이상 볼 수 없습니다" in gone
        assert "받겠습니다" in gone, "what was written is not lost"
        assert "김영희" not in gone
        assert "더 이상 볼 수 없습니다" in await other.press(unopened, "내용 보기")
        assert "새 주소 받기" not in await other.get(path)
        assert not other.cookies
        desk.look()
        assert [one["killed"] for one in rows(desk.database, "SELECT killed FROM agency_link")] == ["ended"]
        assert len(desk.trail()) == before
        assert S(desk.row.reached) is S.SENT

    on(desk.database, visit)


def test_a_link_that_nobody_opened_opens_no_more_once_the_consent_has_run_out(desk: Desk, clock: Clock) -> None:
    path = ready(desk, days=2)

    async def visit(browser: Callable[[], Browser]) -> None:
        phone = browser()
        landing = await phone.get(path)
        clock.pass_by(2 * DAY_S + 1)  # the clock has not looked yet
        assert "더 이상 볼 수 없습니다" in await phone.press(landing, "내용 보기")
        assert not phone.cookies
        assert rows(desk.database, "SELECT opened_at FROM agency_link") == [{"opened_at": None}]

    on(desk.database, visit)


def test_two_browsers_press_at_once_and_one_of_them_has_it(desk: Desk) -> None:
    path = ready(desk)

    async def visit(browser: Callable[[], Browser]) -> None:
        phones = [browser() for _ in range(4)]
        landing = await phones[0].get(path)
        shown = await asyncio.gather(*(one.press(landing, "내용 보기") for one in phones))
        assert sum("김영희" in one for one in shown) == 1
        assert sum(bool(one.cookies) for one in phones) == 1

    on(desk.database, visit)


def test_a_page_ends_after_its_time_and_english_is_spoken_where_it_is_wanted(desk: Desk, clock: Clock) -> None:
    desk.ready(days=300)
    path = path_of(desk)

    async def visit(browser: Callable[[], Browser]) -> None:
        phone = browser()
        shown = await phone.press(await phone.get(f"{path}?lang=en"), "Open it")
        assert '<html lang="en">' in shown
        assert "We have received it" in shown
        assert '<html lang="ko">' in await phone.get(path + "?lang=ko")
        clock.pass_by(SESSION_S + 1)
        (page,) = set(re.findall(r'action="(/agency/referral/[^"]+)"', shown))
        assert "Not open on this device" in await phone.get(page + "?lang=en")

    on(desk.database, visit)


def test_without_an_address_for_its_pages_no_link_leaves_and_a_supervisor_is_told(desk: Desk) -> None:
    assert AgencyHttp(desk.database, "", HOUSE.centre, 7).routes() == []
    desk.ready()
    (dispatch,) = desk.dispatches(Errand.REFERRAL)
    assert desk.run(loading.begin, dispatch.id, House(HOUSE.centre, "")) is None
    assert (desk.stands(), desk.row.escalation) == (S.ESCALATED, "not_sent")
    assert rows(desk.database, "SELECT * FROM agency_link") == []


def test_links_are_forgotten_long_after_they_were_over(desk: Desk, clock: Clock) -> None:
    path = ready(desk, days=300)

    async def visit(browser: Callable[[], Browser]) -> None:
        phone = browser()
        await phone.press(await phone.get(path), "내용 보기")

    on(desk.database, visit)
    for days, gone in ((8, 0), (23, 1)):  # it could be opened for 7 days, and its page is open for 30
        clock.pass_by(days * DAY_S)
        assert desk.run(links.forget, clock.now.timestamp()) == gone


def test_a_page_takes_so_many_reports_and_no_more(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visiting, "MOST_REPORTS", 3)
    path = ready(desk)

    async def visit(browser: Callable[[], Browser]) -> None:
        phone = browser()
        shown = await phone.press(await phone.get(path), "내용 보기")
        shown = await phone.report(shown, "accepted")
        shown = await phone.report(shown, "in_progress", note="하나")
        assert "바뀐 것이 없습니다" in await phone.report(shown, "in_progress", note="둘")

    on(desk.database, visit)


def test_a_dispatch_that_is_begun_again_brings_the_same_link(desk: Desk, clock: Clock) -> None:
    desk.ready()
    (first,) = desk.begin()
    clock.pass_by(60)
    (again,) = desk.begin()
    assert isinstance(first.load, ToPartner)
    assert first.load == again.load
    assert len(rows(desk.database, "SELECT id FROM agency_link")) == 1
