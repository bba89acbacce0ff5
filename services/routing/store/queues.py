"""Lines: who is before whom, how fast they go, and who is to be told."""

from __future__ import annotations

from collections.abc import Sequence

from chassis.database import Tx
from chassis.locking import free
from chassis.statements import Row, Sql
from services.routing.domain.interpretation import alternatives
from services.routing.domain.plans import kind_parts
from services.routing.domain.queues import MOST_COUNTED, PACE_WINDOW_S, Pace

_HANDLED_IN_S = 86_400.0
_HANDLED = 100
_AHEAD = Sql("""
SELECT count(*) FROM (SELECT 1 FROM work_item WHERE state = 'queued' AND kind = :kind
    AND (rank < :rank OR (rank = :rank AND id < :id)) LIMIT :most) AS before
""")
_LENGTH = Sql("""
SELECT count(*) AS waiting, min(queued_at) AS oldest FROM (
    SELECT queued_at FROM work_item WHERE state = 'queued' AND kind = :kind ORDER BY rank, id LIMIT :most) AS line
""")
_TAKEN = Sql("""
SELECT count(*) AS taken, min(assigned_at) AS since FROM (
    SELECT assigned_at FROM work_item WHERE kind = :kind AND assigned_at > :since
    ORDER BY assigned_at DESC LIMIT :most) AS taken
""")
_HANDLE = Sql("""
SELECT avg(ended_at - assigned_at) FROM (
    SELECT ended_at, assigned_at FROM work_item WHERE kind = :kind AND assigned_at > :since AND ended_at IS NOT NULL
    ORDER BY assigned_at DESC LIMIT :most) AS handled
""")
_PLACES = Sql(
    """
SELECT coalesce(sum(capacity / :cost), 0) FROM agent WHERE presence = 'ready'
    AND (SELECT count(*) FROM ability WHERE ability.agent_id = agent.id AND ability.name IN :needs) = :count
    AND NOT EXISTS (SELECT 1 FROM closed_ability WHERE closed_ability.name IN :needs)
""",
    lists=["needs"],
)
_DUE = free(
    """
SELECT * FROM work_item WHERE state = 'queued' AND tell_at <= :now AND queued_at <= :patient_since
ORDER BY tell_at, queued_at LIMIT :limit""",
    "work_item",
)
_TOLD = Sql("UPDATE work_item SET tell_at = :again, told_at = :now, told_position = :position WHERE id = :id")
_LOOKED = Sql("UPDATE work_item SET tell_at = :again WHERE id = :id")


def ahead(tx: Tx, item: Row) -> int:
    """How many wait before a work item in its line; ``MOST_COUNTED`` stands for that or more."""
    values = {"kind": item.kind, "rank": item.rank, "id": item.id, "most": MOST_COUNTED}
    return int(tx.execute(_AHEAD, values).scalar_one())


def length(tx: Tx, kind: str) -> Row:
    """How many wait in a line (``waiting``), and since when the first of them (``oldest``)."""
    return tx.execute(_LENGTH, {"kind": kind, "most": MOST_COUNTED}).one()


def pace(tx: Tx, kind: str) -> Pace:
    """How fast a line goes."""
    now = tx.now.timestamp()
    cost, ways = kind_parts(kind)
    needs = list(alternatives(ways)[-1])  # most of those who may take it
    places = tx.execute(_PLACES, {"cost": cost, "needs": needs, "count": len(needs)}).scalar_one()
    taken = tx.execute(_TAKEN, {"kind": kind, "since": now - PACE_WINDOW_S, "most": MOST_COUNTED}).one()
    handle_s = tx.execute(_HANDLE, {"kind": kind, "since": now - _HANDLED_IN_S, "most": _HANDLED}).scalar_one()
    return Pace(int(places), taken.taken, taken.since, handle_s)


def due(tx: Tx, patience_s: float, limit: int) -> Sequence[Row]:
    """Work whose citizen may have to be told something, and which nobody holds; its rows are held."""
    now = tx.now.timestamp()
    return tx.execute(_DUE[tx.dialect], {"now": now, "patient_since": now - patience_s, "limit": limit}).all()


def told(tx: Tx, work_item_id: str, position: int, again: float) -> None:
    """The citizen was told this place; look again then."""
    tx.execute(_TOLD, {"id": work_item_id, "position": position, "again": again, "now": tx.now.timestamp()})


def looked_at(tx: Tx, work_item_id: str, again: float) -> None:
    """There was nothing to tell; look again then."""
    tx.execute(_LOOKED, {"id": work_item_id, "again": again})
