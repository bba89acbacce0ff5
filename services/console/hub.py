"""The hub as the console sees it: the services' gRPC addresses, and a visitor who asks there with their own token.

A call has a deadline. What a service refuses comes as ``Refusal``, with the service's own reason; a service that does
not answer is one too, with the reason ``UNAVAILABLE``.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Final

import grpc
from google.protobuf.message import Message
from google.rpc import error_details_pb2  # type: ignore[import-untyped] # has no hints

from chassis import telemetry
from chassis.grpc_client import Line, details_of, line, reason_of
from chassis.grpc_host.call import PURPOSE
from chassis.process import Process
from services.console.contracts import AREAS, Method, method_of

DEADLINE_S: Final = 10.0
AGAIN_S: Final = (0.2, 0.5, 1.0, 2.0)
"""How long a stream that broke is left alone before it is opened again."""
_SAID_AGAIN: Final = {
    grpc.StatusCode.UNAVAILABLE,
    grpc.StatusCode.DEADLINE_EXCEEDED,
    grpc.StatusCode.CANCELLED,
    grpc.StatusCode.INTERNAL,
    grpc.StatusCode.UNKNOWN,
    grpc.StatusCode.RESOURCE_EXHAUSTED,
}
"""What ended so is tried again."""


class Refusal(Exception):
    """A service did not do what was asked. ``wrong`` says by field what was wrong with it."""

    def __init__(self, code: grpc.StatusCode, reason: str, message: str, wrong: Mapping[str, str]) -> None:
        super().__init__(message)
        self.code, self.reason, self.wrong = code, reason or code.name, wrong

    @classmethod
    def silent(cls) -> Refusal:
        """A service that ended a conversation without an answer."""
        return cls(grpc.StatusCode.UNAVAILABLE, "", "the service ended without an answer: call again", {})

    @classmethod
    def not_yours(cls) -> Refusal:
        """Only whoever has the work may do it."""
        return cls(grpc.StatusCode.FAILED_PRECONDITION, "NOT_YOURS", "accept the work first", {})

    def naming(self, reason: str, fields: Iterable[str]) -> Refusal:
        """The same, with a reason that tells what there is none of, and in which fields somebody named it."""
        return Refusal(self.code, reason, str(self), dict.fromkeys(fields, str(self)))

    @property
    def signed_out(self) -> bool:
        """The token counts no longer."""
        return self.code is grpc.StatusCode.UNAUTHENTICATED

    @property
    def passing(self) -> bool:
        """Trying again may mend it."""
        return self.code in _SAID_AGAIN


class Hub:
    """The services, each behind its own connection. Belongs to the event loop."""

    def __init__(self, lines: Mapping[str, Line]) -> None:
        self._lines = lines

    @classmethod
    def of(cls, process: Process) -> Hub:
        """The services at the addresses of the settings, or in this very process. Raises ``SettingsError``."""
        return cls({area: line(process, area, f"HUB120_{area.upper()}_ADDRESS") for area in AREAS})

    def line(self, area: str) -> Line:
        """The connection to a service."""
        return self._lines[area]

    @property
    def addresses(self) -> Mapping[str, str]:
        """One service for each different address: whom to ask what every process answers for itself."""
        return {line.address: area for area, line in self._lines.items()}


@dataclass(frozen=True)
class Visitor:
    """Somebody who asks with their own token; ``purpose`` is written into the audit trail beside what they read."""

    hub: Hub
    token: str = field(repr=False)
    purpose: str = "console"

    async def ask(self, request: Message, *, deadline_s: float = DEADLINE_S, area: str = "") -> Any:
        """The answer of the method that takes this request; ``area`` where every service has that method. Raises
        ``Refusal``."""
        method = method_of(request)
        call = _calling(self._channel(method, area).unary_unary, method, request)
        try:
            return await call(request, timeout=deadline_s, metadata=self._metadata())
        except grpc.aio.AioRpcError as error:
            raise _refusal(error) from None

    async def insist(self, request: Message) -> Any:
        """As ``ask``, asked again for as long as the service does not answer: for pages that go on. Raises
        ``Refusal``."""
        for failed in count():
            try:
                return await self.ask(request)
            except Refusal as refusal:
                if refusal.code not in _SAID_AGAIN:
                    raise
            await asyncio.sleep(AGAIN_S[min(failed, len(AGAIN_S) - 1)])

    async def ask_everywhere(self, request: Message) -> list[Any]:
        """What each process's own service answers; those that do not answer now are left out. Raises ``Refusal`` if
        none does."""
        areas = self.hub.addresses.values()
        found = await asyncio.gather(*(self.ask(request, area=area) for area in areas), return_exceptions=True)
        answers = [one for one in found if not isinstance(one, BaseException)]
        for one in found:
            if isinstance(one, BaseException) and not (answers and isinstance(one, Refusal)):
                raise one
        return answers

    async def send(self, requests: Iterable[Message], first: Message) -> Any:
        """The answer to a stream of requests, of which ``first`` is the first. Raises ``Refusal``."""
        method = method_of(first)
        call = _calling(self._channel(method).stream_unary, method, first)
        try:
            return await call(iter([first, *requests]), timeout=60.0, metadata=self._metadata())
        except grpc.aio.AioRpcError as error:
            raise _refusal(error) from None

    def watch(self, request: Message, *, area: str = "", deadline_s: float | None = None) -> AsyncIterator[Any]:
        """What a stream tells until it ends; to a conversation only this is said. Raises ``Refusal``."""
        method = method_of(request)
        channel = self._channel(method, area)
        call = _calling(channel.stream_stream if method.takes_many else channel.unary_stream, method, request)
        said: Any = iter([request]) if method.takes_many else request
        return _told(call(said, timeout=deadline_s, metadata=self._metadata()))

    def talk(
        self, requests: AsyncIterator[Message], first: Message, *, deadline_s: float | None = None
    ) -> AsyncIterator[Any]:
        """A conversation: requests in, of which ``first`` is the first, and what is told out. Raises ``Refusal``."""
        method = method_of(first)

        async def all_of_them() -> AsyncIterator[Message]:
            yield first
            async for one in requests:
                yield one

        call = _calling(self._channel(method).stream_stream, method, first)
        return _told(call(all_of_them(), timeout=deadline_s, metadata=self._metadata()))

    async def follow(
        self, ask: Callable[[Any], Message], lost: Callable[[bool], None] = lambda _: None, *, area: str = ""
    ) -> AsyncIterator[Any]:
        """What a stream tells, opened again whenever it breaks. ``ask`` makes the request from what was told last, None
        at first; ``lost`` is told true when the stream breaks, and false when it tells again. Raises ``Refusal`` for
        what trying again does not mend."""
        last, failed = None, 0
        while True:
            try:
                async for one in self.watch(ask(last), area=area):
                    if failed:
                        lost(False)
                    last, failed = one, 0
                    yield one
            except Refusal as refusal:
                if not refusal.passing:
                    raise
            lost(True)
            await asyncio.sleep(AGAIN_S[min(failed, len(AGAIN_S) - 1)])
            failed += 1

    def _channel(self, method: Method, area: str = "") -> grpc.aio.Channel:
        return self.hub.line(area or method.area).channel()

    def _metadata(self) -> list[tuple[str, str]]:
        told = [("authorization", f"Bearer {self.token}"), (PURPOSE, self.purpose)]
        trace = telemetry.traceparent()
        return [*told, ("traceparent", trace)] if trace else told


def _calling(way: Callable[..., Any], method: Method, request: Message) -> Any:
    """What calls a method in one of the channel's ways."""
    return way(
        method.path,
        request_serializer=type(request).SerializeToString,
        response_deserializer=method.answer.FromString,
    )


async def _told(call: Any) -> AsyncIterator[Any]:
    """What a call tells; it ends with whoever listens."""
    try:
        async for one in call:
            yield one
    except grpc.aio.AioRpcError as error:
        raise _refusal(error) from None
    finally:
        call.cancel()


def _refusal(error: grpc.aio.AioRpcError) -> Refusal:
    wrong = {}
    bad = error_details_pb2.BadRequest()
    for packed in details_of(error):
        if packed.Unpack(bad):
            wrong = {one.field: one.description for one in bad.field_violations}
    return Refusal(error.code(), reason_of(error), error.details() or "", wrong)
