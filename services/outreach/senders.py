"""Senders: parts of mailings through the connector of their channel, many messages at once, held or stopped in between.

A part is sent in slices: one transaction says that a slice begins (and what became of the last), the connector is
asked for each message, and so on. Of a connector's rate and places mailings never take all: replies go by the same
connector, and somebody waits for those.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from hub120_sdk import (
    Address,
    AddressKind,
    ConnectorError,
    Delivery,
    Misconfigured,
    OptedOut,
    Outbound,
    Receipt,
    Rejected,
    Retry,
    Throttled,
    Unreachable,
)
from sqlalchemy import exc

from chassis import telemetry
from chassis.connectors.errors import BreakerOpen, NotTried
from chassis.connectors.guards import RateLimit
from chassis.connectors.running import Running
from chassis.database import Database, Tx
from chassis.process import Process
from services.outreach.domain.mailings import Reason, RecipientState, Urgency
from services.outreach.store.recipients import Result
from services.outreach.use_cases import sending_parts
from services.outreach.use_cases.sending_parts import Job, Message, Turn

PART_S = 10.0
"""For so long a part is sent at a stretch; then others have their turn, and the worker shows that it moves."""
LOOK_S = 0.25
"""How often a sender looks whether its mailing still runs."""
SLICE = 200
AWAY_TRIES = 60
P = ParamSpec("P")
T = TypeVar("T")
SHARE = 0.9
"""Of a connector's rate, what mailings take."""
PLACES = 0.75
"""Of its places."""
MISCONFIGURED_S = 60.0
"""How long a connector whose settings are wrong is left alone."""
_STATES = {
    Delivery.SENT: RecipientState.SENT,
    Delivery.DELIVERED: RecipientState.DELIVERED,
    Delivery.READ: RecipientState.READ,
}


class Gate:
    """Whether more of a job may leave, as it stood at most ``LOOK_S`` ago, and whether its connector takes it."""

    def __init__(self, database: Database, job: Job, leaving: Callable[[], bool]) -> None:
        self._database, self._job, self._leaving = database, job, leaving
        self._closes_at = database.read(sending_parts.closes_at, job)
        self._looked, self._may = time.monotonic(), True
        self._ends = self._looked + PART_S
        self.hold_s = 0.0
        """For how long the connector is left alone."""

    def open(self) -> bool:
        """Ask before each message."""
        now = time.monotonic()
        if self.hold_s or now >= self._ends or self._leaving():
            return False
        if self._may and now - self._looked >= LOOK_S:
            self._looked = now  # before the database is asked: one of those who share this asks it
            self._may = self._runs()
        return self._may

    def _runs(self) -> bool:
        if self._closes_at is not None and self._database.clock().timestamp() >= self._closes_at:
            return False
        try:
            return self._database.read(sending_parts.may_go_on, self._job.mailing_id)
        except (exc.OperationalError, exc.InterfaceError):
            return False  # nobody knows; what was sent is to be kept first


class Senders:
    """The senders of one process: those of one channel share its rate."""

    def __init__(self, process: Process) -> None:
        self._process, self._database, self._host = process, process.database("outreach"), process.connectors
        self._clock, self._retry_s = process.clock, process.settings.retry_seconds
        self._rates: dict[str, RateLimit] = {}

    def send(self, part_id: str, channel: str) -> None:
        """Send a part until it is done, held, or nothing of it is due. The states of its recipients tell a second
        delivery of the task what was done."""
        running = self._host.get(channel)
        if running is None:
            return
        repeatable = running.manifest.idempotent_send
        job = self._database.run(sending_parts.begin, part_id, repeatable=repeatable)
        if job is None:
            return
        gate, turn, size = Gate(self._database, job, self._process.leaving), Turn(), slice_size(running)
        while messages := self._kept(sending_parts.take_turn, job, turn, size, repeatable=repeatable):
            turn = self._slice(job, gate, messages, running)
            if not gate.open():
                break
        else:
            turn = Turn()
        self._kept(sending_parts.record, job, turn)
        self._database.run(sending_parts.finish, job, self._clock().timestamp() + gate.hold_s if gate.hold_s else 0.0)

    def _slice(self, job: Job, gate: Gate, messages: list[Message], running: Running) -> Turn:
        """Send each message of a slice, as many at once as mailings may; what was not tried waits again."""
        turn, left, trace = Turn(), messages[::-1], telemetry.traceparent()

        def work() -> None:
            while gate.open() and (one := _taken_from(left)) is not None:
                with telemetry.span("send to recipient", links=[trace]):  # a trace for each: a mailing has thousands
                    self._settle(job, gate, turn, one, running)

        threads = [threading.Thread(target=work) for _ in range(min(at_once(running), len(left)))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        turn.results += [job.again(one.id, one.tries - 1, 0.0) for one in left]
        told = {one.id for one in turn.results}
        turn.results += [job.settled(one.id, RecipientState.UNSURE) for one in messages if one.id not in told]
        return turn

    def _kept(self, use_case: Callable[Concatenate[Tx, P], T], *args: P.args, **more: P.kwargs) -> T:
        """Run a use case that keeps what was sent: a database that is away is waited for, up to half a minute."""
        for _ in range(AWAY_TRIES):
            try:
                return self._database.run(use_case, *args, **more)
            except (exc.OperationalError, exc.InterfaceError):
                time.sleep(2 * LOOK_S)
        return self._database.run(use_case, *args, **more)

    def _settle(self, job: Job, gate: Gate, turn: Turn, message: Message, running: Running) -> None:
        try:
            receipt = self._patiently(job, gate, message, running)
        except ConnectorError as error:
            if isinstance(error, OptedOut):
                turn.opted_out.append(message.person_hash)
            turn.results.append(self._failed(job, gate, message, error, running.manifest.idempotent_send))
            return
        turn.results.append(self._taken(job, message, receipt))

    def _patiently(self, job: Job, gate: Gate, message: Message, running: Running) -> Receipt:
        """Ask the connector as soon as its rate and places allow, as long as the mailing runs."""
        outbound, rate = _outbound(job, message), self._rate(running)
        while True:
            try:
                _sleep(gate, rate.take())
                return self._host.send(job.channel, outbound)
            except BreakerOpen:
                raise
            except NotTried as held:
                if not gate.open():
                    raise
                time.sleep(min(max(held.after_s, 0.02), LOOK_S))

    def _rate(self, running: Running) -> RateLimit:
        name = running.manifest.id
        limit = running.manifest.limits.sends_per_second * SHARE
        return self._rates.get(name) or self._rates.setdefault(name, RateLimit(limit, time.monotonic))

    def _taken(self, job: Job, message: Message, receipt: Receipt) -> Result:
        state = _STATES.get(receipt.state)
        if state is None:  # it failed, or waits for words that nobody said to come
            return job.onward(message.id, Reason.REJECTED)
        known = self._database.keys.keyed_hash("provider_id", receipt.provider_id) if receipt.provider_id else None
        return job.settled(message.id, state, provider=known)

    def _failed(self, job: Job, gate: Gate, message: Message, error: ConnectorError, repeatable: bool) -> Result:
        """What a failure means for one recipient; passing trouble of the connector itself holds all of them."""
        now = self._clock().timestamp()
        if isinstance(error, NotTried | Throttled | Misconfigured):
            pause_s = MISCONFIGURED_S if isinstance(error, Misconfigured) else getattr(error, "after_s", 0.0)
            gate.hold_s = max(gate.hold_s, pause_s, 1.0)
            return job.again(message.id, message.tries - 1, now + gate.hold_s)
        may_again = message.tries <= len(self._retry_s)
        may_have_left = isinstance(error, Retry) and not isinstance(error, Unreachable)
        if may_have_left and not (repeatable and may_again):
            follows = job.urgency is Urgency.LIFE_SAFETY and job.has_next  # twice is better than not at all
            return job.onward(message.id, Reason.TROUBLE) if follows else job.settled(message.id, RecipientState.UNSURE)
        if isinstance(error, Retry) and may_again:
            pause_s = max(error.after_s, self._retry_s[message.tries - 1])
            return job.again(message.id, message.tries, now + pause_s)
        if isinstance(error, OptedOut) and job.urgency is Urgency.BULK:
            return job.settled(message.id, RecipientState.SKIPPED, Reason.OPTED_OUT.value)
        return job.onward(message.id, Reason.REJECTED if isinstance(error, Rejected) else Reason.TROUBLE)


def _taken_from(left: list[Message]) -> Message | None:
    try:
        return left.pop()
    except IndexError:
        return None


def _sleep(gate: Gate, wait_s: float) -> None:
    """Wait for the rate, looking now and then whether the mailing still runs. Raises ``NotTried`` if it does not."""
    until = time.monotonic() + wait_s
    while (left_s := until - time.monotonic()) > 0:
        time.sleep(min(left_s, LOOK_S))
        if not gate.open():
            raise NotTried("the mailing is held")


def slice_size(running: Running) -> int:
    """Messages of one slice: what leaves in about a second, so that what is urgent need not wait longer."""
    rate = running.manifest.limits.sends_per_second * SHARE
    return max(1, min(SLICE, max(int(rate), at_once(running)) if rate else SLICE))


def at_once(running: Running) -> int:
    """Messages of one part under way at once: the parts that are sent side by side leave places for replies."""
    places: int = running.manifest.limits.parallel_sends
    return max(1, int(places * PLACES) // parts_at_once(places))


def parts_at_once(places: int) -> int:
    """Parts that one process sends side by side over a connector with so many places."""
    return 2 if places >= 4 else 1


def _outbound(job: Job, message: Message) -> Outbound:
    return Outbound(
        reply_id=message.id,
        to=Address(AddressKind(job.kind), message.address),
        text=message.text,
        language=message.language,
        template=message.template,
        variables=message.variables if message.template else {},
        subject=message.subject,
    )
