"""What the tests' radios listen to: a server that delivers each message until it is acknowledged, knows who is
connected, and can tell a radio to misbehave."""

from __future__ import annotations

import json
import socket
import socketserver
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

AGAIN_S = 0.5


@dataclass(frozen=True, slots=True)
class Connected:
    """A radio that came."""

    radio: str
    pid: int
    cursor: str
    together: int
    """How many of this radio were connected then, this one included."""


class Tower:
    """Use as a context manager."""

    def __init__(self) -> None:
        self.came: list[Connected] = []
        """Everybody who ever connected."""
        self.orders: dict[str, str] = {}
        """What a radio is told when it comes; ``listen`` if it is not here."""
        self.acknowledged: Callable[[str], None] = lambda _: None
        """Called with each message's text before its acknowledgement counts."""
        self._lock = threading.RLock()
        self._open: defaultdict[str, dict[socket.socket, int]] = defaultdict(dict)
        self._waiting: defaultdict[str, dict[int, dict[str, str]]] = defaultdict(dict)
        self._number = 0
        self._over = threading.Event()
        self._server = _Server(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def address(self) -> str:
        """Host and port."""
        return f"127.0.0.1:{self._server.server_address[1]}"

    def deliver(self, radio: str, *texts: str) -> None:
        """Have a radio hear messages, each of a citizen of its own."""
        with self._lock:
            for text in texts:
                self._number += 1
                self._waiting[radio][self._number] = {"id": uuid4().hex, "from": uuid4().hex, "text": text}

    def unacknowledged(self, radio: str) -> int:
        """How many messages wait."""
        return len(self._waiting[radio])

    def listeners(self, radio: str) -> list[int]:
        """The processes that are connected for a radio now."""
        with self._lock:
            return list(self._open[radio].values())

    def __enter__(self) -> Tower:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _handler(self) -> type[socketserver.StreamRequestHandler]:
        tower = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                with suppress(OSError):
                    tower._serve(self.connection, self.rfile)

        return Handler

    def _serve(self, connection: socket.socket, lines: Any) -> None:
        _, radio, pid, cursor = lines.readline().decode().split()
        with self._lock:
            here = self._open[radio]
            here[connection] = int(pid)
            self.came.append(Connected(radio, int(pid), cursor.strip("-"), len(here)))
        try:
            order = self.orders.get(radio, "listen")
            connection.sendall(f"{order}\n".encode())
            if order == "listen":
                threading.Thread(target=self._deliver, args=(connection, radio), daemon=True).start()
            for line in lines:
                self._settle(radio, int(line.split()[1]))
        finally:
            with self._lock:
                here.pop(connection, None)

    def _settle(self, radio: str, number: int) -> None:
        message = self._waiting[radio].get(number)
        if message is not None:
            self.acknowledged(message["text"])
            with self._lock:  # who delivers goes through what waits
                self._waiting[radio].pop(number, None)

    def _deliver(self, connection: socket.socket, radio: str) -> None:
        """Everything that waits, again and again, as long as this connection stands."""
        sent: dict[int, float] = {}
        with suppress(OSError):
            while not self._over.wait(0.02):
                with self._lock:
                    waiting = list(self._waiting[radio].items())
                for number, message in waiting:
                    if time.monotonic() - sent.get(number, 0.0) > AGAIN_S:
                        sent[number] = time.monotonic()
                        connection.sendall(f"DELIVER {number} {json.dumps(message)}\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
