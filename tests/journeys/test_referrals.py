"""The stories of both centres, from the citizen's first words to their own word that it helped: somebody without a home
is led to emergency welfare, an old woman who lost her savings to free legal advice. With consent, hand-over and
acknowledgement; and what was not agreed to never leaves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import grpc
import pytest
from hub120.intake.v1 import case_pb2
from hub120.intake.v1 import message_service_pb2 as messages
from hub120.intake.v1 import message_service_pb2_grpc as messages_grpc
from hub120.referral.v1 import agency_service_pb2 as agencies
from hub120.referral.v1 import legal_pb2 as legal
from hub120.referral.v1 import legal_service_pb2 as legal_desk
from hub120.referral.v1 import referral_pb2 as pb
from hub120.routing.v1 import work_pb2

from tests.hub import RunningHub
from tests.ledger import Ledger
from tests.outside import Answer
from tests.referring import SAMPLE, Helper
from tests.waiting import eventually

DEPARTMENT = "webhook_department"


@pytest.fixture(scope="module")
def helper(hub: RunningHub) -> Iterator[Helper]:
    hub.command("directory", "import", str(SAMPLE), "--source", "sample", "--name", "표본")
    desk = hub.agent("kim", capacity=20)
    yield Helper(hub, desk)
    desk.presence(work_pb2.PRESENCE_OFFLINE)


def handover_of(hub: RunningHub, text: str) -> dict[str, Any]:
    """What the department got about it."""

    def found() -> Any:
        return next((one for one in list(hub.outside.works.handovers.values()) if text in one["text"]), None)

    handed_over: dict[str, Any] = eventually(found, 30, "the department having it")
    return handed_over


def finish(helper: Helper, offers: Iterator[work_pb2.Offer], case_id: str) -> None:
    """The agent takes what the citizen wrote, and closes the case."""
    offer = next(offer for offer in offers if offer.work_item.case_id == case_id)
    item = helper.desk.accept(offer)
    helper.desk.reply(case_id, "기관에 연계해 드렸습니다.")
    helper.desk.finish(item.id)
    eventually(lambda: helper.desk.case(case_id).case.state == case_pb2.CASE_STATE_CLOSED, 20, "the case being closed")


def test_a_caller_without_a_home_is_led_to_emergency_welfare_and_says_that_it_helped(
    hub: RunningHub, helper: Helper
) -> None:
    number, offers = "+821055501234", helper.desk.offers()
    assert hub.text_message(number, "집이 없어서 역에서 자고 있어요").status_code == 200
    case_id = eventually(lambda: helper.desk.case_of(number), 20, "the case")
    service = helper.find("집에서 쫓겨나 갈 곳이 없어요 긴급복지", area="41110")
    helper.put_agency(service.organization_id, road=agencies.AGENCY_ROAD_CONNECTOR, connector=DEPARTMENT)
    referral_id = helper.refer(case_id, service, pb.REFERRAL_KIND_WELFARE, "월세가 밀려 쫓겨났고 역에서 지냅니다.")
    with pytest.raises(grpc.RpcError, match="consent"):
        helper.call("SendReferral", referral_id=referral_id)
    helper.agree(referral_id, pb.CONSENT_PURPOSE_CRISIS_SUPPORT)
    helper.call("SendReferral", referral_id=referral_id)
    handed_over = handover_of(hub, "쫓겨났고")
    assert "김영희" in handed_over["text"]
    assert "당뇨" not in str(handed_over)
    finish(helper, offers, case_id)
    for state in ("acknowledged", "in_progress", "done"):
        said = hub.department_says(handover_id=handed_over["handover_id"], state=state, update_id=uuid4().hex)
        assert said.status_code == 200
    eventually(lambda: helper.stands(referral_id) == "COMPLETED", 30, "the agency's work being known")
    texts = eventually(lambda: [one for one in hub.outside.sms.to(number) if "1. " in one], 30, "the question")
    assert "도움이 되셨나요?" in texts[-1]
    hub.text_message(number, "1번이요")
    eventually(lambda: helper.stands(referral_id) == "CONFIRMED", 30, "the citizen's word")
    assert helper.desk.case_of(number) == case_id, "the answer is in the closed case, and opened no other"
    watched = helper.call("WatchReferral", referral_id=referral_id)
    entries = [next(watched).entry for _ in range(4)]
    assert [entry.sequence for entry in entries] == [1, 2, 3, 4]
    watched.cancel()


def test_an_old_woman_who_lost_her_savings_is_linked_to_legal_advice_and_may_take_it_back(
    hub: RunningHub, helper: Helper
) -> None:
    number, offers = "+821055505678", helper.desk.offers()
    hub.text_message(number, "보이스피싱으로 평생 모은 돈을 잃었어요")
    case_id = eventually(lambda: helper.desk.case_of(number), 20, "the case")
    service = helper.find("사기를 당했는데 무료로 법률 상담을 받고 싶어요", kind="legal")
    assert service.kind == "legal"
    helper.put_agency(service.organization_id, road=agencies.AGENCY_ROAD_TELEPHONE, telephone="132")
    referral_id = helper.refer(
        case_id, service, pb.REFERRAL_KIND_LEGAL, "금융 사기로 저축을 모두 잃었습니다.",
        law_field=legal.LAW_FIELD_CONSUMER_FRAUD,
    )  # fmt: skip
    deadline = helper.guard(referral_id)
    consent_id = helper.agree(referral_id, pb.CONSENT_PURPOSE_LEGAL_AID)
    assert helper.call("SendReferral", referral_id=referral_id).call_agency
    assert helper.book(referral_id, service.organization_id).referral.next_deadline.date == deadline.date
    eventually(lambda: [one for one in hub.outside.sms.to(number) if "예약되었습니다" in one], 30, "the appointment")
    finish(helper, offers, case_id)
    eventually(lambda: helper.escalated().get(referral_id) == "deadline_near", 30, "a supervisor seeing the deadline")
    reported: dict[str, Any] = {"referral_id": referral_id, "state": pb.REFERRAL_STATE_COMPLETED}
    with pytest.raises(grpc.RpcError, match=deadline.date):
        helper.call("ReportForAgency", **reported, request_id=uuid4().hex)
    kept = legal_desk.CloseDeadlineRequest(deadline_id=deadline.id, state=legal.DEADLINE_STATE_KEPT)
    helper.ask(helper.legal, kept)
    for state in (pb.REFERRAL_STATE_ACKNOWLEDGED, pb.REFERRAL_STATE_ACCEPTED, pb.REFERRAL_STATE_COMPLETED):
        reported["state"] = state
        assert helper.call("ReportForAgency", **reported, request_id=uuid4().hex).allowed
    eventually(lambda: [one for one in hub.outside.sms.to(number) if "1. " in one], 30, "the question")
    hub.text_message(number, "네")
    hub.text_message(number, "2")
    eventually(lambda: helper.stands(referral_id) == "CONFIRMED", 30, "the citizen's word")
    opened = helper.call("GetReferral", referral_id=referral_id).opened
    assert opened.referral.outcome == pb.REFERRAL_OUTCOME_PARTLY
    helper.call("RevokeConsent", consent_id=consent_id, note="이제 필요 없어요")
    consents = helper.call("ListConsents", referral_id=referral_id).consents
    assert [one.id for one in consents if one.HasField("end_time")] == [consent_id]


def test_what_is_taken_back_before_the_department_has_it_never_leaves(hub: RunningHub, helper: Helper) -> None:
    number = "+821055509999"
    hub.text_message(number, "밀린 월세 때문에 걱정이에요")
    case_id = eventually(lambda: helper.desk.case_of(number), 20, "the case")
    service = helper.find("집에서 쫓겨나 갈 곳이 없어요 긴급복지", area="41110")
    helper.put_agency(service.organization_id, road=agencies.AGENCY_ROAD_CONNECTOR, connector=DEPARTMENT)
    referral_id = helper.refer(case_id, service, pb.REFERRAL_KIND_WELFARE, "이 말은 떠나지 않습니다.")
    consent_id = helper.agree(referral_id, pb.CONSENT_PURPOSE_CRISIS_SUPPORT)
    hub.kill("worker")
    helper.call("SendReferral", referral_id=referral_id)
    helper.call("RevokeConsent", consent_id=consent_id, note="")
    hub.start("worker")
    eventually(lambda: helper.stands(referral_id) == "WITHDRAWN", 30, "the referral being over")
    other = helper.refer(case_id, service, pb.REFERRAL_KIND_WELFARE, "이 말은 떠납니다.")
    helper.agree(other, pb.CONSENT_PURPOSE_CRISIS_SUPPORT)
    helper.call("SendReferral", referral_id=other)
    handover_of(hub, "이 말은 떠납니다.")
    assert [one for one in hub.outside.works.handovers.values() if "떠나지 않습니다" in one["text"]] == []


@pytest.fixture(scope="module")
def ledger(hub: RunningHub) -> Iterator[Ledger]:
    found = Ledger(hub)
    yield found
    found.close()


def ask(hub: RunningHub, method: str, role: str = "service", **values: Any) -> Any:
    """Call intake's MessageService, as another service does."""
    stub = messages_grpc.MessageServiceStub(hub.channel)  # type: ignore[no-untyped-call]
    request = getattr(messages, f"{method}Request")(**values)
    return getattr(stub, method)(request, metadata=hub.metadata("referral", role), timeout=30)


def refusal(hub: RunningHub, method: str, *, role: str = "service", **values: Any) -> grpc.StatusCode:
    """How a call is refused."""
    with pytest.raises(grpc.RpcError) as caught:
        ask(hub, method, role, **values)
    code: grpc.StatusCode = caught.value.code()
    return code


def test_a_partner_gets_a_message_once_whatever_its_provider_does(hub: RunningHub, ledger: Ledger) -> None:
    number, sms = "+821077700001", hub.outside.sms
    first, lost = str(uuid4()), str(uuid4())
    for _ in range(2):
        ask(hub, "SendToPartner", message_id=first, road=messages.PARTNER_ROAD_SMS, address=number, text="하나")
    eventually(lambda: sms.to(number) == ["하나"], 20, "the message")
    sms.next_answers["POST"].append(Answer(0))  # it keeps the message and hangs up
    ask(hub, "SendToPartner", message_id=lost, road=messages.PARTNER_ROAD_SMS, address=number, text="둘")

    def state(message_id: str) -> str:
        told: str = ledger.one("intake", "SELECT state FROM partner_message WHERE id = :id", id=message_id)
        return told

    eventually(lambda: state(lost) == "unknown", 30, "nobody knowing whether it left")
    assert state(first) == "sent"
    assert sms.to(number) == ["하나", "둘"], "what may have left is not sent again"
    assert not ask(hub, "StopSending", id=first).stopped


def test_only_services_have_something_to_say_and_only_what_can_be_said(hub: RunningHub) -> None:
    texts, case_id, message_id = {"ko": "안녕하세요"}, str(uuid4()), str(uuid4())
    told: dict[str, Any] = {"case_id": case_id, "message_id": message_id}
    one = messages.Choice(code="yes", words={"ko": "예"})
    denied, wrong, none = (
        grpc.StatusCode.PERMISSION_DENIED,
        grpc.StatusCode.INVALID_ARGUMENT,
        grpc.StatusCode.NOT_FOUND,
    )
    assert refusal(hub, "TellCitizen", role="supervisor", **told, texts=texts) is denied
    assert refusal(hub, "TellCitizen", **told, texts=texts) is none
    assert refusal(hub, "TellCitizen", **told, texts={"en": "Hello"}) is wrong
    assert refusal(hub, "TellCitizen", **told, texts=texts, choices=[one], open_hours=1) is wrong
    assert refusal(hub, "TellCitizen", **told, texts=texts, choices=[one, one], open_hours=1) is wrong
    assert refusal(hub, "StopSending", id=message_id) is none
    mail: dict[str, Any] = {"message_id": message_id, "road": messages.PARTNER_ROAD_EMAIL, "text": "안녕하세요"}
    assert refusal(hub, "SendToPartner", **mail, address="help@agency.example") is grpc.StatusCode.FAILED_PRECONDITION
    assert refusal(hub, "SendToPartner", **mail, address="nowhere") is wrong
    words = {"agent_id": "kim", "title": "연계", "text": "부탁드립니다"}
    handover: dict[str, Any] = {"handover_id": message_id, "case_id": case_id, "department": DEPARTMENT, **words}
    assert refusal(hub, "HandOverForAgent", **handover) is none
    assert refusal(hub, "HandOverForAgent", **{**handover, "department": "nobody"}) is none
    ask(hub, "WithdrawQuestion", message_id=message_id)
