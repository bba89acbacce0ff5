"""Traces and metrics, from the first line: what may be said about a request, and where it is sent.

``attributes`` declares what may be said, ``spans``, ``naming`` and ``metrics`` say it, ``tallies`` sum measurements.
``recording`` hands it to what ``configuring`` chose: ``exporting`` sends it (spans by ``encoding``, metrics by
``sending``), ``keeping`` writes it to a file, which ``kept`` reads. It leaves logs to ``chassis.logs``, which take the
trace id from here.
"""

from opentelemetry.trace import Span, SpanKind

from chassis.telemetry import attributes
from chassis.telemetry.attributes import UndeclaredAttribute
from chassis.telemetry.configuring import Keep, configure, flush, shutdown
from chassis.telemetry.metrics import (
    AGES_S,
    DURATIONS_S,
    Counter,
    Gauge,
    Histogram,
    counter,
    gauge,
    histogram,
    observed,
    observed_each,
)
from chassis.telemetry.spans import (
    Value,
    concerns,
    continue_from,
    current,
    fail,
    is_recording,
    parse,
    recorded,
    span,
    trace_id,
    traceparent,
    unrecorded,
    working_for,
)

__all__ = [
    "AGES_S",
    "DURATIONS_S",
    "Counter",
    "Gauge",
    "Histogram",
    "Keep",
    "Span",
    "SpanKind",
    "UndeclaredAttribute",
    "Value",
    "attributes",
    "concerns",
    "configure",
    "continue_from",
    "counter",
    "current",
    "fail",
    "flush",
    "gauge",
    "histogram",
    "is_recording",
    "observed",
    "observed_each",
    "parse",
    "recorded",
    "shutdown",
    "span",
    "trace_id",
    "traceparent",
    "unrecorded",
    "working_for",
]
