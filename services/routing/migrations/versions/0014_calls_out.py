"""Work that no citizen came with: a service of the hub wants them called."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    comment = "what a service wants the citizen called for; empty: they came"
    column = sa.Column("purpose", sa.Text(), nullable=False, server_default=sa.text("''"), comment=comment)
    op.add_column("work_item", column)


def downgrade() -> None:
    op.drop_column("work_item", "purpose")
