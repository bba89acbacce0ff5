"""The bus as services see it: messages, queues, and the three things one does with them.

Two drivers keep this contract, ``local`` (a durable log in SQLite) and ``amqp`` (RabbitMQ quorum queues); the same
conformance tests run on both. Delivery is at least once: consumers make a second delivery harmless (the inbox).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

RETRY_DELAYS_S = (5, 60, 600)
"""How long a failed message waits before its next attempt; after the last it is dead."""


class Kind(StrEnum):
    """An event tells everyone who bound a queue to it; a task asks exactly one queue to do something."""

    EVENT = "event"
    TASK = "task"


@dataclass(frozen=True, slots=True)
class Message:
    """One message. ``key`` is the routing key of an event (its protobuf full name) or the queue of a task.

    ``headers`` are strings: CloudEvents attributes as ``cloudEvents_*`` and the W3C ``traceparent``. The body is
    protobuf and holds no personal data.
    """

    id: str
    kind: Kind
    key: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Queue:
    """A durable queue and the events bound to it. A task queue has no bindings: tasks name it."""

    name: str
    bindings: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message handed to a consumer, to be settled by exactly one of ``ack``, ``retry``, ``postpone`` and ``bury``."""

    message: Message
    attempt: int
    """1 for the first; counts attempts that ended in ``retry``."""
    tag: int
    """The driver's own handle."""


@dataclass(frozen=True, slots=True)
class Dead:
    """A message that was given up, with the reason."""

    id: str
    key: str
    queue: str
    attempts: int
    reason: str
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Depth:
    """How much lies in a queue."""

    ready: int
    """What waits, without what is in a consumer's hands or waits for its next attempt."""
    dead: int
    """What was given up."""


class PublishFailed(Exception):
    """Not every message of the batch was confirmed in time; none may be counted as sent."""


class BusUnavailable(Exception):
    """The bus cannot be reached now; try again later."""


class Consumer(Protocol):
    """Reads one queue. One owner (thread or greenlet) calls it; settling is safe from others of the same process.

    Settling does not raise when the bus is away: the message stays where it is and is delivered a second time.
    """

    def receive(self, limit: int, timeout_s: float) -> list[Delivery]:
        """What has arrived, at most ``limit``; waits up to ``timeout_s`` for the first. Raises ``BusUnavailable``."""
        ...

    def ack(self, deliveries: Sequence[Delivery]) -> None:
        """Done. A lost ack means a second delivery, never a lost message."""
        ...

    def retry(self, delivery: Delivery, reason: str, after_s: float = 0.0) -> None:
        """Failed: deliver again after the delay of its attempt, or the shortest delay not below ``after_s``; dead
        after the last. ``reason`` is one sentence without personal data."""
        ...

    def postpone(self, delivery: Delivery, reason: str, after_s: float = 0.0) -> None:
        """Not tried: deliver again as the same attempt, after the shortest delay not below ``after_s``. It is for the
        caller to end this some day."""
        ...

    def bury(self, delivery: Delivery, reason: str) -> None:
        """Hopeless: dead at once."""
        ...

    def close(self) -> None:
        """Stop reading; what is still in hand goes back to the queue."""
        ...


class Bus(Protocol):
    """A connection to the bus; safe to use from several threads or greenlets."""

    system: str
    """What telemetry calls it (``messaging.system``)."""

    def declare(self, queues: Sequence[Queue]) -> None:
        """Create queues and bindings where missing, never take any away. Idempotent."""
        ...

    def expect(self, queues: Sequence[str]) -> None:
        """Make sure that queues are there which others declare. Raises ``BusUnavailable`` while one is not."""
        ...

    def publish(self, messages: Sequence[Message], timeout_s: float = 10.0) -> None:
        """Publish a batch; returns when every message is stored by the bus. Raises ``PublishFailed`` or
        ``BusUnavailable``; a message may then have been published all the same. An event nobody is bound to is
        accepted; a task for a queue that does not exist raises ``PublishFailed``."""
        ...

    def consumer(self, queue: str, prefetch: int) -> Consumer:
        """A reader of one declared queue. Raises ``BusUnavailable``."""
        ...

    def subscribe(
        self, patterns: Sequence[str], deliver: Callable[[Message], None], stopped: Callable[[], bool]
    ) -> None:
        """Hand every event that matches from now on to ``deliver``, until ``stopped()``; not durable: what passes
        while nobody listens is gone. Blocks (run it on a thread or greenlet of its own); reconnects by itself and
        calls ``deliver`` never concurrently. ``patterns`` are event keys, ``*`` one word, ``#`` any number."""
        ...

    def ready(self, queue: str) -> int:
        """How many messages wait in the queue (not those in a consumer's hands). Raises ``BusUnavailable``."""
        ...

    def depths(self, queues: Sequence[str]) -> Mapping[str, Depth]:
        """How much lies in each of these queues; one that is not declared is left out. Raises ``BusUnavailable``."""
        ...

    def dead(self, queue: str, limit: int = 100) -> list[Dead]:
        """What was given up, oldest first; the messages stay."""
        ...

    def redrive(self, queue: str, ids: Sequence[str] = ()) -> int:
        """Put dead messages (all, or these) back with a fresh count of attempts; returns how many."""
        ...

    def close(self) -> None:
        """Let go of connections and files; consumers are closed by their owners, before."""
        ...
