"""Spans and the W3C trace context that ties them together across processes, the outbox and the bus.

A stored ``traceparent`` is how a trace outlives a process: ``span(parent=…)`` goes on from it, ``continue_from`` lets
everything inside a block go on from it while remembering where the block was entered from. Without an exporter a
span costs two random numbers: ids go on to be made, logged and handed on, and nothing is recorded.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import Token
from datetime import datetime
from types import TracebackType
from typing import Any

from opentelemetry import context as otel
from opentelemetry.context import Context
from opentelemetry.trace import (
    INVALID_SPAN_CONTEXT,
    Link,
    NonRecordingSpan,
    Span,
    SpanContext,
    SpanKind,
    Status,
    StatusCode,
    TraceFlags,
    Tracer,
    get_current_span,
    set_span_in_context,
)

from chassis.telemetry import attributes as known
from chassis.telemetry.naming import named_in

Value = str | bool | int | float
Attributes = Mapping[str, Value]

_HEADER = re.compile(r"00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})")
_PENDING = otel.create_key("hub120-links")
_SERVICE = otel.create_key("hub120-service")
_ids = random.Random()  # noqa: S311 - a generator of its own, so that seeding the common one repeats no trace
_SAMPLED = TraceFlags(TraceFlags.SAMPLED)
_tracer: Tracer | None = None
"""None while nothing is exported."""


def record_with(tracer: Tracer | None) -> None:
    """Record spans with this tracer from now on; with None only make ids."""
    global _tracer  # noqa: PLW0603 - the process has one way of recording
    _tracer = tracer


def is_recording() -> bool:
    """Whether spans are kept or sent anywhere."""
    return _tracer is not None


class _Block:
    """One span as a ``with`` block; a class, because a generator costs twice as much on the hot path."""

    __slots__ = ("_about", "_attributes", "_kind", "_links", "_name", "_parent", "_span", "_token")
    _span: Span
    _token: Token[Context]

    def __init__(
        self, name: str, kind: SpanKind, attributes: Attributes | None, parent: str | None, links: Iterable[str],
        about: Any,
    ) -> None:  # fmt: skip
        self._name, self._kind, self._attributes, self._parent, self._links = name, kind, attributes, parent, links
        self._about = about

    def __enter__(self) -> Span:
        context = otel.get_current()
        if self._parent and (given := parse(self._parent)):
            context = set_span_in_context(NonRecordingSpan(given), context)
        self._span = _start(self._name, context, self._kind, self._attributes, self._links, self._about)
        self._token = otel.attach(_entered(context, self._span, self._attributes))
        return self._span

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        otel.detach(self._token)
        if kind is not None:
            fail(self._span, f"{kind.__module__}.{kind.__qualname__}")
        self._span.end()


def _entered(context: Context, span: Span, attributes: Attributes | None) -> Context:
    if context.get(_PENDING):
        context = otel.set_value(_PENDING, (), context)
    if _tracer is not None and attributes and known.SERVICE in attributes:
        context = otel.set_value(_SERVICE, attributes[known.SERVICE], context)
    return set_span_in_context(span, context)


def _start(
    name: str, context: Context, kind: SpanKind, attributes: Attributes | None, links: Iterable[str], about: Any
) -> Span:
    above = get_current_span(context)
    parent = above.get_span_context()
    if _tracer is None or _left_out(parent):
        return NonRecordingSpan(_child_of(parent))
    stored = [Link(found) for found in map(parse, links) if found]
    return _tracer.start_span(
        name,
        context=context,
        kind=kind,
        attributes={**_inherited(context, above), **named_in(about), **(attributes or {})},
        links=[*stored, *_pending(context)],
        record_exception=False,
        set_status_on_exception=False,
    )


def _left_out(parent: SpanContext) -> bool:
    """Whether the trace is one that is not recorded: then nothing need be said of the span."""
    return parent.is_valid and not parent.trace_flags.sampled


def _inherited(context: Context, above: Span) -> dict[str, Any]:
    """The case that the span above names, and the service that all of this is done for."""
    case_id = (getattr(above, "attributes", None) or {}).get(known.CASE_ID)
    found = {known.CASE_ID: case_id, known.SERVICE: context.get(_SERVICE)}
    return {name: value for name, value in found.items() if value}


def _pending(context: Context) -> tuple[Link, ...]:
    found: tuple[Link, ...] = context.get(_PENDING, ())  # type: ignore[assignment]
    return found


def _child_of(parent: SpanContext) -> SpanContext:
    known_parent = parent.is_valid
    return SpanContext(
        parent.trace_id if known_parent else _ids.getrandbits(128),
        _ids.getrandbits(64),
        is_remote=False,
        trace_flags=parent.trace_flags if known_parent else _SAMPLED,
    )


def span(
    name: str,
    kind: SpanKind = SpanKind.INTERNAL,
    attributes: Attributes | None = None,
    parent: str | None = None,
    links: Iterable[str] = (),
    about: Any = None,
) -> _Block:
    """A span around a block: ``with span("offer made", attributes={OFFER_ID: id}):``.

    ``parent`` is a stored traceparent to go on from, ``links`` are traceparents of others that led here. What ``about``
    names, a protobuf message, the span names too (``naming``). What is done in a span that names its case or service is
    of that case and service as well. An exception that leaves the block marks the span with its type, never with its
    message.
    """
    return _Block(name, kind, attributes, parent, links, about)


def concerns(attributes: Attributes) -> None:
    """Say of the span we are in what it is about, once that is known."""
    get_current_span().set_attributes(attributes)


def recorded(
    name: str, kind: SpanKind, attributes: Attributes, parent: str, started: datetime, ended: datetime
) -> None:
    """Record what was done meanwhile for a stored trace, where something is recorded."""
    given = parse(parent)
    if _tracer is None or given is None or _left_out(given):
        return
    context = set_span_in_context(NonRecordingSpan(given), Context())
    span = _tracer.start_span(name, context, kind, attributes, start_time=_nanoseconds(started))
    span.end(_nanoseconds(ended))


def _nanoseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1e6) * 1000


@contextmanager
def working_for(service: str) -> Iterator[None]:
    """Say whose work everything in the block is, where one process holds several services."""
    token = otel.attach(otel.set_value(_SERVICE, service))
    try:
        yield
    finally:
        otel.detach(token)


@contextmanager
def unrecorded() -> Iterator[None]:
    """Record nothing of what is done in the block, here or where it calls: what is done every few seconds for whoever
    looks at a page would drive out of the file what they look for."""
    parent = SpanContext(_ids.getrandbits(128), _ids.getrandbits(64), is_remote=False, trace_flags=TraceFlags())
    token = otel.attach(set_span_in_context(NonRecordingSpan(parent)))
    try:
        yield
    finally:
        otel.detach(token)


def fail(failed: Span, error_type: str) -> None:
    """Mark a span as failed; ``error_type`` is a class or a code, never a message."""
    failed.set_attribute(known.ERROR_TYPE, error_type)
    failed.set_status(Status(StatusCode.ERROR))


def parse(header: str) -> SpanContext | None:
    """Read a W3C traceparent; None if it is not one."""
    found = _HEADER.fullmatch(header)
    if not found:
        return None
    trace_id, span_id, flags = (int(part, 16) for part in found.groups())
    context = SpanContext(trace_id, span_id, is_remote=True, trace_flags=TraceFlags(flags & TraceFlags.SAMPLED))
    return context if context.is_valid else None


def current() -> SpanContext:
    """The ids of the span we are in; not ``is_valid`` outside of any."""
    return get_current_span().get_span_context()


def traceparent() -> str:
    """The W3C header of the span we are in, to be stored or sent; empty outside of any."""
    here = current()
    if here is INVALID_SPAN_CONTEXT or not here.is_valid:
        return ""
    return f"00-{here.trace_id:032x}-{here.span_id:016x}-{here.trace_flags & TraceFlags.SAMPLED:02x}"


def trace_id() -> str:
    """The id of the trace we are in, as people quote it; empty outside of any."""
    here = current()
    return f"{here.trace_id:032x}" if here.is_valid else ""


@contextmanager
def continue_from(stored: str) -> Iterator[None]:
    """Let the spans of this block belong to a stored trace: an agent's reply goes on with the citizen's.

    The outermost of them link to the span in which the block was entered, and that span links to the stored one, so
    that either trace leads to the other. With no stored trace the block changes nothing.
    """
    given = parse(stored)
    if given is None:
        yield
        return
    entered_from = get_current_span()
    context = set_span_in_context(NonRecordingSpan(given))
    if entered_from.get_span_context().is_valid:
        entered_from.add_link(given)
        context = otel.set_value(_PENDING, (Link(entered_from.get_span_context()),), context)
    token = otel.attach(context)
    try:
        yield
    finally:
        otel.detach(token)
