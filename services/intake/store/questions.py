"""What other services had citizens told, and which of it may still be answered."""

from __future__ import annotations

import json

from chassis.database import Tx
from chassis.locking import held
from chassis.statements import Row, Sql
from services.intake.domain.notices import AUTOMATIC
from services.intake.domain.questions import Choice, Telling

_ADD = Sql("""
INSERT INTO told_message (id, case_id, identity_id, reply_id, choices, asked_at, open_until)
SELECT :id, cases.id, cases.identity_id, :reply_id, :choices, :now, :open_until FROM cases WHERE cases.id = :case_id
ON CONFLICT (id) DO NOTHING
""")
_IS_TOLD = Sql("SELECT 1 FROM told_message WHERE id = :id")
_LEFT = Sql("""
UPDATE told_message SET sent = :sent WHERE reply_id = :reply_id AND (sent IS NULL OR sent <> :sent) RETURNING id
""")
_OTHER = Sql("UPDATE told_message SET other_at = :now WHERE id = :id AND other_at IS NULL RETURNING id")
_CLOSE_OTHERS = Sql("""
UPDATE told_message SET open_until = NULL WHERE open_until IS NOT NULL AND id <> :id
AND identity_id = (SELECT identity_id FROM told_message AS asked WHERE asked.id = :id)
""")
_QUESTION = held("""
SELECT told_message.*, cases.number, cases.citizen_id, cases.topic, cases.priority,
    EXISTS (SELECT 1 FROM reply JOIN cases AS other ON other.id = reply.case_id
        WHERE other.identity_id = told_message.identity_id AND reply.agent_id <> :automatic
        AND reply.created_at > told_message.asked_at) AS talked_on,
    EXISTS (SELECT 1 FROM callback_offer JOIN cases AS other ON other.id = callback_offer.case_id
        WHERE other.identity_id = told_message.identity_id
        AND callback_offer.offered_at > told_message.asked_at) AS offered_later
FROM told_message JOIN cases ON cases.id = told_message.case_id
WHERE told_message.id = :id AND told_message.open_until > :now
AND EXISTS (SELECT 1 FROM reply WHERE reply.id = told_message.reply_id
    AND reply.state IN ('sending', 'sent', 'delivered', 'read', 'unknown'))""")
_CLOSE = Sql("UPDATE told_message SET open_until = NULL WHERE id = :id")
_FORGET = Sql("DELETE FROM told_message WHERE asked_at < :before AND (open_until IS NULL OR open_until < :before)")


def add(tx: Tx, telling: Telling, reply_id: str) -> None:
    """Something is told by a reply. A question takes the place of one that the same citizen was asked before."""
    now = tx.now.timestamp()
    values = {
        "id": telling.id,
        "case_id": telling.case_id,
        "reply_id": reply_id,
        "choices": json.dumps([[one.code, dict(one.words)] for one in telling.choices], ensure_ascii=False),
        "now": now,
        "open_until": now + telling.open_s if telling.choices else None,
    }
    tx.execute(_ADD, values)
    if telling.choices:
        tx.execute(_CLOSE_OTHERS, {"id": telling.id})


def is_told(tx: Tx, message_id: str) -> bool:
    """Whether a message was told before."""
    return tx.execute(_IS_TOLD, {"id": message_id}).first() is not None


def left(tx: Tx, reply_id: str, *, sent: bool) -> str | None:
    """A reply has left, or could not; the message that it tells, if it tells one and that was not known before."""
    found: str | None = tx.execute(_LEFT, {"reply_id": reply_id, "sent": int(sent)}).scalar_one_or_none()
    return found


def note_other(tx: Tx, message_id: str) -> bool:
    """The citizen wrote something else; True the first time."""
    return tx.execute(_OTHER, {"id": message_id, "now": tx.now.timestamp()}).first() is not None


def question(tx: Tx, message_id: str) -> tuple[Row, list[Choice]] | None:
    """A question that has left, or is just leaving, and is open: its row, held, and its answers; None if it is over.
    ``talked_on``: a person has written to the citizen since; ``offered_later``: they were offered a callback since."""
    values = {"id": message_id, "automatic": AUTOMATIC, "now": tx.now.timestamp()}
    found = tx.execute(_QUESTION[tx.dialect], values).one_or_none()
    if found is None:
        return None
    return found, [Choice(code, words) for code, words in json.loads(found.choices)]


def close(tx: Tx, message_id: str) -> None:
    """No answer is waited for any more."""
    tx.execute(_CLOSE, {"id": message_id})


def forget(tx: Tx, before: float) -> None:
    """Drop what nobody refers to any more."""
    tx.execute(_FORGET, {"before": before})
