"""The session that sends: bound once, shared by all who send, bound anew when it was lost.

A reader of its own answers the message centre's signs of life and hands each answer to whoever waits for it, so that
many messages are on their way at once.
"""

from __future__ import annotations

import threading
import time

from hub120_sdk import Retry, Unsure

from plugins.sms_smpp import mapping, pdus
from plugins.sms_smpp.account import Account
from plugins.sms_smpp.wire import Lost, Wire

_LOOK_S = 0.5


class Sender:
    """Gives a session that is bound."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._session: Session | None = None
        self._turn = threading.Lock()

    def session(self) -> Session:
        """The one there is, or a new one. Raises ``Lost``, ``Misconfigured`` or what the bind was answered."""
        with self._turn:
            if self._session is None or self._session.is_over:
                self._session = Session.bind(self._account)
            return self._session

    def close(self) -> None:
        """End it."""
        with self._turn:
            if self._session is not None:
                self._session.close()


class _Awaited:
    """An answer that is waited for."""

    __slots__ = ("came", "frame")

    def __init__(self) -> None:
        self.came = threading.Event()
        self.frame: bytes | None = None


class Session:
    """A connection bound as transmitter."""

    def __init__(self, account: Account, wire: Wire) -> None:
        self._account = account
        self._wire = wire
        self._awaited: dict[int, _Awaited] = {}
        self._asked_at = time.monotonic()
        self._reader = threading.Thread(target=self._read, name="smpp session", daemon=True)
        self.sequences = pdus.Sequences()
        self.is_over = False

    @classmethod
    def bind(cls, account: Account) -> Session:
        """Connect and log in."""
        session = cls(account, Wire.open(account))
        session._reader.start()
        try:
            frame = session.ask(*pdus.bind(session.sequences, pdus.BIND_TRANSMITTER, account))
            if (status := pdus.header(frame).status) != mapping.OK:
                raise mapping.login_error(status)
        except Unsure as lost:  # nothing was sent yet
            session.close()
            raise Retry(lost.reason) from lost
        except BaseException:
            session.close()
            raise
        return session

    def ask(self, number: int, frame: bytes) -> bytes:
        """Send a request and wait for its answer. Raises ``Lost`` if it did not leave, ``Unsure`` if it may have."""
        awaited = self._awaited[number] = _Awaited()
        try:
            if self.is_over:
                raise Lost("the session is over")
            self._wire.write(frame)
            awaited.came.wait(self._account.timeout_s)
        finally:
            self._awaited.pop(number, None)
        if awaited.frame is None:
            raise Unsure("the message centre did not answer")
        return awaited.frame

    def close(self) -> None:
        """Unbind without waiting, and hang up."""
        try:
            if not self.is_over:
                self._wire.write(pdus.unbind(self.sequences)[1])
        except Lost:
            pass
        finally:
            self._end()

    def _end(self) -> None:
        self.is_over = True
        self._wire.close()
        for awaited in list(self._awaited.values()):
            awaited.came.set()

    def _read(self) -> None:
        try:
            while not self.is_over:
                frame = self._wire.read(_LOOK_S)
                if frame is not None:
                    self._take(frame)
                self._look_after()
        except Lost:
            return
        finally:
            self._end()

    def _take(self, frame: bytes) -> None:
        header = pdus.header(frame)
        if header.is_response:
            awaited = self._awaited.get(header.sequence)
            if awaited is not None:
                awaited.frame = frame
                awaited.came.set()
        elif header.command in {pdus.DELIVER_SM, pdus.DATA_SM}:  # the listener is the one to deliver to
            self._wire.write(pdus.response(header, mapping.TEMPORARY))
        elif header.command != pdus.ALERT:
            known = header.command in {pdus.ENQUIRE_LINK, pdus.UNBIND}
            self._wire.write(pdus.response(header, mapping.OK if known else mapping.UNKNOWN_COMMAND))
            if header.command == pdus.UNBIND:
                raise Lost("the message centre ended the session")

    def _look_after(self) -> None:
        """A sign of life now and then; one that stays without an answer ends the session."""
        silent_s = time.monotonic() - self._wire.heard
        if silent_s > self._account.enquire_link_s + self._account.timeout_s:
            raise Lost("the message centre is silent")
        if time.monotonic() - self._asked_at >= self._account.enquire_link_s:
            self._asked_at = time.monotonic()
            self._wire.write(pdus.enquire_link(self.sequences)[1])
