"""Cases in which an article was the answer."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    said = "1: an article was the answer, as agents say"
    answered = sa.Column("answered", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True, comment=said)
    op.add_column("case_outcome", answered)
    marked_at: sa.Column[float] = sa.Column(
        "answer_marked_at", sa.Double(), nullable=True, comment="when they said so last"
    )
    op.add_column("case_outcome", marked_at)


def downgrade() -> None:
    op.drop_column("case_outcome", "answer_marked_at")
    op.drop_column("case_outcome", "answered")
