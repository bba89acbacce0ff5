"""Relayed words between the hub and the interpreter: sent, sent again, translated or given up.

Words may reach an interpreter more than once, and so may a translation come: a message has one translation, the first.
Translations are told in the order of the messages, each direction for itself, so that one who waits for an answer does
not hold up the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import takewhile

from hub120.translation.v1 import events_pb2
from hub120_sdk import SessionNoted

from chassis.connectors.queues import words_queue
from chassis.database import Tx
from chassis.statements import Row
from services.translation.domain import glossary
from services.translation.domain.coverage import WITH_CONNECTOR, ProviderKind
from services.translation.domain.relaying import (
    ANSWER_S,
    GIVE_UP_S,
    REJECTED_S,
    REJECTED_WAIT_S,
    UNTRANSLATED,
    Direction,
    RelayFailure,
    RelayState,
    usable,
    wait_s,
)
from services.translation.domain.sessions import SessionState
from services.translation.store import relay_messages, relaying
from services.translation.store.relay_messages import NewMessage, Translated
from services.translation.store.relaying import Session

_THERE = frozenset({SessionState.CONNECTED, SessionState.RELAYING})
KOREAN = "ko"


def has_interpreter(session: Session) -> bool:
    """Whether somebody translates now whom words can be sent to."""
    return session.ended_at is None and session.state in _THERE and session.kind in WITH_CONNECTOR


def signal(tx: Tx, session_id: str) -> None:
    """Wake the streams of a conversation."""
    tx.signal(events_pb2.RelayChanged(session_id=session_id), subject=session_id)


def ask(tx: Tx, session: Session, row: Row | NewMessage) -> None:
    """Have a message translated by whoever interprets now. A machine does not get what is about law without leave."""
    if session.kind == ProviderKind.MACHINE and row.legal and not row.confirmed:
        fail(tx, session, row, RelayFailure.MACHINE_NEEDS_CONFIRMATION)
        return
    connector = session.connector or ""
    body = events_pb2.TranslateMessage(message_id=row.id, session_id=session.id, connector=connector)
    tx.ask(words_queue(connector), body, subject=session.case_id, traceparent=row.traceparent)
    relay_messages.asked(tx, row.id, session.attempt or 0, tx.now.timestamp() + ANSWER_S)


@dataclass(frozen=True, slots=True)
class Asked:
    """Words for a connector."""

    message_id: str
    session_id: str
    attempt: int
    number: int
    text: str = field(repr=False)
    source: str
    target: str
    terms: Mapping[str, str]
    machine: bool


def begin(tx: Tx, session_id: str, message_id: str, connector: str) -> Asked | None:
    """The words for the connector; None if they are translated or given up, or are another's to translate by now. A
    second delivery asks once more, which the connector knows by the message's id."""
    relaying.hold(tx, session_id)
    row, session = relay_messages.message(tx, message_id), relaying.session(tx, session_id)
    if row is None or session is None or row.session_id != session_id or row.state not in UNTRANSLATED:
        return None
    if not has_interpreter(session) or session.connector != connector:
        return None
    relay_messages.sent(tx, row.id, tx.now.timestamp() + GIVE_UP_S)
    return _asked(tx, session, row)


def _asked(tx: Tx, session: Session, row: Row) -> Asked:
    text, korean = tx.opened("relay_message", row, "original"), row.direction == Direction.TO_CITIZEN
    return Asked(
        message_id=row.id,
        session_id=session.id,
        attempt=session.attempt or 0,
        number=row.number,
        text=text,
        source=KOREAN if korean else session.language,
        target=session.language if korean else KOREAN,
        terms=_terms(tx, session.language, text, korean=korean),
        machine=session.kind == ProviderKind.MACHINE,
    )


def _terms(tx: Tx, language: str, text: str, *, korean: bool) -> Mapping[str, str]:
    entries = relay_messages.terms(tx, language, text, of_korean=korean)
    return glossary.as_words(glossary.terms_in(text, entries, korean=korean), korean=korean)


def not_reached(tx: Tx, message_id: str, after_s: float) -> None:
    """The interpreter surely has not got it, or nobody knows: it is sent again later."""
    row = _held(tx, message_id)
    if row is not None and row.state in UNTRANSLATED and row.resend_at is not None:
        relay_messages.unreached(tx, row.id, tx.now.timestamp() + max(after_s, wait_s(row.tries + 1)))


def held_back(tx: Tx, message_id: str, after_s: float) -> None:
    """The hub itself asked nobody, since it asks no faster or leaves the connector alone: that is no try."""
    row = _held(tx, message_id)
    if row is not None and row.state in UNTRANSLATED and row.resend_at is not None:
        relay_messages.put_off(tx, row.id, tx.now.timestamp() + after_s)


def rejected(tx: Tx, asked: Asked) -> None:
    """A machine that does not take it never will. A partner says so also when its interpreter has just left: for a
    while the words wait for another."""
    row, now = _held(tx, asked.message_id), tx.now.timestamp()
    session = relaying.session(tx, asked.session_id)
    if row is None or session is None or row.state not in UNTRANSLATED or row.attempt != asked.attempt:
        return
    if asked.machine:
        fail(tx, session, row, RelayFailure.REJECTED)
    elif row.resend_at is not None:
        relay_messages.rejected(tx, row.id, now + REJECTED_WAIT_S, now + REJECTED_S)


@dataclass(frozen=True, slots=True)
class Brought:
    """A translation as a connector brings it."""

    connector: str
    session_id: str
    message_id: str
    text: str = field(repr=False)
    interpreter: str = ""


def is_first(tx: Tx, session: Session, brought: Brought) -> bool:
    """Whether it looks as if whoever interprets now brings the first translation of the session."""
    if session.state != SessionState.CONNECTED or session.ended_at is not None:
        return False
    row = relay_messages.message(tx, brought.message_id)
    waits = row is not None and row.session_id == session.id and row.state == RelayState.SENT
    return waits and session.connector == brought.connector and usable(brought.text)


def translated(tx: Tx, session: Session, brought: Brought) -> SessionNoted:
    """Keep a translation and tell it once those before it are told. A second one for the same message changes nothing,
    nor does one by a connector that was never asked in the session."""
    relaying.hold(tx, session.id)
    row, kind = relay_messages.message(tx, brought.message_id), session.kind
    if session.connector != brought.connector:
        kind = relaying.kind_asked(tx, session.id, brought.connector)
    if row is None or row.session_id != session.id or kind is None or row.state == RelayState.PENDING:
        return SessionNoted(known=False)
    if row.state != RelayState.SENT:
        return SessionNoted(known=True, duplicate=row.state != RelayState.FAILED, over=row.state == RelayState.FAILED)
    if not usable(brought.text):
        fail(tx, session, row, RelayFailure.TRANSLATION_UNUSABLE)
        return SessionNoted(known=True)
    relay_messages.translated(tx, row.id, _kept(tx, session, row, brought, machine=kind == ProviderKind.MACHINE))
    tell(tx, session, Direction(row.direction))
    return SessionNoted(known=True)


def _kept(tx: Tx, session: Session, row: Row, brought: Brought, *, machine: bool) -> Translated:
    korean = row.direction == Direction.TO_CITIZEN
    terms = _terms(tx, session.language, tx.opened("relay_message", row, "original"), korean=korean)
    return Translated(
        text=brought.text,
        interpreter=brought.interpreter or brought.connector,
        machine=machine,
        terms=glossary.uses(brought.text, terms, korean=korean),
    )


def fail(tx: Tx, session: Session, row: Row, reason: RelayFailure) -> None:
    """A message is not relayed any more; the agent is told why."""
    relay_messages.failed(tx, row.id, reason)
    if row.told:
        relaying.changed(tx, session.id, row.id, RelayState.FAILED)
        signal(tx, session.id)
    else:
        tell(tx, session, Direction(row.direction))


def tell(tx: Tx, session: Session, direction: Direction) -> None:
    """Tell what has its end, as far as everything before it has; the agent's words then go to the citizen."""
    ready = list(takewhile(lambda row: row.state not in UNTRANSLATED, relay_messages.untold(tx, session.id, direction)))
    for row in ready:
        relay_messages.tell(tx, row.id)
        relaying.changed(tx, session.id, row.id, row.state)
    if direction is Direction.TO_CITIZEN and any(row.state == RelayState.TRANSLATED for row in ready):
        carry_soon(tx, session.id)
    signal(tx, session.id)


def carry_soon(tx: Tx, session_id: str) -> None:
    """There are words to be carried between a conversation and its case."""
    relaying.wake(tx, session_id)
    tx.signal(events_pb2.WordsWait(session_id=session_id), subject=session_id)


def send_again(tx: Tx) -> bool:
    """Send again what is due in one conversation; False if there is none. While nobody interprets it waits for whoever
    comes next."""
    session_id = relay_messages.session_to_resend(tx)
    if session_id is None:
        return False
    relaying.hold(tx, session_id)
    session, now = relaying.session(tx, session_id), tx.now.timestamp()
    assert session is not None  # noqa: S101 - messages have sessions, which are never dropped
    for row in relay_messages.untranslated(tx, session_id):
        if row.resend_at is not None and row.resend_at <= now:
            if has_interpreter(session):
                ask(tx, session, row)
            else:
                relay_messages.wait(tx, row.id)
    return True


def give_up(tx: Tx) -> bool:
    """Give up one message whose translation did not come in time; False if there is none."""
    message_id = relay_messages.to_give_up(tx)
    if message_id is None:
        return False
    row = _held(tx, message_id)
    if row is not None and row.give_up_at is not None and row.give_up_at <= tx.now.timestamp():
        session = relaying.session(tx, row.session_id)
        assert session is not None  # noqa: S101 - as above
        over = RelayFailure.SESSION_OVER if session.ended_at is not None else RelayFailure.NO_TRANSLATION
        fail(tx, session, row, RelayFailure(row.reason) if row.reason else over)
    return True


def _held(tx: Tx, message_id: str) -> Row | None:
    """A message, its conversation's row held."""
    row = relay_messages.message(tx, message_id)
    if row is None:
        return None
    relaying.hold(tx, row.session_id)
    return relay_messages.message(tx, message_id)
