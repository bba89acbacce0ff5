"""Reports on messages whose sending is not recorded yet."""

from __future__ import annotations

from collections.abc import Sequence

from chassis.database import Tx
from chassis.ids import new_id
from chassis.statements import Row, Sql

_KEEP = Sql("""
INSERT INTO delivery_report (id, channel, provider_hash, state, received_at)
VALUES (:id, :channel, :provider_hash, :state, :now)
""")
_WITH_RECIPIENT = Sql("""
SELECT report.id, report.channel, report.state, one.id AS recipient_id FROM delivery_report AS report
JOIN mailing_recipient AS one ON one.provider_hash = report.provider_hash ORDER BY report.id LIMIT 500
""")
_DROP = Sql("DELETE FROM delivery_report WHERE id = :id")
_FORGET = Sql("DELETE FROM delivery_report WHERE received_at < :before")


def keep(tx: Tx, channel: str, provider_hash: bytes, state: str) -> None:
    """Keep a report until it is known whom it is about."""
    values = {"id": new_id(tx.now), "channel": channel, "provider_hash": provider_hash, "state": state}
    tx.execute(_KEEP, {**values, "now": tx.now.timestamp()})


def with_recipient(tx: Tx) -> Sequence[Row]:
    """Reports of which it is known by now whom they are about, the first first."""
    return tx.execute(_WITH_RECIPIENT).all()


def drop(tx: Tx, report_id: str) -> None:
    """A report was applied."""
    tx.execute(_DROP, {"id": report_id})


def forget(tx: Tx, before: float) -> None:
    """Drop reports about what nobody here sent."""
    tx.execute(_FORGET, {"before": before})
