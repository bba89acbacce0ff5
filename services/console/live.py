"""What goes on reaching a page after it was drawn: server-sent events (WHATWG HTML, section 9.2), each a part of the
page drawn anew.

A page that lost its connection comes again by itself and is told everything as it is then; nothing need be remembered
for it here. Every few seconds there is a beat, so that the page can say when what it shows is no longer fresh.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import StreamingResponse

from chassis import logs, telemetry
from chassis.http_host import LEAVING
from services.console.hub import Refusal
from services.console.sessions import Session

BEAT_S: Final = 4.0
_MOST_WAITING: Final = 256
"""Parts that a slow reader has not taken yet; beyond, those who draw wait."""
_log = logs.get_logger("console")
_open: Counter[str] = Counter()
"""Pages that are open, and the streams of the hub that they show."""
telemetry.observed("hub120.console.pages", "{page}", "Pages of the console that are open", lambda: _open["pages"])
telemetry.observed("hub120.console.streams", "{stream}", "Streams of the hub shown on them", lambda: _open["streams"])


@dataclass(frozen=True, slots=True)
class Part:
    """An element of the page, by its id, and what is in it now.

    ``put``: each child with an id replaces the one of that id, or comes at the end; the others stay.
    """

    id: str
    html: str = field(repr=False)
    put: bool = False

    def told(self) -> Mapping[str, Any]:
        """As the page takes it."""
        return {"id": self.id, "html": self.html, "put": self.put}


@dataclass(frozen=True, slots=True)
class Said:
    """Something for the page to do: ``go`` to an address, ``tell`` (and read out) a sentence, ``ring`` for an offer."""

    event: str
    what: str


@dataclass(frozen=True, slots=True)
class Lost:
    """A stream of the hub broke, or tells again: what it shows may have changed meanwhile."""

    stream: str
    lost: bool


News = Part | Said | Lost


def event(kind: str, told: Any) -> bytes:
    """One event on the wire."""
    return f"event: {kind}\ndata: {json.dumps(told, ensure_ascii=False, separators=(',', ':'))}\n\n".encode()


def _wire(news: News) -> bytes:
    match news:
        case Part():
            return event("part", news.told())
        case Lost():
            return event("lost", {"stream": news.stream, "lost": news.lost})
        case Said():
            return event(news.event, news.what)


class Live:
    """The streams of one page, joined."""

    def __init__(self, say: Callable[[Refusal], str], session: Session) -> None:
        """``say`` finds the words for what a service refuses; the page is told when it is time to renew the session."""
        self._say, self._session, self._renewing = say, session, False
        self._waiting: asyncio.Queue[News | None] = asyncio.Queue(_MOST_WAITING)

    def lost(self, stream: str, lost: bool) -> None:
        """A stream broke, or tells again."""
        if not self._waiting.full():
            self._waiting.put_nowait(Lost(stream, lost))

    async def join(self, stream: AsyncIterator[News]) -> None:
        """Tell what a stream tells, until it ends."""
        try:
            async for news in stream:
                await self._waiting.put(news)
        except Refusal as refusal:
            told = Said("go", "/sign-in?again=1") if refusal.signed_out else Said("tell", self._say(refusal))
            await self._waiting.put(told)
        except Exception:  # noqa: BLE001 - the page comes again, and with it every stream
            _log.exception("a stream of a page failed")
            await self._waiting.put(None)

    async def told(self, left: asyncio.Event) -> AsyncIterator[bytes]:
        """Everything on the wire, and beats between, until the server leaves or a stream fails."""
        yield b"retry: 1000\n\n" + event("beat", time.time())
        leaving = asyncio.create_task(left.wait())
        waiting = asyncio.create_task(self._waiting.get())
        try:
            while not leaving.done():
                await asyncio.wait({waiting, leaving}, timeout=BEAT_S, return_when=asyncio.FIRST_COMPLETED)
                if not waiting.done():
                    yield event("beat", time.time()) + self._renew()
                    continue
                news, waiting = waiting.result(), asyncio.create_task(self._waiting.get())
                if news is None:
                    return
                yield _wire(news) + b"".join(_wire(more) for more in self._more()) + self._renew()
        finally:
            leaving.cancel()
            waiting.cancel()

    def _renew(self) -> bytes:
        if self._renewing or not self._session.old:
            return b""
        self._renewing = True
        return event("renew", time.time())

    def _more(self) -> list[News]:
        found: list[News] = []
        while not self._waiting.empty():
            one = self._waiting.get_nowait()
            if one is None:
                self._waiting.put_nowait(None)
                break
            found.append(one)
        return found


def answer(request: Request, live: Live, streams: list[AsyncIterator[News]]) -> StreamingResponse:
    """The answer that goes on for as long as the page is open."""

    async def body() -> AsyncIterator[bytes]:
        tasks = [asyncio.create_task(live.join(stream)) for stream in streams]
        _open.update(pages=1, streams=len(tasks))
        try:
            async for piece in live.told(request.scope[LEAVING]):
                yield piece
        finally:
            _open.subtract({"pages": 1, "streams": len(tasks)})
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return StreamingResponse(body(), media_type="text/event-stream", headers=headers)
