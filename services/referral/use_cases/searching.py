"""Search as agents ask for it: words, and whom help is for."""

from __future__ import annotations

import json
import sys
from collections.abc import Collection as Some
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from chassis.database import Tx
from chassis.errors import InvalidArgument
from chassis.statements import Row
from services.referral.domain import search_filters
from services.referral.domain.search import Collection
from services.referral.domain.search_filters import Filters, Offered
from services.referral.domain.search_postings import BLOCK, all_of, narrowed
from services.referral.domain.search_query import Query, Synonyms, read
from services.referral.domain.search_reasons import Matched, Reason, Snippet, matched, reasons, snippet
from services.referral.domain.search_scores import Places, Scored
from services.referral.store import search as index
from services.referral.store import search_services as store
from services.referral.use_cases.indexing_services import texts_of
from services.referral.use_cases.ranking import FIRST_LOOK, Ranked, ranked

DEEPEST = 200
"""Results of one search that can be paged through."""
_NARROWS = 2 / 3
"""A filter that leaves more of all services than this is looked at only with the services found."""
_FEW = 2_000
"""So many services are read at once at most."""
_SAYS_NOTHING = "says nothing that services are found by: name the need in one or two nouns, as in 월세 or 병원비"
_LATEST = (sys.float_info.max, 0)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for."""

    query: str = ""
    filters: Filters = field(default_factory=Filters)


@dataclass(frozen=True, slots=True)
class Result:
    """A service that was found, and why."""

    row: Row
    """Name, kind, organization."""
    place: tuple[float, int]
    """Where it stands in the list without words: see ``freshest``."""
    offered: Offered
    score: float
    """After what freshness and place left of it; 0 where no words were asked."""
    matches: Sequence[Matched]
    reasons: Sequence[Reason]
    snippet: Snippet


@dataclass(frozen=True, slots=True)
class Found:
    """A page of results."""

    words: Sequence[str]
    """What of the query was looked for."""
    results: Sequence[Result]
    more: bool


def search(tx: Tx, asked: Asked, synonyms: Synonyms, begin: int, count: int) -> Found:
    """The services that answer words best, from a place in their order on. Raises ``InvalidArgument`` for a query that
    says nothing useful."""
    query = read(asked.query, synonyms)
    if not query.ways:
        raise InvalidArgument([("query", _SAYS_NOTHING)])
    looked = _Services(asked.filters, tx.now.timestamp())
    best = ranked(tx, looked, query, _allowed(tx, asked.filters), begin + count + 1)
    results = _explained(tx, query, asked.filters, best[begin : begin + count])
    return Found([*query.matters.values()], results, len(best) > begin + count)


@dataclass(frozen=True, slots=True)
class _Services:
    """Services for somebody."""

    filters: Filters
    now: float
    collection: ClassVar[Collection] = Collection.SERVICE

    def rows(self, tx: Tx, numbers: Some[int]) -> Mapping[int, Row]:
        """Those that are still offered."""
        return store.offered(tx, numbers)

    def left(self, row: Row) -> float | None:
        """What freshness and place leave of the score of one that is for them."""
        offered = _offered(row)
        if not search_filters.passes(self.filters, offered):
            return None
        fresh = search_filters.freshness(offered.assured_at, self.now)
        return fresh * search_filters.placing(self.filters, offered)


def _offered(row: Row) -> Offered:
    return Offered(
        row.kind, row.minimum_age, row.maximum_age, row.areas.split(), row.terms.split(), row.assured_at
    )  # fmt: skip


def _allowed(tx: Tx, filters: Filters) -> Places | None:
    """The services that may pass the filters, as far as the index knows and it helps; None: all. The filter that leaves
    the fewest is read first."""
    asked = [*search_filters.marks(filters)]
    if not asked:
        return None
    size, frequencies = index.frequencies(tx, Collection.SERVICE, {term for terms in asked for term in terms})
    counts = [sum(frequencies.get(term, 0) for term in terms) for terms in asked]
    helpful = sorted((count, terms) for count, terms in zip(counts, asked, strict=True) if count <= _NARROWS * size)
    kept = index.postings(tx, Collection.SERVICE, {term for _, terms in helpful for term in terms})
    allowed: Places | None = None
    for _, terms in helpful:
        postings = [kept[term] for term in terms if term in kept]
        allowed = all_of(postings) if allowed is None else narrowed(allowed, postings)
    return allowed


def freshest(tx: Tx, filters: Filters, after: tuple[float, int] | None, count: int) -> Found:
    """Services for somebody, without words: those first that somebody said to be right last, behind the one with this
    time (0: never) and number."""
    allowed, last = _allowed(tx, filters), after or _LATEST
    if allowed is not None and sum(map(len, allowed.values())) <= _FEW:
        some = store.offered(tx, [block * BLOCK + place for block in allowed for place in allowed[block]]).values()
        rows = sorted((row for row in some if _place(row) < last), key=_place, reverse=True)
        found = _passing(filters, rows)
    else:
        found = _read_on(tx, filters, last, count)
    return Found([], _explained(tx, Query({}, ()), filters, found[:count]), len(found) > count)


def _read_on(tx: Tx, filters: Filters, last: tuple[float, int], count: int) -> list[Ranked]:
    """The freshest behind a place, one more than wanted if there are so many."""
    found: list[Ranked] = []
    portion = max(FIRST_LOOK, 2 * count)
    while len(found) <= count:
        rows = store.freshest(tx, last, portion)
        found.extend(_passing(filters, rows))
        if len(rows) < portion:
            break
        last, portion = _place(rows[-1]), min(2 * portion, _FEW)
    return found


def _passing(filters: Filters, rows: Sequence[Row]) -> list[Ranked]:
    offered = (row for row in rows if row.kind is not None)
    return [Ranked(Scored(row.number), row, 0.0) for row in offered if search_filters.passes(filters, _offered(row))]


def _place(row: Row) -> tuple[float, int]:
    return row.listed_at, row.number


def _explained(tx: Tx, query: Query, filters: Filters, found: Sequence[Ranked]) -> list[Result]:
    rows = store.services(tx, [one.row.item_id for one in found]) if found else {}
    now, results = tx.now.timestamp(), []
    for one in found:
        row = rows.get(one.row.item_id)
        if row is None:  # it has left the directory just now
            continue
        texts = texts_of(row.name, row.organization or "", json.loads(row.document))
        matches = matched(query, one.scored.ways, texts)
        offered = _offered(one.row)
        told = reasons(filters, offered, now)
        results.append(Result(row, _place(one.row), offered, one.score, matches, told, snippet(matches, texts)))
    return results
