"""Links that were sent to agencies. Nothing here opens one: tokens and sessions are kept as keyed hashes alone."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.columns import HASH, ID, blob, text, time
from services.referral.tables.metadata import metadata

link = sa.Table(
    "agency_link",
    metadata,
    text("id", ID, primary_key=True, comment="of the dispatch that brings it"),
    text("referral_id", ID, index=True),
    blob("token_hash", HASH),
    blob("session_hash", HASH, nullable=True, comment="of what the browser that opened it holds"),
    time("made_at"),
    time("expires_at", comment="it opens until then"),
    time("opened_at", nullable=True),
    time("session_until", nullable=True),
    text("killed", comment="why it ended before its time: replaced or ended; empty: it did not"),
    sa.UniqueConstraint("token_hash", name="agency_link_token"),
)
