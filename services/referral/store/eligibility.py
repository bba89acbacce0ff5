"""Rules of eligibility in their versions, and median incomes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from chassis.database import Tx
from chassis.statements import Row, Sql
from services.referral.domain.median_income import PUBLISHED, MedianIncome

_TAKE = Sql("""
INSERT INTO eligibility_rule (id, newest, edition) VALUES (:id, 0, 0)
ON CONFLICT (id) DO UPDATE SET newest = eligibility_rule.newest RETURNING newest
""")
_ADD = Sql("""
INSERT INTO eligibility_version (rule_id, version, valid_from, ends, document, written_by, written_at)
VALUES (:rule_id, :version, :valid_from, :ends, :document, :written_by, :now)
RETURNING *
""")
_NEWEST = Sql("UPDATE eligibility_rule SET newest = :version, edition = edition + 1 WHERE id = :rule_id")
_CHANGED = Sql("UPDATE eligibility_rule SET edition = edition + 1 WHERE id = :rule_id")
_EDITION = Sql("SELECT coalesce(sum(edition), 0) AS edition FROM eligibility_rule")
_COUNT = Sql("SELECT count(*) FROM eligibility_rule")
_IN_USE = Sql("""
SELECT rule_id, version, ends, written_by, written_at FROM eligibility_version
WHERE valid_from <= :day AND (ends = '' OR ends > :day) ORDER BY rule_id, version
""")
_DOCUMENTS = Sql(
    "SELECT rule_id, version, document FROM eligibility_version WHERE rule_id IN :rule_ids", lists=("rule_ids",)
)
_VERSIONS = Sql("""
SELECT * FROM eligibility_version WHERE rule_id = :rule_id AND version < :before ORDER BY version DESC LIMIT :limit
""")
_LIVING = Sql("SELECT * FROM eligibility_version WHERE rule_id = :rule_id AND (ends = '' OR ends > valid_from)")
_END = Sql("UPDATE eligibility_version SET ends = :ends WHERE rule_id = :rule_id AND version = :version")
_SERVICES = Sql("SELECT id, source, source_key FROM service WHERE id IN :ids AND removed_at IS NULL", lists=("ids",))
_KEYED = Sql(
    "SELECT id, source, source_key FROM service WHERE source_key IN :keys AND removed_at IS NULL", lists=("keys",)
)
_MEDIANS = Sql("SELECT * FROM median_income")
_PUT_MEDIAN = Sql("""
INSERT INTO median_income (year, won, source, source_date, url, assured, written_by, written_at)
VALUES (:year, :won, :source, :source_date, :url, :assured, :written_by, :now)
ON CONFLICT (year) DO UPDATE SET won = excluded.won, source = excluded.source, source_date = excluded.source_date,
    url = excluded.url, assured = excluded.assured, written_by = excluded.written_by, written_at = excluded.written_at
""")
NO_VERSION = 2**31


def take(tx: Tx, rule_id: str) -> int:
    """Hold a rule, a new one too: its last version, 0 if it has none."""
    newest: int = tx.execute(_TAKE, {"id": rule_id}).scalar_one()
    return newest


def count(tx: Tx) -> int:
    """How many rules there are."""
    found: int = tx.execute(_COUNT).scalar_one()
    return found


def edition(tx: Tx) -> int:
    """Names the state of all rules: it rises with every change. 0: the centre has written none."""
    return int(tx.execute(_EDITION).scalar_one())


def add(
    tx: Tx, rule_id: str, version: int, *, valid_from: date, valid_until: date | None, document: str, written_by: str
) -> Row:  # fmt: skip
    """Write a version of a rule that is held."""
    tx.execute(_NEWEST, {"rule_id": rule_id, "version": version})
    values = {
        "rule_id": rule_id,
        "version": version,
        "valid_from": valid_from.isoformat(),
        "ends": valid_until.isoformat() if valid_until else "",
        "document": document,
        "written_by": written_by,
        "now": tx.now.timestamp(),
    }
    return tx.execute(_ADD, values).one()


def in_use(tx: Tx, day: date) -> Sequence[Row]:
    """The versions in use on a day, by the ids of their rules, without their documents."""
    return tx.execute(_IN_USE, {"day": day.isoformat()}).all()


def documents(tx: Tx, rule_ids: Collection[str]) -> dict[tuple[str, int], str]:
    """The documents of all versions of some rules."""
    rows = tx.execute(_DOCUMENTS, {"rule_ids": list(rule_ids)})
    return {(row.rule_id, row.version): row.document for row in rows}


def versions(tx: Tx, rule_id: str, before: int, limit: int) -> Sequence[Row]:
    """Versions of a rule, the newest first."""
    return tx.execute(_VERSIONS, {"rule_id": rule_id, "before": before, "limit": limit}).all()


def version(tx: Tx, rule_id: str, number: int) -> Row | None:
    """One version of a rule."""
    found = versions(tx, rule_id, number + 1, 1)
    return found[0] if found and found[0].version == number else None


def living(tx: Tx, rule_id: str) -> Sequence[Row]:
    """Versions of a rule that are used on some day."""
    return tx.execute(_LIVING, {"rule_id": rule_id}).all()


def end(tx: Tx, rule_id: str, number: int, day: date) -> None:
    """Use a version no longer from a day on; its rule is held."""
    tx.execute(_CHANGED, {"rule_id": rule_id})
    tx.execute(_END, {"rule_id": rule_id, "version": number, "ends": day.isoformat()})


def services(tx: Tx, ids: Collection[str]) -> Sequence[Row]:
    """Services of the directory with what their sources call them."""
    return tx.execute(_SERVICES, {"ids": list(ids)}).all()


def keyed(tx: Tx, keys: Collection[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """The ids of services by their source and its key."""
    if not keys:
        return {}
    rows = tx.execute(_KEYED, {"keys": [key for _, key in keys]})
    return {(row.source, row.source_key): row.id for row in rows if (row.source, row.source_key) in keys}


def medians(tx: Tx) -> dict[int, MedianIncome]:
    """The median incomes that are known, by year: what the hub brings, and what the centre wrote."""
    found = {row.year: _median(row) for row in tx.execute(_MEDIANS)}
    return dict(sorted({**found, **{one.year: one for one in PUBLISHED}}.items()))


def put_median(tx: Tx, median: MedianIncome, written_by: str) -> None:
    """Write or correct a year."""
    values: dict[str, Any] = {
        "year": median.year,
        "won": " ".join(map(str, median.won)),
        "source": median.source,
        "source_date": median.source_date.isoformat(),
        "url": median.url,
        "assured": int(median.assured),
        "written_by": written_by,
        "now": tx.now.timestamp(),
    }
    tx.execute(_PUT_MEDIAN, values)


def _median(row: Row) -> MedianIncome:
    won = tuple(map(int, row.won.split()))
    return MedianIncome(row.year, won, row.source, date.fromisoformat(row.source_date), row.url, bool(row.assured))
