"""Three-way calls and plain ones."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.columns import EMPTY, HASH, ID, SEALED, blob, number, only, text, time
from services.routing.tables.metadata import metadata

ladder = sa.Table(
    "ladder",
    metadata,
    text("id", primary_key=True),
    text("rungs", comment="who and how many seconds each, as JSON"),
    number("rounds"),
    time("changed_at"),
)

conference = sa.Table(
    "conference",
    metadata,
    text("id", ID, primary_key=True),
    text("case_id", ID),
    text("work_item_id", ID),
    text("agent_id", ID),
    text("channel"),
    text("purpose", server_default="safety"),
    number("was_talk", server_default="0", comment="1 for a safety conference that began as a talk"),
    text("state"),
    number("drill", comment="1 for a drill"),
    text("ladder_id"),
    text("rungs", comment="of the ladder as it was, as JSON"),
    number("rounds"),
    number("step", comment="how many steps of the ladder were begun"),
    number("sequence", comment="of the last entry"),
    text("acknowledged_how"),
    time("acknowledged_at", nullable=True),
    time("left_at", nullable=True),
    time("alerted_at", nullable=True),
    time("started_at"),
    time("ended_at", nullable=True),
    time("due_at", nullable=True, comment="when to look again though nothing happens"),
    number("unreached", server_default="0", comment="1 while work of an agent who did not answer has not gone back"),
    blob("request_id", HASH),
    text("traceparent"),
    only("conference_one_open", "case_id", unique=True, where="ended_at IS NULL"),
    only("conference_due", "due_at", where="due_at IS NOT NULL"),
    only("conference_unreached", "agent_id", where="unreached = 1"),
    sa.UniqueConstraint("case_id", "request_id", name="conference_request"),
    sa.Index("conference_started", "started_at", "id"),
)

conference_leg = sa.Table(
    "conference_leg",
    metadata,
    text("conference_id", ID, primary_key=True),
    text("id", ID, primary_key=True, index=True),
    text("role"),
    text("target", comment="the department, or the number of the emergency service"),
    text("agent_id", ID, server_default=EMPTY, comment="whose telephone it is, of agents and those who listen in"),
    number("joined", server_default="1", comment="0 while a citizen who called hears music yet"),
    number("held", server_default="0", comment="1 while a citizen with whom no agent is hears music"),
    number("muted", server_default="0", comment="1 while nobody shall hear it"),
    text("state"),
    text("end_reason"),
    number("acknowledged", comment="1 once the department's system acknowledged the packet, or the agency takes over"),
    time("ordered_at"),
    time("due_at", nullable=True),
    time("occurred_at", comment="of the exchange's last news of it"),
    time("answered_at", nullable=True),
    time("ended_at", nullable=True),
)

interpreter_leg = sa.Table(
    "interpreter_leg",
    metadata,
    text("session_id", ID, primary_key=True, comment="translation's session"),
    number("attempt_number", primary_key=True),
    text("leg_id", ID, unique=True),
    text("conference_id", ID),
    comment="which telephone of a conference translation has asked for",
)

agency_leg = sa.Table(
    "agency_leg",
    metadata,
    text("call_id", ID, primary_key=True, comment="referral's call"),
    text("leg_id", ID, unique=True),
    text("conference_id", ID),
    comment="which telephone of a talk referral has asked for",
)

conference_entry = sa.Table(
    "conference_entry",
    metadata,
    text("id", ID, primary_key=True),
    text("conference_id", ID),
    number("sequence"),
    text("kind"),
    text("state", comment="of the conference with this entry"),
    text("leg_id", ID),
    text("role"),
    text("detail", comment="a code"),
    text("actor", ID),
    blob("told", SEALED, nullable=True, comment="who acknowledged, why somebody was let go"),
    time("happened_at"),
    sa.UniqueConstraint("conference_id", "sequence", name="conference_entry_sequence"),
)

citizen_call = sa.Table(
    "citizen_call",
    metadata,
    text("call_id", ID, primary_key=True),
    text("case_id", ID, index=True),
    text("channel"),
    text("state"),
    time("occurred_at", index=True),
)
