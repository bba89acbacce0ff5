"""An agent refers somebody from the desk: a service found with its reasons, proposed, agreed to in words that are read
out, sent to a department's system and followed; declined, sought elsewhere, called off and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from hub120.referral.v1 import agency_service_pb2 as agencies
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.screens import Screen, screen
from tests.hub import RunningHub, running_hub
from tests.referring import SAMPLE, Helper
from tests.waiting import eventually

pytestmark = pytest.mark.slow
SLOWLY = 30_000
WORDS = "집에서 쫓겨나 갈 곳이 없어요 긴급복지"
SUMMARY = "월세가 밀려 <b>쫓겨났고</b> 역에서 지냅니다."


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    """One hub for the module, with a directory."""
    with running_hub(tmp_path_factory.mktemp("hub"), {}) as found:
        found.command("directory", "import", str(SAMPLE), "--source", "sample", "--name", "표본")
        yield found


@pytest.fixture(scope="module")
def helper(hub: RunningHub) -> Helper:
    """Kim, whose best service takes referrals by its system."""
    found = Helper(hub, hub.agent("kim", languages=("ko", "vi"), capacity=4))
    service = found.find(WORDS)
    road = agencies.AGENCY_ROAD_CONNECTOR
    found.put_agency(service.organization_id, road=road, connector="webhook_department")
    return found


def take_a_case(hub: RunningHub, shown: Screen, words: str) -> Page:
    """A citizen writes, the agent takes it and opens the tool."""
    shown.open("/desk")
    hub.say(words, citizen=uuid4().hex)
    shown.page.locator("#offers button").first.click()
    shown.page.wait_for_url("**/desk/cases/*")
    shown.page.keyboard.press("Alt+f")
    return shown.page


def propose(page: Page, query: str, summary: str, find: str, refer: str, put: str) -> None:
    """Look for a service and propose the best one."""
    page.locator("#referring-query").fill(query)
    page.get_by_role("button", name=find).click()
    page.get_by_role("button", name=refer).first.click()
    page.locator("#referring-found textarea").fill(summary)
    page.get_by_role("button", name=put).click()
    expect(page.locator(".referral .badge").first).to_be_visible(timeout=SLOWLY)


def look_and_propose(kim: Screen) -> Locator:
    """What is found says why and whence; the best is proposed. Returns where it says how the referral stands."""
    page = kim.page
    page.locator("#referring-query").fill(WORDS)
    page.locator("#referring-area").fill("41110")
    page.get_by_role("button", name="서비스 찾기").click()
    first = page.locator(".found").first
    expect(first.locator(".why li").first).to_be_visible()
    expect(first).to_contain_text("출처 sample")
    kim.picture("referring-1-found")
    kim.check_accessible()
    first.get_by_role("button").click()
    page.locator("#referring-found textarea").fill(SUMMARY)
    page.get_by_text("개인정보 항목").click()
    page.get_by_label("이름", exact=True).fill("김영희")
    kim.picture("referring-2-propose")
    page.get_by_role("button", name="제안하기").click()
    badge = page.locator(".referral .badge").first
    expect(badge).to_have_text("제안", timeout=SLOWLY)
    return badge


def ask_for_consent(kim: Screen) -> None:
    """The words are read out, and the citizen agrees."""
    page = kim.page
    page.locator(".referral").get_by_text("동의 받기").click()
    page.get_by_role("button", name="읽을 글 보기").click()
    expect(page.locator(".consent-words")).to_have_count(1)
    page.get_by_label("거절할 수 있음").check()
    kim.picture("referring-3-consent")
    kim.check_accessible()
    page.get_by_role("button", name="동의했음을 기록").click()


def test_somebody_without_a_home_is_referred_with_consent_and_the_department_takes_it(
    hub: RunningHub, helper: Helper, chromium: Browser
) -> None:
    with screen(chromium, hub, "kim") as kim:
        page = take_a_case(hub, kim, "집이 없어서 역에서 자고 있어요")
        badge = look_and_propose(kim)
        ask_for_consent(kim)
        expect(badge).to_have_text("동의함", timeout=SLOWLY)
        page.get_by_role("button", name="기관에 보내기").click()
        expect(badge).to_have_text("보냄", timeout=SLOWLY)
        handed = eventually(lambda: list(hub.outside.works.handovers.values()), 30, "the department having it")[-1]
        assert SUMMARY in handed["text"]
        assert "김영희" in handed["text"]
        hub.department_says(handover_id=handed["handover_id"], state="acknowledged", update_id=uuid4().hex)
        expect(badge).to_have_text("기관 확인", timeout=SLOWLY)
        page.get_by_text("지나온 일").click()
        expect(page.locator(".referral .steps li").first).to_be_visible()
        kim.picture("referring-4-taken")
        kim.check_accessible()
        page.reload()
        page.keyboard.press("Alt+f")
        expect(page.locator(".referral .badge").first).to_have_text("기관 확인", timeout=SLOWLY)
        expect(page.locator(".referral")).to_have_count(1)


def test_in_english_on_a_telephone_one_is_declined_goes_elsewhere_and_is_called_off(
    hub: RunningHub, helper: Helper, chromium: Browser
) -> None:
    with screen(chromium, hub, "kim", language="en-US", size=(390, 844), dark=True) as kim:
        page = take_a_case(hub, kim, "Tôi bị đuổi khỏi nhà và không có chỗ nào để đi")
        propose(page, WORDS, SUMMARY, "Search", "Refer:", "Propose")
        page.locator(".referral").get_by_text("Ask for consent").click()
        page.get_by_role("button", name="Show what to read out").click()
        expect(page.locator(".consent-words")).to_have_count(2)
        assert page.locator(".consent-words").nth(1).get_attribute("lang") == "vi"
        page.get_by_label("They were told").check()
        page.get_by_role("button", name="They agree").click()
        badge = page.locator(".referral .badge").first
        expect(badge).to_have_text("Consented", timeout=SLOWLY)
        page.get_by_text("Report what the agency says").click()
        page.get_by_label("The agency says").select_option(label="Declined")
        page.get_by_label("Why it declines").select_option(label="No place is free")
        page.get_by_role("button", name="Report", exact=True).click()
        expect(badge).to_have_text("Declined", timeout=SLOWLY)
        kim.picture("referring-5-declined-telephone-dark")
        kim.check_accessible()
        page.get_by_text("Look elsewhere").click()
        page.locator(".referral").get_by_label("What is needed").fill("주거 지원")
        page.locator(".referral").get_by_role("button", name="Search").click()
        expect(page.get_by_text("takes the place of")).to_be_visible()
        page.get_by_role("button", name="Refer:").nth(1).click()
        page.get_by_role("button", name="Propose this instead").click()
        expect(badge).to_have_text("Rerouted", timeout=SLOWLY)
        other = page.locator(".referral").nth(1)
        expect(other.locator(".badge").first).to_have_text("Proposed", timeout=SLOWLY)
        other.locator("summary").get_by_text("Call it off").click()
        other.get_by_role("button", name="Call it off").click()
        expect(other.locator(".badge").first).to_have_text("Withdrawn", timeout=SLOWLY)
        kim.picture("referring-6-elsewhere")
        kim.check_accessible()


def test_what_somebody_may_be_entitled_to_is_asked_a_few_facts_at_a_time(
    hub: RunningHub, helper: Helper, chromium: Browser
) -> None:
    with screen(chromium, hub, "kim") as kim:
        page = take_a_case(hub, kim, "생활비가 없어요")
        page.get_by_text("받을 수 있는 도움 미리 보기").click()
        page.get_by_role("button", name="물어보기").click()
        answers = page.locator("#referring-assessed form").first.locator("select, input:not([type=hidden])")
        expect(answers).to_have_count(4)
        for answer in answers.all():
            if answer.evaluate("one => one.tagName") == "SELECT":
                answer.select_option("unknown")
            else:
                answer.fill(answer.get_attribute("min") or "41")
        page.get_by_role("button", name="이 답으로 보기").click()
        expect(page.locator("#referring-assessed dl dt")).to_have_count(4)
        expect(page.locator("#referring-assessed .found .badge").first).to_be_visible()
        kim.picture("referring-7-eligibility")
        kim.check_accessible()


def test_what_is_refused_is_said_in_words_and_a_consent_can_be_taken_back(
    hub: RunningHub, helper: Helper, chromium: Browser
) -> None:
    with screen(chromium, hub, "kim") as kim:
        page = take_a_case(hub, kim, "보이스피싱으로 모은 돈을 잃었어요")
        page.get_by_role("button", name="서비스 찾기").click()
        expect(page.get_by_role("alert")).to_contain_text("입력한 내용을 확인해 주세요")
        propose(page, "사기를 당했는데 무료로 법률 상담", "저축을 잃었습니다.", "서비스 찾기", "연계하기:", "제안하기")
        page.locator(".referral").get_by_text("동의 받기").click()
        page.get_by_role("button", name="읽을 글 보기").click()
        page.get_by_label("거절할 수 있음").check()
        page.get_by_role("button", name="동의했음을 기록").click()
        badge = page.locator(".referral .badge").first
        expect(badge).to_have_text("동의함", timeout=SLOWLY)
        page.get_by_role("button", name="기관에 전화").click()
        expect(page.locator(".referral [role=alert], .referral .form-said")).to_be_visible()
        page.locator("summary").get_by_text("동의 거두기").click()
        page.get_by_role("button", name="동의 거둠을 기록").click()
        expect(badge).to_have_text("그만둠", timeout=SLOWLY)
        kim.complaints = [one for one in kim.complaints if "400" not in one and "409" not in one]
