"""Relaying: what citizen and agent say in a written session becomes messages, numbered and told in order.

Whoever changes a conversation holds its row. What goes to and from the interpreter is in ``relaying_interpreter``, what
goes to and from the case in ``relaying_case``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chassis import telemetry
from chassis.database import Tx
from chassis.errors import NotFound, PermissionDenied, PreconditionFailed
from chassis.ids import new_id
from chassis.statements import Row
from chassis.streams import PAGE
from services.translation.domain.coverage import ProviderKind
from services.translation.domain.law import is_legal
from services.translation.domain.relaying import END_WAIT_S, Direction, Refusal, RelayFailure, RelayState, Saying
from services.translation.store import audit, relay_messages, relaying
from services.translation.store.relay_messages import NewMessage, Opened
from services.translation.store.relaying import Session
from services.translation.use_cases.relaying_interpreter import (
    ask,
    carry_soon,
    fail,
    has_interpreter,
    signal,
)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks in a conversation, or reads it."""

    subject: str
    supervisor: bool


@dataclass(frozen=True, slots=True)
class Stored:
    """A message that was said, now or before."""

    id: str
    number: int


@dataclass(frozen=True, slots=True)
class Change:
    """What a stream is told: a message as it then was, or that the session moved."""

    sequence: int
    state: str
    message: Opened | None


def follow(tx: Tx, session_id: str) -> None:
    """A session moved. A new interpreter gets at once what waits; what nobody has when it is over has failed."""
    session = relaying.session(tx, session_id)
    if session is None or session.medium != "text":
        return
    if relaying.begin(tx, session):
        carry_soon(tx, session_id)
    relaying.hold(tx, session_id)
    relaying.changed(tx, session_id, "", session.state)
    waiting = relay_messages.untranslated(tx, session_id)
    if session.ended_at is not None:
        for row in waiting:
            _end(tx, session, row)
    elif has_interpreter(session):
        for row in waiting:
            if row.attempt != session.attempt:
                ask(tx, session, row)
    signal(tx, session_id)


def _end(tx: Tx, session: Session, row: Row) -> None:
    """What an interpreter still has is waited for a little."""
    if row.state == RelayState.SENT:
        relay_messages.limit(tx, row.id, tx.now.timestamp() + END_WAIT_S)
    else:
        fail(tx, session, row, RelayFailure.SESSION_OVER)


def say(tx: Tx, session_id: str, speaker: Speaker, saying: Saying) -> Stored | Refusal:
    """Store what an agent says and have it translated. What is said again is the message that was stored."""
    fault = saying.fault()
    if fault is not None:
        return fault
    row, session = relaying.hold(tx, session_id), own_session(tx, session_id, speaker)
    known = relay_messages.by_request(tx, session_id, Direction.TO_CITIZEN, saying.request_id)
    if known is not None:
        return Stored(known.id, known.number)
    if row is None or session.ended_at is not None:
        return Refusal.SESSION_OVER
    legal = is_legal(row.topic, saying.text)
    if legal and session.kind == ProviderKind.MACHINE and not saying.confirmed:
        return Refusal.MACHINE_NEEDS_CONFIRMATION
    with telemetry.continue_from(session.traceparent), telemetry.span("relay to citizen"):
        new = NewMessage(
            id=new_id(tx.now),
            session_id=session_id,
            direction=Direction.TO_CITIZEN,
            original=saying.text,
            request=saying.request_id,
            said_at=tx.now.timestamp(),
            agent_id=speaker.subject,
            legal=legal,
            confirmed=saying.confirmed,
            traceparent=telemetry.traceparent(),
        )
        return Stored(new.id, add(tx, session, new))


def add(tx: Tx, session: Session, new: NewMessage) -> int:
    """Number a message, tell the streams, and send it to the interpreter if there is one. The row is held."""
    number = relaying.next_number(tx, session.id)
    relay_messages.add(tx, new, number)
    relaying.changed(tx, session.id, new.id, RelayState.PENDING)
    if has_interpreter(session):
        ask(tx, session, new)
    signal(tx, session.id)
    return number


def own_session(tx: Tx, session_id: str, speaker: Speaker) -> Session:
    """A written session in which somebody may act. Raises what says why not."""
    session = relaying.session(tx, session_id)
    if session is None:
        raise NotFound("session", session_id)
    _may_speak(session.agent_id, speaker)
    if session.medium != "text":
        raise PreconditionFailed("SESSION_NOT_WRITTEN", f"session {session_id} is {session.medium}: nothing is relayed")
    return session


def _may_speak(agent_id: str, speaker: Speaker) -> None:
    if agent_id != speaker.subject and not speaker.supervisor:
        raise PermissionDenied("the session is another agent's")


def changes(tx: Tx, session_id: str, after: int, speaker: Speaker) -> Sequence[Change]:
    """What streams are told after a number, a page of it, with the words opened. Raises ``PermissionDenied`` if there
    is something and the session is another's."""
    rows = relaying.changes(tx, session_id, after, PAGE)
    if rows:
        _may_speak(rows[0].led_by, speaker)
    return [
        Change(row.sequence, row.told_state, relay_messages.opened(tx, row) if row.id is not None else None)
        for row in rows
    ]


def read_changes(tx: Tx, session_id: str, after: int, speaker: Speaker) -> Sequence[Change]:
    """As ``changes``; if words are among them, who reads is on record."""
    found = changes(tx, session_id, after, speaker)
    if any(change.message is not None for change in found):
        audit.add(tx, speaker.subject, "read_words", session_id)
    return found
