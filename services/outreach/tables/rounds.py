"""Programmes, who is in them, their rounds, and what happened in each."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.columns import ID, number, text, time
from services.outreach.tables.metadata import metadata

programme = sa.Table(
    "programme",
    metadata,
    text("id", ID, primary_key=True, comment="chosen by whoever wrote it first"),
    text("name"),
    text("weekdays", comment="1 for Monday to 7 for Sunday, space-separated"),
    text("holidays", comment="what is done on a public holiday"),
    number("calls_per_hour"),
    text("sheet_id"),
    number("tries"),
    text("hours", comment="where they are not as usual, as JSON"),
    number("paused"),
    time("created_at"),
)

enrolment = sa.Table(
    "enrolment",
    metadata,
    text("programme_id", ID, primary_key=True),
    text("person_id", ID, primary_key=True, index=True),
    time("since"),
)

call_round = sa.Table(
    "call_round",
    metadata,
    text("id", ID, primary_key=True),
    text("programme_id", ID),
    text("day", comment="in Korea, as 2026-05-04"),
    number("sequence", comment="how many entries it has"),
    sa.UniqueConstraint("programme_id", "day", name="call_round_day"),
    sa.Index("call_round_newest", "day", "id"),
)

round_entry = sa.Table(
    "round_entry",
    metadata,
    text("round_id", ID, primary_key=True),
    number("sequence", primary_key=True, autoincrement=False, comment="1 for the first, without gaps"),
    text("check_in_id", ID),
    text("kind", comment="what happened, a code"),
    text("state", comment="where the check-in stood afterwards"),
    text("reason", comment="a code"),
    text("actor", ID, comment="an agent, or `clock`, `exchange`, `office`, `referral`"),
    time("happened_at"),
)
