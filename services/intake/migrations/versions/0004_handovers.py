"""Cases in the hands of departments."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_OPEN = "state IN ('submitted', 'acknowledged', 'in_progress')"


def upgrade() -> None:
    with op.batch_alter_table("entry") as entry:
        entry.alter_column(
            "subject_id",
            existing_type=sa.Text(),
            existing_nullable=False,
            comment="the contact, reply, note, attachment, handover or call",
            existing_comment="the contact, reply, note or attachment",
        )
    op.create_table(
        "handover",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("agent_id", sa.Text(), nullable=False),
        sa.Column("request_id", sa.LargeBinary(), nullable=False),
        sa.Column("told", sa.LargeBinary(), nullable=False, comment="what the department is told, as JSON"),
        sa.Column("attachment_ids", sa.Text(), nullable=False, comment="space-separated"),
        sa.Column(
            "names_citizen",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="1 if the citizen agreed to be named",
        ),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column(
            "ticket_hash",
            sa.LargeBinary(),
            nullable=False,
            comment="of the department's own number; empty until it is known",
        ),
        sa.Column("ticket_id", sa.LargeBinary(), nullable=True),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("failure", sa.LargeBinary(), nullable=True),
        sa.Column("expected_at", sa.Double(), nullable=True),
        sa.Column("created_at", sa.Double(), nullable=False),
        sa.Column("updated_at", sa.Double(), nullable=False),
        sa.Column("looked_at", sa.Double(), nullable=False, comment="when the department was last asked"),
        sa.Column("traceparent", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("case_id", "request_id", name="handover_request"),
    )
    op.create_index(op.f("ix_handover_case_id"), "handover", ["case_id"], unique=False)
    op.create_index("handover_ticket", "handover", ["department", "ticket_hash"], unique=False)
    op.create_index(
        "handover_open",
        "handover",
        ["department", "looked_at"],
        unique=False,
        sqlite_where=sa.text(_OPEN),
        postgresql_where=sa.text(_OPEN),
    )
    op.create_table(
        "handover_update",
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("update_hash", sa.LargeBinary(), nullable=False),
        sa.Column("handover_id", sa.Text(), nullable=False),
        sa.Column("received_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("department", "update_hash"),
    )
    op.create_index(op.f("ix_handover_update_received_at"), "handover_update", ["received_at"], unique=False)
