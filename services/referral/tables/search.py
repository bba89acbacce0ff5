"""The index that services are found by. All of it is made of the directory and can be made anew."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.columns import NONE, blob, number, text, time
from services.referral.tables.metadata import metadata

search_document = sa.Table(
    "search_document",
    metadata,
    number("number", primary_key=True, autoincrement=False, comment="its block is this divided by 8,192"),
    text("service_id", unique=True),
    text("areas", comment="separated by spaces"),
    text("terms", comment="life_stage:…, target:… and need:…, separated by spaces"),
    text("initials", comment="of the names, separated by spaces"),
    time("assured_at", comment="0: never"),
    time("modified_at", comment="of the service or its organization, the later; -1: shall be indexed anew"),
    sa.Index("search_document_fresh", "assured_at", "number"),
)

search_posting = sa.Table(
    "search_posting",
    metadata,
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

search_block = sa.Table(
    "search_block",
    metadata,
    number("id", primary_key=True, autoincrement=False),
    number("used", comment="numbers given"),
    number("live", comment="numbers whose service is still found by them"),
)

search_progress = sa.Table(
    "search_progress",
    metadata,
    text("id", primary_key=True, comment="directory"),
    time("modified_at", comment="of the service indexed last, in the order in which they were changed"),
    text("service_id"),
)
