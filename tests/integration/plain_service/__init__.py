"""The smallest service there is: it writes down which cases were closed, and says nothing that has a default."""

import sqlalchemy as sa

from chassis.inbox import inbox_table
from chassis.outbox import outbox_table
from chassis.service import Service

SERVICE = Service("plain", "tests.integration.plain_service", listens=frozenset({"hub120.intake.v1.CaseClosed"}))
metadata = sa.MetaData()
closed = sa.Table("closed", metadata, sa.Column("case_id", sa.Text, primary_key=True))
outbox = outbox_table(metadata)
inbox = inbox_table(metadata)
