"""People who are called regularly, the programmes they are in, and their rounds."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_WIDE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _text(name: str, comment: str | None = None, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=nullable, comment=comment)


def _time(name: str, comment: str | None = None, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Double(), nullable=nullable, comment=comment)


def _number(name: str, comment: str | None = None, *, nullable: bool = False, **more: Any) -> sa.Column[Any]:
    return sa.Column(name, _WIDE, nullable=nullable, comment=comment, **more)


def _blob(name: str, comment: str | None = None, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.LargeBinary(), nullable=nullable, comment=comment)


def upgrade() -> None:
    op.create_table(
        "call_consent",
        _text("id"),
        _text("person_id"),
        _text("how", "spoken, written or by a guardian"),
        _text("wording", "which words were said or signed"),
        _text("agent_id", "who asked"),
        _blob("request_id"),
        _time("given_at"),
        _text("ended_by", "who took it down that it ended; empty: it counts, or another took its place"),
        _time("ended_at", nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("person_id", "request_id", name="call_consent_request"),
    )
    op.create_table(
        "call_round",
        _text("id"),
        _text("programme_id"),
        _text("day", "in Korea, as 2026-05-04"),
        _number("sequence", "how many entries it has"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("programme_id", "day", name="call_round_day"),
    )
    op.create_index("call_round_newest", "call_round", ["day", "id"])
    op.create_table(
        "enrolment",
        _text("programme_id"),
        _text("person_id"),
        _time("since"),
        sa.PrimaryKeyConstraint("programme_id", "person_id"),
    )
    op.create_index("ix_enrolment_person_id", "enrolment", ["person_id"])
    op.create_table(
        "person",
        _text("id", "chosen by whoever wrote them first"),
        _blob("name"),
        _blob("telephone"),
        _blob("number_hash"),
        _blob("details", "address, year of birth, second contact, office and notes, as JSON"),
        _text("language"),
        _text("district", "a district code; may be empty"),
        _text("windows", "when they may be called, as JSON; empty list: in the centre's hours"),
        _text("bonds", "who calls them, space-separated, the first before the others"),
        _number("has_second", "1 if a second contact agreed to be called"),
        _number("has_office", "1 if somebody is named who could go there"),
        _text("office_department", "the connector that is handed the case; empty: another road, or none"),
        _text("consent_id", "what counts; empty: they have not agreed, or not any more"),
        _time("agreed_at", nullable=True),
        _time("created_at"),
        _time("updated_at"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number_hash", name="person_number"),
    )
    op.create_table(
        "person_audit",
        _text("id", "ascends with time"),
        _time("happened_at"),
        _text("actor"),
        _text("action", "a code"),
        _text("person_id"),
        _blob("purpose", "in somebody's words", nullable=True),
        sa.PrimaryKeyConstraint("id"),
        comment="who read what names a person; rows are added, never changed",
    )
    op.create_index("ix_person_audit_person_id", "person_audit", ["person_id"])
    op.create_table(
        "programme",
        _text("id", "chosen by whoever wrote it first"),
        _text("name"),
        _text("weekdays", "1 for Monday to 7 for Sunday, space-separated"),
        _text("holidays", "what is done on a public holiday"),
        _number("calls_per_hour"),
        _text("sheet_id"),
        _number("tries"),
        _text("hours", "where they are not as usual, as JSON"),
        _number("paused"),
        _time("created_at"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "round_entry",
        _text("round_id"),
        _number("sequence", "1 for the first, without gaps", autoincrement=False),
        _text("check_in_id"),
        _text("kind", "what happened, a code"),
        _text("state", "where the check-in stood afterwards"),
        _text("reason", "a code"),
        _text("actor", "an agent, or `clock`, `exchange`, `office`, `referral`"),
        _time("happened_at"),
        sa.PrimaryKeyConstraint("round_id", "sequence"),
    )
