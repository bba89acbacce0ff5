"""Replies that were translated keep what the agent wrote, and whether a machine translated it."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "reply",
        sa.Column(
            "original",
            sa.LargeBinary(),
            nullable=True,
            comment="what the agent wrote, where the text is a translation of it",
        ),
    )
    op.add_column(
        "reply",
        sa.Column(
            "by_machine", sa.BigInteger(), server_default="0", nullable=False, comment="1 if a machine translated it"
        ),
    )


def downgrade() -> None:
    op.drop_column("reply", "by_machine")
    op.drop_column("reply", "original")
