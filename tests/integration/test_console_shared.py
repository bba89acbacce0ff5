"""Many pages that look at one stream of the hub, through gRPC: it is opened once, ends with the last of them, and what
it refuses all of them hear."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing, asynccontextmanager
from pathlib import Path
from typing import Any

import grpc
import pytest
from hub120.routing.v1 import wall_service_pb2 as pb
from hub120.routing.v1 import wall_service_pb2_grpc as grpc_pb

from chassis import auth, event_loop, grpc_host
from chassis.grpc_client import Line
from services.console.hub import Hub, Refusal, Visitor
from services.console.shared import Picture, Shared

WATCH = pb.WatchWallRequest()
PAGES = 200


class Centre(grpc_pb.WallServiceServicer):
    """A centre where some wait; ``open`` tells how many streams look at it now, ``opened`` how many ever did."""

    def __init__(self) -> None:
        self.waiting, self.open, self.opened = 0, 0, 0
        self._moved, self.left = asyncio.Event(), asyncio.Event()

    def move(self, waiting: int) -> None:
        """So many wait now; with fewer than none the stream breaks."""
        self.waiting = waiting
        was, self._moved = self._moved, asyncio.Event()
        was.set()

    async def WatchWall(self, request: pb.WatchWallRequest, context: Any) -> AsyncIterator[pb.WatchWallResponse]:
        """Tell."""
        self.open, self.opened = self.open + 1, self.opened + 1
        try:
            while self.waiting >= 0:
                moved = self._moved
                yield pb.WatchWallResponse(wall=pb.Wall(waiting=pb.WallQueue(waiting=self.waiting)))
                await moved.wait()
        finally:
            self.open -= 1
            self.left.set()


class Console:
    """A console before the centre."""

    def __init__(self, centre: Centre, line: Line, issuer: auth.LocalIssuer) -> None:
        self.centre, self.shared = centre, Shared()
        self._hub, self._issuer = Hub({"routing": line}), issuer

    def visitor(self, subject: str, role: str = "display") -> Visitor:
        """Somebody with a token of their own."""
        return Visitor(self._hub, self._issuer.issue(subject, [role], 60))


@asynccontextmanager
async def served(folder: Path) -> AsyncIterator[Console]:
    centre, key_file = Centre(), folder / "token.key"
    services = [grpc_host.implemented(pb, grpc_pb, centre)]
    server = await grpc_host.serve(services, "127.0.0.1:0", auth.LocalVerifier(key_file), drain_s=0.0)
    line = Line(f"127.0.0.1:{server.port}")
    try:
        yield Console(centre, line, auth.LocalIssuer(key_file))
    finally:
        await line.close()
        await server.stop()


@pytest.fixture
def on(tmp_path: Path) -> Callable[[Callable[[Console], Awaitable[None]]], None]:
    """Runs a test against a console of its own."""

    def run(test: Callable[[Console], Awaitable[None]]) -> None:
        async def main() -> None:
            async with served(tmp_path) as console, asyncio.timeout(60):
                await test(console)

        event_loop.run(main())

    return run


def count(picture: Picture) -> int:
    waiting: int = picture.told.wall.waiting.waiting
    return waiting


Pages = Callable[[Callable[[Console], Awaitable[None]]], None]


def test_all_pages_of_a_token_share_one_stream_and_one_drawing(on: Pages) -> None:
    async def test(console: Console) -> None:
        drawn = 0
        wall = console.visitor("wall")

        def draw() -> str:
            nonlocal drawn
            drawn += 1
            return "drawn"

        async def page() -> None:
            async with aclosing(console.shared.follow(wall, WATCH)) as pictures:
                async for picture in pictures:
                    assert picture.drawn("ko", draw) == "drawn"
                    if count(picture) == 2:
                        return
                    console.centre.move(2)

        await asyncio.gather(*(page() for _ in range(PAGES)))
        await console.centre.left.wait()
        assert (console.centre.opened, console.centre.open, drawn) == (1, 0, 2)

    on(test)


def test_another_token_has_a_stream_of_its_own(on: Pages) -> None:
    async def test(console: Console) -> None:
        first = console.shared.follow(console.visitor("one"), WATCH)
        second = console.shared.follow(console.visitor("two"), WATCH)
        async with aclosing(first), aclosing(second):
            assert count(await anext(first)) == count(await anext(second)) == 0
            assert console.centre.opened == 2

    on(test)


def test_a_slow_page_is_shown_the_newest(on: Pages) -> None:
    async def test(console: Console) -> None:
        wall = console.visitor("wall")
        slow, quick = console.shared.follow(wall, WATCH), console.shared.follow(wall, WATCH)
        async with aclosing(slow), aclosing(quick):
            assert count(await anext(slow)) == count(await anext(quick)) == 0
            for waiting in (1, 2, 3):
                console.centre.move(waiting)
                assert count(await anext(quick)) == waiting
            assert count(await anext(slow)) == 3

    on(test)


def test_a_page_that_comes_while_the_stream_is_broken_knows_that_it_is(on: Pages) -> None:
    async def test(console: Console) -> None:
        told: list[bool] = []
        wall, broken, mended = console.visitor("wall"), asyncio.Event(), asyncio.Event()

        def lost(away: bool) -> None:
            told.append(away)
            (broken if away else mended).set()

        first = console.shared.follow(wall, WATCH, lost)
        async with aclosing(first):
            await anext(first)
            coming = asyncio.ensure_future(anext(first))
            console.centre.move(-1)
            await broken.wait()
            late: list[bool] = []
            second = console.shared.follow(wall, WATCH, late.append)
            async with aclosing(second):
                assert (count(await anext(second)), late) == (0, [True])
            console.centre.move(5)
            assert count(await coming) == 5
            assert told == [True, False]

    on(test)


def test_what_is_refused_all_pages_hear_and_the_next_one_asks_again(on: Pages) -> None:
    async def test(console: Console) -> None:
        auditor = console.visitor("aud", "auditor")
        for _ in range(2):
            pages = [console.shared.follow(auditor, WATCH) for _ in range(3)]
            found = await asyncio.gather(*(anext(page) for page in pages), return_exceptions=True)
            assert [one.code for one in found if isinstance(one, Refusal)] == [grpc.StatusCode.PERMISSION_DENIED] * 3

    on(test)


def test_what_trying_again_does_not_mend_is_not_insisted_on(on: Pages) -> None:
    async def test(console: Console) -> None:
        for role, code in (("auditor", grpc.StatusCode.PERMISSION_DENIED), ("display", grpc.StatusCode.UNIMPLEMENTED)):
            with pytest.raises(Refusal) as refused:
                await console.visitor("aud", role).insist(pb.GetWallRequest())
            assert refused.value.code is code

    on(test)
