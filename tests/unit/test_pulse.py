"""One picture for all who watch: fresh for the first, at once for others, the newest for the slow, or a stale one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import aclosing, asynccontextmanager
from typing import Any

from chassis import event_loop
from chassis.pulse import Picture, Pulse


class Source:
    """Something to look at, which may be away."""

    def __init__(self) -> None:
        self.value, self.away, self.looks = 1, False, 0

    def read(self) -> int:
        self.looks += 1
        if self.away:
            raise OSError("away")
        return self.value


@asynccontextmanager
async def beating(source: Source, every_s: float = 0.001, **options: Any) -> AsyncIterator[Pulse[int]]:
    pulse = Pulse(source.read, every_s=every_s, **options)
    running = asyncio.ensure_future(pulse.run())
    try:
        yield pulse
    finally:
        running.cancel()
        await asyncio.wait([running])


def run(test: Callable[[], Coroutine[Any, Any, None]]) -> None:
    async def bounded() -> None:
        async with asyncio.timeout(20):
            await test()

    event_loop.run(bounded())


def test_each_change_is_told_once_and_the_newest_to_who_was_slow() -> None:
    async def test() -> None:
        source = Source()
        async with beating(source, at_least_s=1e9) as pulse, aclosing(pulse.pictures()) as slow:
            assert await anext(slow) == Picture(1, stale=False)
            async with aclosing(pulse.pictures()) as quick:
                assert await anext(quick) == Picture(1, stale=False)
                for value in (2, 3, 4):
                    source.value = value
                    assert (await anext(quick)).seen == value
            assert (await anext(slow)).seen == 4

    run(test)


def test_who_watches_first_sees_what_is_and_not_what_was_when_somebody_watched_last() -> None:
    async def test() -> None:
        source = Source()
        async with beating(source, at_least_s=1e9) as pulse:
            for value in (1, 2, 2):
                source.value = value
                async with aclosing(pulse.pictures()) as pictures:
                    assert await anext(pictures) == Picture(value, stale=False)

    run(test)


def test_what_cannot_be_read_is_told_as_stale_with_what_was_seen_last() -> None:
    async def test() -> None:
        source = Source()
        async with beating(source, at_least_s=1e9) as pulse, aclosing(pulse.pictures()) as pictures:
            await anext(pictures)
            source.away = True
            assert await anext(pictures) == Picture(1, stale=True)
            source.away = False
            assert await anext(pictures) == Picture(1, stale=False)

    run(test)


def test_what_does_not_change_is_told_again_after_a_while() -> None:
    async def test() -> None:
        async with beating(Source(), at_least_s=0.01) as pulse, aclosing(pulse.pictures()) as pictures:
            assert [(await anext(pictures)).seen for _ in range(3)] == [1, 1, 1]

    run(test)


def test_who_is_woken_looks_at_once_and_not_when_the_slow_look_comes() -> None:
    async def test() -> None:
        source = Source()
        async with beating(source, every_s=3600.0) as pulse, aclosing(pulse.pictures()) as pictures:
            assert (await anext(pictures)).seen == 1
            for value in (2, 3):
                source.value = value
                pulse.wake()
                assert (await anext(pictures)).seen == value

    run(test)


def test_a_storm_costs_one_look_and_what_came_last_is_seen() -> None:
    async def test() -> None:
        source = Source()
        async with beating(source, every_s=3600.0) as pulse, aclosing(pulse.pictures()) as pictures:
            await anext(pictures)
            for value in range(2, 1000):
                source.value = value
                pulse.wake()
            assert (await anext(pictures)).seen == 999
            assert source.looks == 2

    run(test)


def test_nobody_who_wakes_it_makes_it_look_while_nobody_watches() -> None:
    async def test() -> None:
        source = Source()
        async with beating(source, every_s=3600.0) as pulse:
            pulse.wake()
            async with aclosing(pulse.pictures()) as pictures:
                await anext(pictures)
            assert source.looks == 1

    run(test)


def test_it_looks_for_whoever_only_asks_what_was_seen_last() -> None:
    async def test() -> None:
        source = Source()
        async with beating(source) as pulse:
            assert pulse.seen is None
            with pulse.watched():
                async with aclosing(pulse.pictures()) as pictures:
                    await anext(pictures)
            assert pulse.seen == 1

    run(test)
