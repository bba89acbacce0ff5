"""How cases ended, and work items by the time they arrived, for the floor's measures."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_LAST_WORD = sa.text("returned_at IS NULL")


def upgrade() -> None:
    op.add_column(
        "work_item",
        sa.Column(
            "transfers",
            _NUMBER,
            nullable=False,
            server_default="0",
            comment="how often it went from one agent to another",
        ),
    )
    op.create_index("work_item_queued", "work_item", ["queued_at"])
    op.create_table(
        "case_outcome",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("citizen_id", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("agent_id", sa.Text(), nullable=True, comment="who had its last work item"),
        sa.Column("work_items", _NUMBER, nullable=False, comment="until it was closed"),
        sa.Column("closed_at", sa.Double(), nullable=True),
        sa.Column("returned_at", sa.Double(), nullable=True, comment="when the citizen came with something new"),
        sa.Column("score", _NUMBER, nullable=True, comment="1 to 5, what the citizen says of it"),
        sa.Column("scored_at", sa.Double(), nullable=True),
        sa.PrimaryKeyConstraint("case_id"),
        comment="how cases ended, by their last work item",
    )
    op.create_index("case_outcome_closed", "case_outcome", ["closed_at"])
    op.create_index("case_outcome_scored", "case_outcome", ["scored_at"])
    op.create_index(
        "case_outcome_citizen", "case_outcome", ["citizen_id"], sqlite_where=_LAST_WORD, postgresql_where=_LAST_WORD
    )


def downgrade() -> None:
    op.drop_index("case_outcome_citizen", table_name="case_outcome")
    op.drop_index("case_outcome_scored", table_name="case_outcome")
    op.drop_index("case_outcome_closed", table_name="case_outcome")
    op.drop_table("case_outcome")
    op.drop_index("work_item_queued", table_name="work_item")
    op.drop_column("work_item", "transfers")
