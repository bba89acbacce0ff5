"""What nobody is asked for while its desks are closed."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "closed_ability",
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
        comment="what nobody is asked for now, because its desks are closed",
    )


def downgrade() -> None:
    op.drop_table("closed_ability")
