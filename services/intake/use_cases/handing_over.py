"""Handing over: a case goes to a department, and what the department says of it becomes entries of the case.

A handover is ``sending`` while the department's connector is asked. If the hub dies in that moment nobody knows whether
the department has it: those that recognise a repeat are asked again, for the others it becomes ``unknown`` and a person
decides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hub120.intake.v1 import case_pb2, events_pb2

from chassis import telemetry
from chassis.connectors.queues import reply_queue
from chassis.crypto import mask_resident_numbers
from chassis.database import Tx
from chassis.errors import InvalidArgument, NotFound, PreconditionFailed
from chassis.ids import new_id
from chassis.statements import Row
from chassis.telemetry.attributes import CASE_ID
from services.intake.domain.cases import CaseState, EntryKind
from services.intake.domain.contacts import Details
from services.intake.domain.handovers import HANDOVER_MOVES, HandoverState, NewHandover
from services.intake.store import cases, contacts, handovers
from services.intake.use_cases.casework import Reader, audit
from services.intake.use_cases.entries import changed

STOPPED = "stopped before it left"
_STATES = {state: getattr(case_pb2, f"HANDOVER_STATE_{state.name}") for state in HandoverState}


@dataclass(frozen=True, slots=True)
class Opened:
    """A handover with what is sealed in it."""

    row: Row
    told: Mapping[str, Any]
    ticket_id: str
    note: str
    failure: str


@dataclass(frozen=True, slots=True)
class Leaving:
    """A handover on its way to the department's connector."""

    id: str
    department: str
    case_number: str
    told: Mapping[str, Any]
    requested_at: float
    language: str
    citizen: tuple[str, str, str] | None
    """Kind, address and name, if the citizen agreed to be named."""
    files: Sequence[tuple[str, str, str]]
    """Blob key, media type and name of each attachment."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a department says of a handover."""

    state: HandoverState
    ticket_id: str = ""
    handover_id: str = ""
    update_id: str = ""
    note: str = ""
    expected_at: float | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a report."""

    known: bool
    duplicate: bool = False
    allowed: bool = True


def hand_over(tx: Tx, new: NewHandover, reader: Reader, handover_id: str = "", *, closed_too: bool = False) -> Opened:
    """Queue a handover, under the id that whoever asks for it has chosen, if they have. A repeated request finds the
    one it queued. A closed case is handed over only if ``closed_too``."""
    case = cases.case(tx, new.case_id, lock=True)
    if case is None:
        raise NotFound("case", new.case_id)
    if case.state == CaseState.CLOSED and not closed_too:
        raise PreconditionFailed("CASE_CLOSED", f"case {case.id} is closed; the citizen's next message opens another")
    if len(handovers.stored_attachments(tx, case.id, new.attachment_ids)) != len(set(new.attachment_ids)):
        raise InvalidArgument([("attachment_ids", "names attachments that are not of the case, or not stored")])
    if handover_id and (known := handovers.handover(tx, handover_id)) and known.case_id != case.id:
        raise InvalidArgument([("handover_id", "is that of a handover of another case")])
    handover_id = handover_id or new_id(tx.now)
    with telemetry.span("hand over case", attributes={CASE_ID: case.id}):
        trace = telemetry.traceparent()
        if handovers.add_handover(tx, handover_id, new, _told(tx, new), trace):
            row = handovers.handover_by_request(tx, case.id, new.request_id)
            _entry(tx, row, HandoverState.QUEUED, agent_id=new.agent_id, traceparent=trace)
            _ask(tx, new.department, handover_id, case.id, trace)
            if new.citizen_agreed or new.attachment_ids:
                audit(tx, reader, citizen_id=case.citizen_id, case_id=case.id)
    return opened(tx, handovers.handover_by_request(tx, case.id, new.request_id))


def _told(tx: Tx, new: NewHandover) -> dict[str, Any]:
    place = new.place or (None if new.own_words else _place(tx, new.case_id))
    told: dict[str, Any] = {
        "title": _masked(new.title),
        "text": _masked(new.text),
        "topic": _masked(new.topic),
        "urgent": new.urgent,
        "fields": {_masked(name): _masked(value) for name, value in new.fields.items()},
    }
    if place is not None:
        point = {"latitude": place.latitude, "longitude": place.longitude}
        told["place"] = {"address": _masked(place.address), **point}
    return told


def _masked(text: str) -> str:
    return mask_resident_numbers(text)[0]


def _place(tx: Tx, case_id: str) -> Details | None:
    """The place told last in the case."""
    told = (contacts.details(kept) for kept in handovers.newest_details(tx, case_id))
    return next((details for details in told if details.address or details.latitude is not None), None)


def _ask(tx: Tx, department: str, handover_id: str, case_id: str, trace: str) -> None:
    body = events_pb2.SubmitHandover(handover_id=handover_id, department=department)
    tx.ask(reply_queue(department), body, subject=case_id, traceparent=trace)


def opened(tx: Tx, row: Row) -> Opened:
    """A handover with what is sealed in it opened."""
    ticket_id, note, failure = (tx.opened("handover", row, column) for column in ("ticket_id", "note", "failure"))
    return Opened(row, handovers.told(tx, row), ticket_id, note, failure)


def begin_submitting(tx: Tx, handover_id: str, *, repeatable: bool) -> Leaving | None:
    """The handover for the connector, now ``sending``; None if there is nothing (more) to send."""
    row = handovers.handover(tx, handover_id)
    if row is None or row.state not in {HandoverState.QUEUED, HandoverState.SENDING}:
        return None
    if row.state == HandoverState.SENDING and (row.stopped_at is not None or not repeatable):
        _move(tx, row, HandoverState.UNKNOWN, failure="the hub stopped while it was being handed over")
        return None
    handovers.move(tx, row.id, HandoverState.SENDING)
    return _leaving(tx, row)


def _leaving(tx: Tx, row: Row) -> Leaving:
    about = handovers.citizen(tx, row.case_id)
    named = (about.kind, tx.opened("identity", about, "address"), tx.opened("identity", about, "display_name"))
    files = handovers.stored_attachments(tx, row.case_id, row.attachment_ids.split())
    return Leaving(
        id=row.id,
        department=row.department,
        case_number=about.number,
        told=handovers.told(tx, row),
        requested_at=row.created_at,
        language=about.language or "ko",
        citizen=named if row.names_citizen else None,
        files=[(file.blob_key, file.media_type, tx.opened("attachment", file, "filename")) for file in files],
    )


def postpone(tx: Tx, handover_id: str) -> None:
    """The department surely did not take it: the next attempt starts afresh."""
    row = handovers.handover(tx, handover_id)
    if row is None or row.state != HandoverState.SENDING:
        return
    handovers.move(tx, row.id, HandoverState.QUEUED)
    if row.stopped_at is not None:
        _move(tx, row._replace(state=HandoverState.QUEUED), HandoverState.FAILED, failure=STOPPED)


def stop(tx: Tx, handover_id: str) -> bool | None:
    """It must not leave any more; False if it has left or is just leaving, and then no further attempt is made. None if
    there is none. Stopped twice, it is stopped."""
    row = handovers.handover(tx, handover_id)
    if row is None:
        return None
    handovers.stop(tx, row.id)
    if row.state == HandoverState.QUEUED:
        _move(tx, row, HandoverState.FAILED, failure=STOPPED)
    return row.state in {HandoverState.QUEUED, HandoverState.FAILED}


def give_up(tx: Tx, handover_id: str, state: HandoverState, failure: str) -> None:
    """It failed, or nobody knows."""
    row = handovers.handover(tx, handover_id)
    if row is not None:
        _move(tx, row, state, failure=failure)


def take_report(tx: Tx, department: str, report: Report) -> Taken:
    """Store what a department says. Reports come twice and out of order: one with a known ``update_id``, and one that
    no allowed move leads to, changes nothing."""
    row = handovers.handover(tx, report.handover_id) if report.handover_id else None
    if row is None or row.department != department:
        row = handovers.handover_by_ticket(tx, department, report.ticket_id) if report.ticket_id else None
    if row is None:
        return Taken(known=False)
    if report.update_id and not handovers.claim_update(tx, department, report.update_id, row.id):
        return Taken(known=True, duplicate=True)
    return Taken(known=True, allowed=_reported(tx, row, report))


def _reported(tx: Tx, row: Row, report: Report) -> bool:
    told = {"ticket_id": report.ticket_id, "note": report.note, "expected_at": report.expected_at}
    if report.state in HANDOVER_MOVES[HandoverState(row.state)]:
        _move(tx, row, report.state, **told)
        return True
    if report.state != row.state:
        return False
    news = (
        (report.note and report.note != tx.opened("handover", row, "note")),
        (report.ticket_id and report.ticket_id != tx.opened("handover", row, "ticket_id")),
        report.expected_at is not None and report.expected_at != row.expected_at,
    )
    if any(news):
        _move(tx, row, report.state, **told)
    else:
        handovers.looked(tx, row.id)
    return True


def resolve(tx: Tx, handover_id: str, reader: Reader, *, send_again: bool) -> Opened:
    """A person decides about a handover whose fate is unknown."""
    row = handovers.handover(tx, handover_id)
    if row is None:
        raise NotFound("handover", handover_id)
    if row.state != HandoverState.UNKNOWN:
        raise PreconditionFailed(
            "HANDOVER_NOT_UNKNOWN", f"handover {row.id} is {row.state}; only unknown ones need you"
        )
    if send_again and row.stopped_at is not None:
        raise PreconditionFailed("HANDOVER_STOPPED", f"handover {row.id} must not leave any more; give it up")
    if send_again:
        _move(tx, row, HandoverState.QUEUED)
        _ask(tx, row.department, row.id, row.case_id, row.traceparent)
    else:
        _move(tx, row, HandoverState.FAILED, failure=f"given up by {reader.subject}")
    case = cases.case(tx, row.case_id)
    audit(tx, reader, citizen_id=case.citizen_id if case else "", case_id=row.case_id)
    return opened(tx, handovers.handover(tx, handover_id))


def _move(tx: Tx, row: Row, state: HandoverState, **told: Any) -> None:
    if state != row.state and state not in HANDOVER_MOVES[HandoverState(row.state)]:
        return
    handovers.move(tx, row.id, state, **told)
    _entry(tx, row, state, traceparent=row.traceparent)


def _entry(tx: Tx, row: Row, state: HandoverState, *, agent_id: str | None = None, traceparent: str) -> None:
    """Tell those who watch the case, and the other services."""
    sequence = cases.add_entry(tx, row.case_id, EntryKind.HANDOVER, row.id, becomes=state, agent_id=agent_id)
    changed(tx, row.case_id, sequence)
    event = events_pb2.HandoverChanged(
        handover_id=row.id,
        case_id=row.case_id,
        department=row.department,
        state=_STATES[state],
        conference_id=row.conference_id,
    )
    tx.emit(event, subject=row.case_id, traceparent=traceparent)
