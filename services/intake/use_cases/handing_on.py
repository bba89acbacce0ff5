"""Handing on: an agent transfers work to a department, and routing says so with ids alone. What the department is told
is the agent's note in the case, or what the citizen wrote; it never travels between the services."""

from __future__ import annotations

from dataclasses import dataclass

from hub120.intake.v1 import case_pb2, events_pb2

from chassis.database import Tx
from chassis.errors import InvalidArgument, NotFound, PreconditionFailed
from services.intake.domain.handovers import NewHandover
from services.intake.domain.replies import MAX_TEXT
from services.intake.store import cases, contacts, handovers
from services.intake.use_cases.casework import Reader
from services.intake.use_cases.handing_over import hand_over

_NOT_POSSIBLE = (InvalidArgument, NotFound, PreconditionFailed)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What routing asks for."""

    transfer_id: str
    case_id: str
    department: str
    agent_id: str
    note_id: str = ""
    citizen_agreed: bool = False
    urgent: bool = False


def hand_on(tx: Tx, wanted: Wanted, *, is_known: bool) -> None:
    """Hand the case over under the transfer's id; asked for again, it finds that done. ``is_known``: there is such a
    department. Where it cannot be, routing is told that it failed, so that the agent goes on with the work."""
    try:
        if not is_known:
            raise NotFound("department", wanted.department)
        hand_over(tx, _new(tx, wanted), Reader(wanted.agent_id, "RequestTransfer", "이관"), wanted.transfer_id)
    except _NOT_POSSIBLE:
        failed = events_pb2.HandoverChanged(
            handover_id=wanted.transfer_id,
            case_id=wanted.case_id,
            department=wanted.department,
            state=case_pb2.HANDOVER_STATE_FAILED,
        )
        tx.emit(failed, subject=wanted.case_id)


def _new(tx: Tx, wanted: Wanted) -> NewHandover:
    case = cases.case(tx, wanted.case_id)
    if case is None:
        raise NotFound("case", wanted.case_id)
    text = _text(tx, wanted)
    if not text.strip():
        raise PreconditionFailed("NOTHING_TO_TELL", f"case {case.id} has no words for the department; write a note")
    told = (contacts.details(kept) for kept in handovers.newest_details(tx, case.id))
    topic = next((details.topic for details in told if details.topic), "")
    return NewHandover(
        case_id=case.id,
        department=wanted.department,
        agent_id=wanted.agent_id,
        request_id=wanted.transfer_id,
        title=topic or case.number,
        text=text,
        topic=topic,
        citizen_agreed=wanted.citizen_agreed,
        urgent=wanted.urgent,
    )


def _text(tx: Tx, wanted: Wanted) -> str:
    if not wanted.note_id:
        return "\n".join(handovers.words(tx, wanted.case_id))[:MAX_TEXT]
    found = handovers.note(tx, wanted.case_id, wanted.note_id)
    if found is None:
        raise NotFound("note", wanted.note_id)
    return found
