"""Dispatches: what leaves the house for a referral, and what became of it."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from chassis.database import Tx
from chassis.locking import free
from chassis.statements import Row, Sql
from services.referral.domain.dispatches import DispatchState, Errand

_ADD = Sql("""
INSERT INTO dispatch (id, referral_id, errand, road, connector, state, reason, about, text, tries, created_at, due_at)
VALUES (:id, :referral_id, :errand, :road, :connector, 'queued', '', :about, :text, 0, :now, :due_at) RETURNING *
""")
_DISPATCH = Sql("SELECT * FROM dispatch WHERE id = :id")
_OF_REFERRAL = Sql("SELECT * FROM dispatch WHERE referral_id = :id ORDER BY id")
_KEEP = Sql("""
UPDATE dispatch SET state = :state, reason = :reason, tries = :tries, given_at = :given_at, due_at = :due_at
WHERE id = :id
""")
_DUE = free(
    "SELECT id FROM dispatch WHERE due_at <= :now AND NOT (id IN :busy) ORDER BY due_at LIMIT :limit",
    "dispatch",
    lists=["busy"],
)
_LEASE = Sql("UPDATE dispatch SET due_at = :until WHERE id IN :ids", lists=["ids"])
_KEPT: Final = ("id", "state", "reason", "tries", "given_at", "due_at")


def add(
    tx: Tx, dispatch_id: str, referral_id: str, errand: Errand, road: str, *, connector: str = "", about: str = "",
    text: Mapping[str, str] | None = None, at: float | None = None,
) -> Row:  # fmt: skip
    """One that is due now, or at a moment."""
    written = json.dumps(dict(text), ensure_ascii=False) if text else ""
    values = {
        "id": dispatch_id,
        "referral_id": referral_id,
        "errand": errand.value,
        "road": road,
        "connector": connector,
        "about": about,
        "text": tx.sealed("dispatch", dispatch_id, "text", written),
        "now": tx.now.timestamp(),
        "due_at": tx.now.timestamp() if at is None else at,
    }
    return tx.execute(_ADD, values).one()


def dispatch(tx: Tx, dispatch_id: str) -> Row | None:
    """A dispatch by id. Whoever changes it holds its referral."""
    return tx.execute(_DISPATCH, {"id": dispatch_id}).one_or_none()


def of_referral(tx: Tx, referral_id: str) -> Sequence[Row]:
    """Everything that left or was to leave, oldest first."""
    return tx.execute(_OF_REFERRAL, {"id": referral_id}).all()


def keep(tx: Tx, row: Row) -> None:
    """Write where a dispatch stands."""
    tx.execute(_KEEP, {name: getattr(row, name) for name in _KEPT})


def words(tx: Tx, row: Row) -> Mapping[str, str]:
    """What the citizen shall read, by language."""
    found = tx.opened("dispatch", row, "text")
    texts: Mapping[str, str] = json.loads(found) if found else {}
    return texts


def take_due(tx: Tx, until: float, limit: int, busy: Collection[str]) -> list[str]:
    """Dispatches that are to be carried, but those in ``busy``; nobody else takes them until then."""
    found = tx.execute(_DUE[tx.dialect], {"now": tx.now.timestamp(), "limit": limit, "busy": list(busy)}).scalars()
    if found:
        tx.later(_LEASE, {"ids": found, "until": until})
    return found


def state(row: Row) -> DispatchState:
    """Where it stands."""
    return DispatchState(row.state)
