"""Questions about how satisfied citizens are."""

from __future__ import annotations

from collections.abc import Sequence

from chassis.database import Tx
from chassis.ids import new_id
from chassis.locking import free
from chassis.statements import Row, Sql

_ADD = Sql("""
INSERT INTO survey (id, case_id, state, score, due_at, created_at) VALUES (:id, :case_id, 'waiting', 0, :now, :now)
ON CONFLICT (case_id) DO NOTHING
""")
_DUE = free(
    "SELECT survey.* FROM survey WHERE state = 'waiting' AND due_at <= :now ORDER BY due_at LIMIT :limit", "survey"
)
_PUT_OFF = Sql("UPDATE survey SET due_at = :due_at WHERE id = :id")
_MOVE = Sql(
    "UPDATE survey SET state = :state, score = :score WHERE id = :id AND state IN ('waiting', 'asked') RETURNING *"
)


def add(tx: Tx, case_id: str) -> None:
    """A case is asked about, once."""
    tx.execute(_ADD, {"id": new_id(tx.now), "case_id": case_id, "now": tx.now.timestamp()})


def due(tx: Tx, limit: int, again_after_s: float) -> Sequence[Row]:
    """Those for whom intake is to be asked; each is due again later, should nobody say that it was done."""
    found = tx.execute(_DUE[tx.dialect], {"now": tx.now.timestamp(), "limit": limit}).all()
    for row in found:
        tx.later(_PUT_OFF, {"id": row.id, "due_at": tx.now.timestamp() + again_after_s})
    return found


def move(tx: Tx, survey_id: str, state: str, score: int = 0) -> Row | None:
    """Say where one stands; None if there is none, or it is over."""
    return tx.execute(_MOVE, {"id": survey_id, "state": state, "score": score}).one_or_none()
