"""A message centre for the conformance kit, on the bytes of SMPP 3.4 and without the library that the connector uses.

``deliver`` takes whole PDUs, one after another; what are none is framed as the body of a ``deliver_sm``.
"""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType

from hub120_sdk.testing import Answer, Seen

BIND_RECEIVER, BIND_TRANSMITTER, SUBMIT_SM, DELIVER_SM = 0x01, 0x02, 0x04, 0x05
UNBIND, BIND_TRANSCEIVER, ENQUIRE_LINK, ALERT, RESPONSE = 0x06, 0x09, 0x15, 0x102, 0x80000000
AGAIN_S = 0.3
_TEMPORARY = 0x64
_STATUSES = {400: 0x65, 401: 0x0E, 403: 0x0D, 418: 0x66, 429: 0x58}
STATUS = "command-status"
"""A header of an ``Answer``: the very status to answer with."""


def pdu(command: int, body: bytes = b"", status: int = 0, sequence: int = 1) -> bytes:
    """A whole PDU."""
    return struct.pack(">LLLL", 16 + len(body), command, status, sequence) + body


def split(delivery: bytes) -> list[bytes]:
    """The PDUs one after another in there, or all of it as the body of one."""
    found, rest = [], delivery
    while len(rest) >= 16:
        length = int.from_bytes(rest[:4])
        if not 16 <= length <= len(rest):
            break
        found.append(rest[:length])
        rest = rest[length:]
    return [pdu(DELIVER_SM, delivery)] if rest or not found else found


@dataclass(slots=True, eq=False)
class _Delivery:
    frame: bytes
    sent_at: float = 0.0


@dataclass(slots=True, eq=False)
class _Session:
    connection: socket.socket
    bound_as: int = 0
    numbers: int = 0
    flying: dict[int, _Delivery] = field(default_factory=dict)


class Smsc:
    """The kit's ``Peer``. With ``window`` it delivers so many at once and waits, as real ones do."""

    def __init__(self, window: int = 1) -> None:
        self._window = window
        self._lock = threading.RLock()
        self._seen: list[Seen] = []
        self._joined: dict[tuple[str, bytes], str] = {}
        self._answers: deque[Answer] = deque([Answer(200, b"ID-1")])
        self._waiting: list[_Delivery] = []
        self._sessions: list[_Session] = []
        self._server = socket.create_server(("127.0.0.1", 0))
        self._over = threading.Event()
        self.binds: list[tuple[int, str]] = []
        """Every login: its command and system_id."""

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"smpp://127.0.0.1:{self._server.getsockname()[1]}"

    @property
    def seen(self) -> Sequence[Seen]:
        """Each ``submit_sm``; that of a later part has the words of the earlier ones too."""
        with self._lock:
            return list(self._seen)

    def script(self, answers: Sequence[Answer]) -> None:
        """See the kit's ``Peer``."""
        with self._lock:
            self._seen.clear()
            self._joined.clear()
            self._answers = deque(answers or [Answer()])

    def deliver(self, delivery: bytes) -> None:
        """See the kit's ``Peer``. Answers and alerts are sent once: nobody acknowledges them."""
        with self._lock:
            self._waiting += [_Delivery(frame) for frame in split(delivery)]

    def unacknowledged(self) -> int:
        """See the kit's ``Peer``."""
        with self._lock:
            return len(self._waiting)

    def drop(self) -> None:
        """See the kit's ``Peer``."""
        with self._lock:
            for session in self._sessions:
                _hang_up(session.connection)

    def __enter__(self) -> Smsc:
        for work in (self._accept, self._deliver):
            threading.Thread(target=work, name="smsc", daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        _hang_up(self._server)
        self.drop()

    def _accept(self) -> None:
        with suppress(OSError):
            while not self._over.is_set():
                session = _Session(self._server.accept()[0])
                with self._lock:
                    self._sessions.append(session)
                threading.Thread(target=self._serve, args=[session], name="smsc session", daemon=True).start()

    def _serve(self, session: _Session) -> None:
        stream = session.connection.makefile("rb")
        with suppress(OSError), session.connection, stream:
            while len(head := stream.read(16)) == 16:
                length, command, status, sequence = struct.unpack(">LLLL", head)
                self._take(session, command, status, sequence, stream.read(length - 16))
        with self._lock:
            self._sessions.remove(session)
            for delivery in session.flying.values():
                delivery.sent_at = 0.0

    def _take(self, session: _Session, command: int, status: int, sequence: int, body: bytes) -> None:
        if command & RESPONSE:
            self._acknowledged(session, status, sequence)
        elif command in {BIND_RECEIVER, BIND_TRANSMITTER, BIND_TRANSCEIVER}:
            self._bind(session, command, sequence, body)
        elif command == SUBMIT_SM:
            self._submit(session, sequence, body)
        else:
            session.connection.sendall(pdu(command | RESPONSE, sequence=sequence))
            if command == UNBIND:
                _hang_up(session.connection)

    def _bind(self, session: _Session, command: int, sequence: int, body: bytes) -> None:
        with self._lock:
            refused = self._answers[0].status == 401
            self.binds.append((command, _string(body)[0].decode()))
        session.connection.sendall(pdu(command | RESPONSE, b"smsc\0", 0x0E * refused, sequence))
        session.bound_as = 0 if refused else command

    def _submit(self, session: _Session, sequence: int, body: bytes) -> None:
        with self._lock:
            answer = self._answers.popleft() if len(self._answers) > 1 else self._answers[0]
            self._seen.append(self._read(body))
        if answer.dropped:
            _hang_up(session.connection)
        elif not answer.slow:
            status = _status(answer)
            told = answer.body.replace(b"\0", b"")[:64] + b"\0" if not status else b""
            session.connection.sendall(pdu(SUBMIT_SM | RESPONSE, told, status, sequence))

    def _read(self, body: bytes) -> Seen:
        message = Message.read(body)
        key = message.destination, message.reference
        text = (self._joined.get(key, "") if message.reference else "") + message.text
        self._joined[key] = text
        return Seen("submit_sm", message.destination, message.headers, text.encode())

    def _acknowledged(self, session: _Session, status: int, sequence: int) -> None:
        with self._lock:
            delivery = session.flying.pop(sequence, None)
            if delivery in self._waiting and status != _TEMPORARY:
                self._waiting.remove(delivery)

    def _deliver(self) -> None:
        while not self._over.wait(0.01):
            with self._lock:
                receivers = [one for one in self._sessions if one.bound_as in {BIND_RECEIVER, BIND_TRANSCEIVER}]
                for delivery in self._waiting[: self._window] if receivers else []:
                    if time.monotonic() - delivery.sent_at >= AGAIN_S:
                        self._send(receivers[-1], delivery)

    def _send(self, session: _Session, delivery: _Delivery) -> None:
        session.numbers += 1
        delivery.sent_at = time.monotonic()
        session.flying[session.numbers] = delivery
        command = int.from_bytes(delivery.frame[4:8])
        if command & RESPONSE or command == ALERT:
            self._waiting.remove(delivery)
        with suppress(OSError):
            session.connection.sendall(delivery.frame[:12] + session.numbers.to_bytes(4) + delivery.frame[16:])


@dataclass(frozen=True, slots=True)
class Message:
    """A ``submit_sm``, read."""

    destination: str
    headers: Mapping[str, str]
    text: str
    reference: bytes
    """What parts of one message have in common; empty for a whole one."""

    @classmethod
    def read(cls, body: bytes) -> Message:
        """From the body of the PDU."""
        _, rest = _string(body)
        source_ton, source_npi = rest[0], rest[1]
        source, rest = _string(rest[2:])
        ton, npi = rest[0], rest[1]
        destination, rest = _string(rest[2:])
        esm_class, rest = rest[0], rest[3:]
        for _ in ("schedule_delivery_time", "validity_period"):
            _, rest = _string(rest)
        registered, coding, length = rest[0], rest[2], rest[4]
        message, options = rest[5 : 5 + length], _options(rest[5 + length :])
        header = message[1 : message[0] + 1] if esm_class & 0x40 else b""
        message = options.get(0x0424, message[len(header) + 1 :] if header else message)
        headers = {
            "content-type": "text/plain",
            "source": f"{source_ton}:{source_npi}:{source.decode()}",
            "destination": f"{ton}:{npi}:{destination.decode()}",
            "coding": str(coding),
            "registered": str(registered),
            "header": header.hex(),
            "segment": b"".join(options.get(tag, b"") for tag in (0x020C, 0x020F, 0x020E)).hex(),
            "payload": str(0x0424 in options),
        }
        text = message.decode("utf-16-be" if coding == 8 else "ascii")
        return cls(destination.decode(), headers, text, header[:-1] or options.get(0x020C, b""))


def _string(raw: bytes) -> tuple[bytes, bytes]:
    value, _, rest = raw.partition(b"\0")
    return value, rest


def _options(raw: bytes) -> dict[int, bytes]:
    found = {}
    while raw:
        tag, length = struct.unpack(">HH", raw[:4])
        found[tag], raw = raw[4 : 4 + length], raw[4 + length :]
    return found


def _status(answer: Answer) -> int:
    if STATUS in answer.headers:
        return int(answer.headers[STATUS], 16)
    if answer.status >= 500:
        return 0x08
    return _STATUSES.get(answer.status, 0 if answer.status < 300 else 0xFF)


def _hang_up(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()
