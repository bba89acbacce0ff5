"""Calling the test service: one server a test, and how a call ended."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

import grpc
import pytest
import sqlalchemy as sa
from google.rpc import error_details_pb2  # type: ignore[import-untyped] # has no hints
from grpc_status.rpc_status import aio as rich  # type: ignore[attr-defined] # the hints leave it out

from chassis import auth, event_loop, grpc_host, logs
from chassis.database import Database
from tests.integration.databases import Clock, opened
from tests.integration.grpc_service import Intake, Served, served
from tests.waiting import PATIENCE

F = TypeVar("F")


def on(folder: Path, test: Callable[[Served], Awaitable[None]], servicer: object = None, **options: Any) -> None:
    """Run one test against a server of its own."""

    async def main() -> None:
        async with served(folder, servicer or Intake(), **options) as host:
            await test(host)

    event_loop.run(main())


def on_database(
    address: str, service: str, tables: sa.MetaData, clock: Clock,
    serve: Callable[[Database], AbstractAsyncContextManager[F]],
) -> Callable[[Callable[[F], Awaitable[None]]], None]:  # fmt: skip
    """What runs a test against that which ``serve`` makes of a database of the test's own."""

    def run(test: Callable[[F], Awaitable[None]]) -> None:
        async def main() -> None:
            with opened(address, service, tables, clock) as database:
                async with serve(database) as front_end:
                    await test(front_end)

        event_loop.run(main())

    return run


@asynccontextmanager
async def answering(
    folder: Path, *services: grpc_host.Service, level: str = "info"
) -> AsyncIterator[tuple[grpc.aio.Channel, auth.LocalIssuer]]:
    """A connection to an api with these services, and who makes the tokens that it trusts."""
    logs.configure(level, "test")
    key_file = folder / "token.key"
    server = await grpc_host.serve(services, "127.0.0.1:0", auth.LocalVerifier(key_file), drain_s=0.0)
    try:
        async with grpc.aio.insecure_channel(f"127.0.0.1:{server.port}") as channel:
            yield channel, auth.LocalIssuer(key_file)
    finally:
        await server.stop()


async def refused(call: Awaitable[Any]) -> grpc.aio.AioRpcError:
    """The error of a call that must fail."""
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await call
    return caught.value


async def details(call: Awaitable[Any]) -> dict[str, Any]:
    """The rich details of a call that must fail, by type."""
    error = await refused(call)
    status = await rich.from_call(_Told(error))
    found = {}
    for packed in status.details:
        kind = getattr(error_details_pb2, packed.type_url.rpartition(".")[2])
        found[kind.__name__] = kind.FromString(packed.value)
    return {"code": error.code(), "message": error.details(), **found}


class _Told:
    """An error as grpcio-status wants it: it decodes calls, and a failed call is its error."""

    def __init__(self, error: grpc.aio.AioRpcError) -> None:
        self._error = error

    async def code(self) -> Any:
        return self._error.code()

    async def details(self) -> Any:
        return self._error.details()

    async def trailing_metadata(self) -> Any:
        return self._error.trailing_metadata()


async def code_of(call: Awaitable[Any]) -> grpc.StatusCode:
    """How a call ends."""
    try:
        await call
    except grpc.aio.AioRpcError as error:
        return error.code()
    return grpc.StatusCode.OK


async def until(condition: Callable[[], Any], within_s: float = 10.0) -> None:
    """Wait on the loop for a condition."""
    async with asyncio.timeout(PATIENCE * within_s):
        while not condition():  # noqa: ASYNC110 - there is no event for what a servicer or a client has seen
            await asyncio.sleep(0.01)
