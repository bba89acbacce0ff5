"""Casework: cases are read, searched, noted upon and moved. Every read of personal data leaves an audit row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hub120.intake.v1 import events_pb2

from chassis.crypto import mask_resident_numbers
from chassis.database import Tx
from chassis.errors import NotFound, PreconditionFailed
from chassis.ids import new_id
from chassis.statements import Row
from chassis.streams import PAGE
from services.intake.domain.cases import CASE_MOVES, CaseState, EntryKind
from services.intake.domain.words import searchable_words
from services.intake.store import cases, contacts, files, trail
from services.intake.use_cases.entries import changed


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, by which method, and why."""

    subject: str
    action: str
    purpose: str


@dataclass(frozen=True, slots=True)
class Told:
    """An entry with what it is about, opened for a reader. ``texts`` are the opened columns of ``about``;
    ``attachments`` are a contact's, or the files of a reply."""

    entry: Row
    about: Row | None
    texts: Mapping[str, str]
    attachments: Sequence[Told] = ()


_OPENED = {
    "contact": ("text", "details"),
    "reply": ("text", "failure", "original"),
    "note": ("text",),
    "attachment": ("filename", "failure"),
    "reply_file": ("filename",),
    "handover": ("told", "ticket_id", "note", "failure"),
    "call": ("leg_id",),
}
_TABLES = {"call": "call_leg"}
"""Where a table is not named as the kind of entry."""


def read_case(tx: Tx, case_id: str, reader: Reader) -> tuple[Row, list[Told]]:
    """A case, by id or number, with everything that happened in it."""
    case = cases.case(tx, case_id) or cases.case_by_number(tx, case_id)
    if case is None:
        raise NotFound("case", case_id)
    audit(tx, reader, citizen_id=case.citizen_id, case_id=case.id)
    return case, _tell(tx, case.id, cases.entries(tx, case.id))


def read_entries(tx: Tx, case_id: str, after: int, reader: Reader | None) -> list[Told]:
    """The entries after a sequence, a page of them; an audit row only if there are any. Without a reader an audit row
    of the same stream covers this read."""
    rows = cases.entries(tx, case_id, after, PAGE)
    if not rows:
        return []
    if reader is not None:
        case = cases.case(tx, case_id)
        audit(tx, reader, citizen_id=case.citizen_id if case else "", case_id=case_id)
    return _tell(tx, case_id, rows)


def _tell(tx: Tx, case_id: str, rows: Sequence[Row]) -> list[Told]:
    about = cases.subjects(tx, case_id)
    owned = _owned(tx, case_id, about)

    def told(entry: Row, kind: str, row: Row | None) -> Told:
        table = _TABLES.get(kind, kind)
        texts = {column: tx.opened(table, row, column) for column in _OPENED.get(kind, ()) if row is not None}
        own = [told(entry, file_kind, file) for file_kind, file in owned.get(row.id, ())] if row is not None else []
        return Told(entry, row, texts, own)

    return [told(row, row.kind, about.get(row.subject_id)) for row in rows]


def _owned(tx: Tx, case_id: str, about: Mapping[str, Row]) -> dict[str, list[tuple[str, Row]]]:
    """The attachments of each contact and the files of each reply, with the table they are from."""
    owned: dict[str, list[tuple[str, Row]]] = {}
    for row in about.values():
        if hasattr(row, "claimed_type"):
            owned.setdefault(row.contact_id, []).append(("attachment", row))
    if any(getattr(row, "files", 0) for row in about.values()):
        for row in files.of_case(tx, case_id):
            owned.setdefault(row.reply_id, []).append(("reply_file", row))
    return owned


def list_cases(
    tx: Tx, filters: Mapping[str, Any], after: tuple[float, str] | None, limit: int, reader: Reader
) -> Sequence[Row]:
    """Cases newest first. Looking for a person, or for what they wrote, leaves an audit row."""
    if looks_for_a_person(filters):
        audit(tx, reader, citizen_id=filters.get("citizen_id", ""), case_id="")
    return cases.list_cases(tx, filters, after, limit)


def looks_for_a_person(filters: Mapping[str, Any]) -> bool:
    """True if the filters name a person, or something they wrote."""
    return bool(filters.get("addresses") or filters.get("words") or filters.get("citizen_id"))


def add_note(tx: Tx, case_id: str, agent_id: str, request_id: str, text: str) -> tuple[Row, str]:
    """Store a note and its text as kept. A repeated request finds the note it stored."""
    if cases.case(tx, case_id) is None:
        raise NotFound("case", case_id)
    note_id = new_id(tx.now)
    masked, _ = mask_resident_numbers(text)
    if cases.add_note(tx, note_id, case_id, agent_id, request_id, masked):
        cases_words(tx, case_id, masked)
        changed(tx, case_id, cases.add_entry(tx, case_id, EntryKind.NOTE, note_id, agent_id=agent_id))
    row = cases.note_by_request(tx, case_id, request_id)
    return row, tx.opened("note", row, "text")


def cases_words(tx: Tx, case_id: str, text: str) -> None:
    """Make the case findable by the words of a text."""
    contacts.add_words(tx, case_id, searchable_words(text))


def set_case_state(tx: Tx, case_id: str, state: CaseState, agent_id: str) -> Row:
    """Move a case. Moving it to where it stands changes nothing."""
    case = cases.case(tx, case_id, lock=True)
    if case is None:
        raise NotFound("case", case_id)
    if state != case.state:
        if state not in CASE_MOVES[CaseState(case.state)]:
            raise PreconditionFailed("MOVE_NOT_ALLOWED", f"case {case_id} cannot move from {case.state} to {state}")
        _move(tx, case, state, agent_id)
        if state is CaseState.CLOSED:
            tx.emit(events_pb2.CaseClosed(case_id=case_id), subject=case_id)
    moved = cases.case(tx, case_id)
    if moved is None:
        raise NotFound("case", case_id)
    return moved


def take_up(tx: Tx, case_id: str, agent_id: str) -> None:
    """An agent has the case. Told twice, the second time finds it in progress with that agent."""
    cases.move_case(tx, case_id, CaseState.IN_PROGRESS, agent_id, lambda sequence: changed(tx, case_id, sequence))


def put_down(tx: Tx, case_id: str, agent_id: str, *, close: bool, seen: int) -> None:
    """The agent has finished: the case is closed, or waits. Told twice, the second time finds it so.

    If the citizen wrote after the entry ``seen`` (0: not known) the case stays open instead: routing offers it again
    when it hears of that contact, or has done so.
    """
    state = CaseState.CLOSED if close else CaseState.PENDING
    cases.move_case(tx, case_id, state, agent_id, lambda sequence: changed(tx, case_id, sequence), known=seen)


def _move(tx: Tx, case: Row, state: CaseState, agent_id: str) -> None:
    cases.set_case_state(tx, case.id, state, agent_id)
    sequence = cases.add_entry(tx, case.id, EntryKind.STATE, case.id, was=case.state, becomes=state, agent_id=agent_id)
    changed(tx, case.id, sequence)


def read_attachment(tx: Tx, attachment_id: str, reader: Reader) -> tuple[Row, str]:
    """An attachment's row and the name its sender gave it."""
    row = contacts.attachment(tx, attachment_id)
    if row is None:
        raise NotFound("attachment", attachment_id)
    case = cases.case(tx, row.case_id)
    audit(tx, reader, citizen_id=case.citizen_id if case else "", case_id=row.case_id)
    return row, tx.opened("attachment", row, "filename")


def audit(tx: Tx, reader: Reader, *, citizen_id: str, case_id: str) -> None:
    """Leave a row in the trail, in the transaction of the read."""
    trail.add_audit(tx, new_id(tx.now), reader.subject, reader.action, citizen_id, case_id, reader.purpose)


def list_audit(tx: Tx, citizen_id: str, actor: str, before: str, limit: int) -> list[tuple[Row, str]]:
    """The trail, newest first, each row with its purpose."""
    rows = trail.list_audit(tx, citizen_id, actor, before, limit)
    return [(row, tx.opened("audit", row, "purpose")) for row in rows]
