"""Interpreting for everybody in the room: what is counted on real databases, who may look, and how soon."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import grpc
import pytest
from hub120.translation.v1 import board_service_pb2 as pb
from hub120.translation.v1 import board_service_pb2_grpc as grpc_pb
from hub120.translation.v1 import interpreting_pb2 as states
from hub120_sdk import Manifest

from chassis import event_loop, grpc_host
from chassis.connectors.registry import Found
from chassis.database import Database
from chassis.pulse import Pulse
from services.translation.abilities import AbilitiesNow
from services.translation.domain.sessions import Said
from services.translation.grpc_api.board import BoardApi
from services.translation.tables import metadata
from services.translation.use_cases import board
from tests.integration.databases import Clock, opened, shared
from tests.integration.grpc_calls import answering, code_of
from tests.integration.interpreting_desk import VOLUNTEERS, Desk, Knows
from tests.odd_connectors import host

both, clock, database = shared("translation", metadata)


def test_sessions_are_counted_by_language_and_state_and_those_of_the_last_hour_by_how_they_went(
    database: Database, clock: Clock
) -> None:
    desk = Desk(database, clock)
    for number, wait_s in enumerate((5, 10, 20)):
        desk.start(case_id=f"case-{number}", request_id=f"r-{number}")
        clock.pass_by(wait_s)
        desk.says(Said.JOINED)
    desk.end()
    desk.start(case_id="asked", request_id="asked", language="vi")
    found = database.read(board.read_board, 1)
    assert [(one.language, one.state, one.sessions) for one in found.sessions] == [
        ("mn", "connected", 2),
        ("vi", "offered", 1),
    ]
    assert (found.connected, found.unanswered, found.connect_p50_s, found.connect_p90_s) == (3, 0, 10, 20)
    clock.pass_by(board.LATELY_S + 1)
    desk.look()
    later = database.read(board.read_board, 1)
    assert (later.connected, later.unanswered, later.connect_p50_s) == (0, 0, None)


def test_volunteers_are_counted_and_sessions_that_nobody_answered(database: Database, clock: Clock) -> None:
    desk = Desk(database, clock, VOLUNTEERS)
    desk.volunteer("han")
    desk.volunteer("bold", resting=True)
    desk.start("voice")
    found = database.read(board.read_board, 0)
    assert (found.volunteers.volunteers, found.volunteers.busy, found.volunteers.resting) == (2, 1, 1)
    desk.pass_by(60)
    later = database.read(board.read_board, 0)
    assert (later.volunteers.busy, later.unanswered, list(later.sessions)) == (0, 1, [])
    clock.pass_by(board.LATELY_S)
    assert database.read(board.read_board, 0).unanswered == 0, "it was longer ago than an hour"


@asynccontextmanager
async def served(database: Database, folder: Path, clock: Clock) -> AsyncIterator[tuple[BoardApi, Any]]:
    connectors = host(
        Found(Manifest("interpreter_http", "P", frozenset({"interpreter"}), "t"), "tests.odd", lambda _: Knows("mn")),
        Found(Manifest("translator_papago", "M", frozenset({"translator"}), "t"), "tests.odd", lambda _: Knows("en")),
    )
    api = BoardApi(connectors, database, AbilitiesNow(connectors, clock))
    api.pulse = Pulse(api.look, every_s=3600.0)
    running = asyncio.ensure_future(api.pulse.run())
    try:
        async with answering(folder, grpc_host.implemented(pb, grpc_pb, api)) as (channel, issuer):
            stub: Any = grpc_pb.BoardServiceStub(channel)  # type: ignore[no-untyped-call] # generated without hints

            def call(method: str, role: str = "display") -> Any:
                metadata = [("authorization", f"Bearer {issuer.issue('screen', [role], 60)}")]
                return getattr(stub, method)(getattr(pb, f"{method}Request")(), metadata=metadata, timeout=20)

            yield api, call
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


@pytest.fixture
def on(tmp_path: Path) -> Callable[[Callable[..., Awaitable[None]]], None]:
    """Runs a test against a board of its own."""

    def run(test: Callable[[BoardApi, Any, Desk], Awaitable[None]]) -> None:
        async def main() -> None:
            clock = Clock()
            with opened(f"sqlite:///{tmp_path}/{{service}}.db", "translation", metadata, clock) as database:
                async with served(database, tmp_path, clock) as (api, call):
                    await test(api, call, Desk(database, clock))

        event_loop.run(main())

    return run


def test_screens_and_those_who_work_here_look_and_nobody_else(on: Any) -> None:
    async def test(api: BoardApi, call: Any, desk: Desk) -> None:
        for role in ("display", "agent", "supervisor", "admin"):
            assert await code_of(call("GetInterpreting", role)) is grpc.StatusCode.OK, role
            assert await code_of(call("WatchInterpreting", role).read()) is grpc.StatusCode.OK, role
        for role in ("service", "auditor", "legal"):
            assert await code_of(call("GetInterpreting", role)) is grpc.StatusCode.PERMISSION_DENIED, role
            assert await code_of(call("WatchInterpreting", role).read()) is grpc.StatusCode.PERMISSION_DENIED, role

    on(test)


def test_a_session_is_on_the_board_when_the_board_is_woken(on: Any) -> None:
    async def test(api: BoardApi, call: Any, desk: Desk) -> None:
        stream = call("WatchInterpreting")
        first = await stream.read()
        assert (list(first.interpreting.sessions), first.interpreting.partners, first.stale) == ([], 1, False)
        desk.start()
        api.pulse.wake()
        (session,) = (await stream.read()).interpreting.sessions
        assert (session.language, session.state, session.sessions) == ("mn", states.SESSION_STATE_OFFERED, 1)
        stream.cancel()

    on(test)
