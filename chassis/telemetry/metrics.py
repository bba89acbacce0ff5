"""Counters, gauges and histograms that modules declare at import, before anybody knows where metrics go.

Each stands for an instrument of OpenTelemetry and is bound to the real one when ``configure`` runs; without an
exporter it does nothing and costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from opentelemetry.metrics import Meter, NoOpMeter, Observation

from chassis.telemetry.spans import Attributes

DURATIONS_S: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Bucket bounds for durations."""

_Make = Callable[[Meter], Any]
_meter: Meter = NoOpMeter("hub120")
_declared: list[_Instrument] = []


class _Instrument:
    def __init__(self, make: _Make) -> None:
        self._make = make
        self._real: Any = make(_meter)
        _declared.append(self)

    def _bind(self, meter: Meter) -> None:
        self._real = self._make(meter)


class Counter(_Instrument):
    """How often something happened."""

    def add(self, amount: int | float = 1, attributes: Attributes | None = None) -> None:
        """Count ``amount`` more."""
        self._real.add(amount, attributes)


class Gauge(_Instrument):
    """How much there is of something now."""

    def set(self, amount: int | float, attributes: Attributes | None = None) -> None:
        """Say how much there is."""
        self._real.set(amount, attributes)


class Histogram(_Instrument):
    """How something is spread, mostly durations."""

    def record(self, amount: int | float, attributes: Attributes | None = None) -> None:
        """Add one measurement."""
        self._real.record(amount, attributes)


def counter(name: str, unit: str, description: str) -> Counter:
    """Declare a counter; ``unit`` is UCUM, for example ``{message}``."""
    return Counter(lambda meter: meter.create_counter(name, unit, description))


def gauge(name: str, unit: str, description: str) -> Gauge:
    """Declare a gauge."""
    return Gauge(lambda meter: meter.create_gauge(name, unit, description))


def observed(name: str, unit: str, description: str, read: Callable[[], float]) -> None:
    """Declare a gauge that is read when metrics are sent: for what changes too often to be said each time."""
    _Instrument(lambda meter: meter.create_observable_gauge(name, [lambda _: [Observation(read())]], unit, description))


def histogram(name: str, unit: str, description: str, bounds: Sequence[float] = DURATIONS_S) -> Histogram:
    """Declare a histogram; its bounds suit seconds unless said otherwise."""
    return Histogram(
        lambda meter: meter.create_histogram(name, unit, description, explicit_bucket_boundaries_advisory=bounds)
    )


def bind(meter: Meter) -> None:
    """Let every instrument, declared already or later, measure with this meter."""
    global _meter  # noqa: PLW0603 - the process has one way of measuring
    _meter = meter
    for instrument in _declared:
        instrument._bind(meter)


def unbind() -> None:
    """Measure nothing from now on."""
    bind(NoOpMeter("hub120"))
