"""An api process that answers operators, on a bus of its own, and the front end that asks it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import Any

from hub120.operations.v1 import (
    connector_service_pb2,
    connector_service_pb2_grpc,
    dead_letter_service_pb2,
    dead_letter_service_pb2_grpc,
)

from chassis import auth
from chassis.blobs import Blobs
from chassis.bus import Bus, connect
from chassis.clock import system_clock
from chassis.connectors.host import Host
from chassis.crypto import Keyring
from chassis.grpc_host import implemented
from chassis.operations.connector_api import ConnectorApi
from chassis.operations.connectors import Connectors
from chassis.operations.dead_letter_api import DeadLetterApi
from chassis.operations.reports import Reports
from chassis.process import Process
from chassis.service import Service
from chassis.settings import Settings
from tests.integration.grpc_calls import answering


@contextmanager
def process_on(bus_address: str, folder: Path, connectors: Host, services: Sequence[Service]) -> Iterator[Process]:
    """A process of these services without databases; nothing runs in it."""
    keyring = Keyring.generate()
    bus: Bus = connect(bus_address)
    settings = Settings(data_dir=folder)
    blobs = Blobs(f"file://{folder}/blobs", keyring)
    process = Process(settings, services, system_clock, keyring, blobs, bus, connectors, {})
    try:
        yield process
    finally:
        process.close()


class OperatorsDesk:
    """A front end of operators."""

    def __init__(self, channel: Any, issuer: auth.LocalIssuer, reports: Reports) -> None:
        self._issuer, self.reports = issuer, reports
        self._connectors = connector_service_pb2_grpc.ConnectorServiceStub(channel)  # type: ignore[no-untyped-call] # generated without hints
        self._dead_letters = dead_letter_service_pb2_grpc.DeadLetterServiceStub(channel)  # type: ignore[no-untyped-call] # generated without hints

    def connectors(self, role: str = "supervisor") -> Any:
        return self._connectors.ListConnectors(connector_service_pb2.ListConnectorsRequest(), **self._as(role))

    def watch(self, role: str = "supervisor") -> Any:
        return self._connectors.WatchConnectors(connector_service_pb2.WatchConnectorsRequest(), **self._as(role))

    def dead_letters(self, role: str = "supervisor", **asked: Any) -> Any:
        request = dead_letter_service_pb2.ListDeadLettersRequest(**asked)
        return self._dead_letters.ListDeadLetters(request, **self._as(role))

    def redrive(self, queue: str, *ids: str, role: str = "admin") -> Any:
        request = dead_letter_service_pb2.RedriveDeadLettersRequest(queue=queue, ids=ids)
        return self._dead_letters.RedriveDeadLetters(request, **self._as(role))

    def _as(self, role: str) -> dict[str, Any]:
        return {"metadata": [("authorization", f"Bearer {self._issuer.issue('han', [role], 60)}")], "timeout": 30}


@asynccontextmanager
async def operated(process: Process) -> AsyncIterator[OperatorsDesk]:
    """The doors of a process, and a front end at them."""
    reports = Reports([service.name for service in process.services])
    connectors = ConnectorApi(Connectors(process, reports))
    services = [
        implemented(connector_service_pb2, connector_service_pb2_grpc, connectors),
        implemented(dead_letter_service_pb2, dead_letter_service_pb2_grpc, DeadLetterApi(process)),
    ]
    pulse = asyncio.ensure_future(connectors.pulse.run())
    try:
        async with answering(process.settings.data_dir, *services) as (channel, issuer):
            yield OperatorsDesk(channel, issuer, reports)
    finally:
        pulse.cancel()
        with suppress(asyncio.CancelledError):
            await pulse
