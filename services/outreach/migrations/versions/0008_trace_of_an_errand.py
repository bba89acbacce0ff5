"""An errand goes on in the trace of what led to it, from the clock or an agent to the call."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    comment = "the trace that it goes on in"
    trace = sa.Column("traceparent", sa.Text(), nullable=False, server_default=sa.text("''"), comment=comment)
    op.add_column("errand", trace)


def downgrade() -> None:
    op.drop_column("errand", "traceparent")
