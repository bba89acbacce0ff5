"""Check-ins, whom they asked, and what calls showed."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
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
        "call_sheet",
        _text("id"),
        _number("version", autoincrement=False),
        _text("document", "name and questions, as JSON"),
        _text("written_by"),
        _time("written_at"),
        sa.PrimaryKeyConstraint("id", "version"),
    )
    op.create_table(
        "check_in",
        _text("id", "ascends with time"),
        _text("round_id"),
        _text("programme_id"),
        _text("person_id"),
        _text("state"),
        _text("reason", "why it stands there, a code"),
        _time("planned_at"),
        _time("until_at", "until when that is the time for the call"),
        _text("tried", "parts of the day in which they were called, space-separated"),
        _number("attempts"),
        _number("untaken", "how many calls in a row no agent took"),
        _text("errand_id", "who is asked now; empty: nobody"),
        _text("case_id", "the person's; empty before the first call"),
        _text("agent_id", "who called last"),
        _text("outcome", "how they are, as others say; empty: not said"),
        _blob("outcome_note", nullable=True),
        _text("escalation", "why a supervisor is wanted, a code; empty: none is"),
        _text("escalation_taken_by", "empty: nobody yet"),
        _time("escalated_at", nullable=True),
        _text("visitor", "who goes there; empty: nobody yet"),
        _time("visit_by", nullable=True),
        _number("visits", "how many were ordered"),
        _number("talk_s", "how long agents talked, over all calls"),
        _number("work_s", "how long agents were busy, over all calls"),
        _time("due_at", "when something happens by itself", nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "check_in_due",
        "check_in",
        ["due_at"],
        sqlite_where=sa.text("due_at IS NOT NULL"),
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )
    op.create_index(
        "check_in_escalated",
        "check_in",
        ["escalated_at", "id"],
        sqlite_where=sa.text("escalation <> ''"),
        postgresql_where=sa.text("escalation <> ''"),
    )
    op.create_index(
        "check_in_once",
        "check_in",
        ["round_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("state <> 'cancelled'"),
        postgresql_where=sa.text("state <> 'cancelled'"),
    )
    op.create_index("check_in_round", "check_in", ["round_id", "planned_at", "id"])
    op.create_index("ix_check_in_person_id", "check_in", ["person_id"])
    op.create_table(
        "errand",
        _text("id", "also the id of the call or handover at intake and routing"),
        _text("check_in_id"),
        _text("about", "check_in, second_contact or local_office"),
        _text("department", "the connector that is handed the case; empty: somebody is called"),
        _text("state", "waiting, given, unwanted or ended"),
        _text("result", "how it ended, a code"),
        _text("case_id", "of whoever is called; empty before intake has it"),
        _number("tries"),
        _time("created_at"),
        _time("due_at", "when it is brought to intake, or brought again", nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("errand_case", "errand", ["case_id", "id"])
    op.create_index(
        "errand_due",
        "errand",
        ["due_at"],
        sqlite_where=sa.text("due_at IS NOT NULL"),
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )
    op.create_index("ix_errand_check_in_id", "errand", ["check_in_id"])
    op.create_table(
        "need",
        _text("id"),
        _text("check_in_id"),
        _text("case_id"),
        _text("code"),
        _text("referral_id", "empty: none yet"),
        _text("referral_state", "empty: none yet"),
        _time("found_at"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_need_case_id", "need", ["case_id"])
    op.create_index("ix_need_check_in_id", "need", ["check_in_id"])
    op.create_index("ix_need_referral_id", "need", ["referral_id"])
    op.create_table(
        "sheet_answers",
        _text("id", "the check-in's"),
        _text("sheet_id"),
        _number("version"),
        _blob("answers", "by question, as JSON"),
        _blob("request_id"),
        _text("agent_id"),
        _time("submitted_at"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "sign",
        _text("id"),
        _text("check_in_id"),
        _text("kind", "a code"),
        _text("sign_class", "mood, risk or life_safety"),
        _blob("words", "that showed it"),
        _text("question_id"),
        _text("state"),
        _text("decided_by", "empty: nobody yet"),
        _time("found_at"),
        _time("decided_at", nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_sign_check_in_id", "sign", ["check_in_id"])
