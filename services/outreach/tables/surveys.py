"""Whom is asked how satisfied they are, and what they said."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.columns import ID, only, text, time
from chassis.columns import number as whole
from services.outreach.tables.metadata import metadata

survey = sa.Table(
    "survey",
    metadata,
    text("id", ID, primary_key=True, comment="the message's"),
    text("case_id", ID, unique=True),
    text("state", comment="waiting, asked, answered, untold"),
    whole("score", comment="1 to 5; 0: none yet"),
    time("due_at", comment="when intake is asked (again)"),
    time("created_at"),
    only("survey_due", "due_at", where="state = 'waiting'"),
)
