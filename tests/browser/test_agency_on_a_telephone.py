"""An agency without a system, on a telephone: a mail comes, its link is opened once, the referral read, taken and
reported done; links that were used, ran out or lead to nothing any more say so."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hub120.referral.v1 import agency_service_pb2 as agencies
from hub120.referral.v1 import capacity_pb2
from hub120.referral.v1 import capacity_service_pb2 as rooms_service
from hub120.referral.v1 import capacity_service_pb2_grpc as rooms_grpc
from hub120.referral.v1 import referral_pb2 as pb
from hub120.referral.v1 import search_service_pb2 as searching
from playwright.sync_api import Page, expect

from tests.browser.conftest import Mails, Phone
from tests.hub import RunningHub
from tests.referring import SAMPLE, Helper
from tests.waiting import eventually

pytestmark = pytest.mark.slow
AGENCY = "desk@agency.example"
SUMMARY = "거처 없이 지낸 지 두 달 되었습니다. 낮에는 수원역 근처에 있고, 저녁에 전화를 받을 수 있습니다."
TALLEST_TARGET = 44


@pytest.fixture(scope="module")
def helper(hub: RunningHub) -> Helper:
    hub.command("directory", "import", str(SAMPLE), "--source", "sample", "--name", "표본")
    found = Helper(hub, hub.agent("kim"))
    found.put_agency(service_of(found).organization_id, road=agencies.AGENCY_ROAD_EMAIL, address=AGENCY)
    return found


def service_of(helper: Helper) -> searching.FoundService:
    """The service to which people are referred."""
    return helper.find("집에서 쫓겨나 갈 곳이 없어요 긴급복지", area="41110")


def sent(helper: Helper, hub: RunningHub, mails: Mails) -> tuple[str, str, str]:
    """Refer somebody: the referral, its consent, and the link that reached the agency."""
    before = len(mails.links(AGENCY))
    number = f"+8210{uuid4().int % 10**8:08}"
    hub.text_message(number, "집이 없어서 역에서 자고 있어요")
    case_id = eventually(lambda: helper.desk.case_of(number), 20, "the case")
    referral_id = helper.refer(case_id, service_of(helper), pb.REFERRAL_KIND_WELFARE, SUMMARY)
    consent_id = helper.agree(referral_id, pb.CONSENT_PURPOSE_CRISIS_SUPPORT)
    helper.call("SendReferral", referral_id=referral_id)
    link = mails.link(AGENCY, before)
    eventually(lambda: helper.stands(referral_id) == "SENT", 20, "the mail being known to have left")
    return referral_id, consent_id, link


def check_accessible(page: Page) -> None:
    """What people need who do not see well, or hit small things badly: a language, one heading, names, labels, room."""
    assert page.locator("html").get_attribute("lang") in {"ko", "en"}
    assert page.locator("h1").count() == 1
    assert page.locator("main").count() == 1
    for control in page.locator("button, summary, a, input:not([type=hidden]), textarea").all():
        if not control.is_visible():
            continue
        tree = control.aria_snapshot()
        assert '"' in tree or ":" in tree, f"it has no name: {tree}"
        inside_label = control.evaluate("one => one.closest('label')?.getBoundingClientRect().height ?? 0")
        box = control.bounding_box()
        assert box is not None
        assert max(box["height"], inside_label) >= TALLEST_TARGET, tree
    assert page.evaluate("document.documentElement.scrollWidth") <= 360, "nothing is wider than the telephone"
    pale = page.evaluate(CONTRAST)
    assert pale == [], "every text stands out from its ground"


CONTRAST = """() => {
  const light = ([r, g, b]) => [r, g, b].map(v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, at) => sum + v * [.2126, .7152, .0722][at], 0);
  const numbers = colour => colour.match(/[\\d.]+/g).map(Number);
  const ground = one => { for (; one; one = one.parentElement) {
    const found = numbers(getComputedStyle(one).backgroundColor); if (found.length < 4 || found[3] > 0) return found; }
    return [255, 255, 255]; };
  return [...document.querySelectorAll('body *')]
    .filter(one => [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim()) && one.checkVisibility())
    .map(one => { const both = [light(numbers(getComputedStyle(one).color)), light(ground(one))];
      const [a, b] = both.sort((x, y) => y - x);
      return [one.textContent.trim().slice(0, 30), (a + .05) / (b + .05)]; })
    .filter(([, ratio]) => ratio < 4.5); }"""


def test_a_referral_is_opened_from_its_mail_accepted_and_later_done(
    hub: RunningHub, helper: Helper, mails: Mails, phone: Phone
) -> None:
    referral_id, _, link = sent(helper, hub, mails)
    page = phone.page
    page.goto(link)
    phone.picture("1-arrived")
    check_accessible(page)
    assert "김영희" not in page.content()
    phone.press("내용 보기")
    expect(page.get_by_text("김영희")).to_be_visible()
    expect(page.get_by_text(SUMMARY)).to_be_visible()
    assert "당뇨" not in page.content(), "nobody agreed to that"
    phone.picture("2-opened")
    check_accessible(page)
    phone.press("접수 확인")
    expect(page.get_by_role("status")).to_have_text("접수를 확인했습니다.")
    assert helper.stands(referral_id) == "ACKNOWLEDGED"
    page.get_by_text("수락", exact=True).click()
    page.get_by_label("예상 완료일 (선택)").first.fill(f"{datetime.now(UTC) + timedelta(days=10):%Y-%m-%d}")
    page.get_by_label("메모 (선택)").first.fill("담당자가 오늘 저녁에 전화합니다.")
    phone.picture("3-accepting")
    check_accessible(page)
    phone.press("보내기")
    expect(page.get_by_role("status")).to_have_text("수락을 알렸습니다.")
    assert helper.stands(referral_id) == "ACCEPTED"
    page.goto(link)
    expect(page.get_by_text("김영희")).to_be_visible()
    page.get_by_text("완료 알리기", exact=True).click()
    page.get_by_label("결과 (선택)").fill("긴급지원이 결정되었습니다.")
    phone.press("보내기")
    expect(page.get_by_role("status")).to_have_text("완료를 알렸습니다. 고맙습니다.")
    phone.picture("4-done")
    check_accessible(page)
    assert helper.stands(referral_id) == "COMPLETED"
    assert phone.complaints == []


def test_without_scripts_in_the_dark_a_used_link_sends_a_new_one_and_a_refusal_wants_its_reason(
    hub: RunningHub, helper: Helper, mails: Mails, phone: Phone, other_phone: Phone
) -> None:
    referral_id, _, link = sent(helper, hub, mails)
    phone.page.goto(link)
    phone.press("내용 보기")
    page, before = other_phone.page, len(mails.links(AGENCY))
    page.goto(link)
    assert other_phone.heading() == "이미 사용된 주소입니다"
    other_phone.picture("5-used")
    other_phone.press("새 주소 받기")
    assert other_phone.heading() == "새 주소를 보냈습니다"
    page.goto(mails.link(AGENCY, before))
    other_phone.press("내용 보기")
    page.locator("summary").get_by_text("거절", exact=True).click()
    page.locator("#declined-note").fill("대기자가 많습니다.")
    page.get_by_label("자리가 없음").check()
    other_phone.picture("6-declining-dark")
    other_phone.press("보내기")
    assert other_phone.heading() == "거절하신 연계입니다"
    assert helper.stands(referral_id) == "DECLINED"
    phone.page.reload()
    assert phone.heading() == "이 기기에서는 볼 수 없습니다"
    phone.picture("7-other-device")
    check_accessible(phone.page)


def test_what_is_missing_is_said_beside_the_field_which_has_the_focus(
    hub: RunningHub, helper: Helper, mails: Mails, phone: Phone
) -> None:
    _, _, link = sent(helper, hub, mails)
    page = phone.page
    page.goto(link)
    phone.press("내용 보기")
    page.locator("summary").get_by_text("거절", exact=True).click()
    page.eval_on_selector_all("[required]", "all => all.forEach(one => one.removeAttribute('required'))")
    page.locator("#declined-note").fill("대기자가 많습니다.")
    page.locator("form").filter(has=page.locator("#declined-note")).get_by_role("button").click()
    expect(page.get_by_text("사유를 골라 주세요.")).to_be_visible()
    first = page.get_by_label("자리가 없음")
    expect(first).to_be_focused()
    expect(first).to_have_accessible_description("사유를 골라 주세요.")
    expect(page.locator("#declined-note")).to_have_value("대기자가 많습니다.")
    phone.picture("8-reason-missing")
    check_accessible(page)


def test_an_agency_is_asked_by_text_message_whether_it_has_room_and_answers_on_its_telephone(
    hub: RunningHub, helper: Helper, phone: Phone
) -> None:
    number, citizen = "+821077770000", "+821066660000"
    hub.text_message(citizen, "집이 없어서 역에서 자고 있어요")
    case_id = eventually(lambda: helper.desk.case_of(citizen), 20, "the case")
    service = service_of(helper)
    referral_id = helper.refer(case_id, service, pb.REFERRAL_KIND_WELFARE, SUMMARY)
    helper.put_agency(service.organization_id, road=agencies.AGENCY_ROAD_SMS, address=number)
    rooms = rooms_grpc.CapacityServiceStub(hub.channel)  # type: ignore[no-untyped-call]
    question = rooms_service.AskCapacityRequest(referral_id=referral_id, need="shelter", area="41111")
    rooms.AskCapacity(question, metadata=helper.desk.metadata, timeout=30)
    (text,) = eventually(lambda: hub.outside.sms.to(number), 30, "the question by text message")
    assert "김영희" not in text
    page = phone.page
    page.goto(text.split()[-1])
    phone.picture("10-room")
    check_accessible(page)
    page.get_by_label("대기해야 합니다").check()
    page.get_by_label("대기라면, 약 몇 주인가요? (선택)").fill("3")
    phone.press("보내기")
    assert phone.heading() == "답변을 받았습니다"
    asked = rooms_service.ListCapacityRequest(organization_id=service.organization_id)
    (said,) = rooms.ListCapacity(asked, metadata=helper.desk.metadata, timeout=30).capacities
    assert (said.need, said.room, said.weeks) == ("shelter", capacity_pb2.CAPACITY_ROOM_WAITING_LIST, 3)
    helper.put_agency(service.organization_id, road=agencies.AGENCY_ROAD_EMAIL, address=AGENCY)


def test_a_link_that_ran_out_and_a_consent_that_was_taken_back_say_so_and_show_nothing(
    hub: RunningHub, helper: Helper, mails: Mails, phone: Phone, other_phone: Phone
) -> None:
    referral_id, consent_id, link = sent(helper, hub, mails)
    with sqlite3.connect(hub.folder / "referral.db", timeout=30) as database:
        database.execute("UPDATE agency_link SET expires_at = 1 WHERE referral_id = ?", (referral_id,))
    database.close()
    before = len(mails.links(AGENCY))
    other_phone.page.goto(link)
    assert other_phone.heading() == "기간이 지난 주소입니다"
    other_phone.press("새 주소 받기")
    page = phone.page
    page.goto(mails.link(AGENCY, before))
    phone.press("내용 보기")
    page.get_by_text("수락", exact=True).click()
    page.get_by_label("메모 (선택)").first.fill("받겠습니다.")
    helper.call("RevokeConsent", consent_id=consent_id, note="")
    phone.press("보내기")
    assert phone.heading() == "더 이상 볼 수 없습니다"
    assert "김영희" not in page.content()
    expect(page.get_by_label("작성하신 내용 (보내지지 않음)")).to_have_value("받겠습니다.")
    phone.picture("9-ended")
    check_accessible(page)
    page.get_by_role("link", name="English").click()
    assert phone.heading() == "This can no longer be read"
    assert helper.stands(referral_id) == "WITHDRAWN"
