"""Reads of the index while somebody searches."""

from __future__ import annotations

from collections.abc import Iterable

from chassis.database import Tx
from chassis.statements import Sql
from services.referral.domain.search import Collection

_SIZE = Sql("SELECT COALESCE(SUM(live), 0) FROM index_block WHERE collection = :collection")
_FREQUENCIES = Sql(
    "SELECT term, SUM(documents) AS documents FROM index_posting WHERE collection = :collection AND term IN :terms"
    " GROUP BY term",
    lists=["terms"],
)
_POSTINGS = Sql(
    "SELECT term, block, postings FROM index_posting WHERE collection = :collection AND term IN :terms",
    lists=["terms"],
)


def frequencies(tx: Tx, collection: Collection, terms: Iterable[str]) -> tuple[int, dict[str, int]]:
    """How many of a collection can be found, and how many have each term, those that were changed since counted twice;
    what none has is left out."""
    sizes: list[int] = []
    tx.later(_SIZE, {"collection": collection.value}, then=lambda rows: sizes.append(int(rows.scalar_one())))
    rows = tx.execute(_FREQUENCIES, {"collection": collection.value, "terms": [*terms]}).all()
    return sizes[0], {row.term: int(row.documents) for row in rows}


def postings(tx: Tx, collection: Collection, terms: Iterable[str]) -> dict[str, dict[int, bytes]]:
    """What the index has of terms, by term and block."""
    found: dict[str, dict[int, bytes]] = {}
    for row in tx.execute(_POSTINGS, {"collection": collection.value, "terms": [*terms]}):
        found.setdefault(row.term, {})[row.block] = row.postings
    return found
