"""Legs of telephone calls."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_UNCLAIMED = sa.text("contact_id IS NULL")


def upgrade() -> None:
    op.create_table(
        "call_leg",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("connector", sa.Text(), nullable=False),
        sa.Column(
            "leg_hash",
            sa.LargeBinary(),
            nullable=False,
            comment="equal to the provider_id of the contact that the leg is",
        ),
        sa.Column("leg_id", sa.LargeBinary(), nullable=False),
        sa.Column(
            "contact_id",
            sa.Text(),
            nullable=True,
            comment="null for a leg that is no citizen's call, or not known to be one",
        ),
        sa.Column("case_id", sa.Text(), nullable=True),
        sa.Column(
            "conference_id",
            sa.Text(),
            nullable=False,
            comment="the one it is in, or was in when it ended; empty if none of ours",
        ),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("end_reason", sa.Text(), nullable=False),
        sa.Column(
            "sequence",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="the exchange's number of the event that it stands by; 0 if it has none",
        ),
        sa.Column("changed_at", sa.Double(), nullable=False, comment="when that event happened"),
        sa.Column("started_at", sa.Double(), nullable=False),
        sa.Column("answered_at", sa.Double(), nullable=True),
        sa.Column("ended_at", sa.Double(), nullable=True),
        sa.Column("received_at", sa.Double(), nullable=False, comment="of its first event"),
        sa.Column("traceparent", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("connector", "leg_hash", name="call_leg_exchange"),
    )
    op.create_index(op.f("ix_call_leg_case_id"), "call_leg", ["case_id"], unique=False)
    op.create_index(
        "call_leg_unclaimed",
        "call_leg",
        ["received_at"],
        unique=False,
        sqlite_where=_UNCLAIMED,
        postgresql_where=_UNCLAIMED,
    )
