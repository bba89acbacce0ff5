"""The TraceService of the contract: traces that this machine's processes keep, for whoever looks for a request."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

from google.protobuf.duration_pb2 import Duration
from google.protobuf.timestamp_pb2 import Timestamp
from hub120.operations.v1 import trace_service_pb2 as pb
from hub120.operations.v1 import trace_service_pb2_grpc

from chassis import pages
from chassis.errors import NotFound, PreconditionFailed
from chassis.grpc_host import Check, run_blocking
from chassis.telemetry import attributes as known
from chassis.telemetry.kept import KeptSpan, KeptTraces, Summary, Wanted

_THINGS: Final = {
    "case_id": known.CASE_ID,
    "reply_id": known.REPLY_ID,
    "work_item_id": known.WORK_ITEM_ID,
    "conference_id": known.CONFERENCE_ID,
}
_TRACE_ID: Final = re.compile(r"[0-9a-f]{32}")
_LONGEST_S: Final = 86_400


class TracesApi(trace_service_pb2_grpc.TraceServiceServicer):
    """Traces of ``file``; there are none to be asked for where nothing is kept."""

    def __init__(self, file: Path | None) -> None:
        self._kept = KeptTraces(file) if file is not None else None

    async def ListTraces(self, request: pb.ListTracesRequest, context: Any) -> pb.ListTracesResponse:
        """Traces, those in which something happened last first."""
        given = [field for field in _THINGS if getattr(request, field)]
        check = Check(request).uuid(*given).that(len(given) < 2, "case_id", "is given without any other id")
        check.range("slower_than.seconds", 0, _LONGEST_S).range("slower_than.nanos", 0, 999_999_999).raise_if_any()
        limit, after = pages.size(request.page_size, usual=50, largest=100), pages.after(request, (int, str))
        thing = (_THINGS[given[0]], getattr(request, given[0])) if given else None
        wanted = Wanted(
            thing, request.failed_only, request.slower_than.ToNanoseconds(), (after[0], after[1]) if after else None
        )
        found = await run_blocking(self._traces().find, wanted, limit + 1)
        told = pb.ListTracesResponse(traces=map(_trace, found[:limit]))
        if len(found) > limit:
            told.next_page_token = pages.token(request, [found[limit - 1].ended_ns, found[limit - 1].trace_id])
        return told

    async def GetTrace(self, request: pb.GetTraceRequest, context: Any) -> pb.GetTraceResponse:
        """One trace with its spans."""
        is_id = _TRACE_ID.fullmatch(request.trace_id) is not None
        Check(request).that(is_id, "trace_id", "is 32 hexadecimal digits").raise_if_any()
        found = await run_blocking(self._traces().trace, request.trace_id)
        if found is None:
            raise NotFound("trace", request.trace_id)
        summary, spans = found
        return pb.GetTraceResponse(trace=_trace(summary), spans=map(_span, spans))

    def _traces(self) -> KeptTraces:
        if self._kept is None:
            raise PreconditionFailed(
                "TRACES_NOT_KEPT", "this hub keeps no traces: set HUB120_TRACES_FILE, or look in the tracing backend"
            )
        return self._kept


def _trace(told: Summary) -> pb.Trace:
    return pb.Trace(
        trace_id=told.trace_id,
        name=told.name,
        service=told.service,
        case_ids=told.case_ids,
        start_time=_moment(told.started_ns),
        end_time=_moment(told.ended_ns),
        longest_step=_duration(told.longest_ns),
        span_count=told.spans,
        failed_span_count=told.failed,
    )


def _span(told: KeptSpan) -> pb.Span:
    return pb.Span(
        span_id=told.span_id,
        parent_span_id=told.parent_id,
        depth=told.depth,
        name=told.name,
        service=told.service,
        process_kind=told.instance_kind,
        kind=f"SPAN_KIND_{told.kind}",
        start_time=_moment(told.started_ns),
        duration=_duration(told.ended_ns - told.started_ns),
        failed=told.failed,
        attributes={name: _words(value) for name, value in told.attributes.items()},
        links=[pb.SpanLink(trace_id=trace_id, span_id=span_id) for trace_id, span_id in told.links],
    )


def _words(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _moment(nanoseconds: int) -> Timestamp:
    moment = Timestamp()
    moment.FromNanoseconds(nanoseconds)
    return moment


def _duration(nanoseconds: int) -> Duration:
    duration = Duration()
    duration.FromNanoseconds(max(nanoseconds, 0))
    return duration
