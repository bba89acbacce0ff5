"""The whole journey of a contact at the desk, by keys alone: offered, accepted, read, answered, noted, wrapped up; and
what the page does when the hub is killed under a typed word."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from tests.browser.screens import screen
from tests.hub import RunningHub, running_hub
from tests.waiting import eventually

pytestmark = pytest.mark.slow
WORDS = "가로등이 <b>꺼졌어요</b> & 어두워요"


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    """One hub for the module."""
    with running_hub(tmp_path_factory.mktemp("hub"), {"HUB120_CENTRE_NAME": "120 경기도 콜센터"}) as found:
        yield found


def test_a_contact_is_answered_and_finished_by_keys_alone(hub: RunningHub, chromium: Browser) -> None:
    hub.agent("kim", capacity=2)
    with screen(chromium, hub, "kim") as kim:
        page = kim.open("/desk")
        expect(page.get_by_text("들어온 상담이 없습니다.")).to_be_visible()
        kim.check_accessible()
        hub.say(WORDS, citizen="a")
        expect(page.get_by_role("button", name="받기")).to_be_visible()
        kim.picture("desk-1-offered")
        page.keyboard.press("Alt+a")
        page.wait_for_url("**/desk/cases/*")
        expect(page.locator(".entry.theirs .words")).to_have_text(WORDS)
        page.keyboard.press("Alt+r")
        page.keyboard.type("오늘 안에 고치겠습니다.")
        page.keyboard.press("Alt+s")
        expect(page.locator(".entry.ours .badge")).to_have_text("보냄")
        page.keyboard.press("Alt+n")
        page.get_by_label("동료에게 남기는 글입니다").fill("현장에 알림")
        page.get_by_role("button", name="남기기").press("Enter")
        expect(page.locator(".entry.note .words")).to_have_text("현장에 알림")
        kim.picture("desk-2-answered")
        kim.check_accessible()
        page.keyboard.press("Alt+w")
        page.get_by_role("button", name="상담 끝내기").press("Enter")
        page.wait_for_url("**/desk")
        expect(page.get_by_text("맡은 상담이 없습니다.")).to_be_visible()
    assert [one["text"] for one in hub.site.replies] == ["오늘 안에 고치겠습니다."]


def test_the_focus_is_never_lost_and_no_key_means_two_things(hub: RunningHub, chromium: Browser) -> None:
    hub.agent("park", languages=("th",))
    with screen(chromium, hub, "park") as park:
        page = park.open("/desk")
        page.locator("#presence-pause").press("Enter")
        expect(page.locator("#presence")).to_be_focused()
        page.keyboard.press("Tab")
        expect(page.locator("#presence-ready")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("#presence")).to_be_focused()
        hub.say("สวัสดี", language="th")
        expect(page.get_by_role("button", name="받기")).to_be_focused()
        page.keyboard.press("Enter")
        page.wait_for_url("**/desk/cases/*")
        expect(page.locator("main")).to_be_focused()
        keys = [one.get_attribute("aria-keyshortcuts") or "" for one in page.locator("[aria-keyshortcuts]").all()]
        assert sorted(set(keys)) == sorted(keys)


def test_what_is_typed_outlives_a_killed_hub_and_is_sent_once(hub: RunningHub, chromium: Browser) -> None:
    hub.agent("lee", languages=("en",), capacity=1)
    hub.say("The street light in front of my house is broken, please help", citizen="b")
    with screen(chromium, hub, "lee", language="en-US") as lee:
        page = lee.open("/desk")
        page.get_by_role("button", name="Accept").click()
        page.wait_for_url("**/desk/cases/*")
        page.get_by_label("Reply").fill("We are on our way, half of it")
        hub.kill("api")
        expect(page.locator("#line")).to_contain_text("The connection is lost")
        page.get_by_label("Reply").press_sequentially(" and the rest")
        page.get_by_role("button", name="Send").click()
        expect(page.get_by_role("alert")).to_contain_text("Not sent")
        lee.picture("desk-3-lost")
        hub.start("api")
        expect(page.locator("#line")).to_be_hidden(timeout=30_000)
        page.reload()
        expect(page.get_by_label("Reply")).to_have_value("We are on our way, half of it and the rest")
        page.get_by_role("button", name="Send").click()
        expect(page.locator(".entry.ours .badge")).to_have_text("Sent")
        lee.complaints = [one for one in lee.complaints if "ERR_CONNECTION" not in one and "Failed to" not in one]
    sent = eventually(lambda: [one for one in hub.site.replies if "rest" in one["text"]], 20, "the reply")
    assert len(sent) == 1


def test_a_token_is_asked_for_where_no_provider_signs_people_in(hub: RunningHub, chromium: Browser) -> None:
    with screen(chromium, hub, "kim", language="en-US") as kim:
        kim.page.goto(f"{kim.address}/desk")
        kim.check_accessible()
        kim.page.get_by_label("Token").fill("a word")
        kim.page.get_by_role("button", name="Sign in").click()
        expect(kim.page.get_by_role("alert")).to_contain_text("This is no token")
        expect(kim.page.get_by_label("Token")).to_be_focused()
        kim.check_accessible()
        kim.picture("sign-in-4-token")
        kim.page.get_by_label("Token").fill(kim.token)
        kim.page.get_by_role("button", name="Sign in").click()
        kim.page.wait_for_url("**/desk")
        kim.complaints = [one for one in kim.complaints if "400" not in one]


def test_what_a_citizen_sends_is_seen_or_saved_and_runs_nothing(hub: RunningHub, chromium: Browser) -> None:
    drawn = BytesIO()
    Image.new("RGB", (64, 48)).save(drawn, "PNG")
    paper = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    files = [
        {"data": base64.b64encode(data).decode(), "media_type": "text/html", "filename": name}
        for data, name in ((drawn.getvalue(), "사진.png"), (paper, "계약서.pdf"))
    ]
    hub.say("사진과 계약서입니다", citizen="c", attachments=files)
    case = hub.agent("han").case_of("c")
    with screen(chromium, hub, "chief", "supervisor") as chief:
        page = chief.open(f"/desk/cases/{case}")
        photo = page.locator(".entry.theirs img")
        expect(photo).to_have_js_property("naturalWidth", 64)
        with page.expect_download() as download:
            page.get_by_role("link", name="계약서.pdf").click()
        assert download.value.path().read_bytes() == paper
        page.goto(f"{chief.address}{photo.get_attribute('src')}")
        expect(page.locator("img")).to_have_js_property("naturalWidth", 64)
