"""Sums that the hub keeps itself: the same as OpenTelemetry's library makes of the same measurements, and bounded."""

from __future__ import annotations

import sys
import threading
import time
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
from opentelemetry.trace import NonRecordingSpan, SpanContext, TraceFlags, use_span

from chassis.telemetry import metrics, sending
from chassis.telemetry.tallies import MOST_SERIES, OVERFLOW, Tally
from tests.measuring import measuring

STORED = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
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
    with measuring():
        metrics._declared.clear()
        try:
            yield (
                metrics.counter("test.count", "{thing}", "Things", ["a", "b"]),
                metrics.histogram("test.spread", "s", "How long", BOUNDS, ["a", "b"]),
            )
        finally:
            metrics._declared[:] = declared


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

    def test_what_was_read_stays_as_it_was_and_its_examples_are_told_once(self) -> None:
        tally = Tally([], BOUNDS)
        tally.add(0.5, None, STORED)
        (before,) = tally.read(afresh=False)
        tally.add(0.5, None)
        (after,) = tally.read(afresh=False)
        assert (before.buckets, before.total, list(before.examples)) == ([0, 1, 0, 0], 0.5, [1])
        assert (after.buckets, after.total, list(after.examples)) == ([0, 2, 0, 0], 1.0, [])

    def test_a_series_that_is_begun_afresh_begins_where_the_last_was_read(self) -> None:
        tally = Tally(["a"])
        tally.add(1, {"a": "x"})
        (first,) = tally.read(afresh=False)
        (second,) = tally.read(afresh=True)
        read_ns = time.time_ns()
        tally.add(1, {"a": "x"})
        (third,) = tally.read(afresh=True)
        assert first.since_ns == second.since_ns <= third.since_ns <= read_ns

    @pytest.mark.parametrize(("flags", "leads"), [(0, False), (1, True)])
    def test_a_measurement_leads_to_the_span_around_it_if_it_is_recorded(self, flags: int, leads: bool) -> None:
        tally = Tally([])
        around = SpanContext(1, 2, False, TraceFlags(flags))
        with use_span(NonRecordingSpan(around)):
            tally.add(1, None)
        (series,) = tally.read(afresh=False)
        assert [one.span() for one in series.examples.values()] == ([around] if leads else [])

    def test_more_series_than_there_may_be_are_one(self) -> None:
        tally = Tally(["a"])
        for number in range(MOST_SERIES + 5):
            tally.add(1, {"a": str(number)})
        found = tally.read(afresh=False)
        assert len(found) == MOST_SERIES + 1
        assert found[-1].attributes == OVERFLOW
        assert found[-1].total == 5

    def test_threads_lose_nothing(self) -> None:
        turns_s = sys.getswitchinterval()
        sys.setswitchinterval(1e-6)
        try:
            self._lose_nothing()
        finally:
            sys.setswitchinterval(turns_s)

    def _lose_nothing(self) -> None:
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


class TestSummed:
    def test_what_nobody_reads_is_not_summed(self) -> None:
        counted = metrics.counter("test.unread", "{thing}", "Things")
        try:
            counted.add(1)
            assert not metrics.summed()
        finally:
            metrics._declared.remove(counted)

    def test_a_trace_that_cannot_be_read_leads_nowhere(self) -> None:
        with instruments() as (_, spread):
            spread.record(0.5, {}, "no trace 1")
            (told,) = sending.summed()
        assert not told.data.data_points[0].exemplars

    def test_points_say_since_when_they_count(self) -> None:
        with instruments() as (count, spread):
            count.add(1)
            spread.record(1)
            counted_ns = time.time_ns()
            points = [point for one in sending.summed() for point in one.data.data_points]
        assert len(points) == 2
        assert all((one.start_time_unix_nano or 0) <= counted_ns <= one.time_unix_nano for one in points)


class Exporter(MetricExporter):
    """A way out that keeps what it was given, at most one at a time."""

    def __init__(self, temporality: AggregationTemporality) -> None:
        super().__init__({classes.Counter: temporality})
        self.given: list[MetricsData] = []
        self.at_once = self.most_at_once = 0

    def export(self, metrics_data: MetricsData, timeout_millis: float = 10_000, **kwargs: Any) -> MetricExportResult:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        time.sleep(0.01)
        self.given.append(metrics_data)
        self.at_once -= 1
        return MetricExportResult.SUCCESS

    def force_flush(self, timeout_millis: float = 10_000) -> bool:
        return True

    def shutdown(self, timeout_millis: float = 30_000, **kwargs: Any) -> None:
        """Nothing to give back."""


def counts(given: MetricsData) -> dict[str, float]:
    """The counters in it."""
    metrics_in = [one for scope in given.resource_metrics[0].scope_metrics for one in scope.metrics]
    return {one.name: one.data.data_points[0].value for one in metrics_in}  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("how", "told"),
    [(AggregationTemporality.CUMULATIVE, [1, 2]), (AggregationTemporality.DELTA, [1, 1])],
)
def test_the_hubs_sums_and_those_of_other_libraries_are_sent_as_the_exporter_prefers(
    how: AggregationTemporality, told: list[int]
) -> None:
    exporter = Exporter(how)
    sender = sending.Sender(exporter, Resource({}), 1_000)
    theirs = MeterProvider([sender.reader], shutdown_on_exit=False).get_meter("another").create_counter("another.count")
    with instruments() as (ours, _):
        for _ in told:
            theirs.add(1)
            ours.add(1)
            sender.send()
    assert [counts(one) for one in exporter.given] == [{"another.count": one, "test.count": one} for one in told]


def test_an_exporter_is_given_one_thing_at_a_time() -> None:
    exporter = Exporter(AggregationTemporality.CUMULATIVE)
    sender = sending.Sender(exporter, Resource({}), 1_000)
    threads = [threading.Thread(target=sender.send) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert (len(exporter.given), exporter.most_at_once) == (4, 1)


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


def test_metrics_are_sent_again_whatever_happened_the_last_time(caplog: pytest.LogCaptureFixture) -> None:
    exporter = Failing()
    sender = sending.Sender(exporter, Resource({}), 0.01)
    sender.begin()
    assert exporter.taken.wait(20), "once more"
    sender.end()
    assert exporter.ended
    errors = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert errors == ["metrics were not sent"] * 2
