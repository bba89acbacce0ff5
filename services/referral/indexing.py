"""Rounds of indexing, as a worker or a measurement runs them: read, analyse, write, until nothing is left."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from chassis.database import Database, Tx
from services.referral.domain.search import Collection
from services.referral.store import articles, search_services
from services.referral.use_cases import indexing, indexing_articles, indexing_services
from services.referral.use_cases.indexing import MOST, Analysed

_AT_ONCE = 16
_Read = Callable[[Tx, int], Sequence[Any]]


@dataclass(frozen=True, slots=True)
class _Indexed:
    """What a collection is made of."""

    collection: Collection
    changed: _Read
    missed: _Read
    gone: Callable[[Tx, int], Sequence[str]]
    analysed: Callable[[Any], Analysed]


_ALL = (
    _Indexed(
        Collection.SERVICE,
        search_services.changed,
        search_services.missed,
        search_services.gone,
        indexing_services.analysed,
    ),
    _Indexed(Collection.ARTICLE, articles.changed, articles.missed, articles.gone, indexing_articles.analysed),
)


def follow(database: Database) -> int:
    """Index what was changed since this was done last; returns how many services and articles were looked at."""
    return sum(_rounds(database, one, one.changed, follow=True) for one in _ALL)


def sweep(database: Database) -> int:
    """Put right what following does not see: a change that was committed after a later one, the name of an
    organization, what is gone, room that is wasted. Returns how many services and articles were put right."""
    return sum(_swept(database, one) for one in _ALL)


def _swept(database: Database, one: _Indexed) -> int:
    found = _rounds(database, one, one.missed, follow=False)
    while gone := database.read(one.gone, MOST):
        found += database.run(indexing.forget, one.collection, gone)
    while database.run(indexing.tidy, one.collection):
        pass
    return found


def _rounds(database: Database, one: _Indexed, read: _Read, *, follow: bool) -> int:
    done = 0
    while found := database.read(read, MOST):
        late = database.run(indexing.keep, one.collection, list(_patiently(one, found)), follow=follow)
        done += len(found) if follow else late
        if len(found) < MOST or not (follow or late):
            break
    return done


def _patiently(one: _Indexed, found: Iterable[Any]) -> Iterator[Analysed]:
    """Analyse, and let a worker's other greenlets run now and then."""
    for number, source in enumerate(found, 1):
        yield one.analysed(source)
        if number % _AT_ONCE == 0:
            time.sleep(0)
