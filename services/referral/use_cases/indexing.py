"""The index follows what it is made of: what was changed is analysed, and written with its place in the index.

A round reads, analyses outside any transaction, and writes in one; what was changed meanwhile comes again. Where it
stands is a row, so whoever dies in between is followed by any other worker, and two that do the same disturb nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chassis.database import Tx
from services.referral.domain.search import Collection
from services.referral.domain.search_postings import BLOCK
from services.referral.store import search_index as store
from services.referral.store.search_index import Document

MOST = 1_024
"""Services or articles in one round."""


@dataclass(frozen=True, slots=True)
class Analysed:
    """A service or an article ready to be written; one without terms is not to be found."""

    document: Document
    terms: Mapping[str, int]
    changed_at: float
    """When it was itself changed last, whatever its organization was."""


def keep(tx: Tx, collection: Collection, found: Sequence[Analysed], *, follow: bool = True) -> int:
    """Write into the index; returns how many were not as they should be. ``follow``: they came in the order of
    their changes, and the next round goes on behind them. Written twice, they are as they should be."""
    store.hold(tx, collection)
    there = store.known(tx, collection, [one.document.item_id for one in found])
    late = [one for one in found if _differs(one, there)]
    store.drop(tx, collection, [there[one.document.item_id].number for one in late if one.document.item_id in there])
    _write(tx, collection, [one for one in late if one.terms])
    if follow and found:
        store.move(tx, collection, found[-1].changed_at, found[-1].document.item_id)
    return len(late)


def _differs(one: Analysed, there: Mapping[str, Any]) -> bool:
    known = there.get(one.document.item_id)
    if known is None:
        return bool(one.terms)
    return not one.terms or bool(known.modified_at != one.document.modified_at)


def _write(tx: Tx, collection: Collection, found: Sequence[Analysed]) -> None:
    if not found:
        return
    by_block: dict[int, dict[str, dict[int, int]]] = {}
    fresh = set()
    for number, one in zip(store.numbers(tx, collection, len(found)), found, strict=True):
        block, place = divmod(number, BLOCK)
        if place == 0:
            fresh.add(block)
        added = by_block.setdefault(block, {})
        for term, impact in one.terms.items():
            added.setdefault(term, {})[place] = impact
        store.add(tx, collection, number, one.document)
    for block, terms in by_block.items():
        store.post(tx, collection, block, terms, fresh=block in fresh)


def forget(tx: Tx, collection: Collection, ids: Sequence[str]) -> int:
    """What is gone leaves the index; returns how many."""
    if ids:
        store.hold(tx, collection)
        store.drop(tx, collection, [row.number for row in store.known(tx, collection, ids).values()])
    return len(ids)


def tidy(tx: Tx, collection: Collection) -> bool:
    """Room of what was changed or removed is given back; True if there may be more."""
    store.hold(tx, collection)
    store.mark_wasted(tx, collection)
    return store.clear_empty(tx, collection)
