"""Work whose citizen is called back."""

from __future__ import annotations

from dataclasses import dataclass

from chassis.database import Tx
from chassis.locking import free
from chassis.statements import Row, Sql

_AGREE = Sql("""
UPDATE work_item SET callback_at = coalesce(callback_at, :now), callback_channel = :channel, callback_point = :point,
    medium = :medium, cost = :cost, kind = :kind, held_until = :held_until, tell_at = NULL
WHERE id = :id
""")
_DROP = Sql("""
UPDATE work_item SET callback_at = NULL, held_until = NULL, kind = :kind, tell_at = 0 WHERE id = :id
""")
_LEFT = Sql("UPDATE work_item SET left_at = :now WHERE id = :id")
_HELD = free(
    "SELECT * FROM work_item WHERE state = 'queued' AND held_until <= :now ORDER BY held_until LIMIT 1", "work_item"
)
_RELEASE = Sql("UPDATE work_item SET held_until = NULL, kind = :kind WHERE id = :id")
_AGAIN = Sql("""
INSERT INTO work_item (id, case_id, state, medium, language, skills, kind, cost, priority_class, rank, topic, channel,
    citizen_id, queued_at, plan, steps, step_until, traceparent, changed_at, preferred_agent_id, contact_count,
    contact_sequence, tell_at, callback_at, callback_channel, callback_point, callback_tries, held_until, left_at,
    purpose)
SELECT :again_id, case_id, 'queued', medium, language, skills, :kind, cost, priority_class, rank, topic, channel,
    citizen_id, queued_at, plan, steps, NULL, traceparent, :now, preferred_agent_id, contact_count,
    contact_sequence, NULL, callback_at, callback_channel, callback_point, callback_tries + 1, :held_until, left_at,
    purpose
FROM work_item WHERE id = :id
""")


@dataclass(frozen=True, slots=True)
class Agreed:
    """What is agreed with the citizen."""

    channel: str
    point: str
    medium: str
    cost: int
    kind: str
    held_until: float | None


def agree(tx: Tx, work_item_id: str, agreed: Agreed) -> None:
    """The citizen is called back."""
    values = {
        "id": work_item_id,
        "channel": agreed.channel,
        "point": agreed.point,
        "medium": agreed.medium,
        "cost": agreed.cost,
        "kind": agreed.kind,
        "held_until": agreed.held_until,
        "now": tx.now.timestamp(),
    }
    tx.execute(_AGREE, values)


def drop(tx: Tx, work_item_id: str, kind: str) -> None:
    """The citizen is not called back."""
    tx.execute(_DROP, {"id": work_item_id, "kind": kind})


def left(tx: Tx, work_item_id: str) -> None:
    """The citizen has hung up."""
    tx.execute(_LEFT, {"id": work_item_id, "now": tx.now.timestamp()})


def held(tx: Tx) -> Row | None:
    """A callback whose time has come and which nobody holds; its row is held."""
    return tx.execute(_HELD[tx.dialect], {"now": tx.now.timestamp()}).one_or_none()


def release(tx: Tx, work_item_id: str, kind: str) -> None:
    """It waits for its turn like other work."""
    tx.execute(_RELEASE, {"id": work_item_id, "kind": kind})


def try_again(tx: Tx, item: Row, again_id: str, kind: str, held_until: float) -> None:
    """The next try of a callback that nobody answered, in its place."""
    values = {"id": item.id, "again_id": again_id, "kind": kind, "held_until": held_until}
    tx.execute(_AGAIN, {**values, "now": tx.now.timestamp()})
