"""Rules of eligibility in their versions, and the median incomes that the centre wrote. What somebody told of
themselves to be answered is in no table."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.columns import ID, number, text, time
from services.referral.tables.metadata import metadata

eligibility_rule = sa.Table(
    "eligibility_rule",
    metadata,
    text("id", primary_key=True, comment="chosen by whoever wrote the rule"),
    number("newest", comment="its last version; whoever writes one holds this row"),
    number("edition", comment="how often a version was written or ended: their sum names the state of all rules"),
)

eligibility_version = sa.Table(
    "eligibility_version",
    metadata,
    text("rule_id", primary_key=True),
    number("version", primary_key=True, autoincrement=False),
    text("valid_from", comment="YYYY-MM-DD: the first day on which it is used"),
    text("ends", comment="YYYY-MM-DD: the first day on which it is not used any more; empty: open"),
    text("document", comment="the rule as it was written, as JSON; never changed"),
    text("written_by", ID, comment="an agent, or `sample`"),
    time("written_at"),
)

median_income = sa.Table(
    "median_income",
    metadata,
    number("year", primary_key=True, autoincrement=False),
    text("won", comment="a month, for households of one to seven, space-separated"),
    text("source"),
    text("source_date", comment="YYYY-MM-DD"),
    text("url"),
    number("assured", comment="0: somebody must compare it with the source"),
    text("written_by", ID),
    time("written_at"),
)
