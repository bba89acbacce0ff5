"""The floor through gRPC, with a real client: who may ask, what is refused, and a stream that says when it is stale."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import grpc
import pytest
from hub120.intake.v1 import case_pb2
from hub120.routing.v1 import floor_service_pb2 as pb
from hub120.routing.v1 import floor_service_pb2_grpc as grpc_pb

from chassis import auth, event_loop, grpc_host
from chassis.database import Database
from chassis.pulse import Pulse
from chassis.settings import Settings
from services.routing.grpc_api.floor import FloorApi
from services.routing.tables import metadata
from tests.integration.databases import Clock, opened
from tests.integration.grpc_calls import answering, code_of, details
from tests.integration.routing_floor import queue, ready

MONDAY = datetime(2026, 5, 4, tzinfo=UTC)
UNASKED = {
    "GetFloor": pb.GetFloorRequest(),
    "GetPerformance": pb.GetPerformanceRequest(from_time=MONDAY, to_time=MONDAY + timedelta(days=1)),
    "ListTopicsNow": pb.ListTopicsNowRequest(),
    "GetStaffing": pb.GetStaffingRequest(from_time=MONDAY, to_time=MONDAY + timedelta(days=1)),
    "WhatIf": pb.WhatIfRequest(),
}


class Wallboard:
    """A supervisor's front end."""

    def __init__(self, stub: Any, issuer: auth.LocalIssuer, api: FloorApi) -> None:
        self._stub, self._issuer, self.api = stub, issuer, api

    def call(self, method: str, request: Any, role: str = "supervisor") -> Any:
        metadata = [("authorization", f"Bearer {self._issuer.issue('chief', [role], 60)}")]
        return getattr(self._stub, method)(request, metadata=metadata, timeout=20)


@asynccontextmanager
async def served(database: Database, folder: Path) -> AsyncIterator[Wallboard]:
    api = FloorApi(Settings(), database)
    api.pulse = Pulse(api.look, every_s=0.02, at_least_s=0.2)
    service = grpc_host.implemented(pb, grpc_pb, api)
    pulse = asyncio.ensure_future(api.pulse.run())
    try:
        async with answering(folder, service) as (channel, issuer):
            stub = grpc_pb.FloorServiceStub(channel)  # type: ignore[no-untyped-call] # generated without hints
            yield Wallboard(stub, issuer, api)
    finally:
        pulse.cancel()
        with suppress(asyncio.CancelledError):
            await pulse


@pytest.fixture
def on(database_address: str, clock: Clock, tmp_path: Path) -> Callable[[Callable[..., Awaitable[None]]], None]:
    """Runs a test against a floor of its own."""

    def run(test: Callable[[Wallboard, Database], Awaitable[None]]) -> None:
        async def main() -> None:
            with opened(database_address, "routing", metadata, clock) as database:
                async with served(database, tmp_path) as wallboard:
                    await test(wallboard, database)

        event_loop.run(main())

    return run


def test_supervisors_and_administrators_ask_and_nobody_else(on: Any) -> None:
    async def test(wallboard: Wallboard, database: Database) -> None:
        for role in ("supervisor", "admin"):
            for method, request in UNASKED.items():
                assert await code_of(wallboard.call(method, request, role)) is grpc.StatusCode.OK, (role, method)
        for role in ("agent", "service", "auditor"):
            for method, request in UNASKED.items():
                refused = await code_of(wallboard.call(method, request, role))
                assert refused is grpc.StatusCode.PERMISSION_DENIED, (role, method)
            watch = wallboard.call("WatchFloor", pb.WatchFloorRequest(), role)
            assert await code_of(watch.read()) is grpc.StatusCode.PERMISSION_DENIED

    on(test)


@pytest.mark.parametrize(
    ("method", "request_", "field"),
    [
        ("GetPerformance", pb.GetPerformanceRequest(to_time=MONDAY), "from_time"),
        ("GetPerformance", pb.GetPerformanceRequest(from_time=MONDAY, to_time=MONDAY), "to_time"),
        ("GetPerformance", pb.GetPerformanceRequest(from_time=MONDAY, to_time=MONDAY + timedelta(days=32)), "to_time"),
        (
            "GetPerformance",
            pb.GetPerformanceRequest(
                from_time=MONDAY, to_time=MONDAY + timedelta(days=9), group_by=pb.PERFORMANCE_GROUP_HOUR
            ),
            "to_time",
        ),
        ("GetPerformance", pb.GetPerformanceRequest(group_by=99), "group_by"),  # type: ignore[arg-type] # meant
        ("GetPerformance", pb.GetPerformanceRequest(answer_within=timedelta(hours=2)), "answer_within"),
        ("ListTopicsNow", pb.ListTopicsNowRequest(days=29), "days"),
        ("ListTopicsNow", pb.ListTopicsNowRequest(minimum_count=-1), "minimum_count"),
        ("GetStaffing", pb.GetStaffingRequest(shrinkage=0.95), "shrinkage"),
        ("GetStaffing", pb.GetStaffingRequest(target=pb.ServiceTarget(share=1.0)), "target.share"),
        ("GetStaffing", pb.GetStaffingRequest(weeks=9), "weeks"),
        ("GetStaffing", pb.GetStaffingRequest(medium=99), "medium"),  # type: ignore[arg-type] # meant
        ("WhatIf", pb.WhatIfRequest(surge=float("nan")), "surge"),
        ("WhatIf", pb.WhatIfRequest(arrivals_per_hour=1e9), "arrivals_per_hour"),
        ("WhatIf", pb.WhatIfRequest(agents=-1), "agents"),
        ("WhatIf", pb.WhatIfRequest(handle=timedelta(0)), "handle"),
        ("WhatIf", pb.WhatIfRequest(target=pb.ServiceTarget(share=float("nan"))), "target.share"),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_a_request_out_of_bounds_is_refused_by_its_field(
    tmp_path: Path, clock: Clock, method: str, request_: Any, field: str
) -> None:
    async def main() -> None:
        with opened(f"sqlite:///{tmp_path}/{{service}}.db", "routing", metadata, clock) as database:
            async with served(database, tmp_path) as wallboard:
                told = await details(wallboard.call(method, request_))
        assert told["code"] is grpc.StatusCode.INVALID_ARGUMENT
        assert field in [violation.field for violation in told["BadRequest"].field_violations]

    event_loop.run(main())


def test_what_if_answers_with_the_published_size_of_a_surge(on: Any) -> None:
    async def test(wallboard: Wallboard, database: Database) -> None:
        supposed = pb.WhatIfRequest(arrivals_per_hour=306, surge=5, handle=timedelta(seconds=180), agents=19)
        found = await wallboard.call("WhatIf", supposed)
        assert (found.agents_needed, found.stable, found.agents) == (83, False, 19)
        assert found.expected_wait.ToSeconds() == pytest.approx(1150 / 380 * 3600, abs=1)
        supposed.agents = 0
        nobody = await wallboard.call("WhatIf", supposed)
        assert (nobody.HasField("expected_wait"), nobody.abandonment) == (False, pytest.approx(1))

    on(test)


def test_the_stream_tells_each_change_and_when_it_is_stale_and_what_is_so_again(on: Any, clock: Clock) -> None:
    async def test(wallboard: Wallboard, database: Database) -> None:
        stream = wallboard.call("WatchFloor", pb.WatchFloorRequest())
        first = await stream.read()
        assert (list(first.floor.queues), first.stale) == ([], False)
        queue(database, clock, "c1")
        told = await until(stream, lambda told: len(told.floor.queues) == 1)
        assert (told.floor.queues[0].medium, told.floor.queues[0].waiting) == (case_pb2.MEDIUM_TEXT, 1)
        assert not told.floor.queues[0].HasField("expected_wait")
        ready(database, "kim")
        told = await until(stream, lambda told: told.floor.offers_outstanding == 1)
        assert (told.floor.queues[0].offered, told.floor.agents[0].busy) == (1, 1)
        second = wallboard.call("WatchFloor", pb.WatchFloorRequest())
        assert (await second.read()).floor.offers_outstanding == 1
        away(database, "agent")
        told = await until(stream, lambda told: told.stale)
        assert told.floor.offers_outstanding == 1
        assert (await until(stream, lambda told: told.stale)).floor == told.floor  # said again, though nothing changes
        back(database, "agent")
        assert (await until(stream, lambda told: not told.stale)).floor.offers_outstanding == 1
        stream.cancel()
        second.cancel()

    on(test)


async def until(stream: Any, condition: Callable[[Any], bool]) -> Any:
    """The first message of a stream that is as wanted."""
    async with asyncio.timeout(60):
        while not condition(told := await stream.read()):
            pass
    return told


def away(database: Database, table: str) -> None:
    with database.engine.begin() as connection:
        connection.exec_driver_sql(f"ALTER TABLE {table} RENAME TO elsewhere")


def back(database: Database, table: str) -> None:
    with database.engine.begin() as connection:
        connection.exec_driver_sql(f"ALTER TABLE elsewhere RENAME TO {table}")
