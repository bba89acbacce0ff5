"""Relayed messages: both languages sealed, and where each stands between citizen, interpreter and agent."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from chassis.database import Tx
from chassis.statements import Row, Sql
from services.translation.domain.glossary import Entry, Use
from services.translation.domain.relaying import Direction, RelayFailure, RelayState

_ADD = Sql("""
INSERT INTO relay_message (id, session_id, number, direction, state, request_id, agent_id, contact_id, reply_id,
    original, attempt, interpreter, machine, legal, confirmed, told, reason, tries, said_at, traceparent)
VALUES (:id, :session_id, :number, :direction, 'pending', :request_id, :agent_id, :contact_id, '', :original, 0, '', 0,
    :legal, :confirmed, 0, '', 0, :said_at, :traceparent)
""")
_BY_REQUEST = Sql("SELECT * FROM relay_message WHERE session_id = :session_id AND request_id = :request_id")
_MESSAGE = Sql("SELECT * FROM relay_message WHERE id = :id")
_UNTRANSLATED = Sql("""
SELECT * FROM relay_message WHERE session_id = :session_id AND told = 0 AND state IN ('pending', 'sent') ORDER BY number
""")
_UNTOLD = Sql("""
SELECT id, state FROM relay_message WHERE session_id = :session_id AND direction = :direction AND told = 0
ORDER BY number
""")
_DELIVERABLE = Sql("""
SELECT * FROM relay_message WHERE session_id = :session_id AND direction = 'to_citizen' AND state = 'translated'
    AND told = 1 ORDER BY number LIMIT 1
""")
_ASKED = Sql("""
UPDATE relay_message SET attempt = :attempt, resend_at = :resend_at,
    reason = CASE WHEN attempt = :attempt THEN reason ELSE '' END,
    give_up_at = CASE WHEN attempt = :attempt THEN give_up_at ELSE NULL END WHERE id = :id
""")
_REJECTED = Sql("""
UPDATE relay_message SET reason = :reason, resend_at = :resend_at,
    give_up_at = CASE WHEN give_up_at < :give_up_at THEN give_up_at ELSE :give_up_at END WHERE id = :id
""")
_WAIT = Sql("UPDATE relay_message SET resend_at = NULL WHERE id = :id")
_SENT = Sql("""
UPDATE relay_message SET state = 'sent',
    give_up_at = CASE WHEN give_up_at IS NULL THEN :give_up_at ELSE give_up_at END WHERE id = :id
""")
_UNREACHED = Sql("UPDATE relay_message SET tries = tries + 1, resend_at = :resend_at WHERE id = :id")
_PUT_OFF = Sql("UPDATE relay_message SET resend_at = :resend_at WHERE id = :id")
_LIMIT = Sql("""
UPDATE relay_message SET resend_at = NULL,
    give_up_at = CASE WHEN give_up_at < :give_up_at THEN give_up_at ELSE :give_up_at END WHERE id = :id
""")
_TRANSLATED = Sql("""
UPDATE relay_message SET state = 'translated', translation = :translation, terms = :terms, interpreter = :interpreter,
    machine = :machine, translated_at = :now, resend_at = NULL, give_up_at = NULL WHERE id = :id
""")
_FAILED = Sql("""
UPDATE relay_message SET state = 'failed', reason = :reason, resend_at = NULL, give_up_at = NULL WHERE id = :id
""")
_TELL = Sql("UPDATE relay_message SET told = 1 WHERE id = :id")
_DELIVERED = Sql("UPDATE relay_message SET state = 'delivered', reply_id = :reply_id WHERE id = :id")
_TO_RESEND = Sql("SELECT session_id FROM relay_message WHERE resend_at <= :now ORDER BY resend_at LIMIT 1")
_TO_GIVE_UP = Sql("SELECT id FROM relay_message WHERE give_up_at <= :now ORDER BY give_up_at LIMIT 1")
_TERMS = {
    "sqlite": Sql("""
SELECT korean, translation FROM term WHERE language = :language AND CASE WHEN :of_korean = 1 THEN instr(:text, korean)
    ELSE instr(:text, translation) + instr(:folded, lower(translation)) END > 0 ORDER BY korean LIMIT 500
"""),
    "postgresql": Sql("""
SELECT korean, translation FROM term WHERE language = :language AND CASE WHEN CAST(:of_korean AS bigint) = 1
    THEN strpos(CAST(:text AS text), korean)
    ELSE strpos(CAST(:text AS text), translation) + strpos(CAST(:folded AS text), lower(translation)) END > 0
    ORDER BY korean LIMIT 500
"""),
}


@dataclass(frozen=True, slots=True)
class NewMessage:
    """Words to be relayed."""

    id: str
    session_id: str
    direction: Direction
    original: str
    request: str
    """What tells a repetition: the agent's request id, or the citizen's contact."""
    said_at: float
    agent_id: str = ""
    contact_id: str = ""
    legal: bool = False
    confirmed: bool = False
    traceparent: str = ""


def _request(tx: Tx, direction: Direction, request: str) -> bytes:
    return tx.keys.keyed_hash("request_id", f"{direction.value} {request}")


def add(tx: Tx, new: NewMessage, number: int) -> None:
    """Store a message; its conversation's row is held."""
    values = {
        "id": new.id,
        "session_id": new.session_id,
        "number": number,
        "direction": new.direction.value,
        "request_id": _request(tx, new.direction, new.request),
        "agent_id": new.agent_id,
        "contact_id": new.contact_id,
        "original": tx.sealed("relay_message", new.id, "original", new.original),
        "legal": int(new.legal),
        "confirmed": int(new.confirmed),
        "said_at": new.said_at,
        "traceparent": new.traceparent,
    }
    tx.later(_ADD, values)


def by_request(tx: Tx, session_id: str, direction: Direction, request: str) -> Row | None:
    """The message that an earlier request stored."""
    values = {"session_id": session_id, "request_id": _request(tx, direction, request)}
    return tx.execute(_BY_REQUEST, values).one_or_none()


def message(tx: Tx, message_id: str) -> Row | None:
    """A message by its id."""
    return tx.execute(_MESSAGE, {"id": message_id}).one_or_none()


def untranslated(tx: Tx, session_id: str) -> Sequence[Row]:
    """What waits for a translation, in its order."""
    return tx.execute(_UNTRANSLATED, {"session_id": session_id}).all()


def untold(tx: Tx, session_id: str, direction: Direction) -> Sequence[Row]:
    """The messages of a direction whose end has not been told, in their order."""
    return tx.execute(_UNTOLD, {"session_id": session_id, "direction": direction.value}).all()


def deliverable(tx: Tx, session_id: str) -> Row | None:
    """The agent's first message that is translated and not yet on its way to the citizen."""
    return tx.execute(_DELIVERABLE, {"session_id": session_id}).one_or_none()


def asked(tx: Tx, message_id: str, attempt: int, resend_at: float) -> None:
    """An attempt's interpreter is to translate it, and is asked again then."""
    tx.later(_ASKED, {"id": message_id, "attempt": attempt, "resend_at": resend_at})


def wait(tx: Tx, message_id: str) -> None:
    """It waits for an interpreter."""
    tx.later(_WAIT, {"id": message_id})


def sent(tx: Tx, message_id: str, give_up_at: float) -> None:
    """The connector is about to get it."""
    tx.later(_SENT, {"id": message_id, "give_up_at": give_up_at})


def unreached(tx: Tx, message_id: str, resend_at: float) -> None:
    """It did not reach the interpreter."""
    tx.later(_UNREACHED, {"id": message_id, "resend_at": resend_at})


def put_off(tx: Tx, message_id: str, resend_at: float) -> None:
    """It was not sent, and is then."""
    tx.later(_PUT_OFF, {"id": message_id, "resend_at": resend_at})


def rejected(tx: Tx, message_id: str, resend_at: float, give_up_at: float) -> None:
    """The interpreter does not take it; another may."""
    values = {"id": message_id, "resend_at": resend_at, "give_up_at": give_up_at}
    tx.later(_REJECTED, values | {"reason": RelayFailure.REJECTED.value})


def limit(tx: Tx, message_id: str, give_up_at: float) -> None:
    """It is not sent again, and given up then at the latest."""
    tx.later(_LIMIT, {"id": message_id, "give_up_at": give_up_at})


@dataclass(frozen=True, slots=True)
class Translated:
    """A translation as it is kept."""

    text: str
    interpreter: str
    machine: bool
    terms: Sequence[Use]


def translated(tx: Tx, message_id: str, found: Translated) -> None:
    """Keep a translation."""
    terms = json.dumps([asdict(use) for use in found.terms], ensure_ascii=False) if found.terms else ""
    values = {
        "id": message_id,
        "translation": tx.sealed("relay_message", message_id, "translation", found.text),
        "terms": tx.keys.seal(terms, table="relay_message", column="terms", row=message_id) if terms else None,
        "interpreter": found.interpreter,
        "machine": int(found.machine),
        "now": tx.now.timestamp(),
    }
    tx.later(_TRANSLATED, values)


def failed(tx: Tx, message_id: str, reason: RelayFailure) -> None:
    """It is not relayed any more."""
    tx.later(_FAILED, {"id": message_id, "reason": reason.value})


def tell(tx: Tx, message_id: str) -> None:
    """Its end is told."""
    tx.later(_TELL, {"id": message_id})


def delivered(tx: Tx, message_id: str, reply_id: str) -> None:
    """It is a reply in the case."""
    tx.later(_DELIVERED, {"id": message_id, "reply_id": reply_id})


def session_to_resend(tx: Tx) -> str | None:
    """A conversation with messages that are to be sent again by now."""
    found: str | None = tx.execute(_TO_RESEND, {"now": tx.now.timestamp()}).scalar_one_or_none()
    return found


def to_give_up(tx: Tx) -> str | None:
    """A message that is to be given up by now."""
    found: str | None = tx.execute(_TO_GIVE_UP, {"now": tx.now.timestamp()}).scalar_one_or_none()
    return found


def terms(tx: Tx, language: str, text: str, *, of_korean: bool) -> list[Entry]:
    """The terms of a language that a text may hold, in Korean or in that language."""
    values = {"language": language, "text": text, "folded": text.lower(), "of_korean": int(of_korean)}
    return [Entry(row.korean, row.translation) for row in tx.execute(_TERMS[tx.dialect], values)]


@dataclass(frozen=True, slots=True)
class Opened:
    """A message with its words."""

    row: Row
    original: str
    translation: str
    terms: Sequence[Use]


def opened(tx: Tx, row: Row) -> Opened:
    """Read a message's words."""
    terms_kept = tx.opened("relay_message", row, "terms")
    uses = [Use(**one) for one in json.loads(terms_kept)] if terms_kept else []
    original, translation = (tx.opened("relay_message", row, column) for column in ("original", "translation"))
    return Opened(row, original, translation, uses)


def state(row: Row) -> RelayState:
    """Where a message stands."""
    return RelayState(row.state)
