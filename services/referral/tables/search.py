"""The index that services and articles are found by, two collections apart. All of it is made of these and
can be made anew."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.columns import NONE, blob, number, text, time
from services.referral.tables.metadata import metadata

_COLLECTION = "service or article"

index_document = sa.Table(
    "index_document",
    metadata,
    text("collection", primary_key=True, comment=_COLLECTION),
    number("number", primary_key=True, autoincrement=False, comment="its block is this divided by 8,192"),
    text("item_id", comment="of the service or article"),
    text("areas", comment="separated by spaces"),
    text("terms", comment="life_stage:…, target:… and need:…, separated by spaces"),
    text("initials", comment="of the names, separated by spaces"),
    time("assured_at", comment="of an article, when it was updated; 0: never"),
    time("modified_at", comment="of the service or its organization, the later; -1: shall be indexed anew"),
    sa.UniqueConstraint("collection", "item_id", name="index_document_item"),
    sa.Index("index_document_fresh", "collection", "assured_at", "number"),
)

index_posting = sa.Table(
    "index_posting",
    metadata,
    text("collection", primary_key=True, comment=_COLLECTION),
    sa.Column(
        "term",
        sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
        primary_key=True,
        info=NONE,
        comment="=word, ~two syllables, ^initials or @mark",
    ),
    number("block", primary_key=True, autoincrement=False),
    number("documents", comment="how many of the block have it"),
    blob("postings", NONE, comment="see domain/search_postings.py"),
    sqlite_with_rowid=False,
)

index_block = sa.Table(
    "index_block",
    metadata,
    text("collection", primary_key=True, comment=_COLLECTION),
    number("id", primary_key=True, autoincrement=False),
    number("used", comment="numbers given"),
    number("live", comment="numbers by which something is still found"),
)

index_progress = sa.Table(
    "index_progress",
    metadata,
    text("collection", primary_key=True, comment=_COLLECTION),
    time("modified_at", comment="of what was indexed last, in the order in which it was changed"),
    text("item_id"),
)
