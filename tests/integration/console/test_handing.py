"""Handing on from the desk: at once, and to whoever has a skill; and a record that is taken out of a linked person."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from hub120.intake.v1 import intake_service_pb2 as intake
from hub120.routing.v1 import routing_service_pb2 as routing
from hub120.routing.v1 import work_pb2

from tests.hub import RunningHub
from tests.integration.console.taking import take
from tests.seat import Seat
from tests.waiting import eventually

pytestmark = pytest.mark.slow


def work_of(chief: Seat, case_id: str) -> work_pb2.WorkItem:
    """The work of a case, as the hub has it."""
    (item,) = chief.ask(routing.ListWorkItemsRequest(case_id=case_id)).work_items
    found: work_pb2.WorkItem = item
    return found


def test_who_hands_on_at_once_is_out_as_soon_as_the_other_accepts(hub: RunningHub, seat: Callable[..., Seat]) -> None:
    chief, moon, star = seat("chief", "supervisor"), seat("moon"), seat("star", language="en")
    case_id = take(hub, moon, "Καλημέρα", "el")
    hub.agent(star.subject, languages=("el",))
    assert moon.refused("/handing/agent", agent_id="nobody") == "그런 상담사가 없습니다. 아이디를 확인해 주세요."
    said = moon.done("/handing/agent", agent_id=star.subject, style="cold", note="전화 주세요")
    assert said == "요청했습니다. 받을 때까지는 내 상담입니다."
    moon.shows("handing-now", f"{moon.subject} → {star.subject}")
    assert work_of(chief, case_id).agent_id == moon.subject
    star.open("/desk")
    star.shows("offers", "전화 주세요")
    star.done("/accept")
    star.shows("handing-now", "Done")
    assert "전화 주세요" in star.text("handing-now"), "what was left for whoever takes it can be read on"
    moon.shows("work", "맡은 상담이 없습니다.")
    assert not moon.forms("/handing/complete")
    assert work_of(chief, case_id).agent_id == star.subject


def test_who_hands_on_without_a_name_reaches_whoever_has_the_skill(hub: RunningHub, seat: Callable[..., Seat]) -> None:
    chief, moon, sun = seat("chief", "supervisor"), seat("moon"), seat("sun")
    case_id = take(hub, moon, "Dzień dobry", "pl")
    assert moon.refused("/handing/agent") == "받을 사람의 아이디나, 필요한 기술 또는 언어를 적어 주세요."
    lawyer = work_pb2.Agent(id=sun.subject, languages=["ro"], skills=["legal"], capacity=25)
    chief.ask(routing.PutAgentRequest(agent=lawyer))
    sun.open("/desk").done("/desk/presence", "ready")
    moon.done("/handing/agent", skill="legal", note="계약서를 봐 주세요")
    moon.shows("handing-now", "법률")
    sun.shows("offers", "계약서를 봐 주세요")
    sun.done("/accept")
    moon.shows("handing-now", f"{moon.subject} → {sun.subject}")
    moon.shows("handing-now", "함께 있음")
    assert moon.done("/handing/complete") == "넘겼습니다."
    assert work_of(chief, case_id).agent_id == sun.subject


def test_a_record_is_taken_out_of_a_linked_person_with_the_reason(hub: RunningHub, seat: Callable[..., Seat]) -> None:
    moon, number = seat("moon"), f"+8210{uuid4().int % 10**8:08}"
    first = take(hub, moon, "Buongiorno", "it")
    prove(hub, moon, number)
    take(hub, moon, "Buonasera", "it")
    prove(hub, moon, number)
    assert "같은 사람으로 이어진 기록 1" in moon.text("citizen")
    assert f"/desk/cases/{first}" in {one.get("href") for one in moon.page.iter("a")}
    said = moon.done("/citizen/unlink", reason="식구의 전화번호")
    assert said == "시민 정보를 바꿨습니다."
    assert "이어진 기록" not in moon.text("citizen")
    assert "다른 사건이 없습니다." in moon.text("others")
    case = moon.ask(intake.GetCaseRequest(case_id=moon.path.rpartition("/")[2])).case
    citizen = moon.ask(intake.GetCitizenRequest(citizen_id=case.citizen_id)).citizen
    assert list(citizen.linked_citizen_ids) == []


def prove(hub: RunningHub, agent: Seat, number: str) -> None:
    """The citizen of the case that is open proves a number."""
    agent.done("/citizen")
    before = len(hub.outside.sms.to(number))
    agent.done("/citizen/verify", phone_number=number)
    text = eventually(lambda: hub.outside.sms.to(number)[before:], 20, "the code")[0]
    (code,) = re.findall(r"\b\d{6}\b", text)
    wrong = agent.refused("/citizen/confirm", code=f"{(int(code) + 1) % 10**6:06}")
    assert wrong == "보낸 인증번호와 다릅니다. 시민에게 다시 읽어 달라고 하세요."
    agent.done("/citizen/confirm", code=code)
