"""Agencies in calls: which telephone referral has asked for."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agency_leg",
        sa.Column("call_id", sa.Text(), nullable=False, comment="referral's call"),
        sa.Column("leg_id", sa.Text(), nullable=False),
        sa.Column("conference_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("call_id"),
        sa.UniqueConstraint("leg_id"),
        comment="which telephone of a talk referral has asked for",
    )
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column(
            "conference_leg",
            "acknowledged",
            comment="1 once the department's system acknowledged the packet, or the agency takes over",
            existing_type=sa.BigInteger(),
            existing_nullable=False,
        )


def downgrade() -> None:
    op.drop_table("agency_leg")
