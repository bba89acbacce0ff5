"""The inbox: ids of events a service has handled, so that a second delivery changes nothing.

The id is inserted in the transaction that handles the event; whoever comes second finds it there. Rows are kept for
thirty days, longer than any message can wait on the bus.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from chassis.columns import text
from chassis.columns import time as moment
from chassis.database import Tx
from chassis.statements import Sql

KEEP = timedelta(days=30)

CLAIM = {
    "sqlite": Sql(
        "INSERT INTO inbox (event_id, received_at) SELECT value, :now FROM json_each(:ids) WHERE true"
        " ON CONFLICT DO NOTHING RETURNING event_id"
    ),
    "postgresql": Sql(
        "INSERT INTO inbox (event_id, received_at) SELECT unnest(CAST(:ids AS text[])), :now"
        " ON CONFLICT DO NOTHING RETURNING event_id"
    ),
}
"""The ids among those given that were not handled before. Sorted by the caller: two workers never deadlock."""

_FORGET = Sql("DELETE FROM inbox WHERE received_at < :before")


def inbox_table(metadata: sa.MetaData) -> sa.Table:
    """The inbox of one service."""
    return sa.Table(
        "inbox",
        metadata,
        text("event_id", primary_key=True),
        moment("received_at", index=True),
    )


def claim(tx: Tx, event_ids: Sequence[str]) -> set[str]:
    """Mark events as handled; returns those that were not handled before."""
    ids = sorted(set(event_ids))
    values = {"ids": json.dumps(ids) if tx.dialect == "sqlite" else ids, "now": tx.now.timestamp()}
    return {row.event_id for row in tx.execute(CLAIM[tx.dialect], values)}


def forget(tx: Tx, now: datetime) -> int:
    """Drop ids that no delivery can repeat any more; returns how many."""
    return tx.execute(_FORGET, {"before": (now - KEEP).timestamp()}).rowcount
