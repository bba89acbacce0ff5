"""Recording: the provider of spans of a process that keeps or sends them, and nothing undeclared on the way.

It knows no destination: ``keeping`` has a file, ``exporting`` a collector. Handing over happens in the background, and
spans are dropped rather than anything held up.
"""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Sequence

from opentelemetry import trace as trace_api
from opentelemetry.context import Context
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan, Span, SpanLimits, SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter
from opentelemetry.sdk.trace.sampling import ParentBased, TraceIdRatioBased
from opentelemetry.trace import Status

from chassis.telemetry import attributes, spans

SCOPE = "hub120"
_MOST_WAITING = 20_000


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


class Recording:
    """The recording of a process, from its start to its end."""

    def __init__(
        self, resource: Resource, following: Sequence[SpanProcessor], *, sample_ratio: float, strict: bool
    ) -> None:
        self._tracers = TracerProvider(
            sampler=ParentBased(TraceIdRatioBased(sample_ratio)),
            resource=resource,
            span_limits=SpanLimits(max_span_attribute_length=attributes.LONGEST_VALUE),
            shutdown_on_exit=False,
        )
        for processor in following:
            self._tracers.add_span_processor(Declared(processor, strict=strict))

    def begin(self) -> None:
        """Record from now on. Other libraries find the provider too; OpenTelemetry keeps the first it is given."""
        spans.record_with(self._tracers.get_tracer(SCOPE, schema_url=attributes.SCHEMA_URL))
        if not isinstance(trace_api.get_tracer_provider(), TracerProvider):
            trace_api.set_tracer_provider(self._tracers)

    def flush(self, timeout_s: float) -> None:
        """Hand over what is waiting now."""
        bounded(lambda: self._tracers.force_flush(int(timeout_s * 1000)), timeout_s)

    def end(self, timeout_s: float) -> bool:
        """Record nothing more and hand over what is waiting; False if that was not done after ``timeout_s``."""
        spans.record_with(None)
        return bounded(self._tracers.shutdown, timeout_s)


def described(service: str, instance_kind: str) -> Resource:
    """What says of everything recorded which process it came from."""
    return Resource.create(
        {
            "service.name": service,
            "service.namespace": "hub120",
            "service.instance.id": str(uuid.uuid4()),
            attributes.INSTANCE_KIND: instance_kind,
        }
    )


def batches(exporter: SpanExporter, every_s: float, most: int | None = None) -> SpanProcessor:
    """Hands spans over in batches, of ``most`` at once, in the background."""
    return BatchSpanProcessor(
        exporter, max_queue_size=_MOST_WAITING, schedule_delay_millis=every_s * 1000, max_export_batch_size=most
    )


def bounded(work: Callable[[], object], timeout_s: float) -> bool:
    """Do it on a thread, and say whether it was done in time."""
    thread = threading.Thread(target=work, daemon=True, name="telemetry-flush")
    thread.start()
    thread.join(timeout_s)
    return not thread.is_alive()
