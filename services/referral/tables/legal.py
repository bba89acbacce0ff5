"""What legal referrals have beside others: deadlines, people on either side, conflicts, notes that only the legal desk
reads. And the hours that agencies offer, with who is booked into them."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.columns import HASH, ID, SEALED, blob, number, only, text, time
from services.referral.tables.metadata import metadata

deadline = sa.Table(
    "legal_deadline",
    metadata,
    text("id", ID, primary_key=True),
    text("referral_id", ID),
    text("kind", comment="what ends with it, a code"),
    text("day", comment="the last day in Korea, as 2026-11-16"),
    blob("source", SEALED, nullable=True, comment="where the date is from, in somebody's words"),
    text("rule", comment="by which it was computed, a code; empty: none"),
    text("state", comment="open, kept, dropped or moved"),
    text("entered_by", ID),
    time("entered_at"),
    text("closed_by", ID, comment="empty: nobody"),
    time("closed_at", nullable=True),
    blob("request_id", HASH),
    sa.UniqueConstraint("referral_id", "request_id", name="legal_deadline_request"),
)

person = sa.Table(
    "legal_person",
    metadata,
    text("id", ID, primary_key=True),
    text("referral_id", ID),
    text("case_id", ID),
    text("organization_id", comment="the agency of the referral"),
    text("side", comment="client or opponent"),
    blob("name", SEALED, nullable=True, comment="of opponents; the client's stands in the referral"),
    blob("telephone", SEALED, nullable=True, comment="likewise, E.164"),
    blob("name_hash", HASH, nullable=True, comment="of the name in one form; null: not known"),
    blob("telephone_hash", HASH, nullable=True, comment="of the number as E.164; null: not known"),
    text("added_by", ID),
    time("added_at"),
    blob("request_id", HASH),
    sa.UniqueConstraint("referral_id", "request_id", name="legal_person_request"),
    sa.Index("legal_person_name", "organization_id", "name_hash"),
    sa.Index("legal_person_telephone", "organization_id", "telephone_hash"),
)

conflict = sa.Table(
    "legal_conflict",
    metadata,
    text("id", ID, primary_key=True),
    text("referral_id", ID),
    text("other_id", ID, comment="the referral on the other side"),
    text("cleared_by", ID),
    time("cleared_at"),
    blob("reason", SEALED, nullable=True, comment="why it is none, in somebody's words"),
    sa.Index("legal_conflict_referral", "referral_id"),
    sa.Index("legal_conflict_other", "other_id"),
    comment="conflicts that a person cleared; those that nobody cleared are found by the hashes of people",
)

note = sa.Table(
    "legal_note",
    metadata,
    text("id", ID, primary_key=True, comment="ascends with time"),
    text("referral_id", ID),
    blob("text", SEALED, nullable=True),
    text("author", ID),
    time("written_at"),
    blob("request_id", HASH),
    sa.UniqueConstraint("referral_id", "request_id", name="legal_note_request"),
    sa.Index("legal_note_referral", "referral_id", "id"),
)

slot = sa.Table(
    "slot",
    metadata,
    text("id", ID, primary_key=True),
    text("organization_id", comment="the agency"),
    time("starts_at"),
    number("minutes"),
    number("capacity", comment="how many citizens fit"),
    number("booked", comment="how many are booked, at most the capacity"),
    text("medium", comment="visit, telephone or video"),
    text("place", comment="of the agency; empty unless it is visited"),
    text("language"),
    text("law_field", comment="a code; empty: any"),
    text("put_by", ID),
    blob("request_id", HASH),
    number("part", comment="which of a series, from 0 on"),
    time("closed_at", nullable=True, comment="since when it is not offered any more"),
    sa.CheckConstraint("booked >= 0 AND booked <= capacity", name="slot_fits"),
    sa.UniqueConstraint("organization_id", "request_id", "part", name="slot_request"),
    sa.Index("slot_start", "organization_id", "starts_at", "id"),
)

appointment = sa.Table(
    "appointment",
    metadata,
    text("id", ID, primary_key=True),
    text("referral_id", ID, index=True),
    text("slot_id", ID, index=True),
    text("state"),
    text("booked_by", ID),
    time("booked_at"),
    text("ended_by", ID, comment="empty: nobody"),
    time("ended_at", nullable=True),
    time("remind_at", nullable=True, comment="when the citizen is to be reminded"),
    blob("request_id", HASH),
    sa.UniqueConstraint("referral_id", "request_id", name="appointment_request"),
    only("appointment_open", "referral_id", where="state = 'booked'", unique=True),
    only("appointment_remind", "remind_at", where="remind_at IS NOT NULL"),
)
