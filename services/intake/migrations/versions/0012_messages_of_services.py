"""What other services have citizens told and asked, and partners sent."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_OPEN = sa.text("open_until IS NOT NULL")


def _text(name: str, comment: str | None = None) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=False, comment=comment)


def _time(name: str, comment: str | None = None, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Double(), nullable=nullable, comment=comment)


def _blob(name: str, comment: str | None = None, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.LargeBinary(), nullable=nullable, comment=comment)


def upgrade() -> None:
    op.create_table(
        "told_message",
        _text("id", "chosen by the service that wants the citizen told"),
        _text("case_id"),
        _text("identity_id"),
        _text("reply_id", "the first, where the channel needs several"),
        _text("choices", "what may be answered: codes and their words by language, as JSON"),
        _time("asked_at"),
        _time("open_until", "how long an answer is waited for; null: for none", nullable=True),
        _time("other_at", "when the citizen wrote something else, first", nullable=True),
        sa.Column(
            "sent",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="1 if it has left, 0 if it could not; null: not known yet",
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_told_message_reply_id", "told_message", ["reply_id"])
    op.create_index("ix_told_message_asked_at", "told_message", ["asked_at"])
    op.create_index("told_message_open", "told_message", ["identity_id"], sqlite_where=_OPEN, postgresql_where=_OPEN)
    op.create_table(
        "partner_message",
        _text("id", "chosen by the service that sends it"),
        _text("channel"),
        _text("kind", "of the address: email or phone"),
        _blob("address"),
        _blob("subject", nullable=True),
        _blob("text"),
        _text("state", "as a reply's"),
        _blob("failure", nullable=True),
        _blob("provider_id", "empty until it is known"),
        _time("stopped_at", "since when it must not leave any more", nullable=True),
        _time("created_at"),
        _time("updated_at"),
        _text("traceparent"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_partner_message_created_at", "partner_message", ["created_at"])
    op.add_column("handover", _time("stopped_at", "since when it must not leave any more", nullable=True))
    op.create_index("partner_message_provider", "partner_message", ["channel", "provider_id"])
