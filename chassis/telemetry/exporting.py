"""Sending spans and metrics away: OTLP over HTTP, in both kinds of process, and nothing undeclared on the way.

The gRPC exporter does not live with eventlet, so there is one exporter for all. Sending happens in the background and
gives up rather than hold anything up; ``OTEL_EXPORTER_OTLP_COMPRESSION`` says whether it is compressed. Only a process
that sends imports this module: it weighs.
"""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable

from opentelemetry import metrics as metrics_api
from opentelemetry import trace as trace_api
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.metrics import AlwaysOffExemplarFilter, MeterProvider
from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
from opentelemetry.sdk.metrics.view import View
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan, Span, SpanLimits, SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.sampling import ParentBased, TraceIdRatioBased
from opentelemetry.trace import Status

from chassis.telemetry import attributes, metrics, spans

_TIMEOUT_S = 5.0
_SPANS_EVERY_S = 1.0
_MOST_WAITING = 20_000
_SCOPE = "hub120"


class Declared(SpanProcessor):
    """Lets only declared attributes through to the next processor; ``strict`` raises instead, for tests.

    Messages of exceptions and descriptions of states are free text, so they never pass.
    """

    def __init__(self, following: SpanProcessor, *, strict: bool = False) -> None:
        self._following = following
        self._strict = strict

    def on_start(self, span: Span, parent_context: Context | None = None) -> None:
        """Nothing to hold back yet."""
        self._following.on_start(span, parent_context)

    def on_end(self, span: ReadableSpan) -> None:
        """Pass the span on, without what is not declared."""
        carried = span.attributes or {}
        if not attributes.DECLARED.issuperset(carried):
            self._complain(span.name, [key for key in carried if key not in attributes.DECLARED])
            span = _cleaned(span)
        elif span.events or span.status.description:
            span = _cleaned(span)
        self._following.on_end(span)

    def _complain(self, name: str, undeclared: list[str]) -> None:
        if self._strict:
            raise attributes.UndeclaredAttribute(
                f"span {name!r} carries {', '.join(undeclared)}; declare them before use"
            )

    def shutdown(self) -> None:
        """Flush and stop."""
        self._following.shutdown()

    def force_flush(self, timeout_millis: int = 30_000) -> bool:
        """Send what is waiting."""
        return self._following.force_flush(timeout_millis)


def _cleaned(span: ReadableSpan) -> ReadableSpan:
    return ReadableSpan(
        name=span.name,
        context=span.get_span_context(),
        parent=span.parent,
        resource=span.resource,
        attributes={key: value for key, value in (span.attributes or {}).items() if key in attributes.DECLARED},
        links=span.links,
        kind=span.kind,
        status=Status(span.status.status_code),
        start_time=span.start_time,
        end_time=span.end_time,
        instrumentation_scope=span.instrumentation_scope,
    )


class Exporting:
    """The providers of a process that sends, from their start to their end."""

    def __init__(
        self, endpoint: str, resource: Resource, *, sample_ratio: float, strict: bool, metrics_every_s: float
    ) -> None:
        base = endpoint.rstrip("/")
        self._tracers = TracerProvider(
            sampler=ParentBased(TraceIdRatioBased(sample_ratio)),
            resource=resource,
            span_limits=SpanLimits(max_span_attribute_length=attributes.LONGEST_VALUE),
            shutdown_on_exit=False,
        )
        self._span_exporter = OTLPSpanExporter(f"{base}/v1/traces", timeout=_TIMEOUT_S)
        self._tracers.add_span_processor(Declared(_batches(self._span_exporter), strict=strict))
        self._metric_exporter = OTLPMetricExporter(f"{base}/v1/metrics", timeout=_TIMEOUT_S)
        self._meters = _meters(resource, self._metric_exporter, metrics_every_s)

    def begin(self) -> None:
        """Record from now on. Other libraries find the providers too; OpenTelemetry keeps the first it is given."""
        spans.record_with(self._tracers.get_tracer(_SCOPE, schema_url=attributes.SCHEMA_URL))
        metrics.bind(self._meters.get_meter(_SCOPE, schema_url=attributes.SCHEMA_URL))
        if not isinstance(trace_api.get_tracer_provider(), TracerProvider):
            trace_api.set_tracer_provider(self._tracers)
            metrics_api.set_meter_provider(self._meters)

    def flush(self, timeout_s: float) -> None:
        """Send what is waiting now."""
        _bounded(lambda: self._tracers.force_flush(int(timeout_s * 1000)), timeout_s)
        _bounded(lambda: self._meters.force_flush(timeout_s * 1000), timeout_s)

    def end(self, timeout_s: float) -> None:
        """Record nothing more, send what is waiting, and stop; after ``timeout_s`` even if nobody answers."""
        spans.record_with(None)
        metrics.unbind()
        if not _bounded(self._tracers.shutdown, timeout_s / 2):
            self._span_exporter.shutdown()  # type: ignore[no-untyped-call] # the library has no hint here
        if not _bounded(self._meters.shutdown, timeout_s / 2):
            self._metric_exporter.shutdown()


def described(service: str, instance_kind: str) -> Resource:
    """What says of everything sent which process it came from."""
    return Resource.create(
        {
            "service.name": service,
            "service.namespace": "hub120",
            "service.instance.id": str(uuid.uuid4()),
            attributes.INSTANCE_KIND: instance_kind,
        }
    )


def _batches(exporter: OTLPSpanExporter) -> SpanProcessor:
    return BatchSpanProcessor(exporter, max_queue_size=_MOST_WAITING, schedule_delay_millis=_SPANS_EVERY_S * 1000)


def _meters(resource: Resource, exporter: OTLPMetricExporter, every_s: float) -> MeterProvider:
    return MeterProvider(
        [PeriodicExportingMetricReader(exporter, export_interval_millis=every_s * 1000)],
        resource,
        views=[View(instrument_name="*", attribute_keys=set(attributes.COUNTABLE))],
        exemplar_filter=AlwaysOffExemplarFilter(),  # exemplars would carry what the view has taken away
        shutdown_on_exit=False,
    )


def _bounded(work: Callable[[], object], timeout_s: float) -> bool:
    """Do it on a thread, and say whether it was done in time."""
    thread = threading.Thread(target=work, daemon=True, name="telemetry-flush")
    thread.start()
    thread.join(timeout_s)
    return not thread.is_alive()
