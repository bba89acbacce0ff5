"""Notices from RabbitMQ through one worker to one provider, and two providers of which one hangs.

``python -m bench.notices``. The provider counts what arrives in this process; the clock of a delay runs from the
publish to the arrival.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from uuid import uuid4

from hub120.intake.v1 import events_pb2

from bench import machine
from bench.figures import CONSOLE, Figure, finish
from bench.hubs import SECRET
from bench.outside import QuickSite, percentile
from bench.surroundings import Surroundings, surroundings
from chassis import event_loop, messages
from chassis.bus import Queue, connect
from chassis.bus.ports import Message
from chassis.connectors.queues import bulk_queue

LIMIT, NOTICES, SETTLED, SECONDS = 1_000, 20_000, 3_000, 10.0
"""So many a second are allowed; counted are ten seconds after the first 3,000, the burst among them."""
UNLIMITED = 50_000
PACED, PACE_S, HANGING = 600, 0.01, 64
START_S = 60.0


class Arrivals:
    """When each notice arrived at the provider."""

    def __init__(self) -> None:
        self.at: dict[str, float] = {}
        self.times: list[float] = []
        self.twice = 0

    def __call__(self, text: str) -> None:
        """A notice."""
        now = time.perf_counter()
        self.twice += text in self.at
        self.at[text] = now
        self.times.append(now)


def notice(queue: str, connector: str, notice_id: str, now: datetime) -> Message:
    """A task as a service's outbox would have it."""
    body = events_pb2.SendReply(reply_id=notice_id, channel=connector)
    return messages.task(queue, body, source="bench", subject="s", now=now, traceparent="")


def publish(around: Surroundings, connector: str, ids: Sequence[str]) -> None:
    """Into the connector's bulk queue."""
    bus, queue, now = connect(around.bus), bulk_queue(connector), datetime.now(UTC)
    bus.declare([Queue(queue)])
    for start in range(0, len(ids), 500):
        bodies = [events_pb2.SendReply(reply_id=one, channel=connector) for one in ids[start : start + 500]]
        bus.publish(
            [messages.task(queue, body, source="bench", subject="s", now=now, traceparent="") for body in bodies]
        )
    bus.close()


@contextmanager
def worker(around: Surroundings, site: QuickSite, extra: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """The hub's worker process."""
    around.keyring()
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("HUB120_")},
        "HUB120_DATA_DIR": str(around.folder),
        "HUB120_DATABASE": around.database,
        "HUB120_BUS": around.bus,
        "HUB120_KEYS_FILE": str(around.folder / "keyring.json"),
        "HUB120_WORKER_ADDRESS": "127.0.0.1:0",
        "HUB120_LOG_LEVEL": "error",
        "HUB120_CONNECTOR_WEB_REPLY_URL": f"{site.address}/replies",
        "HUB120_CONNECTOR_WEB_SIGNING_SECRET": SECRET,
        "HUB120_CONNECTOR_WEB_LIMIT_PARALLEL_SENDS": "64",
        **extra,
    }
    process = subprocess.Popen([sys.executable, "-m", "bench.notices.ours"], env=environment)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=60)


async def rate(around: Surroundings, limit: int, seconds: float) -> tuple[float, int, float]:
    """Notices a second once the flow is steady, how many came twice, and seconds of the worker's processor for each."""
    arrivals = Arrivals()
    site = QuickSite(arrivals)
    await site.start()
    await asyncio.to_thread(publish, around, "web", [uuid4().hex for _ in range(NOTICES)])
    with worker(around, site, {"HUB120_CONNECTOR_WEB_LIMIT_SENDS_PER_SECOND": str(limit)}) as process:
        await _until(lambda: len(arrivals.times) >= SETTLED)
        before, began, used = len(arrivals.times), time.perf_counter(), machine.cpu_s(process.pid)
        await asyncio.sleep(seconds)
        done, took_s = len(arrivals.times) - before, time.perf_counter() - began
        used = machine.cpu_s(process.pid) - used
        await _until(lambda: len(arrivals.at) == NOTICES)
    site.close()
    return done / took_s, arrivals.twice, used / max(done, 1)


async def delays(around: Surroundings, hanging: bool) -> list[float]:
    """Milliseconds from the publish of a notice to its arrival, while the other provider hangs or not."""
    arrivals, silent = Arrivals(), await asyncio.start_server(_say_nothing, "127.0.0.1", 0)
    site = QuickSite(arrivals)
    await site.start()
    sms = f"http://127.0.0.1:{silent.sockets[0].getsockname()[1]}"
    extra = {
        "HUB120_CONNECTOR_SMS_TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
        "HUB120_CONNECTOR_SMS_TWILIO_AUTH_TOKEN": "0" * 32,
        "HUB120_CONNECTOR_SMS_TWILIO_FROM_NUMBER": "+827000000000",
        "HUB120_CONNECTOR_SMS_TWILIO_BASE_URL": sms,
    }
    sent: dict[str, float] = {}
    with worker(around, site, extra):
        warm = [uuid4().hex for _ in range(20)]
        await asyncio.to_thread(publish, around, "web", warm)
        await _until(lambda: len(arrivals.at) == len(warm))
        if hanging:
            await asyncio.to_thread(publish, around, "sms_twilio", [uuid4().hex for _ in range(HANGING)])
            await asyncio.sleep(1.0)
        await asyncio.to_thread(_pace, around, sent)
        await _until(lambda: sent.keys() <= arrivals.at.keys())
    site.close()
    silent.close()
    return [(arrivals.at[one] - at) * 1000 for one, at in sent.items()]


def _pace(around: Surroundings, sent: dict[str, float]) -> None:
    bus, queue = connect(around.bus), bulk_queue("web")
    for _ in range(PACED):
        one = uuid4().hex
        sent[one] = time.perf_counter()
        bus.publish([notice(queue, "web", one, datetime.now(UTC))])
        time.sleep(max(0.0, sent[one] + PACE_S - time.perf_counter()))
    bus.close()


async def _say_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while await reader.read(65_536):
        pass


async def _until(condition: object) -> None:
    deadline = time.perf_counter() + START_S
    while not condition():  # type: ignore[operator] # a function
        assert time.perf_counter() < deadline, "it did not come that far in time"
        await asyncio.sleep(0.05)


def measure() -> list[Figure]:
    """All four."""
    with surroundings() as around:
        kept, twice, used = event_loop.run(rate(around, LIMIT, SECONDS))
        CONSOLE.print(f"  at most {LIMIT:,}/s: {kept:,.0f}/s, {used * 1e6:,.0f} µs of the worker's processor each")
        most, _, _ = event_loop.run(rate(around, UNLIMITED, 4.0))
        CONSOLE.print(f"  unlimited: {most:,.0f}/s")
        alone, beside = (event_loop.run(delays(around, hanging)) for hanging in (False, True))
    p99 = [percentile(one, 0.99) for one in (alone, beside)]
    CONSOLE.print(f"  delay p99: {p99[0]:.1f} ms alone, {p99[1]:.1f} ms beside a provider that hangs")
    told = (
        f"p50 {percentile(alone, 0.5):.1f} and {percentile(beside, 0.5):.1f} ms, p99 {p99[0]:.1f} and {p99[1]:.1f} ms"
    )
    return [
        Figure("notices to one provider, no limit", most, "/s", LIMIT, note=f"load {machine.load()}"),
        Figure(f"a limit of {LIMIT:,}/s: off by", abs(kept / LIMIT - 1) * 100, "%", 5, at_most=True,
               note=f"{kept:,.0f}/s"),
        Figure("notices sent twice", twice, "", 0, at_most=True),
        Figure("delay beside a provider that hangs, p99", p99[1] / p99[0], "×", 2, at_most=True, note=told),
    ]  # fmt: skip


if __name__ == "__main__":
    finish("Notices", measure())
