"""Cases, their entries and notes, and how cases are found."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from chassis.chains import Chain
from chassis.database import Tx
from chassis.locking import held
from chassis.statements import Row, Sql
from services.intake import tables
from services.intake.domain.cases import CASE_MOVES, CaseState, EntryKind
from services.intake.domain.priorities import Judged, PriorityClass, Standing

_NEXT_SEQUENCE = Sql(
    "UPDATE cases SET sequence = sequence + 1, updated_at = :now WHERE id = :case_id RETURNING sequence"
)


def next_sequence(tx: Tx, case_id: str) -> int:
    """The number of the case's next entry; holds the case's row until the end of the transaction, so that entries
    become visible in their order."""
    return int(tx.execute(_NEXT_SEQUENCE, {"case_id": case_id, "now": tx.now.timestamp()}).scalar_one())


_NEXT_IF_OPEN = Sql(
    "UPDATE cases SET sequence = sequence + 1, contact_sequence = sequence + 1, updated_at = :now,"
    " topic = CASE WHEN topic = '' THEN :topic ELSE topic END,"
    " priority = CASE WHEN priority > :priority THEN :priority ELSE priority END"
    " WHERE id = :case_id AND state <> 'closed' RETURNING sequence, topic, priority"
)


def next_contact_if_open(tx: Tx, case_id: str, judged: Judged) -> tuple[int, Standing] | None:
    """As ``next_sequence``, for a contact; None if the case is closed (meanwhile).

    A contact tells what the case is about where that was not known, and makes it more urgent, never less.
    """
    values = {
        "case_id": case_id,
        "now": tx.now.timestamp(),
        "topic": judged.topic,
        "priority": judged.priority.value,
    }
    found = tx.execute(_NEXT_IF_OPEN, values).one_or_none()
    return None if found is None else (found.sequence, Standing(found.topic, PriorityClass(found.priority)))


_ADD_ENTRY = Sql("""
INSERT INTO entry (case_id, sequence, kind, subject_id, was, becomes, agent_id, happened_at)
VALUES (:case_id, :sequence, :kind, :subject_id, :was, :becomes, :agent_id, :now)
""")


def add_entry(
    tx: Tx,
    case_id: str,
    kind: EntryKind,
    subject_id: str,
    *,
    becomes: str = "",
    was: str = "",
    agent_id: str | None = None,
) -> int:
    """Append an entry to a case; returns its sequence."""
    sequence = next_sequence(tx, case_id)
    values = {
        "case_id": case_id,
        "sequence": sequence,
        "kind": kind.value,
        "subject_id": subject_id,
        "was": was,
        "becomes": becomes,
        "agent_id": agent_id,
        "now": tx.now.timestamp(),
    }
    tx.execute(_ADD_ENTRY, values)
    return sequence


_CASE = Sql("SELECT * FROM cases WHERE id = :id")
_CASE_HELD = held("SELECT * FROM cases WHERE id = :id")
_CASE_BY_NUMBER = Sql("SELECT * FROM cases WHERE number = :id")


def case(tx: Tx, case_id: str, *, lock: bool = False) -> Row | None:
    """A case by its id."""
    return tx.execute(_CASE_HELD[tx.dialect] if lock else _CASE, {"id": case_id}).one_or_none()


def hold_case(tx: Tx, case_id: str, then: Callable[[Row | None], object]) -> None:
    """As ``case`` with its row held; ``then`` is told it, before the next look is done."""
    tx.later(_CASE_HELD[tx.dialect], {"id": case_id}, lambda rows: then(rows.one_or_none()))


def case_by_number(tx: Tx, number: str) -> Row | None:
    """A case by the number people quote."""
    return tx.execute(_CASE_BY_NUMBER, {"id": number}).one_or_none()


_SEQUENCES = Sql("SELECT id, sequence FROM cases WHERE id IN :ids", lists=["ids"])


def sequences(tx: Tx, case_ids: Sequence[str]) -> dict[str, int]:
    """The last entry of each of these cases."""
    return {row.id: row.sequence for row in tx.execute(_SEQUENCES, {"ids": list(case_ids)})}


_SET_STATE = Sql("UPDATE cases SET state = :state, agent_id = coalesce(:agent_id, agent_id) WHERE id = :id")


def set_case_state(tx: Tx, case_id: str, state: CaseState, agent_id: str | None) -> None:
    """Write where a case stands, and the agent if one is given."""
    tx.execute(_SET_STATE, {"id": case_id, "state": state.value, "agent_id": agent_id})


_MOVE = Chain(
    ("stood", """SELECT id, state AS was, agent_id AS had,
        CASE WHEN contact_sequence > :known THEN 'open' ELSE :state END AS becomes
        FROM cases WHERE id = :id FOR NO KEY UPDATE"""),
    ("moved", """UPDATE cases SET state = :stood.becomes, agent_id = :agent_id, sequence = sequence + 1,
        updated_at = :now WHERE id = :stood.id AND :stood.was IN :movable
        AND (:stood.was <> :stood.becomes OR coalesce(:stood.had, '') <> :agent_id) RETURNING sequence"""),
    ("noted", """INSERT INTO entry (case_id, sequence, kind, subject_id, was, becomes, agent_id, happened_at)
        SELECT :id, :moved.sequence, 'state', :id, :stood.was, :stood.becomes, :agent_id, :now
        WHERE :moved.sequence IS NOT NULL"""),
    lists=("movable",),
)  # fmt: skip


_ALL_KNOWN = 2**62


def move_case(
    tx: Tx, case_id: str, state: CaseState, agent_id: str, then: Callable[[int], object], *, known: int = 0
) -> None:
    """Move a case from wherever it may move to ``state``, or to another agent within it; ``then`` is told the sequence
    of the entry, if anything moved. A case with a contact later than the entry ``known`` (0: none is) becomes open
    instead."""
    movable = [one.value for one in CaseState if state in CASE_MOVES[one] or (one is state is CaseState.IN_PROGRESS)]
    values = {
        "id": case_id,
        "state": state.value,
        "agent_id": agent_id,
        "movable": movable,
        "known": known or _ALL_KNOWN,
        "now": tx.now.timestamp(),
    }
    _MOVE.later(tx, values, lambda row: then(row.sequence) if row is not None else None)


_ENTRIES = Sql("SELECT * FROM entry WHERE case_id = :case_id AND sequence > :after ORDER BY sequence LIMIT :limit")
_OF_CASE = {
    kind: Sql(f"SELECT * FROM {kind} WHERE case_id = :case_id")  # noqa: S608 - table names above, no input
    for kind in ("contact", "attachment", "reply", "note", "handover", "call_leg", "correction")
}


def entries(tx: Tx, case_id: str, after: int = 0, limit: int = 100_000) -> Sequence[Row]:
    """Entries of a case in order."""
    return tx.execute(_ENTRIES, {"case_id": case_id, "after": after, "limit": limit}).all()


def subjects(tx: Tx, case_id: str) -> dict[str, Row]:
    """Everything the entries of a case are about, by id."""
    return {row.id: row for query in _OF_CASE.values() for row in tx.execute(query, {"case_id": case_id})}


_ADD_NOTE = Sql("""
INSERT INTO note (id, case_id, agent_id, request_id, text, created_at)
VALUES (:id, :case_id, :agent_id, :request_id, :text, :now) ON CONFLICT (case_id, request_id) DO NOTHING
""")
_NOTE_BY_REQUEST = Sql("SELECT * FROM note WHERE case_id = :case_id AND request_id = :request_id")


def add_note(tx: Tx, note_id: str, case_id: str, agent_id: str, request_id: str, text: str) -> bool:
    """Store a note; False if this request stored one before."""
    values = {
        "id": note_id,
        "case_id": case_id,
        "agent_id": agent_id,
        "request_id": tx.keys.keyed_hash("request_id", request_id),
        "text": tx.keys.seal(text, table="note", column="text", row=note_id),
        "now": tx.now.timestamp(),
    }
    return tx.execute(_ADD_NOTE, values).rowcount == 1


def note_by_request(tx: Tx, case_id: str, request_id: str) -> Row:
    """The note an earlier request stored."""
    values = {"case_id": case_id, "request_id": tx.keys.keyed_hash("request_id", request_id)}
    return tx.execute(_NOTE_BY_REQUEST, values).one()


def list_cases(tx: Tx, filters: Mapping[str, Any], after: tuple[float, str] | None, limit: int) -> Sequence[Row]:
    """Cases newest first. ``filters``: states, channel, language, agent_id, citizen_id, address, words, opened_from,
    opened_to; those that are absent or empty do not filter."""
    cases = tables.cases
    query = sa.select(cases).order_by(cases.c.opened_at.desc(), cases.c.id.desc()).limit(limit)
    for column in ("channel", "language", "agent_id"):
        if filters.get(column):
            query = query.where(cases.c[column] == filters[column])
    if filters.get("states"):
        query = query.where(cases.c.state.in_(filters["states"]))
    if filters.get("opened_from"):
        query = query.where(cases.c.opened_at >= filters["opened_from"])
    if filters.get("opened_to"):
        query = query.where(cases.c.opened_at < filters["opened_to"])
    if filters.get("citizen_id"):
        query = query.where(cases.c.citizen_id.in_(_person_of(tables.citizen.c.id == filters["citizen_id"])))
    if filters.get("addresses"):
        hashes = [tx.keys.keyed_hash("address", address) for address in filters["addresses"]]
        numbers = [tx.keys.keyed_hash("number", address) for address in filters["addresses"]]
        found = sa.select(tables.identity.c.citizen_id).where(
            tables.identity.c.address_hash.in_(hashes) | tables.identity.c.number_hash.in_(numbers)
        )
        query = query.where(cases.c.citizen_id.in_(_person_of(tables.citizen.c.id.in_(found))))
    for word in filters.get("words", ()):
        written = sa.select(tables.word.c.case_id).where(tables.word.c.word_hash == tx.keys.keyed_hash("word", word))
        query = query.where(cases.c.id.in_(written))
    if after:
        query = query.where(sa.tuple_(cases.c.opened_at, cases.c.id) < sa.tuple_(*map(sa.literal, after)))
    return tx.execute(query).all()


def _person_of(condition: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """The ids of all records of the persons whose record meets the condition."""
    persons = sa.select(tables.citizen.c.person_id).where(condition)
    return sa.select(tables.citizen.c.id).where(tables.citizen.c.person_id.in_(persons))
