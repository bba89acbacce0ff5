"""Leases: of all processes that could do something, one does it, and another takes over when that one is gone.

A lease is a row with an end. Its holder moves the end on while it lives; whoever finds the end passed may take it. What
the holder does with it goes through ``move`` in the same transaction, so that one who lost it without knowing stores
nothing. The clock is each process's own: they must agree to within the time a lease lasts.
"""

from __future__ import annotations

import sqlalchemy as sa

from chassis.columns import ID, SEALED, blob, text
from chassis.columns import time as moment
from chassis.database import Tx
from chassis.statements import Sql

LEASE_S = 15.0
"""How long what is held stands still at most when its holder is gone without a word."""

_TAKE = Sql("""
INSERT INTO lease (id, holder, held_until) VALUES (:id, :holder, :until)
ON CONFLICT (id) DO UPDATE SET holder = excluded.holder, held_until = excluded.held_until
WHERE lease.holder = excluded.holder OR lease.held_until <= :now
RETURNING id, cursor
""")
_MOVE = Sql("UPDATE lease SET cursor = :cursor WHERE id = :id AND holder = :holder AND held_until > :now")
_HOLD = Sql("UPDATE lease SET held_until = held_until WHERE id = :id AND holder = :holder AND held_until > :now")
_GIVE_UP = Sql("UPDATE lease SET held_until = 0 WHERE id = :id AND holder = :holder")


def lease_table(metadata: sa.MetaData) -> sa.Table:
    """The leases of one service."""
    return sa.Table(
        "lease",
        metadata,
        text("id", primary_key=True, comment="what is held, for example listener.email"),
        text("holder", ID, comment="a process, by an id it made up when it started"),
        moment("held_until"),
        blob("cursor", SEALED, nullable=True, comment="how far the holder came"),
    )


def take(tx: Tx, name: str, holder: str, for_s: float) -> str | None:
    """Take or prolong a lease; returns how far the last holder came (empty at first), None if another holds it."""
    now = tx.now.timestamp()
    row = tx.execute(_TAKE, {"id": name, "holder": holder, "until": now + for_s, "now": now}).one_or_none()
    return None if row is None else tx.opened("lease", row, "cursor")


def move(tx: Tx, name: str, holder: str, cursor: str | None) -> bool:
    """Say how far the holder came (None: no further); False if the lease is not the holder's (any more). The row is
    held until the end of the transaction, so that nobody takes the lease before it."""
    values = {"id": name, "holder": holder, "now": tx.now.timestamp()}
    if cursor is None:
        return tx.execute(_HOLD, values).rowcount == 1
    sealed = tx.keys.seal(cursor, table="lease", column="cursor", row=name)
    return tx.execute(_MOVE, {**values, "cursor": sealed}).rowcount == 1


def give_up(tx: Tx, name: str, holder: str) -> None:
    """Let another have it at once."""
    tx.execute(_GIVE_UP, {"id": name, "holder": holder})
