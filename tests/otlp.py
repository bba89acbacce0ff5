"""A receiver of OTLP over HTTP for tests: what a process exported, as it went over the wire."""

from __future__ import annotations

import gzip
import math
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import accumulate
from types import TracebackType
from typing import Any, Self

from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import (
    ExportMetricsServiceRequest,
    ExportMetricsServiceResponse,
)
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)
from opentelemetry.proto.common.v1.common_pb2 import KeyValue
from opentelemetry.proto.metrics.v1.metrics_pb2 import HistogramDataPoint
from opentelemetry.proto.metrics.v1.metrics_pb2 import Metric as WireMetric
from opentelemetry.proto.trace.v1.trace_pb2 import Span as WireSpan
from opentelemetry.proto.trace.v1.trace_pb2 import Status

Attributes = Mapping[str, Any]


@dataclass(frozen=True)
class Span:
    """One exported span. Ids are hexadecimal, ``parent_id`` is empty for a root, ``kind`` is ``SERVER``, …"""

    name: str
    trace_id: str
    span_id: str
    parent_id: str
    kind: str
    attributes: Attributes
    links: tuple[tuple[str, str], ...]
    failed: bool
    started_ns: int
    ended_ns: int
    resource: Attributes
    schema_url: str
    events: int

    @property
    def service(self) -> str:
        """The exporting service."""
        return str(self.resource["service.name"])


@dataclass(frozen=True)
class Point:
    """One point of a metric: a number, or how many measurements a histogram holds and their sum."""

    attributes: Attributes
    value: float
    count: int
    examples: tuple[str, ...] = ()
    """Traces that the point's exemplars lead to; what they carry beside would be an error of ours."""
    buckets: tuple[tuple[float, int], ...] = ()
    """Of a histogram: bounds, and how many measurements lie at or below each; the last bound is infinite."""


@dataclass(frozen=True)
class Metric:
    """One exported metric."""

    name: str
    unit: str
    points: tuple[Point, ...]
    resource: Attributes
    kind: str = "gauge"
    """``gauge``, ``sum`` or ``histogram``."""


class OtlpReceiver:
    """Listens on a free port of loopback while the ``with`` block lasts; ``endpoint`` is what to configure."""

    def __init__(self) -> None:
        self.raw: list[bytes] = []
        """Every body received, decompressed: to be searched for what must not be there."""
        self._spans: list[Span] = []
        self._metrics: list[Metric] = []
        self._changed = threading.Condition()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.endpoint = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def spans(self, trace_id: str | None = None) -> list[Span]:
        """What came so far, all of it or one trace, in the order of their start."""
        with self._changed:
            chosen = [span for span in self._spans if trace_id in {None, span.trace_id}]
        return sorted(chosen, key=lambda span: span.started_ns)

    def metrics(self) -> dict[str, Metric]:
        """The newest of each metric."""
        with self._changed:
            return {metric.name: metric for metric in self._metrics}

    def newest(self) -> list[Metric]:
        """The newest of each metric of each process."""
        with self._changed:
            return list({(one.name, one.resource["service.instance.id"]): one for one in self._metrics}.values())

    def examples(self) -> dict[str, set[str]]:
        """The traces that measurements led to so far, by the metric's name."""
        found: dict[str, set[str]] = {}
        with self._changed:
            for metric in self._metrics:
                found.setdefault(metric.name, set()).update(trace for one in metric.points for trace in one.examples)
        return found

    def wait_for(self, enough: Callable[[OtlpReceiver], bool], within_s: float = 10.0) -> None:
        """Wait until what came is enough. Raises ``AssertionError`` naming what did come."""
        until = time.monotonic() + within_s
        while not enough(self):
            with self._changed:
                if time.monotonic() >= until:
                    names = sorted({span.name for span in self._spans} | {metric.name for metric in self._metrics})
                    raise AssertionError(f"not exported within {within_s} s; there is only {names}")
                self._changed.wait(0.1)

    def take(self, path: str, body: bytes) -> bytes:
        """Take one request's body and say what to answer."""
        with self._changed:
            self.raw.append(body)
            if path == "/v1/traces":
                self._spans += _spans(ExportTraceServiceRequest.FromString(body))
                answer = ExportTraceServiceResponse().SerializeToString()
            else:
                self._metrics += _metrics(ExportMetricsServiceRequest.FromString(body))
                answer = ExportMetricsServiceResponse().SerializeToString()
            self._changed.notify_all()
        return answer


def _handler(receiver: OtlpReceiver) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # the body would wait for the client to acknowledge the head

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            if self.headers.get("content-encoding") == "gzip":
                body = gzip.decompress(body)
            known = self.path in {"/v1/traces", "/v1/metrics"}
            answer = receiver.take(self.path, body) if known else b""
            self.send_response(200 if known else 404)
            self.send_header("content-type", "application/x-protobuf")
            self.send_header("content-length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: Any) -> None:
            """Tests have enough to print."""

    return Handler


def _attributes(pairs: Any) -> Attributes:
    return {pair.key: _value(pair) for pair in pairs}


def _value(pair: KeyValue) -> Any:
    kind = pair.value.WhichOneof("value")
    return None if kind is None else getattr(pair.value, kind)


def _spans(request: ExportTraceServiceRequest) -> list[Span]:
    return [
        _span(wire, _attributes(resource.resource.attributes), scope.schema_url)
        for resource in request.resource_spans
        for scope in resource.scope_spans
        for wire in scope.spans
    ]


def _span(wire: WireSpan, resource: Attributes, schema_url: str) -> Span:
    return Span(
        name=wire.name,
        trace_id=wire.trace_id.hex(),
        span_id=wire.span_id.hex(),
        parent_id=wire.parent_span_id.hex(),
        kind=WireSpan.SpanKind.Name(wire.kind).removeprefix("SPAN_KIND_"),
        attributes=_attributes(wire.attributes),
        links=tuple((link.trace_id.hex(), link.span_id.hex()) for link in wire.links),
        failed=wire.status.code == Status.STATUS_CODE_ERROR,
        started_ns=wire.start_time_unix_nano,
        ended_ns=wire.end_time_unix_nano,
        resource=resource,
        schema_url=schema_url,
        events=len(wire.events),
    )


def _metrics(request: ExportMetricsServiceRequest) -> list[Metric]:
    return [
        Metric(
            wire.name,
            wire.unit,
            _points(wire),
            _attributes(resource.resource.attributes),
            wire.WhichOneof("data") or "",
        )
        for resource in request.resource_metrics
        for scope in resource.scope_metrics
        for wire in scope.metrics
    ]


def _points(wire: WireMetric) -> tuple[Point, ...]:
    kind = wire.WhichOneof("data") or ""
    points = getattr(wire, kind).data_points
    if kind == "histogram":
        return tuple(
            Point(_attributes(one.attributes), one.sum, one.count, _examples(one), _buckets(one)) for one in points
        )
    return tuple(Point(_attributes(point.attributes), point.as_double or point.as_int, 1) for point in points)


def _examples(point: HistogramDataPoint) -> tuple[str, ...]:
    carried = [_attributes(one.filtered_attributes) for one in point.exemplars]
    assert not any(carried), f"examples carry {carried}"
    return tuple(one.trace_id.hex() for one in point.exemplars)


def _buckets(point: HistogramDataPoint) -> tuple[tuple[float, int], ...]:
    return tuple(zip([*point.explicit_bounds, math.inf], accumulate(point.bucket_counts), strict=True))
