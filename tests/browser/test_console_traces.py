"""A supervisor looks into a complaint: from the case to its trace, a waterfall across services, bus and connector."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.screens import screen
from tests.hub import RunningHub, running_hub
from tests.waiting import eventually

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    """One hub for the module."""
    with running_hub(tmp_path_factory.mktemp("hub")) as found:
        yield found


def test_the_trace_of_a_case_is_a_waterfall_with_routing_bus_and_connector(hub: RunningHub, chromium: Browser) -> None:
    kim = hub.agent("kim")
    hub.say("가로등이 꺼졌어요", citizen="a")
    item = kim.accept(next(kim.offers()))
    kim.reply(item.case_id, "곧 고치겠습니다")
    eventually(hub.site.texts, 20, "the reply")
    with screen(chromium, hub, "chief", "supervisor", "admin") as chief:
        page = chief.open("/traces")
        page.get_by_label("접수번호").fill(kim.case(item.case_id).case.number)
        page.get_by_role("button", name="찾기").click()
        row = page.locator("#traces tbody tr").filter(has_text="POST /channels/{connector}")
        expect(row).to_have_count(1)
        chief.check_accessible()
        row.get_by_role("link").first.click()
        falls = page.locator(".falls")
        for span in ("process ContactReceived", "accept offer", "send SendReply", "connector send"):
            expect(falls.get_by_text(span, exact=True).first).to_be_visible()
        expect(falls).to_contain_text("routing worker · 받음")
        expect(falls).to_contain_text("intake api · 요청 처리")
        step = page.locator(".falls details").filter(has_text="connector send").first
        step.locator("summary").press("Enter")
        expect(step.locator("dl")).to_contain_text("hub120.connector")
        chief.picture("traces-waterfall")
        chief.check_accessible()


def test_failed_slow_and_all_are_told_in_english_too(hub: RunningHub, chromium: Browser) -> None:
    with screen(chromium, hub, "chief", "supervisor", language="en-US", dark=True) as chief:
        page = chief.open("/traces")
        for kind in ("Failed", "Slow (a second or more)", "All"):
            page.get_by_role("link", name=kind, exact=True).click()
            expect(page.get_by_role("heading", name=kind)).to_be_visible()
            chief.check_accessible()


def test_traces_are_not_shown_to_an_agent(hub: RunningHub, chromium: Browser) -> None:
    with screen(chromium, hub, "kim") as kim:
        kim.open("/traces")
        expect(kim.page.get_by_role("alert")).to_have_text("권한이 없습니다.")
        kim.complaints.clear()  # the browser tells of the 403
