"""Audit trails: who read or did what with a record, and why, in the transaction that does it. Rows are added, never
changed.

Each kind of record has a table of its own, with ``id``, ``happened_at``, ``actor``, ``action``, the record's id and
``purpose``.
"""

from __future__ import annotations

from collections.abc import Sequence

from chassis.database import Tx
from chassis.ids import new_id
from chassis.statements import Row, Sql


class Trail:
    """The trail of one kind of record: ``table`` keeps it, ``column`` is the record's id there."""

    def __init__(self, table: str, column: str) -> None:
        self._table, self._column = table, column
        statement = f"""
            INSERT INTO {table} (id, happened_at, actor, action, {column}, purpose)
            VALUES (:id, :now, :actor, :action, :{column}, :purpose)
        """  # noqa: S608 - our names
        self._add = Sql(statement)
        self._of = Sql(f"SELECT * FROM {table} WHERE {column} = :{column} ORDER BY id")  # noqa: S608 - our names

    def add(self, tx: Tx, actor: str, action: str, record_id: str, purpose: str = "") -> None:
        """Keep who did what; ``action`` is a code, ``purpose`` is in somebody's words and sealed."""
        audit_id = new_id(tx.now)
        values = {
            "id": audit_id,
            "now": tx.now.timestamp(),
            "actor": actor,
            "action": action,
            self._column: record_id,
            "purpose": tx.sealed(self._table, audit_id, "purpose", purpose),
        }
        tx.execute(self._add, values)

    def of(self, tx: Tx, record_id: str) -> Sequence[Row]:
        """What was done with a record, oldest first."""
        return tx.execute(self._of, {self._column: record_id}).all()
