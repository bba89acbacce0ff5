"""What agents' records, presences and desks were at a moment, read from what is kept of every change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from chassis.database import Tx
from chassis.statements import Row, Sql
from services.routing.domain.plans import kind_parts

_LOOK_BACK_S = 7 * 86_400.0
"""Work that an agent has held for longer than this does not count in an explanation."""
_AHEAD = 1000
_OFFERS = Sql("SELECT * FROM offer WHERE work_item_id = :work_item_id ORDER BY offered_at, id")
_RECORDS = Sql("""
SELECT one.agent_id, one.languages, one.skills, one.capacity FROM agent_version AS one WHERE one.changed_at = (
    SELECT max(changed_at) FROM agent_version WHERE agent_version.agent_id = one.agent_id AND changed_at <= :at)
ORDER BY one.agent_id
""")
_PRESENCES = Sql("""
SELECT one.agent_id, one.presence, one.changed_at FROM presence_change AS one WHERE one.changed_at = (
    SELECT max(changed_at) FROM presence_change WHERE presence_change.agent_id = one.agent_id AND changed_at <= :at)
""")
_BEFORE = "(offer.offered_at < :at OR (offer.offered_at = :at AND offer.id < :offer_id))"
_LOADS = Sql(f"""
SELECT offer.agent_id, offer.kind, count(*) AS pieces FROM offer
JOIN work_item ON work_item.id = offer.work_item_id
WHERE {_BEFORE} AND offer.offered_at > :since AND (
    offer.ended_at IS NULL OR offer.ended_at > :at
    OR (offer.state = 'accepted' AND (work_item.ended_at IS NULL OR work_item.ended_at > :at)
        AND (offer.left_at IS NULL OR offer.left_at > :at)))
GROUP BY offer.agent_id, offer.kind
""")  # noqa: S608 - our constants
_IDLE = Sql(f"""
SELECT agent_id, max(moment) FROM (
    SELECT agent_id, offered_at AS moment FROM offer WHERE {_BEFORE} AND offered_at > :since
    UNION ALL SELECT agent_id, ended_at FROM offer
        WHERE offered_at > :since AND state <> 'accepted' AND ended_at <= :at
    UNION ALL SELECT offer.agent_id, work_item.ended_at FROM offer JOIN work_item ON work_item.id = offer.work_item_id
        WHERE offer.offered_at > :since AND offer.state = 'accepted' AND offer.left_at IS NULL
        AND work_item.ended_at <= :at
    UNION ALL SELECT agent_id, left_at FROM offer WHERE offered_at > :since AND left_at <= :at
) AS moments GROUP BY agent_id
""")  # noqa: S608 - our constants
_AHEAD_OF = Sql("""
SELECT count(*) FROM (SELECT 1 FROM work_item WHERE kind = :kind AND rank < :rank AND queued_at <= :at
    AND (assigned_at IS NULL OR assigned_at > :at) AND (ended_at IS NULL OR ended_at > :at) LIMIT :most) AS before
""")


def offers_of(tx: Tx, work_item_id: str) -> Sequence[Row]:
    """Every offer of a work item, the first made first."""
    return tx.execute(_OFFERS, {"work_item_id": work_item_id}).all()


def records(tx: Tx, at: float) -> Sequence[Row]:
    """Agents' records as they were."""
    return tx.execute(_RECORDS, {"at": at}).all()


def presences(tx: Tx, at: float) -> dict[str, Row]:
    """Each agent's presence as it was, and since when."""
    return {row.agent_id: row for row in tx.execute(_PRESENCES, {"at": at})}


def loads(tx: Tx, at: float, offer_id: str) -> dict[str, int]:
    """What lay on each desk just before that offer."""
    found: Counter[str] = Counter()
    for row in tx.execute(_LOADS, {"at": at, "since": at - _LOOK_BACK_S, "offer_id": offer_id}):
        found[row.agent_id] += kind_parts(row.kind)[0] * row.pieces
    return found


def idle_since(tx: Tx, at: float, offer_id: str) -> dict[str, float]:
    """When each agent's load had last changed just before that offer."""
    return dict(map(tuple, tx.execute(_IDLE, {"at": at, "since": at - _LOOK_BACK_S, "offer_id": offer_id})))


def ahead_of(tx: Tx, item: Row, kind: str, at: float) -> int:
    """How much work of the same kind had come before and had no agent yet; 1000 stands for that or more."""
    return int(tx.execute(_AHEAD_OF, {"kind": kind, "rank": item.rank, "at": at, "most": _AHEAD}).scalar_one())
