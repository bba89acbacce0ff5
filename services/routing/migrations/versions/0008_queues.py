"""Places told to those who wait, callbacks, surges, and what is taken together in them."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_EMPTY = sa.text("''")
_MERGED = sa.text("state = 'merged'")
_INDEXES = {
    "work_item_telling": (["tell_at", "queued_at"], "state = 'queued' AND tell_at IS NOT NULL"),
    "work_item_held": (["held_until"], "state = 'queued' AND held_until IS NOT NULL"),
    "work_item_taken": (["kind", "assigned_at"], "assigned_at IS NOT NULL"),
}


def _columns() -> list[sa.Column[Any]]:
    return [
        sa.Column(
            "tell_at",
            sa.Double(),
            nullable=True,
            server_default="0",
            comment="when to look whether the citizen is told where they stand; null: not any more",
        ),
        sa.Column("told_at", sa.Double(), nullable=True, comment="when they were told last"),
        sa.Column("told_position", _NUMBER, nullable=False, server_default="0", comment="what they were told then"),
        sa.Column(
            "callback_at",
            sa.Double(),
            nullable=True,
            comment="when a callback was asked for; null: the citizen waits themselves",
        ),
        sa.Column("callback_channel", sa.Text(), nullable=False, server_default=_EMPTY),
        sa.Column(
            "callback_point",
            sa.Text(),
            nullable=False,
            server_default=_EMPTY,
            comment="intake's id of the address; empty: the citizen's own",
        ),
        sa.Column("callback_tries", _NUMBER, nullable=False, server_default="0", comment="how often nobody answered"),
        sa.Column(
            "held_until",
            sa.Double(),
            nullable=True,
            comment="a callback's time; until then nobody is asked to take it",
        ),
        sa.Column("left_at", sa.Double(), nullable=True, comment="when the citizen hung up who will be called back"),
    ]


def upgrade() -> None:
    for column in _columns():
        op.add_column("work_item", column)
    for name, (columns, where) in _INDEXES.items():
        op.create_index(name, "work_item", columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
    op.create_table(
        "surge",
        sa.Column("id", sa.Text(), nullable=False, comment="always 'now': there is one"),
        sa.Column("surge_id", sa.Text(), nullable=False, comment="of the one that goes on, or was the last"),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("since", sa.Double(), nullable=False),
        sa.Column("declared_by", sa.Text(), nullable=False, comment="empty where the wait decided"),
        sa.Column("reason", sa.LargeBinary(), nullable=True, comment="a supervisor's words"),
        sa.Column("until", sa.Double(), nullable=True, comment="when a declared one ends"),
        sa.Column("texts", sa.Text(), nullable=False, comment="JSON: what citizens are told, by language"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "surge_banner",
        sa.Column("surge_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("told_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("surge_id", "case_id"),
    )
    op.create_index(op.f("ix_surge_banner_told_at"), "surge_banner", ["told_at"])
    op.create_table(
        "place_report",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("place", sa.LargeBinary(), nullable=False, comment="keyed hash of a coarse place"),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("reported_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("case_id"),
    )
    op.create_index(op.f("ix_place_report_reported_at"), "place_report", ["reported_at"])
    op.create_index("place_report_place", "place_report", ["place", "topic", "reported_at"])
    op.create_table(
        "merged_work",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("leading_id", sa.Text(), nullable=False, comment="the work item that stands for it"),
        sa.Column("leading_case_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("merged_at", sa.Double(), nullable=False),
        sa.Column("ended_at", sa.Double(), nullable=True),
        sa.Column("work", sa.Text(), nullable=False, comment="JSON: the work as it would wait by itself"),
        sa.Column("contact_count", _NUMBER, nullable=False),
        sa.Column("contact_sequence", _NUMBER, nullable=False, comment="the case's entry of the last contact"),
        sa.PrimaryKeyConstraint("id"),
    )
    for name, of, unique in (("merged_work_one", "case_id", True), ("merged_work_led", "leading_case_id", False)):
        op.create_index(name, "merged_work", [of], unique=unique, sqlite_where=_MERGED, postgresql_where=_MERGED)


def downgrade() -> None:
    op.drop_table("merged_work")
    op.drop_table("place_report")
    op.drop_table("surge_banner")
    op.drop_table("surge")
    for name in _INDEXES:
        op.drop_index(name, table_name="work_item")
    for column in reversed(_columns()):
        op.drop_column("work_item", column.name)
