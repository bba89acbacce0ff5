"""The wall through gRPC, with real clients: who may look, how soon, and how often the database is read for all."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing, asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import grpc
import pytest
from hub120.routing.v1 import wall_service_pb2 as pb
from hub120.routing.v1 import wall_service_pb2_grpc as grpc_pb
from hub120.routing.v1 import work_pb2 as work

from chassis import auth, event_loop, grpc_host
from chassis.database import Database
from chassis.pulse import Pulse
from chassis.settings import Settings
from chassis.streams import Streams
from services.routing.api import wakes
from services.routing.grpc_api.wall import Drawn, WallApi
from services.routing.tables import metadata
from tests.integration.databases import Clock, opened
from tests.integration.grpc_calls import answering, code_of
from tests.integration.routing_floor import queue, ready, take

WALLS = 200
GOALS: dict[str, Any] = {"goal_service_level": 0.9, "goal_first_contact": 0.85, "goal_satisfaction": 0.7}


class Rooms:
    """Screens of a centre; ``looks`` counts how often the database was read for all of them."""

    def __init__(self, database: Database, every_s: float) -> None:
        self.api, self.looks = WallApi(Settings(**GOALS), database), 0
        self.api.pulse = Pulse(self._look, every_s=every_s)
        streams = Streams(lambda _: {})
        self._database, self._wakes = database, wakes(streams, streams, [self.api.pulse])

    def _look(self) -> Drawn:
        self.looks += 1
        return self.api.look()

    def connected(self, channel: grpc.aio.Channel, issuer: auth.LocalIssuer) -> None:
        """From now on there are screens."""
        self._stub: Any = grpc_pb.WallServiceStub(channel)  # type: ignore[no-untyped-call] # generated without hints
        self._issuer = issuer

    def get(self, role: str = "display") -> Any:
        return self._stub.GetWall(pb.GetWallRequest(), metadata=self._shown_to(role), timeout=20)

    def watch(self, role: str = "display") -> Any:
        return self._stub.WatchWall(pb.WatchWallRequest(), metadata=self._shown_to(role), timeout=60)

    def _shown_to(self, role: str) -> Any:
        return [("authorization", f"Bearer {self._issuer.issue('screen', [role], 60)}")]

    def hear(self) -> None:
        """The signals of what was done reach the process."""
        acts = {body.DESCRIPTOR.full_name: act for body, act in self._wakes.items()}
        for signal in self._database.take_signals():
            acts[signal.key](signal.body)


@asynccontextmanager
async def served(database: Database, folder: Path, every_s: float) -> AsyncIterator[Rooms]:
    rooms = Rooms(database, every_s)
    running = [asyncio.ensure_future(pulse.run()) for pulse in (rooms.api.pulse, rooms.api.figures)]
    try:
        async with answering(folder, grpc_host.implemented(pb, grpc_pb, rooms.api)) as (channel, issuer):
            rooms.connected(channel, issuer)
            yield rooms
    finally:
        for task in running:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


@pytest.fixture
def on(database_address: str, clock: Clock, tmp_path: Path) -> Callable[..., None]:
    """Runs a test against a centre of its own; ``every_s`` is the slow look."""

    def run(test: Callable[[Rooms, Database], Awaitable[None]], every_s: float = 3600.0) -> None:
        async def main() -> None:
            with opened(database_address, "routing", metadata, clock) as database:
                async with served(database, tmp_path, every_s) as rooms, asyncio.timeout(120):
                    await test(rooms, database)

        event_loop.run(main())

    return run


async def until(stream: Any, condition: Callable[[Any], bool]) -> Any:
    """The first message of a stream that is as wanted."""
    while not condition(told := await stream.read()):
        pass
    return told


def test_screens_and_those_who_work_here_look_and_nobody_else(on: Any) -> None:
    async def test(rooms: Rooms, database: Database) -> None:
        for role in ("display", "agent", "supervisor", "admin"):
            assert await code_of(rooms.get(role)) is grpc.StatusCode.OK, role
            assert await code_of(rooms.watch(role).read()) is grpc.StatusCode.OK, role
        for role in ("service", "auditor", "legal"):
            assert await code_of(rooms.get(role)) is grpc.StatusCode.PERMISSION_DENIED, role
            assert await code_of(rooms.watch(role).read()) is grpc.StatusCode.PERMISSION_DENIED, role

    on(test)


def test_the_goals_are_those_of_the_settings(on: Any) -> None:
    async def test(rooms: Rooms, database: Database) -> None:
        goals = (await rooms.get()).wall.goals
        assert (goals.service_level, goals.first_contact_resolution, goals.satisfaction) == tuple(GOALS.values())

    on(test)


def test_what_happens_is_on_the_wall_before_the_slow_look_comes(on: Any, clock: Clock) -> None:
    async def test(rooms: Rooms, database: Database) -> None:
        stream = rooms.watch()
        assert not (await stream.read()).wall.queues
        queue(database, clock, "c1")
        rooms.hear()
        await until(stream, lambda told: told.wall.waiting.waiting == 1)
        ready(database, "kim")
        rooms.hear()
        await until(stream, lambda told: told.wall.waiting.offered == 1)
        take(database, "kim")
        rooms.hear()
        told = await until(stream, lambda told: not told.wall.waiting.waiting)
        assert [(one.presence, one.agents, one.busy) for one in told.wall.agents] == [(work.PRESENCE_READY, 1, 1)]
        stream.cancel()

    on(test)


def test_two_hundred_walls_are_told_and_the_database_is_read_once_for_all(on: Any, clock: Clock) -> None:
    async def test(rooms: Rooms, database: Database) -> None:
        streams = [rooms.watch() for _ in range(WALLS)]
        await asyncio.gather(*(stream.read() for stream in streams))
        queue(database, clock, "c1")
        rooms.hear()
        told = await asyncio.gather(*(until(stream, lambda told: told.wall.waiting.waiting) for stream in streams))
        assert {one.wall.waiting.waiting for one in told} == {1}
        assert rooms.looks == 2
        for stream in streams:
            stream.cancel()

    on(test)


def test_the_wall_is_stale_while_the_database_is_away_and_shows_what_was_known(on: Any, clock: Clock) -> None:
    async def test(rooms: Rooms, database: Database) -> None:
        queue(database, clock, "c1")
        stream = rooms.watch()
        await until(stream, lambda told: told.wall.waiting.waiting == 1 and not told.stale)
        renamed(database, "agent", "elsewhere")
        assert (await until(stream, lambda told: told.stale)).wall.waiting.waiting == 1
        renamed(database, "elsewhere", "agent")
        ready(database, "kim")
        assert (await until(stream, lambda told: not told.stale)).wall.agents
        stream.cancel()

    on(test, every_s=0.02)


def test_figures_that_nobody_counted_for_a_while_are_not_shown_beside_the_moment(on: Any, clock: Clock) -> None:
    async def test(rooms: Rooms, database: Database) -> None:
        with rooms.api.figures.watched():
            async with aclosing(rooms.api.figures.pictures()) as pictures:
                counted = (await anext(pictures)).seen
        assert counted is not None
        queue(database, clock, "c1")
        assert (await rooms.get()).wall.today.offered == 0
        clock.pass_by(31)
        assert (await rooms.get()).wall.today.offered == 1

    on(test)


def renamed(database: Database, table: str, name: str) -> None:
    with database.engine.begin() as connection:
        connection.exec_driver_sql(f"ALTER TABLE {table} RENAME TO {name}")
