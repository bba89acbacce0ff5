"""Runs the three in turn on the same servers, several rounds, and counts what comes out.

``python -m bench.event_road``. Each finds a queue full of events with bodies of 500 bytes, and is measured for some
seconds from its first hundred on.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

import kombu
import sqlalchemy as sa
from hub120.intake.v1 import events_pb2

from bench import machine
from bench.event_road import ROWS, SERVICE, tables
from bench.figures import CONSOLE, Figure, finish
from bench.surroundings import Broker, Surroundings, surroundings
from chassis import messages
from chassis.bus import Queue, connect
from chassis.engines import open_engine
from chassis.process import topology
from chassis.service import installed
from tests.servers.postgres import plain
from tests.waiting import eventually

ROUNDS, SECONDS, START_S = 3, 5.0, 60.0
PADDING = "x" * 400
OUT = Queue("road-out", frozenset({messages.key_of(events_pb2.CaseClosed)}))


@dataclass(frozen=True, slots=True)
class Runner:
    """One of the three: how to fill its queue, which module is its process, and where its events come out."""

    name: str
    module: str
    events: int
    fill: Callable[[Surroundings, int], None]
    out: str


def prepare(around: Surroundings) -> sa.Engine:
    """Tables and queues."""
    engine = open_engine(around.database, SERVICE.name, 2)
    with engine.begin() as connection:
        connection.execute(sa.text(f"CREATE SCHEMA {SERVICE.name}"))
        tables.metadata.create_all(connection)
        connection.execute(sa.text(f"INSERT INTO tally SELECT number, 0 FROM generate_series(0, {ROWS - 1}) AS number"))
    bus = connect(around.bus)
    others = [Queue(one.name) for one in topology(installed())]  # a relay waits for them; nothing is to go there
    bus.declare([SERVICE.queue, OUT, *others])
    bus.close()
    broker = Broker(around.broker)
    for queue in ("faststream-in", "faststream-out", "nameko-out"):
        broker.quorum(around.namespace + queue)
    exchange = f"{around.namespace}nameko.events"
    broker.channel.exchange_declare(exchange, "topic", durable=True, auto_delete=False)
    broker.channel.queue_bind(around.namespace + "nameko-out", exchange, routing_key="case_closed")
    source, handled = f"{around.namespace}source.events", nameko_queue(around)
    broker.channel.exchange_declare(source, "topic", durable=True, auto_delete=False)
    broker.channel.queue_declare(handled, durable=True, auto_delete=False)
    broker.channel.queue_bind(handled, source, routing_key="contact_received")
    broker.close()
    return engine


def nameko_queue(around: Surroundings) -> str:
    """The queue nameko makes for the handler."""
    space = around.namespace
    return f"evt-{space}source-contact_received--{space}nameko.contact_received"


def fill_ours(around: Surroundings, count: int) -> None:
    """As the hub's outbox would have them."""
    bus, now = connect(around.bus), datetime.now(UTC)
    for start in range(0, count, 500):
        batch = []
        for number in range(start, min(start + 500, count)):
            body = events_pb2.ContactReceived(case_id=str(number % ROWS), contact_id=uuid4().hex, citizen_id=PADDING)
            batch.append(messages.event(body, source="bench", subject="s", now=now, traceparent=""))
        bus.publish(batch)
    bus.close()


def fill_json(exchange: str, key: str) -> Callable[[Surroundings, int], None]:
    """JSON bodies of the same size, persistent, into an exchange."""

    def fill(around: Surroundings, count: int) -> None:
        with kombu.Connection(around.broker) as connection:
            producer = connection.Producer()
            for number in range(count):
                event = {"id": uuid4().hex, "case_id": str(number % ROWS), "padding": PADDING}
                to = around.namespace + exchange if exchange else ""
                routing_key = key if exchange else around.namespace + key
                producer.publish(event, exchange=to, routing_key=routing_key, serializer="json", delivery_mode=2)

    return fill


RUNNERS = [
    Runner("hub120", "bench.event_road.ours", 40_000, fill_ours, OUT.name),
    Runner(
        "nameko", "bench.event_road.stock_nameko", 5_000, fill_json("source.events", "contact_received"), "nameko-out"
    ),
    Runner("FastStream", "bench.event_road.stock_faststream", 15_000, fill_json("", "faststream-in"), "faststream-out"),
]


def environment(around: Surroundings) -> dict[str, str]:
    """For all three."""
    around.keyring()
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("HUB120_")},
        "HUB120_DATA_DIR": str(around.folder),
        "HUB120_DATABASE": around.database,
        "HUB120_BUS": around.bus,
        "HUB120_KEYS_FILE": str(around.folder / "keyring.json"),
        "HUB120_WORKER_ADDRESS": "127.0.0.1:0",
        "BENCH_POSTGRES": plain(around.database),
        "BENCH_BROKER": around.broker,
        "BENCH_NAMESPACE": around.namespace,
    }


@contextmanager
def running(runner: Runner, around: Surroundings) -> Iterator[subprocess.Popen[bytes]]:
    """Its process."""
    log = around.folder / f"{runner.name}.log"
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", runner.module], env=environment(around), stdout=output, stderr=output
        )
    try:
        yield process
    except AssertionError:
        CONSOLE.print(log.read_text()[-6000:], markup=False)
        raise
    finally:
        process.kill()
        process.wait()


def rate(runner: Runner, around: Surroundings, broker: Broker, engine: sa.Engine) -> tuple[float, float]:
    """Events a second, and seconds of processor of its process for each."""
    runner.fill(around, runner.events)
    out = around.namespace + runner.out
    with running(runner, around) as process:
        eventually(lambda: broker.depth(out) >= 100, START_S, f"{runner.name} at work")
        before, started, used = broker.depth(out), time.perf_counter(), machine.cpu_s(process.pid)
        while time.perf_counter() - started < SECONDS and broker.depth(out) < runner.events:
            time.sleep(0.05)
        done, took_s = broker.depth(out) - before, time.perf_counter() - started
        used = machine.cpu_s(process.pid) - used
    check(runner, broker.depth(out), engine)
    for queue in (out, around.namespace + SERVICE.name, around.namespace + "faststream-in", nameko_queue(around)):
        broker.channel.queue_purge(queue)
    return done / took_s, used / max(done, 1)


def check(runner: Runner, out: int, engine: sa.Engine) -> None:
    """Each event handled changed its row once, and for each that came out one was handled. Then empty the tables."""
    with engine.begin() as connection:
        handled = connection.execute(sa.text("SELECT count(*) FROM inbox")).scalar_one()
        changed = connection.execute(sa.text("SELECT sum(events) FROM tally")).scalar_one()
        waiting = connection.execute(sa.text("SELECT count(*) FROM outbox")).scalar_one()
        connection.execute(sa.text("TRUNCATE inbox, outbox"))
        connection.execute(sa.text("UPDATE tally SET events = 0"))
    assert handled == changed, f"{runner.name}: {handled} in the inbox, {changed} changes"
    assert runner.name != "hub120" or out + waiting >= handled, f"hub120: {out} out and {waiting} waiting of {handled}"


def measure() -> list[Figure]:
    """Interleaved rounds; medians."""
    rates: dict[str, list[float]] = {runner.name: [] for runner in RUNNERS}
    with surroundings() as around:
        engine, broker = prepare(around), Broker(around.broker)
        for number in range(1, ROUNDS + 1):
            for runner in RUNNERS:
                found, used = rate(runner, around, broker, engine)
                rates[runner.name].append(found)
                each = f"{found:,.0f}/s, {used * 1e6:,.0f} µs of processor each"
                CONSOLE.print(f"  round {number} of {ROUNDS}, {runner.name}: {each}")
        broker.close()
        engine.dispose()
    return told(*(statistics.median(rates[runner.name]) for runner in RUNNERS))


def told(ours: float, nameko: float, faststream: float) -> list[Figure]:
    """The three rates as figures."""
    road = "event in, transaction, event out"
    against = f"{road}: ratio to"
    return [
        Figure(road, ours, "/s", note=f"load {machine.load()}"),
        Figure(f"{against} stock nameko", ours / nameko, "×", 5, ratio=ours / nameko, note=f"{nameko:,.0f}/s"),
        Figure(
            f"{against} FastStream", ours / faststream, "×", 2, ratio=ours / faststream, note=f"{faststream:,.0f}/s"
        ),
    ]


if __name__ == "__main__":
    finish("Event road", measure())
