"""Sums of what is measured often, kept by the hub and read when metrics are sent (docs/adr/0022).

A contact has some twenty measurements. The library takes fifteen times as long for one, for it asks at each what could
be asked once: which views there are, which attributes they leave, who reads.
"""

from __future__ import annotations

import time
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import inf
from threading import Lock
from typing import Any, Final, NamedTuple, Self

from opentelemetry.trace import SpanContext, get_current_span

from chassis.telemetry.spans import Attributes, Value, parse

MOST_SERIES: Final = 2_000
"""Of one instrument; what comes on top is one series together (OpenTelemetry Metrics SDK, "Cardinality limits")."""
OVERFLOW: Final = {"otel.metric.overflow": True}
"""What that series says of itself."""
_SAMPLED: Final = tuple("13579bdf")
"""What a traceparent ends in that is recorded somewhere, so that an example leads to it: the lowest bit of its flags is
set (W3C Trace Context, section 3.2.2.5)."""
_NOTHING: Final[Attributes] = {}


class Example(NamedTuple):
    """One measurement and the span it was taken in."""

    amount: float
    time_ns: int
    trace: SpanContext | str

    def span(self) -> SpanContext | None:
        """That span."""
        return parse(self.trace) if isinstance(self.trace, str) else self.trace


@dataclass(slots=True)
class Series:
    """What measurements with the same attributes have come to. ``buckets`` counts those up to each bound, and above;
    ``examples`` has the last of each bucket since they were read."""

    attributes: Mapping[str, Value]
    since_ns: int
    buckets: list[int]
    total: float = 0.0
    least: float = inf
    most: float = -inf
    examples: dict[int, Example] = field(default_factory=dict)

    def add(self, amount: float, bucket: int, example: Example | None) -> None:
        """One measurement more."""
        self.buckets[bucket] += 1
        self.total += amount
        self.least = min(self.least, amount)
        self.most = max(self.most, amount)
        if example:
            self.examples[bucket] = example

    def read(self) -> Self:
        """As it stands; its examples are told once."""
        examples, self.examples = self.examples, {}
        return replace(self, buckets=[*self.buckets], examples=examples)


class Tally:
    """The series of one instrument: one for each set of values of the attributes it declares; others are left out."""

    def __init__(self, attributes: Sequence[str], bounds: Sequence[float] = ()) -> None:
        self.bounds = tuple(bounds)
        self._attributes = tuple(attributes)
        self._series: dict[tuple[Any, ...], Series] = {}
        self._since_ns = 0
        self._lock = Lock()

    def add(self, amount: float, attributes: Attributes | None, trace: str = "") -> None:
        """One measurement, of the span we are in or of a stored ``trace``."""
        key = tuple(map((attributes or _NOTHING).get, self._attributes))
        bucket = bisect_left(self.bounds, amount)
        recorded = _recorded(trace)
        example = Example(amount, time.time_ns(), recorded) if recorded else None
        with self._lock:
            series = self._series.get(key) or self._another(key)
            series.add(amount, bucket, example)

    def _another(self, key: tuple[Any, ...]) -> Series:
        pairs = zip(self._attributes, key, strict=True)
        said: Mapping[str, Value] = {name: value for name, value in pairs if value is not None}
        if len(self._series) >= MOST_SERIES:
            key, said = tuple(OVERFLOW.items()), OVERFLOW
        empty = Series(said, self._since_ns or time.time_ns(), [0] * (len(self.bounds) + 1))
        return self._series.setdefault(key, empty)

    def read(self, *, afresh: bool) -> list[Series]:
        """Every series as it stands; ``afresh`` begins them anew (temporality *delta*)."""
        with self._lock:
            found = [series.read() for series in self._series.values()]
            if afresh:
                self._series, self._since_ns = {}, time.time_ns()
        return found


def _recorded(trace: str) -> SpanContext | str | None:
    """The span that a measurement leads to, if it is recorded anywhere."""
    if trace:
        return trace if trace.endswith(_SAMPLED) else None
    span = get_current_span().get_span_context()
    return span if span.trace_flags.sampled else None
