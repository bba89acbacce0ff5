"""Interpreters in calls: which telephone translation has asked for."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "interpreter_leg",
        sa.Column("session_id", sa.Text(), nullable=False, comment="translation's session"),
        sa.Column("attempt_number", _NUMBER, nullable=False),
        sa.Column("leg_id", sa.Text(), nullable=False),
        sa.Column("conference_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("session_id", "attempt_number"),
        sa.UniqueConstraint("leg_id"),
        comment="which telephone of a conference translation has asked for",
    )


def downgrade() -> None:
    op.drop_table("interpreter_leg")
