"""Who a citizen is: records become one person by a number that both proved, and are apart again when told so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import grpc
import pytest
from hub120.intake.v1 import intake_service_pb2 as intake
from hub120.routing.v1 import work_pb2

from tests.hub import AgentDesk, RunningHub
from tests.ledger import Ledger
from tests.outside import Answer
from tests.waiting import eventually

WRONG = ("000000", "111111", "222222", "333333", "444444", "555555")


@pytest.fixture(scope="module")
def environment() -> dict[str, str]:
    return {"HUB120_RETRY_SECONDS": "[0.1, 0.1, 0.1]"}


@pytest.fixture(scope="module")
def agent(hub: RunningHub) -> Iterator[AgentDesk]:
    desk = hub.agent("choi", capacity=20)
    yield desk
    desk.presence(work_pb2.PRESENCE_OFFLINE)


def new_number() -> str:
    return f"+8210{uuid4().int % 100_000_000:08}"


def texting(hub: RunningHub, agent: AgentDesk, number: str) -> str:
    """The record of a citizen who sends a text message: the carrier vouches for the number."""
    hub.text_message(number, "문자입니다")
    return agent.case(agent.case_of(number)).case.citizen_id


def surfing(hub: RunningHub, agent: AgentDesk) -> str:
    """The record of a citizen who writes on the web site: nobody knows their number."""
    return agent.case(hub.say("웹입니다").json()["case_number"]).case.citizen_id


def ask_for_code(agent: AgentDesk, citizen_id: str, number: str) -> str:
    """Start to prove a number; returns the verification."""
    request = intake.StartVerificationRequest(citizen_id=citizen_id, phone_number=number)
    found: str = agent.intake.StartVerification(request, metadata=agent.metadata, timeout=30).verification_id
    return found


def code_on(hub: RunningHub, number: str, count: int = 1) -> str:
    """The code that the citizen reads on their telephone, the last of so many."""
    eventually(lambda: len(codes(hub, number)) == count, what="the code on the telephone")
    return codes(hub, number)[-1]


def codes(hub: RunningHub, number: str) -> list[str]:
    return [found[0] for text in hub.outside.sms.to(number) if (found := re.findall(r"\b\d{6}\b", text))]


def tell(agent: AgentDesk, verification_id: str, code: str) -> intake.ConfirmVerificationResponse:
    request = intake.ConfirmVerificationRequest(verification_id=verification_id, code=code)
    told: intake.ConfirmVerificationResponse = agent.intake.ConfirmVerification(
        request, metadata=agent.metadata, timeout=30
    )
    return told


def refusal(agent: AgentDesk, verification_id: str, code: str) -> str:
    """Why a code is refused: the reason for machines."""
    with pytest.raises(grpc.RpcError) as refused:
        tell(agent, verification_id, code)
    assert refused.value.code() is grpc.StatusCode.FAILED_PRECONDITION
    return reason(refused.value)


def reason(error: grpc.RpcError) -> str:
    metadata: dict[str, Any] = dict(error.trailing_metadata())  # type: ignore[arg-type] # pairs they are
    found = re.search(rb"[A-Z]+_[A-Z_]+", metadata["grpc-status-details-bin"])
    assert found is not None
    return found[0].decode()


def person(agent: AgentDesk, citizen_id: str) -> intake.GetCitizenResponse:
    request = intake.GetCitizenRequest(citizen_id=citizen_id)
    found: intake.GetCitizenResponse = agent.intake.GetCitizen(request, metadata=agent.metadata, timeout=30)
    return found


def cases_of(agent: AgentDesk, citizen_id: str) -> set[str]:
    request = intake.ListCasesRequest(citizen_id=citizen_id)
    return {case.id for case in agent.intake.ListCases(request, metadata=agent.metadata, timeout=30).cases}


def test_two_records_become_one_person_by_a_code_and_are_apart_again_when_told_so(
    hub: RunningHub, agent: AgentDesk
) -> None:
    number = new_number()
    by_text, by_web = texting(hub, agent, number), surfing(hub, agent)
    before = {record: (person(agent, record), cases_of(agent, record)) for record in (by_text, by_web)}
    told = tell(agent, ask_for_code(agent, by_web, number), code_on(hub, number))
    assert list(told.citizen.linked_citizen_ids) == [by_text]
    assert list(person(agent, by_text).citizen.linked_citizen_ids) == [by_web]
    assert cases_of(agent, by_text) == cases_of(agent, by_web) == before[by_text][1] | before[by_web][1]
    unlink = intake.UnlinkCitizenRequest(citizen_id=by_web, reason="번호를 남에게 넘김")
    agent.intake.UnlinkCitizen(unlink, metadata=agent.metadata, timeout=30)
    after = {record: (person(agent, record), cases_of(agent, record)) for record in (by_text, by_web)}
    assert after == before


def test_a_number_written_in_the_usual_way_is_the_same_number(hub: RunningHub, agent: AgentDesk) -> None:
    number = new_number()
    by_text, by_web = texting(hub, agent, number), surfing(hub, agent)
    usual = f"0{number[3:5]}-{number[5:9]}-{number[9:]}"
    told = tell(agent, ask_for_code(agent, by_web, usual), code_on(hub, number))
    assert list(told.citizen.linked_citizen_ids) == [by_text]


def test_a_citizen_who_proved_a_number_first_is_recognised_when_they_text_later(
    hub: RunningHub, agent: AgentDesk
) -> None:
    number = new_number()
    by_web = surfing(hub, agent)
    tell(agent, ask_for_code(agent, by_web, number), code_on(hub, number))
    by_text = texting(hub, agent, number)
    assert list(person(agent, by_text).citizen.linked_citizen_ids) == [by_web]
    assert list(person(agent, by_web).citizen.linked_citizen_ids) == [by_text]


def test_three_records_of_one_number_are_one_person_and_one_of_them_can_leave(
    hub: RunningHub, agent: AgentDesk
) -> None:
    number = new_number()
    records = [texting(hub, agent, number), surfing(hub, agent), surfing(hub, agent)]
    for turn, record in enumerate(records[1:], start=1):
        verification_id = ask_for_code(agent, record, number)
        tell(agent, verification_id, code_on(hub, number, turn))
    for record in records:
        assert set(person(agent, record).citizen.linked_citizen_ids) == set(records) - {record}
    unlink = intake.UnlinkCitizenRequest(citizen_id=records[0], reason="다른 사람")
    agent.intake.UnlinkCitizen(unlink, metadata=agent.metadata, timeout=30)
    assert not person(agent, records[0]).citizen.linked_citizen_ids
    assert list(person(agent, records[1]).citizen.linked_citizen_ids) == [records[2]]


def test_a_wrong_code_is_counted_and_after_five_even_the_right_one_is_refused(
    hub: RunningHub, agent: AgentDesk
) -> None:
    number = new_number()
    verification_id = ask_for_code(agent, surfing(hub, agent), number)
    code = code_on(hub, number)
    wrong = [one for one in WRONG if one != code][:5]
    assert [refusal(agent, verification_id, one) for one in wrong] == ["CODE_WRONG"] * 5
    assert refusal(agent, verification_id, code) == "CODE_TRIED_TOO_OFTEN"


def test_four_wrong_codes_are_forgiven_and_a_code_is_good_once(hub: RunningHub, agent: AgentDesk) -> None:
    number = new_number()
    verification_id = ask_for_code(agent, surfing(hub, agent), number)
    code = code_on(hub, number)
    for one in [one for one in WRONG if one != code][:4]:
        refusal(agent, verification_id, one)
    tell(agent, verification_id, code)
    assert refusal(agent, verification_id, code) == "CODE_USED"


def test_a_code_is_too_old_after_its_time(hub: RunningHub, agent: AgentDesk) -> None:
    number = new_number()
    verification_id = ask_for_code(agent, surfing(hub, agent), number)
    code = code_on(hub, number)
    ledger = Ledger(hub)
    ledger.change("intake", "UPDATE verification SET expires_at = 1 WHERE id = :id", id=verification_id)
    ledger.close()
    assert refusal(agent, verification_id, code) == "CODE_EXPIRED"


def test_a_number_gets_three_codes_an_hour(hub: RunningHub, agent: AgentDesk) -> None:
    number = new_number()
    record = surfing(hub, agent)
    for _ in range(3):
        ask_for_code(agent, record, number)
    with pytest.raises(grpc.RpcError) as refused:
        ask_for_code(agent, record, number)
    assert refused.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
    code_on(hub, number, 3)


def test_a_code_that_the_provider_refuses_for_good_is_not_sent_again(hub: RunningHub, agent: AgentDesk) -> None:
    refused, other = new_number(), new_number()
    hub.outside.sms.next_answers["POST"].append(Answer.json({"code": 21211, "status": 400}, 400))
    ask_for_code(agent, surfing(hub, agent), refused)
    eventually(lambda: codes(hub, refused), what="the provider being asked")
    for count in range(1, 4):
        ask_for_code(agent, surfing(hub, agent), other)
        code_on(hub, other, count)
    assert len(codes(hub, refused)) == 1


def test_an_address_that_is_proved_later_is_recognised_then(hub: RunningHub, agent: AgentDesk) -> None:
    number, conversation = new_number(), uuid4().hex
    by_text = texting(hub, agent, number)
    told = hub.say("아직 모릅니다", sender={"phone": number}, conversation=conversation)
    by_web = agent.case(told.json()["case_number"]).case.citizen_id
    assert not person(agent, by_web).citizen.linked_citizen_ids
    hub.say("이제 압니다", sender={"phone": number, "verified": True}, conversation=conversation)
    assert list(person(agent, by_web).citizen.linked_citizen_ids) == [by_text]


def test_whoever_is_joined_brings_along_those_joined_before(hub: RunningHub, agent: AgentDesk) -> None:
    first, second = new_number(), new_number()
    by_first, by_second, by_web = texting(hub, agent, first), texting(hub, agent, second), surfing(hub, agent)
    between = surfing(hub, agent)
    tell(agent, ask_for_code(agent, between, second), code_on(hub, second))
    tell(agent, ask_for_code(agent, by_web, first), code_on(hub, first))
    tell(agent, ask_for_code(agent, by_web, second), code_on(hub, second, 2))
    everyone = {by_first, by_second, by_web, between}
    for record in everyone:
        assert set(person(agent, record).citizen.linked_citizen_ids) == everyone - {record}
