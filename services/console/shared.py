"""Streams of the hub that many open pages of one token look at: one stream for all of them, and each picture drawn once
in each language.

Only for streams whose every message is the whole picture: a page that is slower than its stream is shown the newest.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Hashable
from typing import Any, TypeVar

from google.protobuf.message import Message

from services.console.hub import Visitor

Key = tuple[str, str, bytes]
D = TypeVar("D")


class Picture:
    """What was told last, and what has been drawn of it."""

    def __init__(self, told: Any) -> None:
        self.told = told
        self._drawn: dict[Hashable, Any] = {}

    def drawn(self, key: Hashable, draw: Callable[[], D]) -> D:
        """A drawing by its key, made by whoever needs it first."""
        if key not in self._drawn:
            self._drawn[key] = draw()
        found: D = self._drawn[key]
        return found


class Shared:
    """The streams that pages look at now. Belongs to the event loop."""

    def __init__(self) -> None:
        self._open: dict[Key, _Stream] = {}

    async def follow(
        self, me: Visitor, request: Message, lost: Callable[[bool], None] = lambda _: None
    ) -> AsyncGenerator[Picture, None]:
        """The newest picture, and each newer one, as the visitor's ``follow``. The stream ends with the last page that
        looks."""
        key = (me.token, request.DESCRIPTOR.full_name, request.SerializeToString(deterministic=True))
        stream = self._open.get(key)
        if stream is None or stream.over:
            stream = self._open[key] = _Stream(me, request)
        stream.pages += 1
        try:
            async for picture in stream.look(lost):
                yield picture
        finally:
            stream.pages -= 1
            if not stream.pages:
                stream.end()
                if self._open.get(key) is stream:
                    del self._open[key]


class _Stream:
    """One stream and the pages that look at it."""

    def __init__(self, me: Visitor, request: Message) -> None:
        self.pages = 0
        self._picture: Picture | None = None
        self._lost = False
        self._moved = asyncio.Event()
        self._task = asyncio.create_task(self._run(me, request))

    @property
    def over(self) -> bool:
        """It was refused for good."""
        return self._task.done()

    def end(self) -> None:
        """Nobody looks any more."""
        self._task.cancel()

    async def look(self, lost: Callable[[bool], None]) -> AsyncIterator[Picture]:
        """One page's view."""
        seen, away = None, False
        while True:
            moved = self._moved
            if self._lost is not away:
                away = self._lost
                lost(away)
            if self.over:
                self._task.result()
                return
            if self._picture is not None and self._picture is not seen:
                seen = self._picture
                yield seen
            await moved.wait()

    async def _run(self, me: Visitor, request: Message) -> None:
        try:
            async for told in me.follow(lambda _: request, self._break):
                self._picture = Picture(told)
                self._move()
        finally:
            asyncio.get_running_loop().call_soon(self._move)

    def _break(self, lost: bool) -> None:
        self._lost = lost
        self._move()

    def _move(self) -> None:
        """Wake the pages."""
        was, self._moved = self._moved, asyncio.Event()
        was.set()
