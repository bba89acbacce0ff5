"""The audit trail of referral: who read what was said about a person, and why."""

from __future__ import annotations

from collections.abc import Sequence

from chassis.database import Tx
from chassis.ids import new_id
from chassis.statements import Row, Sql

_ADD = Sql("""
INSERT INTO audit (id, happened_at, actor, action, referral_id, purpose)
VALUES (:id, :now, :actor, :action, :referral_id, :purpose)
""")
_TRAIL = Sql("SELECT * FROM audit WHERE referral_id = :referral_id ORDER BY id")


def audit(tx: Tx, actor: str, action: str, referral_id: str, purpose: str = "") -> None:
    """Keep who did what, in the transaction that does it."""
    audit_id = new_id(tx.now)
    values = {
        "id": audit_id,
        "now": tx.now.timestamp(),
        "actor": actor,
        "action": action,
        "referral_id": referral_id,
        "purpose": tx.sealed("audit", audit_id, "purpose", purpose),
    }
    tx.execute(_ADD, values)


def trail(tx: Tx, referral_id: str) -> Sequence[Row]:
    """What was done with a referral, oldest first."""
    return tx.execute(_TRAIL, {"referral_id": referral_id}).all()
