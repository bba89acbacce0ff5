"""Offers, and the free agent for a work item. Making an offer is the hot path: one statement on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from chassis.chains import Chain
from chassis.database import Tx
from chassis.locking import free, held
from chassis.statements import Row, Sql
from services.routing.domain.interpretation import alternatives
from services.routing.domain.offers import OfferState, Why
from services.routing.domain.plans import HELD, Course, kind, kind_parts, written
from services.routing.domain.work import RESUME_S, NewWork, rank


def _fitting(needs: str) -> str:
    """Who has all of these, a list of that name, and room. ``load < capacity`` follows from the rest, but is what leads
    to the index of those who are free."""
    return f"""presence = 'ready' AND load < capacity AND load + :cost <= capacity
    AND (SELECT count(*) FROM ability WHERE ability.agent_id = agent.id AND ability.name IN :{needs}) = :{needs}_count
    AND NOT EXISTS (SELECT 1 FROM closed_ability WHERE closed_ability.name IN :{needs})"""  # noqa: S608 - our names


_FITTING = _fitting("needs")
_NOT_REFUSED = """NOT EXISTS (SELECT 1 FROM offer WHERE offer.work_item_id = :work_item_id
    AND offer.agent_id = agent.id AND offer.ended_at > :rested)"""
_FREE_AGENT = free(
    f"SELECT agent.id, sequence FROM agent WHERE {_FITTING} AND {_NOT_REFUSED} ORDER BY idle_since LIMIT 1",  # noqa: S608 - our constants
    "agent",
    lists=["needs"],
)
_WHO_KNOWS = free(
    f"SELECT agent.id, sequence FROM agent WHERE agent.id = :knows AND {_FITTING} AND {_NOT_REFUSED}",  # noqa: S608 - our constants
    "agent",
    lists=["needs"],
)
_NOTED = """INSERT INTO desk_change (agent_id, sequence, kind, subject_id, state, changed_at)
    SELECT :agent_id, :told.sequence, '{kind}', {subject}, '{state}', :now WHERE :told.sequence IS NOT NULL"""
_ASKED = (
    ("taken", "UPDATE work_item SET state = 'offered', agent_id = :agent_id, changed_at = :now"
     " WHERE id = :work_item_id RETURNING cost"),
    ("told", "UPDATE agent SET load = load + :taken.cost, sequence = sequence + 1, idle_since = :now"
     " WHERE id = :agent_id RETURNING sequence"),
    ("made", "INSERT INTO offer (id, work_item_id, agent_id, state, offered_at, expires_at, why, kind, step)"
     " VALUES (:id, :work_item_id, :agent_id, 'pending', :now, :expires_at, :why, :kind, :step)"),
    ("noted", _NOTED.format(kind="offer", subject=":id", state="pending")),
)  # fmt: skip
_MAKE_OFFER = Chain(*_ASKED)
_OPEN_NOW = """(SELECT 1 FROM work_item WHERE work_item.case_id = :case_id
    AND work_item.state IN ('queued', 'offered', 'assigned', 'wrapping'))"""
_IDLE = f"""(SELECT agent.id FROM agent WHERE {_FITTING} AND NOT EXISTS {_OPEN_NOW}
    ORDER BY idle_since LIMIT 1 FOR NO KEY UPDATE OF agent SKIP LOCKED)"""  # noqa: S608 - our constants
_KNOWS = f"""(SELECT agent.id FROM agent WHERE agent.id = :before.knows AND {_fitting("required")}
    AND NOT EXISTS {_OPEN_NOW} FOR NO KEY UPDATE OF agent SKIP LOCKED)"""  # noqa: S608 - our constants
_BEFORE = """SELECT
    coalesce(CAST(:preferred AS text),
        (SELECT agent_id FROM work_item WHERE case_id = :case_id AND state = 'done' ORDER BY ended_at DESC LIMIT 1))
        AS knows,
    coalesce((SELECT min(rank) FROM work_item WHERE case_id = :case_id AND state = 'abandoned'
        AND ended_at >= :resumes), :rank) AS place"""


def _adding(before: str, pick: str, why: str, *lists: str) -> Chain:
    """Queue work for a case, or count a contact in what is open, and ask who was picked, in one go."""
    return Chain(
        ("before", before),
        ("pick", f"SELECT {pick} AS picked"),
        ("added", """INSERT INTO work_item (id, case_id, state, medium, language, skills, kind, cost, priority_class,
                rank, topic, channel, citizen_id, queued_at, plan, steps, step_until, traceparent, changed_at, agent_id,
                preferred_agent_id, contact_count, contact_sequence, seen_count, seen_sequence, purpose, request_id,
                callback_at, tell_at)
            SELECT :work_item_id, :case_id, CASE WHEN :pick.picked IS NULL THEN 'queued' ELSE 'offered' END, :medium,
                :language, :skills, :kind, :cost, :priority_class, :before.place, :topic, :channel, :citizen_id,
                :queued_at, :plan, :steps, :step_until, :trace, :now, :pick.picked, :before.knows, :contacts,
                :contact_sequence, 0, 0, :purpose, :request_id, :callback_at, :tell_at
            WHERE true
            ON CONFLICT (case_id) WHERE state IN ('queued', 'offered', 'assigned', 'wrapping') DO UPDATE
            SET contact_count = work_item.contact_count + excluded.contact_count, contact_sequence =
                CASE WHEN excluded.contact_sequence > work_item.contact_sequence THEN excluded.contact_sequence
                ELSE work_item.contact_sequence END, callback_at =
                CASE WHEN :they_call = 0 THEN work_item.callback_at END, held_until =
                CASE WHEN :they_call = 0 THEN work_item.held_until END, kind =
                CASE WHEN :they_call = 0 THEN work_item.kind
                ELSE replace(work_item.kind, :held_mark, '') END, left_at =
                CASE WHEN :they_call = 0 THEN work_item.left_at END, purpose =
                CASE WHEN excluded.purpose = '' THEN work_item.purpose ELSE excluded.purpose END, request_id =
                CASE WHEN excluded.request_id = '' THEN work_item.request_id ELSE excluded.request_id END
            RETURNING *"""),
        ("told?", """UPDATE agent SET load = load + :cost, sequence = sequence + 1, idle_since = :now
            WHERE id = :added.agent_id AND :added.id = :work_item_id RETURNING sequence"""),
        ("made", f"""INSERT INTO offer (id, work_item_id, agent_id, state, offered_at, expires_at, why, kind, step)
            SELECT :offer_id, :work_item_id, :added.agent_id, 'pending', :now, :expires_at, {why}, :kind, 0
            WHERE :added.agent_id IS NOT NULL AND :added.id = :work_item_id"""),
        ("noted", """INSERT INTO desk_change (agent_id, sequence, kind, subject_id, state, changed_at)
            SELECT :added.agent_id, :told.sequence, 'offer', :offer_id, 'pending', :now
            WHERE :told.sequence IS NOT NULL"""),
        lists=lists,
    )  # fmt: skip


_ADD_FIRST = _adding(
    "SELECT CAST(NULL AS text) AS knows, CAST(:rank AS double precision) AS place", _IDLE, ":why", "needs"
)
_ADD_AGAIN = _adding(
    _BEFORE,
    f"coalesce({_KNOWS}, {_IDLE})",
    f"CASE WHEN :added.agent_id = :before.knows THEN '{Why.KNOWS}' ELSE :why END",
    "needs",
    "required",
)
_ACCEPT = Chain(
    ("desk", "SELECT id AS desk_id FROM agent WHERE id = :agent_id FOR NO KEY UPDATE"),
    ("accepted", """UPDATE offer SET state = 'accepted', ended_at = :now WHERE id = :offer_id
        AND agent_id = :desk.desk_id AND state = 'pending' AND expires_at > :now AND transfer_id IS NULL
        RETURNING work_item_id"""),
    ("item", """UPDATE work_item SET state = 'assigned', agent_id = :agent_id, changed_at = :now, assigned_at = :now,
            seen_count = contact_count, seen_sequence = contact_sequence
        WHERE id = :accepted.work_item_id RETURNING *"""),
    ("told", """UPDATE agent SET sequence = sequence + 1, missed = 0
        WHERE id = :agent_id AND :accepted.work_item_id IS NOT NULL RETURNING sequence"""),
    ("noted", _NOTED.format(kind="work", subject=":accepted.work_item_id", state="assigned")),
)  # fmt: skip
_RECEIVER = free(
    f"""
SELECT agent.id FROM agent WHERE {_FITTING} AND agent.id <> :from_agent_id AND (:named = '' OR agent.id = :named)
AND NOT EXISTS (SELECT 1 FROM offer WHERE offer.transfer_id = :transfer_id AND offer.agent_id = agent.id)
ORDER BY idle_since LIMIT 1""",  # noqa: S608 - our constants
    "agent",
    lists=["needs"],
)
_ASK_RECEIVER = Chain(
    ("told", "UPDATE agent SET load = load + :cost, sequence = sequence + 1, idle_since = :now"
     " WHERE id = :agent_id RETURNING sequence"),
    ("made", "INSERT INTO offer (id, work_item_id, agent_id, state, offered_at, expires_at, why, kind, transfer_id)"
     " VALUES (:id, :work_item_id, :agent_id, 'pending', :now, :expires_at, :why, :kind, :transfer_id)"),
    ("noted", _NOTED.format(kind="offer", subject=":id", state="pending")),
)  # fmt: skip
_LEFT = Sql("""
UPDATE offer SET left_at = :now
WHERE work_item_id = :work_item_id AND agent_id = :agent_id AND state = 'accepted' AND left_at IS NULL
""")
_UNREACHED = Sql("""
UPDATE offer SET left_at = :now, unreached = 1
WHERE work_item_id = :work_item_id AND agent_id = :agent_id AND state = 'accepted' AND left_at IS NULL
""")
_OFFER = held("SELECT * FROM offer WHERE id = :id")
_END_OFFER = Sql("UPDATE offer SET state = :state, ended_at = :now, reason = :reason WHERE id = :id")
_PENDING_OF = Sql("SELECT * FROM offer WHERE agent_id = :agent_id AND state = 'pending' ORDER BY offered_at, id")
_PENDING_FOR = held("SELECT * FROM offer WHERE work_item_id = :work_item_id AND state = 'pending'")
_LATE = free(
    """
SELECT agent.id FROM agent WHERE agent.id IN (
    SELECT offer.agent_id FROM offer WHERE offer.state = 'pending' AND offer.expires_at <= :now) LIMIT 1""",
    "agent",
)
_EXPIRED = Sql("""
SELECT * FROM offer WHERE agent_id = :agent_id AND state = 'pending' AND expires_at <= :now
ORDER BY expires_at, id LIMIT 1
""")
_DESK_WORK = Sql("""
SELECT * FROM work_item WHERE agent_id = :agent_id AND state IN ('assigned', 'wrapping')
UNION ALL SELECT work_item.* FROM transfer JOIN work_item ON work_item.id = transfer.work_item_id
    WHERE transfer.from_agent_id = :agent_id AND transfer.state = 'joined'
ORDER BY queued_at, id
""")


_ANYONE_FREE = Sql("SELECT 1 FROM agent WHERE presence = 'ready' AND load < capacity LIMIT 1")
_ANYONE_FREE_FOR = Sql(f"SELECT 1 FROM agent WHERE {_FITTING} LIMIT 1", lists=["needs"])  # noqa: S608 - our constants


def anyone_free(tx: Tx) -> bool:
    """True if any agent at all can take work."""
    return tx.execute(_ANYONE_FREE).scalar_one_or_none() is not None


def anyone_free_for(tx: Tx, of: str) -> bool:
    """True if an agent who can do work of that kind can take it."""
    cost, needs = kind_parts(of)
    return any(tx.execute(_ANYONE_FREE_FOR, _wanted(cost, one)).first() is not None for one in alternatives(needs))


def who_knows(tx: Tx, item: Row, needs: Sequence[str], rested: float) -> Row | None:
    """Id and ``sequence`` of the agent who knows the case, if they can take this work and did not refuse it since
    ``rested``; the agent's row is held."""
    values = {**_looking(item, needs, rested), "knows": item.preferred_agent_id}
    return tx.execute(_WHO_KNOWS[tx.dialect], values).one_or_none()


def longest_idle(tx: Tx, item: Row, needs: Sequence[str], rested: float) -> Row | None:
    """Id and ``sequence`` of the agent longest idle who can take this work and did not refuse it since ``rested``; the
    agent's row is held."""
    return tx.execute(_FREE_AGENT[tx.dialect], _looking(item, needs, rested)).one_or_none()


def _looking(item: Row, needs: Sequence[str], rested: float) -> dict[str, object]:
    return {**_wanted(item.cost, needs), "work_item_id": item.id, "rested": rested}


def _wanted(cost: int, needs: Sequence[str]) -> dict[str, object]:
    return {"cost": cost, "needs": needs, "needs_count": len(needs)}


def add_work(
    tx: Tx,
    work_item_id: str,
    work: NewWork,
    course: Course,
    cost: int,
    offer_id: str,
    expires_at: float,
    then: Callable[[Row], object],
) -> None:
    """Queue work for a case and offer it to somebody who can take it, by the same order as work that waits is.

    ``then`` is told the work item: the one that is open already, with the contacts counted, or the new one. A citizen
    who was to be called back and calls takes the callback's place: it is no callback any more. In new work
    ``agent_id`` is who was asked, with ``sequence`` that of the change on the desk, or None where the work waits.
    """
    step = course.now
    values = {
        **_new_row(work, course, cost),
        **_wanted(cost, sorted({*step.needs, *step.preferred})),
        "required": step.needs,
        "required_count": len(step.needs),
        "why": (Why.PREFERRED if step.preferred else Why.IDLE).value,
        "work_item_id": work_item_id,
        "resumes": work.queued_at - RESUME_S,
        "now": tx.now.timestamp(),
        "offer_id": offer_id,
        "expires_at": expires_at,
        "held_mark": f" {HELD}",
    }
    tx.plans_once()
    (_ADD_FIRST if work.opens_case else _ADD_AGAIN).later(tx, values, then)


def _new_row(work: NewWork, course: Course, cost: int) -> dict[str, object]:
    return {
        "case_id": work.case_id,
        "medium": work.medium,
        "language": work.language,
        "skills": " ".join(work.skills),
        "kind": kind(cost, course.now.needs),
        "priority_class": work.priority_class.value,
        "rank": rank(work.priority_class, work.queued_at),
        "topic": work.topic,
        "channel": work.channel,
        "citizen_id": work.citizen_id,
        "queued_at": work.queued_at,
        "plan": course.plan,
        "steps": written(course),
        "step_until": course.until,
        "trace": work.traceparent,
        "contacts": work.contacts,
        "contact_sequence": work.contact_sequence,
        "purpose": work.purpose,
        "request_id": work.request_id,
        "preferred": work.preferred_agent_id or None,
        "callback_at": work.queued_at if work.purpose else None,
        "tell_at": None if work.purpose else 0.0,
        "they_call": int(work.medium != "text" and not work.purpose),
    }


def make_offer(tx: Tx, offer_id: str, item: Row, step: int, agent_id: str, expires_at: float, why: Why) -> None:
    """Offer work that waits in a step to an agent. The caller holds both rows, so the change on the desk has the number
    after the agent's last one, and nobody need wait for the answer."""
    _MAKE_OFFER.later(tx, {**_asking(tx, offer_id, item, agent_id, expires_at, why), "kind": item.kind, "step": step})


def _asking(tx: Tx, offer_id: str, item: Row, agent_id: str, expires_at: float, why: Why) -> dict[str, object]:
    return {
        "id": offer_id,
        "work_item_id": item.id,
        "agent_id": agent_id,
        "expires_at": expires_at,
        "why": why.value,
        "now": tx.now.timestamp(),
    }


def receiver(tx: Tx, item: Row, transfer: Row) -> str | None:
    """The agent a transfer can ask now: the one it names, or whoever has what it needs and was not asked yet, the one
    longest idle; the agent's row is held."""
    values = {
        **_wanted(item.cost, transfer.needs.split()),
        "from_agent_id": transfer.from_agent_id,
        "named": transfer.named_agent_id,
        "transfer_id": transfer.id,
    }
    found: str | None = tx.execute(_RECEIVER[tx.dialect], values).scalar_one_or_none()
    return found


def ask_receiver(tx: Tx, offer_id: str, item: Row, transfer: Row, agent_id: str, expires_at: float, why: Why) -> int:
    """Offer work that another agent has, and goes on to have. Returns the sequence of the change on the desk."""
    asked_for = {"cost": item.cost, "kind": kind(item.cost, transfer.needs.split()), "transfer_id": transfer.id}
    made = _ASK_RECEIVER.run(tx, {**_asking(tx, offer_id, item, agent_id, expires_at, why), **asked_for})
    if made is None:
        raise LookupError(f"agent {agent_id} is gone")
    return int(made.sequence)


def left(tx: Tx, work_item_id: str, agent_id: str) -> None:
    """Who had accepted the work left it to somebody else."""
    tx.execute(_LEFT, {"work_item_id": work_item_id, "agent_id": agent_id, "now": tx.now.timestamp()})


def unreached(tx: Tx, work_item_id: str, agent_id: str) -> None:
    """Who had accepted the work did not answer their telephone."""
    tx.execute(_UNREACHED, {"work_item_id": work_item_id, "agent_id": agent_id, "now": tx.now.timestamp()})


def accept(tx: Tx, offer_id: str, agent_id: str) -> Row | None:
    """Assign the work of a pending offer to its agent; None if the offer is not pending, not theirs or of a transfer.

    The row is the work item, and ``sequence`` the change on the desk.
    """
    return _ACCEPT.run(tx, {"offer_id": offer_id, "agent_id": agent_id, "now": tx.now.timestamp()})


def offer(tx: Tx, offer_id: str, *, lock: bool = False) -> Row | None:
    """An offer by id."""
    return tx.execute(_OFFER[tx.dialect if lock else "sqlite"], {"id": offer_id}).one_or_none()


def end_offer(tx: Tx, offer_id: str, state: OfferState, reason: str = "") -> None:
    """Write how an offer ended."""
    sealed = tx.sealed("offer", offer_id, "reason", reason)
    tx.execute(_END_OFFER, {"id": offer_id, "state": state.value, "now": tx.now.timestamp(), "reason": sealed})


def pending_of(tx: Tx, agent_id: str) -> Sequence[Row]:
    """The offers an agent has not answered."""
    return tx.execute(_PENDING_OF, {"agent_id": agent_id}).all()


def pending_for(tx: Tx, work_item_id: str) -> Row | None:
    """The pending offer of a work item, its row held."""
    return tx.execute(_PENDING_FOR[tx.dialect], {"work_item_id": work_item_id}).one_or_none()


def late_agent(tx: Tx) -> str | None:
    """An agent who has let an offer's time pass and whom nobody holds; the agent's row is held."""
    found: str | None = tx.execute(_LATE[tx.dialect], {"now": tx.now.timestamp()}).scalar_one_or_none()
    return found


def expired(tx: Tx, agent_id: str) -> Row | None:
    """The oldest offer of an agent whose time is over. The caller holds the agent's row."""
    return tx.execute(_EXPIRED, {"agent_id": agent_id, "now": tx.now.timestamp()}).first()


def desk_work(tx: Tx, agent_id: str) -> Sequence[Row]:
    """What an agent is working on, alone or until they leave it to another."""
    return tx.execute(_DESK_WORK, {"agent_id": agent_id}).all()
