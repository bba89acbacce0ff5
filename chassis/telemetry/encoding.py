"""Spans as OTLP writes them (opentelemetry-proto, ``trace/v1/trace.proto``), for spans that ``recording`` lets through.

The library's own way costs two and a half times as much, and was the dearest part of a recorded contact: it hashes the
whole resource for each span, and makes each attribute anew. What one process sends has one resource and one scope, no
events, and the same few hundred pairs of name and value again and again. ``tests/unit/test_span_encoding.py`` compares
both ways.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.common.v1 import common_pb2
from opentelemetry.proto.common.v1.common_pb2 import AnyValue, KeyValue
from opentelemetry.proto.resource.v1.resource_pb2 import Resource
from opentelemetry.proto.trace.v1 import trace_pb2
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.util.instrumentation import InstrumentationScope
from opentelemetry.trace import INVALID_SPAN_CONTEXT, SpanContext, SpanKind, StatusCode

_KINDS: Final = {kind: trace_pb2.Span.SpanKind.Value(f"SPAN_KIND_{kind.name}") for kind in SpanKind}
_STATES: Final = {code: trace_pb2.Status.StatusCode.Value(f"STATUS_CODE_{code.name}") for code in StatusCode}
_REMEMBERED: Final = 4_096
"""Pairs of name and value; ids among them push one another out."""


def encoded(spans: Sequence[ReadableSpan]) -> ExportTraceServiceRequest:
    """A request that hands over spans of one process, of which there is one at least."""
    scopes: dict[InstrumentationScope | None, list[ReadableSpan]] = {}
    for span in spans:
        scopes.setdefault(span.instrumentation_scope, []).append(span)
    sender = spans[0].resource
    resource = trace_pb2.ResourceSpans(
        resource=Resource(attributes=_pairs(sender.attributes)),
        schema_url=sender.schema_url,
        scope_spans=[_within(scope, found) for scope, found in scopes.items()],
    )
    return ExportTraceServiceRequest(resource_spans=[resource])


def _within(scope: InstrumentationScope | None, spans: Iterable[ReadableSpan]) -> trace_pb2.ScopeSpans:
    if scope is None:
        return trace_pb2.ScopeSpans(spans=map(_span, spans))
    named = common_pb2.InstrumentationScope(name=scope.name, version=scope.version or "")
    return trace_pb2.ScopeSpans(scope=named, schema_url=scope.schema_url or "", spans=map(_span, spans))


def _span(span: ReadableSpan) -> trace_pb2.Span:
    context, parent = span.get_span_context() or INVALID_SPAN_CONTEXT, span.parent
    return trace_pb2.Span(
        trace_id=context.trace_id.to_bytes(16, "big"),
        span_id=context.span_id.to_bytes(8, "big"),
        parent_span_id=parent.span_id.to_bytes(8, "big") if parent else b"",
        name=span.name,
        kind=_KINDS[span.kind],
        start_time_unix_nano=span.start_time or 0,
        end_time_unix_nano=span.end_time or 0,
        attributes=_pairs(span.attributes or {}),
        links=[_link(link.context) for link in span.links],
        status=trace_pb2.Status(code=_STATES[span.status.status_code]),
        flags=_flags(parent),
    )


def _link(to: SpanContext) -> trace_pb2.Span.Link:
    return trace_pb2.Span.Link(
        trace_id=to.trace_id.to_bytes(16, "big"), span_id=to.span_id.to_bytes(8, "big"), flags=_flags(to)
    )


def _flags(of: SpanContext | None) -> int:
    remote = trace_pb2.SPAN_FLAGS_CONTEXT_IS_REMOTE_MASK if of and of.is_remote else 0
    return trace_pb2.SPAN_FLAGS_CONTEXT_HAS_IS_REMOTE_MASK | remote


def _pairs(attributes: Mapping[str, Any]) -> list[KeyValue]:
    return [_pair(name, type(value).__name__, value) for name, value in attributes.items()]


@lru_cache(maxsize=_REMEMBERED)
def _pair(name: str, kind: str, value: Any) -> KeyValue:
    """By its kind too: 1, 1.0 and True are the same to a dictionary."""
    return KeyValue(key=name, value=_value(value))


def _value(value: Any) -> AnyValue:
    if isinstance(value, bool):
        return AnyValue(bool_value=value)
    if isinstance(value, int):
        return AnyValue(int_value=value)
    if isinstance(value, float):
        return AnyValue(double_value=value)
    return AnyValue(string_value=str(value))
