"""How cases ended."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.columns import ID, number, only, text, time
from services.routing.tables.metadata import metadata

case_outcome = sa.Table(
    "case_outcome",
    metadata,
    text("case_id", ID, primary_key=True),
    text("citizen_id", ID),
    text("channel"),
    text("language"),
    text("topic"),
    text("agent_id", ID, nullable=True, comment="who had its last work item"),
    number("work_items", comment="until it was closed"),
    time("closed_at", nullable=True),
    time("returned_at", nullable=True, comment="when the citizen came with something new"),
    number("score", nullable=True, comment="1 to 5, what the citizen says of it"),
    time("scored_at", nullable=True),
    number("answered", nullable=True, comment="1: an article was the answer, as agents say"),
    time("answer_marked_at", nullable=True, comment="when they said so last"),
    sa.Index("case_outcome_closed", "closed_at"),
    sa.Index("case_outcome_scored", "scored_at"),
    only("case_outcome_citizen", "citizen_id", where="returned_at IS NULL"),
    comment="how cases ended, by their last work item",
)
