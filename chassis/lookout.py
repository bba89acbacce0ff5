"""What an api does again and again beside its doors: as soon as somebody says that there is something, and, since that
may be lost, after a while by itself."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from typing import Any

from chassis import logs
from chassis.errors import database_is_away


class Lookout:
    """``look`` does what there is to do; what it raises ends that one look. Belongs to the event loop."""

    def __init__(self, name: str, look: Callable[[], Awaitable[None]], *, every_s: float = 1.0) -> None:
        self._name, self._look, self._every_s = name, look, every_s
        self._news = asyncio.Event()

    def wake(self) -> None:
        """There is something to do."""
        self._news.set()

    async def run(self) -> None:
        """Runs as long as the process, whatever becomes of the database meanwhile."""
        log = logs.get_logger(self._name)
        while True:
            with suppress(TimeoutError):  # no wait_for: Python 3.11's forgets a cancellation that comes with the news
                async with asyncio.timeout(self._every_s):
                    await self._news.wait()
            self._news.clear()
            try:
                await self._look()
            except Exception as error:  # noqa: BLE001 - the next look may find the database back
                log.warning("look_failed", error=type(error).__name__, away=database_is_away(error))
                await asyncio.sleep(self._every_s)


class UnderWay:
    """What a look has begun and others go on with beside it: so many at the same time, each by a name of its own. When
    there is room again where there was none, ``wake`` is called. Belongs to the event loop."""

    def __init__(self, most: int, wake: Callable[[], None]) -> None:
        self._most, self._wake = most, wake
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._tasks

    @property
    def names(self) -> list[str]:
        """What is under way."""
        return list(self._tasks)

    @property
    def room(self) -> int:
        """How much more may be begun."""
        return self._most - len(self._tasks)

    def begin(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        """Have something done that is not under way; it sees to its own errors."""
        self._tasks[name] = asyncio.create_task(self._do(name, work))

    async def _do(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        finally:
            full = self.room <= 0
            del self._tasks[name]
            if full:
                self._wake()

    async def end(self) -> None:
        """Break off all of it."""
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)
