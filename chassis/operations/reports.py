"""What processes told last of their connectors: the newest report of each, until it has been silent for a while."""

from __future__ import annotations

import threading
import time
from collections.abc import Collection

from hub120.operations.v1 import connector_pb2
from hub120.operations.v1.events_pb2 import ConnectorsReported

from chassis.connectors.guards import Monotonic

SILENT_S = 30.0
"""Three reports missed: the process is gone, or nobody hears it."""


class Reports:
    """Those of the processes that serve one of these services; safe to use from several threads."""

    def __init__(self, services: Collection[str], monotonic: Monotonic = time.monotonic) -> None:
        self._services, self._monotonic = frozenset(services), monotonic
        self._lock = threading.Lock()
        self._newest: dict[str, tuple[float, ConnectorsReported]] = {}

    def take(self, report: ConnectorsReported) -> None:
        """A process told; it replaces what the same one told before."""
        if self._services & set(report.process.services):
            with self._lock:
                self._newest[report.process.id] = self._monotonic(), report

    def runs_of(self, connector: str) -> list[connector_pb2.ConnectorRun]:
        """How a connector fares in each process that told of it lately, by instance."""
        return [
            connector_pb2.ConnectorRun(
                process=told.process, health=told.connectors[connector], report_time=told.report_time
            )
            for told in self._lately()
            if connector in told.connectors
        ]

    def _lately(self) -> list[ConnectorsReported]:
        with self._lock:
            now = self._monotonic()
            self._newest = {name: told for name, told in self._newest.items() if now - told[0] < SILENT_S}
            return [self._newest[name][1] for name in sorted(self._newest)]
