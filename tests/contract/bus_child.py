"""The other process in tests of the bus: ``python -m tests.contract.bus_child <role> <address> …``, see ``ROLES``."""

from __future__ import annotations

import sys

if sys.argv[1] == "green":  # before anything else is imported, as in a worker
    import eventlet

    eventlet.monkey_patch()

import json
import time
from typing import Any

from chassis.bus import Bus, Queue
from tests.contract.buses import EVENT, event, listening, numbered, opened, quiet_s, reading, take
from tests.waiting import eventually


def say(answer: Any) -> None:
    """Tell the parent."""
    print(json.dumps(answer), flush=True)


def hold(bus: Bus, queue: str, count: str) -> None:
    """Take messages and neither settle nor give them back until the parent says so."""
    with reading(bus, queue) as consumer:
        say([delivery.message.id for delivery in take(consumer, int(count))])
        sys.stdin.read()


def publish(bus: Bus, count: str) -> None:
    """Publish numbered events, a hundred at a time."""
    messages = numbered(int(count))
    for start in range(0, len(messages), 100):
        bus.publish(messages[start : start + 100])
    say([message.id for message in messages])


def share(bus: Bus, queue: str) -> None:
    """Take and acknowledge until nothing comes for a while."""
    seen = []
    with reading(bus, queue, prefetch=50) as consumer:
        say("ready")
        sys.stdin.readline()
        while deliveries := consumer.receive(50, 0.5 + 3 * quiet_s(bus)):
            seen += [delivery.message.id for delivery in deliveries]
            consumer.ack(deliveries)
    say(seen)


def open_at_once(bus: Bus, name: str) -> None:
    """Declare and publish as soon as the parent says, as others do."""
    say("ready")
    sys.stdin.readline()
    bus.declare([Queue(name, frozenset({EVENT}))])
    bus.publish([event()])
    say("done")


def echo(bus: Bus, count: str) -> None:
    """Hear events on a subscription and take them from a queue, and say when each came by either way."""
    heard: list[float] = []
    taken: list[float] = []
    with listening(bus, EVENT, deliver=lambda _: heard.append(time.time())), reading(bus, "echo") as consumer:
        say("ready")
        while len(taken) < int(count):
            deliveries = consumer.receive(100, 5.0)
            taken += [time.time()] * len(deliveries)
            consumer.ack(deliveries)
        eventually(lambda: len(heard) >= int(count))
    say({"heard": heard, "taken": taken})


class Green:
    """A worker's life in greenlets: publish, consume, settle elsewhere, subscribe, and watch whether all get to run."""

    def __init__(self, bus: Bus, count: int) -> None:
        self.bus, self.count = bus, count
        self.taken: list[str] = []
        self.heard: list[str] = []
        self.ticks = 0
        self.longest_gap_s = 0.0
        self.done = False

    def consume(self) -> None:
        """Receive in batches, each acknowledged by a greenlet of its own."""
        with reading(self.bus, "green", prefetch=100) as consumer:
            while len(set(self.taken)) < self.count:
                deliveries = consumer.receive(20, 5.0)
                self.taken += [delivery.message.id for delivery in deliveries]
                eventlet.spawn(consumer.ack, deliveries)
            eventlet.sleep(0.2)  # the last greenlets acknowledge before their consumer leaves

    def publish(self) -> None:
        """A message at a time, each confirmed."""
        for _ in range(self.count // 8):
            self.bus.publish([event()])

    def watch(self) -> None:
        """Wake every few milliseconds and note the longest time between two wakings."""
        last = time.monotonic()
        while not self.done:
            eventlet.sleep(0.005)
            now = time.monotonic()
            self.ticks += 1
            self.longest_gap_s, last = max(self.longest_gap_s, now - last), now

    def run(self) -> dict[str, Any]:
        """All at once; first an idle second, in which waiting must not hold up anybody."""
        eventlet.spawn(self.consume)
        with listening(self.bus, EVENT, deliver=lambda message: self.heard.append(message.id)):
            eventlet.spawn(self.watch)
            eventlet.sleep(1.0)
            idle_ticks = self.ticks
            publishers = [eventlet.spawn(self.publish) for _ in range(8)]
            with eventlet.Timeout(40):
                for publisher in publishers:
                    publisher.wait()
                while len(set(self.taken)) < self.count or len(self.heard) < self.count:
                    eventlet.sleep(0.02)
            eventlet.sleep(0.5)
            self.done = True
        return {
            "taken": len(self.taken),
            "heard": len(self.heard),
            "left": self.bus.ready("green"),
            "ticks_in_an_idle_second": idle_ticks,
            "longest_gap_s": self.longest_gap_s,
        }


def green(bus: Bus, count: str) -> None:
    """See ``Green``."""
    bus.declare([Queue("green", frozenset({EVENT}))])
    say(Green(bus, int(count)).run())


ROLES = {role.__name__: role for role in (hold, publish, share, open_at_once, echo, green)}

if __name__ == "__main__":
    with opened(sys.argv[2]) as connected:
        ROLES[sys.argv[1]](connected, *sys.argv[3:])
