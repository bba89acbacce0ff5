"""Swaps of duties: reads and writes of their table."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from chassis.database import Tx
from chassis.locking import held
from chassis.statements import Row, Sql
from services.routing import tables
from services.routing.domain.duty import Duty
from services.routing.domain.rota import Part
from services.routing.domain.swaps import Swap, SwapState

_ADD = Sql("""
INSERT INTO rota_swap (id, agent_id, to_agent_id, give_team_id, give_shift_id, give_start_at, give_end_at, take_team_id,
    take_shift_id, take_start_at, take_end_at, state, reason, requested_at, changed_at, changed_by, expires_at)
VALUES (:id, :agent_id, :to_agent_id, :give_team, :give_shift, :give_start, :give_end, :take_team, :take_shift,
    :take_start, :take_end, 'requested', :reason, :now, :now, :agent_id, :expires_at)
""")
_SWAP = held("SELECT * FROM rota_swap WHERE id = :id")
_OPEN_WITH = Sql("""
SELECT * FROM rota_swap WHERE state IN ('requested', 'accepted')
    AND ((agent_id = :agent_id AND give_start_at = :start) OR (to_agent_id = :agent_id AND take_start_at = :start))
ORDER BY id LIMIT 1
""")
_MOVE = Sql("UPDATE rota_swap SET state = :state, changed_at = :now, changed_by = :by WHERE id = :id")
_EXPIRE = Sql("""
UPDATE rota_swap SET state = 'expired', changed_at = :now, changed_by = ''
WHERE state IN ('requested', 'accepted') AND expires_at <= :now
""")


def add(tx: Tx, swap_id: str, swap: Swap, give: Duty, take: Duty | None, reason: str) -> None:
    """Store a swap that is asked for."""
    values = {
        "id": swap_id,
        "agent_id": swap.agent_id,
        "to_agent_id": swap.to_agent_id,
        "give_team": give.team_id,
        "give_shift": give.shift_id,
        "give_start": give.start,
        "give_end": give.end,
        "take_team": take.team_id if take else "",
        "take_shift": take.shift_id if take else "",
        "take_start": take.start if take else None,
        "take_end": take.end if take else None,
        "reason": tx.sealed("rota_swap", swap_id, "reason", reason),
        "now": tx.now.timestamp(),
        "expires_at": swap.begins,
    }
    tx.execute(_ADD, values)


def swap(tx: Tx, swap_id: str, *, lock: bool = False) -> Row | None:
    """A swap by id."""
    return tx.execute(_SWAP[tx.dialect if lock else "sqlite"], {"id": swap_id}).one_or_none()


def open_with(tx: Tx, agent_id: str, start: float) -> Row | None:
    """The open swap that an agent's duty is in."""
    return tx.execute(_OPEN_WITH, {"agent_id": agent_id, "start": start}).first()


def move(tx: Tx, swap_id: str, state: SwapState, by: str) -> None:
    """Write where a swap stands."""
    tx.execute(_MOVE, {"id": swap_id, "state": state.value, "by": by, "now": tx.now.timestamp()})


def expire(tx: Tx) -> int:
    """End open swaps of which a duty began; returns how many."""
    return tx.execute(_EXPIRE, {"now": tx.now.timestamp()}).rowcount


def list_swaps(tx: Tx, states: Sequence[str], agent_id: str, before: str, limit: int) -> Sequence[Row]:
    """Swaps that an agent is part of, or all, newest first."""
    table = tables.rota.rota_swap
    query = sa.select(table).where(table.c.state.in_(states)).order_by(table.c.id.desc()).limit(limit)
    if agent_id:
        query = query.where(sa.or_(table.c.agent_id == agent_id, table.c.to_agent_id == agent_id))
    if before:
        query = query.where(table.c.id < before)
    return tx.execute(query).all()


def of_row(row: Row) -> Swap:
    """A stored swap as the rules know it."""
    take = Part(row.take_team_id, row.take_start_at, row.take_end_at) if row.take_start_at is not None else None
    return Swap(row.agent_id, row.to_agent_id, Part(row.give_team_id, row.give_start_at, row.give_end_at), take)
