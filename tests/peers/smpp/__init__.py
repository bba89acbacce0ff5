"""A message centre in Node, started, told what to do and asked what it saw."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests import node
from tests.waiting import eventually

Event = dict[str, Any]
START_S = 20.0


class Smsc:
    """One process of ``smsc.mjs``. ``port`` 0 takes a free one; with a certificate and its key it speaks TLS."""

    def __init__(self, port: int = 0, *tls: Path) -> None:
        folder = node.packages(node.SMPP)
        command = ["node", "smsc.mjs", str(port), *map(str, tls)]
        self._process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        self._events: list[Event] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.port: int = eventually(lambda: self._told("listening"), START_S, "the message centre")[0]["listening"]

    def events(self, kind: str) -> list[Event]:
        """What has happened of that kind until now; a message that was answered is among it."""
        self._say({"tellUntilHere": True})
        return self._told(kind)

    def tell(self, command: str, **value: object) -> None:
        """Have it do something."""
        self._say({command: value})

    def mute(self, value: bool) -> None:
        """Whether it leaves signs of life without an answer."""
        self._say({"mute": value})

    def answer(self, *statuses: int) -> None:
        """Answer the next submits so; then accept again."""
        self._say({"answer": list(statuses)})

    @property
    def pid(self) -> int:
        """Of its process."""
        return self._process.pid

    def kill(self) -> None:
        """As a machine dies: nobody unbinds, and what it had to deliver is lost."""
        self._process.kill()
        self._process.wait()
        self._reader.join()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()

    def _say(self, command: Event) -> None:
        """Returns when it was noted: what comes over the network after this finds it so."""
        assert self._process.stdin is not None
        before = len(self._told("noted"))
        self._process.stdin.write(json.dumps(command) + "\n")
        self._process.stdin.flush()
        eventually(lambda: len(self._told("noted")) > before, what="the command being noted")

    def _told(self, kind: str) -> list[Event]:
        return [one for one in list(self._events) if kind in one]

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._events.append(json.loads(line))


@contextmanager
def running(port: int = 0, *tls: Path) -> Iterator[Smsc]:
    """A message centre, gone afterwards."""
    smsc = Smsc(port, *tls)
    try:
        yield smsc
    finally:
        smsc.kill()
