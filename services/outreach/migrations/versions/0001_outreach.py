"""The first tables of outreach: what it has to say, what it was told, and who does what."""

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


def upgrade() -> None:
    op.create_table(
        "outbox",
        sa.Column("seq", _NUMBER, nullable=False, autoincrement=True),
        _text("id"),
        _text("kind"),
        _text("key"),
        _text("headers"),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_table(
        "inbox",
        _text("event_id"),
        sa.Column("received_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("event_id"),
    )
    op.create_index("ix_inbox_received_at", "inbox", ["received_at"])
    op.create_table(
        "lease",
        _text("id", "what is held, for example listener.email"),
        _text("holder", "a process, by an id it made up when it started"),
        sa.Column("held_until", sa.Double(), nullable=False),
        sa.Column("cursor", sa.LargeBinary(), nullable=True, comment="how far the holder came"),
        sa.PrimaryKeyConstraint("id"),
    )
