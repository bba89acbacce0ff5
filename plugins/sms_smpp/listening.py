"""The listener: binds as receiver, keeps what is delivered, and acknowledges after that alone.

What waits in the connection is kept together, one step of the hub for all of it. Where the hub cannot store, the answer
is ESME_RX_T_APPN and the message centre delivers again.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime

from hub120_sdk import Inbound, Line, Receipt, Retry, Unreadable

from plugins.sms_smpp import inbound, mapping, pdus, receipts
from plugins.sms_smpp.account import Account
from plugins.sms_smpp.memory import Memory, Whole, digest
from plugins.sms_smpp.wire import Lost, Wire

_LOOK_S = 0.5
_REST_S = 0.5
_MOST_AT_ONCE = 100
_FAREWELL_S = 2.0
REDELIVERY_S = 900.0
"""By then a message centre has delivered again what the last connection did not acknowledge."""


def listen(account: Account, line: Line, now: Callable[[], datetime]) -> None:
    """Until the line ends. Raises ``Lost`` (a ``Retry``) or ``Misconfigured``."""
    wire = Wire.open(account)
    try:
        listener = _Listener(account, line, now, wire)
        listener.bind()
        listener.run()
    finally:
        wire.close()


class _Listener:
    """One connection's time."""

    def __init__(self, account: Account, line: Line, now: Callable[[], datetime], wire: Wire) -> None:
        self._account = account
        self._line = line
        self._now = now
        self._wire = wire
        self._sequences = pdus.Sequences()
        self._memory = Memory.load(line.cursor)
        self._stored = self._memory.dump()
        self._acknowledged: list[str] = []
        self._asked: tuple[int, list[str]] | None = None
        """Our last sign of life that has no answer yet, and what was acknowledged before it."""
        self._asked_at = time.monotonic()
        self._began = now().timestamp()
        self._inherited = list(self._memory.repeats)
        """Deliveries of an earlier connection whose acknowledgement may not have arrived."""

    def bind(self) -> None:
        """Log in."""
        number, frame = pdus.bind(self._sequences, f"bind_{self._account.bind}", self._account)
        self._wire.write(frame)
        if (status := self._await(number, self._account.timeout_s)) != mapping.OK:
            raise mapping.login_error(status)

    def run(self) -> None:
        """Take what comes until the line ends, then say farewell."""
        while not self._line.ended():
            frames = self._waiting_frames()
            if frames:
                self._take(frames)
            self._look_after()
        self._farewell()

    def _waiting_frames(self) -> list[bytes]:
        """What is there: the first after a while, the others at once."""
        frames: list[bytes] = []
        while len(frames) < _MOST_AT_ONCE:
            frame = self._wire.read(0.0 if frames else _LOOK_S)
            if frame is None:
                break
            frames.append(frame)
        return frames

    def _take(self, frames: list[bytes]) -> None:
        """Keep the deliveries among them; answer everything."""
        deliveries = []
        for frame in frames:
            header = pdus.header(frame)
            if header.command in {pdus.DELIVER_SM, pdus.DATA_SM}:
                deliveries.append(frame)
            elif header.is_response:
                self._answered(header)
            elif header.command != pdus.ALERT:  # the one request that has no answer
                known = header.command in {pdus.ENQUIRE_LINK, pdus.UNBIND}
                self._wire.write(pdus.response(header, mapping.OK if known else mapping.UNKNOWN_COMMAND))
                if header.command == pdus.UNBIND:
                    raise Lost("the message centre ended the session")
        if deliveries:
            self._keep(deliveries)

    def _keep(self, deliveries: list[bytes]) -> None:
        """All of them in one step; one by one, if the hub refuses something among them."""
        batch = _Batch(self._account, self._memory.copy(), self._now().timestamp())
        for frame in deliveries:
            batch.add(frame)
        try:
            self._store(batch)
        except Retry:
            self._answer(deliveries, {}, mapping.TEMPORARY)
            self._line.wait(_REST_S)
        except Unreadable:
            if len(deliveries) > 1:
                for frame in deliveries:
                    self._keep([frame])
            else:
                self._step_over(batch, deliveries)
        else:
            self._acknowledged += batch.digests.values()
            self._answer(deliveries, batch.refused, mapping.OK)

    def _store(self, batch: _Batch) -> None:
        cursor = batch.memory.dump()
        moved = cursor != self._stored
        if batch.records or moved:
            self._line.keep(batch.records, cursor if moved else None)
        self._memory, self._stored = batch.memory, cursor

    def _step_over(self, batch: _Batch, deliveries: list[bytes]) -> None:
        """The hub never takes this one. Its earlier parts go with it."""
        batch.records.clear()
        try:
            self._store(batch)
        except Retry:
            self._answer(deliveries, {}, mapping.TEMPORARY)
        else:
            self._answer(deliveries, {}, mapping.PERMANENT)

    def _answer(self, deliveries: list[bytes], refused: dict[int, int], status: int) -> None:
        for place, frame in enumerate(deliveries):
            self._wire.write(pdus.response(pdus.header(frame), refused.get(place, status)))

    def _look_after(self) -> None:
        """What time brings: messages that waited long enough, what is not to come again, and signs of life."""
        now = self._now().timestamp()
        memory = self._memory.copy()
        whole = memory.overdue(now - self._account.parts_wait_s)
        if whole:
            self._give_up(memory, whole)
        if self._inherited and now - self._began >= REDELIVERY_S:
            self._memory.forget(self._inherited)
            self._inherited = []
            self._remember()
        self._stay_alive()

    def _stay_alive(self) -> None:
        """Ask now and then; an answer that does not come ends the session."""
        silent_s = time.monotonic() - self._wire.heard
        if self._asked is not None and silent_s > self._account.enquire_link_s + self._account.timeout_s:
            raise Lost("the message centre is silent")
        if self._asked is None and time.monotonic() - self._asked_at >= self._account.enquire_link_s:
            number, frame = pdus.enquire_link(self._sequences)
            self._asked, self._asked_at = (number, self._acknowledged), time.monotonic()
            self._acknowledged = []
            self._wire.write(frame)

    def _give_up(self, memory: Memory, whole: list[Whole]) -> None:
        """An agent sees them with gaps. If the hub cannot store now, it is tried again."""
        batch = _Batch(self._account, memory, self._now().timestamp())
        batch.add_messages(whole)
        try:
            self._store(batch)
        except Unreadable:
            batch.records.clear()
            self._store(batch)
        except Retry:
            self._line.wait(_REST_S)

    def _answered(self, header: pdus.Header) -> None:
        """Our sign of life: what was acknowledged before it has arrived, and does not come again."""
        if self._asked is None or header.sequence != self._asked[0]:
            return
        self._memory.forget(self._asked[1])
        self._asked = None
        if self._memory.dump() != self._stored:
            self._remember()

    def _remember(self) -> None:
        """Store what is forgotten, if the hub can: a listener that begins anew shall not know it any more."""
        try:
            cursor = self._memory.dump()
            self._line.keep([], cursor)
            self._stored = cursor
        except Retry:
            return

    def _await(self, number: int, within_s: float) -> int:
        """Wait for the status of an answer. What is delivered meanwhile comes again after the next bind."""
        until = time.monotonic() + within_s
        while (left_s := until - time.monotonic()) > 0:
            frame = self._wire.read(left_s)
            header = pdus.header(frame) if frame else None
            if header and header.is_response and header.sequence == number:
                return header.status
        raise Lost("the message centre did not answer in time")

    def _farewell(self) -> None:
        """Unbind; the answer proves that every acknowledgement arrived."""
        try:
            number, frame = pdus.unbind(self._sequences)
            self._wire.write(frame)
            self._await(number, min(self._account.timeout_s, _FAREWELL_S))
        except Retry:
            return
        self._memory.forget([*self._acknowledged, *(self._asked[1] if self._asked else ())])
        if self._memory.dump() != self._stored:
            self._remember()


class _Batch:
    """Deliveries that are kept together."""

    def __init__(self, account: Account, memory: Memory, at: float) -> None:
        self._account = account
        self._at = at
        self.memory = memory
        self.records: list[Inbound | Receipt] = []
        self.digests: dict[int, str] = {}
        """By place."""
        self.refused: dict[int, int] = {}
        """How those are answered that can never be kept."""
        self._places = 0

    def add(self, frame: bytes) -> None:
        """Add a delivery: to the records if it completes something, to the memory if it does not."""
        place, self._places = self._places, self._places + 1
        try:
            delivered = pdus.delivered(frame)
        except Unreadable:
            self.refused[place] = mapping.PERMANENT
            return
        if delivered.is_receipt:
            receipt = receipts.read(delivered, self._account.receipt_ids)
            self.records += [receipt] if receipt else []
            return
        piece = inbound.piece(delivered)
        self.digests[place] = digest(self._account.password, ["delivery", piece])
        if not self.memory.is_repeat(self.digests[place]):
            self.memory.remember(self.digests[place], self._at)
            self.add_messages(self.memory.take(piece, self._at))

    def add_messages(self, whole: list[Whole]) -> None:
        """Messages that are done."""
        account = self._account
        self.records += [inbound.message(one, account.default_letters, account.password) for one in whole]
