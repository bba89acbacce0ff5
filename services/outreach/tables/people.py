"""People who agreed to be called regularly, what they agreed to, and who read of them."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.columns import HASH, ID, SEALED, blob, number, text, time
from services.outreach.tables.metadata import metadata

person = sa.Table(
    "person",
    metadata,
    text("id", ID, primary_key=True, comment="chosen by whoever wrote them first"),
    blob("name", SEALED),
    blob("telephone", SEALED),
    blob("number_hash", HASH),
    blob("address_hash", HASH, nullable=True, comment="of the number, as lists and mailings have it"),
    blob("details", SEALED, comment="address, year of birth, second contact, office and notes, as JSON"),
    text("language"),
    text("district", comment="a district code; may be empty"),
    text("windows", comment="when they may be called, as JSON; empty list: in the centre's hours"),
    text("bonds", ID, comment="who calls them, space-separated, the first before the others"),
    number("has_second", comment="1 if a second contact agreed to be called"),
    number("has_office", comment="1 if somebody is named who could go there"),
    text("office_department", comment="the connector that is handed the case; empty: another road, or none"),
    text("consent_id", ID, comment="what counts; empty: they have not agreed, or not any more"),
    time("agreed_at", nullable=True),
    time("created_at"),
    time("updated_at"),
    sa.UniqueConstraint("number_hash", name="person_number"),
)

call_consent = sa.Table(
    "call_consent",
    metadata,
    text("id", ID, primary_key=True),
    text("person_id", ID),
    text("how", comment="spoken, written or by a guardian"),
    text("wording", comment="which words were said or signed"),
    text("agent_id", ID, comment="who asked"),
    blob("request_id", HASH),
    time("given_at"),
    text("ended_by", ID, comment="who took it down that it ended; empty: it counts, or another took its place"),
    time("ended_at", nullable=True),
    sa.UniqueConstraint("person_id", "request_id", name="call_consent_request"),
)

audit = sa.Table(
    "person_audit",
    metadata,
    text("id", ID, primary_key=True, comment="ascends with time"),
    time("happened_at"),
    text("actor", ID),
    text("action", comment="a code"),
    text("person_id", ID, index=True),
    blob("purpose", SEALED, nullable=True, comment="in somebody's words"),
    comment="who read what names a person; rows are added, never changed",
)
