"""Rounds of indexing, as a worker or a measurement runs them: read, analyse, write, until nothing is left."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator

from chassis.database import Database, Tx
from services.referral.store import search_index
from services.referral.store.search_index import Source
from services.referral.use_cases import indexing
from services.referral.use_cases.indexing import MOST, Analysed

_AT_ONCE = 16


def follow(database: Database) -> int:
    """Index what was changed since this was done last; returns how many services were looked at."""
    return _rounds(database, search_index.changed, follow=True)


def sweep(database: Database) -> int:
    """Put right what following does not see: a change that was committed after a later one, the name of an
    organization, a service that is gone, room that is wasted. Returns how many services were put right."""
    found = _rounds(database, search_index.missed, follow=False)
    while gone := database.run(indexing.forget_gone):
        found += gone
    while database.run(indexing.tidy):
        pass
    return found


def _rounds(database: Database, read: Callable[[Tx, int], list[Source]], *, follow: bool) -> int:
    done = 0
    while found := database.read(read, MOST):
        late = database.run(indexing.keep, list(_patiently(found)), follow=follow)
        done += len(found) if follow else late
        if len(found) < MOST or not (follow or late):
            break
    return done


def _patiently(found: Iterable[Source]) -> Iterator[Analysed]:
    """Analyse, and let a worker's other greenlets run now and then."""
    for number, source in enumerate(found, 1):
        yield indexing.analysed(source)
        if number % _AT_ONCE == 0:
            time.sleep(0)
