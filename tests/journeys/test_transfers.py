"""Work goes from agent to agent and to a department, and an agent is protected: through gRPC, with real processes."""

from __future__ import annotations

from typing import Any

import grpc
import pytest
from hub120.routing.v1 import conduct_pb2 as conduct
from hub120.routing.v1 import conduct_service_pb2 as rules
from hub120.routing.v1 import conduct_service_pb2_grpc as rules_grpc
from hub120.routing.v1 import routing_service_pb2 as routing
from hub120.routing.v1 import transfer_service_pb2 as pb
from hub120.routing.v1 import transfer_service_pb2_grpc as grpc_pb
from hub120.routing.v1 import work_pb2 as work

from tests.hub import AgentDesk, RunningHub
from tests.waiting import eventually

NOTE = "두 번 설명하셨어요"


def transfer(hub: RunningHub, desk: AgentDesk, method: str, request: Any, *roles: str) -> Any:
    stub = grpc_pb.TransferServiceStub(hub.channel)  # type: ignore[no-untyped-call] # generated without hints
    return getattr(stub, method)(request, metadata=hub.metadata(desk.name, *roles), timeout=30)


def rule(hub: RunningHub, caller: str, method: str, request: Any, *roles: str) -> Any:
    stub = rules_grpc.ConductServiceStub(hub.channel)  # type: ignore[no-untyped-call] # generated without hints
    return getattr(stub, method)(request, metadata=hub.metadata(caller, *roles), timeout=30)


def state_of(hub: RunningHub, desk: AgentDesk, item: work.WorkItem) -> int:
    request = pb.ListTransfersRequest(work_item_id=item.id)
    found: int = transfer(hub, desk, "ListTransfers", request).transfers[-1].state
    return found


def test_a_warm_transfer_tells_the_receiver_and_lets_the_first_agent_leave(hub: RunningHub) -> None:
    kim = hub.agent("kim", languages=("th",), capacity=1)
    hub.say("สวัสดี", language="th")
    item = kim.accept(next(kim.offers()))
    lee = hub.agent("lee", languages=("th",), capacity=1)
    request = pb.RequestTransferRequest(work_item_id=item.id, agent_id="lee", note=NOTE, request_id="r-1")
    asked = transfer(hub, kim, "RequestTransfer", request).transfer
    assert (asked.state, asked.style) == (work.TRANSFER_STATE_OFFERED, work.TRANSFER_STYLE_WARM)
    offer = next(lee.offers())
    assert (offer.transfer.note, offer.transfer.from_agent_id, offer.work_item.case_id) == (NOTE, "kim", item.case_id)
    assert lee.accept(offer).agent_id == "lee"
    watched = next(kim.watch()).desk
    assert [one.state for one in watched.transfers] == [work.TRANSFER_STATE_JOINED]
    assert [one.id for one in watched.work_items] == [item.id]
    done = transfer(hub, kim, "CompleteTransfer", pb.CompleteTransferRequest(transfer_id=asked.id)).transfer
    assert done.state == work.TRANSFER_STATE_COMPLETED
    stranger = hub.agent("choi", languages=("de",))
    listed = pb.ListTransfersRequest(work_item_id=item.id)
    assert [one.note for one in transfer(hub, stranger, "ListTransfers", listed).transfers] == [""]
    assert [one.note for one in transfer(hub, stranger, "ListTransfers", listed, "supervisor").transfers] == [NOTE]
    lee.finish(item.id)


def test_a_department_ends_the_work_when_somebody_there_has_seen_it(hub: RunningHub) -> None:
    desk = hub.agent("park", languages=("mn",), capacity=1)
    hub.say("길에 구멍이 있어요", language="mn")
    item = desk.accept(next(desk.offers()))
    to = pb.ToDepartment(department="webhook_department")
    request = pb.RequestTransferRequest(work_item_id=item.id, department=to, request_id="r-1")
    asked = transfer(hub, desk, "RequestTransfer", request).transfer
    eventually(lambda: state_of(hub, desk, item) == work.TRANSFER_STATE_OFFERED, 20, "the department having it")
    with pytest.raises(grpc.RpcError, match="FAILED_PRECONDITION"):
        desk.finish(item.id)
    assert hub.department_says(handover_id=asked.id, state="acknowledged", update_id="u-1").status_code == 200
    eventually(lambda: state_of(hub, desk, item) == work.TRANSFER_STATE_COMPLETED, 20, "the transfer being completed")
    found = desk.routing.GetWorkItem(
        routing.GetWorkItemRequest(work_item_id=item.id), metadata=desk.metadata, timeout=30
    ).work_item
    assert found.state == work.WORK_STATE_DONE


def test_an_agent_is_told_what_to_do_about_abuse_and_rests(hub: RunningHub) -> None:
    desk = hub.agent("jung", languages=("uz",), capacity=1)
    hub.say("욕설", language="uz")
    item = desk.accept(next(desk.offers()))
    request = rules.ReportAbuseRequest(
        work_item_id=item.id, abuse_class="threat", situation="agent", note="찾아온다고 함", request_id="r-1"
    )
    told = rule(hub, "jung", "ReportAbuse", request)
    assert told.report.prescribed_step == conduct.CONDUCT_STEP_END
    assert told.text.korean
    assert told.text.english
    step = rules.TakeStepRequest(report_id=told.report.id, step=conduct.CONDUCT_STEP_END)
    assert rule(hub, "jung", "TakeStep", step).work_item.state == work.WORK_STATE_WRAPPING
    desk.finish(item.id)
    listed = desk.routing.ListAgents(
        routing.ListAgentsRequest(page_size=500), metadata=hub.metadata("chief", "supervisor"), timeout=30
    )
    (agent,) = (one for one in listed.agents if one.id == "jung")
    assert (agent.presence, agent.presence_reason) == (work.PRESENCE_PAUSED, "recovery")
    assert agent.HasField("return_time")


def test_a_supervisor_keeps_the_policy_and_the_flags(hub: RunningHub) -> None:
    policy = rule(hub, "jung", "GetConductPolicy", rules.GetConductPolicyRequest()).policy
    policy.counted_days = 30
    put = rules.PutConductPolicyRequest(policy=policy)
    assert rule(hub, "chief", "PutConductPolicy", put, "supervisor").policy.version == policy.version + 1
    for wrong in (put, rules.PutConductPolicyRequest(policy=conduct.ConductPolicy())):
        with pytest.raises(grpc.RpcError, match=r"ABORTED|INVALID_ARGUMENT"):
            rule(hub, "chief", "PutConductPolicy", wrong, "supervisor")
    assert list(rule(hub, "chief", "ListFlags", rules.ListFlagsRequest(), "supervisor").flags) == []
    nobody = "0199e0f2-7c00-7abc-8def-000000000001"
    evidence = rules.GetEvidenceRequest(citizen_id=nobody, reason="검토")
    assert len(rule(hub, "chief", "GetEvidence", evidence, "supervisor").records) == 1
    with pytest.raises(grpc.RpcError, match="NOT_FOUND"):
        rule(hub, "chief", "LiftFlag", rules.LiftFlagRequest(flag_id=nobody, reason="사과"), "supervisor")
    with pytest.raises(grpc.RpcError, match="PERMISSION_DENIED"):
        rule(hub, "jung", "ListFlags", rules.ListFlagsRequest())
