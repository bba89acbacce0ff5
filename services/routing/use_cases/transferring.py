"""Transfers: an agent asks another for work to be taken over, and has it until somebody does."""

from __future__ import annotations

from hub120.routing.v1 import events_pb2

from chassis.database import Tx
from chassis.errors import Conflict, InvalidArgument, NotFound, PreconditionFailed
from chassis.ids import new_id
from chassis.statements import Row
from services.routing import protos
from services.routing.domain.agents import RECOVERY, ChangeKind, Presence
from services.routing.domain.offers import OfferState, Why
from services.routing.domain.plans import CITIZENS_LANGUAGE
from services.routing.domain.transfers import NewTransfer, Style, TransferState
from services.routing.domain.work import TAKEN, PriorityClass, WorkState
from services.routing.store import agents, conduct, desks, offers, transfers, work
from services.routing.use_cases import talking
from services.routing.use_cases.matching import desk_signal, fill_desk, leave
from services.routing.use_cases.transfer_moves import move, show

SWEEP = 200
"""Transfers a timer looks at in one transaction at most."""


def request(tx: Tx, new: NewTransfer, offer_s: float) -> Row:
    """Ask for work to be taken over. A repeated request finds what it asked for."""
    before = transfers.by_request(tx, new.work_item_id, new.request_id)
    if before is not None and before.from_agent_id == new.agent_id:
        return before
    _hold(tx, new.to_agent_id, new.agent_id)
    item = _transferable(tx, new)
    transfer_id = new_id(tx.now)
    transfers.add(tx, transfer_id, new, item, _needs(new, item), item.traceparent)
    work.set_transfer(tx, item.id, transfer_id)
    row = _transfer(tx, transfer_id)
    show(tx, new.agent_id, row, TransferState.REQUESTED)
    _say_requested(tx, row, new, item)
    if not new.department:
        _ask(tx, row, item, offer_s)
    return _transfer(tx, transfer_id)


def _transferable(tx: Tx, new: NewTransfer) -> Row:
    item = work.work_item(tx, new.work_item_id, lock=True)
    if item is None or item.agent_id != new.agent_id:
        raise NotFound("work item", new.work_item_id)
    if item.transfer_id:
        raise PreconditionFailed("TRANSFER_OPEN", f"transfer {item.transfer_id} is under way; cancel it first")
    if item.state not in (TAKEN if new.department else {WorkState.ASSIGNED}):
        raise PreconditionFailed("MOVE_NOT_ALLOWED", f"work item {item.id} is {item.state}; it is transferred no more")
    if new.to_agent_id == new.agent_id:
        raise InvalidArgument([("agent_id", "is you")])
    return item


def _needs(new: NewTransfer, item: Row) -> list[str]:
    spoken = f"language:{CITIZENS_LANGUAGE}"
    return sorted({need.replace(spoken, f"language:{item.language}", 1) for need in new.needs})


def _say_requested(tx: Tx, row: Row, new: NewTransfer, item: Row) -> None:
    asked = events_pb2.TransferRequested(
        transfer_id=row.id,
        work_item_id=item.id,
        case_id=item.case_id,
        from_agent_id=new.agent_id,
        style=protos.STYLES[new.style],
    )
    tx.emit(asked, subject=item.case_id, traceparent=item.traceparent)
    if new.department:
        wanted = events_pb2.HandoverWanted(
            transfer_id=row.id,
            case_id=item.case_id,
            department=new.department,
            agent_id=new.agent_id,
            note_id=new.note_id,
            citizen_agreed=new.citizen_agreed,
            urgent=item.priority_class in {PriorityClass.LIFE_SAFETY, PriorityClass.SAFETY},
        )
        tx.emit(wanted, subject=item.case_id, traceparent=item.traceparent)


def ask_waiting(tx: Tx, offer_s: float) -> int:
    """Ask whoever can be asked now about transfers that wait, and give those up that have waited for too long; returns
    how many moved. Done twice, the second time finds none."""
    moved = 0
    for seen in transfers.waiting(tx, SWEEP):
        item = work.work_item(tx, seen.work_item_id)
        if item is None:
            continue
        if seen.expires_at <= tx.now.timestamp():
            row = _held(tx, seen)
            if row.state == TransferState.REQUESTED:
                move(tx, row, TransferState.EXPIRED)
                moved += 1
        else:
            moved += _ask(tx, seen, item, offer_s)
    return moved


def _ask(tx: Tx, seen: Row, item: Row, offer_s: float) -> int:
    """Ask one agent; 0 if there is nobody, or the transfer moved meanwhile."""
    agent_id = offers.receiver(tx, item, seen)
    if agent_id is None:
        return 0
    agents.agent(tx, seen.from_agent_id, lock=True)
    row = transfers.held_transfer(tx, seen.id)
    if row.state != TransferState.REQUESTED:
        return 0
    offer_id, expires_at = new_id(tx.now), tx.now.timestamp() + offer_s
    why = Why.DIRECT if row.named_agent_id else Why.IDLE
    sequence = offers.ask_receiver(tx, offer_id, item, row, agent_id, expires_at, why)
    desk_signal(tx, agent_id, sequence)
    move(tx, row, TransferState.OFFERED, agent_id)
    return 1


def accept(tx: Tx, offer: Row, offer_s: float) -> Row:
    """The receiver takes the work: now it is theirs, and the first agent may leave, or has left. The caller holds the
    receiver's row and the offer, which is pending."""
    row = _held(tx, _transfer(tx, offer.transfer_id))
    offers.end_offer(tx, offer.id, OfferState.ACCEPTED)
    item = _give(tx, row, offer.agent_id, missed=-1)
    if row.style == Style.WARM:
        joined = move(tx, row, TransferState.JOINED, offer.agent_id, accepts=True)
        tx.emit(events_pb2.TransferJoined(**_between(joined)), subject=row.case_id, traceparent=row.traceparent)
    else:
        _first_leaves(tx, row, item, offer_s, accepts=True)
    return item


def _give(tx: Tx, row: Row, agent_id: str, *, missed: int = 0) -> Row:
    item = work.give_to(tx, row.work_item_id, agent_id)
    talking.give_to(tx, item.case_id, agent_id)
    sequence, _ = desks.desk_changed(tx, agent_id, ChangeKind.WORK, item.id, WorkState.ASSIGNED, missed=missed)
    desk_signal(tx, agent_id, sequence)
    assigned = protos.assigned(item, agent_id)
    tx.emit(assigned, subject=item.case_id, traceparent=item.traceparent)
    return item


def _between(row: Row) -> dict[str, str]:
    return {
        "transfer_id": row.id,
        "work_item_id": row.work_item_id,
        "case_id": row.case_id,
        "from_agent_id": row.from_agent_id,
        "to_agent_id": row.to_agent_id,
    }


def _first_leaves(tx: Tx, row: Row, item: Row, offer_s: float, *, accepts: bool = False) -> Row:
    """The first agent has the work no more, and is free for the next, or rests if there was abuse in it."""
    left = move(tx, row, TransferState.COMPLETED, row.to_agent_id or item.agent_id, load=-item.cost, accepts=accepts)
    offers.left(tx, item.id, row.from_agent_id)
    talking.leave(tx, item.case_id, row.from_agent_id)
    tx.emit(events_pb2.TransferCompleted(**_between(left)), subject=row.case_id, traceparent=row.traceparent)
    rest(tx, row.from_agent_id, item, offer_s)
    fill_desk(tx, row.from_agent_id, offer_s)
    return left


def rest(tx: Tx, agent_id: str, item: Row, offer_s: float) -> bool:
    """Let an agent rest who has reported abuse in work that is done for them, and would take more; who is away already
    stays so. The caller holds the agent's row."""
    recover_s = conduct.recovery(tx, item.id, agent_id) if item.recover_s else 0
    agent = agents.agent(tx, agent_id) if recover_s else None
    if agent is None:
        return False
    until = tx.now.timestamp() + recover_s
    rests = agent.presence == Presence.PAUSED and agent.presence_reason == RECOVERY
    if agent.presence != Presence.READY and not (rests and agent.return_at < until):
        return False
    leave(tx, agent_id, Presence.PAUSED, offer_s, RECOVERY, until)
    return True


def complete(tx: Tx, transfer_id: str, agent_id: str, offer_s: float) -> Row:
    """The first agent leaves. Repeated, it finds the transfer completed."""
    row = _held(tx, _own(tx, transfer_id, agent_id))
    if row.state == TransferState.COMPLETED and row.from_agent_id == agent_id:
        return row
    if row.state != TransferState.JOINED or row.from_agent_id != agent_id:
        raise PreconditionFailed("NOT_JOINED", f"transfer {row.id} is {row.state}; nobody has joined you in it")
    return _completed(tx, row, offer_s)


def _completed(tx: Tx, row: Row, offer_s: float) -> Row:
    left = _first_leaves(tx, row, _item(tx, row.work_item_id), offer_s)
    show(tx, left.to_agent_id, left, TransferState.COMPLETED)
    return left


def cancel(tx: Tx, transfer_id: str, agent_id: str, offer_s: float) -> Row:
    """Take a transfer back; if the receiver has joined, the work goes back to the first agent. Repeated, it finds the
    transfer cancelled."""
    row = _held(tx, _own(tx, transfer_id, agent_id))
    if row.state == TransferState.CANCELLED:
        return row
    if row.state == TransferState.JOINED:
        return _given_back(tx, row, offer_s)
    if row.from_agent_id != agent_id:
        raise NotFound("transfer", transfer_id)
    return _cancelled(tx, row, offer_s)


def _cancelled(tx: Tx, row: Row, offer_s: float) -> Row:
    moved = move(tx, row, TransferState.CANCELLED, row.to_agent_id)
    offer = offers.pending_for(tx, row.work_item_id)
    if offer is not None:
        offers.end_offer(tx, offer.id, OfferState.CANCELLED)
        cost = -work.cost(tx, row.work_item_id)
        sequence, _ = desks.desk_changed(
            tx, offer.agent_id, ChangeKind.OFFER, offer.id, OfferState.CANCELLED, load=cost
        )
        desk_signal(tx, offer.agent_id, sequence)
        fill_desk(tx, offer.agent_id, offer_s)
    return moved


def _given_back(tx: Tx, row: Row, offer_s: float) -> Row:
    """The receiver steps back, for example because their line broke: the first agent is still there and goes on."""
    moved = move(tx, row, TransferState.CANCELLED, row.to_agent_id)
    item = _give(tx, row, row.from_agent_id)
    offers.left(tx, item.id, row.to_agent_id)
    talking.leave(tx, item.case_id, row.to_agent_id)
    show(tx, row.to_agent_id, row, TransferState.CANCELLED, load=-item.cost)
    fill_desk(tx, row.to_agent_id, offer_s)
    return moved


def conversation_ended(tx: Tx, item: Row, offer_s: float) -> None:
    """There is nobody to be transferred any more: who was asked is asked no longer, and where the receiver has joined
    the first agent leaves. What a department was asked goes on."""
    seen = transfers.transfer(tx, item.transfer_id) if item.transfer_id else None
    if seen is None or seen.department:
        return
    row = _held(tx, seen)
    if row.state == TransferState.JOINED:
        _completed(tx, row, offer_s)
    elif row.ended_at is None:
        _cancelled(tx, row, offer_s)


def list_transfers(tx: Tx, work_item_id: str) -> list[tuple[Row, str]]:
    """Every transfer of a work item with its note."""
    return [(row, transfers.note(tx, row)) for row in transfers.of_work(tx, work_item_id)]


def _own(tx: Tx, transfer_id: str, agent_id: str) -> Row:
    row = transfers.transfer(tx, transfer_id)
    if row is None or agent_id not in {row.from_agent_id, row.to_agent_id}:
        raise NotFound("transfer", transfer_id)
    return row


def _transfer(tx: Tx, transfer_id: str) -> Row:
    row = transfers.transfer(tx, transfer_id)
    if row is None:
        raise NotFound("transfer", transfer_id)
    return row


def _item(tx: Tx, work_item_id: str) -> Row:
    item = work.work_item(tx, work_item_id, lock=True)
    if item is None:
        raise NotFound("work item", work_item_id)
    return item


def _held(tx: Tx, seen: Row) -> Row:
    """The transfer with both agents' rows, held in the order that all keep."""
    _hold(tx, seen.to_agent_id, seen.from_agent_id)
    row = transfers.held_transfer(tx, seen.id)
    if row.to_agent_id != seen.to_agent_id:
        raise Conflict(f"somebody else was asked about transfer {seen.id} just now; look again")
    return row


def _hold(tx: Tx, receiver: str, first: str) -> None:
    for agent_id in (receiver, first):
        if agent_id and agents.agent(tx, agent_id, lock=True) is None:
            raise NotFound("agent", agent_id)
