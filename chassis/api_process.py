"""The api process: every chosen service behind one gRPC port and one HTTP port, relays beside them.

It runs on asyncio and never imports nameko or eventlet. Signals from the bus come in on a thread and wake streams on
the loop.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

from google.protobuf.message import Message as Proto
from hub120.operations.v1 import (
    connector_pb2,
    connector_service_pb2,
    connector_service_pb2_grpc,
    dead_letter_service_pb2,
    dead_letter_service_pb2_grpc,
    events_pb2,
    trace_service_pb2,
    trace_service_pb2_grpc,
)
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Route

from chassis import grpc_host, http_host, logs, process, telemetry
from chassis.auth import JwksVerifier, LocalVerifier, Verifier
from chassis.bus.ports import Message
from chassis.event_loop import run as run_loop
from chassis.event_loop import stop_requested
from chassis.grpc_host import Service as GrpcService
from chassis.grpc_host import Tls, implemented
from chassis.http_host.gate import Ready
from chassis.messages import key_of
from chassis.operations.connector_api import ConnectorApi
from chassis.operations.connectors import Connectors
from chassis.operations.dead_letter_api import DeadLetterApi
from chassis.operations.measuring import Measuring
from chassis.operations.reporting import Reporter
from chassis.operations.reports import Reports
from chassis.operations.traces import TracesApi
from chassis.process import Process
from chassis.service import Service, keeping
from chassis.settings import Settings, SettingsError

_log = logs.get_logger("api")


@dataclass(frozen=True)
class ApiParts:
    """What one service adds to an api process."""

    grpc: Sequence[GrpcService] = ()
    routes: Sequence[BaseRoute] = ()
    longest_body: Callable[[str], int] = lambda path: 0
    """How long the body of a request to a path may be where that is longer than usual."""
    stays_open: Callable[[str], bool] = lambda path: False
    """Whether the answer to a request for a path goes on for as long as somebody reads it: a stream of events."""
    signals: Mapping[type[Proto], Callable[[bytes], None]] = field(default_factory=dict)
    """What to do, on the event loop, with each kind of event that passes on the bus."""
    background: Sequence[Callable[[], Awaitable[None]]] = ()


def run(settings: Settings, services: Sequence[Service], *, started: Callable[[], None] = lambda: None) -> None:
    """Run until SIGTERM or SIGINT; calls under way are finished first. ``started`` is called when the doors open."""
    name = services[0].name if len(services) == 1 else "hub120"
    logs.configure(settings.log_level, name)
    process.record(settings, name, "api")
    opened = process.open_process(settings, services)
    try:
        run_loop(_serve(opened, started))
    finally:
        opened.close()
        telemetry.shutdown()


async def _serve(opened: Process, started: Callable[[], None]) -> None:
    settings = opened.settings
    parts = [*(service.room("api").build(opened) for service in opened.services), _operations(opened)]
    stop = stop_requested()
    opened.start_relays()
    _listen_for_signals(opened, parts)
    if settings.otlp_endpoint:
        opened.spawn("measures", Measuring(opened).run)
    background = [asyncio.ensure_future(task()) for part in parts for task in part.background]

    async def ready() -> bool:
        return await asyncio.to_thread(_databases_answer, opened)  # not behind calls that wait for a thread

    grpc_server = await grpc_host.serve(
        [*(service for part in parts for service in part.grpc), *_of_every_process(settings)],
        settings.grpc_address,
        verifier(settings),
        reflection=settings.reflection,
        reflection_public=settings.reflection and settings.embedded,
        tls=_tls(settings),
        insecure=settings.insecure,
        ready=ready,
        limits=grpc_host.Limits(caller_per_second=settings.calls_per_second),
    )
    http_server = await _serve_http(opened, parts, ready)
    process.spare_collector()
    _log.info("api_ready", services=[service.name for service in opened.services])
    started()
    await stop.wait()
    await asyncio.gather(grpc_server.stop(), http_server.stop())
    for task in background:
        task.cancel()
    await asyncio.gather(*background, return_exceptions=True)


async def _serve_http(opened: Process, parts: Sequence[ApiParts], ready: Ready) -> http_host.HttpServer:
    settings = opened.settings
    limits = http_host.Limits(
        longest_body=lambda path: max(part.longest_body(path) for part in parts),
        stays_open=lambda path: any(part.stays_open(path) for part in parts),
    )
    few_first = sorted(parts, key=lambda part: len(part.routes))  # a path is compared with one after another
    return await http_host.serve(
        Starlette(routes=[route for part in few_first for route in part.routes]),
        settings.http_address,
        ready=ready,
        insecure=settings.insecure,
        limits=limits,
        services=_services_of_routes(opened, parts),
    )


def _operations(opened: Process) -> ApiParts:
    """What operators see of the services of this process; nothing where none of them keeps anything."""
    kept = [service.name for service in keeping(opened.services)]
    if not kept:
        return ApiParts()
    reports = Reports(kept)
    opened.spawn("reports", Reporter(opened, connector_pb2.PROCESS_KIND_API, reports.take).run)
    connectors = ConnectorApi(Connectors(opened, reports))
    return ApiParts(
        grpc=[
            implemented(connector_service_pb2, connector_service_pb2_grpc, connectors),
            implemented(dead_letter_service_pb2, dead_letter_service_pb2_grpc, DeadLetterApi(opened)),
        ],
        signals={
            events_pb2.ConnectorsReported: lambda body: reports.take(events_pb2.ConnectorsReported.FromString(body))
        },
        background=[connectors.pulse.run],
    )


def _services_of_routes(opened: Process, parts: Sequence[ApiParts]) -> dict[str, str]:
    found = zip(opened.services, parts, strict=False)  # what operators see comes last and has no routes
    return {route.path: service.name for service, part in found for route in part.routes if isinstance(route, Route)}


def _of_every_process(settings: Settings) -> list[GrpcService]:
    """What an api answers whatever services it holds."""
    traces = TracesApi(settings.traces_path)
    return [grpc_host.implemented(trace_service_pb2, trace_service_pb2_grpc, traces)]


def _databases_answer(opened: Process) -> bool:
    return all(database.alive() for database in opened.databases.values())


def _listen_for_signals(opened: Process, parts: Sequence[ApiParts]) -> None:
    loop = asyncio.get_running_loop()
    wanted = {key_of(body): act for part in parts for body, act in part.signals.items()}
    if not wanted:
        return
    arrived: deque[tuple[Callable[[bytes], None], bytes]] = deque()

    def act_on_all() -> None:
        while arrived:
            act, body = arrived.popleft()
            try:
                act(body)
            except Exception:  # noqa: BLE001 - the next signal is another's
                _log.exception("signal_failed")

    def deliver(message: Message) -> None:
        act = wanted.get(message.key)
        if act is not None and not opened.stopped():
            arrived.append((act, message.body))
            if len(arrived) == 1:  # the loop is told once for all that come together
                loop.call_soon_threadsafe(act_on_all)

    opened.spawn("signals", opened.bus.subscribe, sorted(wanted), deliver, opened.stopped)


def verifier(settings: Settings) -> Verifier:
    """OIDC where an issuer is set; the local key otherwise. Raises ``SettingsError``."""
    if settings.oidc_issuer:
        if not settings.oidc_jwks:
            raise SettingsError("HUB120_OIDC_JWKS: set the address or file of the keys of HUB120_OIDC_ISSUER")
        return JwksVerifier(settings.oidc_issuer, settings.oidc_audience, settings.oidc_jwks)
    return LocalVerifier(settings.token_key_path, make=settings.embedded)


def _tls(settings: Settings) -> Tls | None:
    if settings.tls_certificate is None or settings.tls_key is None:
        return None
    return Tls(settings.tls_certificate, settings.tls_key, settings.tls_client_ca)
