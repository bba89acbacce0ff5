"""Legs of telephone calls: where each stands, and which of them are citizens' calls."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from chassis.database import Tx
from chassis.ids import new_id
from chassis.locking import held
from chassis.statements import Row, Sql
from services.intake.domain.calls import ANSWERED, CallNews, CallState

_LEG = held("SELECT * FROM call_leg WHERE connector = :connector AND leg_hash = :leg_hash")
_CONTACT = Sql("SELECT id, case_id, traceparent FROM contact WHERE channel = :connector AND provider_id = :leg_hash")
_ADD = Sql("""
INSERT INTO call_leg (id, connector, leg_hash, leg_id, contact_id, case_id, conference_id, state, end_reason, sequence,
    changed_at, started_at, answered_at, ended_at, received_at, traceparent)
VALUES (:id, :connector, :leg_hash, :leg_id, :contact_id, :case_id, :conference_id, :state, :end_reason, :sequence,
    :changed_at, :changed_at, :answered_at, :ended_at, :now, :traceparent)
ON CONFLICT (connector, leg_hash) DO NOTHING RETURNING *
""")
_MOVE = Sql("""
UPDATE call_leg SET state = :state, sequence = :sequence, changed_at = :changed_at, conference_id = :conference_id,
    end_reason = :end_reason, ended_at = :ended_at WHERE id = :id RETURNING *
""")
_TIMES = Sql("""
UPDATE call_leg SET started_at = CASE WHEN started_at > :occurred_at THEN :occurred_at ELSE started_at END,
    answered_at = CASE WHEN :answered = 1 AND (answered_at IS NULL OR answered_at > :occurred_at) THEN :occurred_at
        ELSE answered_at END
WHERE id = :id
""")


def leg(tx: Tx, connector: str, leg_id: str) -> Row | None:
    """A leg by the exchange's id, its row held."""
    return tx.execute(_LEG[tx.dialect], _exchange(tx, connector, leg_id)).one_or_none()


def _exchange(tx: Tx, connector: str, leg_id: str) -> dict[str, Any]:
    return {"connector": connector, "leg_hash": tx.keys.keyed_hash("provider_id", leg_id)}


def add_leg(tx: Tx, connector: str, news: CallNews, conference_id: str, traceparent: str) -> Row | None:
    """A leg that nothing was told of before, with the contact that it is; None if it was added just now."""
    exchange, row = _exchange(tx, connector, news.leg_id), new_id(tx.now)
    contact = tx.execute(_CONTACT, exchange).one_or_none()
    values = {
        **exchange,
        "id": row,
        "leg_id": tx.keys.seal(news.leg_id, table="call_leg", column="leg_id", row=row),
        "contact_id": contact.id if contact else None,
        "case_id": contact.case_id if contact else None,
        "conference_id": conference_id,
        "state": news.state.value,
        "end_reason": news.reason.value if news.reason else "",
        "sequence": news.sequence,
        "changed_at": news.occurred_at,
        "answered_at": news.occurred_at if news.state in ANSWERED else None,
        "ended_at": news.occurred_at if news.state is CallState.ENDED else None,
        "now": tx.now.timestamp(),
        "traceparent": contact.traceparent if contact else traceparent,
    }
    return tx.execute(_ADD, values).one_or_none()


def note_times(tx: Tx, row_id: str, news: CallNews) -> None:
    """When a leg began and was answered at the earliest, also by news that come too late to move it."""
    tx.execute(_TIMES, {"id": row_id, "occurred_at": news.occurred_at, "answered": int(news.state in ANSWERED)})


def move_leg(tx: Tx, row: Row, news: CallNews, conference_id: str) -> Row:
    """Write where a leg stands; the row after that."""
    values = {
        "id": row.id,
        "state": news.state.value,
        "sequence": news.sequence,
        "changed_at": news.occurred_at,
        "conference_id": conference_id,
        "end_reason": news.reason.value if news.reason else "",
        "ended_at": news.occurred_at if news.state is CallState.ENDED else None,
    }
    return tx.execute(_MOVE, values).one()


_OF_CONTACT = """
contact_id = (SELECT contact.id FROM contact WHERE contact.channel = connector AND contact.provider_id = leg_hash),
case_id = (SELECT contact.case_id FROM contact WHERE contact.channel = connector AND contact.provider_id = leg_hash)
"""
_ADOPT = Sql(f"""
UPDATE call_leg SET {_OF_CONTACT} WHERE connector = :connector AND leg_hash = :leg_hash AND contact_id IS NULL
RETURNING *
""")  # noqa: S608 - put together from the constant above
_UNCLAIMED = Sql("""
SELECT call_leg.connector, call_leg.leg_hash FROM call_leg JOIN contact
    ON contact.channel = call_leg.connector AND contact.provider_id = call_leg.leg_hash
WHERE call_leg.contact_id IS NULL AND call_leg.received_at > :since LIMIT 200
""")


def adopt(tx: Tx, connector: str, leg_hash: bytes) -> Row | None:
    """Give a leg to the contact that it is; None if there is none that has no contact yet."""
    return tx.execute(_ADOPT, {"connector": connector, "leg_hash": leg_hash}).one_or_none()


def leg_hash(tx: Tx, leg_id: str) -> bytes:
    """The exchange's id as it is looked up."""
    return tx.keys.keyed_hash("provider_id", leg_id)


def unclaimed(tx: Tx, since: float) -> Sequence[Row]:
    """Legs without a contact that are one all the same, by connector and hash."""
    return tx.execute(_UNCLAIMED, {"since": since}).all()
