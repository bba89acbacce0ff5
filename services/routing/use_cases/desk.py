"""The desk: an agent comes and goes, takes offers or not, and finishes work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import MappingProxyType

from hub120.routing.v1 import events_pb2

from chassis import telemetry
from chassis.database import Tx
from chassis.errors import NotFound, PreconditionFailed
from chassis.statements import Row
from chassis.telemetry import attributes as known
from services.routing import protos
from services.routing.domain.agents import Agent, ChangeKind, Presence
from services.routing.domain.ladders import NO_LINES, Lines
from services.routing.domain.offers import OfferState
from services.routing.domain.transfers import TransferState
from services.routing.domain.work import TAKEN, WORK_MOVES, NewWork, PriorityClass, WorkState
from services.routing.store import agents, callbacks, conferences, desks, floor, offers, transfers, work
from services.routing.store import merging as merges
from services.routing.store.work import Queues
from services.routing.use_cases import calling_out, merging, talking, transferring
from services.routing.use_cases.desk_reading import known_agent
from services.routing.use_cases.matching import (
    Place,
    Terms,
    desk_signal,
    end_offer,
    end_waiting,
    enqueue,
    fill,
    fill_desk,
    floor_signal,
    leave,
)

USUAL_OFFER_S = 30.0
"""How long an agent has to answer an offer, where settings say nothing else."""


def put_agent(tx: Tx, agent: Agent) -> Row:
    """Create or change an agent's record."""
    agents.put_agent(tx, agent)
    floor_signal(tx)
    return known_agent(tx, agent.id)


def set_presence(
    tx: Tx,
    agent_id: str,
    presence: Presence,
    offer_s: float,
    reason: str = "",
    return_at: float | None = None,
) -> Row:
    """Come or go. Coming fills the desk; leaving gives pending offers back. Said twice, it changes nothing more."""
    agent = known_agent(tx, agent_id, lock=True)
    if presence is not Presence.READY:
        leave(tx, agent_id, presence, offer_s, reason, return_at)
    else:
        if agent.presence != presence:
            agents.set_presence(tx, agent_id, presence)
            floor_signal(tx)
        fill_desk(tx, agent_id, offer_s)
    return known_agent(tx, agent_id)


def accept_offer(tx: Tx, offer_id: str, agent_id: str, offer_s: float = USUAL_OFFER_S, lines: Lines = NO_LINES) -> Row:
    """Take an offer; who calls, or is called back, and the agent are brought together. Repeated, it finds the work
    assigned to the same agent and returns it."""
    item = offers.accept(tx, offer_id, agent_id)
    if item is None:
        return _accepted_otherwise(tx, offer_id, agent_id, offer_s, lines)
    with _goes_on(item, "accept offer", {known.OFFER_ID: offer_id}):
        item = talking.begin(tx, item, lines)
        _show(tx, item, agent_id, item.sequence)
        tx.emit(protos.assigned(item, agent_id), subject=item.case_id)
    return item


@contextmanager
def _goes_on(item: Row, name: str, more: Mapping[str, str] = MappingProxyType({})) -> Iterator[None]:
    """What an agent does with work goes on in the trace of what brought it; the agent's call concerns its case too."""
    said = {known.CASE_ID: item.case_id, known.WORK_ITEM_ID: item.id}
    telemetry.concerns(said)
    with telemetry.continue_from(item.traceparent), telemetry.span(name, attributes={**said, **more}):
        yield


def _accepted_otherwise(tx: Tx, offer_id: str, agent_id: str, offer_s: float, lines: Lines) -> Row:
    """Before, or in a transfer; else the reason why it cannot be any more."""
    known_agent(tx, agent_id, lock=True)
    offer = _own_offer(tx, offer_id, agent_id)
    if offer.transfer_id and offer.state == OfferState.PENDING and offer.expires_at > tx.now.timestamp():
        return talking.begin(tx, transferring.accept(tx, offer, offer_s), lines)
    if offer.state == OfferState.ACCEPTED:
        return _item(tx, offer.work_item_id)
    state = OfferState.TIMED_OUT if offer.state == OfferState.PENDING else offer.state
    raise PreconditionFailed("OFFER_ENDED", f"offer {offer_id} is {state}; wait for the next")


def _show(tx: Tx, item: Row, agent_id: str, sequence: int) -> None:
    """Show the agent's streams where the work item stands now."""
    changed = events_pb2.DeskChanged(agent_id=agent_id, sequence=sequence, work_item=protos.work_item(item))
    tx.signal(changed, subject=agent_id)


def decline_offer(tx: Tx, offer_id: str, agent_id: str, reason: str, offer_s: float) -> None:
    """Say no. The work keeps its place and goes to somebody else; the agent's desk is filled with other work."""
    known_agent(tx, agent_id, lock=True)
    offer = _own_offer(tx, offer_id, agent_id)
    if offer.state == OfferState.ACCEPTED:
        raise PreconditionFailed("OFFER_ENDED", f"offer {offer_id} is accepted; finish its work instead")
    if offer.state == OfferState.PENDING:
        end_offer(tx, offer, OfferState.DECLINED, reason, offer_s)
        fill_desk(tx, agent_id, offer_s)


def start_wrap_up(tx: Tx, work_item_id: str, agent_id: str, offer_s: float = USUAL_OFFER_S) -> Row:
    """The conversation is over. Repeated, it finds the work wrapping."""
    known_agent(tx, agent_id, lock=True)
    item = _own_work(tx, work_item_id, agent_id)
    if item.state != WorkState.WRAPPING:
        transferring.conversation_ended(tx, item, offer_s)
        talking.end_of_case(tx, item.case_id, agent_id)
        _move(tx, item, WorkState.WRAPPING, agent_id)
    return _item(tx, work_item_id)


def end_wrap_ups(tx: Tx, wrap_up_s: float, terms: Terms) -> int:
    """Finish work whose agent has written it up for longer than that; returns how many. The case stays as it is. Done
    twice, the second time finds none."""
    before = tx.now.timestamp() - wrap_up_s
    ended = 0
    while agent_id := work.over_time(tx, before):
        for work_item_id in work.wrapping(tx, agent_id, before):
            finish_work(tx, work_item_id, agent_id, close_case=False, terms=terms)
            ended += 1
    return ended


def call_ended(tx: Tx, case_id: str, offer_s: float = USUAL_OFFER_S) -> bool:
    """The citizen has hung up. A call that nobody took is abandoned, unless they are called back; one that an agent has
    is wrapped up. Work in which the citizen has also written stays as it is. Told twice, the second time changes
    nothing. True if an agent who was asked to take the call is free for what waits."""
    item = work.open_work(tx, case_id)
    if item is not None and item.callback_at is not None and item.state not in TAKEN:
        callbacks.left(tx, item.id)
        return False
    if item is None or item.medium == "text" or item.contact_count > 1:
        return False
    taken = end_waiting(tx, case_id, WorkState.ABANDONED, "the citizen hung up")
    if taken is not None and taken.state == WorkState.ASSIGNED:
        transferring.conversation_ended(tx, taken, offer_s)
        _move(tx, taken, WorkState.WRAPPING, taken.agent_id)
    return taken is None and item.agent_id is not None


def show_news(tx: Tx, work_item_id: str) -> None:
    """Show the agent that the citizen wrote again in the work they have. Done twice, the stream shows it twice."""
    item = _item(tx, work_item_id)
    if item.agent_id is not None:
        known_agent(tx, item.agent_id, lock=True)
        item = _item(tx, work_item_id)
    if item.state in TAKEN:
        for agent_id in (item.agent_id, *_still_there(tx, item)):
            sequence, _ = desks.desk_changed(tx, agent_id, ChangeKind.WORK, item.id, item.state)
            _show(tx, item, agent_id, sequence)


def _still_there(tx: Tx, item: Row) -> list[str]:
    """Who asked for a transfer, was joined by the agent who has the work now, and has not left."""
    transfer = transfers.transfer(tx, item.transfer_id) if item.transfer_id else None
    return [transfer.from_agent_id] if transfer is not None and transfer.state == TransferState.JOINED else []


def finish_work(
    tx: Tx, work_item_id: str, agent_id: str, *, close_case: bool, seen: int = 0, unanswered: bool = False, terms: Terms
) -> Row:  # fmt: skip
    """Done: the agent is free for the next. Repeated, it finds the work done.

    ``seen`` is how many contacts the agent has seen; with more the work is not done. 0 where that is not known: then
    contacts that came after the agent took the work become new work. ``unanswered``: whoever was called did not answer.
    """
    ended = _end(tx, work_item_id, agent_id, seen)
    item = ended.item
    if item is None and _transfer_ended(tx, work_item_id, agent_id, terms.offer_s):
        return finish_work(
            tx, work_item_id, agent_id, close_case=close_case, seen=seen, unanswered=unanswered, terms=terms
        )
    if item is None:
        return _not_finished(tx, work_item_id, agent_id, seen)
    telemetry.concerns({known.CASE_ID: item.case_id, known.WORK_ITEM_ID: item.id})
    _show(tx, item, agent_id, item.sequence)
    unseen = 0 if seen else item.contact_count - item.seen_count
    talking.end(tx, ended.conference, agent_id, waits=bool(unseen))
    _tell_done(tx, item, agent_id, item.seen_sequence if unseen else item.contact_sequence, close_case=close_case)
    calling_out.tell_ended(tx, item, agent_id, unanswered=unanswered)
    if close_case and not unseen:
        floor.note_closed(tx, item.case_id, tx.now.timestamp())
        merging.settle(tx, ended.led, agent_id)
    if unseen:
        enqueue(tx, _rest_of(item, unseen, tx.now.timestamp()), terms)
    rests = transferring.rest(tx, agent_id, item, terms.offer_s)
    if item.presence == Presence.READY and not rests:
        _fill_again(tx, ended, item, agent_id, terms.offer_s, waits=bool(unseen))
    return item


@dataclass(frozen=True, slots=True)
class _Ended:
    """Work that an agent has ended, and what depends on it: asked in one exchange, because the agent waits, and one
    after the other, so that each sees what others did while the first waited for its rows."""

    item: Row | None
    """None if it could not be ended."""
    conference: Row | None
    """Of its case, not over yet."""
    led: Sequence[Row]
    """What was merged with it."""
    queues: Queues


def _end(tx: Tx, work_item_id: str, agent_id: str, seen: int) -> _Ended:
    items: list[Row | None] = []
    talks: list[Row | None] = []
    led: list[Row] = []
    work.finish(tx, work_item_id, agent_id, seen, items.append)
    conferences.open_of_done(tx, work_item_id, talks.append)
    merges.led_by_work(tx, work_item_id, led.extend)
    queues = work.queues(tx, agent_id)
    return _Ended(items[0], talks[0], led, queues)


def _fill_again(tx: Tx, ended: _Ended, item: Row, agent_id: str, offer_s: float, *, waits: bool) -> None:
    """Offer the agent what fits now. ``waits``: so does the rest of what they ended, which they may have been
    offered since."""
    if waits:
        fill_desk(tx, agent_id, offer_s)
    else:
        fill(tx, Place(agent_id, item.sequence, item.room), ended.queues, offer_s)


def _tell_done(tx: Tx, item: Row, agent_id: str, seen_sequence: int, *, close_case: bool) -> None:
    done = events_pb2.WorkDone(
        work_item_id=item.id,
        case_id=item.case_id,
        agent_id=agent_id,
        close_case=close_case,
        contact_sequence=seen_sequence,
    )
    tx.emit(done, subject=item.case_id, traceparent=item.traceparent)


def _transfer_ended(tx: Tx, work_item_id: str, agent_id: str, offer_s: float) -> bool:
    """True if a transfer to an agent stood in the way of finishing, and does no more."""
    item = _own_work(tx, work_item_id, agent_id)
    if not item.transfer_id or item.state not in TAKEN:
        return False
    transferring.conversation_ended(tx, item, offer_s)
    if _item(tx, work_item_id).transfer_id:
        raise PreconditionFailed(
            "TRANSFER_OPEN",
            f"transfer {item.transfer_id} waits for the department, which ends the work; or cancel it, then finish",
        )
    return True


def _rest_of(item: Row, unseen: int, now: float) -> NewWork:
    """What the agent who finished has not seen, as work for the next."""
    return NewWork(
        case_id=item.case_id,
        medium=item.medium,
        language=item.language,
        skills=tuple(item.skills.split()),
        channel=item.channel,
        queued_at=now,
        priority_class=PriorityClass(item.priority_class),
        topic=item.topic,
        citizen_id=item.citizen_id,
        traceparent=item.traceparent,
        contacts=unseen,
        contact_sequence=item.contact_sequence,
    )


def _not_finished(tx: Tx, work_item_id: str, agent_id: str, seen: int) -> Row:
    """The work as it is if it was done before; else why it cannot be done now."""
    item = _own_work(tx, work_item_id, agent_id)
    has_news = seen and item.contact_count > seen
    if item.state in TAKEN and not has_news:
        raise PreconditionFailed(
            "NOT_ACKNOWLEDGED",
            f"nobody has taken over in the conference of case {item.case_id}: stay with the citizen until somebody has",
        )
    if item.state in TAKEN:
        raise PreconditionFailed(
            "WORK_HAS_NEWS",
            f"the citizen wrote again: work item {item.id} has {item.contact_count} contacts, not {seen}; "
            "read the case, then finish with the new count",
        )
    if item.state != WorkState.DONE:
        raise PreconditionFailed("MOVE_NOT_ALLOWED", f"work item {item.id} cannot move from {item.state} to done")
    return item


def _move(tx: Tx, item: Row, state: WorkState, agent_id: str, *, load: int = 0) -> None:
    if state not in WORK_MOVES[WorkState(item.state)]:
        raise PreconditionFailed("MOVE_NOT_ALLOWED", f"work item {item.id} cannot move from {item.state} to {state}")
    work.set_work(tx, item.id, state, agent_id)
    sequence, _ = desks.desk_changed(tx, agent_id, ChangeKind.WORK, item.id, state, load=load)
    desk_signal(tx, agent_id, sequence)


def _own_offer(tx: Tx, offer_id: str, agent_id: str) -> Row:
    offer = offers.offer(tx, offer_id, lock=True)
    if offer is None or offer.agent_id != agent_id:
        raise NotFound("offer", offer_id)
    return offer


def _item(tx: Tx, work_item_id: str) -> Row:
    item = work.work_item(tx, work_item_id)
    if item is None:
        raise NotFound("work item", work_item_id)
    return item


def _own_work(tx: Tx, work_item_id: str, agent_id: str) -> Row:
    item = work.work_item(tx, work_item_id, lock=True)
    if item is None or item.agent_id != agent_id:
        raise NotFound("work item", work_item_id)
    return item
