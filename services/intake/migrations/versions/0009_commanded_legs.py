"""Legs that other services command, packets for whoever joins a conference, and which conference a handover is of."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "commanded_leg",
        sa.Column("leg_id", sa.Text(), nullable=False, comment="ours, or the id of a call that came in"),
        sa.Column("connector", sa.Text(), nullable=False),
        sa.Column("command_id", sa.Text(), nullable=False, comment="the newest that it took"),
        sa.Column("settled_id", sa.Text(), nullable=False, comment="the newest of which was told what became of it"),
        sa.Column("dialled_at", sa.Double(), nullable=True, comment="when the exchange was first asked to call it"),
        sa.Column(
            "hung_up",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="1 once it was to be hung up: then it is not dialled any more",
        ),
        sa.Column("traceparent", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("leg_id"),
    )
    op.create_index("ix_commanded_leg_changed_at", "commanded_leg", ["changed_at"])
    op.create_table(
        "packet",
        sa.Column("id", sa.Text(), nullable=False, comment="the case's"),
        sa.Column("agent_id", sa.Text(), nullable=False),
        sa.Column("told", sa.LargeBinary(), nullable=False, comment="title, summary, topic and place, as JSON"),
        sa.Column("updated_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.add_column(
        "handover",
        sa.Column(
            "conference_id",
            sa.Text(),
            nullable=False,
            server_default=sa.text("''"),
            comment="during which it was handed over; empty for none",
        ),
    )


def downgrade() -> None:
    op.drop_column("handover", "conference_id")
    op.drop_table("packet")
    op.drop_table("commanded_leg")
