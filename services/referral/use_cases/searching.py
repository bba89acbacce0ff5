"""Search as agents ask for it: words, and whom help is for."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field

from chassis.database import Tx
from chassis.errors import InvalidArgument
from chassis.statements import Row
from services.referral.domain import search_filters, search_scores
from services.referral.domain.search_filters import Filters, Offered
from services.referral.domain.search_postings import BLOCK, all_of, narrowed
from services.referral.domain.search_query import Match, Query, Synonyms, read
from services.referral.domain.search_reasons import Matched, Reason, Snippet, matched, reasons, snippet
from services.referral.domain.search_scores import AFFORDED, LOOKED_AT, Kept, Places, Scored, Terms
from services.referral.store import search as store
from services.referral.use_cases.indexing import texts_of

DEEPEST = 200
"""Results of one search that can be paged through."""
_NARROWS = 2 / 3
"""A filter that leaves more of all services than this is looked at only with the services found."""
_FIRST_LOOK, _FURTHER = 128, 8
_FEW = 2_000
"""So many services are read at once at most."""
_SHOWN = 0.16
"""A service whose score is a smaller part of the best one's has hardly anything to do with the query."""
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
    ranked = _ranked(tx, query, asked.filters, begin + count + 1)
    results = _explained(tx, query, asked.filters, ranked[begin : begin + count])
    return Found([*query.matters.values()], results, len(ranked) > begin + count)


def _ranked(tx: Tx, query: Query, filters: Filters, wanted: int) -> list[_Ranked]:
    """The best services in their order, as many as wanted if there are so many."""
    size, frequencies = store.frequencies(tx, {term for way in query.ways for term in way.terms})
    terms = search_scores.telling(query.ways, frequencies, size)
    kept = store.postings(tx, terms.tells)
    allowed = _with_initials(query, terms, kept, _allowed(tx, filters))
    most, afforded = max(LOOKED_AT, 2 * wanted), AFFORDED if allowed is None else 2 * AFFORDED
    while True:
        bringing = terms.bringing(afforded)
        numbers = search_scores.promising(terms, kept, bringing, allowed, most)
        scored = search_scores.scored(query.ways, terms, kept, numbers)
        ranked = _sifted(tx, query, filters, scored, wanted)
        enough, floor = len(ranked) >= wanted, _floor(ranked)
        further = len(numbers) >= most and scored[-1].score > floor
        others = len(bringing) < len(terms.tells) and terms.left(bringing) > floor
        if enough or not (further or others):
            return ranked
        most, afforded = most * _FURTHER**further, afforded * _FURTHER ** (2 * others)  # filters have left too little


@dataclass(frozen=True, slots=True)
class _Ranked:
    scored: Scored
    row: Row
    offered: Offered
    score: float


def _sifted(tx: Tx, query: Query, filters: Filters, scored: Sequence[Scored], wanted: int) -> list[_Ranked]:
    """Those for whom help is looked for, in their order. What is read of them comes in ever larger portions; the end is
    known when what was not read cannot be better than the worst that is wanted, for nothing raises a score."""
    found: list[_Ranked] = []
    now, begin, portion = tx.now.timestamp(), 0, max(_FIRST_LOOK, 2 * wanted)
    while begin < len(scored):
        some = scored[begin : begin + portion]
        rows = store.offered(tx, [one.number for one in some])
        for one in some:
            row = rows.get(one.number)
            if row is not None and _initials_fit(query, row) and search_filters.passes(filters, it := _offered(row)):
                left = search_filters.freshness(it.assured_at, now) * search_filters.placing(filters, it)
                found.append(_Ranked(one, row, it, one.score * left))
        found.sort(key=lambda one: (-one.score, one.row.service_id))
        begin, portion = begin + portion, 2 * portion
        worst = found[wanted - 1].score if len(found) >= wanted else _floor(found)
        if begin < len(scored) and scored[begin].score <= worst:
            break
    floor = _floor(found)
    return [one for one in found[:wanted] if one.score >= floor]


def _floor(found: Sequence[_Ranked]) -> float:
    """What is worse than this beside the best is not shown."""
    return _SHOWN * found[0].score if found else 0.0


def _with_initials(query: Query, terms: Terms, kept: Kept, allowed: Places | None) -> Places | None:
    """Of the services allowed, those that have every piece of the initials asked for."""
    pieces = [term for way in query.ways if way.match is Match.INITIALS for term in way.terms]
    for term in pieces:
        if term in kept or term not in terms.frequencies:  # else it is too common to have been read
            postings = [kept.get(term, {})]
            allowed = all_of(postings) if allowed is None else narrowed(allowed, postings)
    return allowed


def _initials_fit(query: Query, row: Row) -> bool:
    """Initials were found by pieces of three: they stand in a name whole."""
    return all(way.text in row.initials for way in query.ways if way.match is Match.INITIALS)


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
    size, frequencies = store.frequencies(tx, {term for terms in asked for term in terms})
    counts = [sum(frequencies.get(term, 0) for term in terms) for terms in asked]
    helpful = sorted((count, terms) for count, terms in zip(counts, asked, strict=True) if count <= _NARROWS * size)
    kept = store.postings(tx, {term for _, terms in helpful for term in terms})
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


def _read_on(tx: Tx, filters: Filters, last: tuple[float, int], count: int) -> list[_Ranked]:
    """The freshest behind a place, one more than wanted if there are so many."""
    found: list[_Ranked] = []
    portion = max(_FIRST_LOOK, 2 * count)
    while len(found) <= count:
        rows = store.freshest(tx, last, portion)
        found.extend(_passing(filters, rows))
        if len(rows) < portion:
            break
        last, portion = _place(rows[-1]), min(2 * portion, _FEW)
    return found


def _passing(filters: Filters, rows: Sequence[Row]) -> list[_Ranked]:
    offered = ((row, _offered(row)) for row in rows if row.kind is not None)
    return [_Ranked(Scored(row.number), row, it, 0.0) for row, it in offered if search_filters.passes(filters, it)]


def _place(row: Row) -> tuple[float, int]:
    return row.listed_at, row.number


def _explained(tx: Tx, query: Query, filters: Filters, found: Sequence[_Ranked]) -> list[Result]:
    rows = store.services(tx, [one.row.service_id for one in found]) if found else {}
    now, results = tx.now.timestamp(), []
    for one in found:
        row = rows.get(one.row.service_id)
        if row is None:  # it has left the directory just now
            continue
        texts = texts_of(row.name, row.organization or "", json.loads(row.document))
        matches = matched(query, one.scored.ways, texts)
        told = reasons(filters, one.offered, now)
        results.append(Result(row, _place(one.row), one.offered, one.score, matches, told, snippet(matches, texts)))
    return results
