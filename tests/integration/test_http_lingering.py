"""What the HTTP host says to a sender who is still writing when it answers: the answer arrives, and the sender ends."""

from __future__ import annotations

import asyncio
import select
import socket

import pytest

from chassis import event_loop, http_host
from tests.integration.http_service import Hooks, on

HEAD = b"POST /hooks/a HTTP/1.1\r\nhost: a\r\n"


def told_while_writing(port: int, request: bytes, rest: bytes = b"x" * 1000) -> bytes:
    """Send a beginning of a request, wait until the server has answered and closed its half, and go on writing before
    reading: what a sender sees who looks up only when everything is sent."""
    with socket.create_connection(("127.0.0.1", port), timeout=15) as connection:
        connection.sendall(request)
        closed = select.poll()
        closed.register(connection, select.POLLRDHUP)
        assert closed.poll(15_000), "the server did not say that this was all"
        for _ in range(3):
            connection.sendall(rest)
        return b"".join(iter(lambda: connection.recv(65_536), b""))


@pytest.mark.parametrize(
    ("begun", "status"),
    [
        (b"POST /hooks/a HTTP/1.1\r\nx: ", 408),
        (b"POST /hooks/a HTTP/1.1\r\nx: " + b"a" * 100_000, 431),
        (HEAD + b"content-length: 100000\r\n\r\nx", 413),
        (HEAD + b"transfer-encoding: chunked\r\n\r\n1000\r\n" + b"x" * 0x1000 + b"\r\n", 413),
        (HEAD + b"content-length: 900\r\n\r\nx", 408),
        (HEAD + b"connection: close\r\ncontent-length: 2\r\n\r\nhi", 200),
        (b"this is not HTTP\r\n\r\n", 400),
    ],
    ids=["slow head", "large head", "large by length", "large by count", "slow body", "more than told", "no HTTP"],
)
def test_who_is_still_writing_reads_the_answer(begun: bytes, status: int) -> None:
    async def test(port: int, _: Hooks) -> None:
        answer = await asyncio.to_thread(told_while_writing, port, begun)
        assert answer.startswith(b"HTTP/1.1 %d " % status)

    on(test, limits=http_host.Limits(head_s=0.3, body_s=0.3, body_bytes=1000))


def test_what_comes_after_the_answer_is_not_heard() -> None:
    """The head was refused for its slowness; that it is completed later makes it no request."""
    rest = b"late\r\nhost: a\r\ncontent-length: 2\r\n\r\nhi"

    async def test(port: int, hooks: Hooks) -> None:
        answer = await asyncio.to_thread(told_while_writing, port, b"POST /hooks/a HTTP/1.1\r\nx: ", rest)
        assert answer.startswith(b"HTTP/1.1 408 ")
        next_request = HEAD + b"connection: close\r\ncontent-length: 2\r\n\r\nok"
        await asyncio.to_thread(told_while_writing, port, next_request, b"")
        assert hooks.bodies == [b"ok"]

    on(test, limits=http_host.Limits(head_s=0.3))


def test_who_writes_on_for_ever_is_cut_off() -> None:
    def write_for_ever(port: int) -> None:
        with socket.create_connection(("127.0.0.1", port), timeout=15) as connection:
            connection.sendall(HEAD + b"content-length: 1000000000\r\n\r\n")
            while True:
                connection.sendall(b"x" * 1000)

    async def test(port: int, hooks: Hooks) -> None:
        with pytest.raises(ConnectionError):
            await asyncio.to_thread(write_for_ever, port)
        assert hooks.bodies == []

    on(test, limits=http_host.Limits(body_bytes=1000, linger_s=0.2))


def test_an_idle_connection_does_not_keep_the_server_from_leaving() -> None:
    async def main() -> None:
        server = await http_host.serve(
            Hooks().app, "127.0.0.1:0", drain_s=0, grace_s=60, limits=http_host.Limits(linger_s=60)
        )
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(HEAD + b"content-length: 2\r\n\r\nhi")
        await reader.readuntil(b"\r\n\r\n")
        async with asyncio.timeout(15):
            await server.stop()
        writer.close()

    event_loop.run(main())
