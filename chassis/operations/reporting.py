"""A process tells how its connectors fare: every few seconds and when a breaker moves, by a signal that is not stored.

What a breaker knows is in the memory of its process alone. Runs in both kinds of process.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable

from hub120.operations.v1 import connector_pb2, events_pb2

from chassis import logs, messages
from chassis.bus.ports import BusUnavailable, PublishFailed
from chassis.connectors.guards import BreakerState
from chassis.connectors.states import ConnectorState, Readiness
from chassis.process import Process
from chassis.service import keeping

EVERY_S = 10.0

_BREAKERS = {
    BreakerState.CLOSED: connector_pb2.BREAKER_STATE_CLOSED,
    BreakerState.OPEN: connector_pb2.BREAKER_STATE_OPEN,
    BreakerState.HALF_OPEN: connector_pb2.BREAKER_STATE_HALF_OPEN,
}
_log = logs.get_logger("operations")


class Reporter:
    """Tells of one process; ``heard`` is told too, also while the bus is away."""

    def __init__(
        self,
        process: Process,
        kind: connector_pb2.ProcessKind,
        heard: Callable[[events_pb2.ConnectorsReported], None] = lambda _: None,
    ) -> None:
        self._process, self._heard = process, heard
        services = sorted(service.name for service in keeping(process.services))
        instance = f"{socket.gethostname()}-{os.getpid()}"
        self._told_by = connector_pb2.ProcessInstance(id=instance, kind=kind, services=services)

    def run(self) -> None:
        """Tell until the process ends; a thread's or a greenlet's whole life."""
        moved = self._process.connectors.moved
        while True:
            moved.clear()
            if self._process.stopped():  # asked after clearing: the end sets both
                return
            self._tell()
            moved.wait(EVERY_S)

    def report(self) -> events_pb2.ConnectorsReported:
        """How every connector that is ready fares now."""
        states = self._process.connectors.states()
        return events_pb2.ConnectorsReported(
            process=self._told_by,
            report_time=self._process.clock(),
            connectors={state.id: _health(state) for state in states if state.readiness is Readiness.READY},
        )

    def _tell(self) -> None:
        report = self.report()
        self._heard(report)
        told = messages.event(
            report, source="operations", subject=self._told_by.id, now=self._process.clock(), traceparent=""
        )
        try:
            self._process.bus.publish([told])
        except (BusUnavailable, PublishFailed) as error:
            _log.debug("report_lost", error=type(error).__name__)  # the next one comes soon


def _health(state: ConnectorState) -> connector_pb2.ConnectorHealth:
    error = state.last_error
    return connector_pb2.ConnectorHealth(
        healthy=state.healthy,
        breaker=_BREAKERS[state.breaker],
        breaker_since_time=state.breaker_since,
        calls=state.lately.calls,
        failures=state.lately.failures,
        in_flight=state.in_flight,
        last_error=error.kind if error else "",
        last_error_time=error.at if error else None,
    )
