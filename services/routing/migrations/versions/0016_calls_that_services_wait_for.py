"""Calls whose end a service waits to hear of."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    comment = "the call that a service wants; empty: nobody waits for it"
    column = sa.Column("request_id", sa.Text(), nullable=False, server_default=sa.text("''"), comment=comment)
    op.add_column("work_item", column)


def downgrade() -> None:
    op.drop_column("work_item", "request_id")
