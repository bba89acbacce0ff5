"""By which codes citizens say that they saw somebody who is looked for."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sighting_code",
        sa.Column("notice_id", sa.Text(), nullable=False, comment="outreach's, of somebody who is looked for"),
        sa.Column("code", sa.Text(), nullable=False, comment="what a sighting quotes"),
        sa.Column("until", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("notice_id"),
    )
    op.create_index("ix_sighting_code_code", "sighting_code", ["code"])
