"""What telemetry costs: contacts a second on the whole road with everything sampled, one in ten, and nothing sent.

``python -m bench.telemetry``. Two hubs stand beside each other, on PostgreSQL and RabbitMQ: one sends, one does not;
three would have more connections than a PostgreSQL gives. In each round each gets the same load in turn, and they are
compared: what else the machine does meanwhile meets both. A collector that reads and forgets is a process of its own.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from statistics import median
from typing import Any, Final

import grpc

from bench import machine
from bench.figures import CONSOLE, Figure, finish
from bench.hubs import ROOT, Hub, hub_of_its_own
from bench.outside import Desk, QuickSite
from bench.sustained import AGENTS, CAPACITY, Road, contacts, drained
from chassis import event_loop
from tests.servers.machine import free_port

ROUNDS, ROUND_S, PREPARED = 12, 4.0, 4_000
SAMPLED: Final[Mapping[str, tuple[str, float]]] = {"everything sampled": ("1.0", 15.0), "one in ten": ("0.1", 5.0)}
"""What is sampled, the setting, and the most that it may cost, in per cent of the contacts a second."""


@dataclass(frozen=True)
class Standing:
    """A hub with its agents, and what is known of its contacts."""

    hub: Hub
    road: Road
    rates: list[float] = field(default_factory=list)

    async def one_round(self) -> None:
        """Contacts for a while, until all of them have ended."""
        began, before = time.perf_counter(), self.road.ended
        await contacts(self.road, self.hub, began + ROUND_S, PREPARED)
        await drained(self.road)
        self.rates.append((self.road.ended - before) / (time.perf_counter() - began))


@asynccontextmanager
async def standing(extra: Mapping[str, str]) -> AsyncIterator[Standing]:
    """One hub, its site and agents who take what comes."""
    road = Road()
    site = QuickSite(road.reply)
    await site.start()
    environment = {"HUB120_CONNECTOR_WEB_REPLY_URL": f"{site.address}/replies", **extra}
    with hub_of_its_own("distributed", environment) as hub:
        async with grpc.aio.insecure_channel(f"127.0.0.1:{hub.grpc_port}") as channel:
            desks = [Desk(hub, f"agent-{number}", channel, CAPACITY, road.offer, road.work) for number in range(AGENTS)]
            for desk in desks:
                await desk.arrive()
            watching = [asyncio.create_task(desk.watch()) for desk in desks]
            yield Standing(hub, road)
            for task in watching:
                task.cancel()
            await asyncio.gather(*watching, return_exceptions=True)
    site.close()


@dataclass(frozen=True, slots=True)
class Compared:
    """Contacts a second of each round, and how many contacts did not end."""

    bare: Sequence[float]
    sending: Sequence[float]
    lost: int


async def side_by_side(name: str, extra: Mapping[str, str]) -> Compared:
    """All rounds, after one to warm up; who is first changes."""
    async with AsyncExitStack() as stack:
        hubs = [await stack.enter_async_context(standing(settings)) for settings in ({}, extra)]
        for number in range(ROUNDS + 1):
            for one in hubs if number % 2 else reversed(hubs):
                await one.one_round()
            told = f"nothing sent {hubs[0].rates[-1]:.0f}/s, {name} {hubs[1].rates[-1]:.0f}/s"
            CONSOLE.print(f"  round {number}: {told}")
    lost = sum(one.road.accepted - one.road.ended for one in hubs)
    return Compared(hubs[0].rates[1:], hubs[1].rates[1:], lost)


def measure() -> list[Figure]:
    """Both comparisons."""
    figures, lost = [], 0
    for name, (ratio, most) in SAMPLED.items():
        with collecting() as collector:
            extra = {"HUB120_OTLP_ENDPOINT": collector, "HUB120_TRACE_RATIO": ratio}
            found = event_loop.run(side_by_side(name, extra))
        costs = [100 * (1 - rate / bare) for rate, bare in zip(found.sending, found.bare, strict=True)]
        spread = f"{min(costs):.0f} to {max(costs):.0f} % in {ROUNDS} rounds"
        note = f"{median(found.sending):.0f}/s of {median(found.bare):.0f}/s; {spread}; load {machine.load()}"
        figures.append(Figure(f"telemetry, {name}: costs of the throughput", median(costs), "%", most, True, note=note))
        lost += found.lost
    return [*figures, Figure("contacts lost", lost, "", 0, at_most=True)]


@contextmanager
def collecting() -> Iterator[str]:
    """A collector's address."""
    port = free_port()
    process = subprocess.Popen([sys.executable, "-m", "bench.telemetry", "collect", str(port)], cwd=ROOT)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


class _Collector(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        """Read, and forget."""
        self.rfile.read(int(self.headers["content-length"]))
        self.send_response(200)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """There is enough to print."""


if __name__ == "__main__":
    if sys.argv[1:2] == ["collect"]:
        ThreadingHTTPServer(("127.0.0.1", int(sys.argv[2])), _Collector).serve_forever()
    finish("Telemetry", measure())
