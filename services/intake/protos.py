"""Intake's values as the contract writes them; used by ``grpc_api`` alone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from hub120.intake.v1 import case_pb2, intake_service_pb2

from chassis.clock import moment
from chassis.statements import Row
from services.intake.domain.calls import CallEnd, CallState
from services.intake.domain.cases import CaseState, EntryKind
from services.intake.domain.contacts import AttachmentState, Details
from services.intake.domain.handovers import HandoverState
from services.intake.domain.replies import ReplyState
from services.intake.store import contacts
from services.intake.use_cases.casework import Told
from services.intake.use_cases.citizenship import Person
from services.intake.use_cases.handing_over import Opened

CASE_STATES = {
    CaseState.OPEN: case_pb2.CASE_STATE_OPEN,
    CaseState.IN_PROGRESS: case_pb2.CASE_STATE_IN_PROGRESS,
    CaseState.PENDING: case_pb2.CASE_STATE_PENDING,
    CaseState.CLOSED: case_pb2.CASE_STATE_CLOSED,
}
REPLY_STATES = {
    ReplyState.QUEUED: case_pb2.REPLY_STATE_QUEUED,
    ReplyState.SENDING: case_pb2.REPLY_STATE_SENDING,
    ReplyState.PARKED: case_pb2.REPLY_STATE_PARKED,
    ReplyState.SENT: case_pb2.REPLY_STATE_SENT,
    ReplyState.DELIVERED: case_pb2.REPLY_STATE_DELIVERED,
    ReplyState.READ: case_pb2.REPLY_STATE_READ,
    ReplyState.FAILED: case_pb2.REPLY_STATE_FAILED,
    ReplyState.UNKNOWN: case_pb2.REPLY_STATE_UNKNOWN,
}
HANDOVER_STATES = {state: getattr(case_pb2, f"HANDOVER_STATE_{state.name}") for state in HandoverState}
CALL_STATES = {state: getattr(case_pb2, f"CALL_STATE_{state.name}") for state in CallState}
CALL_ENDS = {reason: getattr(case_pb2, f"CALL_END_REASON_{reason.name}") for reason in CallEnd}
ATTACHMENT_STATES = {
    AttachmentState.PENDING: case_pb2.ATTACHMENT_STATE_PENDING,
    AttachmentState.STORED: case_pb2.ATTACHMENT_STATE_STORED,
    AttachmentState.REFUSED: case_pb2.ATTACHMENT_STATE_REFUSED,
}
MEDIA = {"text": case_pb2.MEDIUM_TEXT, "voice": case_pb2.MEDIUM_VOICE, "video": case_pb2.MEDIUM_VIDEO}


def case(row: Row) -> case_pb2.Case:
    """A case."""
    return case_pb2.Case(
        id=row.id,
        number=row.number,
        citizen_id=row.citizen_id,
        state=CASE_STATES[CaseState(row.state)],
        channel=row.channel,
        language=row.language,
        agent_id=row.agent_id or "",
        open_time=moment(row.opened_at),
        update_time=moment(row.updated_at),
        sequence=row.sequence,
        topic=row.topic,
        priority_class=row.priority,
    )


_FAILED = {ReplyState.FAILED, ReplyState.UNKNOWN, ReplyState.PARKED}


def attachment(row: Row, filename: str, failure: str, state: str = "") -> case_pb2.Attachment:
    """An attachment; ``state`` is that of the entry it is told with."""
    state = state or row.state
    return case_pb2.Attachment(
        id=row.id,
        contact_id=row.contact_id,
        state=ATTACHMENT_STATES[AttachmentState(state)],
        media_type=row.media_type,
        size=row.size,
        filename=filename,
        failure=failure if state == AttachmentState.REFUSED else "",
    )


def reply(
    row: Row,
    text: str,
    failure: str,
    state: str = "",
    files: Iterable[tuple[Row, str]] = (),
    original: str = "",
) -> case_pb2.Reply:
    """A reply; ``state`` is that of the entry it is told with, each of ``files`` comes with its name."""
    state = state or row.state
    return case_pb2.Reply(
        id=row.id,
        agent_id=row.agent_id,
        text=text,
        state=REPLY_STATES[ReplyState(state)],
        failure=failure if state in _FAILED else "",
        files=[reply_file(file, name) for file, name in files],
        original_text=original,
        machine_translated=bool(row.by_machine),
    )


def reply_file(row: Row, filename: str) -> case_pb2.ReplyFile:
    """A file that goes along with a reply."""
    return case_pb2.ReplyFile(id=row.id, filename=filename, media_type=row.media_type, size=row.size)


_LOST = {HandoverState.FAILED, HandoverState.UNKNOWN}


def handover(opened: Opened, state: str = "") -> case_pb2.Handover:
    """A handover; ``state`` is that of the entry it is told with."""
    row, state = opened.row, state or opened.row.state
    return case_pb2.Handover(
        id=row.id,
        department=row.department,
        agent_id=row.agent_id,
        title=opened.told["title"],
        text=opened.told["text"],
        state=HANDOVER_STATES[HandoverState(state)],
        ticket_id=opened.ticket_id,
        note=opened.note,
        expect_time=moment(row.expected_at) if row.expected_at is not None else None,
        failure=opened.failure if state in _LOST else "",
        names_citizen=bool(row.names_citizen),
    )


def _opened(row: Row, texts: Mapping[str, str]) -> Opened:
    return Opened(row, json.loads(texts["told"]), texts["ticket_id"], texts["note"], texts["failure"])


def call(row: Row, leg_id: str, state: str) -> case_pb2.Call:
    """A leg as it stood at the entry it is told with; when it was answered comes along as far as it is known."""
    over = state == CallState.ENDED
    return case_pb2.Call(
        id=row.id,
        contact_id=row.contact_id,
        channel=row.connector,
        leg_id=leg_id,
        state=CALL_STATES[CallState(state)],
        end_reason=CALL_ENDS[CallEnd(row.end_reason)] if over and row.end_reason else None,
        start_time=moment(row.started_at),
        answer_time=moment(row.answered_at) if row.answered_at is not None else None,
        end_time=moment(row.ended_at) if over and row.ended_at is not None else None,
    )


def correction(row: Row) -> case_pb2.Correction:
    """A correction; the classes are numbered as the contract does."""
    return case_pb2.Correction(
        id=row.id,
        agent_id=row.agent_id,
        from_topic=row.was_topic,
        to_topic=row.topic,
        from_priority_class=row.was_priority,
        to_priority_class=row.priority,
    )


def note(row: Row, text: str) -> case_pb2.Note:
    """A note."""
    return case_pb2.Note(id=row.id, agent_id=row.agent_id, text=text)


def entry(told: Told) -> case_pb2.Entry:
    """An entry with what it is about."""
    row = told.entry
    found = case_pb2.Entry(sequence=row.sequence, time=moment(row.happened_at))
    about, text, failure = told.about, told.texts.get("text", ""), told.texts.get("failure", "")
    if row.kind == EntryKind.STATE:
        found.state_change.CopyFrom(
            case_pb2.StateChange(
                **{"from": CASE_STATES[CaseState(row.was)]},
                to=CASE_STATES[CaseState(row.becomes)],
                agent_id=row.agent_id or "",
            )
        )
    elif about is None:
        return found
    elif row.kind == EntryKind.CONTACT:
        found.contact.CopyFrom(_contact(about, text, told))
    elif row.kind == EntryKind.REPLY:
        files = [(file.about, file.texts["filename"]) for file in told.attachments]
        original = told.texts["original"]
        found.reply.CopyFrom(reply(about, text, failure, row.becomes, files, original))
    elif row.kind == EntryKind.NOTE:
        found.note.CopyFrom(note(about, text))
    elif row.kind == EntryKind.HANDOVER:
        found.handover.CopyFrom(handover(_opened(about, told.texts), row.becomes))
    elif row.kind == EntryKind.CORRECTION:
        found.correction.CopyFrom(correction(about))
    elif row.kind == EntryKind.CALL:
        found.call.CopyFrom(call(about, told.texts["leg_id"], row.becomes))
    else:
        found.attachment.CopyFrom(attachment(about, told.texts.get("filename", ""), failure, row.becomes))
    return found


def _contact(row: Row, text: str, told: Told) -> case_pb2.Contact:
    files = [
        attachment(file.about, file.texts["filename"], file.texts["failure"])
        for file in told.attachments
        if file.about is not None
    ]
    details = contacts.details(told.texts.get("details", ""))
    return case_pb2.Contact(
        id=row.id,
        channel=row.channel,
        medium=MEDIA[row.medium],
        text=text,
        attachments=files,
        receive_time=moment(row.received_at),
        reply_deadline_time=moment(row.reply_until) if row.reply_until is not None else None,
        topic=details.topic,
        place=_place(details),
        join_url=details.join_url,
        language=row.language,
        classified_topic=row.topic,
        priority_class=row.priority,
        confidence_percent=row.confidence,
    )


def _place(details: Details) -> case_pb2.Place | None:
    if not details.address and details.latitude is None:
        return None
    return case_pb2.Place(address=details.address, latitude=details.latitude, longitude=details.longitude)


def citizen(person: Person) -> case_pb2.Citizen:
    """A citizen with addresses and links."""
    identities = [
        case_pb2.Identity(
            channel=row.channel.partition(":")[0],
            kind=row.kind,
            address=address,
            display_name=display_name,
            verify_time=moment(row.verified_at) if row.verified_at is not None else None,
        )
        for row, address, display_name in person.identities
    ]
    return case_pb2.Citizen(id=person.citizen_id, identities=identities, linked_citizen_ids=person.linked)


def audit_record(row: Row, purpose: str) -> intake_service_pb2.AuditRecord:
    """A row of the trail."""
    return intake_service_pb2.AuditRecord(
        id=row.id,
        time=moment(row.happened_at),
        actor=row.actor,
        action=row.action,
        citizen_id=row.citizen_id,
        case_id=row.case_id,
        purpose=purpose,
    )
