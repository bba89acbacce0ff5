"""Spans and metrics over real OTLP: from both kinds of process, complete, declared, and never in the way."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import grpc
import pytest
from hub120.intake.v1 import intake_service_pb2 as pb
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from chassis import event_loop, http_host, telemetry
from chassis.telemetry import metrics
from tests.integration.grpc_service import SECRET, Intake, served
from tests.integration.http_client import request
from tests.otlp import OtlpReceiver

ROOT = Path(__file__).parents[2]
SENDER = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


@pytest.fixture
def receiver() -> Iterator[OtlpReceiver]:
    with OtlpReceiver() as listening:
        telemetry.configure("intake", "api", listening.endpoint, strict=True, metrics_every_s=0.5)
        yield listening
        telemetry.shutdown()


def test_a_grpc_call_is_a_server_span_in_the_callers_trace(tmp_path: Path, receiver: OtlpReceiver) -> None:
    async def main() -> None:
        async with served(tmp_path, Intake()) as host:
            await host.get("nothing", metadata=[("traceparent", SENDER)])

    event_loop.run(main())
    receiver.wait_for(lambda got: bool(got.spans()))
    (span,) = receiver.spans()
    assert (span.name, span.kind, span.failed) == ("hub120.intake.v1.IntakeService/GetCase", "SERVER", False)
    assert (span.trace_id, span.parent_id) == (SENDER[3:35], SENDER[36:52])
    assert span.attributes == {
        "hub120.service": "intake",
        "rpc.system.name": "grpc",
        "rpc.method": "hub120.intake.v1.IntakeService/GetCase",
        "rpc.response.status_code": "OK",
    }
    assert (span.service, span.resource["hub120.instance.kind"]) == ("intake", "api")
    assert span.schema_url == "https://opentelemetry.io/schemas/1.44.0"


def test_failed_calls_say_their_code_and_nothing_else(tmp_path: Path, receiver: OtlpReceiver) -> None:
    async def main() -> None:
        async with served(tmp_path, Intake()) as host:
            for doing in ("broken", "database away", "not found by number", SECRET * 20):
                with pytest.raises(grpc.aio.AioRpcError):
                    await host.get(doing, metadata=[("hub120-purpose-bin", SECRET.encode())])

    event_loop.run(main())
    receiver.wait_for(lambda got: len(got.spans()) == 4)
    told = [(span.attributes["rpc.response.status_code"], span.failed) for span in receiver.spans()]
    assert told == [("INTERNAL", True), ("UNAVAILABLE", True), ("NOT_FOUND", False), ("INVALID_ARGUMENT", False)]
    telemetry.flush()
    for piece in (SECRET, "홍길동", "010-1234-5678", "agent-7"):
        assert not [body for body in receiver.raw if piece.encode() in body]


def test_calls_are_measured_by_method_and_status(tmp_path: Path, receiver: OtlpReceiver) -> None:
    async def main() -> None:
        async with served(tmp_path, Intake()) as host:
            for doing in ("nothing", "nothing", "broken"):
                with contextlib.suppress(grpc.aio.AioRpcError):
                    await host.get(doing)
            await host.stub.GetCase(pb.GetCaseRequest(case_id="nothing"), metadata=[host.bearer()])

    event_loop.run(main())
    receiver.wait_for(lambda got: "rpc.server.call.duration" in got.metrics())
    telemetry.flush()
    metric = receiver.metrics()["rpc.server.call.duration"]
    counted = {point.attributes["rpc.response.status_code"]: point.count for point in metric.points}
    assert metric.unit == "s"
    assert counted == {"OK": 3, "INTERNAL": 1}
    assert all(0 < point.value < 30 for point in metric.points)


def test_a_measurement_leads_to_the_trace_of_a_request_and_carries_nothing_else(receiver: OtlpReceiver) -> None:
    took = telemetry.histogram(
        "hub120.test.took", "s", "How long things take", attributes=[telemetry.attributes.CONNECTOR]
    )
    with telemetry.span("work"):
        of_span = telemetry.trace_id()
        took.record(0.2, {telemetry.attributes.CONNECTOR: "web", "phone": SECRET})
    took.record(3.0, {telemetry.attributes.CONNECTOR: "web"}, SENDER)
    took.record(0.3, {telemetry.attributes.CONNECTOR: "web"}, SENDER.removesuffix("1") + "0")
    receiver.wait_for(lambda got: "hub120.test.took" in got.metrics())
    (point,) = receiver.metrics()["hub120.test.took"].points
    assert (point.examples, point.attributes) == ((of_span, SENDER[3:35]), {"hub120.connector": "web"})


def test_an_http_request_begins_a_trace_of_ours_and_links_to_the_senders(receiver: OtlpReceiver) -> None:
    async def hook(_: Request) -> Response:
        with telemetry.span("receive contact"):
            return Response(telemetry.trace_id())

    async def main() -> str:
        app = Starlette(routes=[Route("/hooks/{channel}", hook, methods=["POST"])])
        server = await http_host.serve(app, "127.0.0.1:0", drain_s=0)
        answer = await request(server.port, "POST", "/hooks/010-1234-5678", b"{}", {"traceparent": SENDER})
        await server.stop()
        assert answer.headers["x-request-id"] == answer.body.decode()
        return answer.body.decode()

    trace_id = event_loop.run(main())
    receiver.wait_for(lambda got: len(got.spans(trace_id)) == 2)
    outer, inner = receiver.spans(trace_id)
    assert (outer.name, outer.kind, outer.parent_id) == ("POST /hooks/{channel}", "SERVER", "")
    assert outer.links == ((SENDER[3:35], SENDER[36:52]),)
    assert (inner.name, inner.parent_id) == ("receive contact", outer.span_id)
    assert outer.attributes == {
        "http.request.method": "POST",
        "url.scheme": "http",
        "http.route": "/hooks/{channel}",
        "http.response.status_code": 200,
    }
    telemetry.flush()
    assert not [body for body in receiver.raw if b"1234-5678" in body]


def test_calls_and_requests_are_no_children_of_whoever_started_the_servers(
    tmp_path: Path, receiver: OtlpReceiver
) -> None:
    async def main() -> None:
        with telemetry.span("start up"):
            async with served(tmp_path, Intake()) as host:
                await host.get("nothing")
            server = await http_host.serve(Starlette(), "127.0.0.1:0", drain_s=0)
            await request(server.port, "GET", "/")
            await server.stop()

    event_loop.run(main())
    receiver.wait_for(lambda got: len(got.spans()) == 3)
    assert {span.parent_id for span in receiver.spans()} == {""}


def test_a_trusted_sender_is_followed(receiver: OtlpReceiver) -> None:
    async def main() -> None:
        server = await http_host.serve(Starlette(), "127.0.0.1:0", drain_s=0, trust_traceparent=True)
        await request(server.port, "GET", "/", headers={"traceparent": SENDER})
        await server.stop()

    event_loop.run(main())
    receiver.wait_for(lambda got: bool(got.spans(SENDER[3:35])))
    assert receiver.spans()[0].parent_id == SENDER[36:52]


def test_what_was_declared_before_configuring_is_measured_and_undeclared_attributes_are_not(
    receiver: OtlpReceiver,
) -> None:
    counted = telemetry.counter("hub120.test.counted", "{thing}", "Things", [telemetry.attributes.CONNECTOR])
    counted.add(2, {telemetry.attributes.CONNECTOR: "kakaotalk", "phone": SECRET, telemetry.attributes.CASE_ID: "x"})
    with telemetry.span("work"):
        level = telemetry.gauge("hub120.test.level", "{thing}", "Things now")
        level.set(7, {"phone": SECRET, telemetry.attributes.CASE_ID: "x"})
    telemetry.observed("hub120.test.observed", "{thing}", "Things when looked at", lambda: 9)
    wanted = {"hub120.test.counted", "hub120.test.level", "hub120.test.observed"}
    receiver.wait_for(lambda got: wanted <= got.metrics().keys())
    assert [receiver.metrics()[name].points[0].value for name in sorted(wanted)] == [2, 7, 9]
    (point,) = receiver.metrics()["hub120.test.counted"].points
    assert (point.attributes, point.value) == ({"hub120.connector": "kakaotalk"}, 2)
    assert [point.attributes for point in receiver.metrics()["hub120.test.level"].points] == [{}]
    assert not [body for body in receiver.raw if SECRET.encode() in body]


def test_a_worker_under_eventlet_exports_everything_and_mixes_nothing_up() -> None:
    with OtlpReceiver() as receiver:
        path = os.pathsep.join(str(ROOT / part) for part in (".", "sdk", "protos/gen"))
        command = [sys.executable, "-m", "tests.integration.telemetry_child", receiver.endpoint]
        done = subprocess.run(
            command,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": path},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        receiver.wait_for(lambda got: len(got.spans()) == 40)
        for number in range(1, 21):
            process, store = receiver.spans(f"{number:032x}")
            assert (process.name, process.kind, process.parent_id) == ("process", "CONSUMER", f"{number:016x}")
            assert (store.name, store.parent_id) == ("store", process.span_id)
            assert store.attributes == {"hub120.count": number}
        assert receiver.metrics()["hub120.test.handled"].points[0].value == 20


def test_metrics_leave_when_asked_for_and_none_are_taken_afterwards() -> None:
    counted = telemetry.counter("hub120.test.flushed", "{thing}", "Things")
    with OtlpReceiver() as receiver:
        telemetry.configure("intake", "api", receiver.endpoint, metrics_every_s=1_000)
        counted.add(1)
        telemetry.flush()
        assert receiver.metrics()["hub120.test.flushed"].points[0].value == 1
        telemetry.shutdown()
    assert not metrics.summed()


def test_a_collector_that_is_away_or_silent_delays_nothing() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        telemetry.configure("intake", "api", f"http://127.0.0.1:{silent.getsockname()[1]}")
        started = time.monotonic()
        for _ in range(5_000):
            with telemetry.span("work"):
                pass
        telemetry.shutdown(timeout_s=1.0)
        assert time.monotonic() - started < 15


def test_one_in_so_many_traces_is_recorded_and_all_have_ids() -> None:
    with OtlpReceiver() as receiver:
        telemetry.configure("intake", "api", receiver.endpoint, sample_ratio=0.1)
        ids = set()
        for _ in range(1000):
            with telemetry.span("outer"), telemetry.span("inner"):
                ids.add(telemetry.trace_id())
        telemetry.shutdown()
        traces = {span.trace_id for span in receiver.spans()}
    assert len(ids) == 1000
    assert 40 < len(traces) < 200
    assert len(receiver.spans()) == 2 * len(traces)
