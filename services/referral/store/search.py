"""Reads of the index, and of what is shown of the services found."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from chassis.database import Tx
from chassis.statements import Row, Sql

_SIZE = Sql("SELECT COALESCE(SUM(live), 0) FROM search_block")
_FREQUENCIES = Sql(
    "SELECT term, SUM(documents) AS documents FROM search_posting WHERE term IN :terms GROUP BY term", lists=["terms"]
)
_POSTINGS = Sql("SELECT term, block, postings FROM search_posting WHERE term IN :terms", lists=["terms"])
_SHOWN = """d.number, d.service_id, d.areas, d.terms, d.initials, d.assured_at AS listed_at,
    s.kind, s.minimum_age, s.maximum_age, s.assured_at"""
_IS_OFFERED = "s.id = d.service_id AND s.status = 'active' AND s.removed_at IS NULL AND s.behind = ''"
_OFFERED = Sql(
    f"""
SELECT {_SHOWN} FROM (SELECT * FROM search_document WHERE number IN :numbers LIMIT :limit) AS d
JOIN service AS s ON {_IS_OFFERED}
""",  # noqa: S608 - our own words; the limit keeps PostgreSQL from reading services first
    lists=["numbers"],
)
_FRESHEST = Sql(
    f"""
SELECT {_SHOWN}
FROM (SELECT * FROM search_document WHERE (assured_at, number) < (:assured_at, :number)
    ORDER BY assured_at DESC, number DESC LIMIT :limit) AS d
LEFT JOIN service AS s ON {_IS_OFFERED} ORDER BY d.assured_at DESC, d.number DESC
"""  # noqa: S608 - our own words
)
_SERVICES = Sql(
    """
SELECT s.id, s.name, s.kind, s.document, s.organization_id, s.assured_at, o.name AS organization
FROM service AS s LEFT JOIN organization AS o ON o.id = s.organization_id WHERE s.id IN :ids
""",
    lists=["ids"],
)


def frequencies(tx: Tx, terms: Iterable[str]) -> tuple[int, dict[str, int]]:
    """How many services can be found, and how many have each term, those that were changed since counted twice; what
    nobody has is left out."""
    sizes: list[int] = []
    tx.later(_SIZE, then=lambda rows: sizes.append(int(rows.scalar_one())))
    rows = tx.execute(_FREQUENCIES, {"terms": [*terms]}).all()
    return sizes[0], {row.term: int(row.documents) for row in rows}


def postings(tx: Tx, terms: Iterable[str]) -> dict[str, dict[int, bytes]]:
    """What the index has of terms, by term and block."""
    found: dict[str, dict[int, bytes]] = {}
    for row in tx.execute(_POSTINGS, {"terms": [*terms]}):
        found.setdefault(row.term, {})[row.block] = row.postings
    return found


def offered(tx: Tx, numbers: Collection[int]) -> dict[int, Row]:
    """Whom services are for, by number; those that are not offered any more are left out."""
    return {row.number: row for row in tx.execute(_OFFERED, {"numbers": [*numbers], "limit": len(numbers)})}


def freshest(tx: Tx, after: tuple[float, int], limit: int) -> Sequence[Row]:
    """As ``offered``, those first that somebody said to be right last; those that are not offered any more have no
    kind."""
    return tx.execute(_FRESHEST, {"assured_at": after[0], "number": after[1], "limit": limit}).all()


def services(tx: Tx, ids: Sequence[str]) -> dict[str, Row]:
    """What is shown of services, by id."""
    return {row.id: row for row in tx.execute(_SERVICES, {"ids": ids})}
