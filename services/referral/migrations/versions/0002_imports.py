"""Imports and what is wrong in them, who imports, duplicates and conflicts."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _text(name: str, comment: str | None = None) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=False, comment=comment)


def upgrade() -> None:
    op.create_table(
        "import_error",
        _text("source"),
        _text("source_key", "what the source calls it, or where it stands"),
        sa.Column("number", _NUMBER, nullable=False, comment="counts what is wrong with one record, from 1"),
        _text("place", "file and row, where it comes from a file"),
        _text("path", "where in the document, as JSON Pointer"),
        _text("message", "what is wrong, without the value"),
        sa.Column("found_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("source", "source_key", "number"),
    )
    op.create_table(
        "lease",
        _text("id", "what is held, for example listener.email"),
        _text("holder", "a process, by an id it made up when it started"),
        sa.Column("held_until", sa.Double(), nullable=False),
        sa.Column("cursor", sa.LargeBinary(), nullable=True, comment="how far the holder came"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "duplicate",
        _text("first", "the service with the lower id"),
        _text("second"),
        _text("decision", "same or different; empty: nobody has decided"),
        _text("decided_by", "who decided"),
        sa.Column("found_at", sa.Double(), nullable=False),
        sa.Column("decided_at", sa.Double(), nullable=True),
        sa.PrimaryKeyConstraint("first", "second"),
    )
    op.create_index("ix_duplicate_second", "duplicate", ["second"])
    op.create_index("duplicate_open", "duplicate", ["decision", "first", "second"])
