"""Sending spans and metrics away: OTLP over HTTP, in both kinds of process.

The gRPC exporter does not live with eventlet, so there is one exporter for all. Sending happens in the background and
gives up rather than hold anything up; ``OTEL_EXPORTER_OTLP_COMPRESSION`` says whether it is compressed. Only a process
that sends imports this module: it weighs.
"""

from __future__ import annotations

from opentelemetry import metrics as metrics_api
from opentelemetry.exporter.otlp.proto.http import trace_exporter
from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.metrics import AlwaysOffExemplarFilter, MeterProvider
from opentelemetry.sdk.metrics.export import MetricReader
from opentelemetry.sdk.metrics.view import View
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import SpanProcessor

from chassis.telemetry import attributes, encoding, metrics, recording
from chassis.telemetry.sending import Sender

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
        self._sender = Sender(self._metric_exporter, resource, metrics_every_s)
        self._meters = _meters(resource, self._sender.reader)

    def begin(self) -> None:
        """Measure from now on. Other libraries find the provider too; OpenTelemetry keeps the first it is given."""
        metrics.bind(self._meters.get_meter(recording.SCOPE, schema_url=attributes.SCHEMA_URL))
        if not isinstance(metrics_api.get_meter_provider(), MeterProvider):
            metrics_api.set_meter_provider(self._meters)
        self._sender.begin()

    def flush(self, timeout_s: float) -> None:
        """Send measurements now."""
        recording.bounded(self._sender.send, timeout_s)

    def give_up(self) -> None:
        """The collector takes no spans: try no more."""
        self._span_exporter.shutdown()  # type: ignore[no-untyped-call] # the library has no hint here

    def end(self, timeout_s: float) -> None:
        """Send what is there and stop, and measure nothing more; after ``timeout_s`` even if nobody answers."""
        ended = recording.bounded(self._sender.end, timeout_s)
        metrics.unbind()
        if not ended:
            self._metric_exporter.shutdown()


def _meters(resource: Resource, reader: MetricReader) -> MeterProvider:
    return MeterProvider(
        [reader],
        resource,
        views=[View(instrument_name="*", attribute_keys=set(attributes.COUNTABLE))],
        exemplar_filter=AlwaysOffExemplarFilter(),
        shutdown_on_exit=False,
    )
