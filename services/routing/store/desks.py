"""What happens on a desk, numbered without gaps in the order in which it becomes visible."""

from __future__ import annotations

from collections.abc import Sequence

from chassis.database import Tx
from chassis.statements import Row, Sql
from services.routing.domain.agents import ChangeKind

_BUMP = Sql("""
UPDATE agent SET sequence = sequence + 1, load = load + :load,
    idle_since = CASE WHEN :load < 0 THEN :now ELSE idle_since END,
    missed = CASE WHEN :missed < 0 THEN 0 ELSE missed + :missed END
WHERE id = :agent_id RETURNING sequence, missed
""")
_ADD_CHANGE = Sql(
    "INSERT INTO desk_change (agent_id, sequence, kind, subject_id, state, changed_at)"
    " VALUES (:agent_id, :sequence, :kind, :subject_id, :state, :now)"
)
_CHANGES = Sql("""
SELECT * FROM desk_change WHERE agent_id = :agent_id AND sequence > :after ORDER BY sequence LIMIT :limit
""")
_BY_IDS = {
    table: Sql(f"SELECT * FROM {table} WHERE id IN :ids", lists=["ids"])  # noqa: S608
    for table in ("offer", "work_item", "transfer")
}
_FORGET_CHANGES = Sql("DELETE FROM desk_change WHERE changed_at < :before")
_OLDEST_CHANGE = Sql("SELECT min(sequence) FROM desk_change WHERE agent_id = :agent_id")


def desk_changed(
    tx: Tx, agent_id: str, kind: ChangeKind, subject_id: str, state: str, *, load: int = 0, missed: int = 0
) -> tuple[int, int]:
    """Note a change on a desk and count the agent's load with it.

    ``missed`` counts an offer that was not answered; -1 sets the count to nothing. Returns the change's sequence and
    the offers missed in a row. The agent's row is held, so changes of one desk become visible in their order.
    """
    now = tx.now.timestamp()
    row = tx.execute(_BUMP, {"agent_id": agent_id, "load": load, "missed": missed, "now": now}).one()
    values = {"agent_id": agent_id, "sequence": row.sequence, "kind": kind.value, "subject_id": subject_id}
    tx.execute(_ADD_CHANGE, values | {"state": state, "now": now})
    return row.sequence, row.missed


def changes(tx: Tx, agent_id: str, after: int, limit: int = 200) -> Sequence[Row]:
    """What happened on a desk after a sequence."""
    return tx.execute(_CHANGES, {"agent_id": agent_id, "after": after, "limit": limit}).all()


def oldest_change(tx: Tx, agent_id: str) -> int | None:
    """The first change of a desk that is still kept."""
    found: int | None = tx.execute(_OLDEST_CHANGE, {"agent_id": agent_id}).scalar_one()
    return found


def by_ids(tx: Tx, table: str, ids: Sequence[str]) -> dict[str, Row]:
    """Offers, work items or transfers by id."""
    return {row.id: row for row in tx.execute(_BY_IDS[table], {"ids": list(ids)})} if ids else {}


def forget_changes(tx: Tx, before: float) -> int:
    """Drop changes that no stream asks for any more; returns how many."""
    return tx.execute(_FORGET_CHANGES, {"before": before}).rowcount
