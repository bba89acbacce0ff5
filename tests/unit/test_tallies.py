"""Sums that the hub keeps itself: the same as OpenTelemetry's library makes of the same measurements, and bounded."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opentelemetry.sdk import metrics as classes
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import (
    AggregationTemporality,
    HistogramDataPoint,
    InMemoryMetricReader,
    Metric,
    MetricExporter,
    MetricExportResult,
    MetricsData,
    NumberDataPoint,
)
from opentelemetry.sdk.resources import Resource

from chassis.telemetry import metrics, sending
from chassis.telemetry.tallies import MOST_SERIES, OVERFLOW, Tally

BOUNDS = (0.1, 1.0, 10.0)
MEASURED = st.lists(
    st.tuples(
        st.sampled_from([0.0, 0.1, 0.10001, 1.0, 5.0, 10.0, 99.0]) | st.floats(0, 1e6),
        st.dictionaries(st.sampled_from(["a", "b"]), st.sampled_from(["x", "y"])),
    ),
    max_size=20,
)
ROUNDS = st.lists(MEASURED, min_size=1, max_size=3)
TEMPORALITIES = st.sampled_from([AggregationTemporality.CUMULATIVE, AggregationTemporality.DELTA])


@contextmanager
def instruments() -> Iterator[tuple[metrics.Counter, metrics.Histogram]]:
    """A counter and a histogram that nobody else has."""
    declared = list(metrics._declared)
    metrics.bind(MeterProvider(shutdown_on_exit=False).get_meter("test"))
    try:
        metrics._declared.clear()
        yield (
            metrics.counter("test.count", "{thing}", "Things", ["a", "b"]),
            metrics.histogram("test.spread", "s", "How long", BOUNDS, ["a", "b"]),
        )
    finally:
        metrics._declared[:] = declared
        metrics.unbind()


def points(found: Sequence[Metric]) -> dict[object, object]:
    """What was measured, without when; what is empty says nothing."""
    told: dict[object, object] = {}
    for metric in found:
        for point in metric.data.data_points:
            key = (metric.name, metric.unit, *sorted((point.attributes or {}).items()))
            if isinstance(point, NumberDataPoint):
                told[key] = pytest.approx(point.value)
            elif isinstance(point, HistogramDataPoint):
                spread = (list(point.bucket_counts), tuple(point.explicit_bounds), point.count, point.min, point.max)
                told[key] = (*spread, pytest.approx(point.sum))
    return told


class TestBesideTheLibrary:
    @given(ROUNDS, TEMPORALITIES)
    def test_the_same_measurements_come_to_the_same(
        self, rounds: list[list[tuple[float, dict[str, str]]]], how: AggregationTemporality
    ) -> None:
        preferred: dict[type, AggregationTemporality] = {classes.Counter: how, classes.Histogram: how}
        reader = InMemoryMetricReader(preferred)
        meter = MeterProvider([reader], shutdown_on_exit=False).get_meter("hub120")
        count = meter.create_counter("test.count", "{thing}", "Things")
        spread = meter.create_histogram("test.spread", "s", "How long", explicit_bucket_boundaries_advisory=BOUNDS)
        with instruments() as (own_count, own_spread):
            for measured in rounds:
                for amount, said in measured:
                    count.add(amount, said)
                    own_count.add(amount, said)
                    spread.record(amount, said)
                    own_spread.record(amount, said)
                told = reader.get_metrics_data()
                theirs = [one for of in (told.resource_metrics if told else []) for one in of.scope_metrics[0].metrics]
                ours = list(sending.summed(preferred))
                assert points(ours) == points(theirs)
                assert {one.data.aggregation_temporality for one in ours} <= {how}  # type: ignore[union-attr]


class TestTally:
    def test_what_is_not_declared_makes_no_series(self) -> None:
        tally = Tally(["a"])
        tally.add(1, {"a": "x", "hub120.case.id": "1"})
        tally.add(2, {"a": "x", "hub120.case.id": "2"})
        (series,) = tally.read(afresh=False)
        assert (series.attributes, series.total) == ({"a": "x"}, 3)

    def test_more_series_than_there_may_be_are_one(self) -> None:
        tally = Tally(["a"])
        for number in range(MOST_SERIES + 5):
            tally.add(1, {"a": str(number)})
        found = tally.read(afresh=False)
        assert len(found) == MOST_SERIES + 1
        assert found[-1].attributes == OVERFLOW
        assert found[-1].total == 5

    def test_threads_lose_nothing(self) -> None:
        tally = Tally(["a"], BOUNDS)
        read: list[float] = []

        def write() -> None:
            for _ in range(5_000):
                tally.add(1, {"a": "x"})

        writing = [threading.Thread(target=write) for _ in range(4)]
        for one in writing:
            one.start()
        while any(one.is_alive() for one in writing):
            read += [series.total for series in tally.read(afresh=True)]
        read += [series.total for series in tally.read(afresh=True)]
        assert sum(read) == 20_000


class Failing(MetricExporter):
    """A way out that fails at first."""

    def __init__(self) -> None:
        super().__init__()
        self.tried, self.taken, self.ended = 0, threading.Event(), False

    def export(self, metrics_data: MetricsData, timeout_millis: float = 10_000, **kwargs: Any) -> MetricExportResult:
        self.tried += 1
        if self.tried < 3:
            raise RuntimeError("a defect of the library's")
        self.taken.set()
        return MetricExportResult.SUCCESS

    def force_flush(self, timeout_millis: float = 10_000) -> bool:
        return True

    def shutdown(self, timeout_millis: float = 30_000, **kwargs: Any) -> None:
        self.ended = True


def test_metrics_are_sent_again_whatever_happened_the_last_time() -> None:
    exporter = Failing()
    sender = sending.Sender(exporter, Resource({}), 0.01)
    sender.begin()
    assert exporter.taken.wait(20), "once more"
    sender.end()
    assert exporter.ended
