"""The index that services are found by."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "search_document",
        sa.Column("number", _NUMBER, autoincrement=False, nullable=False, comment="its block is this divided by 8,192"),
        sa.Column("service_id", sa.Text(), nullable=False),
        sa.Column("areas", sa.Text(), nullable=False, comment="separated by spaces"),
        sa.Column("terms", sa.Text(), nullable=False, comment="life_stage:…, target:… and need:…, separated by spaces"),
        sa.Column("initials", sa.Text(), nullable=False, comment="of the names, separated by spaces"),
        sa.Column("assured_at", sa.Double(), nullable=False, comment="0: never"),
        sa.Column(
            "modified_at",
            sa.Double(),
            nullable=False,
            comment="of the service or its organization, the later; -1: shall be indexed anew",
        ),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("service_id"),
    )
    op.create_index("search_document_fresh", "search_document", ["assured_at", "number"])
    op.create_table(
        "search_posting",
        sa.Column(
            "term",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            nullable=False,
            comment="=word, ~two syllables, ^initials or @mark",
        ),
        sa.Column("block", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("documents", _NUMBER, nullable=False, comment="how many of the block have it"),
        sa.Column("postings", sa.LargeBinary(), nullable=False, comment="see domain/search_postings.py"),
        sa.PrimaryKeyConstraint("term", "block"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "search_block",
        sa.Column("id", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("used", _NUMBER, nullable=False, comment="numbers given"),
        sa.Column("live", _NUMBER, nullable=False, comment="numbers whose service is still found by them"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "search_progress",
        sa.Column("id", sa.Text(), nullable=False, comment="directory"),
        sa.Column(
            "modified_at",
            sa.Double(),
            nullable=False,
            comment="of the service indexed last, in the order in which they were changed",
        ),
        sa.Column("service_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
