"""Traces as a hub keeps them, asked for over its API as a console does."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hub120.operations.v1 import trace_service_pb2 as pb
from hub120.operations.v1 import trace_service_pb2_grpc

from tests.hub import RunningHub
from tests.waiting import eventually


class Traces:
    """What an administrator sees of a hub's traces."""

    def __init__(self, hub: RunningHub) -> None:
        self._stub = trace_service_pb2_grpc.TraceServiceStub(hub.channel)  # type: ignore[no-untyped-call]
        self._metadata = hub.metadata("root", "admin")

    def find(self, **wanted: Any) -> list[pb.Trace]:
        """A page of traces."""
        found = self._stub.ListTraces(pb.ListTracesRequest(**wanted), metadata=self._metadata, timeout=30)
        return list(found.traces)

    def tree(self, trace_id: str) -> list[pb.Span]:
        """The spans of a trace."""
        found = self._stub.GetTrace(pb.GetTraceRequest(trace_id=trace_id), metadata=self._metadata, timeout=30)
        return list(found.spans)

    def whole(self, names: Iterable[str], **wanted: Any) -> list[pb.Span]:
        """The spans of the one trace that has steps of all these names, once it has."""
        missing = set(names)

        def found() -> list[pb.Span]:
            trees = [self.tree(trace.trace_id) for trace in self.find(**wanted)]
            return next((tree for tree in trees if missing <= {span.name for span in tree}), [])

        def seen() -> str:
            trees = [[span.name for span in self.tree(trace.trace_id)] for trace in self.find(**wanted)]
            return f"one trace with {sorted(missing)} among {trees}"

        try:
            return eventually(found, within_s=30, what="the trace")
        except AssertionError as error:
            raise AssertionError(seen()) from error


def orphans(tree: Iterable[pb.Span]) -> list[str]:
    """Spans that have a parent which is not there."""
    return [f"{span.name} of {span.service}" for span in tree if span.depth == 0 and span.parent_span_id]


def roots(tree: Iterable[pb.Span]) -> list[str]:
    """What begins a trace: one span, where nothing was lost."""
    return [span.name for span in tree if not span.parent_span_id]


def above(tree: list[pb.Span], name: str) -> list[str]:
    """The names of all that led to a step, from its parent to the root."""
    by_id = {span.span_id: span for span in tree}
    at = next(span for span in tree if span.name == name)
    path = []
    while (parent := by_id.get(at.parent_span_id)) is not None:
        path.append(parent.name)
        at = parent
    return path
