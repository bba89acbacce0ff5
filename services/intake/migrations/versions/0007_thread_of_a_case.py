"""Cases keep the provider's own name of their conversation, sealed: replies tell it back."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "cases",
        sa.Column(
            "thread",
            sa.LargeBinary(),
            nullable=True,
            comment="the provider's own name of the conversation, told back in replies",
        ),
    )


def downgrade() -> None:
    op.drop_column("cases", "thread")
