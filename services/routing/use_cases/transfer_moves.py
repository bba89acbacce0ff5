"""A transfer moves, and the desks between which it is see so. Who moves one holds the receiver's row, then that of the
first agent, then the transfer's: so none waits for another in a circle."""

from __future__ import annotations

from hub120.routing.v1 import events_pb2

from chassis.database import Tx
from chassis.errors import PreconditionFailed
from chassis.statements import Row
from services.routing.domain.agents import ChangeKind
from services.routing.domain.offers import OfferState
from services.routing.domain.transfers import TRANSFER_ENDED, TRANSFER_MOVES, TransferState
from services.routing.store import agents, desks, transfers, work


def move(
    tx: Tx,
    row: Row,
    state: TransferState,
    to_agent_id: str = "",
    *,
    load: int = 0,
    accepts: bool = False,
) -> Row:
    """Move a transfer, and count with it what the first agent's load changes by. Raises ``PreconditionFailed``."""
    if state not in TRANSFER_MOVES[TransferState(row.state)]:
        raise PreconditionFailed("MOVE_NOT_ALLOWED", f"transfer {row.id} cannot move from {row.state} to {state}")
    moved = transfers.move(tx, row, state, to_agent_id, accepts=accepts)
    if state in TRANSFER_ENDED:
        work.set_transfer(tx, row.work_item_id, None)
    show(tx, row.from_agent_id, row, state, load=load)
    return moved


def show(tx: Tx, agent_id: str, row: Row, state: TransferState, *, load: int = 0) -> None:
    """A desk sees where a transfer stands now. What the agents tell each other does not travel with the signal: the
    stream reads it."""
    sequence, _ = desks.desk_changed(tx, agent_id, ChangeKind.TRANSFER, row.id, state, load=load)
    tx.signal(events_pb2.DeskChanged(agent_id=agent_id, sequence=sequence), subject=agent_id)


def offer_ended(tx: Tx, offer: Row, state: OfferState) -> None:
    """The receiver's offer ended without acceptance; the first agent has had the work all the time. Who was named is
    not asked again; where whoever fits is looked for, the next one is, within a second."""
    seen = transfers.transfer(tx, offer.transfer_id)
    agents.agent(tx, seen.from_agent_id if seen else "", lock=True)
    row = transfers.held_transfer(tx, offer.transfer_id)
    if not row.named_agent_id:
        move(tx, row, TransferState.REQUESTED)
    elif state is OfferState.TIMED_OUT:
        move(tx, row, TransferState.EXPIRED, row.to_agent_id)
    else:
        move(tx, row, TransferState.DECLINED, row.to_agent_id)
