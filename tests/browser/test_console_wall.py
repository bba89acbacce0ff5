"""The wall before a real hub: it moves with what happens, cries out for what is wrong, says when it is old, fits whole
on its screen and reads well on a telephone, in both languages and looks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hub120.intake.v1 import intake_service_pb2 as intake
from hub120.routing.v1 import conference_pb2 as conference
from hub120.routing.v1 import conference_service_pb2 as conferences
from hub120.routing.v1 import conference_service_pb2_grpc as conferences_grpc
from hub120.routing.v1 import queue_service_pb2 as queues
from hub120.routing.v1 import queue_service_pb2_grpc as queues_grpc
from playwright.sync_api import Browser, Page, expect

from demo.switchboard import Switchboard
from tests.browser.screens import screen
from tests.hub import RunningHub, running_hub
from tests.outside import asterisk
from tests.waiting import eventually

pytestmark = pytest.mark.slow
WALL, TELEPHONE = (1920, 1080), (390, 844)
CITIZEN = "+821055501234"
AGENT = "PJSIP/seo"


@pytest.fixture(scope="module")
def exchange() -> Iterator[Switchboard]:
    with Switchboard() as found:
        found.answering.add(AGENT)
        yield found


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory, exchange: Switchboard) -> Iterator[RunningHub]:
    """One hub for the module, which can telephone."""
    department = {"HUB120_CONNECTOR_WEBHOOK_DEPARTMENT_TELEPHONE": "+8231220"}
    named = {"HUB120_CENTRE_NAME": "120 경기도 콜센터"}
    with running_hub(tmp_path_factory.mktemp("hub"), {**asterisk(exchange.url), **department, **named}) as found:
        yield found


def cut_off(page: Page) -> list[str]:
    """What does not fit whole: the page into the screen, or a panel's content into the panel."""
    found: list[str] = page.evaluate(
        """() => {
            const cut = (one) => one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1;
            const all = [document.documentElement, document.body, ...document.querySelectorAll(".content")];
            return all.filter(cut).map((one) => `${one.id || one.tagName}: ${one.innerText}`);
        }"""
    )
    return found


def test_the_numbers_move_when_citizens_write_and_agents_answer(hub: RunningHub, chromium: Browser) -> None:
    with screen(chromium, hub, "wall", "display", size=WALL) as wall:
        page = wall.open("/wall")
        waiting, free = page.locator("#wall-waiting .huge"), page.locator("#wall-agents dd").first
        expect(waiting).to_have_text("0")
        expect(page.get_by_text("기다리는 시민 없음")).to_be_visible()
        wall.check_accessible()
        hub.say("가로등이 꺼졌어요", citizen="a")
        expect(waiting).to_have_text("1")
        expect(page.locator("#wall-longest time")).to_be_visible()
        expect(page.get_by_text("빈 상담사 없음")).to_be_visible()
        kim = hub.agent("kim", capacity=2)
        expect(page.locator("#wall-languages")).to_contain_text("한국어")
        kim.accept(next(kim.offers()))
        expect(waiting).to_have_text("0")
        expect(free).to_have_text("0")
        expect(page.locator("#wall-agents dd").nth(1)).to_have_text("1")
        expect(page.locator("#wall-handled .huge")).to_contain_text("1", timeout=20_000)
        expect(page.locator("#wall-channels")).to_contain_text("홈페이지")
        expect(page.locator("#wall-level .huge")).to_contain_text("%")
        assert cut_off(page) == []
        wall.picture("wall-1-moved")
        wall.check_accessible()


def test_a_safety_call_and_a_surge_are_what_the_room_sees_first(
    hub: RunningHub, chromium: Browser, exchange: Switchboard
) -> None:
    seo, chief = hub.agent("seo", capacity=2), hub.metadata("chief", "supervisor")
    bridge = conferences_grpc.ConferenceServiceStub(hub.channel)  # type: ignore[no-untyped-call] # generated
    queue = queues_grpc.QueueServiceStub(hub.channel)  # type: ignore[no-untyped-call] # generated
    with screen(chromium, hub, "wall", "display", size=WALL, dark=True) as wall:
        page = wall.open("/wall")
        expect(page.locator("#wall-alerts")).to_be_empty()
        exchange.call_in(CITIZEN)
        asked = intake.ListCasesRequest(address=CITIZEN, page_size=1)
        cases = eventually(lambda: seo.intake.ListCases(asked, metadata=seo.metadata).cases, 30, "a case of the call")
        target = conference.ConferenceTarget(department="webhook_department")
        start = conferences.StartConferenceRequest(case_id=cases[0].id, request_id=uuid4().hex, target=target)
        begun = bridge.StartConference(start, metadata=seo.metadata, timeout=30).conference
        expect(page.locator("#wall-alerts .bad")).to_contain_text("안전 통화 1건 진행 중")
        until = datetime.now(UTC) + timedelta(hours=2)
        texts = {"ko": "폭우로 문의가 많습니다. <b>글로 남겨 주세요.</b>", "en": "Heavy rain: please write to us."}
        surge = queues.SetSurgeRequest(active=True, reason="rain", until_time=until, texts=texts)
        queue.SetSurge(surge, metadata=chief, timeout=30)
        expect(page.locator("#wall-alerts .banner")).to_have_text(texts["ko"])
        assert cut_off(page) == []
        wall.picture("wall-2-alarms-dark")
        wall.check_accessible()
        end = conferences.EndConferenceRequest(conference_id=begun.id, reason="test")
        bridge.EndConference(end, metadata=chief, timeout=30)
        queue.SetSurge(queues.SetSurgeRequest(active=False), metadata=chief, timeout=30)
        expect(page.locator("#wall-alerts")).to_be_empty(timeout=30_000)


def test_it_says_since_when_it_is_old_and_recovers_by_itself(hub: RunningHub, chromium: Browser) -> None:
    with screen(chromium, hub, "wall", "display", language="en-US", size=WALL) as wall:
        page = wall.open("/wall")
        expect(page.locator("#wall-read")).to_contain_text("as of")
        wall.check_accessible()
        hub.kill("api")
        line = page.locator("#line")
        expect(line).to_contain_text("The connection is lost. As of ")
        assert cut_off(page) == []
        wall.picture("wall-3-lost-english")
        wall.check_accessible()
        hub.start("api")
        expect(line).to_be_hidden(timeout=30_000)
        waiting = page.locator("#wall-waiting .huge")
        before = int(waiting.inner_text())
        hub.say("쓰레기를 안 치워 가요", citizen="after")
        expect(page.locator("#wall-channels")).to_contain_text("Web site")
        expect(waiting).to_have_text(str(before + 1))
        wall.complaints = [one for one in wall.complaints if "ERR_" not in one]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("language", ["ko-KR", "en-US"])
def test_a_telephone_shows_all_of_it_one_below_the_other(
    hub: RunningHub, chromium: Browser, language: str, *, dark: bool
) -> None:
    with screen(chromium, hub, "wall", "display", language=language, size=TELEPHONE, dark=dark) as phone:
        page = phone.open("/wall")
        expect(page.locator("#wall-waiting .huge")).to_be_visible()
        expect(page.locator("#wall-charts svg")).to_have_count(3)
        assert page.evaluate("document.documentElement.scrollWidth") <= TELEPHONE[0]
        phone.picture(f"wall-4-telephone-{language[:2]}-{'dark' if dark else 'light'}")
        phone.check_accessible()


def test_who_may_not_look_is_told_so(hub: RunningHub, chromium: Browser) -> None:
    with screen(chromium, hub, "aud", "auditor", language="en-US") as auditor:
        page = auditor.open("/wall")
        expect(page.get_by_role("heading", level=1)).to_have_text("This cannot be shown")
        auditor.complaints = [one for one in auditor.complaints if "403" not in one]
