"""Services as the index needs them: which are to be indexed, and what is shown of those that were found."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from chassis.database import Tx
from chassis.statements import Row, Sql
from services.referral.domain import search
from services.referral.store import search_index

_SERVICE = search.Collection.SERVICE.value
_LATER = "CASE WHEN o.modified_at > s.modified_at THEN o.modified_at ELSE s.modified_at END"
_FOUND = "s.status = 'active' AND s.removed_at IS NULL AND s.behind = ''"
_READ = f"""
SELECT s.id, s.name, s.kind, s.minimum_age, s.maximum_age, s.document, s.assured_at, s.modified_at AS changed_at,
    {_LATER} AS modified_at, o.name AS organization, CASE WHEN {_FOUND} THEN 1 ELSE 0 END AS is_found
FROM service AS s LEFT JOIN organization AS o ON o.id = s.organization_id
"""  # noqa: S608 - our own words

_CHANGED = Sql(
    _READ
    + """WHERE (s.modified_at, s.id) > (:modified_at, :item_id)
ORDER BY s.modified_at, s.id LIMIT :limit"""
)
_MISSED = Sql(
    _READ
    + f"""LEFT JOIN index_document AS d ON d.collection = :collection AND d.item_id = s.id
WHERE ({_FOUND} AND (d.item_id IS NULL OR d.modified_at <> {_LATER})) OR (NOT ({_FOUND}) AND d.number IS NOT NULL)
LIMIT :limit"""
)
_GONE = Sql("""
SELECT d.item_id FROM index_document AS d
WHERE d.collection = :collection AND NOT EXISTS (SELECT 1 FROM service AS s WHERE s.id = d.item_id)
LIMIT :limit
""")
_AREAS = Sql("SELECT service_id, area FROM service_area WHERE service_id IN :ids ORDER BY 1, 2", lists=["ids"])
_TERMS = Sql(
    "SELECT service_id, taxonomy, term FROM service_term WHERE service_id IN :ids ORDER BY 1, 2, 3", lists=["ids"]
)

_SHOWN = """d.number, d.item_id, d.areas, d.terms, d.initials, d.assured_at AS listed_at,
    s.kind, s.minimum_age, s.maximum_age, s.assured_at"""
_IS_OFFERED = "s.id = d.item_id AND s.status = 'active' AND s.removed_at IS NULL AND s.behind = ''"
_OFFERED = Sql(
    f"""
SELECT {_SHOWN}
FROM (SELECT * FROM index_document WHERE collection = :collection AND number IN :numbers LIMIT :limit) AS d
JOIN service AS s ON {_IS_OFFERED}
""",  # noqa: S608 - our own words; the limit keeps PostgreSQL from reading services first
    lists=["numbers"],
)
_FRESHEST = Sql(
    f"""
SELECT {_SHOWN}
FROM (SELECT * FROM index_document
    WHERE collection = :collection AND (assured_at, number) < (:assured_at, :number)
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


@dataclass(frozen=True, slots=True)
class Source:
    """A service as the directory has it, with what it is filtered by."""

    row: Row
    areas: Sequence[str]
    terms: Sequence[tuple[str, str]]


def changed(tx: Tx, limit: int) -> list[Source]:
    """Services that were changed after the one indexed last, in the order of their changes."""
    modified_at, item_id = search_index.progress(tx, search.Collection.SERVICE)
    rows = tx.execute(_CHANGED, {"modified_at": modified_at, "item_id": item_id, "limit": limit}).all()
    return _sources(tx, rows)


def missed(tx: Tx, limit: int) -> list[Source]:
    """Services whose place in the index is not as it should be."""
    return _sources(tx, tx.execute(_MISSED, {"collection": _SERVICE, "limit": limit}).all())


def gone(tx: Tx, limit: int) -> list[str]:
    """Ids of services that the index has and the directory has not."""
    return tx.execute(_GONE, {"collection": _SERVICE, "limit": limit}).scalars()


def _sources(tx: Tx, rows: Sequence[Row]) -> list[Source]:
    ids = [row.id for row in rows]
    areas: dict[str, list[str]] = {one: [] for one in ids}
    terms: dict[str, list[tuple[str, str]]] = {one: [] for one in ids}
    for row in tx.execute(_AREAS, {"ids": ids}) if ids else ():
        areas[row.service_id].append(row.area)
    for row in tx.execute(_TERMS, {"ids": ids}) if ids else ():
        terms[row.service_id].append((row.taxonomy, row.term))
    return [Source(row, areas[row.id], terms[row.id]) for row in rows]


def offered(tx: Tx, numbers: Collection[int]) -> dict[int, Row]:
    """Whom services are for, by number; those that are not offered any more are left out."""
    values = {"collection": _SERVICE, "numbers": [*numbers], "limit": len(numbers)}
    return {row.number: row for row in tx.execute(_OFFERED, values)}


def freshest(tx: Tx, after: tuple[float, int], limit: int) -> Sequence[Row]:
    """As ``offered``, those first that somebody said to be right last; those that are not offered any more have no
    kind."""
    values = {"collection": _SERVICE, "assured_at": after[0], "number": after[1], "limit": limit}
    return tx.execute(_FRESHEST, values).all()


def services(tx: Tx, ids: Sequence[str]) -> dict[str, Row]:
    """What is shown of services, by id."""
    return {row.id: row for row in tx.execute(_SERVICES, {"ids": ids})}
