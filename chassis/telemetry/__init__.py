"""Traces and metrics, from the first line: what may be said about a request, and where it is sent.

``attributes`` declares what may be said, ``spans`` and ``metrics`` say it, ``exporting`` sends it and ``configuring``
says where. It leaves logs to ``chassis.logs``, which take the trace id from here.
"""

from opentelemetry.trace import Span, SpanKind

from chassis.telemetry import attributes
from chassis.telemetry.attributes import UndeclaredAttribute
from chassis.telemetry.configuring import configure, flush, shutdown
from chassis.telemetry.metrics import Counter, Gauge, Histogram, counter, gauge, histogram, observed
from chassis.telemetry.spans import continue_from, current, fail, parse, span, trace_id, traceparent

__all__ = [
    "Counter",
    "Gauge",
    "Histogram",
    "Span",
    "SpanKind",
    "UndeclaredAttribute",
    "attributes",
    "configure",
    "continue_from",
    "counter",
    "current",
    "fail",
    "flush",
    "gauge",
    "histogram",
    "observed",
    "parse",
    "shutdown",
    "span",
    "trace_id",
    "traceparent",
]
