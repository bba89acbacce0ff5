"""Calls at the desk before an exchange with telephones: a safety call from its offer until somebody has taken over,
which outlives the hub being killed; and a citizen who is phoned, in danger it seems, and then not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from demo.switchboard import Switchboard
from tests.browser.screens import screen
from tests.hub import RunningHub, running_hub
from tests.outside import asterisk
from tests.waiting import eventually

pytestmark = pytest.mark.slow
SEO, HAN, WORKS = "PJSIP/seo", "PJSIP/han", "PJSIP/031220@trunk"
ONE_CALL = 4
"""The capacity of an agent for one call, in conversations in writing."""
ON_THE_WAY_MS = 30_000


@pytest.fixture(scope="module")
def exchange() -> Iterator[Switchboard]:
    """An exchange with telephones."""
    with Switchboard() as found:
        found.answering |= {SEO, HAN}
        yield found


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory, exchange: Switchboard) -> Iterator[RunningHub]:
    """One hub for the module."""
    environment = {
        **asterisk(exchange.url),
        "HUB120_CENTRE_NAME": "120 경기도 콜센터",
        "HUB120_CONNECTOR_WEBHOOK_DEPARTMENT_TELEPHONE": "+8231220",
        "HUB120_EMERGENCY_LINES": json.dumps({"112": "+82990112", "119": "+82990119"}),
    }
    with running_hub(tmp_path_factory.mktemp("hub"), environment) as found:
        yield found


def leg(page: Page, who: str) -> Locator:
    """The line of somebody in the panel, the newest."""
    return page.locator(".leg", has_text=who).last


def hold_and_go_on(page: Page) -> None:
    """The citizen hears music, and the agent again."""
    leg(page, "시민").get_by_role("button", name="보류").click()
    expect(leg(page, "시민").get_by_role("button", name="다시 연결")).to_be_visible()
    leg(page, "시민").get_by_role("button", name="다시 연결").click()
    expect(leg(page, "시민").get_by_role("button", name="보류")).to_be_visible()


def call_the_department(page: Page) -> None:
    """The talk becomes a three-way call; nobody has picked up."""
    fill_in_the_packet(page)
    page.get_by_label("위급할 때").select_option("department webhook_department")
    page.get_by_role("button", name="3자 통화 시작").click()
    expect(page.locator("#call-stands")).to_have_text("울리는 중", timeout=ON_THE_WAY_MS)


def write_down_who_has_it(page: Page) -> None:
    """The rest of the words that outlived the hub, and send them."""
    expect(page.get_by_label("누가 맡았나요?")).to_have_value("도시가스 김")
    page.get_by_label("누가 맡았나요?").press("End")
    page.get_by_label("누가 맡았나요?").press_sequentially("대리")
    page.get_by_role("button", name="맡았음을 기록").click()
    expect(page.locator("#bridge-state")).to_contain_text("도시가스 김대리")


def test_nobody_in_danger_is_left_before_somebody_has_taken_over(
    hub: RunningHub, exchange: Switchboard, chromium: Browser
) -> None:
    hub.agent("seo", capacity=ONE_CALL)
    with screen(chromium, hub, "seo") as seo:
        page = seo.open("/desk")
        citizen = exchange.call_in(f"+8210{uuid4().int % 10**8:08}")
        page.get_by_role("button", name="받기").click()
        page.wait_for_url("**/desk/cases/*")
        page.keyboard.press("Alt+b")
        expect(page.locator("#call-stands")).to_have_text("통화 중", timeout=ON_THE_WAY_MS)
        seo.picture("bridge-1-talk")
        hold_and_go_on(page)
        call_the_department(page)
        page.get_by_role("button", name="통화에서 나가기").click()
        expect(page.get_by_role("alert")).to_contain_text("아직 아무도 맡지 않아 나갈 수 없습니다")
        seo.picture("bridge-2-refused")
        seo.check_accessible()
        (works,) = exchange.legs(WORKS)
        exchange.pick_up(works)
        expect(page.locator("#call-stands")).to_have_text("함께 통화 중", timeout=ON_THE_WAY_MS)
        page.get_by_label("누가 맡았나요?").fill("도시가스 김")
        before = legs_of(page)
        together = exchange.heard_with(citizen)
        lose_the_hub(hub, page)
        assert legs_of(page) == before
        assert exchange.heard_with(citizen) == together
        write_down_who_has_it(page)
        seo.picture("bridge-3-taken-over")
        seo.check_accessible()
        page.get_by_role("button", name="통화에서 나가기").click()
        expect(page.locator("#call-stands")).to_have_text("넘겨짐", timeout=ON_THE_WAY_MS)
        eventually(lambda: exchange.heard_with(citizen) == {citizen, works}, 20, "the agent leaving")
        seo.complaints = [one for one in seo.complaints if not expected(one)]
    handovers = hub.outside.works.handovers.values()
    assert [one["title"] for one in handovers] == ["가스 냄새"]


def test_a_citizen_who_wrote_is_phoned(hub: RunningHub, exchange: Switchboard, chromium: Browser) -> None:
    hub.agent("han", languages=("en",), capacity=ONE_CALL)
    digits = f"10{uuid4().int % 10**8:08}"
    assert hub.text_message(f"+82{digits}", "Please call me, the street is flooded").status_code == 200
    with screen(chromium, hub, "han", language="en-US", size=(390, 844), dark=True) as han:
        page = han.open("/desk")
        page.get_by_role("button", name="Accept").click()
        page.wait_for_url("**/desk/cases/*")
        page.keyboard.press("Alt+b")
        page.get_by_role("button", name="Phone the citizen").click()
        eventually(lambda: exchange.legs(f"PJSIP/0{digits}@trunk"), 20, "the citizen being called")
        exchange.pick_up(exchange.legs(f"PJSIP/0{digits}@trunk")[-1])
        expect(page.locator("#call-stands")).to_have_text("Talking", timeout=ON_THE_WAY_MS)
        page.get_by_label("This is a drill").check()
        page.get_by_role("button", name="Start the safety call").click()
        expect(page.get_by_role("alert")).to_contain_text("A drill needs somebody who has called in")
        han.check_accessible()
        han.picture("bridge-4-phoned")
        page.get_by_label("This is a drill").uncheck()
        page.get_by_role("button", name="Start the safety call").click()
        expect(leg(page, "119")).to_contain_text("Ringing", timeout=ON_THE_WAY_MS)
        page.get_by_label("Call somebody more").select_option("emergency 112")
        page.get_by_role("button", name="Call", exact=True).click()
        expect(leg(page, "112")).to_contain_text("Ringing", timeout=ON_THE_WAY_MS)
        page.get_by_label("If it was no emergency").fill("The water has gone")
        page.get_by_role("button", name="Call it off").click()
        expect(page.locator("#call-stands")).to_have_text("Talking", timeout=ON_THE_WAY_MS)
        expect(leg(page, "119")).to_contain_text("Cancelled", timeout=ON_THE_WAY_MS)
        page.get_by_role("button", name="Hang up").click()
        expect(page.locator("#call-stands")).to_have_text("Ended", timeout=ON_THE_WAY_MS)
        expect(page.get_by_role("button", name="Phone the citizen")).to_be_visible()
        han.complaints = [one for one in han.complaints if not expected(one)]


def fill_in_the_packet(page: Page) -> None:
    """What whoever joins must know."""
    page.get_by_text("전달 내용 (시민이").click()
    page.get_by_label("무슨 일인가요").fill("가스 냄새")
    page.get_by_label("자세히").fill("3층 복도에서 가스 냄새가 납니다.")
    page.get_by_role("button", name="저장하고 보내기").click()
    expect(page.locator("#packet-read")).to_contain_text("3층 복도에서")


def lose_the_hub(hub: RunningHub, page: Page) -> None:
    """It is killed during the call, and comes back."""
    hub.kill("api")
    expect(page.locator("#line")).to_contain_text("연결이 끊겼습니다")
    hub.start("api")
    expect(page.locator("#line")).to_be_hidden(timeout=ON_THE_WAY_MS)
    expect(page.locator("#call-stands")).to_have_text("함께 통화 중", timeout=ON_THE_WAY_MS)
    page.reload()
    page.keyboard.press("Alt+b")
    expect(page.locator("#call-stands")).to_have_text("함께 통화 중", timeout=ON_THE_WAY_MS)


def legs_of(page: Page) -> list[str]:
    """Who is in the call, and how they stand."""
    return [one.split("\n")[0] for one in page.locator(".leg").all_inner_texts()]


def expected(complaint: str) -> bool:
    """What the browser says of a refusal, and of a hub that was killed."""
    return "ERR_CONNECTION" in complaint or "Failed to" in complaint or "409" in complaint
