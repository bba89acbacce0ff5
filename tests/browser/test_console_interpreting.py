"""An agent's desk with an interpreter: asked for at the desk, words in both directions side by side, a partner that is
late and tells twice, a hub that is killed in the middle, a machine that needs leave, and nobody at all."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from demo.interpreters import Mood, Partner
from demo.papago import CLIENT_ID, Papago
from demo.volunteers import Manners
from tests.browser.screens import Screen, screen
from tests.hub import RunningHub, running_hub
from tests.outside import WEB_SECRET, interpreters
from tests.waiting import eventually

pytestmark = pytest.mark.slow
SLOWLY = 30_000
PAPAGO_SECRET = "papago-secret"


@pytest.fixture(scope="module")
def partner() -> Iterator[Partner]:
    with interpreters() as found:
        yield found


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory, partner: Partner) -> Iterator[RunningHub]:
    """One hub for the module, with a partner and a machine that translates."""
    environment = {
        "HUB120_CONNECTOR_INTERPRETER_HTTP_PARTNER_URL": partner.address,
        "HUB120_CONNECTOR_INTERPRETER_HTTP_SIGNING_SECRET": WEB_SECRET,
        "HUB120_CONNECTOR_TRANSLATOR_PAPAGO_CLIENT_ID": CLIENT_ID,
        "HUB120_CONNECTOR_TRANSLATOR_PAPAGO_CLIENT_SECRET": PAPAGO_SECRET,
        "HUB120_CONNECTOR_TRANSLATOR_PAPAGO_BASE_URL": Papago(PAPAGO_SECRET).address,
    }
    with running_hub(tmp_path_factory.mktemp("hub"), environment) as found:
        found.agent("kim", languages=("ko", "ar", "th"), capacity=4)
        yield found


def case_with(hub: RunningHub, words: str, shown: Screen) -> str:
    """A citizen writes, and the agent takes it; returns the citizen."""
    citizen = uuid4().hex
    shown.open("/desk")
    assert hub.say(words, citizen=citizen).status_code == 200
    shown.page.locator("#offers button").first.click()
    shown.page.wait_for_url("**/desk/cases/*")
    return citizen


def ask(page: Page, language: str) -> None:
    """Bring an interpreter in who writes."""
    page.keyboard.press("Alt+i")
    page.locator("#interpreting-language").select_option(language)
    page.locator("#interpreting-medium").select_option("text")
    expect(page.locator("#interpreting-coverage li").first).to_be_visible()
    page.locator("button[value=start]").click()


def answers(hub: RunningHub, citizen: str) -> list[str]:
    """What the citizen was shown, each reply once."""
    own = [reply for reply in list(hub.site.replies) if citizen in reply["to"].values()]
    return list({reply["id"]: reply["text"] for reply in own}.values())


def test_words_go_both_ways_though_the_partner_is_late_and_the_hub_dies(
    hub: RunningHub, chromium: Browser, partner: Partner
) -> None:
    partner.script(Manners(late_s=0.5, tells_twice=True, out_of_order=True))
    with screen(chromium, hub, "kim") as kim:
        citizen = case_with(hub, "السلام عليكم", kim)
        page = kim.page
        ask(page, "ar")
        expect(page.locator("#interpreting-now .badge")).to_have_text("통역 중", timeout=SLOWLY)
        theirs = page.locator(".relayed.theirs .words")
        expect(theirs).to_have_text(["السلام عليكم", "[ar→ko] السلام عليكم"], timeout=SLOWLY)
        page.keyboard.press("Alt+Shift+I")
        page.keyboard.type("누리동 주민센터로 오세요")
        page.get_by_role("button", name="통역으로 보내기").click()
        ours = page.locator(".relayed.ours .words")
        expect(ours).to_have_text(["[ko→ar] 누리동 주민센터로 오세요", "누리동 주민센터로 오세요"], timeout=SLOWLY)
        expect(page.locator("#interpreting-text")).to_have_value("")
        kim.picture("interpreting-1-words")
        kim.check_accessible()
        page.locator("#interpreting-text").fill("신분증도")
        hub.kill("api")
        expect(page.locator("#line")).to_be_visible(timeout=SLOWLY)
        page.locator("#interpreting-text").press_sequentially(" 가져오세요")
        page.get_by_role("button", name="통역으로 보내기").click()
        expect(page.locator("#interpreting-say [role=alert]")).to_contain_text("보내지 못했습니다")
        hub.start("api")
        expect(page.locator("#line")).to_be_hidden(timeout=SLOWLY)
        page.get_by_role("button", name="통역으로 보내기").click()
        expect(ours).to_have_count(4, timeout=SLOWLY)
        expect(page.locator(".relayed")).to_have_count(3)
        page.reload()
        page.keyboard.press("Alt+i")
        expect(page.locator(".relayed")).to_have_count(3, timeout=SLOWLY)
        said = eventually(lambda: len(found := answers(hub, citizen)) == 2 and found, 30, "both answers")
        assert said == ["[ko→ar] 누리동 주민센터로 오세요", "[ko→ar] 신분증도 가져오세요"]
        page.get_by_role("button", name="통역 끝내기").click()
        expect(page.locator("#interpreting-now .badge")).to_have_text("끝남", timeout=SLOWLY)
        kim.complaints = [one for one in kim.complaints if "ERR_" not in one and "Failed to" not in one]


def test_the_hub_itself_brings_a_machine_in_which_is_marked_and_wants_leave_for_what_is_about_law(
    hub: RunningHub, chromium: Browser, partner: Partner
) -> None:
    partner.be(Mood(open=False))
    with screen(chromium, hub, "kim", language="en-US", dark=True) as kim:
        citizen = case_with(hub, "Xin chào, tôi muốn hỏi", kim)
        page = kim.page
        page.keyboard.press("Alt+i")
        expect(page.get_by_text("A machine translates: make sure")).to_be_visible(timeout=SLOWLY)
        expect(page.locator(".relayed.theirs .badge")).to_have_text("Machine translation", timeout=SLOWLY)
        page.get_by_label("Say in Korean").fill("소송을 하시려면 변호사를 만나세요")
        page.get_by_role("button", name="Say it").click()
        expect(page.locator("#interpreting-say [role=alert]")).to_contain_text("This is about law")
        kim.picture("interpreting-2-law-dark")
        kim.check_accessible()
        page.get_by_label("I answer for a machine").check()
        page.get_by_role("button", name="Say it").click()
        expect(page.locator(".relayed.ours")).to_have_count(1, timeout=SLOWLY)
        eventually(lambda: len(answers(hub, citizen)) == 1, 30, "the answer")
        page.get_by_role("button", name="End", exact=True).click()
        expect(page.locator("#interpreting-now .badge")).to_have_text("Ended", timeout=SLOWLY)
        kim.complaints = [one for one in kim.complaints if "409" not in one]
    partner.be(Mood(open=True))


def test_where_nobody_interprets_the_agent_is_told_to_offer_a_callback(
    hub: RunningHub, chromium: Browser, partner: Partner
) -> None:
    partner.be(Mood(open=False))
    with screen(chromium, hub, "kim", size=(390, 844)) as kim:
        case_with(hub, "สวัสดีครับ ขอสอบถามหน่อยครับ", kim)
        page = kim.page
        page.keyboard.press("Alt+i")
        page.locator("#interpreting-medium").select_option("voice")
        page.locator("#interpreting-language").select_option("th")
        expect(page.locator("#interpreting-coverage li").last).to_have_text("콜백")
        kim.picture("interpreting-3-coverage")
        page.locator("button[value=start]").click()
        expect(page.locator("#interpreting-now .badge")).to_have_text("콜백", timeout=SLOWLY)
        expect(page.locator("#interpreting-now .notice")).to_contain_text("다시 연락드린다고")
        kim.picture("interpreting-4-nobody")
        kim.check_accessible()
    partner.be(Mood(open=True))
