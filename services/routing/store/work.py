"""Work items, and the next one for an agent."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from chassis.chains import Chain
from chassis.database import Tx
from chassis.locking import free, held
from chassis.statements import Row, Sql
from services.routing import tables
from services.routing.domain.interpretation import has
from services.routing.domain.plans import Course, kind, kind_parts, written
from services.routing.domain.work import HEAD_START_S, SAME_AGENT_S, PriorityClass, WorkState

_WORK = held("SELECT * FROM work_item WHERE id = :id")
_OPEN_WORK = held(
    "SELECT * FROM work_item WHERE case_id = :case_id AND state IN ('queued', 'offered', 'assigned', 'wrapping')"
)
_OF_REQUEST = Sql("SELECT * FROM work_item WHERE case_id = :case_id AND request_id = :request_id")
_FORGET_REQUEST = Sql("UPDATE work_item SET request_id = '', purpose = '' WHERE id = :id")
_LAST_WORK = Sql("SELECT * FROM work_item WHERE case_id = :case_id ORDER BY queued_at DESC, id DESC LIMIT 1")
_SET_WORK = Sql("""
UPDATE work_item SET state = :state, agent_id = :agent_id, changed_at = :now,
    wrapped_at = CASE WHEN :state = 'wrapping' THEN :now ELSE wrapped_at END,
    ended_at = CASE WHEN :state IN ('done', 'abandoned', 'cancelled') THEN :now ELSE ended_at END
WHERE id = :id
""")
_WAITING_KINDS = """
WITH RECURSIVE kinds (kind) AS (
    SELECT min(kind) FROM work_item WHERE state = 'queued'
    UNION ALL
    SELECT (SELECT min(kind) FROM work_item WHERE state = 'queued' AND work_item.kind > kinds.kind)
    FROM kinds WHERE kinds.kind IS NOT NULL)
"""
"""The distinct kinds of what waits: jumps through the index, so its cost follows their number and not the queue's."""
_KINDS = Sql(f"{_WAITING_KINDS} SELECT kind FROM kinds WHERE kind IS NOT NULL")  # noqa: S608 - our constants
_QUEUES = Sql(f"""
{_WAITING_KINDS}
SELECT kind, 1 AS waits FROM kinds WHERE kind IS NOT NULL
UNION ALL
SELECT name, 0 FROM ability WHERE agent_id = :agent_id
    AND NOT EXISTS (SELECT 1 FROM closed_ability WHERE closed_ability.name = ability.name)
""")  # noqa: S608 - our constants
_RESTED = """AND coalesce((SELECT max(offer.ended_at) FROM offer
    WHERE offer.work_item_id = work_item.id AND offer.agent_id = :agent_id), 0) <= :rested"""
"""By a look at each row: for NOT EXISTS the planner may read everything that was ever offered."""
_LOOK = 8
_OWN = f"""SELECT id, rank - {SAME_AGENT_S} AS place FROM work_item
    WHERE state = 'queued' AND preferred_agent_id = :agent_id AND kind IN :kinds"""  # noqa: S608 - our constants


def _first_of_heads(rested: str) -> Sql:
    """The first of the heads of each line, as PostgreSQL holds it; ``rested`` is what each head must be."""
    return Sql(
        f"""
SELECT * FROM work_item WHERE state = 'queued' AND id IN (
    SELECT id FROM (
        {_OWN} {rested}
        UNION ALL SELECT head.id, head.place FROM unnest(:kinds::text[]) AS line (kind) CROSS JOIN LATERAL (
            SELECT id, rank AS place FROM work_item WHERE state = 'queued' AND kind = line.kind {rested}
            ORDER BY rank, id LIMIT {_LOOK}) AS head
    ) AS heads ORDER BY place, id LIMIT {_LOOK}) {_RESTED}
ORDER BY CASE WHEN preferred_agent_id = :agent_id THEN rank - {SAME_AGENT_S} ELSE rank END, id
LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED""",  # noqa: S608 - our constants
        lists=["kinds"],
    )


_NEXT_WORK = {
    "sqlite": Sql(
        f"""
WITH head (id, place) AS (
    {_OWN} {_RESTED}
    UNION ALL SELECT id, rank FROM work_item WHERE id IN (
        SELECT (SELECT id FROM work_item WHERE state = 'queued' AND kind = line.value {_RESTED}
            ORDER BY rank, id LIMIT 1) FROM json_each(:kinds) AS line))
SELECT work_item.* FROM head JOIN work_item ON work_item.id = head.id ORDER BY head.place, head.id LIMIT 1""",  # noqa: S608 - our constants
        lists=["kinds"],
    ),
    "postgresql": _first_of_heads(""),
}
"""From the head of each line the first: the cost follows the number of lines, not what waits in them. A few of each are
looked at because other replicas may hold the very first. Their number is written into the text, and not a value: so
PostgreSQL sees that a plan made once for all is as good as one made for each call, which costs as much as the call."""
_BEHIND_REFUSED = _first_of_heads(_RESTED)
"""The same where the agent refused all that was looked at."""
_WAITING = Sql(
    "SELECT id FROM work_item WHERE state = 'queued' AND kind = :kind ORDER BY rank, id LIMIT :limit",
)
_TAKE_WAITING = free("SELECT * FROM work_item WHERE id = :id AND state = 'queued'", "work_item")
_RELAXING = free(
    "SELECT * FROM work_item WHERE state = 'queued' AND step_until <= :now ORDER BY step_until LIMIT 1", "work_item"
)
_RELAX = Sql("UPDATE work_item SET kind = :kind, steps = :steps, step_until = :until WHERE id = :id")
_COST = Sql("SELECT cost FROM work_item WHERE id = :id")
_RECLASSIFY = Sql("""
UPDATE work_item SET priority_class = :to, rank = rank + :shift, changed_at = :now
WHERE id = :id AND priority_class = :before AND state IN ('queued', 'offered', 'assigned', 'wrapping')
""")
_REPLAN = Sql("""
UPDATE work_item SET topic = :topic, plan = :plan, kind = :kind, steps = :steps, step_until = :until WHERE id = :id
""")
_SET_TOPIC = Sql("UPDATE work_item SET topic = :topic WHERE id = :id")
_LET_GO = """AND NOT EXISTS (SELECT 1 FROM conference WHERE conference.case_id = work_item.case_id
    AND conference.agent_id = work_item.agent_id AND conference.ended_at IS NULL AND conference.left_at IS NULL
    AND conference.purpose = 'safety'
    AND conference.state NOT IN ('acknowledged', 'handed_over'))"""
"""No three-way call waits for somebody to take over from the agent."""
_TALKS_NO_MORE = """AND NOT EXISTS (SELECT 1 FROM conference WHERE conference.case_id = work_item.case_id
    AND conference.agent_id = work_item.agent_id AND conference.ended_at IS NULL AND conference.purpose = 'talk')"""
"""The citizen has not called again while the work is written up."""
_WRITTEN_UP = f"state = 'wrapping' AND wrapped_at <= :before AND transfer_id IS NULL {_LET_GO} {_TALKS_NO_MORE}"
_OVER = free(
    f"SELECT id FROM agent WHERE id IN (SELECT agent_id FROM work_item WHERE {_WRITTEN_UP}) LIMIT 1",  # noqa: S608 - ours
    "agent",
)
_WRAPPING = Sql(f"SELECT id FROM work_item WHERE agent_id = :agent_id AND {_WRITTEN_UP} ORDER BY id")  # noqa: S608 - ours
_SET_TRANSFER = Sql("UPDATE work_item SET transfer_id = :transfer_id WHERE id = :id")
_SET_CONFERENCE = Sql("""
UPDATE work_item SET conference_id = :conference_id
WHERE case_id = :case_id AND state IN ('queued', 'offered', 'assigned', 'wrapping')
""")
_GIVE_BACK = Sql("""
UPDATE work_item SET state = 'queued', agent_id = NULL, assigned_at = NULL, changed_at = :now WHERE id = :id
""")
_GIVE_TO = Sql("""
UPDATE work_item SET agent_id = :agent_id, transfers = transfers + 1, changed_at = :now, seen_count = contact_count,
    seen_sequence = contact_sequence WHERE id = :id RETURNING *
""")


def work_item(tx: Tx, work_item_id: str, *, lock: bool = False) -> Row | None:
    """A work item by id."""
    return tx.execute(_WORK[tx.dialect if lock else "sqlite"], {"id": work_item_id}).one_or_none()


def open_work(tx: Tx, case_id: str, *, lock: bool = False) -> Row | None:
    """The open work item of a case."""
    return tx.execute(_OPEN_WORK[tx.dialect if lock else "sqlite"], {"case_id": case_id}).one_or_none()


def last_work(tx: Tx, case_id: str) -> Row | None:
    """The newest work item of a case, whatever became of it."""
    return tx.execute(_LAST_WORK, {"case_id": case_id}).first()


def of_request(tx: Tx, case_id: str, request_id: str) -> Row | None:
    """The work item that a call became."""
    return tx.execute(_OF_REQUEST, {"case_id": case_id, "request_id": request_id}).first()


def forget_request(tx: Tx, work_item_id: str) -> None:
    """The citizen is not called any more about what a service wanted; what they came with themselves stays."""
    tx.execute(_FORGET_REQUEST, {"id": work_item_id})


def set_work(tx: Tx, work_item_id: str, state: WorkState, agent_id: str | None) -> None:
    """Write where a work item stands and who has it."""
    tx.execute(_SET_WORK, {"id": work_item_id, "state": state.value, "agent_id": agent_id, "now": tx.now.timestamp()})


def set_transfer(tx: Tx, work_item_id: str, transfer_id: str | None) -> None:
    """Write which transfer of the work is under way."""
    tx.execute(_SET_TRANSFER, {"id": work_item_id, "transfer_id": transfer_id})


def set_conference(tx: Tx, case_id: str, conference_id: str) -> None:
    """Write which call the open work of a case has."""
    tx.execute(_SET_CONFERENCE, {"case_id": case_id, "conference_id": conference_id})


def give_back(tx: Tx, work_item_id: str) -> None:
    """Work that an agent has waits again, in its place."""
    tx.execute(_GIVE_BACK, {"id": work_item_id, "now": tx.now.timestamp()})


def give_to(tx: Tx, work_item_id: str, agent_id: str) -> Row:
    """Work that one agent has is another's now."""
    return tx.execute(_GIVE_TO, {"id": work_item_id, "agent_id": agent_id, "now": tx.now.timestamp()}).one()


_FINISH = Chain(
    ("desk", "SELECT id AS desk_id FROM agent WHERE id = :agent_id FOR NO KEY UPDATE"),
    ("item", """UPDATE work_item SET state = 'done', changed_at = :now, ended_at = :now WHERE id = :work_item_id
        AND agent_id = :desk.desk_id AND state IN ('assigned', 'wrapping') AND transfer_id IS NULL
        AND (:seen = 0 OR contact_count <= :seen) """ + _LET_GO + " RETURNING *"),  # noqa: S608 - our constants
    ("told", """UPDATE agent SET sequence = sequence + 1, load = load - :item.cost, idle_since = :now
        WHERE id = :agent_id AND :item.id IS NOT NULL RETURNING sequence, presence, capacity - load AS room"""),
    ("noted", """INSERT INTO desk_change (agent_id, sequence, kind, subject_id, state, changed_at)
        SELECT :agent_id, :told.sequence, 'work', :work_item_id, 'done', :now WHERE :told.sequence IS NOT NULL"""),
)  # fmt: skip


def finish(tx: Tx, work_item_id: str, agent_id: str, seen: int, then: Callable[[Row | None], object]) -> None:
    """End assigned or wrapping work; ``then`` is told it, None if it is neither, or not theirs, or being transferred,
    or has more than ``seen`` contacts (0: not asked).

    The row is the work item, ``sequence`` the change on the desk, ``presence`` the agent's and ``room`` what is left of
    their capacity.
    """
    values = {"work_item_id": work_item_id, "agent_id": agent_id, "seen": seen, "now": tx.now.timestamp()}
    _FINISH.later(tx, values, then)


def cost(tx: Tx, work_item_id: str) -> int:
    """What a work item takes of its agent's capacity."""
    return int(tx.execute(_COST, {"id": work_item_id}).scalar_one())


def waiting_kinds(tx: Tx) -> list[str]:
    """The kinds of all that waits."""
    return tx.execute(_KINDS).scalars()


@dataclass(frozen=True, slots=True)
class Queues:
    """The queues in which an agent may be the next to be asked."""

    kinds: Sequence[str]
    """Of all that waits."""
    able: Collection[str]
    """What the agent has."""

    def fitting(self, free_capacity: int) -> list[str]:
        """The kinds that the agent can take with so much capacity left."""
        parts = [(one, *kind_parts(one)) for one in self.kinds]
        return [one for one, cost, needs in parts if cost <= free_capacity and self._enough(needs)]

    def _enough(self, needs: Sequence[str]) -> bool:
        return all(has(self.able, need) for need in needs)


def queues(tx: Tx, agent_id: str) -> Queues:
    """What waits now, and what this agent has."""
    found = tx.execute(_QUEUES, {"agent_id": agent_id}).all()
    return Queues([one.kind for one in found if one.waits], {one.kind for one in found if not one.waits})


def next_work(tx: Tx, agent_id: str, of: Queues, free_capacity: int, rested: float) -> Row | None:
    """The first waiting work item this agent can take and did not refuse since ``rested``; its row is held.

    Work of a case that the agent knows counts as queued ``SAME_AGENT_S`` earlier.
    """
    fitting = of.fitting(free_capacity)
    if not fitting:
        return None
    values = {"agent_id": agent_id, "rested": rested, "kinds": fitting}
    found = tx.execute(_NEXT_WORK[tx.dialect], values).one_or_none()
    if found is None and tx.dialect == "postgresql":
        found = tx.execute(_BEHIND_REFUSED, values).one_or_none()
    return found


def waiting(tx: Tx, of: str, limit: int) -> list[str]:
    """Ids of waiting work items of a kind, in the order they are taken."""
    return tx.execute(_WAITING, {"kind": of, "limit": limit}).scalars()


def take_waiting(tx: Tx, work_item_id: str) -> Row | None:
    """A work item if it still waits and nobody holds it; its row is held."""
    return tx.execute(_TAKE_WAITING[tx.dialect], {"id": work_item_id}).one_or_none()


def relaxing(tx: Tx) -> Row | None:
    """A waiting work item whose step has expired and which nobody holds; its row is held."""
    return tx.execute(_RELAXING[tx.dialect], {"now": tx.now.timestamp()}).one_or_none()


def relax(tx: Tx, item: Row, course: Course) -> None:
    """Write the step that counts now."""
    of = kind(item.cost, course.now.needs, held=item.held_until is not None)
    values = {"id": item.id, "kind": of, "steps": written(course)}
    tx.execute(_RELAX, {**values, "until": course.until})


def reclassify(tx: Tx, item: Row, to: PriorityClass) -> None:
    """Give open work another class; its place moves by the difference of the head starts."""
    before = PriorityClass(item.priority_class)
    shift = HEAD_START_S[before] - HEAD_START_S[to]
    values = {"id": item.id, "before": before.value, "to": to.value, "shift": shift, "now": tx.now.timestamp()}
    tx.later(_RECLASSIFY, values)


def retopic(tx: Tx, item: Row, topic: str, course: Course | None) -> None:
    """Write what open work is about; with a course, its steps begin anew and its place stays."""
    if course is None:
        tx.later(_SET_TOPIC, {"id": item.id, "topic": topic})
        return
    of = kind(item.cost, course.now.needs, held=item.held_until is not None)
    steps = {"plan": course.plan, "kind": of, "steps": written(course)}
    tx.later(_REPLAN, {"id": item.id, "topic": topic, "until": course.until, **steps})


def over_time(tx: Tx, before: float) -> str | None:
    """An agent with wrap-up that began before then, and whom nobody holds; the agent's row is held."""
    found: str | None = tx.execute(_OVER[tx.dialect], {"before": before}).scalar_one_or_none()
    return found


def wrapping(tx: Tx, agent_id: str, before: float) -> list[str]:
    """The agent's work whose wrap-up began before then."""
    return tx.execute(_WRAPPING, {"agent_id": agent_id, "before": before}).scalars()


def list_work(
    tx: Tx, states: Sequence[str], case_id: str, after: tuple[float, str] | None, limit: int
) -> Sequence[Row]:
    """Work items in these states, of one case if it is named, in the order they are taken."""
    work = tables.work.work_item
    order = (work.c.rank, work.c.id)
    query = sa.select(work).where(work.c.state.in_(states)).order_by(*order).limit(limit)
    if case_id:
        query = query.where(work.c.case_id == case_id)
    if after:
        query = query.where(sa.tuple_(*order) > sa.tuple_(*map(sa.literal, after)))
    return tx.execute(query).all()
