"""Routing's table of transfers."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.columns import HASH, ID, SEALED, blob, only, text, time
from services.routing.tables.metadata import metadata

transfer = sa.Table(
    "transfer",
    metadata,
    text("id", ID, primary_key=True),
    text("work_item_id", ID),
    text("case_id", ID),
    text("state"),
    text("style"),
    text("from_agent_id", ID),
    text("to_agent_id", ID, comment="who is asked or has accepted; empty while nobody is"),
    text("named_agent_id", ID, comment="empty if whoever fits is looked for"),
    text("needs", comment="what the receiver must have, space-separated"),
    text("department"),
    blob("note", SEALED, nullable=True, comment="what the first agent says about it"),
    blob("request_id", HASH),
    time("requested_at"),
    time("expires_at", nullable=True, comment="when it is given up if nobody has accepted"),
    time("accepted_at", nullable=True),
    time("ended_at", nullable=True),
    text("traceparent"),
    sa.UniqueConstraint("work_item_id", "request_id", name="transfer_request"),
    only("transfer_one_open", "work_item_id", unique=True, where="state IN ('requested', 'offered', 'joined')"),
    only("transfer_waiting", "requested_at", where="state = 'requested' AND department = ''"),
    only("transfer_from", "from_agent_id", where="state IN ('requested', 'offered', 'joined')"),
)
