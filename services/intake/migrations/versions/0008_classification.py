"""What cases are about and how urgent they are, and where agents corrected it."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_WIDE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_EMPTY = sa.text("''")
_TOPIC = "an id of the table of topics; empty: not known"


def upgrade() -> None:
    op.add_column("cases", sa.Column("topic", sa.Text(), nullable=False, server_default=_EMPTY, comment=_TOPIC))
    op.add_column(
        "cases",
        sa.Column(
            "priority",
            _WIDE,
            nullable=False,
            server_default="3",
            comment="1 life safety, 2 safety, 3 normal, 4 bulk",
        ),
    )
    op.add_column("contact", sa.Column("language", sa.Text(), nullable=False, server_default=_EMPTY))
    op.add_column("contact", sa.Column("topic", sa.Text(), nullable=False, server_default=_EMPTY))
    op.add_column(
        "contact",
        sa.Column("priority", _WIDE, nullable=False, server_default="3", comment="as it was judged by its words"),
    )
    op.add_column(
        "contact",
        sa.Column("confidence", _WIDE, nullable=False, server_default="0", comment="of the topic, in percent"),
    )
    op.create_table(
        "correction",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("agent_id", sa.Text(), nullable=False),
        sa.Column("was_topic", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("was_priority", _WIDE, nullable=False),
        sa.Column("priority", _WIDE, nullable=False),
        sa.Column("corrected_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_correction_case_id"), "correction", ["case_id"], unique=False)
    op.create_index("correction_newest", "correction", ["corrected_at"], unique=False)


def downgrade() -> None:
    op.drop_table("correction")
    for table, columns in (
        ("contact", ("confidence", "priority", "topic", "language")),
        ("cases", ("priority", "topic")),
    ):
        for column in columns:
            op.drop_column(table, column)
