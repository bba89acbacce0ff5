"""Writes of the index, of one collection at a time.

Whoever writes holds the row of ``index_progress``, so that numbers are given one after another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from chassis.database import Tx
from chassis.locking import held
from chassis.statements import Row, Sql
from services.referral.domain import search_postings
from services.referral.domain.search import Collection
from services.referral.domain.search_postings import BLOCK

_PROGRESS = Sql("SELECT modified_at, item_id FROM index_progress WHERE collection = :collection")
_HELD = held("SELECT modified_at, item_id FROM index_progress WHERE collection = :collection")
_BEGIN = Sql(
    "INSERT INTO index_progress (collection, modified_at, item_id) VALUES (:collection, -1, '') ON CONFLICT DO NOTHING"
)
_MOVE = Sql("""
UPDATE index_progress SET modified_at = :modified_at, item_id = :item_id
WHERE collection = :collection AND (modified_at, item_id) < (:modified_at, :item_id)
""")
_KNOWN = Sql(
    "SELECT item_id, number, modified_at FROM index_document WHERE collection = :collection AND item_id IN :ids",
    lists=["ids"],
)
_DROP = Sql("DELETE FROM index_document WHERE collection = :collection AND number IN :numbers", lists=["numbers"])
_LAST = Sql("SELECT id, used FROM index_block WHERE collection = :collection ORDER BY id DESC LIMIT 1")
_GROW = Sql("""
INSERT INTO index_block (collection, id, used, live) VALUES (:collection, :id, :more, :more)
ON CONFLICT (collection, id) DO UPDATE SET used = index_block.used + :more, live = index_block.live + :more
""")
_SHRINK = Sql("UPDATE index_block SET live = live - :less WHERE collection = :collection AND id = :id")
_DOCUMENT = Sql("""
INSERT INTO index_document (collection, number, item_id, areas, terms, initials, assured_at, modified_at)
VALUES (:collection, :number, :item_id, :areas, :terms, :initials, :assured_at, :modified_at)
""")
_KEPT = Sql(
    "SELECT term, postings FROM index_posting WHERE collection = :collection AND block = :block AND term IN :terms",
    lists=["terms"],
)
_PUT = Sql("""
INSERT INTO index_posting (collection, term, block, documents, postings)
VALUES (:collection, :term, :block, :documents, :postings)
ON CONFLICT (collection, term, block) DO UPDATE SET documents = excluded.documents, postings = excluded.postings
""")
_PUT_MANY = Sql("""
INSERT INTO index_posting (collection, term, block, documents, postings)
SELECT CAST(:collection AS text), term, :block, documents, postings
FROM unnest(CAST(:terms AS text[]), CAST(:documents AS bigint[]), CAST(:postings AS bytea[]))
    AS put (term, documents, postings)
ON CONFLICT (collection, term, block) DO UPDATE SET documents = excluded.documents, postings = excluded.postings
""")
_WASTED = Sql("""
UPDATE index_document SET modified_at = -1
WHERE collection = :collection AND EXISTS (SELECT 1 FROM index_block AS b
    WHERE b.collection = :collection AND b.id = index_document.number / :block
        AND b.used = :block AND b.live * 4 < b.used)
""")
_EMPTY = Sql(
    "SELECT id FROM index_block WHERE collection = :collection AND used = :block AND live <= 0 ORDER BY id LIMIT 1"
)
_CLEAR = Sql("DELETE FROM index_posting WHERE collection = :collection AND block = :block")
_CLEARED = Sql("UPDATE index_block SET used = used + 1 WHERE collection = :collection AND id = :block")


@dataclass(frozen=True, slots=True)
class Document:
    """What the index keeps of a service or an article besides its terms."""

    item_id: str
    areas: str
    terms: str
    initials: str
    assured_at: float
    modified_at: float


def progress(tx: Tx, collection: Collection) -> tuple[float, str]:
    """What was indexed last: when it was changed, and its id."""
    row = tx.execute(_PROGRESS, {"collection": collection.value}).first()
    return (row.modified_at, row.item_id) if row else (-1.0, "")


def hold(tx: Tx, collection: Collection) -> None:
    """Be the only one who writes the index until the end of the transaction."""
    tx.execute(_BEGIN, {"collection": collection.value})
    tx.execute(_HELD[tx.dialect], {"collection": collection.value}).one()


def move(tx: Tx, collection: Collection, modified_at: float, item_id: str) -> None:
    """Say what was indexed last; never back."""
    tx.execute(_MOVE, {"collection": collection.value, "modified_at": modified_at, "item_id": item_id})


def known(tx: Tx, collection: Collection, ids: Sequence[str]) -> dict[str, Row]:
    """What the index has of these services or articles."""
    return {row.item_id: row for row in tx.execute(_KNOWN, {"collection": collection.value, "ids": ids})}


def drop(tx: Tx, collection: Collection, numbers: Sequence[int]) -> None:
    """Nothing is found by these numbers any more."""
    if not numbers:
        return
    tx.execute(_DROP, {"collection": collection.value, "numbers": numbers})
    for block, less in _counted(number // BLOCK for number in numbers).items():
        tx.execute(_SHRINK, {"collection": collection.value, "id": block, "less": less})


def _counted(blocks: Iterable[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for block in blocks:
        found[block] = found.get(block, 0) + 1
    return found


def numbers(tx: Tx, collection: Collection, count: int) -> list[int]:
    """The next numbers, those of as few blocks as can be."""
    last = tx.execute(_LAST, {"collection": collection.value}).first()
    block, used = (last.id, last.used) if last else (0, 0)
    first = block * BLOCK + min(used, BLOCK)
    given = list(range(first, first + count))
    for one, more in _counted(number // BLOCK for number in given).items():
        tx.execute(_GROW, {"collection": collection.value, "id": one, "more": more})
    return given


def add(tx: Tx, collection: Collection, number: int, document: Document) -> None:
    """A service or an article is found by this number."""
    tx.later(
        _DOCUMENT,
        {
            "collection": collection.value,
            "number": number,
            "item_id": document.item_id,
            "areas": document.areas,
            "terms": document.terms,
            "initials": document.initials,
            "assured_at": document.assured_at,
            "modified_at": document.modified_at,
        },
    )


def post(tx: Tx, collection: Collection, block: int, added: Mapping[str, Mapping[int, int]], *, fresh: bool) -> None:
    """Add impacts by term and place to a block; one that is fresh has none yet."""
    values = {"collection": collection.value, "block": block}
    kept = {} if fresh else {row.term: row.postings for row in tx.execute(_KEPT, values | {"terms": [*added]})}
    terms = sorted(added)
    merged = [_merged(kept.get(term), added[term]) for term in terms]
    counts, postings = [len(one) for one in merged], [search_postings.packed(one) for one in merged]
    if tx.dialect == "postgresql":
        tx.execute(_PUT_MANY, values | {"terms": terms, "documents": counts, "postings": postings})
        return
    for term, documents, value in zip(terms, counts, postings, strict=True):
        tx.execute(_PUT, values | {"term": term, "documents": documents, "postings": value})


def _merged(kept: bytes | None, added: Mapping[int, int]) -> Mapping[int, int]:
    return added if kept is None else {**dict(zip(*search_postings.unpacked(kept), strict=True)), **added}


def mark_wasted(tx: Tx, collection: Collection) -> None:
    """What is left of blocks that are mostly empty shall be indexed anew, so that they become empty."""
    tx.execute(_WASTED, {"collection": collection.value, "block": BLOCK})


def clear_empty(tx: Tx, collection: Collection) -> bool:
    """Drop the terms of a full block in which nothing is found any more; False if there is none."""
    block = tx.execute(_EMPTY, {"collection": collection.value, "block": BLOCK}).scalar_one_or_none()
    if block is None:
        return False
    tx.execute(_CLEAR, {"collection": collection.value, "block": block})
    tx.execute(_CLEARED, {"collection": collection.value, "block": block})
    return True
