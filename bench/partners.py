"""An interpreter partner as cheaply as Python can be it, over the open interpreter protocol: whoever is asked for is
there at once, and words come back translated by a callback, as soon as the hub knows that the partner has them."""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from typing import Any

from bench.outside import Answer, Citizens, Messages, signed_post

TRANSLATED = "번역 "
"""What a translation has before the words."""


class QuickPartner:
    """When it was asked, what words it has, and when it gave them back, by the clock of ``time.perf_counter``."""

    def __init__(self) -> None:
        self.address = ""
        self.asked: dict[str, float] = {}
        """By session."""
        self.words: dict[str, float] = {}
        """By text; the first time counts."""
        self.gave_back: dict[str, float] = {}
        self.again: Counter[str] = Counter()
        """Words that came more than once."""
        self.refused: Counter[int] = Counter()
        """Callbacks that the hub did not take, by status."""
        self._hub: Citizens
        self._port = 0
        self._telling: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Listen."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(self._protocol, "127.0.0.1", 0)
        self.address = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def know(self, port: int) -> None:
        """Where the hub listens."""
        self._port, self._hub = port, Citizens(port)

    def _protocol(self) -> Messages:
        def whole(head: bytes, body: bytes) -> None:
            said, answer = json.loads(body), {}
            if head.startswith(b"post /sessions "):
                self.asked.setdefault(said["session_id"], time.perf_counter())
                answer = {"state": "joined"}
            protocol.transport.write(_ok(answer))
            if head.startswith(b"post /words "):
                self._take(said)

        protocol = Messages(whole)
        return protocol

    def _take(self, said: Any) -> None:
        text = said["text"]
        if text in self.words:
            self.again[text] += 1
        self.words.setdefault(text, time.perf_counter())
        task = asyncio.create_task(self._give_back(said))
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)

    async def _give_back(self, said: Any) -> None:
        told = {"session_id": said["session_id"], "message_id": said["message_id"], "text": TRANSLATED + said["text"]}
        request = signed_post(self._port, "/interpreters/interpreter_http/translations", said["message_id"], told)
        self.gave_back.setdefault(said["text"], time.perf_counter())
        answer: Answer = await self._hub.send(request)
        if answer.status != 200:
            self.refused[answer.status] += 1

    def close(self) -> None:
        """Leave."""
        self._server.close()


def _ok(answer: dict[str, str]) -> bytes:
    body = json.dumps(answer).encode()
    head = f"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
    return head.encode() + body
