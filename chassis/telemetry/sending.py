"""Sending metrics now and then: what the library's instruments say, and beside it what the hub sums itself."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from opentelemetry.sdk import metrics as classes
from opentelemetry.sdk.metrics import Exemplar
from opentelemetry.sdk.metrics.export import (
    AggregationTemporality,
    Histogram,
    HistogramDataPoint,
    InMemoryMetricReader,
    Metric,
    MetricExporter,
    MetricsData,
    NumberDataPoint,
    ResourceMetrics,
    ScopeMetrics,
    Sum,
)
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.util.instrumentation import InstrumentationScope

from chassis.telemetry import attributes, metrics, recording
from chassis.telemetry.tallies import Series

_SCOPE: Final = InstrumentationScope(recording.SCOPE, schema_url=attributes.SCHEMA_URL)
_AS_USUAL: Final[Mapping[type, AggregationTemporality]] = {}
_log = logging.getLogger(__name__)


class Sender:
    """Sends on a thread of its own, and goes on whatever happened the last time."""

    def __init__(self, exporter: MetricExporter, resource: Resource, every_s: float) -> None:
        self._exporter, self._resource, self._every_s = exporter, resource, every_s
        self._temporality = exporter._preferred_temporality or {}  # the library's own reader takes it so too
        self.reader = InMemoryMetricReader(self._temporality)
        """What the library's instruments are read by."""
        self._ending, self._one_at_a_time = threading.Event(), threading.Lock()
        self._thread = threading.Thread(target=self._now_and_then, daemon=True, name="telemetry-metrics")

    def begin(self) -> None:
        """Send from now on."""
        self._thread.start()

    def _now_and_then(self) -> None:
        while not self._ending.wait(self._every_s):
            self.send()

    def send(self) -> None:
        """Send what there is now."""
        with self._one_at_a_time:
            try:
                self._exporter.export(MetricsData([self._read()]))
            except Exception:  # noqa: BLE001 - whatever the library raises, the next time may do
                _log.exception("metrics were not sent")

    def end(self) -> None:
        """Send once more and stop."""
        self._ending.set()
        self._thread.join()
        self.send()
        self._exporter.shutdown()

    def _read(self) -> ResourceMetrics:
        told = self.reader.get_metrics_data()
        found = {scope.scope: scope for one in (told.resource_metrics if told else ()) for scope in one.scope_metrics}
        said = found[_SCOPE].metrics if _SCOPE in found else ()
        found[_SCOPE] = ScopeMetrics(_SCOPE, [*said, *summed(self._temporality)], attributes.SCHEMA_URL)
        return ResourceMetrics(self._resource, list(found.values()), self._resource.schema_url)


def summed(temporality: Mapping[type, AggregationTemporality] = _AS_USUAL) -> Iterator[Metric]:
    """What the hub has summed, as the library writes it. *Delta* counts from the last time, *cumulative* from the start
    (OpenTelemetry Metrics Data Model, "Temporality")."""
    for declared, tally in metrics.summed():
        kind = classes.Histogram if declared.kind == "histogram" else classes.Counter
        how = temporality.get(kind, AggregationTemporality.CUMULATIVE)
        found, now_ns = tally.read(afresh=how is AggregationTemporality.DELTA), time.time_ns()
        if not found:
            continue
        if kind is classes.Counter:
            data: Histogram | Sum = Sum([_number(series, now_ns) for series in found], how, is_monotonic=True)
        else:
            data = Histogram([_spread(series, tally.bounds, now_ns) for series in found], how)
        yield Metric(declared.name, declared.description, declared.unit, data)


def _number(series: Series, now_ns: int) -> NumberDataPoint:
    return NumberDataPoint(series.attributes, series.since_ns, now_ns, series.total, _examples(series))


def _spread(series: Series, bounds: Sequence[float], now_ns: int) -> HistogramDataPoint:
    return HistogramDataPoint(
        series.attributes,
        series.since_ns,
        now_ns,
        count=sum(series.buckets),
        sum=series.total,
        bucket_counts=series.buckets,
        explicit_bounds=bounds,
        min=series.least,
        max=series.most,
        exemplars=_examples(series),
    )


def _examples(series: Series) -> list[Exemplar]:
    """Value and trace alone: attributes would be those that no metric may carry."""
    led = [(one, one.span()) for one in series.examples.values()]
    return [Exemplar({}, one.amount, one.time_ns, span.span_id, span.trace_id) for one, span in led if span]
