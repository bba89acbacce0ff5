"""An exchange to test against: ARI on a real socket, its websocket and its REST interface on one port.

It pings behind each event, and what was answered with a pong is acknowledged: a listener reads on after it has kept.
Channels and bridges of acknowledged events are found by REST, as on a real exchange.
"""

from __future__ import annotations

import base64
import hashlib
import json
import socket
import struct
import threading
from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, parse_qsl, unquote, urlsplit

from hub120_sdk.testing import Answer, Seen

_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
_TEXT, _CLOSE, _PING, _PONG = 0x1, 0x8, 0x9, 0xA
_GONE = frozenset({"StasisEnd", "ChannelDestroyed"})


class Exchange:
    """The kit's ``Peer`` for ARI. Once it is scripted, REST is answered as it was told and shows nothing."""

    def __init__(self, app: str = "hub120") -> None:
        self.seen: list[Seen] = []
        self.channels: dict[str, Mapping[str, Any]] = {}
        self.bridges: dict[str, Mapping[str, Any]] = {}
        self.muted: set[str] = set()
        """Channels whose sound goes nowhere."""
        self.app = app
        self._answers: deque[Answer] | None = None
        self._waiting: dict[bytes, bytes] = {}
        self._count = 0
        self._streams: set[_Stream] = set()
        self._lock = threading.RLock()
        self._over = threading.Event()
        self._server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"exchange": self}))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def script(self, answers: Sequence[Answer]) -> None:
        """Forget what was seen, answer like this from now on."""
        with self._lock:
            self.seen.clear()
            self._answers = deque(answers or [Answer()])

    def deliver(self, delivery: bytes) -> None:
        """Tell an event, now and at each new connection, until it is acknowledged."""
        with self._lock:
            self._count += 1
            number = str(self._count).encode()
            self._waiting[number] = delivery
            for stream in self._streams:
                stream.tell(number, delivery)

    def unacknowledged(self) -> int:
        """How many events were not read over."""
        with self._lock:
            return len(self._waiting)

    def drop(self) -> None:
        """Cut every connection."""
        with self._lock:
            for stream in self._streams:
                stream.cut()

    @property
    def is_heard(self) -> bool:
        """Whether somebody listens."""
        with self._lock:
            return bool(self._streams)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self.drop()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _show(self, delivery: bytes) -> None:
        """Channels and bridges as the event says they are."""
        try:
            event = json.loads(delivery)
            channel, bridge = (event.get(kind) for kind in ("channel", "bridge"))
            if channel:
                self.channels[channel["id"]] = channel
            if bridge:
                self.bridges[bridge["id"]] = bridge
            if event["type"] in _GONE:
                del self.channels[channel["id"]]
        except (ValueError, TypeError, AttributeError, KeyError, RecursionError):
            return

    def hear(self, stream: _Stream) -> None:
        """Serve a websocket until it ends."""
        with self._lock:
            self._streams.add(stream)
            for number, delivery in self._waiting.items():
                stream.tell(number, delivery)
        with suppress(OSError):
            for number in stream.pongs():
                with self._lock:
                    self._show(self._waiting.pop(number, b""))
        with self._lock:
            self._streams.discard(stream)

    def answer(self, seen: Seen) -> Answer:
        """To one request."""
        with self._lock:
            self.seen.append(seen)
            if self._answers is not None:
                return self._answers.popleft() if len(self._answers) > 1 else self._answers[0]
            return self._shown(seen)

    def _shown(self, seen: Seen) -> Answer:
        path = [unquote(part) for part in urlsplit(seen.path).path.removeprefix("/ari/").split("/")]
        if path[2:] == ["mute"]:
            return self._mute(path[1], seen.method == "POST", parameters(seen).get("direction", "both"))
        if seen.method != "GET":
            return Answer(204, b"")
        if path[0] == "applications":
            return Answer.json({"name": self.app, "channel_ids": list(self.channels)})
        kept = self.channels if path[0] == "channels" else self.bridges
        if len(path) == 1:
            return Answer.json(list(kept.values()))
        found = kept.get(path[1])
        return Answer.json(found) if found else Answer.json({"message": "not found"}, 404)

    def _mute(self, leg_id: str, muted: bool, direction: str) -> Answer:
        """It stays so in whatever bridge the channel is; twice is once."""
        if leg_id not in self.channels:
            return Answer.json({"message": "Channel not found"}, 404)
        if self.channels[leg_id]["state"] != "Up":
            return Answer.json({"message": "Channel in invalid state"}, 412)
        if direction != "out":
            (self.muted.add if muted else self.muted.discard)(leg_id)
        return Answer(204, b"")

    @property
    def refusal(self) -> int:
        """The status with which a login is refused now; 0 if it is taken."""
        with self._lock:
            head = self._answers[0].status if self._answers else 200
            return head if head in {401, 403} else 0

    def linger(self) -> None:
        """Say nothing until the end."""
        self._over.wait(30)


class _Server(ThreadingHTTPServer):
    """For a crowd."""

    daemon_threads = True
    request_queue_size = 128


class _Handler(BaseHTTPRequestHandler):
    """One connection."""

    disable_nagle_algorithm = True  # what is told would wait for what was told before to be acknowledged
    exchange: Exchange

    def _serve(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        if headers.get("upgrade", "").lower() == "websocket":
            self._upgrade(headers)
            return
        body = self.rfile.read(int(headers.get("content-length", "0")))
        spoken = _spoken(body)
        headers |= {"content-type": "text/plain"} if spoken else {}
        answer = self.exchange.answer(Seen(self.command, self.path, headers, spoken or body))
        if answer.slow:
            self.exchange.linger()
        if answer.dropped or answer.slow:
            self.close_connection = True
            return
        self._say(answer)

    do_GET = do_POST = do_DELETE = _serve

    def _say(self, answer: Answer) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.status != 204:
            self.send_header("content-length", str(len(answer.body)))
        self.end_headers()
        if answer.status != 204:
            self.wfile.write(answer.body)

    def _upgrade(self, headers: Mapping[str, str]) -> None:
        if self.exchange.refusal:
            self._say(Answer.json({"message": "Authentication required"}, self.exchange.refusal))
            return
        digest = hashlib.sha1(headers["sec-websocket-key"].encode() + _GUID.encode()).digest()
        self.send_response(101)
        for name, value in (("upgrade", "websocket"), ("connection", "Upgrade")):
            self.send_header(name, value)
        self.send_header("sec-websocket-accept", base64.b64encode(digest).decode())
        self.end_headers()
        self.close_connection = True
        self.exchange.hear(_Stream(self.connection))

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def parameters(seen: Seen) -> dict[str, str]:
    """What a request says: Asterisk takes a parameter from the address or the body alike."""
    told = json.loads(seen.body) if seen.body.startswith(b"{") else {}
    return {**dict(parse_qsl(urlsplit(seen.path).query)), **told}


def _spoken(body: bytes) -> bytes:
    """The words in what is to be played, if it is speech of some server."""
    media = json.loads(body).get("media", "") if body else ""
    return "".join(parse_qs(urlsplit(media).query).get("text", [])).encode()


class _Stream:
    """A websocket's server side (RFC 6455)."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._lock = threading.Lock()

    def tell(self, number: bytes, text: bytes) -> None:
        """A text, and a ping behind it."""
        self._send(_TEXT, text)
        self._send(_PING, number)

    def _send(self, kind: int, data: bytes) -> None:
        size = len(data)
        if size < 126:
            head = struct.pack("!BB", 0x80 | kind, size)
        elif size < 65_536:
            head = struct.pack("!BBH", 0x80 | kind, 126, size)
        else:
            head = struct.pack("!BBQ", 0x80 | kind, 127, size)
        with self._lock, suppress(OSError):
            self._connection.sendall(head + data)

    def pongs(self) -> Any:
        """The numbers of the pings that were answered, until the other side is gone."""
        while True:
            kind, size = struct.unpack("!BB", self._read(2))
            length = size & 0x7F
            if length == 126:
                (length,) = struct.unpack("!H", self._read(2))
            mask, data = self._read(4), self._read(length)
            plain = bytes(one ^ mask[place % 4] for place, one in enumerate(data))
            if kind & 0x0F == _CLOSE:
                return
            if kind & 0x0F == _PING:
                self._send(_PONG, plain)
            if kind & 0x0F == _PONG:
                yield plain

    def _read(self, size: int) -> bytes:
        found = b""
        while len(found) < size:
            more = self._connection.recv(size - len(found))
            if not more:
                raise OSError("gone")
            found += more
        return found

    def cut(self) -> None:
        """Hang up."""
        with suppress(OSError):
            self._connection.shutdown(socket.SHUT_RDWR)
