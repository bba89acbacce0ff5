"""Notices that offered a callback, and what must be known of a case before a citizen is told anything."""

from __future__ import annotations

from chassis.database import Tx
from chassis.statements import Row, Sql
from services.intake.domain.notices import ANSWERED_WITHIN_S, AUTOMATIC

_ROAD = Sql("""
SELECT cases.state, cases.channel, cases.language, contact.medium, contact.reply_until
FROM cases JOIN contact ON contact.case_id = cases.id
WHERE cases.id = :case_id ORDER BY contact.received_at DESC, contact.id DESC LIMIT 1
""")
_OFFERED = Sql("""
INSERT INTO callback_offer (case_id, work_item_id, offered_at) VALUES (:case_id, :work_item_id, :now)
ON CONFLICT (case_id) DO UPDATE SET work_item_id = excluded.work_item_id, offered_at = excluded.offered_at
""")
_TAKE = Sql("""
DELETE FROM callback_offer WHERE case_id = :case_id AND offered_at > :since AND NOT EXISTS (
    SELECT 1 FROM reply WHERE reply.case_id = :case_id AND reply.agent_id <> :automatic
    AND reply.created_at > callback_offer.offered_at)
RETURNING work_item_id
""")
_FORGET = Sql("DELETE FROM callback_offer WHERE offered_at < :before")


def road(tx: Tx, case_id: str) -> Row | None:
    """Where a case stands, and by which message the citizen can be reached; None where there is no such case."""
    return tx.execute(_ROAD, {"case_id": case_id}).first()


def offer_callback(tx: Tx, case_id: str, work_item_id: str) -> None:
    """The citizen was offered a callback."""
    tx.execute(_OFFERED, {"case_id": case_id, "work_item_id": work_item_id, "now": tx.now.timestamp()})


def take_callback(tx: Tx, case_id: str) -> str | None:
    """The work item for which the citizen was offered a callback, once, and only before anybody else wrote to them."""
    values = {"case_id": case_id, "since": tx.now.timestamp() - ANSWERED_WITHIN_S, "automatic": AUTOMATIC}
    found: str | None = tx.execute(_TAKE, values).scalar_one_or_none()
    return found


def forget(tx: Tx, before: float) -> None:
    """Drop offers that nobody can answer any more."""
    tx.execute(_FORGET, {"before": before})
