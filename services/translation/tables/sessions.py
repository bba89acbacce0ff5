"""Sessions with interpreters: where each stands, and who was asked in it."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.columns import HASH, ID, blob, number, only, text, time
from services.translation.tables.metadata import metadata

session = sa.Table(
    "session",
    metadata,
    text("id", ID, primary_key=True),
    text("case_id", ID),
    text("work_item_id", ID),
    text("agent_id", ID),
    text("language"),
    text("medium"),
    text("residence_status"),
    text("state"),
    text("providers", comment="who is asked, one after another, as it was when the session began; as JSON"),
    number("position", comment="how many of the providers were turned to"),
    number("attempts", comment="the number of the last attempt"),
    number("sequence", comment="counts its changes"),
    blob("request_id", HASH),
    text("traceparent"),
    time("requested_at"),
    time("connected_at", nullable=True),
    time("ended_at", nullable=True),
    time("due_at", nullable=True, comment="when the present attempt is given up"),
    only("session_one_open", "case_id", unique=True, where="ended_at IS NULL"),
    only("session_due", "due_at", where="due_at IS NOT NULL"),
    sa.UniqueConstraint("case_id", "request_id", name="session_request"),
    sa.Index("session_requested", "requested_at", "id"),
    sa.Index("session_agent", "agent_id", "requested_at"),
)

attempt = sa.Table(
    "attempt",
    metadata,
    text("session_id", ID, primary_key=True),
    number("number", primary_key=True, autoincrement=False, comment="1 for the first"),
    text("kind"),
    text("connector", comment="empty for volunteers"),
    number("answer_s"),
    text("interpreter", ID, comment="the partner's own name for them, or a volunteer's id"),
    text("outcome", comment="empty while it goes on and nobody has taken it"),
    text("reason", comment="a code"),
    text("line", comment="where their telephone stands; empty: there is none"),
    time("chosen_at"),
    time("requested_at", nullable=True),
    time("accepted_at", nullable=True),
    time("joined_at", nullable=True),
    time("ended_at", nullable=True),
    time("release_at", nullable=True, comment="when the partner is told that they are not needed"),
    only("attempt_release", "release_at", where="release_at IS NOT NULL"),
    sa.Index("attempt_interpreter", "interpreter", "accepted_at"),
)

report = sa.Table(
    "report",
    metadata,
    text("connector", primary_key=True),
    blob("update_hash", HASH, primary_key=True),
    time("received_at", index=True),
    comment="what partners said, so that a second delivery changes nothing",
)
