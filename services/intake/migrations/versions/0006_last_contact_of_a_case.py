"""Cases know the entry of their last contact."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "cases",
        sa.Column(
            "contact_sequence",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            server_default="0",
            comment="of the last contact's entry",
        ),
    )


def downgrade() -> None:
    op.drop_column("cases", "contact_sequence")
