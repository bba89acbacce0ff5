"""The gRPC doors with real processes: what is asked wrongly is told field by field; offers come, go and time out."""

from __future__ import annotations

import threading
from typing import Any
from uuid import uuid4

import grpc
import pytest
from google.protobuf.timestamp_pb2 import Timestamp
from google.rpc import error_details_pb2, status_pb2  # type: ignore[import-untyped] # has no hints
from hub120.intake.v1 import intake_service_pb2 as intake
from hub120.routing.v1 import routing_service_pb2 as routing
from hub120.routing.v1 import work_pb2

from tests.hub import AgentDesk, RunningHub
from tests.waiting import eventually

UNKNOWN: Any = [99]
"""States that there are not (yet)."""
ID = "01a204b0-80e9-7dde-8d13-26c7b3d77416"


@pytest.fixture(scope="module")
def environment() -> dict[str, str]:
    return {"HUB120_OFFER_SECONDS": "3"}


@pytest.fixture(scope="module")
def desk(hub: RunningHub) -> AgentDesk:
    found = hub.agent("asking", languages=("fr",))
    found.presence(work_pb2.PRESENCE_OFFLINE)
    return found


def violations(error: grpc.RpcError) -> set[str]:
    """The fields that a refusal names."""
    metadata: dict[str, Any] = dict(error.trailing_metadata())  # type: ignore[arg-type] # pairs they are
    status = status_pb2.Status.FromString(metadata["grpc-status-details-bin"])
    found = error_details_pb2.BadRequest()
    assert any(detail.Unpack(found) for detail in status.details)
    return {violation.field for violation in found.field_violations}


@pytest.mark.parametrize(
    ("method", "request_", "fields"),
    [
        ("GetCase", intake.GetCaseRequest(), {"case_id"}),
        ("GetCase", intake.GetCaseRequest(case_id="x" * 65), {"case_id"}),
        ("ListCases", intake.ListCasesRequest(page_size=-1), {"page_size"}),
        ("ListCases", intake.ListCasesRequest(page_token="rubbish"), {"page_token"}),
        ("ListCases", intake.ListCasesRequest(words="하나 다섯 여섯 일곱 여덟 아홉"), {"words"}),
        ("ListCases", intake.ListCasesRequest(words="각 !"), {"words"}),
        ("ListCases", intake.ListCasesRequest(states=UNKNOWN), {"states"}),
        ("ListCases", intake.ListCasesRequest(open_after=Timestamp(seconds=10**15)), {"open_after"}),
        ("ListCases", intake.ListCasesRequest(citizen_id="no id"), {"citizen_id"}),
        ("ReplyToCase", intake.ReplyToCaseRequest(), {"case_id", "text", "request_id"}),
        ("ReplyToCase", intake.ReplyToCaseRequest(case_id=ID, text="x" * 10_001, request_id="1"), {"text"}),
        ("ReplyToCase", intake.ReplyToCaseRequest(case_id=ID, text="a\x00b", request_id="1"), {"text"}),
        ("AddNote", intake.AddNoteRequest(case_id="1", text="메모", request_id="x" * 65), {"case_id", "request_id"}),
        ("SetCaseState", intake.SetCaseStateRequest(case_id=ID), {"state"}),
        ("SetCaseState", intake.SetCaseStateRequest(case_id=ID, state=UNKNOWN[0]), {"state"}),
        ("ResolveReply", intake.ResolveReplyRequest(reply_id="1"), {"reply_id"}),
        (
            "StartVerification",
            intake.StartVerificationRequest(citizen_id=ID, phone_number="없는 번호"),
            {"phone_number"},
        ),
        ("ConfirmVerification", intake.ConfirmVerificationRequest(verification_id=ID, code="12345"), {"code"}),
        ("UnlinkCitizen", intake.UnlinkCitizenRequest(citizen_id=ID), {"reason"}),
        ("GetCitizen", intake.GetCitizenRequest(), {"citizen_id"}),
    ],
)
def test_intake_names_every_field_that_is_wrong(desk: AgentDesk, method: str, request_: Any, fields: set[str]) -> None:
    with pytest.raises(grpc.RpcError) as refused:
        getattr(desk.intake, method)(request_, metadata=desk.metadata, timeout=30)
    assert refused.value.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert violations(refused.value) == fields


@pytest.mark.parametrize(
    ("method", "request_", "fields"),
    [
        ("SetPresence", routing.SetPresenceRequest(), {"presence"}),
        ("AcceptOffer", routing.AcceptOfferRequest(), {"offer_id"}),
        ("DeclineOffer", routing.DeclineOfferRequest(offer_id=ID, reason="x" * 201), {"reason"}),
        ("FinishWork", routing.FinishWorkRequest(work_item_id="1"), {"work_item_id"}),
        ("StartWrapUp", routing.StartWrapUpRequest(), {"work_item_id"}),
        ("GetWorkItem", routing.GetWorkItemRequest(), {"work_item_id"}),
        ("PutAgent", routing.PutAgentRequest(), {"agent.id", "agent.capacity", "agent.languages"}),
        (
            "PutAgent",
            routing.PutAgentRequest(agent=work_pb2.Agent(id="a", capacity=1001, languages=["k o"])),
            {"agent.capacity", "agent.skills"},
        ),
        (
            "PutAgent",
            routing.PutAgentRequest(agent=work_pb2.Agent(id="a", capacity=1, languages=["ko"], levels={"ko": 6})),
            {"agent.levels"},
        ),
        (
            "SetPresence",
            routing.SetPresenceRequest(presence=work_pb2.PRESENCE_READY, reason="break"),
            {"reason"},
        ),
        (
            "SetPresence",
            routing.SetPresenceRequest(
                presence=work_pb2.PRESENCE_PAUSED, reason="recovery", return_time=Timestamp(seconds=1)
            ),
            {"reason", "return_time"},
        ),
        ("PutPlan", routing.PutPlanRequest(), {"plan.id", "plan.steps"}),
        (
            "PutPlan",
            routing.PutPlanRequest(
                plan=work_pb2.Plan(
                    id="p", media=UNKNOWN, steps=[work_pb2.Step(), work_pb2.Step(needs=[{"skill": "*"}])]
                )
            ),
            {"plan.media", "plan.steps[0]", "plan.steps[1]"},
        ),
        ("ExplainRouting", routing.ExplainRoutingRequest(work_item_id="1"), {"work_item_id"}),
        ("ListWorkItems", routing.ListWorkItemsRequest(page_size=-1), {"page_size"}),
        ("ListWorkItems", routing.ListWorkItemsRequest(states=UNKNOWN), {"states"}),
    ],
)
def test_routing_names_every_field_that_is_wrong(
    hub: RunningHub, desk: AgentDesk, method: str, request_: Any, fields: set[str]
) -> None:
    metadata = hub.metadata("asking", "supervisor")
    with pytest.raises(grpc.RpcError) as refused:
        getattr(desk.routing, method)(request_, metadata=metadata, timeout=30)
    assert refused.value.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert violations(refused.value) == fields


@pytest.mark.parametrize(
    ("method", "request_"),
    [
        ("GetCase", intake.GetCaseRequest(case_id=ID)),
        ("ReplyToCase", intake.ReplyToCaseRequest(case_id=ID, text="답", request_id="1")),
        ("GetCitizen", intake.GetCitizenRequest(citizen_id=ID)),
        ("ResolveReply", intake.ResolveReplyRequest(reply_id=ID)),
    ],
)
def test_what_is_not_there_is_not_found(desk: AgentDesk, method: str, request_: Any) -> None:
    with pytest.raises(grpc.RpcError) as refused:
        getattr(desk.intake, method)(request_, metadata=desk.metadata, timeout=30)
    assert refused.value.code() is grpc.StatusCode.NOT_FOUND


class Watcher:
    """What an agent's front end is told, collected beside the test."""

    def __init__(self, desk: AgentDesk) -> None:
        self.offers: list[tuple[str, int]] = []
        """Each offer told, as its id and state."""
        self._stream = desk.watch()
        threading.Thread(target=self._collect, daemon=True).start()

    def _collect(self) -> None:
        try:
            for told in self._stream:
                found = told.desk.offers if told.HasField("desk") else [told.offer] if told.HasField("offer") else []
                self.offers += [(offer.id, offer.state) for offer in found]
        except grpc.RpcError:
            return

    def told(self, state: int) -> list[str]:
        """The ids of offers told in this state."""
        return [offer_id for offer_id, found in self.offers if found == state]

    def close(self) -> None:
        """Stop watching."""
        self._stream.cancel()


def presence_of(hub: RunningHub, desk: AgentDesk) -> int:
    agents = desk.routing.ListAgents(
        routing.ListAgentsRequest(page_size=500), metadata=hub.metadata("chief", "supervisor"), timeout=30
    ).agents
    (found,) = [int(agent.presence) for agent in agents if agent.id == desk.name]
    return found


def test_offers_that_nobody_answers_go_on_to_somebody_else_and_the_agent_counts_as_away(hub: RunningHub) -> None:
    language = "es"
    absent = hub.agent(f"absent-{uuid4().hex[:6]}", languages=(language,), capacity=3)
    watching = Watcher(absent)
    numbers = {hub.say("hola", language=language).json()["case_number"] for _ in range(3)}
    eventually(lambda: len(watching.told(work_pb2.OFFER_STATE_PENDING)) == 3, what="three offers")
    eventually(lambda: presence_of(hub, absent) == work_pb2.PRESENCE_PAUSED, 15, "the agent being away")
    eventually(lambda: len(watching.told(work_pb2.OFFER_STATE_TIMED_OUT)) == 3, what="the stream telling so")
    watching.close()
    present = hub.agent(f"present-{uuid4().hex[:6]}", languages=(language,), capacity=3)
    offers = present.offers()
    taken = [present.accept(next(offers)) for _ in range(3)]
    assert {present.case(item.case_id).case.number for item in taken} == numbers
    for item in taken:
        present.finish(item.id)
    present.presence(work_pb2.PRESENCE_OFFLINE)


def test_who_leaves_gives_the_offer_back_at_once(hub: RunningHub) -> None:
    language = "it"
    leaving = hub.agent(f"leaving-{uuid4().hex[:6]}", languages=(language,))
    watching = Watcher(leaving)
    number = hub.say("ciao", language=language).json()["case_number"]
    eventually(lambda: watching.told(work_pb2.OFFER_STATE_PENDING), what="the offer")
    staying = hub.agent(f"staying-{uuid4().hex[:6]}", languages=(language,))
    leaving.presence(work_pb2.PRESENCE_PAUSED)
    item = staying.accept(next(staying.offers()))
    assert staying.case(item.case_id).case.number == number
    eventually(lambda: watching.told(work_pb2.OFFER_STATE_RESCINDED), what="the stream telling so")
    watching.close()
    staying.finish(item.id)
    staying.presence(work_pb2.PRESENCE_OFFLINE)


def test_an_offer_that_ended_cannot_be_accepted(hub: RunningHub) -> None:
    agent = hub.agent(f"late-{uuid4().hex[:6]}", languages=("de",))
    hub.say("hallo", language="de")
    offer = next(agent.offers())
    agent.presence(work_pb2.PRESENCE_PAUSED)
    with pytest.raises(grpc.RpcError) as refused:
        agent.accept(offer)
    assert refused.value.code() is grpc.StatusCode.FAILED_PRECONDITION
