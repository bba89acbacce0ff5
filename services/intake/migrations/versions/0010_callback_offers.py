"""Which citizens were offered a callback, so that their answer is understood."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "callback_offer",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("work_item_id", sa.Text(), nullable=False, comment="routing's, which the notice was about"),
        sa.Column("offered_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("case_id"),
    )
    op.create_index(op.f("ix_callback_offer_offered_at"), "callback_offer", ["offered_at"])


def downgrade() -> None:
    op.drop_table("callback_offer")
