"""Cases that other services opened for somebody who is to be called."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "opened_case",
        sa.Column("request_id", sa.Text(), nullable=False, comment="chosen by the service that wants the call"),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("request_id"),
    )
    op.create_index("ix_opened_case_opened_at", "opened_case", ["opened_at"])


def downgrade() -> None:
    op.drop_table("opened_case")
