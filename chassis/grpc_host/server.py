"""The gRPC server of an api process: services in, a listening and observed server out, and a leave without losses."""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Callable, Mapping, Sequence
from types import ModuleType
from typing import Any

import grpc
from google.protobuf.descriptor import ServiceDescriptor
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection_pb2, reflection_pb2_grpc
from grpc_reflection.v1alpha.reflection import SERVICE_NAME as REFLECTION
from grpc_reflection.v1alpha.reflection import aio as reflection_aio  # type: ignore[attr-defined] # the hints leave it out

from chassis import auth, logs
from chassis.auth import Verifier
from chassis.grpc_host import transport
from chassis.grpc_host.door import Door
from chassis.grpc_host.health import Health, Ready, always
from chassis.grpc_host.serving import Handler, Limits, Serving
from chassis.grpc_host.transport import Connections, Tls

Service = tuple[Callable[[Any, Any], None], object, ServiceDescriptor]
"""The generated ``add_…_to_server``, the servicer, and the service's descriptor."""


def implemented(contract: ModuleType, stubs: ModuleType, servicer: object) -> Service:
    """The service of a contract's generated modules, as that servicer implements it; a contract has one."""
    (described,) = contract.DESCRIPTOR.services_by_name.values()
    return getattr(stubs, f"add_{described.name}Servicer_to_server"), servicer, described


PUBLIC: frozenset[str] = frozenset()
_ADMIN = frozenset({"admin"})
_log = logs.get_logger("grpc")


class _Collected:
    """Stands in for a server while generated code registers with it."""

    def __init__(self) -> None:
        self.handlers: dict[str, Handler] = {}

    def add_generic_rpc_handlers(self, handlers: Sequence[Any]) -> None:
        """The same handlers come once more, by name."""

    def add_registered_method_handlers(self, service: str, handlers: Mapping[str, Handler]) -> None:
        """Take them."""
        self.handlers |= {f"/{service}/{name}": handler for name, handler in handlers.items()}


class GrpcServer:
    """A running server."""

    def __init__(self, server: grpc.aio.Server, port: int, parts: _Parts, drain_s: float, grace_s: float) -> None:
        self.port = port
        self._server, self._parts = server, parts
        self._drain_s, self._grace_s = drain_s, grace_s
        self._stopping: asyncio.Task[None] | None = None

    async def stop(self) -> None:
        """Leave without losing a call: say so, give clients time to hear it, end streams, finish what is under way.

        Calling it again waits for the same end.
        """
        if self._stopping is None:
            self._stopping = asyncio.create_task(self._leave())
        await asyncio.shield(self._stopping)

    async def _leave(self) -> None:
        await self._parts.health.leave()
        await asyncio.sleep(self._drain_s)
        ended = asyncio.create_task(self._server.stop(self._grace_s))
        await asyncio.sleep(0)
        self._parts.serving.end_streams()
        await ended
        self._parts.door.close()
        _log.info("grpc server left")


class _Parts:
    """What a server is made of."""

    def __init__(self, services: Sequence[Service], verifier: Verifier, limits: Limits, ready: Ready) -> None:
        self.health = Health([descriptor.full_name for _, _, descriptor in services], ready)
        self.serving = Serving(limits)
        self.door: Door
        self._verifier = verifier
        self._collected = _Collected()
        self._rules = auth.rules(descriptor for _, _, descriptor in services)
        for add, servicer, _ in services:
            add(servicer, self._collected)
        health_pb2_grpc.add_HealthServicer_to_server(self.health.servicer, self._collected)
        self._rules |= dict.fromkeys(_paths(health_pb2.DESCRIPTOR.services_by_name["Health"]), PUBLIC)

    def reflect(self, services: Sequence[Service], roles: frozenset[str]) -> None:
        names = [*(descriptor.full_name for _, _, descriptor in services), REFLECTION]
        servicer = reflection_aio.ReflectionServicer(names)  # type: ignore[attr-defined] # the hints leave it out
        reflection_pb2_grpc.add_ServerReflectionServicer_to_server(servicer, self._collected)
        described = reflection_pb2.DESCRIPTOR.services_by_name["ServerReflection"]
        self._rules |= dict.fromkeys(_paths(described), roles)

    def close_door(self) -> Door:
        self.door = Door(self._collected.handlers, self._rules, self._verifier, self.serving)
        return self.door


def _paths(service: ServiceDescriptor) -> list[str]:
    return [f"/{service.full_name}/{method.name}" for method in service.methods]


async def serve(
    services: Sequence[Service],
    address: str,
    verifier: Verifier,
    *,
    reflection: bool = False,
    reflection_public: bool = False,
    tls: Tls | None = None,
    insecure: bool = False,
    drain_s: float = 1.0,
    grace_s: float = 10.0,
    ready: Ready = always,
    limits: Limits | None = None,
    connections: Connections | None = None,
) -> GrpcServer:
    """Serve on ``address`` (``127.0.0.1:8121``; port 0 takes a free one) until ``stop``.

    Every method needs a rule in its proto, else ``MissingRule``; health is open to everybody, reflection to
    administrators. An address that other machines can reach needs ``tls``, or ``insecure`` where a mesh encrypts.
    ``ready`` is asked every second; ``drain_s`` is how long clients have to hear that the server leaves.
    """
    parts = _Parts(services, verifier, limits or Limits(), ready)
    if reflection or reflection_public:
        parts.reflect(services, PUBLIC if reflection_public else _ADMIN)
    options = (connections or Connections()).options()
    server = grpc.aio.server(interceptors=[parts.close_door()], options=options)
    port = transport.listen(server, address, tls, insecure=insecure)
    await parts.health.start()
    # In an empty context: calls would otherwise be children of whatever span this is called in.
    await asyncio.create_task(server.start(), context=contextvars.Context())
    _log.info("grpc server listens", address=address, port=port)
    return GrpcServer(server, port, parts, drain_s, grace_s)
