"""Articles for agents, which are public, and what agents say of them."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.columns import ID, NONE, blob, number, text, time
from services.referral.tables.metadata import metadata

article_source = sa.Table(
    "article_source",
    metadata,
    text("id", primary_key=True),
    text("name", comment="what people call it"),
    number("generation", comment="of its last import"),
    time("imported_at", comment="when its last import ended; 0: never"),
)

article = sa.Table(
    "article",
    metadata,
    text("id", primary_key=True, comment="source/key"),
    text("source"),
    text("source_key", comment="what the source calls it"),
    text("title"),
    text("text"),
    text("category"),
    text("url"),
    text("language"),
    time("updated_at", nullable=True, comment="when its source changed it"),
    blob("digest", NONE, comment="of all that the source says of it"),
    number("generation", comment="of the import that had it last"),
    time("modified_at", comment="when an import changed it"),
    sa.Index("article_changed", "modified_at", "id"),
    sa.Index("article_of_source", "source", "generation"),
)

article_mark = sa.Table(
    "article_mark",
    metadata,
    text("case_id", ID, primary_key=True),
    text("article_id", primary_key=True, comment="of a connector: connector:key"),
    text("agent_id", ID, primary_key=True),
    number("helped", comment="1: it was the answer"),
    time("marked_at"),
    sa.Index("article_mark_of_article", "article_id"),
)
