"""A supervisor plans, an agent pauses, and a decision is explained: through gRPC, with real processes."""

from __future__ import annotations

import time
from typing import Any

import grpc
import pytest
from google.protobuf.duration_pb2 import Duration
from google.protobuf.timestamp_pb2 import Timestamp
from hub120.routing.v1 import routing_service_pb2 as routing
from hub120.routing.v1 import work_pb2 as work

from tests.documents import blocks
from tests.hub import AgentDesk, RunningHub
from tests.waiting import eventually

VIETNAMESE = work.Plan(
    id="vietnamese",
    languages=["vi"],
    steps=[
        work.Step(needs=[{"language": "*", "level": 4}], wait=Duration(seconds=1)),
        work.Step(needs=[{"language": "ko"}]),
    ],
)


def ask(hub: RunningHub, desk: AgentDesk, method: str, request: Any) -> Any:
    return getattr(desk.routing, method)(request, metadata=hub.metadata("chief", "supervisor"), timeout=30)


@pytest.fixture(scope="module", autouse=True)
def _planned(hub: RunningHub) -> None:
    """Before the first contact comes, so that no process knows older plans."""
    ask(hub, hub.agent("planner", languages=("fr",)), "PutPlan", routing.PutPlanRequest(plan=VIETNAMESE))


def test_work_is_relaxed_by_its_plan_and_its_routing_is_explained(hub: RunningHub) -> None:
    desk = hub.agent("kim", languages=("ko", "vi"), capacity=5)
    assert [plan.id for plan in ask(hub, desk, "ListPlans", routing.ListPlansRequest()).plans] == ["vietnamese"]
    hub.say("xin chào", language="vi")
    item = desk.accept(next(desk.offers()))
    assert item.plan == "vietnamese"
    told = ask(hub, desk, "ExplainRouting", routing.ExplainRoutingRequest(work_item_id=item.id))
    assert [step.state for step in told.work_item.steps] == [work.STEP_STATE_EXPIRED, work.STEP_STATE_JOINED]
    (decision,) = told.decisions
    assert (decision.agent_id, decision.step, decision.outcome) == ("kim", 1, work.OFFER_STATE_ACCEPTED)
    assert decision.reason == routing.DECISION_REASON_LONGEST_IDLE
    assert [one.agent_id for one in decision.eligible] == ["kim"]
    desk.finish(item.id)
    ask(hub, desk, "RemovePlan", routing.RemovePlanRequest(plan_id="vietnamese"))
    with pytest.raises(grpc.RpcError, match="NOT_FOUND"):
        ask(hub, desk, "RemovePlan", routing.RemovePlanRequest(plan_id="vietnamese"))


def test_the_plan_in_the_documents_is_a_plan(hub: RunningHub) -> None:
    desk = hub.agent("lee", languages=("de",))
    (code,) = blocks("docs/routing.md", "python")
    shown: dict[str, Any] = {}
    exec(code, shown)
    stored = ask(hub, desk, "PutPlan", routing.PutPlanRequest(plan=shown["WELFARE"])).plan
    assert len(stored.steps) == 3
    ask(hub, desk, "RemovePlan", routing.RemovePlanRequest(plan_id=stored.id))


def test_a_pause_with_a_reason_ends_by_itself(hub: RunningHub) -> None:
    desk = hub.agent("park", languages=("ja",), capacity=5)
    back = Timestamp()
    back.FromMilliseconds(int(time.time() * 1000) + 1500)
    paused = desk.routing.SetPresence(
        routing.SetPresenceRequest(presence=work.PRESENCE_PAUSED, reason="meal", return_time=back),
        metadata=desk.metadata,
        timeout=30,
    ).agent
    assert (paused.presence, paused.presence_reason, paused.return_time) == (work.PRESENCE_PAUSED, "meal", back)
    hub.say("こんにちは", language="ja")
    item = desk.accept(next(desk.offers()))
    assert item.queue_time.ToMilliseconds() < back.ToMilliseconds()
    desk.finish(item.id)

    def is_ready() -> bool:
        agents = ask(hub, desk, "ListAgents", routing.ListAgentsRequest(page_size=500)).agents
        return any(one.id == "park" and one.presence == work.PRESENCE_READY for one in agents)

    eventually(is_ready, what="the agent being ready again")
