"""A supervisor before the floor: queues that move, a decision explained, a swap, a notice by two in two browsers, a
connector that fails, and a dead letter put back. Agents and auditors are told that this is not for them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from hub120.intake.v1 import case_pb2, events_pb2
from hub120.outreach.v1 import alert_pb2, notice_pb2
from hub120.outreach.v1 import campaign_service_pb2 as campaigns
from hub120.outreach.v1 import notice_service_pb2 as notices
from hub120.outreach.v1.campaign_service_pb2_grpc import CampaignServiceStub
from hub120.routing.v1 import rota_pb2 as rota
from hub120.routing.v1 import rota_service_pb2 as rotas
from hub120.routing.v1 import work_pb2
from playwright.sync_api import Browser, expect

from chassis import messages
from chassis.connectors.guards import FAILURES_TO_OPEN
from tests.browser.asking import asks
from tests.browser.screens import Screen, screen
from tests.hub import RunningHub, running_hub
from tests.ledger import Ledger
from tests.waiting import eventually

pytestmark = pytest.mark.slow
CHIEF = ("supervisor", "admin")
UNRULY = Path(__file__).parent.parent / "unruly"
PAGES = (
    "/floor", "/floor/rota", "/floor/explain", "/floor/performance", "/floor/rounds", "/floor/notices",
    "/floor/mailings", "/floor/connectors", "/floor/dead",
)  # fmt: skip
FORBID = """CREATE TRIGGER poison BEFORE INSERT ON work_item WHEN NEW.case_id LIKE 'poison-%'
    BEGIN SELECT RAISE(ABORT, 'poisoned'); END"""


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    """One hub for the module, with a connector that fails at every call."""
    environment = {
        "HUB120_CENTRE_NAME": "120 경기도 콜센터",
        "HUB120_APPROVE_ABOVE": "0",
        "HUB120_NOTICE_ROADS": '{"app": "web", "sms": "sms_twilio"}',
        "HUB120_RETRY_SECONDS": "[0.1, 0.2, 0.3]",
        "PYTHONPATH": os.pathsep.join([str(UNRULY), *filter(None, [os.environ.get("PYTHONPATH")])]),
    }
    with running_hub(tmp_path_factory.mktemp("hub"), environment) as found:
        yield found


def test_a_queue_moves_live_and_why_work_went_to_whom_is_told(hub: RunningHub, chromium: Browser) -> None:
    with screen(chromium, hub, "chief", *CHIEF) as chief:
        page = chief.open("/floor")
        expect(page.locator("#queues")).to_have_text("기다리는 시민이 없습니다.")
        hub.say("xin chào", language="vi", citizen="a")
        expect(page.locator("#queues tbody th")).to_have_text("글 · 베트남어")
        expect(page.locator("#waiting tbody tr")).to_have_count(1)
        chief.picture("floor-1-now")
        kim = hub.agent("kim", languages=("vi",))
        item = kim.accept(next(kim.offers()))
        expect(page.locator("#queues")).to_have_text("기다리는 시민이 없습니다.")
        number = kim.case(item.case_id).case.number
        page.get_by_role("link", name="배정 설명").first.click()
        page.get_by_label("접수번호").fill(number)
        page.get_by_role("button", name="찾기").click()
        page.wait_for_url(f"**/floor/explain/{item.id}")
        expect(page.get_by_text("kim 상담사가 맡았습니다.")).to_be_visible()
        expect(page.locator(".decision").last).to_contain_text("kim 상담사에게 물음")
        chief.picture("floor-2-explained")
        chief.check_accessible()
        kim.finish(item.id, seen=9)
        kim.presence(work_pb2.PRESENCE_OFFLINE)


def test_a_surge_is_declared_and_ended(hub: RunningHub, chromium: Browser) -> None:
    with screen(chromium, hub, "chief", *CHIEF, language="en-US") as chief:
        page = chief.open("/floor")
        page.locator("#surge-more summary").press("Enter")
        page.get_by_label("Why", exact=True).fill("Flood in Suwon")
        page.locator("#surge-more").get_by_role("button", name="Declare a surge").press("Enter")
        expect(page.locator("#surge")).to_contain_text("Flood in Suwon")
        page.on("dialog", lambda asked: asked.accept())
        page.get_by_role("button", name="End the surge").click()
        expect(page.locator("#surge")).to_have_text("There is no surge.")


def test_a_swap_is_approved_and_stands_on_the_rota(hub: RunningHub, chromium: Browser) -> None:
    swap_of_tomorrow(hub)
    with screen(chromium, hub, "chief", *CHIEF) as chief:
        page = chief.open(f"/floor/rota?day={tomorrow().date()}")
        expect(page.locator(".week")).to_contain_text("lee")
        expect(page.locator("#swaps")).to_contain_text("lee → park")
        chief.picture("floor-3-swap")
        page.get_by_role("button", name="승인").click()
        expect(page.locator("#swaps")).to_have_text("기다리는 요청이 없습니다.")
        page.reload()
        expect(page.locator(".week .duty.other")).to_be_visible()
        chief.check_accessible()


def tomorrow() -> datetime:
    """A moment of tomorrow, in the middle of the day in Seoul."""
    return (datetime.now(UTC) + timedelta(days=1)).replace(hour=3, minute=0, second=0, microsecond=0)


def swap_of_tomorrow(hub: RunningHub) -> None:
    """Lee has a duty and gives it to Park, who agrees."""
    for name in ("lee", "park"):
        hub.agent(name).presence(work_pb2.PRESENCE_OFFLINE)
    chief = asks(hub, "chief", "supervisor")
    chief(rotas.PutTeamRequest(team=rota.Team(id="day", name_ko="주간팀", name_en="Day")))
    span: Any = {"start_time": tomorrow(), "end_time": tomorrow() + timedelta(hours=4)}
    duty = rota.Override(id=str(uuid4()), kind=rota.OVERRIDE_KIND_ON, agent_id="lee", team_id="day", **span)
    chief(rotas.PutOverrideRequest(override=duty))
    asked = rotas.RequestSwapRequest(to_agent_id="park", give_start_time=tomorrow(), reason="가족 행사")
    swap = asks(hub, "lee", "agent")(asked).swap
    asks(hub, "park", "agent")(rotas.AnswerSwapRequest(swap_id=swap.id, answer=rota.SWAP_STATE_ACCEPTED))


def test_a_notice_is_approved_by_two_people_in_two_browsers(hub: RunningHub, chromium: Browser) -> None:
    notice_id = proposed(hub)
    with screen(chromium, hub, "lee", *CHIEF) as lee, screen(chromium, hub, "park", *CHIEF, language="en-US") as park:
        for one in (lee, park):
            one.open(f"/floor/notices/{notice_id}")
            one.page.on("dialog", lambda asked: asked.accept())
        lee.page.get_by_role("button", name="세어 보기").click()
        expect(park.page.locator("#entries")).to_contain_text("counted")
        lee.page.get_by_role("button", name="승인").click()
        expect(lee.page.locator("#stands")).to_contain_text("lee")
        expect(park.page.locator("#stands dl")).to_contain_text("lee")
        lee.picture("floor-4-one-has-approved")
        lee.page.get_by_role("button", name="승인").click()
        expect(lee.page.get_by_role("alert")).to_have_text("이미 승인하셨습니다. 다른 사람이 승인해야 합니다.")
        park.page.get_by_role("button", name="Approve").click()
        expect(park.page.locator("#stands")).to_contain_text("Released")
        expect(lee.page.locator("#stands")).to_contain_text("내보냄")
        park.picture("floor-5-released")
        park.check_accessible()
        lee.complaints.clear()  # of the refusal, which the browser tells too


def proposed(hub: RunningHub) -> str:
    """A life-safety notice to somebody, which two must approve."""
    resident(hub)
    asked = notices.ProposeNoticeRequest(
        request_id=uuid4().hex, notice_class=notice_pb2.NOTICE_CLASS_LIFE_SAFETY, hazard="flood",
        area=alert_pb2.Area(codes=["41110"], names=["경기도 수원시"]), channels=["app"],
        end_time=datetime.now(UTC) + timedelta(hours=2),
    )  # fmt: skip
    return str(asks(hub, "chief", "supervisor")(asked).notice.id)


def resident(hub: RunningHub) -> None:
    """Somebody in Suwon is on a list of those who get notices."""
    header = campaigns.ListHeader(list_id=str(uuid4()), name="주민", filename="people.csv")
    rows = b"account,language,district\nsuwon-1,ko,41111\n"
    pieces = [campaigns.UploadListRequest(header=header), campaigns.UploadListRequest(chunk=rows)]
    stub = CampaignServiceStub(hub.channel)  # type: ignore[no-untyped-call] # generated without hints
    stub.UploadList(iter(pieces), metadata=hub.metadata("chief", "supervisor"), timeout=30)
    notified = campaigns.SetListNoticesRequest(list_id=header.list_id, gets_notices=True)
    asks(hub, "chief", "supervisor")(notified)


def test_a_connector_that_fails_is_shown_to(hub: RunningHub, chromium: Browser) -> None:
    with screen(chromium, hub, "chief", *CHIEF) as chief:
        page = chief.open("/floor/connectors")
        expect(page.locator("#connector-web")).to_contain_text("좋음")
        jung = hub.agent("jung", capacity=20)
        for _ in range(FAILURES_TO_OPEN):
            body = {"id": uuid4().hex, "from": uuid4().hex, "text": "안녕하세요"}
            answer = httpx.post(hub.webhook("unruly"), json=body, timeout=30)
            jung.reply(jung.case(answer.json()["case_number"]).case.id, "raise")
        jung.presence(work_pb2.PRESENCE_OFFLINE)
        expect(page.locator("#connector-unruly")).to_contain_text("문제 있음", timeout=30_000)
        expect(page.locator("#connector-unruly")).to_contain_text("막힘")
        chief.picture("floor-6-connector-fails")
        chief.check_accessible()


def test_a_dead_letter_is_put_back(hub: RunningHub, chromium: Browser) -> None:
    case_id = f"poison-{uuid4().hex[:8]}"
    now = datetime.now(UTC)
    event = events_pb2.ContactReceived(
        contact_id=uuid4().hex, case_id=case_id, medium=case_pb2.MEDIUM_TEXT, channel="web", receive_time=now
    )
    with closing(Ledger(hub)) as ledger, screen(chromium, hub, "chief", *CHIEF) as chief:
        page = chief.open("/floor/dead")
        expect(page.get_by_text("처리 못 한 것이 없습니다.")).to_be_visible()
        ledger.change("routing", FORBID)
        with ledger.bus() as bus:
            bus.publish([messages.event(event, source="intake", subject=case_id, now=now, traceparent="")])
        expect(page.locator("#dead")).to_contain_text("IntegrityError", timeout=30_000)
        chief.picture("floor-7-dead")
        chief.check_accessible()
        ledger.change("routing", "DROP TRIGGER poison")
        page.on("dialog", lambda asked: asked.accept())
        page.get_by_role("button", name="고른 것 되돌리기").click()
        expect(page.get_by_text("처리 못 한 것이 없습니다.")).to_be_visible()
        query = "SELECT id FROM work_item WHERE case_id = :case_id"
        eventually(lambda: ledger.rows("routing", query, case_id=case_id), 20, "the event being handled")


@pytest.mark.parametrize(("language", "dark"), [("ko-KR", False), ("en-US", True)])
def test_every_page_of_the_floor_is_accessible(
    hub: RunningHub, chromium: Browser, language: str, *, dark: bool
) -> None:
    with screen(chromium, hub, "chief", *CHIEF, language=language, dark=dark) as chief:
        for path in PAGES:
            chief.open(path)
            chief.check_accessible()
            assert len(chief.page.content().encode()) < 150_000
            chief.picture(f"floor-page-{language}-{path.rpartition('/')[2]}")


@pytest.mark.parametrize("role", ["agent", "auditor"])
def test_the_floor_is_not_shown_to_an(hub: RunningHub, chromium: Browser, role: str) -> None:
    with screen(chromium, hub, "kim", role) as kim:
        for path in ("/floor", "/floor/rota?team=day", "/floor/connectors", "/floor/dead", "/floor/performance"):
            refused(kim, path)


def refused(who: Screen, path: str) -> None:
    """The page says that it is not for them."""
    who.open(path)
    expect(who.page.get_by_role("alert")).to_have_text("권한이 없습니다.")
    who.complaints.clear()  # the browser tells of the 403
