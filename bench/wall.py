"""Two hundred walls on one api process, beside a day of 40,000 contacts: how soon a citizen's message is on all of
them, and what it costs to read the wall.

``python -m bench.wall``. A hub of its own on PostgreSQL and RabbitMQ; the walls are real gRPC streams. Nobody is there
to answer, so each message waits, and the count of those who wait tells which message a wall shows. The clock runs from
the first byte of the webhook to the message on the wall's client, all on the same processors.
"""

from __future__ import annotations

import asyncio
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import grpc
import sqlalchemy as sa
from hub120.routing.v1 import wall_service_pb2 as wall
from hub120.routing.v1 import wall_service_pb2_grpc as wall_grpc

from bench import machine
from bench.figures import CONSOLE, Figure, finish
from bench.hubs import ROOT, Hub, hub_of_its_own
from bench.outside import Citizens, milliseconds_since, percentile, signed_request
from chassis import event_loop
from chassis.clock import system_clock
from chassis.crypto import Keyring
from chassis.database import Database
from chassis.settings import Settings
from services.routing.use_cases import floor
from services.routing.use_cases.wall import count_figures, read_wall

WALLS, CONNECTIONS = 200, 10
CONTACTS, DAYS = 40_000, 8
"""Of each day; topics are compared with those of seven days before."""
EVENTS, PACE_S, WITHIN_S = 100, (0.05, 0.95), 60.0
READS = 20
P95_MS, NOW_MS = 500.0, 50.0
OF_THEIR_OWN = [("grpc.use_local_subchannel_pool", 1)]
_DAY = sa.text("""
INSERT INTO work_item (id, case_id, state, medium, language, skills, kind, cost, rank, topic, channel, queued_at,
    traceparent, changed_at, assigned_at, ended_at)
SELECT 'd' || :day || '-' || number, 'd' || :day || '-' || number,
    CASE WHEN number % 20 = 0 THEN 'abandoned' ELSE 'done' END, 'text', 'ko', '', '25 language:ko', 25, at,
    'topic-' || number % 60, (CAST(:channels AS text[]))[1 + number % 6], at, '', at + 200,
    CASE WHEN number % 20 > 0 THEN at + number % 40 END, at + 40 + number % 300
FROM (SELECT number, :now - 86400.0 * :day - 2.16 * number AS at FROM generate_series(1, :contacts) AS number) AS made
""")
_OUTCOMES = sa.text("""
INSERT INTO case_outcome (case_id, citizen_id, channel, language, topic, agent_id, work_items, closed_at, score,
    scored_at)
SELECT case_id, '', channel, language, topic, 'agent', 1, ended_at, 5, ended_at FROM work_item WHERE state = 'done'
    AND queued_at > :now - 86400
""")
CHANNELS = ["web", "kakao_consult", "sms_bizgo", "email", "phone_asterisk", "telegram"]


class Walls:
    """The screens' clients: the newest count of those who wait on each, and when a count was there first."""

    def __init__(self) -> None:
        self.shown: list[int] = []
        self._expected, self._since = 0, 0.0
        self.took: list[float] = []

    async def watch(self, stub: Any, metadata: Any) -> None:
        """One screen."""
        place = len(self.shown)
        self.shown.append(-1)
        async for told in stub.WatchWall(wall.WatchWallRequest(), metadata=metadata):
            waiting = told.wall.waiting.waiting
            if 0 <= self.shown[place] < self._expected <= waiting:
                self.took.append(milliseconds_since(self._since))
            self.shown[place] = waiting

    def expect(self, waiting: int) -> None:
        """From now on the clock runs for this count."""
        self._expected, self._since = waiting, time.perf_counter()

    def all_show(self, waiting: int) -> bool:
        """Every screen is so far."""
        return len(self.shown) == WALLS and min(self.shown) >= waiting


async def _until(check: Callable[[], bool]) -> None:
    deadline = time.perf_counter() + WITHIN_S
    while not check():
        assert time.perf_counter() < deadline, "a wall does not show what happened"
        await asyncio.sleep(0.01)


async def run(hub: Hub) -> list[float]:
    """Milliseconds from webhook to wall, of each wall and message."""
    address, luck = f"127.0.0.1:{hub.grpc_port}", random.Random(7)
    channels = [grpc.aio.insecure_channel(address, OF_THEIR_OWN) for _ in range(CONNECTIONS)]
    stubs = [wall_grpc.WallServiceStub(channel) for channel in channels]  # type: ignore[no-untyped-call] # generated
    walls, metadata, citizens = Walls(), hub.metadata("wall", "display"), Citizens(hub.http_port)
    watching = [asyncio.create_task(walls.watch(stubs[number % CONNECTIONS], metadata)) for number in range(WALLS)]
    await _until(lambda: walls.all_show(0))
    for number in range(1, EVENTS + 1):
        await asyncio.sleep(luck.uniform(*PACE_S))
        request = signed_request(hub.http_port)
        walls.expect(number)
        await citizens.send(request)
        await _until(lambda number=number: walls.all_show(number))  # type: ignore[misc] # of this round
    for task in watching:
        task.cancel()
    await asyncio.gather(*watching, return_exceptions=True)
    for channel in channels:
        await channel.close(None)
    return walls.took


def a_day(database: Database) -> None:
    """Contacts of a day that are done, and of the days before."""
    now = system_clock().timestamp()
    with database.engine.begin() as connection:
        for day in range(DAYS):
            connection.execute(_DAY, {"now": now, "day": day, "contacts": CONTACTS, "channels": CHANNELS})
        connection.execute(_OUTCOMES, {"now": now})
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text("VACUUM ANALYZE"))


def a_rota(hub: Hub) -> None:
    """Sixty-two agents in three shifts."""
    token = dict(hub.metadata("chief", "supervisor"))["authorization"].removeprefix("Bearer ")
    address = {"HUB120_GRPC_ADDRESS": f"127.0.0.1:{hub.grpc_port}", "HUB120_TOKEN": token}
    command = [sys.executable, "examples/rota/load.py", "examples/rota/gyeonggi.json"]
    subprocess.run(command, cwd=ROOT, env={**os.environ, **address}, check=True, stdout=subprocess.DEVNULL)


def reads(database: Database) -> dict[str, list[float]]:
    """Milliseconds that each read takes."""
    clock = floor.clock_of(Settings())
    figures = database.read(count_figures, clock)
    asked: dict[str, Callable[[], object]] = {
        "now": lambda: database.read(read_wall, figures),
        "figures": lambda: database.read(count_figures, clock),
        "floor": lambda: database.read(floor.read_floor, clock),
    }
    found: dict[str, list[float]] = {}
    for name, read in asked.items():
        for _ in range(READS):
            started = time.perf_counter()
            read()
            found.setdefault(name, []).append(milliseconds_since(started))
    return found


def measure() -> list[Figure]:
    """One run."""
    CONSOLE.print(f"  {WALLS} walls, {EVENTS} messages, {CONTACTS:,} contacts a day")
    with hub_of_its_own("distributed") as hub:
        keys = Keyring.load(hub.folder / "keyring.json")
        database = Database(hub.environment["HUB120_DATABASE"], "routing", keys)
        try:
            a_rota(hub)
            a_day(database)
            cost = {name: percentile(taken, 0.5) for name, taken in reads(database).items()}
            took = event_loop.run(run(hub))
        finally:
            database.close()
    note = f"{len(took):,} measured; load {machine.load()}"
    what = f"a citizen's message to each of {WALLS} walls"
    read = f"the wall read beside {CONTACTS:,} contacts of the day, p50"
    return [
        Figure(f"{what}: p50", percentile(took, 0.5), "ms", note=note),
        Figure(f"{what}: p95", percentile(took, 0.95), "ms", P95_MS, at_most=True),
        Figure(f"{read}: what changes with each event", cost["now"], "ms", NOW_MS, at_most=True),
        Figure(f"{read}: what is counted over hours, every five seconds", cost["figures"], "ms"),
        Figure("the floor read beside them, p50", cost["floor"], "ms"),
    ]


if __name__ == "__main__":
    finish("Wall", measure())
