"""The courier of check-in calls over real gRPC: an intake that is away, refuses, or whose answer is lost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from hub120.intake.v1 import case_pb2, message_service_pb2, message_service_pb2_grpc
from hub120.intake.v1 import message_service_pb2 as pb
from hub120.outreach.v1 import events_pb2

from chassis import auth, event_loop, grpc_host, logs
from chassis.auth import LocalIssuer, LocalTokens
from chassis.database import Database
from chassis.errors import PreconditionFailed, Unavailable
from chassis.grpc_client import Line, Peer
from services.outreach.couriers import Courier
from services.outreach.domain.check_ins import CallResult, CheckInState
from services.outreach.tables import metadata
from tests.integration.check_in_desk import CENTRE, NUMBER, Desk
from tests.integration.databases import Clock, emptied, shared
from tests.integration.grpc_calls import until
from tests.integration.routing_floor import rows
from tests.servers.machine import free_port

both, clock, database = shared("outreach", metadata)
S = CheckInState
CASE = "0199e0f2-7c00-7abc-8def-00000000000c"


class Intake(message_service_pb2_grpc.MessageServiceServicer):
    """Has one case, and fails as the test wants."""

    def __init__(self) -> None:
        self.calls: list[Any] = []
        self.fails: list[Exception] = []

    async def OpenCallCase(self, request: Any, context: Any) -> Any:
        """A case for a call."""
        self.calls.append(request)
        if self.fails:
            raise self.fails.pop(0)
        return pb.OpenCallCaseResponse(case_id=CASE, citizen_id="citizen-1")

    async def HandOverForAgent(self, request: Any, context: Any) -> Any:
        """A department gets it."""
        self.calls.append(request)
        return pb.HandOverForAgentResponse(state=case_pb2.HANDOVER_STATE_QUEUED)


@asynccontextmanager
async def answering(intake: Intake, folder: Path, port: int) -> AsyncIterator[None]:
    """Intake is there while the block lasts."""
    service = grpc_host.implemented(message_service_pb2, message_service_pb2_grpc, intake)
    server = await grpc_host.serve(
        [service], f"127.0.0.1:{port}", auth.LocalVerifier(folder / "token.key"), drain_s=0.0
    )
    try:
        yield
    finally:
        await server.stop()


@asynccontextmanager
async def carried(desk: Desk, folder: Path, port: int) -> AsyncIterator[Callable[[Callable[[], Any]], Any]]:
    """Two apis carry while the block lasts; what it gets waits for a condition, each look ten seconds later."""
    tokens = LocalTokens(LocalIssuer(folder / "token.key"), "outreach")
    found = [
        Courier(desk.database, Peer("intake", Line(f"127.0.0.1:{port}"), message_service_pb2, tokens), CENTRE)
        for _ in range(2)
    ]
    running = [asyncio.ensure_future(one.run()) for one in found]

    async def wait(condition: Callable[[], Any]) -> None:
        def looked() -> Any:
            desk.clock.pass_by(10)
            for one in found:
                one.wake()
            return condition()

        await until(looked, 20)

    try:
        yield wait
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


def wanted(desk: Desk) -> list[str]:
    """The calls of which routing is told."""
    found = rows(desk.database, "SELECT key, body FROM outbox ORDER BY seq")
    told = [events_pb2.CallWanted.FromString(row["body"]) for row in found if row["key"].endswith("CallWanted")]
    return [one.request_id for one in told]


@pytest.fixture
def desk(database: Database, clock: Clock) -> Desk:
    logs.configure("info", "test")
    emptied(database, metadata)
    desk = Desk(database, clock, tries=1).opens(second_agreed=False, office_department="gyeonggi")
    desk.look()
    return desk


def test_a_call_is_wanted_once_however_often_intake_must_be_asked(desk: Desk, tmp_path: Path) -> None:
    async def main() -> None:
        port, intake = free_port(), Intake()
        async with carried(desk, tmp_path, port) as wait:
            await wait(lambda: desk.errands()[-1].tries > 0)
            async with answering(intake, tmp_path, port):
                await wait(lambda: desk.row.case_id)
        (asked, *again) = intake.calls
        assert (asked.telephone, asked.display_name, asked.language) == (NUMBER, "박영자", "ko")
        assert {one.request_id for one in again} <= {asked.request_id}
        assert wanted(desk) == [asked.request_id]

    event_loop.run(main())


def test_what_intake_refuses_is_tried_at_another_time_and_a_department_gets_the_case(
    desk: Desk, tmp_path: Path
) -> None:
    async def main() -> None:
        port, intake = free_port(), Intake()
        intake.fails = [PreconditionFailed("NO_ROAD", "no exchange runs")]
        async with answering(intake, tmp_path, port), carried(desk, tmp_path, port) as wait:
            await wait(lambda: desk.stands() is S.PLANNED)
            assert (desk.row.untaken, desk.errands()[-1].result) == (1, "no_road")
            desk.clock.now = desk.clock.now.fromtimestamp(desk.row.planned_at, desk.clock.now.tzinfo)
            intake.fails = [Unavailable("for a moment")]
            desk.look()
            await wait(lambda: desk.row.case_id)
            desk.ends(CallResult.NO_ANSWER)
            assert desk.stands() is S.LOCAL_OFFICE
            await wait(lambda: desk.errands()[-1].state == "given")
        handover = intake.calls[-1]
        assert (handover.department, handover.case_id, handover.citizen_agreed) == ("gyeonggi", CASE, True)
        assert NUMBER in handover.text

    event_loop.run(main())
