"""What all of referral's tables belong to, with its outbox and inbox."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.inbox import inbox_table
from chassis.outbox import outbox_table

metadata = sa.MetaData()
outbox = outbox_table(metadata)
inbox = inbox_table(metadata)
