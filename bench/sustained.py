"""Contacts a second through the whole road on PostgreSQL and RabbitMQ, everything on the same processors.

``python -m bench.sustained``. Webhook, case, offer, accept, reply, connector, the site, finish: so many contacts are
kept under way, each begun when another has ended. A contact has ended when the site has the reply and the work is
finished. At the end every accepted contact is looked for, at the site and in the database.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

import grpc
import sqlalchemy as sa
from hub120.routing.v1 import work_pb2

from bench import machine
from bench.figures import CONSOLE, Figure, finish
from bench.hubs import Hub, hub_of_its_own
from bench.outside import Citizens, Desk, QuickSite, percentile, signed_request
from chassis import event_loop

SECONDS, WARM_UP_S, DRAIN_S = 20.0, 5.0, 30.0
UNDER_WAY = 120
AGENTS, CAPACITY = 10, 20
PREPARED = 15_000
PROGRESS_S = 2.0
CALLS = 3
"""How often an agent tries a call."""


@dataclass
class Road:
    """What is known of the contacts under way."""

    accepted: int = 0
    refused: Counter[int] = field(default_factory=Counter)
    offered: Counter[str] = field(default_factory=Counter)
    offer_ms: list[float] = field(default_factory=list)
    replies: Counter[str] = field(default_factory=Counter)
    finished: set[str] = field(default_factory=set)
    failed: Counter[str] = field(default_factory=Counter)
    ended: int = 0
    places: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(UNDER_WAY))
    _works: set[asyncio.Task[None]] = field(default_factory=set)

    def offer(self, offer: work_pb2.Offer) -> None:
        """An agent sees an offer."""
        self.offered[offer.work_item.case_id] += 1
        self.offer_ms.append((time.time() - offer.work_item.queue_time.ToMicroseconds() / 1e6) * 1000)

    def work(self, desk: Desk, offer: work_pb2.Offer) -> None:
        """The agent begins."""
        task = asyncio.create_task(self._work(desk, offer))
        self._works.add(task)
        task.add_done_callback(self._works.discard)

    async def _work(self, desk: Desk, offer: work_pb2.Offer) -> None:
        item, case_id = offer.work_item, offer.work_item.case_id
        steps = [lambda: desk.accept(offer), lambda: desk.reply(case_id, case_id), lambda: desk.finish(item.id)]
        for step in steps:
            if not await self._patiently(step):
                return
        self.finished.add(case_id)
        if case_id in self.replies:
            self._end()

    async def _patiently(self, step: Callable[[], Awaitable[object]]) -> bool:
        """Front ends try again; every call may be repeated. False if it was to no avail: the contact is not ended."""
        for _ in range(CALLS):
            try:
                await step()
                return True
            except grpc.aio.AioRpcError as error:
                self.failed[f"{error.code().name}: {error.details()}"] += 1
        return False

    def reply(self, case_id: str) -> None:
        """The site has a reply; its text is the case's id."""
        self.replies[case_id] += 1
        if case_id in self.finished and self.replies[case_id] == 1:
            self._end()

    def _end(self) -> None:
        self.ended += 1
        self.places.release()


async def contacts(road: Road, hub: Hub, until: float, prepared: int = PREPARED) -> None:
    """Citizens write as places come free, so many at most."""
    citizens, requests = Citizens(hub.http_port), [signed_request(hub.http_port) for _ in range(prepared)]
    sending: set[asyncio.Task[None]] = set()

    async def one(request: bytes) -> None:
        answer = await citizens.send(request)
        if answer.status == 200:
            road.accepted += 1
        else:
            road.refused[answer.status] += 1
            road.places.release()

    while time.perf_counter() < until and requests:
        try:
            await asyncio.wait_for(road.places.acquire(), max(until - time.perf_counter(), 0.001))
        except TimeoutError:
            break
        task = asyncio.create_task(one(requests.pop()))
        sending.add(task)
        task.add_done_callback(sending.discard)
    await asyncio.gather(*sending)


@dataclass(frozen=True, slots=True)
class Run:
    """What a run gave."""

    rate: float
    road: Road
    used_s: Mapping[str, float]
    took_s: float


async def run(site: QuickSite, road: Road, hub: Hub) -> Run:
    """Warm up, measure, drain."""
    ours = {name: process.pid for name, process in hub.processes.items()}
    processor = machine.Processor({**ours, "load and agents": os.getpid()})
    async with grpc.aio.insecure_channel(f"127.0.0.1:{hub.grpc_port}") as channel:
        desks = [Desk(hub, f"agent-{number}", channel, CAPACITY, road.offer, road.work) for number in range(AGENTS)]
        for desk in desks:
            await desk.arrive()
        watching = [asyncio.create_task(desk.watch()) for desk in desks]
        started = time.perf_counter()
        writing = asyncio.create_task(contacts(road, hub, started + WARM_UP_S + SECONDS))
        await asyncio.sleep(WARM_UP_S)
        before, began = road.ended, time.perf_counter()
        road.offer_ms.clear()
        processor.start()
        while time.perf_counter() < began + SECONDS and not writing.done():
            await asyncio.sleep(PROGRESS_S)
            told = f"  {road.ended:6,} contacts, {(road.ended - before) / (time.perf_counter() - began):5.1f}/s"
            CONSOLE.print(told, end="\r" if CONSOLE.is_terminal else "\n")
        took_s, used_s, done = time.perf_counter() - began, processor.stop(), road.ended - before
        await writing
        await drained(road)
        for task in watching:
            task.cancel()
        await asyncio.gather(*watching, return_exceptions=True)
    return Run(done / took_s, road, used_s, took_s)


async def drained(road: Road) -> None:
    """Until every accepted contact has ended, or the time for it is over."""
    deadline = time.perf_counter() + DRAIN_S
    while road.ended < road.accepted and time.perf_counter() < deadline:  # noqa: ASYNC110 - ten looks a second
        await asyncio.sleep(0.1)


@dataclass(frozen=True, slots=True)
class Kept:
    """What the database holds in the end."""

    cases: int
    still_open: int


def kept(hub: Hub) -> Kept:
    """Count the cases, once the worker has closed the last of them or the time for it is over."""
    engine, deadline = sa.create_engine(hub.environment["HUB120_DATABASE"]), time.perf_counter() + DRAIN_S
    count = sa.text("SELECT count(*), count(*) FILTER (WHERE state <> 'closed') FROM intake.cases")
    while True:
        with engine.connect() as connection:
            found = Kept(*connection.execute(count).one())
        if not found.still_open or time.perf_counter() > deadline:
            engine.dispose()
            return found
        time.sleep(0.2)


async def on_a_hub() -> tuple[Run, Kept]:
    """Site, hub, run; what was lost is found before the hub is gone."""
    road = Road()
    site = QuickSite(road.reply)
    await site.start()
    extra = {"HUB120_CONNECTOR_WEB_REPLY_URL": f"{site.address}/replies"}
    with hub_of_its_own("distributed", extra) as hub:
        found = await run(site, road, hub)
        stored = kept(hub)
        CONSOLE.print(hub.log(), markup=False)
    site.close()
    if road.failed or road.refused:
        CONSOLE.print(f"  failed calls {dict(road.failed)}, refused {dict(road.refused)}")
    return found, stored


def measure() -> list[Figure]:
    """One run."""
    CONSOLE.print(f"  {UNDER_WAY} contacts under way, {AGENTS} agents, {SECONDS:.0f} s after {WARM_UP_S:.0f} s")
    found, stored = event_loop.run(on_a_hub())
    road = found.road
    for name, used in found.used_s.items():
        each_ms = used / max(found.rate * found.took_s, 1) * 1000
        CONSOLE.print(f"  {name:16} {used / found.took_s:6.1%} of a core, {each_ms:5.2f} ms a contact")
    split = ", ".join(f"{name} {used / found.took_s:.0%}" for name, used in found.used_s.items())
    lost = max(road.accepted - road.ended, road.accepted - stored.cases, stored.still_open)
    twice = sum(count > 1 for count in (*road.replies.values(), *road.offered.values()))
    offers = f"offered after {percentile(road.offer_ms, 0.5):.0f} ms p50, {percentile(road.offer_ms, 0.99):.0f} ms p99"
    note = f"{road.accepted:,} accepted; {offers}; of a core: {split}; load {machine.load()}"
    return [
        Figure("contacts through the whole road, sustained", found.rate, "/s", 300, note=note),
        Figure("contacts lost", lost, "", 0, at_most=True),
        Figure("cases, replies or offers doubled", max(twice, stored.cases - road.accepted), "", 0, at_most=True),
    ]


if __name__ == "__main__":
    finish("Sustained", measure())
