"""The events of a page: joined, told in their order, and ended with the server."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

from services.console.live import Live, News, Part, Said
from services.console.sessions import Session


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
