"""Articles, what agents say of them, and an index of two collections, which fills itself."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TERM = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def _text(name: str, comment: str | None = None) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=False, comment=comment)


def _number(name: str, comment: str | None = None) -> sa.Column[Any]:
    return sa.Column(name, _NUMBER, nullable=False, autoincrement=False, comment=comment)


def _time(name: str, comment: str | None = None, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Double(), nullable=nullable, comment=comment)


def _collection() -> sa.Column[Any]:
    return _text("collection", "service or article")


def upgrade() -> None:
    _make_index()
    _make_articles()


def _make_index() -> None:
    op.create_table(
        "index_document",
        _collection(),
        _number("number", "its block is this divided by 8,192"),
        _text("item_id", "of the service or article"),
        _text("areas", "separated by spaces"),
        _text("terms", "life_stage:…, target:… and need:…, separated by spaces"),
        _text("initials", "of the names, separated by spaces"),
        _time("assured_at", "of an article, when it was updated; 0: never"),
        _time("modified_at", "of the service or its organization, the later; -1: shall be indexed anew"),
        sa.PrimaryKeyConstraint("collection", "number"),
        sa.UniqueConstraint("collection", "item_id", name="index_document_item"),
    )
    op.create_index("index_document_fresh", "index_document", ["collection", "assured_at", "number"])
    op.create_table(
        "index_posting",
        _collection(),
        sa.Column("term", _TERM, nullable=False, comment="=word, ~two syllables, ^initials or @mark"),
        _number("block"),
        _number("documents", "how many of the block have it"),
        sa.Column("postings", sa.LargeBinary(), nullable=False, comment="see domain/search_postings.py"),
        sa.PrimaryKeyConstraint("collection", "term", "block"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "index_block",
        _collection(),
        _number("id"),
        _number("used", "numbers given"),
        _number("live", "numbers by which something is still found"),
        sa.PrimaryKeyConstraint("collection", "id"),
    )
    op.create_table(
        "index_progress",
        _collection(),
        _time("modified_at", "of what was indexed last, in the order in which it was changed"),
        _text("item_id"),
        sa.PrimaryKeyConstraint("collection"),
    )


def _make_articles() -> None:
    op.create_table(
        "article_source",
        _text("id"),
        _text("name", "what people call it"),
        _number("generation", "of its last import"),
        _time("imported_at", "when its last import ended; 0: never"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "article",
        _text("id", "source/key"),
        _text("source"),
        _text("source_key", "what the source calls it"),
        *(_text(name) for name in ("title", "text", "category", "url", "language")),
        _time("updated_at", "when its source changed it", nullable=True),
        sa.Column("digest", sa.LargeBinary(), nullable=False, comment="of all that the source says of it"),
        _number("generation", "of the import that had it last"),
        _time("modified_at", "when an import changed it"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("article_changed", "article", ["modified_at", "id"])
    op.create_index("article_of_source", "article", ["source", "generation"])
    op.create_table(
        "article_mark",
        _text("case_id"),
        _text("article_id", "of a connector: connector:key"),
        _text("agent_id"),
        _number("helped", "1: it was the answer"),
        _time("marked_at"),
        sa.PrimaryKeyConstraint("case_id", "article_id", "agent_id"),
    )
    op.create_index("article_mark_of_article", "article_mark", ["article_id"])
