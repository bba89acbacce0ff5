"""Calls in which an agency joins an agent and a citizen: what each referral had, and what is due."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from chassis.database import Tx
from chassis.statements import Row, Sql

_ADD = Sql("""
INSERT INTO agency_call (id, referral_id, agent_id, request_id, state, reason, said, created_at, due_at)
VALUES (:id, :referral_id, :agent_id, :request_id, 'wanted', '', '', :now, :due_at) RETURNING *
""")
_CALL = Sql("SELECT * FROM agency_call WHERE id = :id")
_BY_REQUEST = Sql("SELECT * FROM agency_call WHERE referral_id = :referral_id AND request_id = :request_id")
_OF_REFERRAL = Sql("SELECT * FROM agency_call WHERE referral_id = :id ORDER BY id")
_KEEP = Sql("""
UPDATE agency_call SET state = :state, reason = :reason, said = :said, answered_at = :answered_at,
    ended_at = :ended_at, due_at = :due_at WHERE id = :id
""")
_DUE = Sql("SELECT * FROM agency_call WHERE due_at <= :now ORDER BY due_at LIMIT 1")
_KEPT: Final = ("id", "state", "reason", "said", "answered_at", "ended_at", "due_at")


def add(tx: Tx, call_id: str, referral_id: str, agent_id: str, request_id: str, due_at: float) -> Row:
    """One that is wanted now."""
    values = {
        "id": call_id,
        "referral_id": referral_id,
        "agent_id": agent_id,
        "request_id": tx.keys.keyed_hash("request_id", request_id),
        "now": tx.now.timestamp(),
        "due_at": due_at,
    }
    return tx.execute(_ADD, values).one()


def call(tx: Tx, call_id: str) -> Row | None:
    """A call by id. Whoever changes it holds its referral."""
    return tx.execute(_CALL, {"id": call_id}).one_or_none()


def by_request(tx: Tx, referral_id: str, request_id: str) -> Row | None:
    """The call that an earlier request began."""
    values = {"referral_id": referral_id, "request_id": tx.keys.keyed_hash("request_id", request_id)}
    return tx.execute(_BY_REQUEST, values).one_or_none()


def of_referral(tx: Tx, referral_id: str) -> Sequence[Row]:
    """Every call of a referral, oldest first."""
    return tx.execute(_OF_REFERRAL, {"id": referral_id}).all()


def keep(tx: Tx, row: Row) -> None:
    """Write where a call stands."""
    tx.execute(_KEEP, {name: getattr(row, name) for name in _KEPT})


def due(tx: Tx) -> Row | None:
    """One of which nothing was heard for too long. It is not held: whoever changes it holds its referral first."""
    return tx.execute(_DUE, {"now": tx.now.timestamp()}).one_or_none()
