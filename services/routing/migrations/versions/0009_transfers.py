"""Transfers: work that one agent asks another, or a department, to take over."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_OPEN = sa.text("state IN ('requested', 'offered', 'joined')")
_WAITING = sa.text("state = 'requested' AND department = ''")


def _id(name: str, comment: str | None = None) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=True, comment=comment)


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for name, comment in {
            "subject_id": "the offer, the work item or the transfer",
            "state": "of that with this change",
        }.items():
            op.alter_column("desk_change", name, comment=comment)
    op.add_column("work_item", _id("transfer_id", "the transfer under way"))
    op.add_column("offer", _id("transfer_id", "the transfer it asks to take part in"))
    op.add_column(
        "offer",
        sa.Column("left_at", sa.Double(), nullable=True, comment="when who had accepted left work that went on"),
    )
    op.create_table(
        "transfer",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("work_item_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("style", sa.Text(), nullable=False),
        sa.Column("from_agent_id", sa.Text(), nullable=False),
        sa.Column(
            "to_agent_id", sa.Text(), nullable=False, comment="who is asked or has accepted; empty while nobody is"
        ),
        sa.Column("named_agent_id", sa.Text(), nullable=False, comment="empty if whoever fits is looked for"),
        sa.Column("needs", sa.Text(), nullable=False, comment="what the receiver must have, space-separated"),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=True, comment="what the first agent says about it"),
        sa.Column("request_id", sa.LargeBinary(), nullable=False),
        sa.Column("requested_at", sa.Double(), nullable=False),
        sa.Column("expires_at", sa.Double(), nullable=True, comment="when it is given up if nobody has accepted"),
        sa.Column("accepted_at", sa.Double(), nullable=True),
        sa.Column("ended_at", sa.Double(), nullable=True),
        sa.Column("traceparent", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("work_item_id", "request_id", name="transfer_request"),
    )
    for name, column, unique, where in (
        ("transfer_one_open", "work_item_id", True, _OPEN),
        ("transfer_waiting", "requested_at", False, _WAITING),
        ("transfer_from", "from_agent_id", False, _OPEN),
    ):
        op.create_index(name, "transfer", [column], unique=unique, sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    raise NotImplementedError("a transfer under way has no older form; restore the backup taken before the upgrade")
