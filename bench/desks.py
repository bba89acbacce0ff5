"""More than a thousand agents' streams, idle, on one api process: how much memory that takes, and whether all of them
are still told of an offer.

``python -m bench.desks``. A hub of its own on PostgreSQL and RabbitMQ; the streams are real gRPC streams over some
dozens of connections. Afterwards as many citizens write as there are agents, each of whom can take one.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import grpc
from hub120.routing.v1 import routing_service_pb2 as routing

from bench import machine
from bench.figures import CONSOLE, Figure, finish
from bench.hubs import Hub, hub_of_its_own
from bench.outside import Citizens, Desk, pending, signed_request
from chassis import event_loop

AGENTS, CONNECTIONS = 1_050, 30
AT_ONCE = 40
IDLE_S, WITHIN_S = 5.0, 180.0
OF_THEIR_OWN = [("grpc.use_local_subchannel_pool", 1)]
"""Channels to one server would share a connection."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a run gave."""

    before_mb: float
    rss_mb: float
    pss_mb: float
    open: int
    told: int
    """Agents who were told of an offer."""
    twice: int


class Watchers:
    """The agents' clients."""

    def __init__(self, desks: Sequence[Desk]) -> None:
        self._desks = desks
        self.open: set[str] = set()
        self.told: Counter[str] = Counter()

    async def arrive(self) -> None:
        """All agents are known and ready."""
        await _some_at_once([desk.arrive for desk in self._desks])

    def watch(self) -> list[asyncio.Task[None]]:
        """Every desk has a stream."""
        return [asyncio.create_task(self._watch(desk)) for desk in self._desks]

    async def _watch(self, desk: Desk) -> None:
        async for told in desk.routing.WatchDesk(routing.WatchDeskRequest(), metadata=desk.metadata):
            self.open.add(desk.name)
            for _ in pending(told):
                self.told[desk.name] += 1


async def _some_at_once(calls: Sequence[Callable[[], object]]) -> None:
    places = asyncio.Semaphore(AT_ONCE)

    async def one(call: Callable[..., object]) -> None:
        async with places:
            await call()  # type: ignore[misc]

    await asyncio.gather(*(one(call) for call in calls))


async def _until(check: Callable[[], bool]) -> None:
    deadline = time.perf_counter() + WITHIN_S
    while not check() and time.perf_counter() < deadline:  # noqa: ASYNC110 - ten looks a second
        await asyncio.sleep(0.1)


async def run(hub: Hub) -> Found:
    """Open the streams, weigh the process, and have every agent asked."""
    address, api = f"127.0.0.1:{hub.grpc_port}", hub.processes["api"].pid
    channels = [grpc.aio.insecure_channel(address, OF_THEIR_OWN) for _ in range(CONNECTIONS)]
    watchers = Watchers(
        [
            Desk(hub, f"agent-{number:04}", channels[number % CONNECTIONS], 1, lambda *_: None, lambda *_: None)
            for number in range(AGENTS)
        ]
    )
    await watchers.arrive()
    before, _ = machine.memory_mb(api)
    watching = watchers.watch()
    await _until(lambda: len(watchers.open) == AGENTS)
    await asyncio.sleep(IDLE_S)
    rss, pss = machine.memory_mb(api)
    opened = len(watchers.open)
    CONSOLE.print(f"  {opened:,} streams are open; the api process has {rss:.0f} MB")
    citizens, requests = Citizens(hub.http_port), [signed_request(hub.http_port) for _ in range(AGENTS)]
    await _some_at_once([lambda request=request: citizens.send(request) for request in requests])  # type: ignore[misc]
    await _until(lambda: len(watchers.told) == AGENTS)
    for task in watching:
        task.cancel()
    await asyncio.gather(*watching, return_exceptions=True)
    for channel in channels:
        await channel.close(None)
    return Found(before, rss, pss, opened, len(watchers.told), sum(one > 1 for one in watchers.told.values()))


def measure() -> list[Figure]:
    """One run."""
    CONSOLE.print(f"  {AGENTS:,} agents over {CONNECTIONS} connections")
    with hub_of_its_own("distributed", {"HUB120_OFFER_SECONDS": "600"}) as hub:
        found = event_loop.run(run(hub))
    note = f"{found.pss_mb:.0f} MB where shared pages count once (PSS), {found.before_mb:.0f} MB before the streams"
    return [
        Figure("idle agents' streams on one api process", found.open, "", 1_000),
        Figure("memory of that api process (RSS)", found.rss_mb, "MB", 400, at_most=True, note=note),
        Figure("of these agents, told of an offer", found.told, "", AGENTS, note=f"{found.twice} were told twice"),
    ]


if __name__ == "__main__":
    finish("Desks", measure())
