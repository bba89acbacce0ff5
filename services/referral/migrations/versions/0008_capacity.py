"""What agencies are asked about their room, and what they say."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def _text(name: str, comment: str | None = None) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=False, comment=comment)


def _number(name: str, comment: str | None = None) -> sa.Column[Any]:
    wide = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column(name, wide, nullable=False, comment=comment)


def upgrade() -> None:
    op.create_table(
        "capacity_question",
        _text("id", "of the dispatch that brings it"),
        _text("referral_id"),
        _text("organization_id", "who is asked"),
        _text("need", "a code of the taxonomy need"),
        _text("area", "2 or 5 digits of a district code; empty: not said"),
        _text("age", "a band, a code; empty: not said"),
        _number("urgent"),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("asked_at", sa.Double(), nullable=False),
        sa.Column("answered_at", sa.Double(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token_hash", name="capacity_question_token"),
    )
    op.create_index("ix_capacity_question_referral_id", "capacity_question", ["referral_id"])
    op.create_table(
        "capacity",
        _text("organization_id"),
        _text("need", "a code of the taxonomy need; empty: in general"),
        _text("room", "room, no_room, waiting_list or assessment"),
        _number("weeks", "about how long the waiting list is; 0: not said"),
        _text("said_by", "the agent who was told, or `agency`"),
        sa.Column("said_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "need"),
    )
