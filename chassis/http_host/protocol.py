"""uvicorn's HTTP protocol with the patience it lacks.

A head that comes too slowly or too large ends the connection, and a connection ends in two steps: what is closed while
its sender still writes is reset by the kernel, and the answer is lost on the way (RFC 9112, section 9.6).
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any, ClassVar, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from chassis.http_host.gate import Limits

_TOO_SLOW = b"HTTP/1.1 408 Request Timeout\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
_TOO_LARGE = b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"


class _Lingering:
    """A transport whose ``close`` says "that was all", and takes and drops what still comes until the other side has
    closed too, or ``linger_s`` are over."""

    def __init__(self, transport: Any, linger_s: float) -> None:
        self._transport, self._linger_s = transport, linger_s
        self._end: asyncio.TimerHandle | None = None
        self.answered = False
        """True once the last was said; nothing that comes now is heard."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def is_closing(self) -> bool:
        """True once nothing more can be said."""
        return self.answered or bool(self._transport.is_closing())

    def close(self) -> None:
        """Say that this was all. Said again, it changes nothing."""
        if self.is_closing():
            return
        self.answered = True
        with contextlib.suppress(OSError):  # the other side is gone: reading finds out
            self._transport.write_eof()
        if not self._transport.is_reading():
            self._transport.resume_reading()
        self._end = asyncio.get_running_loop().call_later(self._linger_s, self._transport.close)

    def drop(self) -> None:
        """End the connection at once."""
        if self._end is not None:
            self._end.cancel()
        self._transport.close()


class _Patient(HttpToolsProtocol):
    """Times and counts whatever comes outside of a request that is being answered."""

    limits: ClassVar[Limits]
    _timer: asyncio.TimerHandle | None = None
    _head_bytes = 0

    def connection_made(self, transport: Any) -> None:
        self._leaving = _Lingering(transport, self.limits.linger_s)
        super().connection_made(cast("asyncio.Transport", self._leaving))
        self._expect_head(self.limits.head_s)

    def data_received(self, data: bytes) -> None:
        if self._leaving.answered:
            return
        super().data_received(data)
        if self._timer is not None:
            self._head_bytes += len(data)
            if self._head_bytes > self.limits.head_bytes:
                self._hang_up(_TOO_LARGE)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        if self._timer is not None:
            self._expect_head(self.limits.head_s)

    def on_headers_complete(self) -> None:
        self._forget()
        super().on_headers_complete()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if not self.pipeline and not self.transport.is_closing():
            self._expect_head(self.limits.idle_s + self.limits.head_s)

    def connection_lost(self, exc: Exception | None) -> None:
        self._forget()
        self._leaving.drop()
        super().connection_lost(exc)

    def shutdown(self) -> None:
        idle = self.cycle is None or self.cycle.response_complete
        if idle and not self._leaving.answered:
            self._leaving.drop()  # no answer is on its way
        else:
            super().shutdown()

    def _expect_head(self, within_s: float) -> None:
        self._forget()
        self._timer = self.loop.call_later(within_s, self._hang_up, _TOO_SLOW)

    def _forget(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = None
        self._head_bytes = 0

    def _hang_up(self, said: bytes) -> None:
        self._forget()
        if not self.transport.is_closing():
            self.transport.write(said)
            self.transport.close()


def patient(limits: Limits) -> type[HttpToolsProtocol]:
    """The protocol under these limits."""
    return cast("type[HttpToolsProtocol]", type("Patient", (_Patient,), {"limits": limits}))
