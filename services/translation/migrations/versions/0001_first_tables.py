"""The first tables of translation."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _text(name: str, comment: str | None = None) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=False, comment=comment)


def _number(name: str, comment: str | None = None, **options: Any) -> sa.Column[Any]:
    return sa.Column(name, _NUMBER, nullable=False, comment=comment, **options)


def _time(name: str, comment: str | None = None, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Double(), nullable=nullable, comment=comment)


def _blob(name: str, comment: str | None = None, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.LargeBinary(), nullable=nullable, comment=comment)


def upgrade() -> None:
    op.create_table(
        "outbox",
        _number("seq", autoincrement=True),
        _text("id"),
        _text("kind"),
        _text("key"),
        _text("headers"),
        _blob("body"),
        _time("created_at"),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_table("inbox", _text("event_id"), _time("received_at"), sa.PrimaryKeyConstraint("event_id"))
    op.create_index("ix_inbox_received_at", "inbox", ["received_at"])
    _coverage()
    _sessions()
    op.create_table(
        "audit",
        _text("id", "ascends with time"),
        _time("happened_at"),
        _text("actor", "an agent, or a connector"),
        _text("action", "a code"),
        _text("session_id", "empty where none is known"),
        _number("minute", "since 1970: what a connector repeats within one is counted"),
        _number("times"),
        _blob("reason", "in somebody's words", nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("actor", "action", "session_id", "minute", name="audit_counted"),
    )


def _coverage() -> None:
    op.create_table(
        "coverage_rule",
        _text("id"),
        _number("position"),
        _text("languages", "space-separated"),
        _text("media", "space-separated"),
        _text("residence_statuses", "as JSON"),
        _text("hours", "as JSON"),
        _text("providers", "one after another, as JSON"),
        _time("changed_at"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "volunteer",
        _text("id"),
        _text("languages", "space-separated, with one at either end"),
        _text("hours", "as JSON"),
        _blob("telephone"),
        _number("sessions_a_day"),
        _number("minutes_a_day"),
        _number("resting", "1: asked for a rest"),
        _text("session_id", "in which they are asked or interpret; empty: they are free"),
        _time("asked_at", nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "term",
        *map(_text, ("korean", "language", "translation", "note")),
        _number("version"),
        _text("changed_by"),
        _time("changed_at"),
        sa.PrimaryKeyConstraint("korean", "language"),
    )


def _sessions() -> None:
    op.create_table(
        "session",
        *map(_text, ("id", "case_id", "work_item_id", "agent_id", "language", "medium", "residence_status", "state")),
        _text("providers", "who is asked, one after another, as it was when the session began; as JSON"),
        _number("position", "how many of the providers were turned to"),
        _number("attempts", "the number of the last attempt"),
        _number("sequence", "counts its changes"),
        _blob("request_id"),
        _text("traceparent"),
        _time("requested_at"),
        _time("connected_at", nullable=True),
        _time("ended_at", nullable=True),
        _time("due_at", "when the present attempt is given up", nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("case_id", "request_id", name="session_request"),
    )
    _only("session_one_open", "session", ["case_id"], "ended_at IS NULL", unique=True)
    _only("session_due", "session", ["due_at"], "due_at IS NOT NULL")
    op.create_index("session_requested", "session", ["requested_at", "id"])
    op.create_index("session_agent", "session", ["agent_id", "requested_at"])
    op.create_table(
        "attempt",
        _text("session_id"),
        _number("number", "1 for the first", autoincrement=False),
        _text("kind"),
        _text("connector", "empty for volunteers"),
        _number("answer_s"),
        _text("interpreter", "the partner's own name for them, or a volunteer's id"),
        _text("outcome", "empty while it goes on and nobody has taken it"),
        _text("reason", "a code"),
        _text("line", "where their telephone stands; empty: there is none"),
        _time("chosen_at"),
        *(_time(name, nullable=True) for name in ("requested_at", "accepted_at", "joined_at", "ended_at")),
        _time("release_at", "when the partner is told that they are not needed", nullable=True),
        sa.PrimaryKeyConstraint("session_id", "number"),
    )
    _only("attempt_release", "attempt", ["release_at"], "release_at IS NOT NULL")
    op.create_index("attempt_interpreter", "attempt", ["interpreter", "accepted_at"])
    op.create_table(
        "report",
        _text("connector"),
        _blob("update_hash"),
        _time("received_at"),
        sa.PrimaryKeyConstraint("connector", "update_hash"),
        comment="what partners said, so that a second delivery changes nothing",
    )
    op.create_index("ix_report_received_at", "report", ["received_at"])


def _only(name: str, table: str, columns: list[str], where: str, *, unique: bool = False) -> None:
    condition = sa.text(where)
    op.create_index(name, table, columns, unique=unique, sqlite_where=condition, postgresql_where=condition)


def downgrade() -> None:
    raise NotImplementedError("sessions and the glossary are not dropped; restore the backup taken before the upgrade")
