"""Departments that take work over: what they say of a handover moves its transfer, and ends the work once they have
it."""

from __future__ import annotations

from hub120.routing.v1 import events_pb2

from chassis.database import Tx
from chassis.statements import Row
from services.routing.domain.transfers import TRANSFER_MOVES, Style, TransferState, said_by_department
from services.routing.domain.work import TAKEN
from services.routing.store import agents, transfers, work
from services.routing.use_cases import desk, talking
from services.routing.use_cases.matching import Terms
from services.routing.use_cases.transfer_moves import move


def handover_changed(tx: Tx, handover_id: str, state: str, terms: Terms) -> None:
    """A handover stands elsewhere. One that no transfer asked for, and what comes late or twice, changes nothing: no
    allowed move leads there."""
    seen = transfers.transfer(tx, handover_id)
    if seen is None or not seen.department:
        return
    agents.agent(tx, seen.from_agent_id, lock=True)
    row = transfers.held_transfer(tx, handover_id)
    reached = said_by_department(state, Style(row.style))
    if reached is None or reached not in TRANSFER_MOVES[TransferState(row.state)]:
        return
    moved = move(tx, row, reached)
    if reached is TransferState.COMPLETED:
        _done(tx, moved, terms)


def _done(tx: Tx, row: Row, terms: Terms) -> None:
    """The case waits for the department now; its agent is free, once they have done talking with the citizen: then they
    finish the work themselves."""
    completed = events_pb2.TransferCompleted(
        transfer_id=row.id,
        work_item_id=row.work_item_id,
        case_id=row.case_id,
        from_agent_id=row.from_agent_id,
        department=row.department,
    )
    tx.emit(completed, subject=row.case_id, traceparent=row.traceparent)
    item = work.work_item(tx, row.work_item_id)
    if item is not None and item.state in TAKEN and not talking.goes_on(tx, item):
        desk.finish_work(tx, item.id, row.from_agent_id, close_case=False, terms=terms)
