"""A mail provider to test against: SMTP and IMAP over real sockets on loopback, as much of both as a check needs.

It answers as it is told and remembers what it got, like the kit's HTTP provider. What a true server does is for tests
with a true server.
"""

from __future__ import annotations

import email
import email.policy
import re
import selectors
import socket
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from socketserver import StreamRequestHandler, ThreadingTCPServer
from types import TracebackType

from hub120_sdk.testing.provider import Answer, Seen

_LITERAL = re.compile(rb"\{(\d+)\+?\}\r?\n$")
_VALIDITY = 120


@dataclass
class _Stored:
    """A mail in the mailbox."""

    uid: int
    data: bytes
    flags: set[bytes] = field(default_factory=set)


class MailPeer:
    """The kit's ``Peer`` for mail. ``url`` holds both addresses, ``smtp://… imap://…``, separated by a blank.

    A reply is one request: its ``Seen`` has the recipient as path, the mail's headers, and its text as body. 404 and
    410 are an address that is not there (550 5.1.1), 413 is a mail too large. Any flag acknowledges a delivery.
    """

    def __init__(self) -> None:
        self.seen: list[Seen] = []
        self._answers: deque[Answer] = deque([Answer()])
        self._mails: list[_Stored] = []
        self._open: set[socket.socket] = set()
        self._lock = threading.RLock()
        self._closing = threading.Event()
        self._servers = [_server(self, kind) for kind in (_Smtp, _Imap)]
        self._threads = [threading.Thread(target=one.serve_forever, args=(0.05,), daemon=True) for one in self._servers]

    @property
    def url(self) -> str:
        """Where it listens."""
        smtp, imap = (one.server_address[1] for one in self._servers)
        return f"smtp://127.0.0.1:{smtp} imap://127.0.0.1:{imap}"

    def script(self, answers: Sequence[Answer]) -> None:
        """Forget what was seen, answer like this from now on."""
        with self._lock:
            self.seen.clear()
            self._answers = deque(answers or [Answer()])

    def deliver(self, delivery: bytes) -> None:
        """Put a mail into the mailbox."""
        with self._lock:
            self._mails.append(_Stored(len(self._mails) + 1, delivery))

    def unacknowledged(self) -> int:
        """How many mails bear no flag."""
        with self._lock:
            return sum(1 for one in self._mails if not one.flags)

    def drop(self) -> None:
        """Cut every connection."""
        with self._lock:
            for one in self._open:
                with suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)

    def __enter__(self) -> MailPeer:
        for one in self._threads:
            one.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        self.drop()
        for server, thread in zip(self._servers, self._threads, strict=True):
            server.shutdown()
            thread.join()
            server.server_close()

    @property
    def head(self) -> Answer:
        """The next answer."""
        with self._lock:
            return self._answers[0]

    def take(self) -> Answer:
        """The next answer, used up unless it is the last."""
        with self._lock:
            return self._answers.popleft() if len(self._answers) > 1 else self._answers[0]

    def saw(self, seen: Seen) -> None:
        """Remember what came."""
        with self._lock:
            self.seen.append(seen)

    def mails(self) -> list[_Stored]:
        """What is in the mailbox."""
        with self._lock:
            return list(self._mails)

    def linger(self) -> None:
        """Say nothing until the end."""
        self._closing.wait(30)

    def holds(self, connection: socket.socket, held: bool) -> None:
        """Know which connections are open."""
        with self._lock:
            (self._open.add if held else self._open.discard)(connection)


class _Server(ThreadingTCPServer):
    daemon_threads = True
    request_queue_size = 64  # the kit comes in crowds


def _server(peer: MailPeer, kind: type[_Talk]) -> ThreadingTCPServer:
    return _Server(("127.0.0.1", 0), type(kind.__name__, (kind,), {"peer": peer}))


class _Talk(StreamRequestHandler):
    """One connection."""

    disable_nagle_algorithm = True  # an answer of two lines would wait for the client between them
    peer: MailPeer

    def setup(self) -> None:
        super().setup()
        self.peer.holds(self.connection, True)

    def finish(self) -> None:
        self.peer.holds(self.connection, False)
        with suppress(OSError):
            super().finish()

    def handle(self) -> None:
        """Talk until somebody hangs up."""
        with suppress(OSError, ValueError):
            self.talk()

    def talk(self) -> None:
        """The protocol."""
        raise NotImplementedError

    def say(self, line: str | bytes) -> None:
        """One line."""
        self.wfile.write((line.encode("utf-8", "replace") if isinstance(line, str) else line) + b"\r\n")


class _Smtp(_Talk):
    """RFC 5321 with AUTH PLAIN and LOGIN."""

    def talk(self) -> None:
        self.say("220 kit ESMTP")
        answer, sender, recipient = Answer(), "", ""
        for raw in self.rfile:
            line = raw.decode("utf-8", "replace").strip()
            verb = line[:4].upper()
            if verb in {"EHLO", "HELO"}:
                self.say("250-kit\r\n250-SIZE 40000000\r\n250-DSN\r\n250 AUTH PLAIN LOGIN")
            elif verb == "AUTH":
                self._log_in(line)
            elif verb == "MAIL":
                answer, sender = self.peer.take(), line
                if answer.slow:
                    self.peer.saw(Seen("MAIL", sender, {}, b""))
                    self.peer.linger()
                    return
                self.say("250 2.1.0 ok")
            elif verb == "RCPT":
                recipient = line.partition("<")[2].partition(">")[0]
                self._say_to_recipient(answer, recipient)
            elif verb == "DATA":
                self.say("354 go on")
                self.peer.saw(_seen(recipient, sender, b"".join(self._lines())))
                if answer.dropped:
                    return
                self.say(f"451 4.3.0 {_words(answer)}" if answer.status >= 500 else f"250 2.0.0 {_words(answer)}")
            else:
                self.say("221 2.0.0 bye" if verb == "QUIT" else "250 2.0.0 ok")

    def _log_in(self, line: str) -> None:
        if line.upper().startswith("AUTH LOGIN"):
            for question in ("VXNlcm5hbWU6", "UGFzc3dvcmQ6")[len(line.split()) - 2 :]:
                self.say(f"334 {question}")
                self.rfile.readline()
        elif len(line.split()) < 3:
            self.say("334 ")
            self.rfile.readline()
        if self.peer.head.status == 401:
            self.peer.saw(Seen("AUTH", "", {}, b""))
            self.say(f"535 5.7.8 {_words(self.peer.take())}")
        else:
            self.say("235 2.7.0 welcome")

    def _say_to_recipient(self, answer: Answer, recipient: str) -> None:
        codes = {401: "530 5.7.0", 404: "550 5.1.1", 410: "550 5.1.1", 413: "552 5.3.4", 429: "452 4.3.1"}
        code = codes.get(answer.status, "550 5.7.1" if 300 <= answer.status < 500 else "")
        if code:
            self.peer.saw(Seen("RCPT", recipient, {}, b""))
        self.say(f"{code or '250 2.1.5'} {_words(answer)}")

    def _lines(self) -> Iterator[bytes]:
        for line in self.rfile:
            if line == b".\r\n":
                return
            yield line[1:] if line.startswith(b"..") else line


def _words(answer: Answer) -> str:
    return " ".join(answer.body.decode("utf-8", "replace").split())[:200] or "ok"


def _seen(recipient: str, sender: str, data: bytes) -> Seen:
    mail = email.message_from_bytes(data, policy=email.policy.default)
    headers = {name.lower(): str(value) for name, value in mail.items()}
    body = mail.get_body(("plain", "html"))
    words = str(body.get_content()) if body is not None else ""
    return Seen(
        "DATA", recipient, {**headers, ":sender": sender, ":raw": data.decode("ascii", "replace")}, words.encode()
    )


class _Imap(_Talk):
    """RFC 3501 with IDLE: LOGIN, SELECT, and UID SEARCH, FETCH and STORE."""

    def talk(self) -> None:
        self.say("* OK [CAPABILITY IMAP4rev1 IDLE LITERAL+] kit")
        while words := self._command():
            tag, verb, *rest = words
            if verb.upper() == b"UID" and rest:
                verb, *rest = rest
            action = getattr(self, f"_{verb.decode('ascii', 'replace').lower()}", None)
            said = action(rest) if action else "OK"
            self.say(tag + b" " + said.encode() + b" done")
            if verb.upper() == b"LOGOUT":
                return

    def _command(self) -> list[bytes]:
        """The words of a command, literals in their place."""
        line = self.rfile.readline()
        while match := _LITERAL.search(line):
            if b"+" not in match[0]:
                self.say("+ go on")
            line = line[: match.start()] + self.rfile.read(int(match[1])) + self.rfile.readline()
        return line.split()

    def _capability(self, _: list[bytes]) -> str:
        self.say("* CAPABILITY IMAP4rev1 IDLE LITERAL+")
        return "OK"

    def _login(self, _: list[bytes]) -> str:
        refused = self.peer.head.status == 401
        return "NO [AUTHENTICATIONFAILED]" if refused else "OK [CAPABILITY IMAP4rev1 IDLE LITERAL+]"

    def _select(self, _: list[bytes]) -> str:
        count = len(self.peer.mails())
        self.say(f"* {count} EXISTS\r\n* OK [UIDVALIDITY {_VALIDITY}]\r\n* OK [UIDNEXT {count + 1}]")
        return "OK [READ-WRITE]"

    def _search(self, criteria: list[bytes]) -> str:
        wanted = next((one for one in criteria if b":" in one), b"1:*")
        only_unseen = b"UNSEEN" in criteria and b"OR" not in criteria
        found = [one.uid for one in self._of(wanted) if not (only_unseen and b"\\Seen" in one.flags)]
        self.say("* SEARCH " + " ".join(map(str, found)))
        return "OK"

    def _fetch(self, words: list[bytes]) -> str:
        for one in self._of(words[0]):
            if b"RFC822.SIZE" in words[1]:
                self.say(f"* {one.uid} FETCH (UID {one.uid} RFC822.SIZE {len(one.data)})")
            else:
                self.say(
                    f"* {one.uid} FETCH (UID {one.uid} BODY[] {{{len(one.data)}}}".encode() + b"\r\n" + one.data + b")"
                )
        return "OK"

    def _store(self, words: list[bytes]) -> str:
        for one in self._of(words[0]):
            one.flags.update(b" ".join(words[2:]).strip(b"()").split())
        return "OK"

    def _of(self, numbers: bytes) -> list[_Stored]:
        ranges = [one.partition(b":") for one in numbers.split(b",")]
        bounds = [(int(low), 2**32 if high == b"*" else int(high or low)) for low, _, high in ranges]
        return [one for one in self.peer.mails() if any(low <= one.uid <= high for low, high in bounds)]

    def _idle(self, _: list[bytes]) -> str:
        """Tell what is new until the client has enough."""
        self.say("+ idling")
        known = len(self.peer.mails())
        with selectors.DefaultSelector() as selector:
            selector.register(self.connection, selectors.EVENT_READ)
            while not selector.select(0.02):
                count = len(self.peer.mails())
                if count != known:
                    known = count
                    self.say(f"* {count} EXISTS")
        self.rfile.readline()
        return "OK"
