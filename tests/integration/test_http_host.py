"""The HTTP host with real sockets: limits, health, answers to errors, and a leave that loses nothing."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from chassis import addresses, errors, event_loop, http_host, logs
from tests.integration.http_client import Answer, request
from tests.integration.http_service import SECRET, Hooks, on


async def posted(port: int, body: Any, **headers: str) -> Answer:
    return await request(port, "POST", "/hooks/kakaotalk", body, headers)


async def spoken(port: int, *pieces: bytes, every_s: float = 0.0) -> tuple[bytes, float]:
    """Send pieces of a request as they are, then read to the end; what came and how long it took."""
    started = time.monotonic()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    reading = asyncio.create_task(reader.read())
    for piece in pieces:
        if not reading.done():
            writer.write(piece)
            await asyncio.sleep(every_s)
    answer = await asyncio.wait_for(reading, 15)
    writer.close()
    return answer, time.monotonic() - started


def chunks(count: int, size: int) -> Iterator[bytes]:
    for _ in range(count):
        yield b"%x\r\n" % size + b"x" * size + b"\r\n"
    yield b"0\r\n\r\n"


CHUNKED = {"transfer-encoding": "chunked"}


class TestSize:
    def test_what_fits_arrives_whole_with_and_without_a_length(self) -> None:
        async def test(port: int, hooks: Hooks) -> None:
            body = os.urandom(1_000_000)
            assert (await posted(port, body)).status == 200
            assert (await posted(port, chunks(100, 1000), **CHUNKED)).status == 200
            assert hooks.bodies == [body, b"x" * 100_000]

        on(test, max_body=1_000_000)

    @pytest.mark.parametrize("beyond", [1, 3_000_000])
    def test_what_is_too_large_is_refused_by_its_length(self, beyond: int) -> None:
        async def test(port: int, hooks: Hooks) -> None:
            answer = await posted(port, b"x" * (1000 + beyond))
            assert (answer.status, json.loads(answer.body)["reason"]) == (413, "TOO_LARGE")
            assert hooks.bodies == []

        on(test, max_body=1000)

    def test_what_is_too_large_is_refused_without_a_length_too(self) -> None:
        async def test(port: int, hooks: Hooks) -> None:
            answer = await posted(port, chunks(500, 1000), **CHUNKED)
            assert answer.status == 413
            assert hooks.bodies == []

        on(test, max_body=1000)

    def test_a_length_that_lies_is_not_believed(self) -> None:
        async def test(port: int, hooks: Hooks) -> None:
            head = b"POST /hooks/a HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\nconnection: close\r\n\r\n"
            answer, _ = await spoken(port, head + b"x" * 100_000)
            assert answer.startswith(b"HTTP/1.1 200")
            assert hooks.bodies == [b"xxxxx"]

        on(test, max_body=1000)

    def test_an_endless_head_is_refused(self) -> None:
        async def test(port: int, _: Hooks) -> None:
            answer, _took = await spoken(port, b"POST / HTTP/1.1\r\nx: " + b"a" * 100_000)
            assert answer.startswith(b"HTTP/1.1 431")

        on(test)


class TestSlowness:
    LIMITS = http_host.Limits(head_s=0.5, body_s=0.5)

    @pytest.mark.parametrize(
        "pieces",
        [
            [b""],
            [b"POST /hooks/a HTTP/1.1\r\n"],
            [b"P", b"O", b"S", b"T", b" ", b"/", b"h", b"o", b"o", b"k", b"s", b"/"],
            [b"\r\n"] * 12,
        ],
    )
    def test_a_head_that_does_not_come_ends_the_connection(self, pieces: list[bytes]) -> None:
        async def test(port: int, _: Hooks) -> None:
            answer, took_s = await spoken(port, *pieces, every_s=0.1)
            assert answer.startswith(b"HTTP/1.1 408")
            assert took_s < 5

        on(test, limits=self.LIMITS)

    def test_a_body_that_does_not_come_is_refused(self) -> None:
        async def test(port: int, hooks: Hooks) -> None:
            head = b"POST /hooks/a HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\n"
            answer, took_s = await spoken(port, head, *[b"x"] * 8, every_s=0.1)
            assert answer.startswith(b"HTTP/1.1 408")
            assert took_s < 5
            assert hooks.bodies == []

        on(test, limits=self.LIMITS)

    def test_a_second_request_on_a_connection_is_timed_too(self) -> None:
        async def test(port: int, hooks: Hooks) -> None:
            whole = b"POST /hooks/a HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\n\r\nhi"
            answer, took_s = await spoken(port, whole, whole, b"POST /hooks/a HT", every_s=0.1)
            assert answer.count(b"HTTP/1.1 200") == 2
            assert answer.endswith(b"HTTP/1.1 408 Request Timeout\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
            assert took_s < 5
            assert len(hooks.bodies) == 2

        on(test, limits=self.LIMITS)

    def test_an_idle_connection_is_kept_longer_than_a_head_may_take(self) -> None:
        async def test(port: int, hooks: Hooks) -> None:
            whole = b"POST /hooks/a HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\n\r\nhi"
            closing = whole.replace(b"host: a", b"host: a\r\nconnection: close")
            answer, _ = await spoken(port, whole, closing, every_s=1.0)
            assert answer.count(b"HTTP/1.1 200") == 2
            assert len(hooks.bodies) == 2

        on(test, limits=self.LIMITS)

    def test_many_slow_senders_keep_nobody_out(self) -> None:
        async def test(port: int, hooks: Hooks) -> None:
            slow = [asyncio.create_task(spoken(port, b"POST /hooks/a HTTP/1.1\r\n")) for _ in range(200)]
            assert (await posted(port, b"hi")).status == 200
            assert all(answer.startswith(b"HTTP/1.1 408") for answer, _ in await asyncio.gather(*slow))

        on(test, limits=self.LIMITS)


class TestAnswers:
    @pytest.mark.parametrize(
        ("raised", "status", "reason"),
        [
            ("not found", 404, "NOT_FOUND"),
            ("invalid", 400, "INVALID_ARGUMENT"),
            ("closed", 409, "CASE_CLOSED"),
            ("conflict", 409, "CONFLICT"),
            ("denied", 403, "PERMISSION_DENIED"),
            ("token", 401, "TOKEN_EXPIRED"),
            ("too many", 429, "RESOURCE_EXHAUSTED"),
            ("away", 503, "UNAVAILABLE"),
            ("bus", 503, "UNAVAILABLE"),
            ("database", 503, "UNAVAILABLE"),
            ("broken", 500, "INTERNAL"),
            ("exit", 500, "INTERNAL"),
        ],
    )
    def test_each_error_has_its_status_and_reason(
        self, raised: str, status: int, reason: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        async def test(port: int, _: Hooks) -> None:
            answer = await posted(port, raised.encode())
            told = json.loads(answer.body)
            assert (answer.status, told["reason"]) == (status, reason)
            assert told["request_id"] == answer.headers["x-request-id"]
            assert SECRET not in answer.body.decode()
            assert (await posted(port, b"hi")).status == 200

        on(test)
        assert SECRET not in capsys.readouterr().err

    def test_who_shall_come_again_is_told_when(self) -> None:
        async def test(port: int, _: Hooks) -> None:
            for raised, seconds in (("too many", "3"), ("away", "5"), ("database", "1")):
                assert (await posted(port, raised.encode())).headers["retry-after"] == seconds
            assert json.loads((await posted(port, b"invalid")).body)["violations"] == [
                {"field": "text", "description": "is required"}
            ]

        on(test)

    def test_an_application_without_starlette_is_answered_for_too(self) -> None:
        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "http":
                raise NotImplementedError
            raise errors.NotFound("channel", "fax")

        async def test(port: int, _: Hooks) -> None:
            answer = await posted(port, b"hi")
            assert (answer.status, json.loads(answer.body)["reason"]) == (404, "NOT_FOUND")

        on(test, app=app)

    def test_beyond_the_limit_requests_are_told_to_come_again(self) -> None:
        async def test(port: int, hooks: Hooks) -> None:
            waiting = [asyncio.create_task(posted(port, b"wait")) for _ in range(3)]
            async with asyncio.timeout(10):
                while hooks.entered < 3:  # noqa: ASYNC110 - there is no event for what the application has seen
                    await asyncio.sleep(0.01)
            answer = await posted(port, b"hi")
            assert (answer.status, answer.headers["retry-after"]) == (503, "1")
            assert (await request(port, "GET", "/healthz")).status == 200
            hooks.held.set()
            assert {answer.status for answer in await asyncio.gather(*waiting)} == {200}
            assert (await posted(port, b"hi")).status == 200

        on(test, limits=http_host.Limits(requests=3))

    def test_no_log_line_names_a_path_as_it_was_sent(self, capsys: pytest.CaptureFixture[str]) -> None:
        async def test(port: int, _: Hooks) -> None:
            logs.configure("debug", "test")
            await request(port, "POST", "/hooks/010-9999-8888?who=010-7777-6666", b"broken")
            await request(port, "GET", "/010-9999-8888")

        on(test)
        err = capsys.readouterr().err
        assert '"route": "/hooks/{channel}"' in err
        assert "9999-8888" not in err
        assert "7777-6666" not in err


class TestHealth:
    def test_readiness_follows_what_is_needed_and_liveness_does_not(self) -> None:
        needed = {"there": True}

        async def ready() -> bool:
            if not needed["there"]:
                raise OSError(SECRET)
            return True

        async def test(port: int, _: Hooks) -> None:
            assert (await request(port, "GET", "/readyz")).status == 200
            needed["there"] = False
            assert (await request(port, "GET", "/readyz")).status == 503
            assert (await request(port, "GET", "/healthz")).status == 200

        on(test, ready=ready)


class TestLeaving:
    def test_requests_under_way_are_answered_and_balancers_are_told_first(self) -> None:
        async def main() -> None:
            hooks = Hooks()
            server = await http_host.serve(hooks.app, "127.0.0.1:0", drain_s=0.5)
            waiting = asyncio.create_task(posted(server.port, b"wait"))
            async with asyncio.timeout(10):
                while not hooks.entered:  # noqa: ASYNC110 - there is no event for what the application has seen
                    await asyncio.sleep(0.01)
            leaving = asyncio.create_task(server.stop())
            await asyncio.sleep(0)
            told = await request(server.port, "GET", "/readyz")
            assert (told.status, json.loads(told.body)) == (503, {"status": "leaving"})
            assert (await posted(server.port, b"hi")).status == 200
            hooks.held.set()
            assert (await waiting).status == 200
            await leaving
            with pytest.raises(ConnectionRefusedError):
                await posted(server.port, b"hi")

        event_loop.run(main())

    def test_who_holds_on_for_ever_is_let_go(self) -> None:
        async def main() -> None:
            hooks = Hooks()
            server = await http_host.serve(hooks.app, "127.0.0.1:0", drain_s=0, grace_s=1)
            waiting = asyncio.create_task(posted(server.port, b"wait"))
            async with asyncio.timeout(10):
                while not hooks.entered:  # noqa: ASYNC110 - there is no event for what the application has seen
                    await asyncio.sleep(0.01)
                await server.stop()
            assert (await asyncio.gather(waiting, return_exceptions=True))[0] is not None

        event_loop.run(main())


class TestAnswersThatStayOpen:
    """Streams of events, for example, which go on for as long as somebody reads them."""

    OPEN = http_host.Limits(requests=1, open_answers=2, stays_open=lambda path: path == "/live")

    @staticmethod
    def app(ended: list[str]) -> Starlette:
        async def live(asked: Request) -> Response:
            async def body() -> AsyncIterator[bytes]:
                yield b"open"
                await asked.scope[http_host.LEAVING].wait()
                ended.append("left")

            return StreamingResponse(body())

        return Starlette(routes=[Route("/live", live)])

    def test_they_take_no_place_of_a_request_and_have_a_limit_of_their_own(self) -> None:
        async def test(port: int, _: Hooks) -> None:
            held = [await self.opened(port) for _ in range(2)]
            assert (await request(port, "GET", "/nowhere")).status == 404, "there is a place for a request"
            assert (await request(port, "GET", "/live")).status == 503
            for connection in held:
                connection[1].close()

        on(test, app=self.app([]), limits=self.OPEN)

    def test_they_end_when_the_server_leaves_and_do_not_hold_it_up(self) -> None:
        ended: list[str] = []

        async def main() -> None:
            server = await http_host.serve(self.app(ended), "127.0.0.1:0", drain_s=0, grace_s=60, limits=self.OPEN)
            reader, writer = await self.opened(server.port)
            async with asyncio.timeout(20):
                await server.stop()
            assert (await reader.read()).endswith(b"0\r\n\r\n"), "it was ended in order"
            writer.close()

        event_loop.run(main())
        assert ended == ["left"]

    @staticmethod
    async def opened(port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET /live HTTP/1.1\r\nhost: here\r\n\r\n")
        await reader.readuntil(b"open")
        return reader, writer


class TestAddresses:
    def test_an_address_that_is_taken_is_named(self) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            address = f"127.0.0.1:{taken.getsockname()[1]}"
            with pytest.raises(addresses.AddressInUse, match=address):
                event_loop.run(http_host.serve(Starlette(), address))

    def test_an_address_others_can_reach_needs_a_word(self) -> None:
        with pytest.raises(addresses.UnsafeAddress):
            event_loop.run(http_host.serve(Starlette(), "0.0.0.0:0"))

    def test_an_application_that_does_not_start_says_so(self) -> None:
        class Broken:
            async def __aenter__(self) -> None:
                raise ValueError("no settings")

            async def __aexit__(self, *_: object) -> None:
                return

        app = Starlette(lifespan=lambda _: Broken())
        with pytest.raises(RuntimeError, match="did not start"):
            event_loop.run(http_host.serve(app, "127.0.0.1:0"))
