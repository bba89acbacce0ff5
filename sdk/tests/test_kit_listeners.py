"""The kit on listeners: one that keeps every promise over a wire of its own is gold, each broken promise is found. The
wire: the connector says ``LISTEN key`` and gets ``DELIVER number payload`` lines, each until ``ACK number`` comes;
or it says ``SEND key payload`` and gets a status. Payloads are in base64.
"""

from __future__ import annotations

import json
import socket
import socketserver
import threading
import time
from base64 import b64decode, b64encode
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from io import BufferedIOBase
from types import TracebackType
from urllib.parse import urlsplit

import pytest
from hub120_sdk import (
    Address,
    AddressKind,
    Attachment,
    Content,
    Context,
    Delivery,
    Inbound,
    Limits,
    Line,
    Manifest,
    Misconfigured,
    OptedOut,
    Outbound,
    Receipt,
    Received,
    Record,
    Rejected,
    Request,
    Response,
    Retry,
    Setting,
    Throttled,
    Unauthorised,
    Unreadable,
    Unsure,
    shapes,
)
from hub120_sdk.testing import CHECKS, Answer, Grade, Hears, Outcome, Seen, Sends, Suite, run

pytestmark = pytest.mark.slow  # a provider that hangs, at every request: the kit waits for it

CITIZEN = Address(AddressKind.ACCOUNT, "citizen")
REPLY = Outbound("reply-1", CITIZEN, "곧 고치겠습니다")
MANIFEST = Manifest(
    "listening_model",
    "Listening model",
    frozenset({"channel", "listener"}),
    "tests",
    idempotent_send=True,
    settings={"server": Setting("host and port"), "timeout_s": Setting("patience", False, "10")},
    secrets={"key": Setting("the secret")},
    limits=Limits(text_characters=500, send_deadline_s=5.0),
)


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True
    request_queue_size = 64  # a crowd is let in, not made to knock again a second later


class Centre:
    """The peer: a message centre."""

    def __init__(self, now: datetime) -> None:
        self._seen: list[Seen] = []
        self._answers: deque[Answer] = deque([Answer()])
        self._waiting: dict[int, bytes] = {}
        self._number = 0
        self._connections: set[socket.socket] = set()
        self._over = threading.Event()
        self._server = _Server(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        return f"centre://127.0.0.1:{self._server.server_address[1]}"

    @property
    def seen(self) -> Sequence[Seen]:
        return self._seen

    def script(self, answers: Sequence[Answer]) -> None:
        self._seen.clear()
        self._answers = deque(answers)

    def deliver(self, delivery: bytes) -> None:
        self._number += 1
        self._waiting[self._number] = delivery

    def unacknowledged(self) -> int:
        return len(self._waiting)

    def drop(self) -> None:
        for connection in list(self._connections):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def __enter__(self) -> Centre:
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

    def _handler(self) -> type[socketserver.StreamRequestHandler]:
        centre = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                centre._connections.add(self.request)
                with suppress(OSError, ValueError):
                    centre._serve(self.connection, self.rfile)
                centre._connections.discard(self.request)

        return Handler

    def _serve(self, connection: socket.socket, lines: BufferedIOBase) -> None:
        command, _, rest = lines.readline().decode().strip().partition(" ")
        key, _, payload = rest.partition(" ")
        if command == "SEND":
            self._seen.append(Seen("SEND", "", {}, b64decode(payload)))
        answer = self._answers.popleft() if len(self._answers) > 1 else self._answers[0]
        if answer.slow:
            self._over.wait(30)
        if answer.slow or answer.dropped:
            return
        status = 401 if key != "the-right-key" else answer.status
        connection.sendall(f"{status} {b64encode(answer.body).decode()}\n".encode())
        if command == "LISTEN" and 200 <= status < 300:
            threading.Thread(target=self._deliver, args=(connection,), daemon=True).start()
            for line in lines:
                self._waiting.pop(int(line.split()[1]), None)

    def _deliver(self, connection: socket.socket) -> None:
        """Everything that waits, again and again."""
        with suppress(OSError):
            sent: dict[int, float] = {}
            while not self._over.wait(0.01):
                for number, delivery in list(self._waiting.items()):
                    if time.monotonic() - sent.get(number, 0.0) > 0.5:
                        sent[number] = time.monotonic()
                        connection.sendall(f"DELIVER {number} {b64encode(delivery).decode()}\n".encode())


class Listening:
    """Keeps every promise."""

    def __init__(self, context: Context) -> None:
        self.context = context

    def parse(self, request: Request) -> Sequence[Record]:
        raise Unauthorised("nobody calls this connector")

    def answer(self, request: Request, received: Sequence[Received]) -> Response:
        return Response()

    def fetch(self, attachment: Attachment) -> Content:
        raise Rejected("there are no files")

    def send(self, message: Outbound) -> Receipt:
        if len(message.text) > MANIFEST.limits.text_characters:
            raise Rejected("the text is too long")
        body = json.dumps({"id": message.reply_id, "text": message.text}, ensure_ascii=False)
        with self.connected(f"SEND {{key}} {b64encode(body.encode()).decode()}", Unsure):
            return Receipt(Delivery.SENT, reply_id=message.reply_id)

    def listen(self, line: Line) -> None:
        with self.connected("LISTEN {key}", Retry) as connection:
            connection.settimeout(0.05)
            come = b""
            while not line.ended():
                with suppress(TimeoutError):
                    come += (more := connection.recv(65_536))
                    if not more:
                        raise Retry("hung up")
                while b"\n" in come and not line.ended():
                    text, _, come = come.partition(b"\n")
                    self.take(line, connection, text)

    def take(self, line: Line, connection: socket.socket, text: bytes) -> None:
        _, number, *payload = text.split()
        with suppress(Unreadable):
            line.keep(self.read(b64decode(payload[0]) if payload else b""))
        connection.sendall(b"ACK " + number + b"\n")

    def read(self, delivery: bytes) -> Sequence[Record]:
        body = shapes.mapping(Request("", "", {}, delivery).json(), required=True)
        return [Inbound(shapes.text(body, "id", required=True), CITIZEN, shapes.text(body, "text"))]

    @contextmanager
    def connected(self, command: str, lost: type[Retry]) -> Iterator[socket.socket]:
        server, timeout_s = urlsplit(self.context.settings["server"]), float(self.context.settings["timeout_s"])
        try:
            with socket.create_connection((server.hostname, server.port), timeout_s) as connection:
                connection.sendall(command.format(key=self.context.secrets["key"]).encode() + b"\n")
                status = b""
                while not status.endswith(b"\n"):
                    if not (byte := connection.recv(1)):
                        raise lost("hung up")
                    status += byte
                self.judge(int(status.split()[0]), lost)
                yield connection
        except OSError as error:
            raise lost("no connection") from error

    def judge(self, status: int, lost: type[Retry]) -> None:
        if 200 <= status < 300:
            return
        if status == 401:
            raise Misconfigured("the key is wrong")
        if status == 410:
            raise OptedOut("the citizen left")
        if status == 429:
            raise Throttled("slow down")
        if status >= 500:
            raise Retry("a passing trouble")
        raise Rejected(str(status))


def delivery(number: int) -> bytes:
    return json.dumps({"id": f"m-{number}", "text": "가로등이 꺼졌어요"}).encode()


def suite(provider: str, now: datetime) -> Suite:
    return Suite(
        settings={"server": provider, "timeout_s": "1.5"},
        secrets={"key": "the-right-key"},
        wrong_secrets={"key": "a-wrong-key"},
        sends=[
            Sends("accepted", REPLY, [Answer()], Receipt(Delivery.SENT, reply_id="reply-1"), has_the_text),
            Sends("gone", REPLY, [Answer(410)], OptedOut),
        ],
        hears=[
            Hears(str(number), delivery(number), [Inbound(f"m-{number}", CITIZEN, "가로등이 꺼졌어요")])
            for number in range(3)
        ],
        waived={"fetches_attachments": "there are no files"},
    )


def has_the_text(seen: Sequence[Seen]) -> None:
    assert REPLY.text in seen[0].words


Install = Callable[..., str]


@pytest.fixture
def install(make_package: Install) -> Callable[[type], str]:
    return lambda connector: make_package(connector, MANIFEST, suite, Centre)


def test_a_listener_that_keeps_every_promise_is_gold(install: Callable[[type], str]) -> None:
    report = run(install(Listening))
    assert report.grade is Grade.GOLD, report.table()
    names = {result.check.name for result in report.results}
    assert {"resumes_after_a_cut", "refuses_whoever_calls", "retries_when_the_provider_is_silent"} <= names
    assert "refuses_what_is_not_signed" not in names


class AcknowledgesFirst(Listening):
    def take(self, line: Line, connection: socket.socket, text: bytes) -> None:
        connection.sendall(b"ACK " + text.split()[1] + b"\n")
        super().take(line, connection, text)


class AcknowledgesWhateverComesOfIt(Listening):
    def take(self, line: Line, connection: socket.socket, text: bytes) -> None:
        try:
            super().take(line, connection, text)
        except Retry:
            connection.sendall(b"ACK " + text.split()[1] + b"\n")


class NeverAcknowledges(Listening):
    def take(self, line: Line, connection: socket.socket, text: bytes) -> None:
        line.keep(self.read(b64decode(text.split()[2])))


class NamesByArrival(Listening):
    def read(self, delivery: bytes) -> Sequence[Record]:
        [one] = super().read(delivery)
        assert isinstance(one, Inbound)
        return [Inbound(f"{one.provider_id}-{time.perf_counter()}", CITIZEN, one.text)]


class ChokesOnGarbage(Listening):
    def read(self, delivery: bytes) -> Sequence[Record]:
        body = json.loads(delivery)
        return [Inbound(body["id"], CITIZEN, body["text"])]


class ComesBackForTheUnreadable(Listening):
    def take(self, line: Line, connection: socket.socket, text: bytes) -> None:
        try:
            line.keep(self.read(b64decode(text.split()[2])))
        except Unreadable as error:
            raise Retry("try again") from error
        connection.sendall(b"ACK " + text.split()[1] + b"\n")


class GivesUpAfterACut(Listening):
    def listen(self, line: Line) -> None:
        try:
            super().listen(line)
        except Retry:
            while not line.wait(0.1):
                pass


class HearsNothingOfTheEnd(Listening):
    def listen(self, line: Line) -> None:
        with suppress(Retry):
            super().listen(line)
        time.sleep(6)


class IsSilent(Listening):
    def listen(self, line: Line) -> None:
        line.ended()
        time.sleep(5.5)
        line.ended()


class RaisesWhenNobodyAnswers(Listening):
    def listen(self, line: Line) -> None:
        try:
            super().listen(line)
        except Retry as error:
            raise RuntimeError("no connection") from error


class TakesAnyLogin(Listening):
    def judge(self, status: int, lost: type[Retry]) -> None:
        super().judge(500 if status == 401 else status, lost)


class TakesEveryCall(Listening):
    def parse(self, request: Request) -> Sequence[Record]:
        return []


class MemoryOnly(Listening):
    heard: set[str] = set()  # noqa: RUF012 (what it does wrong)

    def read(self, delivery: bytes) -> Sequence[Record]:
        [one] = super().read(delivery)
        assert isinstance(one, Inbound)
        known, before = one.provider_id in self.heard, len(self.heard)
        self.heard.add(one.provider_id)
        return [one] if not known and one.provider_id == f"m-{before}" else []


@pytest.mark.parametrize(
    ("connector", "check"),
    [
        (AcknowledgesFirst, "acknowledges_after_it_is_kept"),
        (AcknowledgesWhateverComesOfIt, "acknowledges_after_it_is_kept"),
        (NeverAcknowledges, "hears_what_the_table_says"),
        (NamesByArrival, "hears_a_second_delivery_alike"),
        (ChokesOnGarbage, "stands_garbage_deliveries"),
        (ComesBackForTheUnreadable, "steps_over_what_the_hub_refuses"),
        (GivesUpAfterACut, "resumes_after_a_cut"),
        (HearsNothingOfTheEnd, "ends_when_told"),
        (IsSilent, "shows_signs_of_life"),
        (RaisesWhenNobodyAnswers, "says_when_it_cannot_listen"),
        (TakesAnyLogin, "says_when_its_credentials_are_wrong"),
        (TakesEveryCall, "refuses_whoever_calls"),
        (MemoryOnly, "hears_in_any_order"),
        (MemoryOnly, "resumes_where_it_stopped"),
    ],
)
def test_a_listener_s_broken_promise_is_found_by_its_check(
    install: Callable[[type], str], connector: type, check: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hub120_sdk.testing.ear.HEARD_S", 2.0)
    MemoryOnly.heard.clear()
    package = install(connector)
    report = run(package, checks=[one for one in CHECKS if one.name == check])
    [result] = report.results
    assert result.outcome is Outcome.FAILED, report.table()
