"""One picture for all who watch it: read again and again while anybody looks, and not at all when nobody does.

For streams of what changes all the time, a wallboard for example. What must not be missed goes through
``chassis.streams``.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from chassis import logs
from chassis.errors import database_is_away
from chassis.event_loop import run_blocking

T = TypeVar("T")


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
        self._watched, self._news = asyncio.Event(), asyncio.Event()

    async def run(self) -> None:
        """Look as long as anybody watches; runs as long as the process."""
        while True:
            await self._watched.wait()
            self._tell(await self._look())
            await asyncio.sleep(self._every_s)

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
        told = self._begin()
        try:
            while True:
                while told == self._number:
                    await self._news.wait()
                told = self._number
                yield self._picture
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
