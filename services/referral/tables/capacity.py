"""What agencies were asked about their room, and what they said last. Codes alone: nothing of a person."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.columns import HASH, ID, blob, number, text, time
from services.referral.tables.metadata import metadata

question = sa.Table(
    "capacity_question",
    metadata,
    text("id", ID, primary_key=True, comment="of the dispatch that brings it"),
    text("referral_id", ID, index=True),
    text("organization_id", comment="who is asked"),
    text("need", comment="a code of the taxonomy need"),
    text("area", comment="2 or 5 digits of a district code; empty: not said"),
    text("age", comment="a band, a code; empty: not said"),
    number("urgent"),
    blob("token_hash", HASH),
    time("asked_at"),
    time("answered_at", nullable=True),
    sa.UniqueConstraint("token_hash", name="capacity_question_token"),
)

capacity = sa.Table(
    "capacity",
    metadata,
    text("organization_id", primary_key=True),
    text("need", primary_key=True, comment="a code of the taxonomy need; empty: in general"),
    text("room", comment="room, no_room, waiting_list or assessment"),
    number("weeks", comment="about how long the waiting list is; 0: not said"),
    text("said_by", ID, comment="the agent who was told, or `agency`"),
    time("said_at"),
)
