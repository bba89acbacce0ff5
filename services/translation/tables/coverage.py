"""Who interprets what and when, the volunteers among them, and the glossary."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.columns import ID, SEALED, blob, number, text, time
from services.translation.tables.metadata import metadata

coverage_rule = sa.Table(
    "coverage_rule",
    metadata,
    text("id", primary_key=True),
    number("position"),
    text("languages", comment="space-separated"),
    text("media", comment="space-separated"),
    text("residence_statuses", comment="as JSON"),
    text("hours", comment="as JSON"),
    text("providers", comment="one after another, as JSON"),
    time("changed_at"),
)

volunteer = sa.Table(
    "volunteer",
    metadata,
    text("id", ID, primary_key=True),
    text("languages", comment="space-separated, with one at either end"),
    text("hours", comment="as JSON"),
    blob("telephone", SEALED),
    number("sessions_a_day"),
    number("minutes_a_day"),
    number("resting", comment="1: asked for a rest"),
    text("session_id", ID, comment="in which they are asked or interpret; empty: they are free"),
    time("asked_at", nullable=True),
)

term = sa.Table(
    "term",
    metadata,
    text("korean", primary_key=True),
    text("language", primary_key=True),
    text("translation"),
    text("note"),
    number("version"),
    text("changed_by", ID),
    time("changed_at"),
)
