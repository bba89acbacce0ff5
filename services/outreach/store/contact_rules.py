"""Who wants no calls or messages, by keyed hash of the person."""

from __future__ import annotations

from collections.abc import Sequence

from chassis.database import Tx
from chassis.statements import Row, Sql

_ADD = Sql("""
INSERT INTO contact_rule (person_hash, channel, kind, source, created_at)
VALUES (:person_hash, :channel, :kind, :source, :now) ON CONFLICT (person_hash, channel) DO NOTHING
""")
_REMOVE = Sql("DELETE FROM contact_rule WHERE person_hash = :person_hash AND channel = :channel")
_OF = Sql("SELECT * FROM contact_rule WHERE person_hash = :person_hash ORDER BY channel")
_OF_MANY = Sql("SELECT * FROM contact_rule WHERE person_hash = ANY(CAST(:hashes AS bytea[]))")


def add(tx: Tx, person_hash: bytes, channel: str, kind: str, source: str) -> None:
    """Write a rule down; one that is there stays."""
    values = {"person_hash": person_hash, "channel": channel, "kind": kind, "source": source}
    tx.execute(_ADD, {**values, "now": tx.now.timestamp()})


def remove(tx: Tx, person_hash: bytes, channel: str) -> None:
    """Take a rule back."""
    tx.execute(_REMOVE, {"person_hash": person_hash, "channel": channel})


def of(tx: Tx, person_hash: bytes) -> Sequence[Row]:
    """The rules of one person."""
    return tx.execute(_OF, {"person_hash": person_hash}).all()


def of_many(tx: Tx, hashes: Sequence[bytes]) -> dict[bytes, list[Row]]:
    """The rules of these people."""
    if tx.dialect == "postgresql":
        rows = list(tx.execute(_OF_MANY, {"hashes": list(hashes)}))
    else:
        rows = [row for one in set(hashes) for row in tx.execute(_OF, {"person_hash": one})]
    found: dict[bytes, list[Row]] = {}
    for row in rows:
        found.setdefault(bytes(row.person_hash), []).append(row)
    return found
