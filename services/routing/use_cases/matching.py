"""Matching: work that waits and agents who are free find each other; offers that end go back to their place."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from hub120.routing.v1 import events_pb2

from chassis import telemetry
from chassis.database import Tx
from chassis.ids import new_id
from chassis.messages import key_of
from chassis.statements import Row
from chassis.telemetry import attributes as known
from services.routing import protos
from services.routing.domain import plans
from services.routing.domain.agents import MISSED, ChangeKind, Presence
from services.routing.domain.interpretation import ANSWERED, alternatives
from services.routing.domain.offers import DECLINED_REST_S, MISSED_BEFORE_PAUSE, OfferState, Why
from services.routing.domain.plans import Course, Plan
from services.routing.domain.work import TAKEN, USUAL_COSTS, NewWork, PriorityClass, WorkState
from services.routing.store import agents, desks, offers, work
from services.routing.store.work import Queues
from services.routing.use_cases import transfer_moves

SWEEP = 200
"""Rows a timer handles in one transaction at most."""


@dataclass(frozen=True, slots=True)
class Enqueued:
    """What became of work: it waits for an agent now, or it is news to the agent who has it, or neither."""

    work_item_id: str
    waits: bool
    news: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where the desk of an agent stands whose row is held."""

    agent_id: str
    sequence: int
    """Of the last change on it."""
    room: int
    """What is left of the agent's capacity."""


@dataclass(frozen=True, slots=True)
class Terms:
    """On which terms work is matched: what is settled outside routing's tables, and the plans."""

    offer_s: float
    """How long an agent has to answer an offer."""
    costs: Mapping[str, int] = field(default_factory=lambda: USUAL_COSTS)
    """What work takes of an agent's capacity, by medium."""
    plans: Sequence[Plan] = ()
    """In the order in which they are asked."""
    flagged: Collection[str] = ()
    """Citizens whom the dedicated team answers."""
    team_skill: str = ""
    team_wait_s: float = 0.0
    """How long they wait for it before anybody may; 0: for as long as it takes."""

    def course(self, new: NewWork) -> Course:
        """How work begins. Where life is in danger whoever comes first answers, whatever the citizen has done."""
        usual = plans.course(self.plans, new)
        if new.citizen_id not in self.flagged or new.priority_class is PriorityClass.LIFE_SAFETY:
            return usual
        return plans.through_team(usual, self.team_skill, self.team_wait_s)


def enqueue(tx: Tx, new: NewWork, terms: Terms, then: Callable[[Enqueued], object] = lambda _: None) -> None:
    """Queue work for a case and offer it if an agent is free; ``then`` is told what became of it. A case with open work
    gets no second one: the contact is counted there, so that the work cannot be finished without it."""
    work_item_id, offer_id, expires_at = new_id(tx.now), new_id(tx.now), tx.now.timestamp() + terms.offer_s
    course = terms.course(new)

    def added(item: Row) -> None:
        joined = item.id != work_item_id
        if not joined and item.agent_id is not None:
            _tell(tx, item, offer_id, item.agent_id, item.sequence, expires_at)
        elif joined and new.priority_class.goes_before(PriorityClass(item.priority_class)):
            work.reclassify(tx, item, new.priority_class)
        elif not joined:
            floor_signal(tx)
        waits, news = not joined and item.agent_id is None, joined and item.state in TAKEN
        then(Enqueued(item.id, waits, news))

    offers.add_work(tx, work_item_id, new, course, terms.costs[new.medium], offer_id, expires_at, added)


def offer_waiting(tx: Tx, work_item_id: str, offer_s: float) -> bool:
    """Look for an agent for one work item that waits; True if it was offered."""
    item = work.take_waiting(tx, work_item_id)
    return item is not None and _offer_to_someone(tx, item, offer_s)


def match_waiting(tx: Tx, offer_s: float) -> int:
    """Offer whatever waits to whoever is free; returns how many offers were made. The sweep behind the looks after
    each commit: it finds what a crashed process left."""
    if not offers.anyone_free(tx):
        return 0
    kinds = [kind for kind in work.waiting_kinds(tx) if offers.anyone_free_for(tx, kind)]
    return sum(_match_kind(tx, kind, offer_s) for kind in kinds)


def _match_kind(tx: Tx, kind: str, offer_s: float) -> int:
    """Stops at work that nobody could take and that nobody has refused: what waits behind it is alike."""
    made = 0
    for work_item_id in work.waiting(tx, kind, SWEEP):
        item = work.take_waiting(tx, work_item_id)
        if item is None:
            continue
        if _offer_to_someone(tx, item, offer_s):
            made += 1
        elif not offers.anyone_free_for(tx, kind):
            break
    return made


def relax_waiting(tx: Tx, offer_s: float) -> int:
    """Go on to the next step of work whose step has expired, and look for an agent who fits it; returns how many. The
    place is kept. Done twice, the second time finds none."""
    relaxed = 0
    while relaxed < SWEEP and (item := work.relaxing(tx)):
        work.relax(tx, item, course_of(item).relaxed(tx.now.timestamp()))
        offer_waiting(tx, item.id, offer_s)
        relaxed += 1
    return relaxed


def correct(tx: Tx, case_id: str, topic: str, priority_class: PriorityClass, terms: Terms) -> None:
    """Somebody has set right what a case is about. Work that waits is planned anew and looked at again; it keeps its
    place but for the difference of the classes. Told twice, the second time changes nothing."""
    item = work.open_work(tx, case_id, lock=True)
    if item is None:
        return
    if item.priority_class != priority_class:
        work.reclassify(tx, item, priority_class)
    if item.topic != topic:
        waits = item.state == WorkState.QUEUED
        work.retopic(tx, item, topic, _planned_anew(item, topic, terms) if waits else None)
    offer_waiting(tx, item.id, terms.offer_s)


def _planned_anew(item: Row, topic: str, terms: Terms) -> Course:
    """Its steps on another topic; who interprets for it still does."""
    course = terms.course(_as_new(item, topic))
    return plans.through_interpreter(course) if item.interpretation in ANSWERED else course


def _as_new(item: Row, topic: str) -> NewWork:
    return NewWork(
        case_id=item.case_id,
        medium=item.medium,
        language=item.language,
        skills=tuple(item.skills.split()),
        channel=item.channel,
        queued_at=item.queued_at,
        priority_class=PriorityClass(item.priority_class),
        topic=topic,
        citizen_id=item.citizen_id,
    )


def course_of(item: Row) -> Course:
    """The steps of a work item."""
    return plans.read(item.plan, item.steps, item.kind, item.queued_at)


def fill_desk(tx: Tx, agent_id: str, offer_s: float) -> int:
    """Offer a free agent as much waiting work as fits; returns how many offers were made."""
    held: list[Row | None] = []
    agents.hold(tx, agent_id, held.append)
    queues = work.queues(tx, agent_id)
    agent = held[0]
    if agent is None or agent.presence != Presence.READY:
        return 0
    return fill(tx, Place(agent_id, agent.sequence, agent.capacity - agent.load), queues, offer_s)


def fill(tx: Tx, place: Place, queues: Queues, offer_s: float) -> int:
    """Offer what waits in these queues to an agent who takes work; returns how many offers were made. The caller holds
    the agent's row, and has the place and the queues as they are now."""
    made, rested = 0, tx.now.timestamp() - DECLINED_REST_S
    while place.room > 0 and (item := work.next_work(tx, place.agent_id, queues, place.room, rested)):
        known_to = item.preferred_agent_id == place.agent_id
        place = _offer(tx, item, place, Why.KNOWS if known_to else Why.NEXT, offer_s)
        made += 1
    return made


def _offer_to_someone(tx: Tx, item: Row, offer_s: float) -> bool:
    found = None if item.held_until is not None else _someone(tx, item)
    if found is None:
        return False
    agent, why = found
    _offer(tx, item, Place(agent.id, agent.sequence, item.cost), why, offer_s)
    return True


def _someone(tx: Tx, item: Row) -> tuple[Row, Why] | None:
    """Whom to ask: who knows the case, else who has what is preferred, else who is longest idle. Where somebody
    interprets, who speaks with the citizen goes before who needs the interpreter."""
    step, rested = course_of(item).now, tx.now.timestamp() - DECLINED_REST_S
    ways = alternatives(step.needs)
    for way in ways if item.preferred_agent_id else ():
        if knows := offers.who_knows(tx, item, way, rested):
            return knows, Why.KNOWS
    for needs, why in (one for way in ways for one in _tries(way, step.preferred)):
        agent = offers.longest_idle(tx, item, needs, rested)
        if agent is not None:
            return agent, why
    return None


def _tries(needs: Sequence[str], preferred: Sequence[str]) -> list[tuple[Sequence[str], Why]]:
    """Whom to look for, one after the other."""
    better = [(sorted({*needs, *preferred}), Why.PREFERRED)] if preferred else []
    return [*better, (needs, Why.IDLE)]


def _offer(tx: Tx, item: Row, place: Place, why: Why, offer_s: float) -> Place:
    """Returns the place as it is with the offer."""
    offer_id, expires_at = new_id(tx.now), tx.now.timestamp() + offer_s
    then = Place(place.agent_id, place.sequence + 1, place.room - item.cost)
    offers.make_offer(tx, offer_id, item, course_of(item).number, place.agent_id, expires_at, why)
    _tell(tx, item, offer_id, place.agent_id, then.sequence, expires_at)
    return then


def _tell(tx: Tx, item: Row, offer_id: str, agent_id: str, sequence: int, expires_at: float) -> None:
    """Show the agent's streams the offer."""
    said = {known.CASE_ID: item.case_id, known.WORK_ITEM_ID: item.id, known.OFFER_ID: offer_id}
    with telemetry.span("offer", attributes=said, parent=item.traceparent):
        made = protos.new_offer(offer_id, item, agent_id, tx.now.timestamp(), expires_at)
        tx.signal(events_pb2.DeskChanged(agent_id=agent_id, sequence=sequence, offer=made), subject=agent_id)


def time_out_offers(tx: Tx, offer_s: float) -> int:
    """End the offers that one agent did not answer in time; returns how many. The work keeps its place and looks for
    somebody else at once. An agent who missed several in a row is paused. Only pending offers end, so a second run
    changes nothing."""
    ended = 0
    agent_id = offers.late_agent(tx)
    while agent_id and (offer := offers.expired(tx, agent_id)):
        end_offer(tx, offer, OfferState.TIMED_OUT, "not answered in time", offer_s)
        ended += 1
    return ended


def end_offer(tx: Tx, offer: Row, state: OfferState, reason: str, offer_s: float) -> None:
    """End a pending offer that was not accepted and put the work back to its place, or leave it with who asked for a
    transfer. The caller holds the agent's row: whoever changes a desk takes the agent first, then offers and
    work, so that none waits for another in a circle."""
    offers.end_offer(tx, offer.id, state, reason)
    sequence, missed = desks.desk_changed(
        tx,
        offer.agent_id,
        ChangeKind.OFFER,
        offer.id,
        state,
        load=-work.cost(tx, offer.work_item_id),
        missed=1 if state is OfferState.TIMED_OUT else 0,
    )
    desk_signal(tx, offer.agent_id, sequence)
    if offer.transfer_id:
        transfer_moves.offer_ended(tx, offer, state)
    else:
        work.set_work(tx, offer.work_item_id, WorkState.QUEUED, None)
    if missed >= MISSED_BEFORE_PAUSE:
        leave(tx, offer.agent_id, Presence.PAUSED, offer_s, MISSED)
    offer_waiting(tx, offer.work_item_id, offer_s)


def leave(
    tx: Tx, agent_id: str, presence: Presence, offer_s: float, reason: str = "", return_at: float | None = None
) -> None:
    """An agent takes no more work, at the longest until ``return_at``; pending offers go back. The caller holds the
    agent's row."""
    agents.set_presence(tx, agent_id, presence, reason, return_at)
    floor_signal(tx)
    for offer in offers.pending_of(tx, agent_id):
        end_offer(tx, offer, OfferState.RESCINDED, f"the agent is {presence}", offer_s)


def return_from_pauses(tx: Tx, offer_s: float) -> int:
    """Agents whose pause is over take work again; returns how many. Done twice, the second time finds none."""
    returned = 0
    while agent_id := agents.returning(tx):
        agents.set_presence(tx, agent_id, Presence.READY)
        floor_signal(tx)
        fill_desk(tx, agent_id, offer_s)
        returned += 1
    return returned


def cancel_work(tx: Tx, case_id: str) -> None:
    """The case is closed: work that nobody took ends, unless the citizen is to be called about something else. Told
    twice, the second time finds none open."""
    item = work.open_work(tx, case_id)
    if item is not None and item.purpose:
        return
    end_waiting(tx, case_id, WorkState.CANCELLED, "the case was closed")


def end_waiting(tx: Tx, case_id: str, state: WorkState, reason: str) -> Row | None:
    """End the open work of a case if nobody took it yet; returns it if somebody did."""
    item = work.open_work(tx, case_id)
    if item is not None and item.agent_id is not None:
        agents.agent(tx, item.agent_id, lock=True)
    item = work.open_work(tx, case_id, lock=True)
    if item is None or item.state in TAKEN:
        return item
    offer = offers.pending_for(tx, item.id)
    if offer:
        offers.end_offer(tx, offer.id, OfferState.CANCELLED, reason)
        sequence, _ = desks.desk_changed(
            tx, offer.agent_id, ChangeKind.OFFER, offer.id, OfferState.CANCELLED, load=-item.cost
        )
        desk_signal(tx, offer.agent_id, sequence)
    work.set_work(tx, item.id, state, None)
    floor_signal(tx)
    return None


def desk_signal(tx: Tx, agent_id: str, sequence: int) -> None:
    """Wake the streams that show the desk."""
    tx.signal(events_pb2.DeskChanged(agent_id=agent_id, sequence=sequence), subject=agent_id)


def floor_signal(tx: Tx) -> None:
    """Wake the streams that show the floor, after a change that no desk shows. Of many in a row one is told."""
    changed = events_pb2.FloorChanged()
    if not tx.signals or tx.signals[-1].key != key_of(type(changed)):
        tx.signal(changed, subject="floor")
