"""An application for tests of the HTTP host that does what its requests say, and a server of its own for each test."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import sqlalchemy as sa
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from chassis import errors, event_loop, http_host, logs
from chassis.auth import InvalidToken
from chassis.bus.ports import BusUnavailable

SECRET = "홍길동 010-1234-5678"
RAISED: dict[str, BaseException] = {
    "not found": errors.NotFound("channel", "fax"),
    "invalid": errors.InvalidArgument([("text", "is required")]),
    "closed": errors.PreconditionFailed("CASE_CLOSED", "the case is closed"),
    "conflict": errors.Conflict("somebody else took it"),
    "denied": errors.PermissionDenied("not yours"),
    "token": InvalidToken("the token has expired", "TOKEN_EXPIRED"),
    "too many": errors.ResourceExhausted("slow down", 2.5),
    "away": errors.Unavailable("the bus is away", 5),
    "bus": BusUnavailable(SECRET),
    "database": sa.exc.OperationalError("SELECT 1", {"phone": SECRET}, Exception(SECRET)),
    "broken": ValueError(SECRET),
    "exit": SystemExit(1),
}


class Hooks:
    """An application that does what the body says."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        self.held = asyncio.Event()
        self.entered = 0
        self.app = Starlette(routes=[Route("/hooks/{channel}", self.hook, methods=["POST"])])

    async def hook(self, request: Request) -> Response:
        """Keep the body, and do what it says."""
        body = await request.body()
        self.bodies.append(body)
        self.entered += 1
        if body == b"wait":
            await self.held.wait()
        if error := RAISED.get(body.decode(errors="replace")):
            raise error
        return JSONResponse({"bytes": len(body)})


def on(test: Callable[[int, Hooks], Awaitable[None]], **options: Any) -> None:
    """Run one test against a server of its own."""

    async def main() -> None:
        hooks = Hooks()
        options.setdefault("drain_s", 0.0)
        server = await http_host.serve(options.pop("app", hooks.app), "127.0.0.1:0", **options)
        try:
            await test(server.port, hooks)
        finally:
            await server.stop()

    logs.configure("info", "test")
    event_loop.run(main())
