"""What an api does again and again beside its doors: as soon as somebody says that there is something, and, since that
may be lost, after a while by itself."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

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
