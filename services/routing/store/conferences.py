"""Conferences: their rows, legs and records."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import sqlalchemy as sa

from chassis.database import Tx
from chassis.ids import new_id
from chassis.locking import free, held
from chassis.statements import Row, Sql
from services.routing import tables
from services.routing.domain.conference import (
    NOT_DIALLED,
    Conference,
    ConferenceState,
    Leg,
    LegState,
    Purpose,
    Role,
)
from services.routing.domain.ladders import Ladder
from services.routing.store import ladders

_ADD = Sql("""
INSERT INTO conference (id, case_id, work_item_id, agent_id, channel, purpose, state, drill, ladder_id, rungs, rounds,
    step, sequence, acknowledged_how, started_at, request_id, traceparent)
VALUES (:id, :case_id, :work_item_id, :agent_id, :channel, :purpose, 'requested', :drill, :ladder_id, :rungs, :rounds,
    0, 0, '', :now, :request_id, :traceparent) ON CONFLICT (case_id) WHERE ended_at IS NULL DO NOTHING
""")
_CONFERENCE = held("SELECT * FROM conference WHERE id = :id")
_BY_REQUEST = Sql("SELECT * FROM conference WHERE case_id = :case_id AND request_id = :request_id")
_OPEN_OF_CASE = held("SELECT * FROM conference WHERE case_id = :case_id AND ended_at IS NULL")
_OPEN_OF_DONE = held("""
SELECT * FROM conference WHERE ended_at IS NULL
    AND case_id = (SELECT case_id FROM work_item WHERE work_item.id = :id AND work_item.state = 'done')""")
_DUE = free("SELECT * FROM conference WHERE due_at <= :now ORDER BY due_at LIMIT 1", "conference")
_MOVE = Sql("""
UPDATE conference SET state = :state, step = :step, left_at = :left_at, alerted_at = :alerted_at,
    ended_at = :ended_at, due_at = :due_at, unreached = :unreached WHERE id = :id
""")
_TURN = Sql("""
UPDATE conference SET purpose = :purpose, was_talk = :was_talk, state = 'requested', drill = :drill,
    ladder_id = :ladder_id, rungs = :rungs, rounds = :rounds, step = 0, alerted_at = NULL, left_at = NULL,
    request_id = :request_id
WHERE id = :id
""")
_ACKNOWLEDGE = Sql("UPDATE conference SET acknowledged_how = :how, acknowledged_at = :now WHERE id = :id")
_LEAVE = Sql("UPDATE conference SET left_at = :now WHERE id = :id")
_CLOSE = Sql("UPDATE conference SET state = :state, ended_at = :now, due_at = NULL WHERE id = :id")
_GIVE_TO = Sql("UPDATE conference SET agent_id = :agent_id, due_at = :now WHERE id = :id")
_LEFT_WAITING = Sql("""
SELECT conference_leg.id AS call_id, conference_leg.state, conference.channel FROM conference
JOIN conference_leg ON conference_leg.conference_id = conference.id
WHERE conference.case_id = :case_id AND conference.state = 'failed' AND conference_leg.role = 'citizen'
AND conference_leg.state IN ('up', 'held') AND NOT EXISTS (SELECT 1 FROM conference_leg AS later
    WHERE later.id = conference_leg.id AND later.state = 'ended')
ORDER BY conference_leg.ordered_at DESC LIMIT 1
""")
_UNREACHED_AGENT = free(
    "SELECT id FROM agent WHERE id IN (SELECT agent_id FROM conference WHERE unreached = 1) LIMIT 1", "agent"
)
_UNREACHED = Sql("UPDATE conference SET unreached = 0 WHERE agent_id = :agent_id AND unreached = 1 RETURNING *")
_NUMBER = Sql("UPDATE conference SET sequence = sequence + 1 WHERE id = :id RETURNING sequence")
_ADD_ENTRY = Sql("""
INSERT INTO conference_entry (id, conference_id, sequence, kind, state, leg_id, role, detail, actor, told, happened_at)
VALUES (:id, :conference_id, :sequence, :kind, :state, :leg_id, :role, :detail, :actor, :told, :now)
""")
_ENTRIES = Sql("""
SELECT * FROM conference_entry WHERE conference_id = :id AND sequence > :after ORDER BY sequence LIMIT :limit
""")
_SEQUENCES = Sql("SELECT id, sequence FROM conference WHERE id IN :ids", lists=["ids"])

_ADD_LEG = Sql("""
INSERT INTO conference_leg (id, conference_id, role, target, agent_id, joined, muted, state, end_reason,
    acknowledged, ordered_at, due_at, occurred_at, answered_at)
VALUES (:id, :conference_id, :role, :target, :agent_id, :joined, :muted, :state, '', 0, :now, :due_at, 0, :answered_at)
""")
_JOIN_LEG = Sql(
    "UPDATE conference_leg SET joined = 1, held = 0, due_at = :due_at WHERE conference_id = :conference_id AND id = :id"
)
_HOLD_LEG = Sql("UPDATE conference_leg SET held = 1 WHERE conference_id = :conference_id AND id = :id")
_MUTE_LEG = Sql("UPDATE conference_leg SET muted = :muted WHERE conference_id = :conference_id AND id = :id")
_LEGS = Sql("SELECT * FROM conference_leg WHERE conference_id = :id ORDER BY ordered_at, id")
_LEGS_OF = Sql("SELECT * FROM conference_leg WHERE conference_id IN :ids ORDER BY ordered_at, id", lists=["ids"])
_LEG = Sql("SELECT * FROM conference_leg WHERE id IN :ids ORDER BY ordered_at DESC LIMIT 1", lists=["ids"])
_MOVE_LEG = Sql("""
UPDATE conference_leg SET state = :state, end_reason = :end_reason, due_at = :due_at, occurred_at = :occurred_at,
    answered_at = :answered_at, ended_at = :ended_at WHERE conference_id = :conference_id AND id = :id
""")
_LEG_ACKNOWLEDGED = Sql("""
UPDATE conference_leg SET acknowledged = 1 WHERE conference_id = :id AND target = :department AND acknowledged = 0
""")
_TAKES_OVER = Sql("""
UPDATE conference_leg SET acknowledged = 1 WHERE conference_id = :conference_id AND id = :id AND acknowledged = 0
""")


def add(
    tx: Tx, conference_id: str, ladder: Ladder, *, purpose: Purpose, case_id: str, work_item_id: str, agent_id: str,
    channel: str, drill: bool, request_id: str, traceparent: str,
) -> Row | None:  # fmt: skip
    """A conference that has just been asked for; None if another of the case began in the same moment."""
    values = {
        "id": conference_id,
        "purpose": purpose.value,
        "case_id": case_id,
        "work_item_id": work_item_id,
        "agent_id": agent_id,
        "channel": channel,
        "drill": int(drill),
        "ladder_id": ladder.id,
        "rungs": ladders.written(ladder),
        "rounds": ladder.rounds,
        "now": tx.now.timestamp(),
        "request_id": request_hash(tx, request_id),
        "traceparent": traceparent,
    }
    tx.execute(_ADD, values)
    return conference(tx, conference_id)


def turn(tx: Tx, row: Row, purpose: Purpose, ladder: Ladder, *, drill: bool, request_id: bytes) -> Row:
    """The same bridge for another purpose."""
    values = {
        "id": row.id,
        "purpose": purpose.value,
        "was_talk": int(purpose is Purpose.SAFETY),
        "drill": int(drill),
        "ladder_id": ladder.id,
        "rungs": ladders.written(ladder),
        "rounds": ladder.rounds,
        "request_id": request_id,
    }
    tx.execute(_TURN, values)
    return conference(tx, row.id)


def request_hash(tx: Tx, request_id: str) -> bytes:
    """A request's id as it is kept."""
    return tx.keys.keyed_hash("request_id", request_id)


def conference(tx: Tx, conference_id: str, *, lock: bool = False) -> Row | None:
    """A conference by id."""
    return tx.execute(_CONFERENCE[tx.dialect if lock else "sqlite"], {"id": conference_id}).one_or_none()


def by_request(tx: Tx, case_id: str, request_id: str) -> Row | None:
    """The conference that an earlier request began."""
    values = {"case_id": case_id, "request_id": request_hash(tx, request_id)}
    return tx.execute(_BY_REQUEST, values).one_or_none()


def open_of_done(tx: Tx, work_item_id: str, then: Callable[[Row | None], object]) -> None:
    """As ``open_of_case``, of the case of a work item that is done; ``then`` is told it."""
    tx.later(_OPEN_OF_DONE[tx.dialect], {"id": work_item_id}, lambda rows: then(rows.one_or_none()))


def open_of_case(tx: Tx, case_id: str) -> Row | None:
    """The conference of a case that is not over; its row is held."""
    return tx.execute(_OPEN_OF_CASE[tx.dialect], {"case_id": case_id}).one_or_none()


def due(tx: Tx) -> Row | None:
    """A conference that must be looked at now and that nobody holds; its row is held."""
    return tx.execute(_DUE[tx.dialect], {"now": tx.now.timestamp()}).one_or_none()


def listed(
    tx: Tx, *, active: bool, purpose: Purpose | None, after: tuple[float, str] | None, limit: int
) -> Sequence[Row]:
    """Conferences, newest first."""
    table = tables.conferences.conference
    query = sa.select(table).order_by(table.c.started_at.desc(), table.c.id.desc()).limit(limit)
    if active:
        query = query.where(table.c.ended_at.is_(None))
    if purpose:
        query = query.where(table.c.purpose == purpose.value)
    if after:
        query = query.where(sa.tuple_(table.c.started_at, table.c.id) < sa.tuple_(*map(sa.literal, after)))
    return tx.execute(query).all()


def facts(row: Row, legs: Sequence[Row], *, has_supervisor: bool) -> Conference:
    """A conference as its rules see it."""
    return Conference(
        state=ConferenceState(row.state),
        ladder=ladders.ladder_of(row.ladder_id, row),
        step=row.step,
        legs=tuple(map(_leg, legs)),
        acknowledged=row.acknowledged_at is not None,
        agent_left=row.left_at is not None,
        alerted=row.alerted_at is not None,
        has_supervisor=has_supervisor,
        calls_citizen=not row.drill,
        purpose=Purpose(row.purpose),
        agent_id=row.agent_id,
    )


def _leg(row: Row) -> Leg:
    return Leg(
        row.id,
        Role(row.role),
        LegState(row.state),
        row.due_at,
        row.ended_at,
        agent_id=row.agent_id,
        joined=bool(row.joined and not row.held),
        answered=row.answered_at is not None,
        dialled=row.end_reason != NOT_DIALLED,
        takes_over=row.role == Role.AGENCY and bool(row.acknowledged),
    )


def move(
    tx: Tx, row: Row, state: ConferenceState, *, step: int, left: bool, alerted: bool, over: bool,
    due_at: float | None, unreached: bool,
) -> None:  # fmt: skip
    """Write where a conference stands."""
    now = tx.now.timestamp()
    values = {
        "id": row.id,
        "state": state.value,
        "step": step,
        "left_at": row.left_at or (now if left else None),
        "alerted_at": row.alerted_at or (now if alerted else None),
        "ended_at": row.ended_at or (now if over else None),
        "due_at": due_at,
        "unreached": int(unreached or row.unreached),
    }
    tx.execute(_MOVE, values)


def acknowledge(tx: Tx, conference_id: str, how: str) -> None:
    """Somebody takes over."""
    tx.execute(_ACKNOWLEDGE, {"id": conference_id, "how": how, "now": tx.now.timestamp()})


def leave(tx: Tx, conference_id: str) -> None:
    """The agent is gone."""
    tx.execute(_LEAVE, {"id": conference_id, "now": tx.now.timestamp()})


def close(tx: Tx, conference_id: str, state: ConferenceState) -> None:
    """It is over because somebody said so."""
    tx.execute(_CLOSE, {"id": conference_id, "state": state.value, "now": tx.now.timestamp()})


def give_to(tx: Tx, conference_id: str, agent_id: str) -> None:
    """Another agent leads it; the clock looks at once what is due."""
    tx.execute(_GIVE_TO, {"id": conference_id, "agent_id": agent_id, "now": tx.now.timestamp()})


def left_waiting(tx: Tx, case_id: str) -> Row | None:
    """A citizen who was called and hears music since no agent was reached, in the form of a call."""
    return tx.execute(_LEFT_WAITING, {"case_id": case_id}).one_or_none()


def unreached_agent(tx: Tx) -> str | None:
    """An agent who did not answer their telephone, and whom nobody holds; the agent's row is held."""
    found: str | None = tx.execute(_UNREACHED_AGENT[tx.dialect], {}).scalar_one_or_none()
    return found


def take_unreached(tx: Tx, agent_id: str) -> Sequence[Row]:
    """The talks in which an agent was not reached, once."""
    return tx.execute(_UNREACHED, {"agent_id": agent_id}).all()


def add_entry(
    tx: Tx, conference_id: str, kind: str, state: str, *, leg_id: str = "", role: str = "", detail: str = "",
    actor: str = "", told: str = "",
) -> int:  # fmt: skip
    """Write something down; its number. The caller holds the conference's row."""
    sequence: int = tx.execute(_NUMBER, {"id": conference_id}).scalar_one_or_none()
    entry_id = new_id(tx.now)
    values = {
        "id": entry_id,
        "conference_id": conference_id,
        "sequence": sequence,
        "kind": kind,
        "state": state,
        "leg_id": leg_id,
        "role": role,
        "detail": detail,
        "actor": actor,
        "told": tx.sealed("conference_entry", entry_id, "told", told),
        "now": tx.now.timestamp(),
    }
    tx.execute(_ADD_ENTRY, values)
    return sequence


def entries(tx: Tx, conference_id: str, after: int, limit: int) -> Sequence[Row]:
    """The record after a number."""
    return tx.execute(_ENTRIES, {"id": conference_id, "after": after, "limit": limit}).all()


def sequences(tx: Tx, ids: Sequence[str]) -> Mapping[str, int]:
    """The number of the last entry of each."""
    return {row.id: row.sequence for row in tx.execute(_SEQUENCES, {"ids": list(ids)})}


def add_leg(
    tx: Tx, leg_id: str, conference_id: str, role: Role, state: LegState, due_at: float | None, *, target: str = "",
    agent_id: str = "", joined: bool = True, muted: bool = False,
) -> None:  # fmt: skip
    """Somebody more."""
    now = tx.now.timestamp()
    values = {
        "id": leg_id,
        "conference_id": conference_id,
        "role": role.value,
        "target": target,
        "agent_id": agent_id,
        "joined": int(joined),
        "muted": int(muted),
        "state": state.value,
        "now": now,
        "due_at": due_at,
        "answered_at": now if state in LegState.answered() else None,
    }
    tx.execute(_ADD_LEG, values)


def join_leg(tx: Tx, row: Row, due_at: float | None) -> None:
    """A citizen who heard music is put onto the bridge."""
    tx.execute(_JOIN_LEG, {"conference_id": row.conference_id, "id": row.id, "due_at": due_at})


def hold_leg(tx: Tx, row: Row) -> None:
    """A citizen with whom no agent is hears music."""
    tx.execute(_HOLD_LEG, {"conference_id": row.conference_id, "id": row.id})


def mute_leg(tx: Tx, row: Row, *, muted: bool) -> None:
    """Write whether anybody shall hear it."""
    tx.execute(_MUTE_LEG, {"conference_id": row.conference_id, "id": row.id, "muted": int(muted)})


def legs(tx: Tx, conference_id: str) -> Sequence[Row]:
    """Everybody who was called, in order."""
    return tx.execute(_LEGS, {"id": conference_id}).all()


def legs_of(tx: Tx, ids: Sequence[str]) -> Mapping[str, list[Row]]:
    """The same for many conferences."""
    found: dict[str, list[Row]] = {one: [] for one in ids}
    for row in tx.execute(_LEGS_OF, {"ids": list(ids)}) if ids else []:
        found[row.conference_id].append(row)
    return found


def leg(tx: Tx, *ids: str) -> Row | None:
    """A leg by one of the ids that an exchange's news may call it; in the last conference, if it was in several."""
    known = [one for one in ids if one]
    return tx.execute(_LEG, {"ids": known}).first() if known else None


def move_leg(tx: Tx, row: Row, state: LegState, occurred_at: float, reason: str = "") -> None:
    """Write where a leg stands."""
    answered = state in {LegState.UP, LegState.HELD}
    values = {
        "conference_id": row.conference_id,
        "id": row.id,
        "state": state.value,
        "end_reason": reason,
        "due_at": None if answered or state is LegState.ENDED else row.due_at,
        "occurred_at": occurred_at,
        "answered_at": row.answered_at or (tx.now.timestamp() if answered else None),
        "ended_at": tx.now.timestamp() if state is LegState.ENDED else None,
    }
    tx.execute(_MOVE_LEG, values)


def take_over(tx: Tx, row: Row) -> bool:
    """Whoever has this leg takes over; False if they had said so before."""
    return tx.execute(_TAKES_OVER, {"conference_id": row.conference_id, "id": row.id}).rowcount > 0


def acknowledge_leg(tx: Tx, conference_id: str, department: str) -> bool:
    """A department's system acknowledged the packet; False if it had before."""
    return tx.execute(_LEG_ACKNOWLEDGED, {"id": conference_id, "department": department}).rowcount > 0
