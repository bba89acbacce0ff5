"""Relayed words between the conversation and the case that intake keeps: the citizen's words come in, in the order of
the case, and the agent's go out as replies, one after another.

The bus only says that there is something; the api asks for it. Each step finds what an earlier one did, so that two
apis which carry the same words do no harm.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from chassis.database import Tx
from chassis.ids import new_id
from services.translation.domain.relaying import CARRY_LEASE_S, Direction, RelayFailure, RelayState, carry_wait_s
from services.translation.store import relay_messages, relaying
from services.translation.store.relay_messages import NewMessage
from services.translation.store.relaying import Due
from services.translation.use_cases.relaying import add
from services.translation.use_cases.relaying_interpreter import carry_soon, fail, signal


def told_of(tx: Tx, case_id: str, sequence: int, topic: str) -> None:
    """Intake has something new of a citizen. Told twice, the second time it is nothing new."""
    for session_id in relaying.told_of(tx, case_id, sequence, topic):
        carry_soon(tx, session_id)


def corrected(tx: Tx, case_id: str, topic: str) -> None:
    """An agent corrected what a case is about."""
    relaying.correct(tx, case_id, topic)


@dataclass(frozen=True, slots=True)
class Delivery:
    """The agent's words on their way to the citizen."""

    message_id: str
    agent_id: str
    text: str = field(repr=False)
    original: str = field(repr=False)
    machine: bool
    traceparent: str


@dataclass(frozen=True, slots=True)
class Load:
    """A conversation with words to be carried."""

    session_id: str
    case_id: str
    reads: bool
    """There is something to be read."""
    read_to: int | None
    """What was read already; None: nothing yet."""
    tries: int
    until: float
    """How long it is this api's to carry."""
    traceparent: str


def take_due(tx: Tx, limit: int, busy: Sequence[str]) -> list[tuple[Load, Delivery | None]]:
    """Conversations with words to be carried, each taken by one api for a while, with what is to be delivered first
    where nothing is to be read before; those in ``busy`` are left."""
    until = tx.now.timestamp() + CARRY_LEASE_S
    loads = [_load(due, until) for due in relaying.take_due(tx, until, limit, busy)]
    return [(load, None if load.reads else next_delivery(tx, load)) for load in loads]


def _load(due: Due, until: float) -> Load:
    reads = due.ended_at is None and (due.read_to is None or due.newest > due.read_to)
    return Load(due.id, due.case_id, reads, due.read_to, due.tries, until, due.traceparent)


@dataclass(frozen=True, slots=True)
class Written:
    """What a citizen wrote."""

    contact_id: str
    sequence: int
    text: str = field(repr=False)
    said_at: float
    traceparent: str


def take_in(tx: Tx, session_id: str, words: Sequence[Written], read_to: int, topic: str) -> None:
    """Make messages of what a citizen wrote. What was read before, here or by another api, is left."""
    row, session = relaying.hold(tx, session_id), relaying.session(tx, session_id)
    if row is None or session is None or session.ended_at is not None:
        return
    for one in words:
        if row.read_to is None or one.sequence > row.read_to:
            new = NewMessage(
                id=new_id(tx.now),
                session_id=session_id,
                direction=Direction.TO_AGENT,
                original=one.text,
                request=one.contact_id,
                said_at=one.said_at,
                contact_id=one.contact_id,
                traceparent=one.traceparent,
            )
            add(tx, session, new)
    relaying.have_read(tx, session_id, max(read_to, row.read_to or 0), topic)


def next_delivery(tx: Tx, load: Load) -> Delivery | None:
    """The first of the agent's words that are translated and not yet delivered; if there are none, nothing is to be
    carried any more but what came meanwhile."""
    row = relay_messages.deliverable(tx, load.session_id)
    if row is None:
        relaying.rest(tx, load.session_id, load.until, None, 0)
        return None
    opened = relay_messages.opened(tx, row)
    return Delivery(row.id, row.agent_id, opened.translation, opened.original, bool(row.machine), row.traceparent)


def delivered(tx: Tx, load: Load, message_id: str, reply_id: str) -> Delivery | None:
    """They are a reply in the case; what goes next. Told twice, the second time it is known."""
    relaying.hold(tx, load.session_id)
    row = relay_messages.message(tx, message_id)
    if row is not None and row.state == RelayState.TRANSLATED:
        relay_messages.delivered(tx, message_id, reply_id)
        relaying.changed(tx, load.session_id, message_id, RelayState.DELIVERED)
        signal(tx, load.session_id)
    return next_delivery(tx, load)


def not_delivered(tx: Tx, load: Load, message_id: str, reason: RelayFailure) -> Delivery | None:
    """The case does not take them; what goes next."""
    relaying.hold(tx, load.session_id)
    row, session = relay_messages.message(tx, message_id), relaying.session(tx, load.session_id)
    if row is not None and session is not None and row.state == RelayState.TRANSLATED:
        fail(tx, session, row, reason)
    return next_delivery(tx, load)


def try_again(tx: Tx, load: Load) -> None:
    """What could not be carried is tried again later."""
    tries = load.tries + 1
    relaying.rest(tx, load.session_id, load.until, tx.now.timestamp() + carry_wait_s(tries), tries)
