"""The surge: whether there is one, and who was told."""

from __future__ import annotations

import json

from chassis.database import Tx
from chassis.locking import held
from chassis.statements import Row, Sql
from services.routing.domain.surges import Surge, SurgeState

_NOW = "now"
"""The one row's id."""
_BEGIN = Sql("""
INSERT INTO surge (id, surge_id, state, since, declared_by, texts) VALUES (:id, '', 'off', 0, '', '{}')
ON CONFLICT (id) DO NOTHING
""")
_READ = held("SELECT * FROM surge WHERE id = :id")
_WRITE = Sql("""
UPDATE surge SET surge_id = :surge_id, state = :state, since = :since, declared_by = :declared_by, until = :until,
    texts = :texts, reason = :reason
WHERE id = :id
""")
_BANNER = Sql("""
INSERT INTO surge_banner (surge_id, case_id, told_at) VALUES (:surge_id, :case_id, :now)
ON CONFLICT (surge_id, case_id) DO NOTHING
""")
_FORGET = Sql("DELETE FROM surge_banner WHERE told_at < :before")


def read(tx: Tx) -> Surge:
    """How it stands."""
    return _surge(tx, tx.execute(_READ["sqlite"], {"id": _NOW}).one_or_none())


def hold(tx: Tx) -> Surge:
    """How it stands; the row is held."""
    tx.execute(_BEGIN, {"id": _NOW})
    return _surge(tx, tx.execute(_READ[tx.dialect], {"id": _NOW}).one())


def write(tx: Tx, surge: Surge) -> None:
    """How it stands from now on. The caller holds the row."""
    values = {
        "id": _NOW,
        "surge_id": surge.id,
        "state": surge.state.value,
        "since": surge.since,
        "declared_by": surge.declared_by,
        "until": surge.until,
        "texts": json.dumps(dict(surge.texts), ensure_ascii=False),
        "reason": tx.sealed("surge", _NOW, "reason", surge.reason),
    }
    tx.execute(_WRITE, values)


def _surge(tx: Tx, row: Row | None) -> Surge:
    if row is None:
        return Surge()
    return Surge(
        row.surge_id,
        SurgeState(row.state),
        row.since,
        row.declared_by,
        tx.opened("surge", row, "reason"),
        row.until,
        json.loads(row.texts),
    )


def tell_once(tx: Tx, surge: Surge, case_id: str) -> bool:
    """Note that the banner is told in a case; False if it was before."""
    return tx.execute(_BANNER, {"surge_id": surge.id, "case_id": case_id, "now": tx.now.timestamp()}).rowcount > 0


def forget(tx: Tx, before: float) -> int:
    """Drop what was told in surges long over; returns how much."""
    return tx.execute(_FORGET, {"before": before}).rowcount
