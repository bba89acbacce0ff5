"""An e-mail out: where a mail server listens and how it must be spoken to, and one message handed to it over SMTP.

Whatever the server answers becomes an error of the SDK. A connection that breaks once the message itself is on its way
is ``Unsure``: the server may have it. Reasons hold codes alone, for a server's words repeat addresses. What is in the
message is left to the connector.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import urlsplit

from hub120_sdk.errors import ConnectorError, Misconfigured, NotOnChannel, Rejected, Retry, Throttled, Unsure

_PORTS = {"smtps": 465, "smtp": 587, "imaps": 993, "imap": 143}
_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
_NOBODY = frozenset({"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"})
"""Enhanced codes (RFC 3463) of an address that leads to nobody."""
_PAUSE_S = 60.0
_TOO_BIG = 552


@dataclass(frozen=True, slots=True)
class MailServer:
    """``smtps://host`` and ``imaps://host`` are TLS from the first byte, ``smtp://host`` and ``imap://host`` must offer
    STARTTLS; a server on this very machine alone is spoken to in plain."""

    scheme: str
    host: str
    port: int

    @classmethod
    def parse(cls, url: str, schemes: tuple[str, str] = ("smtps", "smtp")) -> MailServer:
        """Read an operator's setting. Raises ``Misconfigured``."""
        try:
            parts = urlsplit(url)
            port = parts.port or _PORTS.get(parts.scheme, 0)
        except ValueError as error:
            raise Misconfigured(f"a mail server must be written {schemes[0]}://host:port") from error
        if parts.scheme not in schemes or not parts.hostname or parts.username or parts.path.strip("/"):
            raise Misconfigured(f"a mail server must be written {schemes[0]}://host or {schemes[1]}://host:port")
        return cls(parts.scheme, parts.hostname, port)

    @property
    def tls(self) -> bool:
        """TLS from the first byte."""
        return self.scheme.endswith("s")

    @property
    def starttls(self) -> bool:
        """TLS must be begun before anything else is said."""
        return not self.tls and not _is_loopback(self.host)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@dataclass(frozen=True, slots=True)
class Login:
    """Who hands mail in; an empty name: the server asks nobody."""

    name: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Envelope:
    """What the servers on the way go by. A server that can is asked to report under ``envelope_id`` (RFC 3461)."""

    sender: str
    recipient: str
    envelope_id: str = ""


def deliver(server: MailServer, login: Login, envelope: Envelope, message: bytes, timeout_s: float = 20.0) -> None:
    """Hand one message over. Returns once the server has taken it; raises as ``Channel.send`` does."""
    conversation = _Conversation(server, envelope, timeout_s)
    try:
        conversation.begin(login)
        conversation.hand_over(message)
    except smtplib.SMTPConnectError as error:
        raise _refusal("the connection", error.smtp_code, error.smtp_error) from error
    except ssl.SSLCertVerificationError as error:
        raise Misconfigured(f"the certificate of {server.host} cannot be trusted") from error
    except (smtplib.SMTPException, OSError, EOFError) as error:
        raise conversation.broken() from error
    finally:
        conversation.end()


class _Conversation:
    """One connection, one message."""

    def __init__(self, server: MailServer, envelope: Envelope, timeout_s: float) -> None:
        self._server = server
        self._envelope = envelope
        self._timeout_s = timeout_s
        self._smtp: smtplib.SMTP | None = None
        self._under_way = False

    def begin(self, login: Login) -> None:
        """Connect, begin TLS where it must be, say who we are."""
        smtp = self._smtp = self._connected()
        smtp.ehlo_or_helo_if_needed()
        if self._server.starttls:
            _begin_tls(smtp)
        if login.name:
            _log_in(smtp, login)

    def _connected(self) -> smtplib.SMTP:
        hello = self._envelope.sender.rpartition("@")[2]
        where = (self._server.host, self._server.port)
        if self._server.tls:
            return smtplib.SMTP_SSL(*where, hello, timeout=self._timeout_s, context=ssl.create_default_context())
        return smtplib.SMTP(*where, hello, timeout=self._timeout_s)

    def hand_over(self, message: bytes) -> None:
        """Sender, recipient, message; after its first byte nobody can know whether a silent server has it."""
        smtp = self._smtp
        if smtp is None:
            raise Retry("the mail server was not reached")
        most = smtp.esmtp_features.get("size", "")
        if most.isdigit() and 0 < int(most) < len(message):
            raise Rejected("the mail is larger than the mail server takes")
        reports = smtp.has_extn("dsn")
        asked = [f"SIZE={len(message)}"] if smtp.has_extn("size") else []
        asked += ["RET=HDRS", f"ENVID={self._envelope.envelope_id}"] if reports and self._envelope.envelope_id else []
        _expect("the sender", smtp.mail(self._envelope.sender, asked))
        notify = ["NOTIFY=SUCCESS,FAILURE"] if reports else []
        _expect("the recipient", smtp.rcpt(self._envelope.recipient, notify))
        _expect("the message", smtp.docmd("DATA"))
        self._under_way = True
        smtp.send(_dotted(message))
        _expect("the message", smtp.getreply())
        self._under_way = False

    def broken(self) -> ConnectorError:
        """What a connection that ended before its time means."""
        if self._under_way:
            return Unsure("the mail server did not say whether it took the mail")
        return Retry("the mail server cannot be reached, or hung up")

    def end(self) -> None:
        """Hang up; what the server says to that changes nothing."""
        if self._smtp is not None:
            self._smtp.close()


def _begin_tls(smtp: smtplib.SMTP) -> None:
    if not smtp.has_extn("starttls"):
        raise Misconfigured("the mail server offers no STARTTLS, and nothing is sent to it in plain")
    _expect("STARTTLS", smtp.starttls(context=ssl.create_default_context()))
    smtp.ehlo_or_helo_if_needed()


def _log_in(smtp: smtplib.SMTP, login: Login) -> None:
    try:
        smtp.login(login.name, login.password)
    except smtplib.SMTPAuthenticationError as error:
        raise _refusal("the login", error.smtp_code, error.smtp_error) from error
    except smtplib.SMTPNotSupportedError as error:
        raise Misconfigured("the mail server takes no login here: check its port") from error


def _dotted(message: bytes) -> bytes:
    """The message as it goes over the wire: lines end in CRLF, a leading dot is doubled, a dot alone ends it."""
    lines = re.sub(rb"\r?\n", b"\r\n", message)
    dotted = re.sub(rb"(?m)^\.", b"..", lines)
    return dotted + (b"" if dotted.endswith(b"\r\n") else b"\r\n") + b".\r\n"


def _expect(step: str, reply: tuple[int, bytes]) -> None:
    code, said = reply
    if not 200 <= code < 400:
        raise _refusal(step, code, said)


def _refusal(step: str, code: int, said: bytes | str) -> ConnectorError:
    """What a 4xx or 5xx means (RFC 5321, 3463)."""
    words = said.decode("ascii", "replace") if isinstance(said, bytes) else said
    found = _STATUS.search(words)
    status = found[0] if found else ""
    reason = f"the mail server refused {step} ({f'{code} {status}'.strip()})"
    if code in {421, 452}:
        return Throttled(reason, _PAUSE_S)
    if not 500 <= code < 600:
        return Retry(reason, _PAUSE_S if step == "the recipient" else 0.0)
    if code in {530, 534, 535, 538} or step in {"the login", "STARTTLS", "the connection"}:
        return Misconfigured(reason)
    if step == "the sender" and code != _TOO_BIG:
        return Misconfigured(f"{reason}: check the address that mails are sent from")
    return NotOnChannel(reason) if status in _NOBODY else Rejected(reason)
