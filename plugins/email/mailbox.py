"""The centre's mailbox, read over IMAP: one connection that takes what is new, mail by mail, then waits in IDLE.

A mail is marked read only after the hub has stored it. What the hub does not take (machines' mails) or cannot take (no
sender, beyond its bounds) stays unread in the mailbox, the latter flagged, both told in the log by UID; nothing ever
waits behind them.
"""

from __future__ import annotations

import logging
import selectors
import ssl
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from hub120_sdk import Clock, Inbound, Line, Misconfigured, Receipt, Retry, Unreadable
from hub120_sdk.mail import Login, MailServer
from imapclient import FLAGGED, SEEN, IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, LoginError

from plugins.email.cursor import Cursor, resumed
from plugins.email.inbound import Reader

MAIL_BYTES = 31_457_280
"""A larger mail is taken in part: its beginning holds the words."""
BEGINNING_BYTES = 524_288
IDLE_S = 60.0
"""IDLE is begun anew so often. Servers end it after 30 minutes (RFC 2177)."""
FIRST_IDLE_S = 1.0
"""The first IDLE after something happened ends so soon, and the mailbox is searched again. A mail that came since the
search began is told with the search's answer, or in the same breath as the consent to IDLE, and never again; some
servers search what they had told before (RFC 3501 §7.3.1)."""
LOOK_S = 0.5
POLL_S = 20.0
"""How often to look where the server knows no IDLE."""
LEFT = b"$Hub120Left"
"""The keyword on mails that were not taken."""
_BATCH = 50
_log = logging.getLogger("hub120.email")


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Which mailbox, and how its mails are read."""

    server: MailServer
    login: Login
    folder: str
    reader: Reader
    now: Clock
    timeout_s: float

    def listen(self, line: Line) -> None:
        """Take mails until the line or the connection ends."""
        try:
            with self._connected() as client:
                _Session(client, line, self).run()
        except ssl.SSLCertVerificationError as error:
            raise Misconfigured(f"the certificate of {self.server.host} cannot be trusted") from error
        except (IMAPClientError, OSError, EOFError) as error:
            raise Retry("the connection to the mailbox was lost") from error

    def _connected(self) -> IMAPClient:
        trust = ssl.create_default_context() if self.server.tls else None
        patience = SocketTimeout(connect=self.timeout_s, read=self.timeout_s)
        where = (self.server.host, self.server.port)
        client = IMAPClient(*where, ssl=self.server.tls, ssl_context=trust, timeout=patience)
        try:
            if self.server.starttls:
                self._begin_tls(client)
            self._log_in(client)
        except BaseException:
            with suppress(OSError, IMAPClientError):
                client.shutdown()
            raise
        return client

    def _begin_tls(self, client: IMAPClient) -> None:
        if not client.has_capability("STARTTLS"):
            raise Misconfigured("the mailbox's server offers no STARTTLS, and no password is sent to it in plain")
        client.starttls(ssl.create_default_context())

    def _log_in(self, client: IMAPClient) -> None:
        try:
            client.login(self.login.name, self.login.password)
        except LoginError as error:
            if "UNAVAILABLE" in str(error) or "INUSE" in str(error):
                raise Retry("the mailbox's server takes no logins now") from error
            raise Misconfigured("the mailbox refuses username or password") from error


class _Session:
    """One connection, from SELECT to its end."""

    def __init__(self, client: IMAPClient, line: Line, mailbox: Mailbox) -> None:
        self._client = client
        self._line = line
        self._mailbox = mailbox
        self._cursor = self._resumed()

    def _resumed(self) -> Cursor:
        try:
            chosen: dict[bytes, Any] = self._client.select_folder(self._mailbox.folder)
        except IMAPClientAbortError:
            raise
        except IMAPClientError as error:
            raise Misconfigured("the mailbox has no folder of that name") from error
        last = int(chosen.get(b"UIDNEXT", 0)) - 1
        if last < 0:
            last = max(self._client.search("ALL"), default=0)
        return resumed(self._line.cursor, int(chosen[b"UIDVALIDITY"]), last)

    def run(self) -> None:
        """Until the line ends. Returns early when what the server said leaves the connection of no use."""
        has_idle, idle_s = self._client.has_capability("IDLE"), FIRST_IDLE_S
        while not self._line.ended():
            if self._take_new():
                idle_s = FIRST_IDLE_S
                continue
            if not has_idle:
                self._line.wait(POLL_S)
            elif not self._idle(idle_s):
                return
            idle_s = IDLE_S

    def _take_new(self) -> bool:
        """Take what the search finds, oldest first. True if it found something: what came meanwhile was told outside
        of IDLE, so the mailbox must be searched again before it is waited for."""
        today = self._mailbox.now().date()
        found = sorted(uid for uid in self._client.search(self._cursor.criteria(today)) if uid > self._cursor.uid)
        sizes = self._client.fetch(found[:_BATCH], ["RFC822.SIZE"]) if found else {}
        for uid in found[:_BATCH]:
            if self._line.ended():
                return True
            self._take(uid, int(sizes.get(uid, {}).get(b"RFC822.SIZE", 0)))
        if not found and self._cursor.beginning_lasts:
            self._cursor = self._cursor.at(self._cursor.until)
            self._line.keep([], str(self._cursor))
            return True
        return bool(found)

    def _take(self, uid: int, size: int) -> None:
        """Store one mail with the cursor behind it, then mark it."""
        raw = self._fetched(uid, size)
        records = self._read(raw, size if size > MAIL_BYTES else None) if raw is not None else []
        self._cursor = self._cursor.at(uid)
        try:
            self._line.keep(records or [], str(self._cursor))
        except Unreadable:
            records = None
            self._line.keep([], str(self._cursor))
        if raw is not None:
            self._mark(uid, records)

    def _fetched(self, uid: int, size: int) -> bytes | None:
        """None for a mail that was deleted meanwhile."""
        part = f"BODY.PEEK[]<0.{BEGINNING_BYTES}>" if size > MAIL_BYTES else "BODY.PEEK[]"
        answer = self._client.fetch([uid], [part]).get(uid, {})
        return next((value or b"" for name, value in answer.items() if name.startswith(b"BODY[]")), None)

    def _read(self, raw: bytes, size: int | None) -> Sequence[Inbound | Receipt] | None:
        """None for a mail that cannot be read, whatever is wrong with it."""
        try:
            return self._mailbox.reader.read(raw, size)
        except Exception:  # noqa: BLE001 (the mail parser raises all sorts on broken mails; none may block the others)
            return None

    def _mark(self, uid: int, records: Sequence[object] | None) -> None:
        """The cursor knows what was done; marks are for people, so a mailbox that keeps none is no trouble."""
        flags = [SEEN] if records else [LEFT] if records is not None else [FLAGGED, LEFT]
        if records is None:
            _log.warning("mail %s cannot be read and stays flagged in the mailbox", uid)
        elif not records:
            _log.info("mail %s was written by a machine and stays in the mailbox", uid)
        with suppress(IMAPClientError):
            self._client.add_flags([uid], flags, silent=True)

    def _idle(self, within_s: float) -> bool:
        """Wait until the server says something; False if it did so before it agreed to IDLE."""
        try:
            self._client.idle()
        except IMAPClientAbortError:
            raise
        except IMAPClientError:
            return False
        until = time.monotonic() + within_s
        while time.monotonic() < until and not self._line.ended() and not _speaks(self._client, LOOK_S):
            pass
        self._client.idle_done()
        return True


def _speaks(client: IMAPClient, within_s: float) -> bool:
    """Whether there is something to read."""
    socket = client.socket()
    if isinstance(socket, ssl.SSLSocket) and socket.pending():
        return True
    with selectors.DefaultSelector() as selector:
        selector.register(socket, selectors.EVENT_READ)
        return bool(selector.select(within_s))
