"""Agents: what they can do and whether they take work."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from chassis.database import Tx
from chassis.locking import free, held
from chassis.statements import Row, Sql
from services.routing.domain.agents import Agent, Presence, abilities, written

_PUT_AGENT = Sql("""
INSERT INTO agent (id, languages, skills, capacity, presence, presence_reason, load, missed, sequence, idle_since)
VALUES (:id, :languages, :skills, :capacity, 'offline', '', 0, 0, 0, :now)
ON CONFLICT (id) DO UPDATE SET languages = excluded.languages, skills = excluded.skills, capacity = excluded.capacity
""")
_KEEP_VERSION = Sql("""
INSERT INTO agent_version (agent_id, changed_at, languages, skills, capacity)
VALUES (:id, :now, :languages, :skills, :capacity)
ON CONFLICT (agent_id, changed_at) DO UPDATE
SET languages = excluded.languages, skills = excluded.skills, capacity = excluded.capacity
""")
_DROP_ABILITIES = Sql("DELETE FROM ability WHERE agent_id = :id")
_ADD_ABILITY = Sql("INSERT INTO ability (agent_id, name) VALUES (:id, :name)")
_AGENT = held("SELECT * FROM agent WHERE id = :id")
_AGENTS = Sql("SELECT * FROM agent WHERE id > :after ORDER BY id LIMIT :limit")
_SET_PRESENCE = Sql("""
UPDATE agent SET presence = :presence, presence_reason = :reason, return_at = :return_at, missed = 0, idle_since = :now
WHERE id = :id
""")
_NOTE_PRESENCE = Sql("""
INSERT INTO presence_change (agent_id, changed_at, presence, reason) VALUES (:id, :now, :presence, :reason)
ON CONFLICT (agent_id, changed_at) DO UPDATE SET presence = excluded.presence, reason = excluded.reason
""")
_AT_WORK = Sql("SELECT id FROM agent WHERE id IN :ids AND presence <> 'offline'", lists=["ids"])
_SEQUENCES = Sql("SELECT id, sequence FROM agent WHERE id IN :ids", lists=["ids"])
_RETURNING = free("SELECT id FROM agent WHERE return_at <= :now ORDER BY return_at LIMIT 1", "agent")


def put_agent(tx: Tx, agent: Agent) -> None:
    """Create or change an agent's record; presence and load stay."""
    values = {
        "id": agent.id,
        "languages": written(agent.languages),
        "skills": written(agent.skills),
        "capacity": agent.capacity,
        "now": tx.now.timestamp(),
    }
    tx.execute(_PUT_AGENT, values)
    tx.later(_KEEP_VERSION, values)
    tx.execute(_DROP_ABILITIES, {"id": agent.id})
    for name in abilities(agent.languages, agent.skills):
        tx.later(_ADD_ABILITY, {"id": agent.id, "name": name})


def agent(tx: Tx, agent_id: str, *, lock: bool = False) -> Row | None:
    """An agent by id."""
    return tx.execute(_AGENT[tx.dialect if lock else "sqlite"], {"id": agent_id}).one_or_none()


def hold(tx: Tx, agent_id: str, then: Callable[[Row | None], object]) -> None:
    """Hold an agent's row until the end of the transaction; ``then`` is told it."""
    tx.later(_AGENT[tx.dialect], {"id": agent_id}, lambda rows: then(rows.one_or_none()))


def at_work(tx: Tx, ids: Sequence[str]) -> set[str]:
    """Those of these agents who have come to work."""
    return set(tx.execute(_AT_WORK, {"ids": list(ids)}).scalars())


def agents(tx: Tx, after: str, limit: int) -> Sequence[Row]:
    """Agents by id."""
    return tx.execute(_AGENTS, {"after": after, "limit": limit}).all()


def set_presence(tx: Tx, agent_id: str, presence: Presence, reason: str = "", return_at: float | None = None) -> None:
    """Write whether an agent takes work, and why not; ``return_at`` is when a pause ends by itself."""
    values = {"id": agent_id, "presence": presence.value, "reason": reason, "now": tx.now.timestamp()}
    tx.execute(_SET_PRESENCE, {**values, "return_at": return_at})
    tx.later(_NOTE_PRESENCE, values)


def returning(tx: Tx) -> str | None:
    """An agent whose pause is over and whom nobody holds; the agent's row is held."""
    found: str | None = tx.execute(_RETURNING[tx.dialect], {"now": tx.now.timestamp()}).scalar_one_or_none()
    return found


def sequences(tx: Tx, agent_ids: Sequence[str]) -> dict[str, int]:
    """The last change on each of these desks."""
    return {row.id: row.sequence for row in tx.execute(_SEQUENCES, {"ids": list(agent_ids)})}
