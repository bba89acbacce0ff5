"""Links that lead agencies to their page."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def _text(name: str, comment: str | None = None) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=False, comment=comment)


def upgrade() -> None:
    op.create_table(
        "agency_link",
        _text("id", "of the dispatch that brings it"),
        _text("referral_id"),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("session_hash", sa.LargeBinary(), nullable=True, comment="of what the browser that opened it holds"),
        sa.Column("made_at", sa.Double(), nullable=False),
        sa.Column("expires_at", sa.Double(), nullable=False, comment="it opens until then"),
        sa.Column("opened_at", sa.Double(), nullable=True),
        sa.Column("session_until", sa.Double(), nullable=True),
        _text("killed", "why it ended before its time: replaced or ended; empty: it did not"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token_hash", name="agency_link_token"),
    )
    op.create_index("ix_agency_link_referral_id", "agency_link", ["referral_id"])
