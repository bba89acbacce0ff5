"""Errands: who is asked for a check-in, by a call or through a department's system."""

from __future__ import annotations

from collections.abc import Sequence

from chassis.database import Tx
from chassis.locking import held
from chassis.statements import Row, Sql

LEASE_S = 30.0
_ADD = Sql("""
INSERT INTO errand (id, check_in_id, about, department, state, result, case_id, tries, created_at, due_at)
VALUES (:id, :check_in_id, :about, :department, 'waiting', '', '', 0, :now, :due_at)
""")
_ERRAND = held("SELECT * FROM errand WHERE id = :id")
_FIND_DUE = Sql("SELECT id FROM errand WHERE due_at <= :now ORDER BY due_at LIMIT :limit")
_TAKE = Sql("UPDATE errand SET due_at = :until WHERE id = :id AND due_at <= :now")
_KEEP = Sql("""
UPDATE errand SET state = :state, result = :result, case_id = :case_id, tries = :tries, due_at = :due_at WHERE id = :id
""")
_OF = Sql("SELECT * FROM errand WHERE check_in_id = :id ORDER BY id")


def add(tx: Tx, errand_id: str, check_in_id: str, about: str, department: str, due_at: float) -> None:
    """Somebody is to be asked."""
    values = {
        "id": errand_id,
        "check_in_id": check_in_id,
        "about": about,
        "department": department,
        "now": tx.now.timestamp(),
        "due_at": due_at,
    }
    tx.execute(_ADD, values)


def errand(tx: Tx, errand_id: str, *, lock: bool = False) -> Row | None:
    """An errand by id."""
    return tx.execute(_ERRAND[tx.dialect if lock else "sqlite"], {"id": errand_id}).one_or_none()


def take_due(tx: Tx, limit: int, busy: Sequence[str]) -> list[str]:
    """Errands that are to be brought to intake, each taken by one api for a while."""
    now = tx.now.timestamp()
    found = tx.execute(_FIND_DUE, {"now": now, "limit": limit + len(busy)}).scalars()
    values = {"now": now, "until": now + LEASE_S}
    return [
        one for one in found if one not in busy and tx.execute(_TAKE, {**values, "id": one}).rowcount == 1
    ][:limit]  # fmt: skip


def keep(tx: Tx, row: Row) -> None:
    """Write where an errand stands."""
    tx.execute(_KEEP, {name: getattr(row, name) for name in ("id", "state", "result", "case_id", "tries", "due_at")})


def of_check_in(tx: Tx, check_in_id: str) -> Sequence[Row]:
    """Who was asked for a check-in, in order."""
    return tx.execute(_OF, {"id": check_in_id}).all()
