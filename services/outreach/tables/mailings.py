"""Mailings: the texts, who gets them and how far they came, the parts that tasks are about, and who wants none."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.columns import HASH, ID, SEALED, blob, number, only, text, time
from services.outreach.tables.metadata import metadata

mailing = sa.Table(
    "mailing",
    metadata,
    text("id", ID, primary_key=True),
    text("kind"),
    text("urgency", comment="bulk or life_safety"),
    text("title"),
    text("state"),
    text("steps", comment="JSON: channels in order, each with the kind of address"),
    text("starts", comment="JSON: starting times, one of which each recipient draws"),
    sa.Column("pace_per_s", sa.Double, nullable=False, info={"pd": "none"}),
    sa.Column("wait_s", sa.Double, nullable=False, info={"pd": "none"}),
    number("needs_approval_above"),
    number("parallel_calls", server_default=sa.text("10"), comment="calls that are wanted of agents at the same time"),
    number("call_attempts", server_default=sa.text("3"), comment="how often a recipient is called"),
    number("total", comment="recipients on the list"),
    number("last_number", comment="the highest number on the list"),
    number("duplicates"),
    text("created_by", ID),
    time("created_at"),
    text("approved_by", ID),
    time("approved_at", nullable=True),
    time("started_at", nullable=True),
    time("ended_at", nullable=True),
    time("ends_at", nullable=True, comment="nothing leaves from then on; null: no end"),
    sa.Index("mailing_newest", "created_at", "id"),
    only("mailing_open", "id", where="state IN ('running', 'stopped')"),
    only("mailing_ends", "ends_at", where="ends_at IS NOT NULL AND state NOT IN ('done', 'stopped')"),
)

mailing_text = sa.Table(
    "mailing_text",
    metadata,
    text("mailing_id", ID, primary_key=True),
    text("channel", primary_key=True),
    text("language", primary_key=True),
    blob("text", SEALED, comment="it may be about a person"),
    text("template"),
    text("subject"),
)

mailing_recipient = sa.Table(
    "mailing_recipient",
    metadata,
    text("id", ID, primary_key=True),
    text("mailing_id", ID),
    number("number", comment="the place on the list"),
    blob("person_hash", HASH),
    blob("details", SEALED, comment="JSON: addresses by kind, variables"),
    text("language"),
    text("district"),
    text("place", comment="the district whose quiet hours count"),
    number("variant", comment="which starting time was drawn"),
    text("state"),
    text("reason"),
    number("step", comment="which of the mailing's channels is tried"),
    number("tries", comment="of that channel"),
    blob("provider_hash", HASH, nullable=True, comment="of the provider's id, once it is known"),
    time("due_at"),
    time("moved_at"),
    sa.UniqueConstraint("mailing_id", "number", name="mailing_recipient_number"),
    sa.UniqueConstraint("mailing_id", "person_hash", name="mailing_recipient_person"),
    only("mailing_recipient_provider", "provider_hash", where="provider_hash IS NOT NULL"),
)

mailing_part = sa.Table(
    "mailing_part",
    metadata,
    text("id", ID, primary_key=True),
    text("mailing_id", ID),
    number("step"),
    text("channel"),
    number("first"),
    number("last"),
    number("urgent", comment="1 for life safety: its parts go first"),
    text("state", comment="waiting, queued, sending, done"),
    time("due_at"),
    time("moved_at"),
    time("look_at", nullable=True, comment="until when deliveries of it are waited for"),
    sa.UniqueConstraint("mailing_id", "step", "first", name="mailing_part_place"),
    only("mailing_part_due", "due_at", where="state = 'waiting'"),
    only("mailing_part_under_way", "channel", "moved_at", where="state IN ('queued', 'sending')"),
    only("mailing_part_look", "look_at", where="look_at IS NOT NULL"),
)

delivery_report = sa.Table(
    "delivery_report",
    metadata,
    text("id", ID, primary_key=True),
    text("channel"),
    blob("provider_hash", HASH, index=True),
    text("state"),
    time("received_at", index=True),
)

contact_rule = sa.Table(
    "contact_rule",
    metadata,
    blob("person_hash", HASH, primary_key=True),
    text("channel", primary_key=True, comment="empty: all of them"),
    text("kind"),
    text("source", ID, comment="who wrote it down, or the connector that said so"),
    time("created_at"),
)

quiet_place = sa.Table(
    "quiet_place",
    metadata,
    text("district", primary_key=True, comment="with all whose code begins so"),
    text("zone"),
    text("begins"),
    text("ends"),
)

mailing_audit = sa.Table(
    "mailing_audit",
    metadata,
    text("id", ID, primary_key=True),
    time("happened_at"),
    text("actor", ID),
    text("action"),
    text("mailing_id", ID, index=True, comment="or the list"),
    blob("purpose", SEALED, nullable=True),
)
