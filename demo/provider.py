"""A provider on the network: a small HTTP server of its own, and calls to the hub's webhooks."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import urllib3


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that came in."""

    method: str
    path: str
    url: str
    """Path and query as they were sent."""
    headers: Mapping[str, str]
    """By name in small letters."""
    body: bytes

    def query(self) -> dict[str, str]:
        """What stands in the address behind the question mark."""
        return dict(parse_qsl(urlsplit(self.url).query, keep_blank_values=True))

    def form(self) -> dict[str, str]:
        """The body as a form."""
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered, by us or by the hub; status 0 if nobody answered in time."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def json(cls, status: int, body: Mapping[str, object], **headers: str) -> Answer:
        """An answer in JSON."""
        more = {name.replace("_", "-"): value for name, value in headers.items()}
        return cls(status, json.dumps(body, ensure_ascii=False).encode(), {"content-type": "application/json", **more})

    @property
    def good(self) -> bool:
        """2xx."""
        return 200 <= self.status < 300

    def read(self) -> Any:
        """The body's JSON; an empty object if it is none."""
        try:
            return json.loads(self.body)
        except ValueError:
            return {}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True
    server: _Server

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        answer = self.server.answer(Asked(self.command, urlsplit(self.path).path, self.path, headers, body))
        self.send_response(answer.status)
        for name, value in {**answer.headers, "content-length": str(len(answer.body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.body)

    do_GET = do_POST = _serve

    def log_message(self, *_: object) -> None:
        """Quiet: what matters is reported."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, answer: Callable[[Asked], Answer]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answer = answer


def serve(answer: Callable[[Asked], Answer]) -> str:
    """Serve on a free port of this machine for as long as the program runs; returns scheme, host and port."""
    server = _Server(answer)
    threading.Thread(target=server.serve_forever, name="provider", daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


_calls = urllib3.PoolManager(maxsize=32, retries=False)


def post(url: str, body: bytes, headers: Mapping[str, str], timeout_s: float) -> Answer:
    """Call a webhook once."""
    try:
        answer = _calls.request("POST", url, body=body, headers=dict(headers), timeout=timeout_s)
    except urllib3.exceptions.HTTPError:
        return Answer(0)
    return Answer(answer.status, answer.data, {name.lower(): value for name, value in answer.headers.items()})
