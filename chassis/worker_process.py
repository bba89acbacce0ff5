"""The worker process: every chosen service's nameko class in one nameko runner, relays beside them, health over HTTP.

Import this module first in the process: it patches the standard library for eventlet before anything else loads.
"""

from __future__ import annotations

import warnings

warnings.filterwarnings("ignore", "\\s*Eventlet is deprecated")  # known; nameko runs on it (docs/adr/0001)

import eventlet  # noqa: E402

eventlet.monkey_patch()

import os  # noqa: E402 - everything below must load after the patch

os.environ["PSYCOPG_WAIT_FUNC"] = "wait_select"  # while connecting: psycopg's own would stop every other greenlet

import json  # noqa: E402
import signal  # noqa: E402
from collections.abc import Callable, Iterable, Sequence  # noqa: E402
from typing import Any  # noqa: E402

from eventlet import wsgi  # noqa: E402
from hub120.operations.v1 import connector_pb2  # noqa: E402
from nameko.runners import ServiceRunner  # noqa: E402

from chassis import logs, process, telemetry, worker  # noqa: E402
from chassis.addresses import split  # noqa: E402
from chassis.bus.ports import BusUnavailable  # noqa: E402
from chassis.connectors.greenlets import GreenletRunner  # noqa: E402
from chassis.operations.measuring import Measuring  # noqa: E402
from chassis.operations.reporting import Reporter  # noqa: E402
from chassis.process import Process  # noqa: E402
from chassis.progress import progress  # noqa: E402
from chassis.service import Service, keeping  # noqa: E402
from chassis.settings import Settings  # noqa: E402

STUCK_S = 30.0
"""How long messages may wait while nothing moves."""
RELAY_STUCK_S = 120.0
"""How long a relay may take for one round; with a database or a broker that answers nothing it takes less than half."""

_log = logs.get_logger("worker")


def run(settings: Settings, services: Sequence[Service]) -> None:
    """Run until SIGTERM or SIGINT; handlers at work are finished first."""
    name = services[0].name if len(services) == 1 else "hub120"
    services = keeping(services)
    logs.configure(settings.log_level, name)
    process.record(settings, name, "worker")
    _wait_in_greenlets(settings)
    opened = process.open_process(settings, services, runner=GreenletRunner())
    runner = ServiceRunner({worker.PROCESS: opened})
    for service in services:
        runner.add_service(service.room("worker").Worker)
    opened.start_relays()
    opened.spawn("reports", Reporter(opened, connector_pb2.PROCESS_KIND_WORKER).run)
    if settings.otlp_endpoint:
        opened.spawn("measures", Measuring(opened, lambda: bool(_stuck(opened))).run)
    eventlet.spawn(_serve_health, opened)
    runner.start()
    process.spare_collector()
    _log.info("worker_ready", services=[service.name for service in services])
    stopping = eventlet.event.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None if stopping.ready() else stopping.send())
    stopping.wait()
    opened.leave()
    runner.stop()
    opened.close()
    telemetry.shutdown()


def _wait_in_greenlets(settings: Settings) -> None:
    if settings.database_address.startswith("postgresql"):
        from chassis import greenlets, postgres  # noqa: PLC0415 - not needed on SQLite

        postgres.Waiting.wait = staticmethod(greenlets.wait)


def _serve_health(opened: Process) -> None:
    host, port = split(opened.settings.worker_address)
    wsgi.server(eventlet.listen((host, port), reuse_addr=True), _health(opened), log_output=False)


def _health(opened: Process) -> Callable[[Any, Any], Iterable[bytes]]:
    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/connectors":
            start_response("200 OK", [("Content-Type", "application/json")])
            return [json.dumps(_connectors(opened)).encode()]
        trouble = _trouble(opened) if environ["PATH_INFO"] == "/readyz" else _stuck(opened)
        status = "503 Service Unavailable" if trouble else "200 OK"
        start_response(status, [("Content-Type", "text/plain; charset=utf-8")])
        return [(trouble or "ok").encode()]

    return answer


def _connectors(opened: Process) -> list[dict[str, object]]:
    """How each connector fares in this worker; a listener that hears nothing is not healthy."""
    return [
        {
            "id": state.id,
            "readiness": state.readiness,
            "healthy": state.healthy,
            "breaker": state.breaker,
            "last_error": state.last_error.kind if state.last_error else "",
        }
        for state in opened.connectors.states()
    ]


def _stuck(opened: Process) -> str:
    """Liveness: messages wait and nothing moves, or a relay hangs. A broker that is away is not the worker's fault."""
    if any(relay.stuck(RELAY_STUCK_S) for relay in opened.relays):
        return f"a relay has not come round for {RELAY_STUCK_S:.0f} s"
    try:
        stuck = progress.stuck(opened.bus, STUCK_S)
    except BusUnavailable:
        return ""
    return f"no progress for {STUCK_S:.0f} s on: {', '.join(stuck)}" if stuck else ""


def _trouble(opened: Process) -> str:
    failing = [database.service for database in opened.databases.values() if not database.alive()]
    if failing:
        return f"database away: {', '.join(failing)}"
    return "bus away" if any(relay.failing for relay in opened.relays) else ""
