"""How many calls at once and for how long: limits, the server's own deadline, and the end of streams when it leaves."""

from __future__ import annotations

import asyncio
import inspect
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any, Final
from weakref import WeakSet

import grpc

from chassis import telemetry
from chassis.auth import InvalidToken
from chassis.errors import ResourceExhausted
from chassis.grpc_host import call as calls
from chassis.grpc_host.failures import ServerLeaving, TooLate, failure
from chassis.grpc_host.observing import Method, observed, refuse
from chassis.telemetry.attributes import RPC_METHOD, STREAM

Handler = Any
"""A gRPC method handler; the library has no public type that says more."""

_FULL: Final = failure(ResourceExhausted("the server has as many calls as it can serve: try again"))
_FAR_S: Final = 30 * 24 * 3600.0
_MAKE: Final = {
    (False, False): grpc.unary_unary_rpc_method_handler,
    (False, True): grpc.unary_stream_rpc_method_handler,
    (True, False): grpc.stream_unary_rpc_method_handler,
    (True, True): grpc.stream_stream_rpc_method_handler,
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one server takes on."""

    calls: int = 256
    """Calls with one answer, at once."""
    streams: int = 4096
    """Open streams."""
    deadline_s: float = 10.0
    """For calls with one answer whose client sets none; streams last as long as their token."""
    caller_per_second: float = 0.0
    """Calls that one caller may make, with bursts; 0: as many as they like."""


class Serving:
    """The calls being served now. Used from the event loop alone."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._calls = 0
        self._streams: dict[asyncio.Task[Any], str] = {}
        self._leaving = False
        _servers.add(self)

    @property
    def under_way(self) -> tuple[int, int]:
        """How many calls with one answer are being served, and how many streams are open."""
        return self._calls, len(self._streams)

    @property
    def streams(self) -> Sequence[str]:
        """The method of each open stream."""
        return list(self._streams.values())

    def wrapped(self, method: Method, handler: Handler) -> Handler:
        """The handler as the server calls it."""
        if handler.response_streaming:
            serve = self._stream(method, handler.stream_stream if handler.request_streaming else handler.unary_stream)
        else:
            serve = self._single(method, handler.stream_unary if handler.request_streaming else handler.unary_unary)
        make = _MAKE[handler.request_streaming, handler.response_streaming]
        return make(serve, handler.request_deserializer, handler.response_serializer)

    def _single(self, method: Method, behavior: Callable[[Any, Any], Awaitable[Any]]) -> Callable[..., Any]:
        if method.public:
            return behavior

        async def serve(request: Any, context: Any) -> Any:
            if self._calls >= self.limits.calls:
                await refuse(method, context, _FULL)
            self._calls += 1
            try:
                return await observed(method, request, context, self._in_time(behavior, request, context))
            finally:
                self._calls -= 1

        return serve

    async def _in_time(self, behavior: Callable[[Any, Any], Awaitable[Any]], request: Any, context: Any) -> Any:
        given: float | None = context.time_remaining()
        allowed = self.limits.deadline_s if given is None else given
        calls.current().deadline = time.monotonic() + allowed
        if given is not None:
            return await behavior(request, context)
        try:
            async with asyncio.timeout(allowed) as limit:
                return await behavior(request, context)
        except TimeoutError:
            if limit.expired():
                raise TooLate from None
            raise

    def _stream(self, method: Method, behavior: Callable[[Any, Any], Any]) -> Callable[..., Any]:
        pour = _pour if inspect.isasyncgenfunction(behavior) else _let_write

        async def serve(request: Any, context: Any) -> None:
            if len(self._streams) >= self.limits.streams and not method.public:
                await refuse(method, context, _FULL)
            work = self._while_here(method.path[1:], pour(behavior, request, context))
            await observed(method, request, context, work, {STREAM: True})

        return serve

    async def _while_here(self, method: str, work: Awaitable[None]) -> None:
        """Serve a stream until it ends, its token ends, or the server leaves."""
        if self._leaving:
            raise ServerLeaving
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - a coroutine runs in a task
        self._streams[task] = method
        _ever_open.add(method)
        try:
            async with asyncio.timeout(_until_token_ends()) as limit:
                await work
        except asyncio.CancelledError:
            if not self._leaving:
                raise
            task.uncancel()
            raise ServerLeaving from None
        except TimeoutError:
            if limit.expired():
                raise InvalidToken("the token has expired: get a new one", "TOKEN_EXPIRED") from None
            raise
        finally:
            self._streams.pop(task, None)

    def end_streams(self) -> None:
        """End every open stream with UNAVAILABLE, so that its client goes on elsewhere."""
        self._leaving = True
        for task in list(self._streams):
            task.cancel()


_servers: WeakSet[Serving] = WeakSet()
_ever_open: set[str] = set()
"""Methods of streams; one that nobody reads any more is told as 0."""


def _calls_under_way() -> float:
    return sum(serving.under_way[0] for serving in _servers)


def _open_streams() -> Mapping[str, float]:
    found = Counter(method for serving in _servers for method in serving.streams)
    return {method: found[method] for method in sorted(_ever_open)}


telemetry.observed("hub120.rpc.server.in_flight", "{call}", "Calls with one answer being served", _calls_under_way)
telemetry.observed_each("hub120.rpc.server.streams", "{stream}", "Open streams", RPC_METHOD, _open_streams)


def _until_token_ends() -> float | None:
    caller = calls.current().caller
    left = _FAR_S if caller is None else caller.expires_at - time.time()
    return left if left < _FAR_S else None


async def _pour(behavior: Callable[[Any, Any], Any], request: Any, context: Any) -> None:
    messages: AsyncIterator[Any]
    async with aclosing(behavior(request, context)) as messages:
        async for message in messages:
            await context.write(message)


async def _let_write(behavior: Callable[[Any, Any], Awaitable[None]], request: Any, context: Any) -> None:
    await behavior(request, context)
