"""Calls in which an agency joins an agent and a citizen."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.columns import HASH, ID, blob, only, text, time
from services.referral.tables.metadata import metadata

agency_call = sa.Table(
    "agency_call",
    metadata,
    text("id", ID, primary_key=True, comment="ascends with time"),
    text("referral_id", ID),
    text("agent_id", ID, comment="who called the agency"),
    blob("request_id", HASH),
    text("state"),
    text("reason", comment="why it ended, a code"),
    text("said", comment="what the agency said in it: a state of referrals; empty: nothing yet"),
    time("created_at"),
    time("answered_at", nullable=True),
    time("ended_at", nullable=True),
    time("due_at", nullable=True, comment="when it counts as having ended without a word"),
    sa.UniqueConstraint("referral_id", "request_id", name="agency_call_request"),
    only("agency_call_due", "due_at", where="due_at IS NOT NULL"),
)
