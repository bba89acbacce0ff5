"""A connection to a message centre: frames in, frames out, over TCP or TLS.

``smpplib`` packs and unpacks PDUs (``pdus``); its client is not used, for it loses its place in the stream when a wait
ends in the middle of a PDU, and knows IPv4 alone. One thread or greenlet reads, any may write.
"""

from __future__ import annotations

import select
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from hub120_sdk import Misconfigured, Retry

from plugins.sms_smpp.account import Account

HEADER_BYTES = 16
_LONGEST_BYTES = 65_536
_CHUNK_BYTES = 65_536


class Lost(Retry):
    """The connection is gone, or of no use any more."""


class Wire:
    """Use ``Wire.open(account)``; raises ``Lost`` once nothing can be read or written."""

    def __init__(self, connected: socket.socket) -> None:
        self._socket = connected
        self._buffer = b""
        self._turn = threading.Lock()
        self.heard = time.monotonic()
        """When the other side last said anything."""

    @classmethod
    def open(cls, account: Account) -> Wire:
        """Connect. Raises ``Lost``, or ``Misconfigured`` for a certificate that nobody vouches for."""
        tls = account.tls_context() if account.tls else None
        with _told():
            connected = socket.create_connection((account.host, account.port), account.timeout_s)
        try:
            with _told():
                connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                if tls is not None:
                    name = account.host
                    connected = tls.wrap_socket(connected, server_hostname=name, do_handshake_on_connect=False)
                    connected.do_handshake()
            return cls(connected)
        except BaseException:
            connected.close()
            raise

    def read(self, wait_s: float) -> bytes | None:
        """The next frame, or None if none was complete in time; what came of it is kept for the next call."""
        until = time.monotonic() + wait_s
        while (frame := self._frame()) is None:
            if not self._wait(until - time.monotonic()):
                return None
            self._receive()
        return frame

    def write(self, frame: bytes) -> None:
        """Send a whole frame. When it raises, the other side has not got all of it."""
        try:
            with self._turn:
                self._socket.sendall(frame)
        except OSError as error:
            self.close()
            raise Lost(f"the connection broke while writing ({type(error).__name__})") from None
        except BaseException:  # ended in the middle of a frame: nobody could read what follows
            self.close()
            raise

    def close(self) -> None:
        """Hang up. Whoever reads is told so."""
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def _frame(self) -> bytes | None:
        if len(self._buffer) < HEADER_BYTES:
            return None
        length = int.from_bytes(self._buffer[:4])
        if not HEADER_BYTES <= length <= _LONGEST_BYTES:
            raise Lost("the message centre sent something that is no SMPP")
        if len(self._buffer) < length:
            return None
        frame, self._buffer = self._buffer[:length], self._buffer[length:]
        return frame

    def _wait(self, wait_s: float) -> bool:
        """Whether there is something to read by then. The socket's own timeout is for writing."""
        try:
            if isinstance(self._socket, ssl.SSLSocket) and self._socket.pending():
                return True
            return bool(select.select([self._socket], [], [], max(0.0, wait_s))[0])
        except (OSError, ValueError) as error:  # closed by another thread: its number is -1
            raise Lost("the connection was closed") from error

    def _receive(self) -> None:
        """Take what is there without waiting: of TLS it may be something that is none of our words."""
        try:
            with self._turn, self._impatient():
                got = self._socket.recv(_CHUNK_BYTES)
        except (ssl.SSLWantReadError, BlockingIOError):
            return
        except OSError as error:
            raise Lost(f"the connection broke ({type(error).__name__})") from None
        if not got:
            raise Lost("the message centre hung up")
        self.heard = time.monotonic()
        self._buffer += got

    @contextmanager
    def _impatient(self) -> Iterator[None]:
        patience_s = self._socket.gettimeout()
        self._socket.setblocking(False)  # a timeout of 0 is not the same on TLS in greenlets: they wait all the same
        try:
            yield
        finally:
            self._socket.setblocking(True)
            self._socket.settimeout(patience_s)


@contextmanager
def _told() -> Iterator[None]:
    """Troubles of connecting as errors of the contract."""
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        raise Misconfigured(f"the message centre's certificate is not trusted ({error.verify_message})") from None
    except OSError as error:
        raise Lost(f"the message centre cannot be reached ({type(error).__name__})") from None
