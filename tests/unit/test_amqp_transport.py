"""The transport to RabbitMQ on a pair of sockets: who waits does so with a deadline of its own."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from chassis.bus.amqp.transport import Tcp

MORE_THAN_FITS = bytes(8 << 20)


@pytest.fixture
def ends() -> Iterator[tuple[Any, socket.socket]]:
    """Ours, and the broker's."""
    near, far = socket.socketpair()
    transport: Any = Tcp("127.0.0.1:0")
    transport.sock = near
    near.setblocking(False)
    with near, far:
        yield transport, far


def frame(payload: bytes) -> bytes:
    return struct.pack(">BHI", 8, 0, len(payload)) + payload + b"\xce"


def test_a_readers_short_deadline_is_not_the_writers(ends: tuple[Any, socket.socket]) -> None:
    transport, far = ends
    failed: list[BaseException] = []

    def settle() -> None:
        try:
            transport.write(MORE_THAN_FITS, 20.0)
        except OSError as error:
            failed.append(error)

    writer = threading.Thread(target=settle)
    writer.start()
    far.recv(1)  # the writer has begun, and waits for room
    for _ in range(50):
        with pytest.raises(TimeoutError):
            transport.fill(0.001)
    left = len(MORE_THAN_FITS) - 1
    while left:
        left -= len(far.recv(min(left, 1 << 20)))
    writer.join(20)
    assert (writer.is_alive(), failed) == (False, [])


def test_a_writer_whom_nobody_reads_gives_up_at_its_own_deadline(ends: tuple[Any, socket.socket]) -> None:
    transport, _ = ends
    with pytest.raises(TimeoutError):
        transport.write(MORE_THAN_FITS, 0.05)


def test_a_frame_that_comes_in_part_is_not_lost_by_a_timeout(ends: tuple[Any, socket.socket]) -> None:
    transport, far = ends
    whole = frame(b"heartbeat")
    far.sendall(whole[:9])
    with transport.having_timeout(0.05), pytest.raises(TimeoutError):
        transport.read_frame()
    far.sendall(whole[9:] + frame(b"next"))
    assert [transport.read_frame()[2] for _ in range(2)] == [b"heartbeat", b"next"]


def test_an_end_of_the_connection_is_told_from_a_silence(ends: tuple[Any, socket.socket]) -> None:
    transport, far = ends
    with pytest.raises(TimeoutError):
        transport.fill(0.0)
    far.close()
    with pytest.raises(ConnectionResetError, match="the broker closed"):
        transport.fill(5.0)
    transport.sock.close()
    with pytest.raises(ConnectionResetError, match="closed here"):
        transport.fill(5.0)
