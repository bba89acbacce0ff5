"""A provider to test against: a real HTTP server on loopback that answers as it is told and remembers what it got."""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from urllib.parse import parse_qsl


@dataclass(frozen=True, slots=True)
class Answer:
    """How the provider answers one request. ``dropped`` hangs up without a word, ``slow`` never answers in time."""

    status: int = 200
    body: bytes = b"{}"
    headers: Mapping[str, str] = field(default_factory=lambda: {"content-type": "application/json"})
    dropped: bool = False
    slow: bool = False

    @classmethod
    def json(cls, value: object, status: int = 200, **headers: str) -> Answer:
        """A JSON answer; write ``retry_after="7"`` for the header ``retry-after``."""
        named = {name.replace("_", "-"): one for name, one in headers.items()}
        return cls(status, json.dumps(value).encode(), {"content-type": "application/json", **named})


@dataclass(frozen=True, slots=True)
class Seen:
    """A request that the provider got."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def words(self) -> str:
        """Everything readable in the body, JSON and forms decoded: to look for a text in."""
        try:
            return json.dumps(json.loads(self.body), ensure_ascii=False)
        except ValueError:
            plain = self.body.decode("utf-8", "replace")
            is_text = self.headers.get("content-type", "").startswith("text/")
            fields = [] if is_text else parse_qsl(plain, keep_blank_values=True)
            return "\n".join(value for _, value in fields) if fields else plain


class Provider:
    """Use as ``with Provider() as provider``; ``script`` sets the next answers, the last of which is repeated."""

    def __init__(self) -> None:
        self.seen: list[Seen] = []
        self._answers: deque[Answer] = deque([Answer()])
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def url(self) -> str:
        """Its base address, without a slash at the end."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def script(self, answers: Sequence[Answer]) -> None:
        """Forget what was seen, answer like this from now on."""
        with self._lock:
            self.seen.clear()
            self._answers = deque(answers or [Answer()])

    def __enter__(self) -> Provider:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def answer_to(self, seen: Seen) -> Answer:
        """What a request is answered: the next of the script. Overridden by providers that remember something."""
        with self._lock:
            self.seen.append(seen)
            return self._answers.popleft() if len(self._answers) > 1 else self._answers[0]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def _serve(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length", "0")))
                headers = {name.lower(): value for name, value in self.headers.items()}
                provider._give(self, provider.answer_to(Seen(self.command, self.path, headers, body)))

            do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = _serve

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        return Handler

    def _give(self, handler: BaseHTTPRequestHandler, answer: Answer) -> None:
        if answer.slow:
            self._closing.wait(30)
        if answer.dropped or answer.slow:
            handler.close_connection = True
            return
        handler.send_response(answer.status)
        for name, value in answer.headers.items():
            handler.send_header(name, value)
        handler.send_header("content-length", str(len(answer.body)))
        handler.end_headers()
        handler.wfile.write(answer.body)
