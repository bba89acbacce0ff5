"""What all of outreach's tables belong to, with its outbox, inbox and leases."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.inbox import inbox_table
from chassis.leases import lease_table
from chassis.outbox import outbox_table

metadata = sa.MetaData()
outbox = outbox_table(metadata)
inbox = inbox_table(metadata)
leases = lease_table(metadata)
