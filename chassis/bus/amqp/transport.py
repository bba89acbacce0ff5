"""py-amqp's transports with sockets that never block: who waits does so beside the socket, with a deadline of its own.

One thread or greenlet reads a connection while others settle on it. A timeout set on the socket would be theirs too.
py-amqp reads each frame in three small pieces; here a read takes whatever the socket holds.
"""

from __future__ import annotations

import contextlib
import errno
import selectors
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator
from operator import methodcaller
from typing import Any

from amqp.exceptions import UnexpectedFrame
from amqp.transport import SSLTransport, TCPTransport

IO_TIMEOUT_S = 10.0
"""For every read and write that has no closer deadline, the answers to channel methods among them."""

_READ_BYTES = 1 << 18
_FRAME_END = 0xCE
_Selector = getattr(selectors, "PollSelector", selectors.SelectSelector)  # eventlet leaves only the latter


class _Streaming:
    """Mixed into py-amqp's transports: frames are cut from what one large read brought, and writers take turns."""

    sock: Any

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._inbox = bytearray()
        self._writing = threading.Lock()
        self._touching = threading.Lock()  # OpenSSL takes no read and write at once
        self.last_read = time.monotonic()
        self.patience_s = IO_TIMEOUT_S
        """How long ``read_frame`` waits for more."""

    def _setup_transport(self) -> None:
        """Called by py-amqp when the socket is connected, and then the protocol header is written."""
        super()._setup_transport()  # type: ignore[misc] # the transport this is mixed into
        self.sock.setblocking(False)
        self._write = self.write

    @contextlib.contextmanager
    def having_timeout(self, timeout: float | None) -> Iterator[None]:
        """Called by py-amqp around a ``read_frame``; None is the usual patience."""
        usual_s = self.patience_s
        self.patience_s = usual_s if timeout is None else timeout
        try:
            yield
        finally:
            self.patience_s = usual_s

    def read_frame(self) -> tuple[int, int, bytes]:
        """The next frame; a timeout loses nothing of a frame that came in part."""
        while not self.has_frame():
            self.fill(self.patience_s)
        kind, channel, size = struct.unpack_from(">BHI", self._inbox)
        payload, end = bytes(self._inbox[7 : 7 + size]), self._inbox[7 + size]
        del self._inbox[: 8 + size]
        if end != _FRAME_END:
            raise UnexpectedFrame(f"a frame ends with {end:#x}")
        return kind, channel, payload

    def has_frame(self) -> bool:
        """Whether a whole frame has been read already."""
        return len(self._inbox) > 7 and len(self._inbox) >= 8 + int(struct.unpack_from(">I", self._inbox, 3)[0])

    def fill(self, timeout_s: float) -> None:
        """Read once, as much as there is; ``TimeoutError`` when there is nothing for so long, 0 for not waiting."""
        data = self._patiently(methodcaller("recv", _READ_BYTES), selectors.EVENT_READ, time.monotonic() + timeout_s)
        if not data:
            raise ConnectionResetError(errno.ECONNRESET, "the broker closed the connection")
        self._inbox += data
        self.last_read = time.monotonic()

    def write(self, data: bytes | memoryview, timeout_s: float = IO_TIMEOUT_S) -> None:
        """Send whole frames, one caller after the other; after a ``TimeoutError`` nobody knows how much was sent."""
        deadline = time.monotonic() + timeout_s
        rest = memoryview(data)
        with self._writing:
            while rest:
                rest = rest[self._patiently(methodcaller("send", rest), selectors.EVENT_WRITE, deadline) :]

    def _patiently(self, move: Callable[[Any], Any], direction: int, deadline: float) -> Any:
        """What ``move`` returns once the socket lets it, ready in that direction or in the one that TLS asks for."""
        while True:
            try:
                with self._touching:
                    return move(self._connected())
            except BlockingIOError:
                wanted = direction
            except ssl.SSLWantReadError:
                wanted = selectors.EVENT_READ
            except ssl.SSLWantWriteError:
                wanted = selectors.EVENT_WRITE
            left_s = deadline - time.monotonic()
            if left_s <= 0:
                raise TimeoutError("the broker kept the connection waiting")
            with _Selector() as selector:
                selector.register(self._connected(), wanted)
                selector.select(left_s)

    def _connected(self) -> Any:
        sock = self.sock
        if sock is None or sock.fileno() < 0:
            raise ConnectionResetError(errno.ECONNRESET, "the connection was closed here")
        return sock


class Tcp(_Streaming, TCPTransport):  # type: ignore[misc] # py-amqp has no type hints
    """Plain."""


class Tls(_Streaming, SSLTransport):  # type: ignore[misc] # py-amqp has no type hints
    """Over TLS."""

    def _shutdown_transport(self) -> None:
        """Do not wait for the peer to end TLS in order: AMQP has said goodbye before, or there is nobody to answer."""
