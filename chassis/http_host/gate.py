"""What every HTTP request passes before the application sees it: health, limits, a span, and the answer to errors.

No line and no span names a path as it was sent, since a path may hold anything; the route says enough.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Final

from opentelemetry.trace import Span, SpanKind
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chassis import logs, telemetry
from chassis.http_host.answers import Refused, answer
from chassis.http_host.body import Gone, header, whole
from chassis.telemetry import attributes as known

Ready = Callable[[], Awaitable[bool]]

LEAVING: Final = "hub120.leaving"
"""Where a request's scope has the event that says that the server leaves: an answer that stays open ends with it."""
_PATIENCE_S: Final = 3.0
"""How long a check of readiness may take; longer is not ready."""
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_log = logs.get_logger("http")
_durations = telemetry.histogram(
    "http.server.request.duration", "s", "How long requests over HTTP take",
    attributes=(known.HTTP_METHOD, known.HTTP_ROUTE, known.HTTP_STATUS, known.URL_SCHEME, known.SERVICE),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Limits:
    """What one server takes on."""

    body_bytes: int = 1024 * 1024
    longest_body: Callable[[str], int] = lambda path: 0
    """A path whose bodies may be longer than ``body_bytes``; such a body says its length beforehand."""
    long_bodies: int = 16
    """Of these at once; further ones are asked to come again."""
    body_s: float = 20.0
    """How long a body may take to arrive."""
    head_bytes: int = 64 * 1024
    head_s: float = 10.0
    """How long the head of a request may take to arrive."""
    idle_s: float = 75.0
    """How long a connection may wait for its next request; longer than proxies keep theirs."""
    linger_s: float = 5.0
    """How long a sender who is still writing when the answer has gone may take to read it."""
    requests: int = 512
    """At once; further ones are asked to come again."""
    stays_open: Callable[[str], bool] = lambda path: False
    """A path whose answers go on for as long as somebody reads them; they count apart from requests."""
    open_answers: int = 2048
    """Of these at once; further ones are asked to come again."""
    connections: int = 4096


class Gate:
    """The outermost ASGI application of a server."""

    def __init__(
        self, app: ASGIApp, limits: Limits, ready: Ready, *, trust_traceparent: bool, services: Mapping[str, str]
    ) -> None:
        self._app, self._limits, self._ready, self._trust = app, limits, ready, trust_traceparent
        self._services = services
        self._requests = self._long_bodies = self._open_answers = 0
        self._left = asyncio.Event()

    @property
    def leaving(self) -> bool:
        """True once the server has been told to leave."""
        return self._left.is_set()

    def leave(self) -> None:
        """Say not ready from here on, and let answers that stay open end."""
        self._left.set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request (or pass the application's own start and stop on)."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif scope["path"] in {"/healthz", "/readyz"}:
            await (await self._health(scope["path"]))(scope, receive, send)
        else:
            await self._observed(scope, receive, send)

    async def _health(self, path: str) -> Response:
        if path == "/healthz" or (not self.leaving and await self._is_ready()):
            return JSONResponse({"status": "ok"})
        return JSONResponse({"status": "leaving" if self.leaving else "not ready"}, 503)

    async def _is_ready(self) -> bool:
        try:
            async with asyncio.timeout(_PATIENCE_S):
                return await self._ready()
        except Exception as error:  # noqa: BLE001 - whatever goes wrong, it is not ready
            _log.warning("readiness check failed", exc_info=error)
            return False

    async def _observed(self, scope: Scope, receive: Receive, send: Send) -> None:
        method = scope["method"] if scope["method"] in _METHODS else "_OTHER"
        sender = header(scope, b"traceparent")
        attributes = {known.HTTP_METHOD: method, known.URL_SCHEME: scope["scheme"]}
        parent, links = (sender, ()) if self._trust else (None, (sender,))
        started = time.perf_counter()
        with telemetry.span(method, SpanKind.SERVER, attributes, parent, links) as span:
            answered = _Answered(send, telemetry.trace_id())
            stays = self._limits.stays_open(scope["path"])
            self._requests += not stays
            self._open_answers += stays
            scope[LEAVING] = self._left
            try:
                await self._serve(scope, receive, answered)
            finally:
                self._requests -= not stays
                self._open_answers -= stays
                route = getattr(scope.get("route"), "path", "")
                _record(route, span, attributes, answered.status, started)
                span.set_attributes(self._spans_also(route, stays=stays))

    def _spans_also(self, route: str, *, stays: bool) -> dict[str, str | bool]:
        """What is said of a request in its span alone: whose it was, and whether the answer stayed open."""
        service = self._services.get(route)
        return {**({known.SERVICE: service} if service else {}), **({known.STREAM: True} if stays else {})}

    async def _serve(self, scope: Scope, receive: Receive, send: _Answered) -> None:
        most_bytes = self._most_bytes(scope)
        is_long = most_bytes > self._limits.body_bytes
        self._long_bodies += is_long
        try:
            if self._full():
                raise Refused(503, "BUSY", "the server has as many requests as it can serve", retry_after_s=1)
            body = await whole(scope, receive, most_bytes, self._limits.body_s)
            await self._app(scope, body, send)
        except Gone:
            send.status = 499
        except (Exception, SystemExit) as error:  # noqa: BLE001 - the one place where a request's errors end
            if not send.status:
                await answer(error)(scope, receive, send)
        finally:
            self._long_bodies -= is_long

    def _full(self) -> bool:
        most = self._limits
        return (
            self._requests > most.requests
            or self._open_answers > most.open_answers
            or self._long_bodies > most.long_bodies
        )

    def _most_bytes(self, scope: Scope) -> int:
        """How long the body may be: what is usual, unless it says that it is longer and its path takes that."""
        usual, declared = self._limits.body_bytes, header(scope, b"content-length")
        if declared.isdigit() and int(declared) > usual:
            return max(usual, self._limits.longest_body(scope["path"]))
        return usual


class _Answered:
    """Sends an answer on, with the request's id, and remembers its status."""

    def __init__(self, send: Send, request_id: str) -> None:
        self._send, self._request_id = send, request_id
        self.status = 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            message["headers"] = [*message.get("headers", ()), (b"x-request-id", self._request_id.encode())]
        await self._send(message)


def _record(route: str, span: Span, attributes: dict[str, str], status: int, started: float) -> None:
    took_s = time.perf_counter() - started
    carried: dict[str, str | int] = {**attributes, known.HTTP_STATUS: status}
    if route:
        carried[known.HTTP_ROUTE] = route
        span.update_name(f"{attributes[known.HTTP_METHOD]} {route}")
    span.set_attributes(carried)
    if status >= 500 or not status:
        telemetry.fail(span, str(status))
    _durations.record(took_s, carried)
    _log.debug("request served", method=attributes[known.HTTP_METHOD], route=route, status=status, seconds=took_s)
