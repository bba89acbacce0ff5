"""One picture for all who watch it: read again and again while anybody looks, and not at all when nobody does.

Whoever hears that something changed wakes the pulse, which then looks at once; the slow look finds what nobody said.

For streams of what changes all the time, a wallboard for example. What must not be missed goes through
``chassis.streams``.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Generic, TypeVar

from chassis import logs
from chassis.errors import database_is_away
from chassis.event_loop import run_blocking

T = TypeVar("T")

SOONEST_S = 0.2
"""Between two looks, however often the pulse is woken."""


@dataclass(frozen=True, slots=True)
class Picture(Generic[T]):
    """What was read last; None if nothing could be read yet."""

    seen: T | None
    stale: bool
    """It could not be read since."""


class Pulse(Generic[T]):
    """``read`` makes the picture, on a thread. Watchers get each that differs from the one before, and the same one
    again after ``at_least_s`` seconds. Belongs to the event loop."""

    def __init__(self, read: Callable[[], T], *, every_s: float = 1.0, at_least_s: float = 10.0) -> None:
        self._read, self._every_s, self._at_least_s = read, every_s, at_least_s
        self._picture: Picture[T] = Picture(None, stale=True)
        self._number, self._told_at, self._watchers = 0, 0.0, 0
        self._watched, self._woken, self._news = asyncio.Event(), asyncio.Event(), asyncio.Event()

    @property
    def seen(self) -> T | None:
        """What was read last; None if nothing was yet."""
        return self._picture.seen

    def wake(self) -> None:
        """Something may have changed: look as soon as may be. Nothing is done while nobody watches."""
        self._woken.set()

    async def run(self) -> None:
        """Look as long as anybody watches; runs as long as the process."""
        while True:
            await self._watched.wait()
            self._woken.clear()
            self._tell(await self._look())
            await asyncio.sleep(min(SOONEST_S, self._every_s))
            with suppress(TimeoutError):
                async with asyncio.timeout(self._every_s - SOONEST_S):
                    await self._woken.wait()

    async def _look(self) -> Picture[T]:
        try:
            return Picture(await run_blocking(self._read), stale=False)
        except Exception as error:  # noqa: BLE001 - the pulse outlives a database that is away
            log = logs.get_logger("pulse")
            log.warning("picture_is_stale", error=type(error).__name__, away=database_is_away(error))
            return Picture(self._picture.seen, stale=True)

    def _tell(self, picture: Picture[T]) -> None:
        now = asyncio.get_running_loop().time()
        if picture != self._picture or now - self._told_at >= self._at_least_s:
            self._picture, self._told_at = picture, now
            self._number += 1
            self._news.set()
            self._news = asyncio.Event()

    async def pictures(self) -> AsyncGenerator[Picture[T], None]:
        """The picture as it is now, then each new one. A watcher that is slow gets the newest and misses those
        between."""
        with self.watched() as known:
            told = known
            while True:
                while told == self._number:
                    await self._news.wait()
                told = self._number
                yield self._picture

    @contextmanager
    def watched(self) -> Iterator[int]:
        """Have it look though only ``seen`` is asked for. The number is that of the picture known already."""
        told = self._begin()
        try:
            yield told
        finally:
            self._watchers -= 1
            if not self._watchers:
                self._watched.clear()

    def _begin(self) -> int:
        """One more watches. What was seen before anybody did is old: then the first look is told, whatever it shows."""
        self._watchers += 1
        if self._watchers > 1 and self._picture.seen is not None:
            return -1
        self._told_at = -self._at_least_s
        self._watched.set()
        return self._number
