"""Departments on a running hub: handed over once whatever happens, and what they say shown once and in order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import grpc
import httpx
import pytest
from hub120.intake.v1 import case_pb2
from hub120.intake.v1 import intake_service_pb2 as intake
from hub120.routing.v1 import work_pb2

from tests.hub import AgentDesk, RunningHub
from tests.outside import Answer
from tests.waiting import eventually

DEPARTMENT = "webhook_department"


@pytest.fixture(scope="module")
def environment() -> dict[str, str]:
    return {"HUB120_RETRY_SECONDS": "[0.2, 0.4, 0.8]"}


@pytest.fixture(scope="module")
def agent(hub: RunningHub) -> Iterator[AgentDesk]:
    desk = hub.agent("choi", capacity=20)
    yield desk
    desk.presence(work_pb2.PRESENCE_OFFLINE)


@pytest.fixture
def case_id(hub: RunningHub, agent: AgentDesk) -> str:
    return agent.case(hub.say("길에 구멍이 있어요").json()["case_number"]).case.id


def hand_over(agent: AgentDesk, case_id: str, request_id: str = "h-1", **more: Any) -> case_pb2.Handover:
    request = intake.HandOverCaseRequest(
        case_id=case_id, department=DEPARTMENT, title="포트홀", text=f"구멍입니다 {case_id}", request_id=request_id
    )
    request.MergeFrom(intake.HandOverCaseRequest(**more))
    found: case_pb2.Handover = agent.intake.HandOverCase(request, metadata=agent.metadata, timeout=30).handover
    return found


def told(agent: AgentDesk, case_id: str, handover_id: str) -> list[str]:
    """The states the case tells of, in its order."""
    name = case_pb2.HandoverState.Name
    entries = [entry.handover for entry in agent.case(case_id).entries if entry.handover.id == handover_id]
    return [name(one.state).removeprefix("HANDOVER_STATE_") for one in entries]


def wait_for(agent: AgentDesk, case_id: str, handover_id: str, state: str) -> None:
    eventually(lambda: state in told(agent, case_id, handover_id), 15, f"the handover being {state}")


def test_what_the_department_says_is_shown_once_and_in_its_order(
    hub: RunningHub, agent: AgentDesk, case_id: str
) -> None:
    handover = hand_over(agent, case_id)
    wait_for(agent, case_id, handover.id, "SUBMITTED")
    steps = [
        {"state": "in_progress", "update_id": f"{case_id}/2", "note": "내일 갑니다"},
        {"state": "acknowledged", "update_id": f"{case_id}/1"},
        {"state": "in_progress", "update_id": f"{case_id}/2", "note": "내일 갑니다"},
        {"state": "done", "update_id": f"{case_id}/3", "note": "고쳤습니다"},
    ]
    answers = [hub.department_says(handover_id=handover.id, **step).status_code for step in steps]
    assert answers == [200, 409, 200, 200]
    assert told(agent, case_id, handover.id) == ["QUEUED", "SUBMITTED", "IN_PROGRESS", "DONE"]
    last = [entry.handover for entry in agent.case(case_id).entries if entry.handover.id == handover.id][-1]
    assert (last.note, last.department, last.names_citizen) == ("고쳤습니다", DEPARTMENT, False)


def test_a_department_that_fails_after_it_saved_gets_it_once(hub: RunningHub, agent: AgentDesk, case_id: str) -> None:
    works = hub.outside.works
    works.next_answers["POST"] += [Answer(500), Answer(503)]
    handover = hand_over(agent, case_id)
    wait_for(agent, case_id, handover.id, "SUBMITTED")
    assert [one["handover_id"] for one in works.handovers.values()].count(handover.id) == 1


def test_a_worker_that_is_killed_in_between_hands_over_all_the_same(
    hub: RunningHub, agent: AgentDesk, case_id: str
) -> None:
    made = [hand_over(agent, case_id, f"k-{number}") for number in range(10)]
    hub.kill("worker")
    made += [hand_over(agent, case_id, f"k-{number}") for number in range(10, 20)]
    hub.start("worker")
    for handover in made:
        wait_for(agent, case_id, handover.id, "SUBMITTED")
    ids = [one["handover_id"] for one in hub.outside.works.handovers.values()]
    assert sorted(ids) == sorted(set(ids))
    assert {one.id for one in made} <= set(ids)


def test_the_citizen_is_named_only_where_they_agreed(hub: RunningHub, agent: AgentDesk, case_id: str) -> None:
    silent, named = hand_over(agent, case_id), hand_over(agent, case_id, "h-2", citizen_agreed=True)
    wait_for(agent, case_id, silent.id, "SUBMITTED")
    wait_for(agent, case_id, named.id, "SUBMITTED")
    handovers = hub.outside.works.handovers
    assert ("citizen" in handovers[silent.id], "citizen" in handovers[named.id]) == (False, True)


def test_a_department_that_refuses_says_why_and_the_agent_reads_it(
    hub: RunningHub, agent: AgentDesk, case_id: str
) -> None:
    hub.outside.works.next_answers["POST"].append(Answer.json({"error": "no such place"}, 422))
    handover = hand_over(agent, case_id)
    wait_for(agent, case_id, handover.id, "FAILED")
    last = [entry.handover for entry in agent.case(case_id).entries if entry.handover.id == handover.id][-1]
    assert "422" in last.failure


def test_only_known_departments_with_the_right_secret_are_heard(hub: RunningHub, agent: AgentDesk) -> None:
    url = f"http://127.0.0.1:{hub.http_port}/departments"
    assert httpx.post(f"{url}/{DEPARTMENT}/status", content=b"{}", timeout=30).status_code == 401
    assert httpx.post(f"{url}/web", content=b"{}", timeout=30).status_code == 404
    assert hub.department_says(handover_id="nobody", state="done", update_id="x").status_code == 404
    with pytest.raises(grpc.RpcError) as refused:
        hand_over(agent, "0199e0f2-7c00-7abc-8def-000000000001")
    assert refused.value.code() is grpc.StatusCode.NOT_FOUND
