"""What is known of every message afterwards: its span, how long handling it took, how old it was, and how it ended.

A handler is at work inside a ``Handling``; who called it says how that ended once it is settled. ``ages`` knows from
what was taken how old what still waits may be.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from enum import StrEnum
from types import TracebackType
from typing import Final, Self

from google.protobuf.message import Message as Proto
from opentelemetry.trace import SpanKind

from chassis import telemetry
from chassis.bus.ports import Delivery
from chassis.messages import age_s
from chassis.telemetry import attributes as known

_SAID: Final = (known.MESSAGING_SYSTEM, known.MESSAGING_OPERATION, known.MESSAGING_DESTINATION, known.MESSAGE_TYPE)
_durations = telemetry.histogram(
    "messaging.process.duration",
    "s",
    "How long handling an event or a task takes, by how it ended: done, retry (again later), postponed (not tried),"
    " failed (again later, or dead)",
    attributes=(*_SAID, known.OUTCOME),
)
_ages = telemetry.histogram(
    "hub120.message.age", "s", "How old an event or a task is when it has been handled", telemetry.AGES_S, _SAID
)


class Ended(StrEnum):
    """How the handling of a message ended."""

    DONE = "done"
    RETRY = "retry"
    POSTPONED = "postponed"
    FAILED = "failed"


class Handling:
    """One message being handled: a ``with`` block around its handler, told later how it ended."""

    def __init__(self, delivery: Delivery, body: Proto | None, service: str, system: str) -> None:
        self._delivery = delivery
        self._said = {
            known.MESSAGING_SYSTEM: system,
            known.MESSAGING_OPERATION: "process",
            known.MESSAGING_DESTINATION: service,
        }
        self._type = type_of(delivery).rpartition(".")[2]
        self._span = self._around(body, service)
        self._trace, self._began, self._took_s = "", time.perf_counter(), 0.0

    def _around(self, body: Proto | None, service: str) -> AbstractContextManager[telemetry.Span]:
        message = self._delivery.message
        return telemetry.span(
            f"process {self._type}",
            kind=SpanKind.CONSUMER,
            attributes={
                **self._said,
                known.SERVICE: service,
                known.MESSAGING_OPERATION_TYPE: "process",
                known.MESSAGING_MESSAGE_ID: message.id,
            },
            parent=message.headers.get("traceparent"),
            about=body,
        )

    def __enter__(self) -> Self:
        self._span.__enter__()
        self._trace, self._began = telemetry.traceparent(), time.perf_counter()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._took_s = time.perf_counter() - self._began
        self._span.__exit__(kind, error, trace)

    def ended(self, outcome: Ended, now: datetime) -> None:
        """Count it."""
        said = {**self._said, known.MESSAGE_TYPE: self._type}
        _durations.record(self._took_s, {**said, known.OUTCOME: outcome.value}, self._trace)
        if outcome is Ended.DONE:
            _ages.record(max(0.0, age_s(self._delivery.message, now)), said, self._trace)


def type_of(delivery: Delivery) -> str:
    """The full name of what a message says or asks for."""
    return delivery.message.headers.get("cloudEvents_type", "")


class Ages:
    """How old the oldest message that waits in a queue may be: it was made after the last one that was taken, and came
    after the queue was seen empty. No bus tells it without taking the message."""

    def __init__(self) -> None:
        self._after: dict[str, float] = {}

    def took(self, queue: str, deliveries: Sequence[Delivery], now: datetime) -> None:
        """These were taken, the last one last."""
        self._not_before(queue, now.timestamp() - age_s(deliveries[-1].message, now))

    def waiting(self, queue: str, ready: int, now: datetime) -> float | None:
        """How old the oldest is at most, of so many; None where this process does not read the queue."""
        if queue not in self._after:
            return None
        if not ready:
            self._not_before(queue, now.timestamp())
        return max(0.0, now.timestamp() - self._after[queue]) if ready else 0.0

    def reads(self, queue: str, now: datetime) -> None:
        """This process reads the queue from now on."""
        self._not_before(queue, now.timestamp())

    def _not_before(self, queue: str, moment: float) -> None:
        self._after[queue] = max(moment, self._after.get(queue, 0.0))


ages = Ages()
"""Those of this process."""
