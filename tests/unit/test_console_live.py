"""The events of a page: joined, told in their order, and ended with the server."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

import pytest
from grpc import StatusCode
from starlette.requests import Request

from chassis.crypto import Keyring
from services.console.hub import Hub, Refusal
from services.console.live import Live, News, Part, Said
from services.console.looking import looked_at
from services.console.sessions import Session
from services.console.visits import House, Visit


def session(renew_at: float = float("inf")) -> Session:
    return Session("kim", ("agent",), "token", time.time() + 60, "word", renew_at, "refresh")


async def parts(count: int) -> AsyncIterator[News]:
    for number in range(count):
        yield Part("queue", str(number))


async def told(live: Live, *streams: AsyncIterator[News], until: bytes) -> bytes:
    """Everything on the wire up to these words; then the server leaves."""
    left, wire = asyncio.Event(), b""
    joined = [asyncio.create_task(live.join(stream)) for stream in streams]
    async with asyncio.timeout(20):
        async for piece in live.told(left):
            wire += piece
            if until in wire:
                left.set()
    await asyncio.gather(*joined)
    return wire


def test_parts_are_told_in_their_order() -> None:
    wire = asyncio.run(told(Live(str, session()), parts(20), until=b'"html":"19"'))
    shown = [line for line in wire.decode().splitlines() if '"id":"queue"' in line]
    assert [f'"html":"{number}"' in shown[number] for number in range(20)] == [True] * 20


def test_a_page_on_which_much_happens_is_told_to_renew_its_session_too() -> None:
    wire = asyncio.run(told(Live(str, session(renew_at=0.0)), parts(50), until=b'"html":"49"'))
    assert wire.count(b"event: renew") == 1


def test_a_stream_that_fails_ends_the_events_so_that_the_page_comes_again() -> None:
    async def broken() -> AsyncIterator[News]:
        yield Said("tell", "first")
        raise ValueError("broken")

    wire = asyncio.run(told(Live(str, session()), broken(), until=b"never"))
    assert b'"first"' in wire


def test_a_page_that_goes_away_leaves_nothing_behind() -> None:
    async def goes() -> set[asyncio.Task[object]]:
        told = Live(str, session()).told(asyncio.Event())
        await anext(told)
        page = asyncio.ensure_future(anext(told))
        await asyncio.sleep(0)
        page.cancel()
        await asyncio.wait({page})
        await asyncio.sleep(0)
        return {task for task in asyncio.all_tasks() if task is not asyncio.current_task()}

    assert asyncio.run(goes()) == set()


@pytest.mark.parametrize(
    ("code", "event"),
    [
        (StatusCode.UNAUTHENTICATED, b'event: go\ndata: "/sign-in?again=1"'),
        (StatusCode.PERMISSION_DENIED, b'event: tell\ndata: "PERMISSION_DENIED"'),
    ],
)
def test_a_stream_that_is_refused_says_so_and_leads_who_is_signed_out_to_the_door(
    code: StatusCode, event: bytes
) -> None:
    async def refused() -> AsyncIterator[News]:
        raise Refusal(code, "", "no", {})
        yield

    live = Live(lambda refusal: refusal.reason, session())
    assert event in asyncio.run(told(live, refused(), until=event))


def test_a_page_that_takes_nothing_is_no_trouble_to_a_stream_that_breaks() -> None:
    async def main() -> None:
        live, left = Live(str, session()), asyncio.Event()
        for number in range(1_000):
            live.lost("wall", bool(number % 2))
        async for piece in live.told(left):
            if b"event: lost" in piece:
                left.set()

    asyncio.run(main())


def looking(*answers: list[str] | Refusal) -> tuple[Visit, AsyncIterator[str]]:
    """A visit, and what is looked at there: each answer in its turn."""
    visit = Visit(Request({"type": "http", "headers": []}), House(Hub({}), Keyring.generate(), "", False), session())
    left = iter(answers)

    async def look() -> list[str]:
        answer = next(left)
        if isinstance(answer, Refusal):
            raise answer
        return answer

    return visit, looked_at(visit, "queue", 0.0, look)


def test_what_cannot_be_looked_at_is_said_once_and_again_when_it_can() -> None:
    async def main() -> bytes:
        away = Refusal(StatusCode.UNAVAILABLE, "", "away", {})
        visit, seen = looking(away, ["first"], ["second"])
        assert [await anext(seen), await anext(seen)] == ["first", "second"]
        left, wire = asyncio.Event(), b""
        async for piece in visit.live.told(left):
            wire += piece
            if b"event: lost" in piece:
                left.set()
        return wire

    wire = asyncio.run(main())
    assert [line for line in wire.decode().splitlines() if '"queue"' in line] == [
        'data: {"stream":"queue","lost":true}',
        'data: {"stream":"queue","lost":false}',
    ]


def test_what_may_not_be_looked_at_is_not_tried_again() -> None:
    async def main() -> None:
        _, seen = looking(Refusal(StatusCode.PERMISSION_DENIED, "", "no", {}))
        with pytest.raises(Refusal):
            await anext(seen)

    asyncio.run(main())
