"""Articles come in, some at a time: what is new or changed is written, what a complete file no longer has is removed.

Whoever dies in between is followed by the same file once more, which changes nothing that was taken.
"""

from __future__ import annotations

from collections.abc import Sequence

from chassis.database import Tx
from services.referral.domain.articles import Article, Fault, Imported
from services.referral.store import articles as store

AT_ONCE = 200
"""Articles in one transaction."""


def begin(tx: Tx, source: str, name: str) -> int:
    """An import begins; returns the generation to take articles with."""
    return store.begin(tx, source, name)


def take(tx: Tx, source: str, generation: int, articles: Sequence[Article]) -> Imported:
    """Write what is new or changed. Taken twice it is unchanged."""
    store.hold(tx, source)
    by_id = {store.identified(source, one.key): one for one in articles}
    known = store.digests(tx, [*by_id])
    same = [id for id, one in by_id.items() if known.get(id) == store.digest(one)]
    store.seen(tx, same, generation)
    late = {id: one for id, one in by_id.items() if id not in {*same}}
    for one in late.values():
        store.put(tx, source, one, generation)
    changed = len(late.keys() & known.keys())
    return Imported(added=len(late) - changed, changed=changed, unchanged=len(same))


def finish(tx: Tx, source: str, generation: int, faults: Sequence[Fault], *, complete: bool) -> int:
    """An import is over; returns how many articles are gone. What was refused stays as it was, and where
    nobody knows which article that was, nothing is removed."""
    store.hold(tx, source)
    store.seen(tx, [store.identified(source, one.key) for one in faults if one.key], generation)
    store.finish(tx, source)
    if not complete or not all(one.key for one in faults):
        return 0
    return store.remove(tx, source, generation)
