"""Lists of people as files brought them, and the campaigns that are made of them."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.columns import EMPTY, HASH, ID, SEALED, blob, number, only, text, time
from services.outreach.tables.metadata import metadata

recipient_list = sa.Table(
    "recipient_list",
    metadata,
    text("id", ID, primary_key=True),
    text("name"),
    text("variables", comment="JSON: what texts may name"),
    number("members"),
    number("refused"),
    number("duplicates"),
    number("gets_notices", server_default="0", comment="1: notices to the public go to these people"),
    text("created_by", ID),
    time("created_at", index=True),
    number("reached", server_default=sa.text("0"), comment="the row of the file up to which it is brought in"),
    number("complete", server_default=sa.text("1"), comment="0: not all of the file is there"),
    blob("file_hash", HASH, nullable=True, comment="of the file and its columns"),
)

list_member = sa.Table(
    "list_member",
    metadata,
    text("list_id", ID, primary_key=True),
    number("number", primary_key=True, autoincrement=False, comment="the row of the file"),
    blob("person_hash", HASH),
    blob("details", SEALED, comment="JSON: addresses by kind, variables"),
    text("language"),
    text("district"),
    number("birth_year", comment="0: unknown"),
    text("tags", comment="each between blanks"),
    text("kinds", server_default=EMPTY, comment="of address that they have, blanks between"),
    sa.UniqueConstraint("list_id", "person_hash", name="list_member_person"),
)

row_fault = sa.Table(
    "row_fault",
    metadata,
    text("list_id", ID, primary_key=True),
    number("number", primary_key=True, autoincrement=False, comment="the row of the file"),
    text("heading", primary_key=True, comment="the column; empty: the whole row"),
    text("code"),
)

campaign = sa.Table(
    "campaign",
    metadata,
    text("mailing_id", ID, primary_key=True),
    text("list_id", ID),
    text("segment", comment="JSON: who of the list is meant"),
    number("reached", comment="the list's number up to which the mailing's list is filled"),
    number("open", comment="1 while it is being filled"),
    only("campaign_open", "mailing_id", where="open = 1"),
)
