"""Surges, and cases that are taken together."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.columns import HASH, ID, SEALED, blob, number, only, text, time
from services.routing.tables.metadata import metadata

surge = sa.Table(
    "surge",
    metadata,
    text("id", ID, primary_key=True, comment="always 'now': there is one"),
    text("surge_id", ID, comment="of the one that goes on, or was the last"),
    text("state"),
    time("since"),
    text("declared_by", ID, comment="empty where the wait decided"),
    blob("reason", SEALED, nullable=True, comment="a supervisor's words"),
    time("until", nullable=True, comment="when a declared one ends"),
    text("texts", comment="JSON: what citizens are told, by language"),
)

surge_banner = sa.Table(
    "surge_banner",
    metadata,
    text("surge_id", ID, primary_key=True),
    text("case_id", ID, primary_key=True),
    time("told_at", index=True),
)

place_report = sa.Table(
    "place_report",
    metadata,
    text("case_id", ID, primary_key=True),
    blob("place", HASH, comment="keyed hash of a coarse place"),
    text("topic"),
    time("reported_at", index=True),
    sa.Index("place_report_place", "place", "topic", "reported_at"),
)

merged_work = sa.Table(
    "merged_work",
    metadata,
    text("id", ID, primary_key=True),
    text("case_id", ID),
    text("leading_id", ID, comment="the work item that stands for it"),
    text("leading_case_id", ID),
    text("state"),
    time("merged_at"),
    time("ended_at", nullable=True),
    text("work", ID, comment="JSON: the work as it would wait by itself"),
    number("contact_count"),
    number("contact_sequence", comment="the case's entry of the last contact"),
    only("merged_work_one", "case_id", unique=True, where="state = 'merged'"),
    only("merged_work_led", "leading_case_id", where="state = 'merged'"),
)
