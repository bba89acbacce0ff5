"""The tables of the measured service; the peers use the same."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.inbox import inbox_table
from chassis.outbox import outbox_table

metadata = sa.MetaData()

tally = sa.Table(
    "tally",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("events", sa.Integer, nullable=False),
)
outbox = outbox_table(metadata)
inbox = inbox_table(metadata)
