"""Written conversations and their messages."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _text(name: str, comment: str | None = None) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=False, comment=comment)


def _number(name: str, comment: str | None = None, **options: Any) -> sa.Column[Any]:
    return sa.Column(name, _NUMBER, comment=comment, **{"nullable": False, **options})


def _time(name: str, comment: str | None = None, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Double(), nullable=nullable, comment=comment)


def _blob(name: str, comment: str | None = None, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.LargeBinary(), nullable=nullable, comment=comment)


def _only(name: str, table: str, columns: list[str], where: str) -> None:
    condition = sa.text(where)
    op.create_index(name, table, columns, unique=False, sqlite_where=condition, postgresql_where=condition)


def upgrade() -> None:
    op.create_table(
        "relay",
        _text("id", "the session's"),
        _text("case_id"),
        _text("topic", "of the case, as intake told it last"),
        _number("newest", "the newest entry of the case that intake told of"),
        _number("read_to", "up to which entry words were read; null until they were read first", nullable=True),
        _number("last_number", "of its messages"),
        _number("sequence", "counts what streams are told"),
        _time("due_at", "when words are carried between it and intake next; null: there are none", nullable=True),
        _number("tries", "how often in a row they could not be"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_relay_case_id", "relay", ["case_id"])
    _only("relay_due", "relay", ["due_at"], "due_at IS NOT NULL")
    _messages()
    op.create_table(
        "relay_change",
        _text("session_id"),
        _number("sequence", autoincrement=False),
        _text("message_id", "empty: the session moved"),
        _text("state", "of the message, or the session"),
        _time("changed_at"),
        sa.PrimaryKeyConstraint("session_id", "sequence"),
    )


def _messages() -> None:
    op.create_table(
        "relay_message",
        _text("id"),
        _text("session_id"),
        _number("number", "its place in the conversation, from 1"),
        _text("direction"),
        _text("state"),
        _blob("request_id", "of the agent's request, or the citizen's contact: each is relayed once"),
        _text("agent_id", "empty for the citizen's words"),
        _text("contact_id", "empty for the agent's words"),
        _text("reply_id", "empty until it is a reply in the case"),
        _blob("original"),
        _blob("translation", nullable=True),
        _blob("terms", "how terms were treated, as JSON", nullable=True),
        _number("attempt", "of the session, whose interpreter was last asked; 0: none was"),
        _text("interpreter", "the partner's own name for them, or the connector; empty until it is translated"),
        _number("machine", "1 if a machine translated it"),
        _number("legal", "1 if it is about law"),
        _number("confirmed", "1 if the agent lets a machine translate it"),
        _number("told", "1 if its translation, or that there is none, was told"),
        _text("reason"),
        _number("tries", "how often it did not reach the interpreter"),
        _time("said_at"),
        _time("resend_at", "when it is sent to the interpreter again", nullable=True),
        _time("give_up_at", "when it is given up; null until it was sent", nullable=True),
        _time("translated_at", nullable=True),
        _text("traceparent"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("session_id", "number", name="relay_message_number"),
        sa.UniqueConstraint("session_id", "request_id", name="relay_message_request"),
    )
    _only("relay_message_resend", "relay_message", ["resend_at"], "resend_at IS NOT NULL")
    _only("relay_message_give_up", "relay_message", ["give_up_at"], "give_up_at IS NOT NULL")
    _only("relay_message_untold", "relay_message", ["session_id", "direction", "number"], "told = 0")


def downgrade() -> None:
    for table in ("relay_change", "relay_message", "relay"):
        op.drop_table(table)
