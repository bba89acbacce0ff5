"""Routing's tables of conduct: reports of abuse, flagged citizens, the policy's versions, and who decided what."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.columns import HASH, ID, SEALED, blob, number, text, time
from services.routing.tables.metadata import metadata

abuse_report = sa.Table(
    "abuse_report",
    metadata,
    text("id", ID, primary_key=True),
    text("work_item_id", ID),
    text("case_id", ID),
    text("citizen_id", ID),
    text("agent_id", ID),
    text("abuse_class"),
    text("situation"),
    blob("note", SEALED, nullable=True, comment="what happened, in the agent's words"),
    blob("request_id", HASH),
    number("policy_version", comment="by which it was judged"),
    text("prescribed_step"),
    text("taken_step", comment="empty until the agent says what they did"),
    number("recover_s", comment="how long the agent rests for it"),
    time("reported_at"),
    time("taken_at", nullable=True),
    time("withdrawn_at", nullable=True),
    text("withdrawn_by", ID),
    sa.UniqueConstraint("work_item_id", "request_id", name="abuse_report_request"),
    sa.Index("abuse_report_citizen", "citizen_id", "reported_at"),
    sa.Index("abuse_report_case", "case_id", "reported_at"),
)
citizen_flag = sa.Table(
    "citizen_flag",
    metadata,
    text("id", ID, primary_key=True),
    text("citizen_id", ID, index=True),
    text("abuse_class"),
    text("report_id", ID, index=True),
    time("flagged_at"),
    time("expires_at", index=True),
    time("lifted_at", nullable=True),
    text("lifted_by", ID),
    comment="citizens whom the dedicated team answers",
)
conduct_policy = sa.Table(
    "conduct_policy",
    metadata,
    number("version", primary_key=True, autoincrement=False),
    text("policy", comment="JSON: classes, steps and texts"),
    time("written_at"),
    text("written_by", ID),
)
conduct_record = sa.Table(
    "conduct_record",
    metadata,
    text("id", ID, primary_key=True, comment="ascends with time"),
    time("happened_at"),
    text("actor", ID),
    text("action"),
    text("subject_id", ID, comment="the report, the flag or the citizen"),
    text("citizen_id", ID, index=True),
    blob("reason", SEALED, nullable=True),
    comment="who withdrew, lifted or read what, and why; rows are added, never changed",
)
