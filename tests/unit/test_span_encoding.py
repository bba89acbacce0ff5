"""Spans on the wire: what the hub writes is what OpenTelemetry's own encoder writes."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from opentelemetry.exporter.otlp.proto.common.trace_encoder import encode_spans
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import (
    Link,
    NonRecordingSpan,
    SpanContext,
    SpanKind,
    Status,
    StatusCode,
    TraceFlags,
    set_span_in_context,
)

from chassis.telemetry.encoding import encoded

VALUES = st.one_of(st.booleans(), st.integers(-(2**63), 2**63 - 1), st.floats(allow_nan=False), st.text(max_size=20))
CONTEXTS = st.builds(
    lambda trace_id, span_id, remote: SpanContext(trace_id, span_id, remote, TraceFlags(TraceFlags.SAMPLED)),
    st.integers(1, 2**128 - 1),
    st.integers(1, 2**64 - 1),
    st.booleans(),
)
SPANS = st.lists(
    st.fixed_dictionaries(
        {
            "name": st.text(min_size=1, max_size=20),
            "kind": st.sampled_from(SpanKind),
            "parent": st.none() | CONTEXTS,
            "links": st.lists(CONTEXTS, max_size=2),
            "attributes": st.dictionaries(st.sampled_from(["a", "b", "c"]), VALUES),
            "status": st.sampled_from(StatusCode),
            "scope": st.sampled_from(["hub120", "another"]),
        }
    ),
    min_size=1,
    max_size=8,
)


def ended(of: list[dict[str, Any]]) -> tuple[ReadableSpan, ...]:
    """Spans as the SDK ends them."""
    memory = InMemorySpanExporter()
    provider = TracerProvider(resource=Resource({"service.name": "hub120", "a": 1}), shutdown_on_exit=False)
    provider.add_span_processor(SimpleSpanProcessor(memory))
    for one in of:
        tracer = provider.get_tracer(one["scope"], schema_url="https://example.org/schemas")
        context = set_span_in_context(NonRecordingSpan(one["parent"])) if one["parent"] else None
        links = [Link(to) for to in one["links"]]
        span = tracer.start_span(one["name"], context, one["kind"], one["attributes"], links)
        span.set_status(Status(one["status"]))
        span.end()
    return memory.get_finished_spans()


def by_scope(request: ExportTraceServiceRequest) -> ExportTraceServiceRequest:
    """The same, with an order among scopes that both have."""
    for resource in request.resource_spans:
        resource.scope_spans.sort(key=lambda one: one.scope.name)
    return request


@given(SPANS)
def test_the_hub_writes_what_the_library_writes(of: list[dict[str, Any]]) -> None:
    spans = ended(of)
    assert by_scope(encoded(spans)) == by_scope(encode_spans(spans))


def test_values_that_are_equal_to_python_stay_what_they_are() -> None:
    base = {"name": "x", "kind": SpanKind.INTERNAL, "parent": None, "links": [], "status": StatusCode.UNSET}
    spans = ended([{**base, "scope": "hub120", "attributes": {"a": value}} for value in (1, True, 1.0, "1")])
    found = encoded(spans).resource_spans[0].scope_spans[0].spans
    assert [one.attributes[0].value.WhichOneof("value") for one in found] == [
        "int_value",
        "bool_value",
        "double_value",
        "string_value",
    ]
