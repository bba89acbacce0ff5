"""Work in a language that nobody at work speaks: what is done about it."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_DUE = sa.text("interpret_at IS NOT NULL")
_COLUMNS: tuple[sa.Column[Any], ...] = (
    sa.Column(
        "interpretation",
        sa.Text(),
        nullable=False,
        server_default=sa.text("''"),
        comment="what is done about a language nobody at work speaks",
    ),
    sa.Column("interpret_at", sa.Double(), nullable=True, comment="when translation is asked about it, next"),
    sa.Column("interpret_until", sa.Double(), nullable=True, comment="when translation's answer changes"),
)


def upgrade() -> None:
    for column in _COLUMNS:
        op.add_column("work_item", column)
    op.create_index("work_item_interpreting", "work_item", ["interpret_at"], postgresql_where=_DUE, sqlite_where=_DUE)


def downgrade() -> None:
    op.drop_index("work_item_interpreting", "work_item")
    for column in reversed(_COLUMNS):
        op.drop_column("work_item", column.name)
