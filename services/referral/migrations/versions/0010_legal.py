"""Legal referrals: field of law, deadlines, people on either side, conflicts, notes; slots and appointments."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_EMPTY = sa.text("''")


def _text(name: str, comment: str | None = None, **options: Any) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=False, comment=comment, **options)


def _number(name: str, comment: str | None = None, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, _NUMBER, nullable=nullable, comment=comment)


def _time(name: str, comment: str | None = None, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Double(), nullable=nullable, comment=comment)


def _blob(name: str, comment: str | None = None, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.LargeBinary(), nullable=nullable, comment=comment)


def _only(name: str, table: str, columns: list[str], where: str, *, unique: bool = False) -> None:
    condition = sa.text(where)
    op.create_index(name, table, columns, unique=unique, sqlite_where=condition, postgresql_where=condition)


def upgrade() -> None:
    _referral()
    _deadlines()
    _people()
    _conflicts()
    _notes()
    _slots()
    _appointments()


def _referral() -> None:
    for name, comment in (
        ("law_field", "of a legal one, a code; empty: it is none"),
        ("conflict", "of interest: possible or cleared; empty: none was found"),
        ("deadline_id", "the nearest that is open and not over; empty: none"),
        ("deadline_kind", "what ends with it, a code"),
        ("deadline_day", "its last day in Korea, as 2026-11-16"),
    ):
        op.add_column("referral", _text(name, comment, server_default=_EMPTY))
    op.add_column("referral", _time("deadline_at", "when that day is over", nullable=True))
    warned = "how many days before it a supervisor was to know"
    op.add_column("referral", _number("deadline_warned", warned, nullable=True))
    op.add_column("referral", _time("deadline_due_at", "when the clock looks at it", nullable=True))
    _only("referral_conflict", "referral", ["proposed_at", "id"], "conflict = 'possible'")
    _only("referral_deadline", "referral", ["deadline_at", "id"], "deadline_at IS NOT NULL")
    _only("referral_deadline_due", "referral", ["deadline_due_at"], "deadline_due_at IS NOT NULL")
    op.execute("UPDATE referral SET law_field = 'other' WHERE kind = 'legal'")


def _deadlines() -> None:
    op.create_table(
        "legal_deadline",
        _text("id"),
        _text("referral_id"),
        _text("kind", "what ends with it, a code"),
        _text("day", "the last day in Korea, as 2026-11-16"),
        _blob("source", "where the date is from, in somebody's words", nullable=True),
        _text("rule", "by which it was computed, a code; empty: none"),
        _text("state", "open, kept, dropped or moved"),
        _text("entered_by"),
        _time("entered_at"),
        _text("closed_by", "empty: nobody"),
        _time("closed_at", nullable=True),
        _blob("request_id"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("referral_id", "request_id", name="legal_deadline_request"),
    )


def _people() -> None:
    op.create_table(
        "legal_person",
        _text("id"),
        _text("referral_id"),
        _text("case_id"),
        _text("organization_id", "the agency of the referral"),
        _text("side", "client or opponent"),
        _blob("name", "of opponents; the client's stands in the referral", nullable=True),
        _blob("telephone", "likewise, E.164", nullable=True),
        _blob("name_hash", "of the name in one form; null: not known", nullable=True),
        _blob("telephone_hash", "of the number as E.164; null: not known", nullable=True),
        _text("added_by"),
        _time("added_at"),
        _blob("request_id"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("referral_id", "request_id", name="legal_person_request"),
    )
    op.create_index("legal_person_name", "legal_person", ["organization_id", "name_hash"])
    op.create_index("legal_person_telephone", "legal_person", ["organization_id", "telephone_hash"])


def _conflicts() -> None:
    op.create_table(
        "legal_conflict",
        _text("id"),
        _text("referral_id"),
        _text("other_id", "the referral on the other side"),
        _text("cleared_by"),
        _time("cleared_at"),
        _blob("reason", "why it is none, in somebody's words", nullable=True),
        sa.PrimaryKeyConstraint("id"),
        comment="conflicts that a person cleared; those that nobody cleared are found by the hashes of people",
    )
    op.create_index("legal_conflict_referral", "legal_conflict", ["referral_id"])
    op.create_index("legal_conflict_other", "legal_conflict", ["other_id"])


def _notes() -> None:
    op.create_table(
        "legal_note",
        _text("id", "ascends with time"),
        _text("referral_id"),
        _blob("text", nullable=True),
        _text("author"),
        _time("written_at"),
        _blob("request_id"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("referral_id", "request_id", name="legal_note_request"),
    )
    op.create_index("legal_note_referral", "legal_note", ["referral_id", "id"])


def _slots() -> None:
    op.create_table(
        "slot",
        _text("id"),
        _text("organization_id", "the agency"),
        _time("starts_at"),
        _number("minutes"),
        _number("capacity", "how many citizens fit"),
        _number("booked", "how many are booked, at most the capacity"),
        _text("medium", "visit, telephone or video"),
        _text("place", "of the agency; empty unless it is visited"),
        _text("language"),
        _text("law_field", "a code; empty: any"),
        _text("put_by"),
        _blob("request_id"),
        _number("part", "which of a series, from 0 on"),
        _time("closed_at", "since when it is not offered any more", nullable=True),
        sa.CheckConstraint("booked >= 0 AND booked <= capacity", name="slot_fits"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("organization_id", "request_id", "part", name="slot_request"),
    )
    op.create_index("slot_start", "slot", ["organization_id", "starts_at", "id"])


def _appointments() -> None:
    op.create_table(
        "appointment",
        _text("id"),
        _text("referral_id"),
        _text("slot_id"),
        _text("state"),
        _text("booked_by"),
        _time("booked_at"),
        _text("ended_by", "empty: nobody"),
        _time("ended_at", nullable=True),
        _time("remind_at", "when the citizen is to be reminded", nullable=True),
        _blob("request_id"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("referral_id", "request_id", name="appointment_request"),
    )
    op.create_index("ix_appointment_referral_id", "appointment", ["referral_id"])
    op.create_index("ix_appointment_slot_id", "appointment", ["slot_id"])
    _only("appointment_open", "appointment", ["referral_id"], "state = 'booked'", unique=True)
    _only("appointment_remind", "appointment", ["remind_at"], "remind_at IS NOT NULL")
