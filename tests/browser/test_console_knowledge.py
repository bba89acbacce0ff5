"""Knowledge in a browser: looked up while talking, put into the reply and marked as the answer; and a supervisor who
brings articles in, with what was wrong with the file."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.screens import screen
from tests.documents import ROOT
from tests.hub import RunningHub, running_hub
from tests.waiting import eventually

pytestmark = pytest.mark.slow
SLOWLY = 30_000
SAMPLE = ROOT / "services" / "referral" / "sample" / "articles.csv"
BROKEN = """번호,분류,제목,내용,내용번호
1,환경,폐건전지 버리기,전용 수거함에 넣습니다.,B1
2,환경,,제목이 없습니다.,B2
"""


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    """One hub for the module, with articles."""
    with running_hub(tmp_path_factory.mktemp("hub"), {}) as found:
        found.command("knowledge", "import", str(SAMPLE), "--source", "centre", "--name", "120 지식")
        found.agent("kim", capacity=2)
        yield found


def test_an_answer_is_found_while_talking_put_into_the_reply_and_marked(hub: RunningHub, chromium: Browser) -> None:
    with screen(chromium, hub, "kim") as kim:
        page = kim.open("/desk")
        hub.say("침대를 버리고 싶은데 어떻게 하나요", citizen=uuid4().hex)
        page.locator("#offers button").first.click()
        page.wait_for_url("**/desk/cases/*")
        page.keyboard.press("Alt+k")
        page.keyboard.press("Alt+Shift+K")

        def found() -> bool:
            page.locator("#knowledge-question").fill("침대 매트리스 버리기")
            page.locator("#knowledge-question").press("Enter")
            return "대형폐기물" in page.locator("#knowledge-found").inner_text()

        expect(page.locator("#knowledge-question")).to_be_focused()
        eventually(found, 60, "the articles being indexed")
        first = page.locator("#knowledge-found .found").first
        expect(first.locator("h3")).to_contain_text("대형폐기물")
        expect(first).to_contain_text("120 지식")
        first.get_by_role("button", name="모두 보기").click()
        expect(first.locator(".whole")).to_contain_text("신고번호를 종이에 적어")
        first.get_by_role("button", name="모두 답변에 넣기").click()
        expect(page.locator("#reply")).to_be_focused()
        assert "신고번호를 종이에 적어" in page.locator("#reply").input_value()
        first.get_by_role("button", name="예", exact=True).click()
        expect(first.get_by_role("status")).to_contain_text("답이 됨 1/1")
        kim.picture("knowledge-1-desk")
        kim.check_accessible()
        page.locator("#knowledge-question").press("Enter")
        expect(first.locator(".badge")).to_have_text("답이 됨 1/1")
        page.reload()
        assert "신고번호를 종이에 적어" in page.locator("#reply").input_value()


def test_a_supervisor_brings_articles_in_and_is_told_what_is_wrong_by_line(hub: RunningHub, chromium: Browser) -> None:
    with screen(chromium, hub, "chief", "supervisor", language="en-US", size=(1920, 1080)) as chief:
        page = chief.open("/knowledge")
        expect(page.locator("#knowledge-sources")).to_contain_text("120 지식")
        page.get_by_label("Source id").fill("town")
        page.get_by_label("What people call it").fill("군청")
        file = {"name": "군청.csv", "mimeType": "text/csv", "buffer": BROKEN.encode("cp949")}
        page.get_by_label("File (CSV").set_input_files(file)  # type: ignore[arg-type] # a file of the test's own
        page.get_by_role("button", name="Import").click()
        expect(page.locator("#knowledge-imported")).to_contain_text("1 new")
        expect(page.locator("#knowledge-imported li").first).to_contain_text("Line 3")
        expect(page.locator("#knowledge-sources")).to_contain_text("군청")
        chief.picture("knowledge-2-imported")
        chief.check_accessible()


def test_an_agent_without_a_case_searches_on_a_telephone_and_imports_nothing(
    hub: RunningHub, chromium: Browser
) -> None:
    with screen(chromium, hub, "kim", size=(390, 844), dark=True) as kim:
        page = kim.open("/knowledge")
        expect(page.locator("#knowledge-import")).to_have_count(0)
        page.get_by_label("무엇을 찾나요").fill("ㄴㅈㄱ")
        page.get_by_role("button", name="찾기").click()
        expect(page.locator("#knowledge-found .found").first).to_be_visible(timeout=SLOWLY)
        expect(page.locator(".was-it")).to_have_count(0)
        kim.picture("knowledge-3-telephone-dark")
        kim.check_accessible()
