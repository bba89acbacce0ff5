"""The audit trail: rows are added, never changed."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from chassis.database import Tx
from chassis.statements import Row, Sql
from services.intake import tables

_ADD_AUDIT = Sql("""
INSERT INTO audit (id, happened_at, actor, action, citizen_id, case_id, purpose)
VALUES (:id, :now, :actor, :action, :citizen_id, :case_id, :purpose)
""")


def add_audit(tx: Tx, audit_id: str, actor: str, action: str, citizen_id: str, case_id: str, purpose: str) -> None:
    """Keep who read or changed what of whom, and why."""
    values = {
        "id": audit_id,
        "now": tx.now.timestamp(),
        "actor": actor,
        "action": action,
        "citizen_id": citizen_id,
        "case_id": case_id,
        "purpose": tx.sealed("audit", audit_id, "purpose", purpose),
    }
    tx.execute(_ADD_AUDIT, values)


def list_audit(tx: Tx, citizen_id: str, actor: str, before: str, limit: int) -> Sequence[Row]:
    """The trail, newest first, ids below ``before`` if given."""
    audit = tables.audit
    query = sa.select(audit).order_by(audit.c.id.desc()).limit(limit)
    for column, value in (("citizen_id", citizen_id), ("actor", actor)):
        if value:
            query = query.where(audit.c[column] == value)
    if before:
        query = query.where(audit.c.id < before)
    return tx.execute(query).all()
