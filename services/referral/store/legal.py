"""What legal referrals have beside others: deadlines, and notes that only the legal desk reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from chassis.database import Tx
from chassis.ids import new_id
from chassis.statements import Row, Sql
from services.referral.domain.deadlines import DeadlineKind, DeadlineState

_ADD_DEADLINE = Sql("""
INSERT INTO legal_deadline (id, referral_id, kind, day, source, rule, state, entered_by, entered_at, closed_by,
    request_id)
VALUES (:id, :referral_id, :kind, :day, :source, :rule, 'open', :entered_by, :now, '', :request_id) RETURNING *
""")
_DEADLINE = Sql("SELECT * FROM legal_deadline WHERE id = :id")
_DEADLINES = Sql("SELECT * FROM legal_deadline WHERE referral_id = :id ORDER BY day, id")
_DEADLINE_BY_REQUEST = Sql("SELECT * FROM legal_deadline WHERE referral_id = :id AND request_id = :request_id")
_CLOSE = Sql("""
UPDATE legal_deadline SET state = :state, closed_by = :by, closed_at = :now WHERE id = :id AND state = 'open'
""")
_ADD_NOTE = Sql("""
INSERT INTO legal_note (id, referral_id, text, author, written_at, request_id)
VALUES (:id, :referral_id, :text, :author, :now, :request_id) RETURNING *
""")
_NOTE_BY_REQUEST = Sql("SELECT * FROM legal_note WHERE referral_id = :id AND request_id = :request_id")
_NOTES = Sql("SELECT * FROM legal_note WHERE referral_id = :id AND id > :after ORDER BY id LIMIT :limit")


@dataclass(frozen=True, slots=True)
class NewDeadline:
    """What somebody enters. ``rule`` is the one by which the day was computed, if any."""

    kind: DeadlineKind
    day: date
    source: str = field(repr=False)
    rule: str
    request_id: str


def add_deadline(tx: Tx, referral_id: str, new: NewDeadline, actor: str) -> Row:
    """A deadline that is open."""
    deadline_id = new_id(tx.now)
    values = {
        "id": deadline_id,
        "referral_id": referral_id,
        "kind": new.kind.value,
        "day": new.day.isoformat(),
        "source": tx.sealed("legal_deadline", deadline_id, "source", new.source),
        "rule": new.rule,
        "entered_by": actor,
        "now": tx.now.timestamp(),
        "request_id": tx.keys.keyed_hash("request_id", new.request_id),
    }
    return tx.execute(_ADD_DEADLINE, values).one()


def deadline(tx: Tx, deadline_id: str) -> Row | None:
    """A deadline by id."""
    return tx.execute(_DEADLINE, {"id": deadline_id}).one_or_none()


def deadlines(tx: Tx, referral_id: str) -> Sequence[Row]:
    """Every deadline of a referral, the nearest first."""
    return tx.execute(_DEADLINES, {"id": referral_id}).all()


def deadline_by_request(tx: Tx, referral_id: str, request_id: str) -> Row | None:
    """The deadline that an earlier request entered."""
    values = {"id": referral_id, "request_id": tx.keys.keyed_hash("request_id", request_id)}
    return tx.execute(_DEADLINE_BY_REQUEST, values).one_or_none()


def source(tx: Tx, row: Row) -> str:
    """Where the date is from."""
    return tx.opened("legal_deadline", row, "source")


def close_deadline(tx: Tx, deadline_id: str, state: DeadlineState, actor: str) -> bool:
    """It is not open any more; False if it was not."""
    values = {"id": deadline_id, "state": state.value, "by": actor, "now": tx.now.timestamp()}
    return tx.execute(_CLOSE, values).rowcount == 1


def add_note(tx: Tx, referral_id: str, text: str, author: str, request_id: str) -> Row:
    """A note of the legal desk; a repeated request finds what it wrote."""
    hashed = tx.keys.keyed_hash("request_id", request_id)
    before = tx.execute(_NOTE_BY_REQUEST, {"id": referral_id, "request_id": hashed}).one_or_none()
    if before is not None:
        return before
    note_id = new_id(tx.now)
    values = {
        "id": note_id,
        "referral_id": referral_id,
        "text": tx.sealed("legal_note", note_id, "text", text),
        "author": author,
        "now": tx.now.timestamp(),
        "request_id": hashed,
    }
    return tx.execute(_ADD_NOTE, values).one()


def notes(tx: Tx, referral_id: str, after: str, limit: int) -> Sequence[Row]:
    """Notes of a referral by id after another."""
    return tx.execute(_NOTES, {"id": referral_id, "after": after, "limit": limit}).all()


def note_text(tx: Tx, row: Row) -> str:
    """What a note says."""
    return tx.opened("legal_note", row, "text")
