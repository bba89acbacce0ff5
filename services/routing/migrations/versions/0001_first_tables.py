"""The first tables of routing."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ability",
        sa.Column("agent_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("agent_id", "name"),
    )
    op.create_index("ability_name", "ability", ["name", "agent_id"], unique=False)
    op.create_table(
        "agent",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("languages", sa.Text(), nullable=False, comment="space-separated"),
        sa.Column("skills", sa.Text(), nullable=False, comment="space-separated"),
        sa.Column("capacity", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("presence", sa.Text(), nullable=False),
        sa.Column(
            "load",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="work items offered, assigned or wrapping",
        ),
        sa.Column(
            "missed",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="offers missed in a row",
        ),
        sa.Column(
            "sequence",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="of the last change on the desk",
        ),
        sa.Column("idle_since", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "agent_free",
        "agent",
        ["idle_since"],
        unique=False,
        sqlite_where=sa.text("presence = 'ready' AND load < capacity"),
        postgresql_where=sa.text("presence = 'ready' AND load < capacity"),
    )
    op.create_table(
        "desk_change",
        sa.Column("agent_id", sa.Text(), nullable=False),
        sa.Column(
            "sequence", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False, comment="the offer or the work item"),
        sa.Column("state", sa.Text(), nullable=False, comment="of the offer or the work item with this change"),
        sa.Column("changed_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("agent_id", "sequence"),
    )
    op.create_index("desk_change_time", "desk_change", ["changed_at"], unique=False)
    op.create_table(
        "inbox",
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("received_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("event_id"),
    )
    op.create_index(op.f("ix_inbox_received_at"), "inbox", ["received_at"], unique=False)
    op.create_table(
        "offer",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("work_item_id", sa.Text(), nullable=False),
        sa.Column("agent_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("offered_at", sa.Double(), nullable=False),
        sa.Column("expires_at", sa.Double(), nullable=False),
        sa.Column("ended_at", sa.Double(), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=True, comment="what agents say about a case they will not take"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "offer_desk",
        "offer",
        ["agent_id"],
        unique=False,
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.create_index(
        "offer_expiring",
        "offer",
        ["expires_at"],
        unique=False,
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.create_index(
        "offer_one_pending",
        "offer",
        ["work_item_id"],
        unique=True,
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.create_index("offer_work_item", "offer", ["work_item_id", "agent_id"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("headers", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_table(
        "work_item",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("medium", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("skills", sa.Text(), nullable=False, comment="space-separated"),
        sa.Column("needs", sa.Text(), nullable=False, comment="what an agent must have, space-separated and sorted"),
        sa.Column("priority", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("queued_at", sa.Double(), nullable=False),
        sa.Column("agent_id", sa.Text(), nullable=True),
        sa.Column("traceparent", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "work_item_desk",
        "work_item",
        ["agent_id"],
        unique=False,
        sqlite_where=sa.text("state IN ('assigned', 'wrapping')"),
        postgresql_where=sa.text("state IN ('assigned', 'wrapping')"),
    )
    op.create_index(
        "work_item_one_open",
        "work_item",
        ["case_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('queued', 'offered', 'assigned', 'wrapping')"),
        postgresql_where=sa.text("state IN ('queued', 'offered', 'assigned', 'wrapping')"),
    )
    op.create_index(
        "work_item_waiting",
        "work_item",
        ["needs", "priority", "queued_at", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'queued'"),
        postgresql_where=sa.text("state = 'queued'"),
    )


def downgrade() -> None:
    op.drop_index(
        "work_item_waiting",
        table_name="work_item",
        sqlite_where=sa.text("state = 'queued'"),
        postgresql_where=sa.text("state = 'queued'"),
    )
    op.drop_index(
        "work_item_one_open",
        table_name="work_item",
        sqlite_where=sa.text("state IN ('queued', 'offered', 'assigned', 'wrapping')"),
        postgresql_where=sa.text("state IN ('queued', 'offered', 'assigned', 'wrapping')"),
    )
    op.drop_index(
        "work_item_desk",
        table_name="work_item",
        sqlite_where=sa.text("state IN ('assigned', 'wrapping')"),
        postgresql_where=sa.text("state IN ('assigned', 'wrapping')"),
    )
    op.drop_table("work_item")
    op.drop_table("outbox")
    op.drop_index("offer_work_item", table_name="offer")
    op.drop_index(
        "offer_one_pending",
        table_name="offer",
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.drop_index(
        "offer_expiring",
        table_name="offer",
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.drop_index(
        "offer_desk",
        table_name="offer",
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.drop_table("offer")
    op.drop_index(op.f("ix_inbox_received_at"), table_name="inbox")
    op.drop_table("inbox")
    op.drop_index("desk_change_time", table_name="desk_change")
    op.drop_table("desk_change")
    op.drop_index(
        "agent_free",
        table_name="agent",
        sqlite_where=sa.text("presence = 'ready' AND load < capacity"),
        postgresql_where=sa.text("presence = 'ready' AND load < capacity"),
    )
    op.drop_table("agent")
    op.drop_index("ability_name", table_name="ability")
    op.drop_table("ability")
