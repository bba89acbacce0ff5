"""Conferences of the safety desk: their ladders, legs and record, and the calls of citizens they begin from."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _text(name: str, comment: str | None = None) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=False, comment=comment)


def _number(name: str, comment: str | None = None) -> sa.Column[Any]:
    return sa.Column(name, _NUMBER, nullable=False, comment=comment)


def _time(name: str, comment: str | None = None, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Double(), nullable=nullable, comment=comment)


def upgrade() -> None:
    op.create_table(
        "ladder",
        _text("id"),
        _text("rungs", "who and how many seconds each, as JSON"),
        _number("rounds"),
        _time("changed_at"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "conference",
        *map(_text, ("id", "case_id", "work_item_id", "agent_id", "channel", "state")),
        _number("drill", "1 for a drill"),
        _text("ladder_id"),
        _text("rungs", "of the ladder as it was, as JSON"),
        _number("rounds"),
        _number("step", "how many steps of the ladder were begun"),
        _number("sequence", "of the last entry"),
        _text("acknowledged_how"),
        *(_time(name, nullable=True) for name in ("acknowledged_at", "left_at", "alerted_at")),
        _time("started_at"),
        _time("ended_at", nullable=True),
        _time("due_at", "when to look again though nothing happens", nullable=True),
        sa.Column("request_id", sa.LargeBinary(), nullable=False),
        _text("traceparent"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("case_id", "request_id", name="conference_request"),
    )
    _only("conference_one_open", "conference", ["case_id"], "ended_at IS NULL", unique=True)
    _only("conference_due", "conference", ["due_at"], "due_at IS NOT NULL")
    op.create_index("conference_started", "conference", ["started_at", "id"])
    op.create_table(
        "conference_leg",
        *map(_text, ("conference_id", "id", "role")),
        _text("target", "the department, or the number of the emergency service"),
        *map(_text, ("state", "end_reason")),
        _number("acknowledged", "1 once the department's system acknowledged the packet"),
        _time("ordered_at"),
        _time("due_at", nullable=True),
        _time("occurred_at", "of the exchange's last news of it"),
        _time("answered_at", nullable=True),
        _time("ended_at", nullable=True),
        sa.PrimaryKeyConstraint("conference_id", "id"),
    )
    op.create_index("ix_conference_leg_id", "conference_leg", ["id"])
    op.create_table(
        "conference_entry",
        *map(_text, ("id", "conference_id")),
        _number("sequence"),
        _text("kind"),
        _text("state", "of the conference with this entry"),
        *map(_text, ("leg_id", "role")),
        _text("detail", "a code"),
        _text("actor"),
        sa.Column("told", sa.LargeBinary(), nullable=True, comment="who acknowledged, why somebody was let go"),
        _time("happened_at"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("conference_id", "sequence", name="conference_entry_sequence"),
    )
    op.create_table(
        "citizen_call",
        *map(_text, ("call_id", "case_id", "channel", "state")),
        _time("occurred_at"),
        sa.PrimaryKeyConstraint("call_id"),
    )
    op.create_index("ix_citizen_call_case_id", "citizen_call", ["case_id"])
    op.create_index("ix_citizen_call_occurred_at", "citizen_call", ["occurred_at"])


def _only(name: str, table: str, columns: list[str], where: str, *, unique: bool = False) -> None:
    condition = sa.text(where)
    op.create_index(name, table, columns, unique=unique, sqlite_where=condition, postgresql_where=condition)


def downgrade() -> None:
    for table in ("citizen_call", "conference_entry", "conference_leg", "conference", "ladder"):
        op.drop_table(table)
