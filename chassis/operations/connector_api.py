"""The ConnectorService of the contract."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any

from hub120.operations.v1 import connector_pb2
from hub120.operations.v1 import connector_service_pb2 as pb
from hub120.operations.v1 import connector_service_pb2_grpc as grpc_pb

from chassis.event_loop import run_blocking
from chassis.operations.connectors import Connectors
from chassis.pulse import Pulse

AT_LEAST_S = 15.0


class ConnectorApi(grpc_pb.ConnectorServiceServicer):
    """Connectors for operators."""

    def __init__(self, connectors: Connectors) -> None:
        self._connectors = connectors
        self.pulse: Pulse[tuple[list[connector_pb2.Connector], bool]] = Pulse(connectors.read, at_least_s=AT_LEAST_S)

    async def ListConnectors(self, request: pb.ListConnectorsRequest, context: Any) -> pb.ListConnectorsResponse:
        """How they stand now."""
        connectors, asked = await run_blocking(self._connectors.read)
        return pb.ListConnectorsResponse(connectors=connectors, queues_unknown=not asked)

    async def WatchConnectors(
        self, request: pb.WatchConnectorsRequest, context: Any
    ) -> AsyncIterator[pb.WatchConnectorsResponse]:
        """How they stand, again and again."""
        async with aclosing(self.pulse.pictures()) as pictures:
            async for picture in pictures:
                if picture.seen is not None:
                    connectors, asked = picture.seen
                    yield pb.WatchConnectorsResponse(connectors=connectors, queues_unknown=not asked)
