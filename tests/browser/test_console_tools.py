"""The desk's tools before a real hub: work goes from one agent to another and a case to a department, a photo goes out
with a reply, abuse is reported, cases are found and a citizen is known again."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser.screens import Screen, screen
from tests.hub import RunningHub, running_hub
from tests.outside import Answer
from tests.waiting import eventually

pytestmark = pytest.mark.slow
NOTE = "두 번 설명하셨어요"


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    """One hub for the module."""
    with running_hub(tmp_path_factory.mktemp("hub"), {"HUB120_CENTRE_NAME": "120 경기도 콜센터"}) as found:
        yield found


def take(shown: Screen, accept: str = "받기") -> Page:
    """The next offer, accepted; its case is before them."""
    page = shown.open("/desk")
    page.get_by_role("button", name=accept).click()
    page.wait_for_url("**/desk/cases/*")
    return page


def test_a_colleague_joins_before_the_first_agent_leaves(hub: RunningHub, chromium: Browser) -> None:
    hub.agent("kim", languages=("th",))
    hub.say("สวัสดี", language="th")
    with screen(chromium, hub, "kim") as kim, screen(chromium, hub, "lee", language="en-US") as lee:
        mine = take(kim)
        hub.agent("lee", languages=("th",))
        theirs = lee.open("/desk")
        mine.keyboard.press("Alt+t")
        mine.get_by_label("받을 상담사").fill("lee")
        mine.get_by_label("받는 사람에게 남기는 말").fill(NOTE)
        mine.get_by_role("button", name="넘기기 요청").click()
        expect(mine.locator("#handing-now")).to_contain_text("물어보는 중")
        expect(theirs.locator("#offers")).to_contain_text(NOTE)
        lee.picture("handing-1-offered")
        theirs.get_by_role("button", name="Accept").click()
        theirs.wait_for_url("**/desk/cases/*")
        expect(mine.locator("#handing-now")).to_contain_text("함께 있음")
        kim.picture("handing-2-joined")
        kim.check_accessible()
        theirs.keyboard.press("Alt+t")
        expect(theirs.locator("#handing-now")).to_contain_text("Joined")
        lee.check_accessible()
        mine.get_by_role("button", name="맡기고 나가기").click()
        expect(mine.locator("#handing-now")).to_contain_text("넘김")
        expect(mine.locator("#work")).to_contain_text("맡은 상담이 없습니다.")
        expect(theirs.locator("#handing-now")).to_contain_text("Done")


def test_a_case_is_handed_to_a_department_which_says_how_far_it_is(hub: RunningHub, chromium: Browser) -> None:
    hub.agent("park", languages=("mn",))
    hub.say("길에 구멍이 있어요", language="mn")
    with screen(chromium, hub, "park", size=(390, 844)) as park:
        page = take(park)
        page.keyboard.press("Alt+t")
        page.get_by_text("부서로 이관").click()
        page.get_by_label("제목 (한 줄)").fill("포트홀")
        page.get_by_label("부서가 알아야 할 내용").fill("버스 정류장 앞 길에 구멍이 있습니다.")
        page.locator("#handover-place").fill("수원시 팔달구 효원로 1")
        page.get_by_label("급합니다").check()
        page.get_by_role("button", name="이관하기").click()
        expect(page.locator("#history")).to_contain_text("포트홀")
        works = hub.outside.works.handovers
        (got,) = eventually(lambda: [one for one in works.values() if one["title"] == "포트홀"], 20, "the handover")
        assert "citizen" not in got
        said = hub.department_says(
            handover_id=got["handover_id"], state="in_progress", update_id="1", note="내일 갑니다"
        )
        assert said.status_code == 200
        expect(page.locator(".entry.step", has_text="포트홀")).to_contain_text("내일 갑니다")
        assert page.locator(".entry.step", has_text="포트홀").count() == 1
        park.picture("handing-3-department-on-a-telephone")
        page.reload()
        expect(page.locator(".entry.step", has_text="포트홀")).to_contain_text("처리 중")
        assert page.locator(".entry.step", has_text="포트홀").count() == 1
        park.check_accessible()


def test_a_photo_goes_out_with_a_reply(hub: RunningHub, chromium: Browser, tmp_path: Path) -> None:
    hub.agent("choi", languages=("uz",))
    hub.say("신청서 양식을 받을 수 있나요?", language="uz")
    photo, program = tmp_path / "안내 지도.jpg", tmp_path / "악성.exe"
    Image.effect_noise((1600, 1200), 90).save(photo, "JPEG", quality=95)
    assert photo.stat().st_size > 1_048_576, "longer than any form"
    program.write_bytes(b"MZ\x90\x00 a program")
    with screen(chromium, hub, "choi") as choi:
        page = take(choi)
        page.get_by_label("답변").fill("지도를 보내 드립니다.")
        page.locator("#file").set_input_files([photo, photo])
        expect(page.locator("#files li")).to_have_count(2)
        expect(page.locator("#files li").first).to_contain_text("안내 지도.jpg")
        page.get_by_role("button", name="빼기").first.click()
        expect(page.locator("#files li")).to_have_count(1)
        page.locator("#file").set_input_files(program)
        expect(page.get_by_role("alert")).to_be_visible()
        choi.picture("composer-1-files")
        choi.check_accessible()
        expect(page.get_by_label("답변")).to_have_value("지도를 보내 드립니다.")
        page.get_by_role("button", name="보내기 Alt+S").click()
        expect(page.locator(".entry.ours")).to_contain_text("안내 지도.jpg")
        expect(page.locator("#files li")).to_have_count(0)
        choi.complaints = [one for one in choi.complaints if "400" not in one]
    replies = hub.site.replies
    (sent,) = eventually(lambda: [one for one in replies if one["text"] == "지도를 보내 드립니다."], 20, "the reply")
    (file,) = sent["attachments"]
    assert Image.open(BytesIO(base64.b64decode(file["data"]))).size == (1600, 1200)


def test_a_reply_whose_fate_nobody_knows_is_sent_again(hub: RunningHub, chromium: Browser) -> None:
    hub.agent("yoon", languages=("en",))
    number = f"+8210{uuid4().int % 10**8:08}"
    assert hub.text_message(number, "When is the office open on Saturdays, please?").status_code == 200
    with screen(chromium, hub, "yoon", language="en-US") as yoon:
        page = take(yoon, "Accept")
        hub.outside.sms.next_answers["POST"].append(Answer(0))
        page.get_by_label("Reply").fill("From nine to one.")
        page.get_by_role("button", name="Send Alt+S").click()
        expect(page.locator(".entry.ours .badge")).to_have_text("Unknown")
        yoon.picture("composer-2-unknown")
        yoon.check_accessible()
        page.get_by_role("button", name="Send again").click()
        expect(page.locator(".entry.ours .badge")).to_have_text("Sent")
    assert hub.outside.sms.to(number) == ["From nine to one."] * 2


def test_abuse_is_reported_and_the_policy_says_what_may_be_done(hub: RunningHub, chromium: Browser) -> None:
    hub.agent("jung", languages=("ru",))
    hub.say("욕설", language="ru")
    with screen(chromium, hub, "jung", size=(1920, 1080), dark=True) as jung:
        page = take(jung)
        page.keyboard.press("Alt+x")
        page.get_by_label("무슨 일이 있었나요?").select_option("threat agent")
        page.get_by_label("적어 둘 말").fill("찾아온다고 함")
        page.get_by_role("button", name="신고하기").press("Enter")
        expect(page.locator("#conduct-now blockquote")).to_contain_text("상담")
        jung.picture("conduct-1-reported")
        jung.check_accessible()
        page.get_by_role("button", name="상담 끝내기").first.click()
        expect(page.locator("#conduct-now")).to_contain_text("조치:")
        expect(page.locator("#work-now")).to_contain_text("정리 중")
        page.get_by_text("신고 거두기").first.click()
        page.get_by_label("거두는 까닭").fill("오해였습니다")
        page.get_by_role("button", name="신고 거두기").click()
        expect(page.locator("#conduct-now")).to_contain_text("거둠")


def test_cases_are_found_and_the_citizen_is_known_again(hub: RunningHub, chromium: Browser) -> None:
    hub.agent("han", languages=("fr",))
    number = f"+8210{uuid4().int % 10**8:08}"
    first = hub.say("La lampe de Hyowon-ro clignote", citizen="same", language="fr").json()["case_number"]
    with screen(chromium, hub, "han", language="en-US") as han:
        page = take(han, "Accept")
        page.keyboard.press("Alt+q")
        page.get_by_label("Case number").fill("26-AAAAA-AAAAA")
        page.get_by_role("button", name="Find").click()
        expect(page.get_by_role("alert")).to_contain_text("no case with this number")
        page.get_by_label("Case number").fill("")
        page.get_by_label("Words (the citizen").fill("Hyowon-ro")
        page.get_by_role("button", name="Find").click()
        expect(page.locator("#found")).to_contain_text(first)
        han.picture("finding-1-found")
        page.keyboard.press("Alt+c")
        page.get_by_role("button", name="Show who it is").click()
        expect(page.locator("#citizen")).to_contain_text("same")
        page.get_by_label("Prove a telephone number").fill(number)
        page.get_by_role("button", name="Send a code").click()
        [code] = eventually(lambda: codes(hub, number), 20, "the code")
        page.get_by_label("Six digits").fill(code)
        page.get_by_role("button", name="Confirm").click()
        expect(page.locator("#citizen")).to_contain_text("Proved")
        han.picture("citizen-1-proved")
        han.check_accessible()
        page.get_by_label("Case number").fill(first)
        page.get_by_role("button", name="Find").click()
        page.wait_for_url("**/desk/cases/*")
        expect(page.locator("#case")).to_contain_text(first)
        han.complaints = [one for one in han.complaints if "404" not in one]


def codes(hub: RunningHub, number: str) -> list[str]:
    """The codes that were sent to a telephone."""
    return [found[0] for text in hub.outside.sms.to(number) if (found := re.findall(r"\b\d{6}\b", text))]
