"""The audit trail of outreach: who read what names a person, and why."""

from __future__ import annotations

from collections.abc import Sequence

from chassis.database import Tx
from chassis.ids import new_id
from chassis.statements import Row, Sql

_ADD = Sql("""
INSERT INTO person_audit (id, happened_at, actor, action, person_id, purpose)
VALUES (:id, :now, :actor, :action, :person_id, :purpose)
""")
_TRAIL = Sql("SELECT * FROM person_audit WHERE person_id = :person_id ORDER BY id")


def audit(tx: Tx, actor: str, action: str, person_id: str, purpose: str = "") -> None:
    """Keep who did what, in the transaction that does it."""
    audit_id = new_id(tx.now)
    values = {
        "id": audit_id,
        "now": tx.now.timestamp(),
        "actor": actor,
        "action": action,
        "person_id": person_id,
        "purpose": tx.sealed("person_audit", audit_id, "purpose", purpose),
    }
    tx.execute(_ADD, values)


def trail(tx: Tx, person_id: str) -> Sequence[Row]:
    """What was done with a person's record, oldest first."""
    return tx.execute(_TRAIL, {"person_id": person_id}).all()
