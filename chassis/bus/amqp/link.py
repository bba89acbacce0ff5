"""One connection to RabbitMQ with one channel, and one exception for every way to lose it."""

from __future__ import annotations

import contextlib
import errno
import struct
import time
from collections.abc import Callable, Iterator
from typing import Any

import amqp
from amqp.exceptions import AMQPError, UnexpectedFrame

from chassis.bus.amqp.address import CONNECT_TIMEOUT_S, HEARTBEAT_S, Address
from chassis.bus.amqp.arrivals import Arrivals
from chassis.bus.amqp.transport import IO_TIMEOUT_S, Tcp, Tls
from chassis.bus.ports import BusUnavailable


class LinkLost(Exception):
    """The connection or its channel is gone or in doubt; open another."""


@contextlib.contextmanager
def losses() -> Iterator[None]:
    """Turn what py-amqp and sockets raise into ``LinkLost``."""
    try:
        yield
    except (OSError, EOFError, AMQPError) as error:
        raise LinkLost(f"{type(error).__name__}: {error}") from error


class _Connection(amqp.Connection):  # type: ignore[misc] # py-amqp has no type hints
    """py-amqp's connection on our transports."""

    def Transport(self, host: str, connect_timeout: float, ssl: Any = False, *timeouts: Any, **options: Any) -> Any:
        """Called by py-amqp to open the socket."""
        if ssl:
            return Tls(host, connect_timeout=connect_timeout, ssl=ssl, **options)
        return Tcp(host, connect_timeout=connect_timeout, **options)


class Link:
    """An open connection with its channel. Lost once, it stays lost."""

    def __init__(self, address: Address, connection_name: str, timeout_s: float = IO_TIMEOUT_S) -> None:
        """Connect; every step of it takes at most ``timeout_s``. Raises ``BusUnavailable``."""
        self.blocked = False
        """Whether the broker has stopped reading publishes (memory or disk alarm)."""
        self.lost = False
        self._connection = _Connection(
            on_blocked=self._on_blocked,
            on_unblocked=self._on_unblocked,
            **address.connection_options(connection_name, min(CONNECT_TIMEOUT_S, timeout_s)),
        )
        try:
            with losses():
                self._connection.connect()
                self._transport = self._connection.transport
                self._transport.patience_s = min(IO_TIMEOUT_S, timeout_s)
                self.channel = self._connection.channel()
                self._transport.patience_s = IO_TIMEOUT_S
        except LinkLost as error:
            self.drop()
            raise BusUnavailable(f"RabbitMQ at {address.host}:{address.port} cannot be reached: {error}") from error
        self.channel.auto_decode = False
        self.channel_id: int = self.channel.channel_id
        self.frame_max: int = self._connection.frame_max
        self._last_beat = time.monotonic()
        self._arrivals: Arrivals | None = None

    @contextlib.contextmanager
    def using(self) -> Iterator[Any]:
        """The channel; whatever goes wrong inside loses the link."""
        try:
            with losses():
                if self.lost:
                    raise ConnectionResetError(errno.ECONNRESET, "the connection was lost before")
                yield self.channel
        except LinkLost:
            self.drop()
            raise

    def consume(self, queue: str, arrived: Callable[[Any], object], *, no_ack: bool = False) -> None:
        """Have the messages of a queue handed to ``arrived`` while the link is pumped. One queue a link."""
        with self.using() as channel:
            self._arrivals = Arrivals(self.channel_id, arrived)
            channel.basic_consume(queue, no_ack=no_ack, callback=arrived)

    @contextlib.contextmanager
    def second_channel(self) -> Iterator[Any]:
        """Another channel, closed at the end; to be used inside ``using``."""
        channel = self._connection.channel()
        channel.auto_decode = False
        try:
            yield channel
        finally:
            if not self.lost and channel.is_open:
                channel.close()

    def send(self, frames: bytes, timeout_s: float) -> None:
        """Write frames made elsewhere, in one piece."""
        with self.using():
            self._transport.write(frames, timeout_s)

    def pump(self, timeout_s: float) -> None:
        """Wait up to ``timeout_s`` for something to arrive and handle all that did."""
        with self.using():
            with contextlib.suppress(TimeoutError):
                if not self._transport.has_frame():
                    self._transport.fill(timeout_s)
            self._handle_read()

    def pump_now(self) -> None:
        """Handle what has arrived, without waiting."""
        with self.using():
            with contextlib.suppress(TimeoutError):
                self._transport.fill(0.0)
            self._handle_read()

    def beat(self) -> None:
        """Send a heartbeat when due, and find the link lost when the broker's have stopped."""
        now = time.monotonic()
        with self.using():
            if now - self._transport.last_read > 2 * HEARTBEAT_S:
                raise ConnectionResetError(errno.ETIMEDOUT, "the broker has fallen silent")
            if now - self._last_beat > HEARTBEAT_S / 3:
                self._last_beat = now
                self._connection.send_heartbeat()

    def close(self) -> None:
        """Say goodbye, so that nothing sent before is lost on the way."""
        with contextlib.suppress(LinkLost), self.using():
            self._connection.close()
        self.drop()

    def drop(self) -> None:
        """Close the socket, whatever it says."""
        self.lost = True
        with contextlib.suppress(OSError, AMQPError):
            self._connection.collect()

    def _handle_read(self) -> None:
        try:
            while self._transport.has_frame():
                frame = self._transport.read_frame()
                if self._arrivals is None or not self._arrivals.take(*frame):
                    self._connection.on_inbound_frame(frame)
        except (ValueError, IndexError, struct.error) as error:  # what a foreign publisher wrote is no AMQP
            raise UnexpectedFrame(f"a frame cannot be read: {error}") from error

    def _on_blocked(self, reason: str) -> None:
        self.blocked = True

    def _on_unblocked(self) -> None:
        self.blocked = False
