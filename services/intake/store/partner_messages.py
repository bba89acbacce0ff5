"""Messages to partners, and how far each came."""

from __future__ import annotations

from collections.abc import Sequence

from chassis.database import Tx
from chassis.locking import held
from chassis.statements import Row, Sql
from services.intake.domain.partner_messages import PartnerMessage
from services.intake.domain.replies import ReplyState
from services.intake.store.replies import provider_hash

_TABLE = "partner_message"
_ADD = Sql("""
INSERT INTO partner_message (id, channel, kind, address, subject, text, state, provider_id, created_at, updated_at,
    traceparent)
VALUES (:id, :channel, :kind, :address, :subject, :text, 'queued', :none, :now, :now, :trace)
ON CONFLICT (id) DO NOTHING RETURNING id
""")
_MESSAGE = held("SELECT * FROM partner_message WHERE id = :id")
_BEGIN = Sql("""
UPDATE partner_message SET state = 'sending', updated_at = :now WHERE id = :id AND state IN :states
    AND stopped_at IS NULL RETURNING *
""", lists=["states"])  # fmt: skip
_MOVE = Sql("""
UPDATE partner_message SET state = :state, failure = coalesce(:failure, failure), updated_at = :now,
    provider_id = CASE WHEN :provider_id = :none THEN provider_id ELSE :provider_id END WHERE id = :id
""")
_STOP = Sql("UPDATE partner_message SET stopped_at = coalesce(stopped_at, :now) WHERE id = :id")
_BY_PROVIDER = held("SELECT * FROM partner_message WHERE channel = :channel AND provider_id = :provider_id")
_FORGET = Sql("DELETE FROM partner_message WHERE created_at < :before")


def add(tx: Tx, new: PartnerMessage, traceparent: str) -> bool:
    """Keep a message to be sent; False if it was kept before."""
    seal = tx.keys.seal
    values = {
        "id": new.id,
        "channel": new.channel,
        "kind": new.kind,
        "address": seal(new.address, table=_TABLE, column="address", row=new.id),
        "subject": tx.sealed(_TABLE, new.id, "subject", new.subject),
        "text": seal(new.text, table=_TABLE, column="text", row=new.id),
        "none": b"",
        "now": tx.now.timestamp(),
        "trace": traceparent,
    }
    return tx.execute(_ADD, values).first() is not None


def message(tx: Tx, message_id: str) -> Row | None:
    """A message, its row held."""
    return tx.execute(_MESSAGE[tx.dialect], {"id": message_id}).one_or_none()


def begin(tx: Tx, message_id: str, states: Sequence[ReplyState]) -> PartnerMessage | None:
    """A message for its connector, ``sending`` from now on; None if it is in none of these states."""
    values = {"id": message_id, "states": list(states), "now": tx.now.timestamp()}
    row = tx.execute(_BEGIN, values).one_or_none()
    if row is None:
        return None
    address, text, subject = (tx.opened(_TABLE, row, column) for column in ("address", "text", "subject"))
    return PartnerMessage(row.id, row.channel, row.kind, address, text, subject)


def move(tx: Tx, message_id: str, state: ReplyState, *, failure: str = "", provider_id: str = "") -> None:
    """Where a message stands now."""
    values = {
        "id": message_id,
        "state": state.value,
        "failure": tx.sealed(_TABLE, message_id, "failure", failure),
        "provider_id": provider_hash(tx, provider_id),
        "none": b"",
        "now": tx.now.timestamp(),
    }
    tx.execute(_MOVE, values)


def stop(tx: Tx, message_id: str) -> None:
    """It must not leave any more."""
    tx.execute(_STOP, {"id": message_id, "now": tx.now.timestamp()})


def by_provider(tx: Tx, channel: str, provider_id: str) -> Row | None:
    """A message by what the provider calls it, its row held."""
    values = {"channel": channel, "provider_id": provider_hash(tx, provider_id)}
    return tx.execute(_BY_PROVIDER[tx.dialect], values).first()


def forget(tx: Tx, before: float) -> None:
    """Drop what is long over."""
    tx.execute(_FORGET, {"before": before})
