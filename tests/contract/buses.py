"""What the suites about the bus share: both drivers' addresses, messages to send, and other processes to talk to."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import kombu

from chassis.bus import Bus, Consumer, Delivery, Kind, Message, Queue, connect
from chassis.bus.amqp import topology
from tests.waiting import eventually

EVENT = "hub120.intake.v1.ContactReceived"
CASES = Queue("cases", frozenset({EVENT}))
WORK = Queue("connector.kakao.reply")
SHORT_DELAYS_S = (0.2, 0.4)
QUEUES = ("cases", "connector.kakao.reply", "all", "word", "echo", "green")
ROOT = Path(__file__).parents[2]


def event(key: str = EVENT, body: bytes = b"body", **headers: str) -> Message:
    """An event with an id of its own."""
    return Message(uuid4().hex, Kind.EVENT, key, headers, body)


def task(queue: str, body: bytes = b"body") -> Message:
    """A task with an id of its own."""
    return Message(uuid4().hex, Kind.TASK, queue, {}, body)


def numbered(count: int) -> list[Message]:
    """Events that carry their number."""
    return [event(body=b"%d" % number) for number in range(count)]


@contextmanager
def opened(address: str, *queues: Queue) -> Iterator[Bus]:
    """The bus with short retry delays and ``queues`` declared."""
    bus = connect(address, connection_name="conformance", retry_delays_s=SHORT_DELAYS_S)
    try:
        if queues:
            bus.declare(queues)
        yield bus
    finally:
        bus.close()


def delete_queues(address: str) -> None:
    """Delete what a test declared on RabbitMQ, of the few names that the suites use: quorum queues are not free."""
    server, _, namespace = address.partition("?namespace=")
    names = topology.Names(namespace, SHORT_DELAYS_S)
    with kombu.Connection(server) as connection, connection.channel() as channel:
        for queue in QUEUES:
            for name in (names.queue(queue), names.dead(queue), *(names.retry(queue, s) for s in SHORT_DELAYS_S)):
                channel.queue_delete(name)
        for exchange in (names.events, names.tasks):
            channel.exchange_delete(exchange)


@contextmanager
def reading(bus: Bus, queue: str, prefetch: int = 500) -> Iterator[Consumer]:
    """A consumer that is closed at the end."""
    consumer = bus.consumer(queue, prefetch)
    try:
        yield consumer
    finally:
        consumer.close()


def take(consumer: Consumer, count: int, within_s: float = 20.0) -> list[Delivery]:
    """Exactly ``count`` deliveries, received in as many goes as it takes and not settled."""
    taken: list[Delivery] = []
    deadline = time.monotonic() + within_s
    while len(taken) < count and time.monotonic() < deadline:
        taken += consumer.receive(count - len(taken), 1.0)
    assert len(taken) == count, f"{len(taken)} of {count} messages came within {within_s:g} s"
    return taken


def take_one(consumer: Consumer) -> Delivery:
    """The next delivery."""
    return take(consumer, 1)[0]


def quiet_s(bus: Bus) -> float:
    """How long nothing must come until nothing will: a broker sends when it likes, in a file everything lies there."""
    return 0.5 if bus.system == "rabbitmq" else 0.01


def drained(bus: Bus, queue: str) -> list[Message]:
    """Everything ready in the queue, acknowledged."""
    messages: list[Message] = []
    with reading(bus, queue) as consumer:
        while deliveries := consumer.receive(500, quiet_s(bus)):
            messages += [delivery.message for delivery in deliveries]
            consumer.ack(deliveries)
    return messages


class Listener:
    """A subscription on a thread, with all that it heard; ready once a first event has come through."""

    def __init__(self, bus: Bus, patterns: Sequence[str], deliver: Callable[[Message], None] | None = None) -> None:
        self.heard: list[Message] = []
        self._stop = threading.Event()
        self._deliver = deliver
        self._thread = threading.Thread(
            target=bus.subscribe, args=([*patterns, "test.started"], self._hear, self._stop.is_set)
        )
        self._started = threading.Event()
        self._thread.start()
        eventually(lambda: self._hears_of_a_start(bus), what="the subscription hearing an event")

    def stop(self) -> None:
        """End the subscription and wait for its thread."""
        self._stop.set()
        self._thread.join(timeout=20)
        assert not self._thread.is_alive(), "subscribe did not return after it was stopped"

    def _hears_of_a_start(self, bus: Bus) -> bool:
        bus.publish([event("test.started")])
        return self._started.wait(0.2)

    def _hear(self, message: Message) -> None:
        if message.key == "test.started":
            self._started.set()
            return
        self.heard.append(message)
        if self._deliver is not None:
            self._deliver(message)


@contextmanager
def listening(bus: Bus, *patterns: str, deliver: Callable[[Message], None] | None = None) -> Iterator[list[Message]]:
    """What a subscription hears, from now on."""
    listener = Listener(bus, patterns, deliver)
    try:
        yield listener.heard
    finally:
        listener.stop()


class Child:
    """Another process on the bus, running a role of ``bus_child``; it talks in lines of JSON."""

    def __init__(self, role: str, address: str, *arguments: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.contract.bus_child", role, address, *arguments],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stdin=subprocess.PIPE,
            text=True,
        )

    def says(self) -> Any:
        """The next line it prints."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, f"the process ended with {self._process.wait()} before it said anything"
        return json.loads(line)

    def go(self) -> None:
        """Give it the line it waits for."""
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()

    def kill(self) -> None:
        """SIGKILL."""
        self._process.kill()
        self.end()

    def end(self) -> None:
        """Close its input, which asks it to end, and wait."""
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.close()
        self._process.wait(timeout=60)
        if self._process.stdout is not None:
            self._process.stdout.close()


@contextmanager
def child(role: str, address: str, *arguments: object) -> Iterator[Child]:
    """A child that does not outlive the test."""
    process = Child(role, address, *map(str, arguments))
    try:
        yield process
    finally:
        process.kill()
