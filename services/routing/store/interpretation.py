"""Work in a language that nobody at work speaks: what is to be asked about it, and what was answered."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from chassis.database import Tx
from chassis.locking import free
from chassis.statements import Row, Sql
from services.routing.domain.interpretation import Interpretation
from services.routing.domain.plans import Course, kind, written

_SPOKEN = Sql(
    """
SELECT DISTINCT ability.name FROM ability JOIN agent ON agent.id = ability.agent_id
WHERE ability.name IN :names AND agent.presence <> 'offline'
    AND NOT EXISTS (SELECT 1 FROM closed_ability WHERE closed_ability.name = ability.name)
""",
    lists=["names"],
)
_ASK = Sql(
    """
UPDATE work_item SET interpretation = 'asked', interpret_at = :now WHERE id IN (
    SELECT id FROM work_item WHERE state = 'queued' AND kind IN :kinds AND queued_at <= :before
    AND interpretation = '' AND held_until IS NULL AND step_until IS NULL AND medium <> 'video'
    ORDER BY rank, id LIMIT :limit)
AND state = 'queued' RETURNING id
""",
    lists=["kinds"],
)
_DUE = free("SELECT * FROM work_item WHERE interpret_at <= :now ORDER BY interpret_at LIMIT :limit", "work_item")
_AGAIN = Sql("UPDATE work_item SET interpret_at = :again WHERE id = :id")
_ANSWERED = Sql("""
UPDATE work_item SET interpretation = :interpretation, interpret_at = NULL, interpret_until = :until,
    kind = :kind, steps = :steps, step_until = :step_until WHERE id = :id
""")
_LET_BE = Sql("UPDATE work_item SET interpretation = '', interpret_at = NULL WHERE id = :id")


def spoken(tx: Tx, names: Collection[str]) -> set[str]:
    """Of these languages, those that somebody at work speaks, at their levels, and whose desk is open."""
    return set(tx.execute(_SPOKEN, {"names": sorted(names)}).scalars()) if names else set()


def ask(tx: Tx, kinds: Sequence[str], before: float, limit: int) -> list[str]:
    """Have translation asked about work of these kinds that has waited since then; returns its ids. What it was asked
    about before is not asked about again, and what its plan is still going to relax is left to the plan."""
    values = {"kinds": kinds, "before": before, "now": tx.now.timestamp(), "limit": limit}
    return tx.execute(_ASK, values).scalars() if kinds else []


def due(tx: Tx, again_s: float, limit: int) -> Sequence[Row]:
    """Work about which translation is to be asked now; nobody else asks until ``again_s`` from now."""
    now = tx.now.timestamp()
    found = tx.execute(_DUE[tx.dialect], {"now": now, "limit": limit}).all()
    for row in found:
        tx.later(_AGAIN, {"id": row.id, "again": now + again_s})
    return found


def answered(tx: Tx, item: Row, answer: Interpretation, until: float | None, course: Course) -> None:
    """Write what is done about its language, and whom it needs now."""
    values = {"id": item.id, "interpretation": answer.value, "until": until, "step_until": course.until}
    tx.execute(_ANSWERED, {**values, "kind": kind(item.cost, course.now.needs), "steps": written(course)})


def let_be(tx: Tx, work_item_id: str) -> None:
    """Somebody who speaks the language was found meanwhile."""
    tx.execute(_LET_BE, {"id": work_item_id})
