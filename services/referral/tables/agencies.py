"""Agencies: by which road each is reached, and how long it may be silent."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.columns import SEALED, blob, text
from services.referral.tables.metadata import metadata

agency = sa.Table(
    "agency",
    metadata,
    text("id", primary_key=True, comment="the organization's"),
    text("road", comment="connector, email, sms, telephone or none"),
    text("connector", comment="the department's; empty for any other road"),
    blob("address", SEALED, nullable=True, comment="an e-mail address or a number"),
    text("second_road", comment="email, sms or none"),
    blob("second_address", SEALED, nullable=True, comment="whom to turn to when nobody answers"),
    text("language", comment="in which it is written to: ko or en"),
    text("timers", comment="working hours to acknowledge, accept, progress, and between rungs, as JSON"),
)
