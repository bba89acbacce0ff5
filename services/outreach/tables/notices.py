"""Notices: what the public is told, who approved it, what is to be sent, and who is looked for."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.columns import HASH, ID, SEALED, blob, number, only, text, time
from services.outreach.tables.metadata import metadata

rule = sa.Table(
    "notice_rule",
    metadata,
    text("id", primary_key=True),
    text("area_code", comment="KR: any"),
    text("hazard", comment="empty: any"),
    text("category", comment="CAP's; empty: any"),
    text("severity", comment="at least, in CAP's words; so urgency and certainty"),
    text("urgency"),
    text("certainty"),
    text("notice_class"),
    text("channels", comment="in their order, blanks between"),
    text("put_by", ID),
    time("put_at"),
)

notice = sa.Table(
    "notice",
    metadata,
    text("id", ID, primary_key=True, comment="ascends with time"),
    text("state"),
    text("act", comment="first, update or cancel"),
    text("notice_class"),
    text("hazard"),
    text("alert_id", ID, comment="the alert behind it; empty: none"),
    text("follows", ID, comment="the notice whose readers it is for; empty: none"),
    text("area", comment="codes, polygons, circles and names, as JSON"),
    text("channels", comment="in their order, blanks between"),
    text("sign_video_url", comment="the same in sign language; empty: none"),
    text("created_by", ID, comment="who proposed it, or `rule`"),
    text("author", ID, comment="who wrote the present text"),
    number("version", comment="of the text; 1 for the first"),
    blob("texts", SEALED, nullable=True, comment="by language, as JSON"),
    number("counted_version", comment="the version that was last counted; 0: none"),
    number("recipients", nullable=True, comment="as counted; null: nobody can say"),
    text("counts", comment="by channel and language, as JSON"),
    blob("request_id", HASH, nullable=True),
    number("sequence", comment="how many entries it has"),
    number("surge", comment="1 while it makes routing prepare for many calls"),
    text("reason", comment="why it stands where it does, a code"),
    text("traceparent"),
    time("proposed_at"),
    time("waits_since", comment="when the present text was written"),
    time("called_at", nullable=True, comment="when a second approval was asked for loudly"),
    time("released_at", nullable=True),
    time("ends_at", comment="when its time has passed"),
    time("due_at", nullable=True, comment="when the clock looks at it"),
    sa.UniqueConstraint("created_by", "request_id", name="notice_request"),
    only("notice_due", "due_at", where="due_at IS NOT NULL"),
    only("notice_surge", "ends_at", where="surge = 1"),
    sa.Index("notice_alert", "alert_id", "id"),
    sa.Index("notice_follows", "follows", "id"),
    sa.Index("notice_state", "state", "id"),
)

approval = sa.Table(
    "notice_approval",
    metadata,
    text("notice_id", ID, primary_key=True),
    number("version", primary_key=True),
    text("approved_by", ID, primary_key=True),
    number("place", comment="1 for the first"),
    time("approved_at"),
)

entry = sa.Table(
    "notice_entry",
    metadata,
    text("id", ID, primary_key=True),
    text("notice_id", ID),
    number("sequence", comment="1 for the first, without gaps"),
    text("kind", comment="what happened, a code"),
    text("state", comment="where the notice stood afterwards"),
    text("reason", comment="a code"),
    text("actor", ID, comment="a person, `citizen`, `rule` or `clock`"),
    text("reference", ID, comment="the case it is about; empty: none"),
    number("version", comment="of the text"),
    blob("note", SEALED, nullable=True, comment="in somebody's words"),
    time("happened_at"),
    sa.UniqueConstraint("notice_id", "sequence", name="notice_entry_once"),
)

release = sa.Table(
    "notice_release",
    metadata,
    text("id", ID, primary_key=True, comment="ascends with time"),
    text("notice_id", ID),
    text("act"),
    text("notice_class"),
    number("version"),
    text("channels"),
    text("area"),
    text("readers_of", ID, comment="the release whose readers it is for; empty: whoever is in the area"),
    blob("texts", SEALED, nullable=True, comment="by language, with the form a carrier takes each in, as JSON"),
    time("released_at"),
    time("ends_at", comment="nothing leaves after it"),
    time("taken_at", nullable=True, comment="when somebody began to send it"),
    time("stopped_at", nullable=True, comment="when it was called off: what has not left does not leave"),
    sa.UniqueConstraint("notice_id", name="notice_release_once"),
    only("notice_release_waits", "id", where="taken_at IS NULL AND stopped_at IS NULL"),
    comment="what is to be sent",
)

sending = sa.Table(
    "notice_sending",
    metadata,
    text("release_id", ID, primary_key=True, comment="the mailing has the same id"),
    text("notice_id", ID),
    text("filling", comment="whence its list is filled now: readers, lists, people; full, or off"),
    text("reached", ID, comment="the last of those who were put on it, as JSON"),
    number("in_area", comment="1: whoever is in the area gets it; 0: the readers of an earlier notice alone"),
    time("full_at", nullable=True, comment="when its list was complete"),
    only("notice_sending_open", "release_id", where="filling NOT IN ('full', 'off')"),
    comment="how far a release has come on its way into a mailing",
)

person = sa.Table(
    "missing_person",
    metadata,
    text("id", ID, primary_key=True, comment="the notice's"),
    text("kind", comment="child, disability or dementia"),
    text("code", comment="what a sighting quotes"),
    text("outcome", comment="how the search ended; empty: it goes on"),
    blob("name", SEALED, nullable=True),
    blob("description", SEALED, nullable=True),
    blob("police_reference", SEALED, nullable=True, comment="by which the police asked for it"),
    text("photo", ID, comment="where the picture is kept, sealed; empty: none"),
    text("photo_type"),
    text("reported_by", ID),
    time("seen_at", nullable=True, comment="when they were last seen"),
    time("ends_at"),
    time("closed_at", nullable=True),
    time("erased_at", nullable=True, comment="when name, words and photo were taken out"),
    only("missing_code", "code", where="closed_at IS NULL", unique=True),
    only("missing_kept", "closed_at", where="erased_at IS NULL"),
)

audit = sa.Table(
    "notice_audit",
    metadata,
    text("id", ID, primary_key=True, comment="ascends with time"),
    time("happened_at"),
    text("actor", ID),
    text("action", comment="a code"),
    text("notice_id", ID, index=True),
    blob("purpose", SEALED, nullable=True, comment="in somebody's words"),
    comment="who read what names somebody who is looked for; rows are added, never changed",
)
