"""What was refused, and who decided what: rows are added and counted up, never changed otherwise."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.columns import ID, SEALED, blob, number, text, time
from services.translation.tables.metadata import metadata

audit = sa.Table(
    "audit",
    metadata,
    text("id", ID, primary_key=True, comment="ascends with time"),
    time("happened_at"),
    text("actor", ID, comment="an agent, or a connector"),
    text("action", comment="a code"),
    text("session_id", ID, comment="empty where none is known"),
    number("minute", comment="since 1970: what a connector repeats within one is counted"),
    number("times"),
    blob("reason", SEALED, nullable=True, comment="in somebody's words"),
    sa.UniqueConstraint("actor", "action", "session_id", "minute", name="audit_counted"),
)
