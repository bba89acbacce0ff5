"""Plans, in the order in which they are asked."""

from __future__ import annotations

from chassis.database import Tx
from chassis.statements import Sql
from services.routing.domain.plans import Plan, loaded, stored

_PUT = Sql("""
INSERT INTO plan (id, position, criteria, steps, changed_at) VALUES (:id, :position, :criteria, :steps, :now)
ON CONFLICT (id) DO UPDATE SET position = excluded.position, criteria = excluded.criteria, steps = excluded.steps,
    changed_at = excluded.changed_at
""")
_REMOVE = Sql("DELETE FROM plan WHERE id = :id")
_ALL = Sql("SELECT id, position, criteria, steps FROM plan ORDER BY position, id")


def put(tx: Tx, plan: Plan) -> None:
    """Create or change a plan. Work that waits keeps the steps it began with."""
    tx.execute(_PUT, {**stored(plan), "now": tx.now.timestamp()})


def remove(tx: Tx, plan_id: str) -> bool:
    """Drop a plan; False if there is none."""
    return tx.execute(_REMOVE, {"id": plan_id}).rowcount > 0


def all_plans(tx: Tx) -> list[Plan]:
    """Every plan, the first to be asked first."""
    return [loaded(*row) for row in tx.execute(_ALL)]
