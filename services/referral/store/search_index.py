"""Reads and writes of the index: what is to be indexed, and what was made of it.

Whoever writes holds the row of ``search_progress``, so that numbers are given one after another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from chassis.database import Tx
from chassis.locking import held
from chassis.statements import Row, Sql
from services.referral.domain import search_postings
from services.referral.domain.search_postings import BLOCK

_ID = "directory"
_LATER = "CASE WHEN o.modified_at > s.modified_at THEN o.modified_at ELSE s.modified_at END"
_FOUND = "s.status = 'active' AND s.removed_at IS NULL AND s.behind = ''"
_READ = f"""
SELECT s.id, s.name, s.kind, s.minimum_age, s.maximum_age, s.document, s.assured_at, s.modified_at AS changed_at,
    {_LATER} AS modified_at, o.name AS organization, CASE WHEN {_FOUND} THEN 1 ELSE 0 END AS is_found
FROM service AS s LEFT JOIN organization AS o ON o.id = s.organization_id
"""  # noqa: S608 - our own words

_CHANGED = Sql(
    _READ
    + """WHERE (s.modified_at, s.id) > (:modified_at, :service_id)
ORDER BY s.modified_at, s.id LIMIT :limit"""
)
_MISSED = Sql(
    _READ
    + f"""LEFT JOIN search_document AS d ON d.service_id = s.id
WHERE ({_FOUND} AND (d.service_id IS NULL OR d.modified_at <> {_LATER})) OR (NOT ({_FOUND}) AND d.number IS NOT NULL)
LIMIT :limit"""
)
_GONE = Sql("""
SELECT d.service_id FROM search_document AS d WHERE NOT EXISTS (SELECT 1 FROM service AS s WHERE s.id = d.service_id)
LIMIT :limit
""")
_AREAS = Sql("SELECT service_id, area FROM service_area WHERE service_id IN :ids ORDER BY 1, 2", lists=["ids"])
_TERMS = Sql(
    "SELECT service_id, taxonomy, term FROM service_term WHERE service_id IN :ids ORDER BY 1, 2, 3", lists=["ids"]
)

_PROGRESS = Sql("SELECT modified_at, service_id FROM search_progress WHERE id = :id")
_HELD = held("SELECT modified_at, service_id FROM search_progress WHERE id = :id")
_BEGIN = Sql("INSERT INTO search_progress (id, modified_at, service_id) VALUES (:id, -1, '') ON CONFLICT DO NOTHING")
_MOVE = Sql("""
UPDATE search_progress SET modified_at = :modified_at, service_id = :service_id
WHERE id = :id AND (modified_at, service_id) < (:modified_at, :service_id)
""")
_KNOWN = Sql("SELECT service_id, number, modified_at FROM search_document WHERE service_id IN :ids", lists=["ids"])
_DROP = Sql("DELETE FROM search_document WHERE number IN :numbers", lists=["numbers"])
_LAST = Sql("SELECT id, used FROM search_block ORDER BY id DESC LIMIT 1")
_GROW = Sql("""
INSERT INTO search_block (id, used, live) VALUES (:id, :more, :more)
ON CONFLICT (id) DO UPDATE SET used = search_block.used + :more, live = search_block.live + :more
""")
_SHRINK = Sql("UPDATE search_block SET live = live - :less WHERE id = :id")
_DOCUMENT = Sql("""
INSERT INTO search_document (number, service_id, areas, terms, initials, assured_at, modified_at)
VALUES (:number, :service_id, :areas, :terms, :initials, :assured_at, :modified_at)
""")
_KEPT = Sql("SELECT term, postings FROM search_posting WHERE block = :block AND term IN :terms", lists=["terms"])
_PUT = Sql("""
INSERT INTO search_posting (term, block, documents, postings) VALUES (:term, :block, :documents, :postings)
ON CONFLICT (term, block) DO UPDATE SET documents = excluded.documents, postings = excluded.postings
""")
_PUT_MANY = Sql("""
INSERT INTO search_posting (term, block, documents, postings)
SELECT term, :block, documents, postings
FROM unnest(CAST(:terms AS text[]), CAST(:documents AS bigint[]), CAST(:postings AS bytea[]))
    AS put (term, documents, postings)
ON CONFLICT (term, block) DO UPDATE SET documents = excluded.documents, postings = excluded.postings
""")
_WASTED = Sql("""
UPDATE search_document SET modified_at = -1
WHERE EXISTS (SELECT 1 FROM search_block AS b
    WHERE b.id = search_document.number / :block AND b.used = :block AND b.live * 4 < b.used)
""")
_EMPTY = Sql("SELECT id FROM search_block WHERE used = :block AND live <= 0 ORDER BY id LIMIT 1")
_CLEAR = Sql("DELETE FROM search_posting WHERE block = :block")
_CLEARED = Sql("UPDATE search_block SET used = used + 1 WHERE id = :block")


@dataclass(frozen=True, slots=True)
class Source:
    """A service as the directory has it, with what it is filtered by."""

    row: Row
    areas: Sequence[str]
    terms: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Document:
    """What the index keeps of a service besides its terms."""

    service_id: str
    areas: str
    terms: str
    initials: str
    assured_at: float
    modified_at: float


def changed(tx: Tx, limit: int) -> list[Source]:
    """Services that were changed after the one indexed last, in the order of their changes."""
    row = tx.execute(_PROGRESS, {"id": _ID}).first()
    modified_at, service_id = (row.modified_at, row.service_id) if row else (-1.0, "")
    rows = tx.execute(_CHANGED, {"modified_at": modified_at, "service_id": service_id, "limit": limit}).all()
    return _sources(tx, rows)


def missed(tx: Tx, limit: int) -> list[Source]:
    """Services whose place in the index is not as it should be."""
    return _sources(tx, tx.execute(_MISSED, {"limit": limit}).all())


def gone(tx: Tx, limit: int) -> list[str]:
    """Ids of services that the index has and the directory has not."""
    return tx.execute(_GONE, {"limit": limit}).scalars()


def _sources(tx: Tx, rows: Sequence[Row]) -> list[Source]:
    ids = [row.id for row in rows]
    areas: dict[str, list[str]] = {one: [] for one in ids}
    terms: dict[str, list[tuple[str, str]]] = {one: [] for one in ids}
    for row in tx.execute(_AREAS, {"ids": ids}) if ids else ():
        areas[row.service_id].append(row.area)
    for row in tx.execute(_TERMS, {"ids": ids}) if ids else ():
        terms[row.service_id].append((row.taxonomy, row.term))
    return [Source(row, areas[row.id], terms[row.id]) for row in rows]


def hold(tx: Tx) -> None:
    """Be the only one who writes the index until the end of the transaction."""
    tx.execute(_BEGIN, {"id": _ID})
    tx.execute(_HELD[tx.dialect], {"id": _ID}).one()


def move(tx: Tx, modified_at: float, service_id: str) -> None:
    """Say which service was indexed last; never back."""
    tx.execute(_MOVE, {"id": _ID, "modified_at": modified_at, "service_id": service_id})


def known(tx: Tx, ids: Sequence[str]) -> dict[str, Row]:
    """What the index has of these services."""
    return {row.service_id: row for row in tx.execute(_KNOWN, {"ids": ids})}


def drop(tx: Tx, numbers: Sequence[int]) -> None:
    """Services are no longer found by these numbers."""
    if not numbers:
        return
    tx.execute(_DROP, {"numbers": numbers})
    for block, less in _counted(number // BLOCK for number in numbers).items():
        tx.execute(_SHRINK, {"id": block, "less": less})


def _counted(blocks: Iterable[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for block in blocks:
        found[block] = found.get(block, 0) + 1
    return found


def numbers(tx: Tx, count: int) -> list[int]:
    """The next numbers, those of as few blocks as can be."""
    last = tx.execute(_LAST).first()
    block, used = (last.id, last.used) if last else (0, 0)
    first = block * BLOCK + min(used, BLOCK)
    given = list(range(first, first + count))
    for one, more in _counted(number // BLOCK for number in given).items():
        tx.execute(_GROW, {"id": one, "more": more})
    return given


def add(tx: Tx, number: int, document: Document) -> None:
    """A service is found by this number."""
    tx.later(
        _DOCUMENT,
        {
            "number": number,
            "service_id": document.service_id,
            "areas": document.areas,
            "terms": document.terms,
            "initials": document.initials,
            "assured_at": document.assured_at,
            "modified_at": document.modified_at,
        },
    )


def post(tx: Tx, block: int, added: Mapping[str, Mapping[int, int]], *, fresh: bool) -> None:
    """Add impacts by term and place to a block; one that is fresh has none yet."""
    kept = {} if fresh else {row.term: row.postings for row in tx.execute(_KEPT, {"block": block, "terms": [*added]})}
    terms = sorted(added)
    merged = [_merged(kept.get(term), added[term]) for term in terms]
    counts, postings = [len(one) for one in merged], [search_postings.packed(one) for one in merged]
    if tx.dialect == "postgresql":
        tx.execute(_PUT_MANY, {"block": block, "terms": terms, "documents": counts, "postings": postings})
        return
    for term, documents, value in zip(terms, counts, postings, strict=True):
        tx.execute(_PUT, {"term": term, "block": block, "documents": documents, "postings": value})


def _merged(kept: bytes | None, added: Mapping[int, int]) -> Mapping[int, int]:
    return added if kept is None else {**dict(zip(*search_postings.unpacked(kept), strict=True)), **added}


def mark_wasted(tx: Tx) -> None:
    """What is left of blocks that are mostly empty shall be indexed anew, so that they become empty."""
    tx.execute(_WASTED, {"block": BLOCK})


def clear_empty(tx: Tx) -> bool:
    """Drop the terms of a full block in which nothing is found any more; False if there is none."""
    block = tx.execute(_EMPTY, {"block": BLOCK}).scalar_one_or_none()
    if block is None:
        return False
    tx.execute(_CLEAR, {"block": block})
    tx.execute(_CLEARED, {"block": block})
    return True
