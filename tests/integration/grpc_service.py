"""A gRPC service for tests of the host: the intake contract, with a servicer that does what the request says."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import grpc
import sqlalchemy as sa
from hub120.intake.v1 import intake_service_pb2 as pb
from hub120.intake.v1.intake_service_pb2_grpc import (
    IntakeServiceServicer,
    IntakeServiceStub,
    add_IntakeServiceServicer_to_server,
)

from chassis import auth, errors, grpc_host, logs
from chassis.bus.ports import BusUnavailable

DESCRIPTOR = pb.DESCRIPTOR.services_by_name["IntakeService"]
SECRET = "홍길동 010-1234-5678"


def _query_without_a_database() -> None:
    with sa.create_engine("sqlite:////nowhere/at/all.db").connect():
        pass


def _leave() -> None:
    raise SystemExit(1)


def _fail(error: Exception) -> Callable[[], None]:
    def fail() -> None:
        raise error

    return fail


DOINGS: dict[str, Callable[[], Any]] = {
    "nothing": lambda: None,
    "not found": _fail(errors.NotFound("case", "26-0KX3M-7QHMZ")),
    "not found by number": _fail(errors.NotFound("case", "010-1234-5678")),
    "closed": _fail(errors.PreconditionFailed("CASE_CLOSED", "the case is closed")),
    "conflict": _fail(errors.Conflict("somebody else took it")),
    "not yours": _fail(errors.PermissionDenied("the case is another agent's")),
    "too many": _fail(errors.ResourceExhausted("three codes were sent in an hour", retry_after_s=90)),
    "away": _fail(errors.Unavailable("the interpreter partner does not answer")),
    "bus away": _fail(BusUnavailable(f"amqp://hub:{SECRET}@broker")),
    "database away": _query_without_a_database,
    "broken": _fail(ValueError(SECRET)),
    "exit": _leave,
}


class Intake(IntakeServiceServicer):
    """Does what ``case_id`` says, and knows what it saw."""

    def __init__(self) -> None:
        self.callers: list[str] = []
        self.purposes: list[str] = []
        self.remaining_s: float | None = None
        self.held = asyncio.Event()
        self.entered = 0
        self.ended: list[str] = []

    async def GetCase(self, request: pb.GetCaseRequest, context: Any) -> pb.GetCaseResponse:
        """Do it, on a thread as use cases are."""
        grpc_host.Check(request).required("case_id").length("case_id", 1, 200).raise_if_any()
        await grpc_host.run_blocking(self._do, request.case_id)
        return pb.GetCaseResponse()

    def _do(self, doing: str) -> None:
        self.callers.append(grpc_host.caller().subject)
        self.purposes.append(grpc_host.purpose())
        self.remaining_s = grpc_host.remaining_s()
        DOINGS[doing]()

    async def AddNote(self, request: pb.AddNoteRequest, context: Any) -> pb.AddNoteResponse:
        """Wait until ``held`` is set."""
        self.entered += 1
        await self.held.wait()
        return pb.AddNoteResponse()

    async def WatchCase(self, request: pb.WatchCaseRequest, context: Any) -> AsyncIterator[pb.WatchCaseResponse]:
        """One entry, then nothing more."""
        self.callers.append(grpc_host.caller().subject)
        try:
            yield pb.WatchCaseResponse()
            await asyncio.Event().wait()
        finally:
            self.ended.append(request.case_id)


class Served:
    """A running host and a client of it."""

    def __init__(self, server: grpc_host.GrpcServer, channel: grpc.aio.Channel, issuer: auth.LocalIssuer) -> None:
        self.server, self._issuer = server, issuer
        self.channel: Any = channel
        self.stub: Any = IntakeServiceStub(channel)  # type: ignore[no-untyped-call] # generated without hints

    def bearer(self, *roles: str, subject: str = "agent-7", lifetime_s: float = 60.0) -> tuple[str, str]:
        return ("authorization", f"Bearer {self._issuer.issue(subject, roles or ['agent'], lifetime_s)}")

    async def get(self, doing: str, **options: Any) -> Any:
        """Call ``GetCase`` as an agent."""
        metadata = [self.bearer(), *options.pop("metadata", [])]
        return await self.stub.GetCase(pb.GetCaseRequest(case_id=doing), metadata=metadata, timeout=10, **options)


@asynccontextmanager
async def served(folder: Path, servicer: object, **options: Any) -> AsyncIterator[Served]:
    """Serve ``servicer`` on a free port while the block lasts."""
    logs.configure("info", "test")
    key_file = folder / "token.key"
    options.setdefault("drain_s", 0.0)
    server = await grpc_host.serve(
        [(add_IntakeServiceServicer_to_server, servicer, DESCRIPTOR)],
        "127.0.0.1:0",
        auth.LocalVerifier(key_file),
        **options,
    )
    try:
        async with grpc.aio.insecure_channel(f"127.0.0.1:{server.port}") as channel:
            yield Served(server, channel, auth.LocalIssuer(key_file))
    finally:
        await server.stop()
