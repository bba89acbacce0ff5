"""Counters, gauges and histograms that modules declare at import, before anybody knows where metrics go.

Without an exporter they do nothing and cost nothing. From ``configure`` on, gauges are instruments of OpenTelemetry's
library; what is measured for each request is summed in ``tallies`` and read by ``summed``. What is declared is told by
``declared``, for documents and tests.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from opentelemetry.metrics import Meter, NoOpMeter, Observation

from chassis.telemetry.spans import Attributes
from chassis.telemetry.tallies import Tally

DURATIONS_S: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Bucket bounds for durations."""
AGES_S: Final = (0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 600.0, 3600.0)
"""Bucket bounds for how long something has waited."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """What an instrument measures: its name and unit (UCUM), its kind, and by which attributes it may be told apart."""

    name: str
    unit: str
    description: str
    kind: str
    attributes: tuple[str, ...] = ()


_Make = Callable[[Meter], Any]
_meter: Meter = NoOpMeter("hub120")
_declared: list[_Instrument] = []


class _Instrument:
    def __init__(self, declaration: Declaration) -> None:
        self.declaration = declaration
        _declared.append(self)
        self.bind(_meter)

    def bind(self, meter: Meter) -> None:
        """Measure with this meter from now on."""
        raise NotImplementedError


class _Made(_Instrument):
    """One of the library's."""

    def __init__(self, declaration: Declaration, make: _Make) -> None:
        self._make = make
        super().__init__(declaration)

    def bind(self, meter: Meter) -> None:
        self._real: Any = self._make(meter)


class Gauge(_Made):
    """How much there is of something now."""

    def set(self, amount: int | float, attributes: Attributes | None = None) -> None:
        """Say how much there is."""
        self._real.set(amount, attributes)


class Summed(_Instrument):
    """One of the hub's own: what was measured is summed for each set of its attributes."""

    def __init__(self, declaration: Declaration, bounds: Sequence[float] = ()) -> None:
        self.bounds = bounds
        super().__init__(declaration)

    def bind(self, meter: Meter) -> None:
        """Begin anew; nothing is summed that nobody reads."""
        heard = not isinstance(meter, NoOpMeter)
        self.tally = Tally(self.declaration.attributes, self.bounds) if heard else None


class Counter(Summed):
    """How often something happened."""

    def add(self, amount: int | float = 1, attributes: Attributes | None = None) -> None:
        """Count ``amount`` more."""
        if tally := self.tally:
            tally.add(amount, attributes)


class Histogram(Summed):
    """How something is spread, mostly durations."""

    def record(self, amount: int | float, attributes: Attributes | None = None, trace: str = "") -> None:
        """Add one measurement, of the span we are in or of a stored ``trace``: an example that leads from the metric to
        one request."""
        if tally := self.tally:
            tally.add(amount, attributes, trace)


def counter(name: str, unit: str, description: str, attributes: Sequence[str] = ()) -> Counter:
    """Declare a counter; ``unit`` is UCUM, for example ``{message}``."""
    return Counter(Declaration(name, unit, description, "counter", tuple(attributes)))


def gauge(name: str, unit: str, description: str, attributes: Sequence[str] = ()) -> Gauge:
    """Declare a gauge."""
    declaration = Declaration(name, unit, description, "gauge", tuple(attributes))
    return Gauge(declaration, lambda meter: meter.create_gauge(name, unit, description))


def observed(name: str, unit: str, description: str, read: Callable[[], float]) -> None:
    """Declare a gauge that is read when metrics are sent: for what changes too often to be said each time."""
    _observed(Declaration(name, unit, description, "gauge"), lambda _: [Observation(read())])


def observed_each(name: str, unit: str, description: str, by: str, read: Callable[[], Mapping[str, float]]) -> None:
    """Declare a gauge that is read when metrics are sent, one number for each value of the attribute ``by``."""
    _observed(
        Declaration(name, unit, description, "gauge", (by,)),
        lambda _: [Observation(amount, {by: value}) for value, amount in read().items()],
    )


def _observed(declared: Declaration, look: Callable[[Any], Sequence[Observation]]) -> None:
    name, unit, description = declared.name, declared.unit, declared.description
    _Made(declared, lambda meter: meter.create_observable_gauge(name, [look], unit, description))


def histogram(
    name: str, unit: str, description: str, bounds: Sequence[float] = DURATIONS_S, attributes: Sequence[str] = ()
) -> Histogram:
    """Declare a histogram; its bounds suit seconds unless said otherwise."""
    return Histogram(Declaration(name, unit, description, "histogram", tuple(attributes)), bounds)


def declared() -> Sequence[Declaration]:
    """Everything that modules loaded so far can measure, by name."""
    return sorted({one.declaration for one in _declared}, key=lambda one: one.name)


def summed() -> Sequence[tuple[Declaration, Tally]]:
    """What the hub sums itself, and what it has come to."""
    return [(one.declaration, one.tally) for one in _declared if isinstance(one, Summed) and one.tally is not None]


def bind(meter: Meter) -> None:
    """Let every instrument, declared already or later, measure with this meter."""
    global _meter  # noqa: PLW0603 - the process has one way of measuring
    _meter = meter
    for instrument in _declared:
        instrument.bind(meter)


def unbind() -> None:
    """Measure nothing from now on."""
    bind(NoOpMeter("hub120"))
