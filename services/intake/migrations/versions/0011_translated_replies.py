"""Replies that were translated keep what the agent wrote, and whether a machine translated it."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_WIDE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


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
    with op.batch_alter_table("reply") as reply:
        machine = sa.Column(
            "by_machine", _WIDE, nullable=False, server_default="0", comment="1 if a machine translated it"
        )
        reply.add_column(machine)


def downgrade() -> None:
    op.drop_column("reply", "by_machine")
    op.drop_column("reply", "original")
