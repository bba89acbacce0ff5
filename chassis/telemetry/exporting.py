"""Sending spans and metrics away: OTLP over HTTP, in both kinds of process.

The gRPC exporter does not live with eventlet, so there is one exporter for all. Sending happens in the background and
gives up rather than hold anything up; ``OTEL_EXPORTER_OTLP_COMPRESSION`` says whether it is compressed. Only a process
that sends imports this module: it weighs.
"""

from __future__ import annotations

from collections.abc import Callable

from opentelemetry import metrics as metrics_api
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http import trace_exporter
from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.metrics import (
    AlignedHistogramBucketExemplarReservoir,
    ExemplarReservoir,
    MeterProvider,
    SimpleFixedSizeExemplarReservoir,
    TraceBasedExemplarFilter,
)
from opentelemetry.sdk.metrics._internal.aggregation import _ExplicitBucketHistogramAggregation
from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
from opentelemetry.sdk.metrics.view import View
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import SpanProcessor

from chassis.telemetry import attributes, encoding, metrics, recording

trace_exporter.encode_spans = encoding.encoded  # type: ignore[attr-defined,assignment] # it takes no other way

_TIMEOUT_S = 5.0
_SPANS_EVERY_S = 1.0


class Exporting:
    """What a process sends to one collector, from its start to its end."""

    def __init__(self, endpoint: str, resource: Resource, *, metrics_every_s: float) -> None:
        base = endpoint.rstrip("/")
        self._span_exporter = OTLPSpanExporter(f"{base}/v1/traces", timeout=_TIMEOUT_S)
        self.spans: SpanProcessor = recording.batches(self._span_exporter, _SPANS_EVERY_S)
        """Where recorded spans are handed over."""
        self._metric_exporter = OTLPMetricExporter(f"{base}/v1/metrics", timeout=_TIMEOUT_S)
        self._meters = _meters(resource, self._metric_exporter, metrics_every_s)

    def begin(self) -> None:
        """Measure from now on. Other libraries find the provider too; OpenTelemetry keeps the first it is given."""
        metrics.bind(self._meters.get_meter(recording.SCOPE, schema_url=attributes.SCHEMA_URL))
        if not isinstance(metrics_api.get_meter_provider(), MeterProvider):
            metrics_api.set_meter_provider(self._meters)

    def flush(self, timeout_s: float) -> None:
        """Send measurements now."""
        recording.bounded(lambda: self._meters.force_flush(timeout_s * 1000), timeout_s)

    def give_up(self) -> None:
        """The collector takes no spans: try no more."""
        self._span_exporter.shutdown()  # type: ignore[no-untyped-call] # the library has no hint here

    def end(self, timeout_s: float) -> None:
        """Measure nothing more, send what is there, and stop; after ``timeout_s`` even if nobody answers."""
        metrics.unbind()
        if not recording.bounded(self._meters.shutdown, timeout_s):
            self._metric_exporter.shutdown()


def _meters(resource: Resource, exporter: OTLPMetricExporter, every_s: float) -> MeterProvider:
    return MeterProvider(
        [PeriodicExportingMetricReader(exporter, export_interval_millis=every_s * 1000)],
        resource,
        views=[
            View(instrument_name="*", attribute_keys=set(attributes.COUNTABLE), exemplar_reservoir_factory=_examples)
        ],
        exemplar_filter=TraceBasedExemplarFilter(),
        shutdown_on_exit=False,
    )


class _Bare:
    """Keeps of an example its value and its trace alone: attributes would be those that the view has taken away."""

    def offer(self, value: float, time_unix_nano: int, attributes: object, context: Context) -> None:
        """Take one measurement."""
        super().offer(value, time_unix_nano, None, context)  # type: ignore[misc] # the reservoir beside it


class _InBuckets(_Bare, AlignedHistogramBucketExemplarReservoir):
    """The last example of each bucket."""


class _Few(_Bare, SimpleFixedSizeExemplarReservoir):
    """One example."""


def _examples(aggregation: type[object]) -> Callable[..., ExemplarReservoir]:
    return _InBuckets if issubclass(aggregation, _ExplicitBucketHistogramAggregation) else _Few
