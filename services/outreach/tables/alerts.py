"""Alerts of authorities, what they say of each other, and how they changed."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.columns import ID, NONE, SEALED, blob, number, only, text, time, wide
from services.outreach.tables.metadata import metadata

alert = sa.Table(
    "alert",
    metadata,
    text("id", ID, primary_key=True, comment="ascends with time"),
    text("source", comment="the connector that brought it"),
    text("sender", comment="an authority, as CAP names it"),
    text("identifier", comment="of the sender's no other alert"),
    text("status", comment="CAP's word"),
    text("kind", comment="CAP's msgType"),
    text("scope", comment="CAP's word"),
    text("state"),
    text("event", comment="what the authority calls it"),
    text("hazard", comment="a code of ours"),
    text("category", comment="CAP's word"),
    text("severity", comment="CAP's word, the gravest of all languages; so urgency and certainty"),
    text("urgency"),
    text("certainty"),
    text("area", comment="codes, polygons, circles and names, as JSON"),
    text("replaced_by", ID, comment="the alert that updated or cancelled it; empty: none"),
    blob("content", SEALED, nullable=True, comment="all that it says, as JSON: it may name somebody who is looked for"),
    time("sent_at"),
    time("begins_at"),
    time("ends_at"),
    time("received_at"),
    time("due_at", nullable=True, comment="when the clock moves it"),
    sa.UniqueConstraint("sender", "identifier", name="alert_once"),
    only("alert_due", "due_at", where="due_at IS NOT NULL"),
    sa.Index("alert_state", "state", "id"),
)

reference = sa.Table(
    "alert_reference",
    metadata,
    text("sender", primary_key=True),
    text("identifier", primary_key=True),
    text("by_alert", ID, primary_key=True, comment="the alert that says something of it"),
    text("kind", comment="CAP's msgType of that one"),
    text("status", comment="CAP's word of that one"),
    comment="what alerts say of others, also of such as come later",
)

change = sa.Table(
    "alert_change",
    metadata,
    sa.Column(
        "sequence", wide(), primary_key=True, autoincrement=False, info=NONE, comment="1 for the first, without gaps"
    ),
    text("alert_id", ID),
    text("state"),
    time("changed_at", index=True),
)

counter = sa.Table(
    "alert_counter",
    metadata,
    text("id", primary_key=True, comment="now"),
    number("last", comment="the last sequence of all alerts"),
)
