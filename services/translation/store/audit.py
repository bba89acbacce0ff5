"""The audit trail: what partners were refused, and who let an interpreter go, and why."""

from __future__ import annotations

from collections.abc import Sequence

from chassis.database import Tx
from chassis.ids import new_id
from chassis.statements import Row, Sql

_ADD = Sql("""
INSERT INTO audit (id, happened_at, actor, action, session_id, minute, times, reason)
VALUES (:id, :now, :actor, :action, :session_id, :minute, 1, :reason)
ON CONFLICT (actor, action, session_id, minute) DO UPDATE SET times = audit.times + 1
""")
_TRAIL = Sql("SELECT * FROM audit WHERE session_id = :session_id ORDER BY id")


def add(tx: Tx, actor: str, action: str, session_id: str = "", reason: str = "") -> None:
    """Keep what happened; the same again within a minute is counted, so that nobody fills the trail."""
    audit_id, now = new_id(tx.now), tx.now.timestamp()
    values = {
        "id": audit_id,
        "now": now,
        "actor": actor,
        "action": action,
        "session_id": session_id,
        "minute": int(now // 60),
        "reason": tx.sealed("audit", audit_id, "reason", reason),
    }
    tx.execute(_ADD, values)


def trail(tx: Tx, session_id: str) -> Sequence[Row]:
    """What happened in a session; without one what belongs to none."""
    return tx.execute(_TRAIL, {"session_id": session_id}).all()
