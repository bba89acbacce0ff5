"""Two hundred wall pages and two hundred desks on one console: how soon a citizen's message is in the events of every
wall, and how soon and how large the first page is.

``python -m bench.wall_page``. A hub of its own on PostgreSQL and RabbitMQ; the console runs in its one api process. The
pages are kept HTTP connections that read their events as browsers do, and draw nothing. Nobody is there to answer, so
each message waits, and the count of those who wait tells which message a wall shows. The clock runs from the first byte
of the webhook to the bytes of that count, all on the same processors.
"""

from __future__ import annotations

import asyncio
import random
import re
import time
from collections.abc import Callable
from typing import cast

import grpc
import httpx
from hub120.routing.v1 import routing_service_pb2 as routing
from hub120.routing.v1 import routing_service_pb2_grpc as routing_grpc
from hub120.routing.v1 import work_pb2

from bench import machine
from bench.figures import CONSOLE, Figure, finish
from bench.hubs import Hub, hub_of_its_own
from bench.outside import Citizens, milliseconds_since, percentile, signed_request
from chassis import event_loop

WALLS, DESKS = 200, 200
EVENTS, PACE_S, WITHIN_S = 100, (0.05, 0.95), 60.0
LOADS = 20
P95_MS, PAGE_MS, PAGE_KB = 500.0, 200.0, 150.0
_WAITING = re.compile(rb'"id":"wall-waiting","html":"<p class=\\"huge\\">(\d+)<')
_NAMED = re.compile(r'(?:href|src)="(/static/[^"]+)"')
_IMPORTED = re.compile(r'from "\./([a-z_]+\.js)"')
_LONGEST_MARK = 200


class Clock:
    """What the walls wait for, and how long each took."""

    def __init__(self) -> None:
        self.expected, self.since = 0, 0.0
        self.took: list[float] = []

    def expect(self, waiting: int) -> None:
        """From now on the clock runs for this count."""
        self.expected, self.since = waiting, time.perf_counter()


class Wall(asyncio.Protocol):
    """An open wall page."""

    def __init__(self, request: bytes, clock: Clock) -> None:
        self._request, self._clock, self._tail = request, clock, b""
        self.shown = -1

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the events."""
        cast(asyncio.Transport, transport).write(self._request)

    def data_received(self, data: bytes) -> None:
        """Look for the count."""
        heard = self._tail + data
        for found in _WAITING.finditer(heard):
            waiting = int(found[1])
            if 0 <= self.shown < self._clock.expected <= waiting:
                self._clock.took.append(milliseconds_since(self._clock.since))
            self.shown = waiting
        self._tail = heard[-_LONGEST_MARK:]


class Desk(asyncio.Protocol):
    """An open desk page."""

    def __init__(self, request: bytes) -> None:
        self._request, self.heard = request, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the events."""
        cast(asyncio.Transport, transport).write(self._request)

    def data_received(self, data: bytes) -> None:
        """Note that it is told."""
        self.heard = self.heard or (data if b"event: part" in data else b"")


def signed_in(hub: Hub, subject: str, role: str) -> str:
    """The cookie of somebody's session."""
    token = dict(hub.metadata(subject, role))["authorization"].removeprefix("Bearer ")
    there = f"http://127.0.0.1:{hub.http_port}"
    told = httpx.post(
        f"{there}/sign-in", data={"token": token, "next": "/"}, headers={"origin": there}
    ).raise_for_status()
    return "; ".join(f"{name}={value}" for name, value in told.cookies.items())


def agents(hub: Hub) -> None:
    """Agents who are not at work."""
    with grpc.insecure_channel(f"127.0.0.1:{hub.grpc_port}") as channel:
        stub = routing_grpc.RoutingServiceStub(channel)  # type: ignore[no-untyped-call] # generated
        for number in range(DESKS):
            record = work_pb2.Agent(id=f"agent-{number}", languages=["ko"], capacity=25)
            stub.PutAgent(routing.PutAgentRequest(agent=record), metadata=hub.metadata("chief", "supervisor"))


def first_pages(hub: Hub, cookie: str) -> tuple[list[float], float]:
    """Milliseconds until the page was there, again and again, and how large it is with all that it names, in KB."""
    with httpx.Client(base_url=f"http://127.0.0.1:{hub.http_port}", headers={"cookie": cookie}) as browser:
        took = []
        for _ in range(LOADS):
            started = time.perf_counter()
            page = browser.get("/wall").raise_for_status()
            took.append(milliseconds_since(started))
        sizes: dict[str, int] = {"/wall": len(page.content)}
        left = _NAMED.findall(page.text)
        while left:
            if (one := left.pop()) not in sizes:
                found = browser.get(one).raise_for_status()
                sizes[one] = len(found.content)
                left += [f"{one.rpartition('/')[0]}/{name}" for name in _IMPORTED.findall(found.text)]
    return took, sum(sizes.values()) / 1000


async def _until(check: Callable[[], bool], what: str) -> None:
    deadline = time.perf_counter() + WITHIN_S
    while not check():
        assert time.perf_counter() < deadline, what
        await asyncio.sleep(0.005)


def asks(hub: Hub, path: str, cookie: str) -> bytes:
    """A browser's request for a page's events."""
    lines = f"GET {path} HTTP/1.1\r\nhost: 127.0.0.1:{hub.http_port}\r\ncookie: {cookie}\r\n"
    return f"{lines}accept: text/event-stream\r\naccept-language: ko\r\n\r\n".encode()


async def run(hub: Hub, wall: str, desks: list[str]) -> tuple[list[float], list[float], float]:
    """Milliseconds from webhook to wall, of each wall and message; then those of first pages, and their KB."""
    clock, citizens, luck = Clock(), Citizens(hub.http_port), random.Random(7)
    walls = [Wall(asks(hub, "/wall/live", wall), clock) for _ in range(WALLS)]
    opened = [Desk(asks(hub, "/desk/live", cookie)) for cookie in desks]
    loop = asyncio.get_running_loop()
    for page in (*walls, *opened):
        await loop.create_connection(lambda page=page: page, "127.0.0.1", hub.http_port)  # type: ignore[misc] # this one
    await _until(lambda: min(one.shown for one in walls) >= 0, "a wall is not told")
    await _until(lambda: all(one.heard for one in opened), "a desk is not told")
    for number in range(1, EVENTS + 1):
        await asyncio.sleep(luck.uniform(*PACE_S))
        request = signed_request(hub.http_port)
        clock.expect(number)
        await citizens.send(request)
        await _until(lambda number=number: min(one.shown for one in walls) >= number, "a wall does not show it")  # type: ignore[misc] # of this round
    took, kilobytes = await asyncio.to_thread(first_pages, hub, wall)
    return clock.took, took, kilobytes


def measure() -> list[Figure]:
    """One run."""
    CONSOLE.print(f"  {WALLS} walls and {DESKS} desks, {EVENTS} messages")
    with hub_of_its_own("distributed") as hub:
        agents(hub)
        wall = signed_in(hub, "wall", "display")
        desks = [signed_in(hub, f"agent-{number}", "agent") for number in range(DESKS)]
        took, pages, kilobytes = event_loop.run(run(hub, wall, desks))
        rss, _ = machine.memory_mb(hub.processes["api"].pid)
    note = f"{len(took):,} measured; the api process has {rss:.0f} MB; load {machine.load()}"
    what = f"a citizen's message in the events of each of {WALLS} walls beside {DESKS} desks"
    return [
        Figure(f"{what}: p50", percentile(took, 0.5), "ms", note=note),
        Figure(f"{what}: p95", percentile(took, 0.95), "ms", P95_MS, at_most=True),
        Figure("the wall's first page, beside them: p95", percentile(pages, 0.95), "ms", PAGE_MS, at_most=True),
        Figure("the wall's first page with its scripts and styles", kilobytes, "KB", PAGE_KB, at_most=True),
    ]


if __name__ == "__main__":
    finish("Wall page", measure())
