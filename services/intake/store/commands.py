"""Legs that are commanded: the newest command that each took."""

from __future__ import annotations

from chassis.database import Tx
from chassis.locking import held
from chassis.statements import Row, Sql
from services.intake.domain.commands import Asked, Command, Taken

_PUT = Sql("""
INSERT INTO commanded_leg (leg_id, connector, command_id, settled_id, hung_up, traceparent, changed_at)
VALUES (:leg_id, :connector, '', '', 0, :traceparent, :now) ON CONFLICT (leg_id) DO NOTHING
""")
_LEG = held("SELECT * FROM commanded_leg WHERE leg_id = :leg_id")
_HEARD_OF = Sql("SELECT 1 FROM call_leg WHERE connector = :connector AND leg_hash = :leg_hash")
_BEGIN = Sql("""
UPDATE commanded_leg SET changed_at = :now,
    command_id = CASE WHEN command_id < :command_id THEN :command_id ELSE command_id END,
    hung_up = CASE WHEN :hangs_up = 1 THEN 1 ELSE hung_up END,
    dialled_at = CASE WHEN :dials = 1 THEN COALESCE(dialled_at, :now) ELSE dialled_at END
WHERE leg_id = :leg_id
""")
_SETTLE = Sql("UPDATE commanded_leg SET settled_id = :command_id, changed_at = :now WHERE leg_id = :leg_id")
_CALLED_IN = Sql("SELECT id, leg_id FROM call_leg WHERE id = :leg_id")
_TRACE = Sql("SELECT traceparent FROM commanded_leg WHERE leg_id = :leg_id")
_DIALLED = Sql("""
SELECT traceparent FROM commanded_leg
WHERE leg_id = :leg_id AND connector = :connector AND dialled_at IS NOT NULL
""")
_HUNG_UP = Sql("SELECT 1 FROM commanded_leg WHERE leg_id = :leg_id AND connector = :connector AND hung_up = 1")
_FORGET = Sql("DELETE FROM commanded_leg WHERE changed_at < :before")


def take(tx: Tx, asked: Asked, traceparent: str) -> Taken:
    """What a leg took before; its row is held."""
    values = {"leg_id": asked.leg_id, "connector": asked.connector, "traceparent": traceparent}
    tx.execute(_PUT, {**values, "now": tx.now.timestamp()})
    row = tx.execute(_LEG[tx.dialect], {"leg_id": asked.leg_id}).one()
    exchange = {"connector": asked.connector, "leg_hash": tx.keys.keyed_hash("provider_id", asked.leg_id)}
    heard_of = tx.execute(_HEARD_OF, exchange).first() is not None
    return Taken(row.command_id, row.settled_id, row.dialled_at is not None, bool(row.hung_up), heard_of)


def begin(tx: Tx, asked: Asked) -> None:
    """The exchange is about to be asked."""
    values = {
        "leg_id": asked.leg_id,
        "command_id": asked.id,
        "hangs_up": int(asked.command is Command.HANG_UP),
        "dials": int(asked.command is Command.DIAL),
        "now": tx.now.timestamp(),
    }
    tx.execute(_BEGIN, values)


def settle(tx: Tx, asked: Asked) -> bool:
    """It was told what became of it; true if the leg was to be hung up meanwhile."""
    tx.execute(_SETTLE, {"leg_id": asked.leg_id, "command_id": asked.id, "now": tx.now.timestamp()})
    row: Row = tx.execute(_LEG[tx.dialect], {"leg_id": asked.leg_id}).one()
    return bool(row.hung_up)


def exchange_id(tx: Tx, leg_id: str) -> str:
    """What the exchange calls a leg: its own id for a call that came in, ours for the others."""
    row = tx.execute(_CALLED_IN, {"leg_id": leg_id}).one_or_none()
    return leg_id if row is None else tx.opened("call_leg", row, "leg_id")


def trace_of(tx: Tx, leg_id: str) -> str:
    """The trace in which a leg was dialled; empty for one that was not."""
    found: str | None = tx.execute(_TRACE, {"leg_id": leg_id}).scalar_one_or_none()
    return found or ""


def trace_of_dialled(tx: Tx, connector: str, leg_id: str) -> str | None:
    """The trace in which an exchange was asked to dial a leg; None if it was not."""
    found: str | None = tx.execute(_DIALLED, {"leg_id": leg_id, "connector": connector}).scalar_one_or_none()
    return found


def was_hung_up(tx: Tx, connector: str, leg_id: str) -> bool:
    """Whether an exchange was asked to hang a leg up."""
    return tx.execute(_HUNG_UP, {"leg_id": leg_id, "connector": connector}).first() is not None


def forget(tx: Tx, before: float) -> int:
    """Drop legs that are long over; returns how many."""
    return tx.execute(_FORGET, {"before": before}).rowcount
