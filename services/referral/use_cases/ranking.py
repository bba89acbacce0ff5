"""The best of a collection for a query, whatever is in it: what the index says of the words, then what each says of
itself."""

from __future__ import annotations

from collections.abc import Collection as Some
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from chassis.database import Tx
from chassis.statements import Row
from services.referral.domain import search_scores
from services.referral.domain.search import Collection
from services.referral.domain.search_postings import all_of, narrowed
from services.referral.domain.search_query import Match, Query
from services.referral.domain.search_scores import AFFORDED, LOOKED_AT, Kept, Places, Scored, Terms
from services.referral.store import search as store

FIRST_LOOK = 128
_FURTHER = 8
_SHOWN = 0.16
"""What has a smaller part of the best one's score has hardly anything to do with the query."""


class Looked(Protocol):
    """What is looked through."""

    @property
    def collection(self) -> Collection:
        """Which of the index."""
        ...

    def rows(self, tx: Tx, numbers: Some[int]) -> Mapping[int, Row]:
        """What is known of some, by number, with ``item_id`` and ``initials``; what must not be found is left out."""
        ...

    def left(self, row: Row) -> float | None:
        """What is left of the score for what a row says, at most 1; None: it is not wanted."""
        ...


@dataclass(frozen=True, slots=True)
class Ranked:
    """One that was found."""

    scored: Scored
    row: Row
    score: float
    """After what is left of it."""


def ranked(tx: Tx, looked: Looked, query: Query, allowed: Places | None, wanted: int) -> list[Ranked]:
    """The best in their order, as many as wanted if there are so many; ``allowed``: those that may pass, None: all."""
    size, frequencies = store.frequencies(tx, looked.collection, {term for way in query.ways for term in way.terms})
    terms = search_scores.telling(query.ways, frequencies, size)
    kept = store.postings(tx, looked.collection, terms.tells)
    allowed = _with_initials(query, terms, kept, allowed)
    most, afforded = max(LOOKED_AT, 2 * wanted), AFFORDED if allowed is None else 2 * AFFORDED
    while True:
        bringing = terms.bringing(afforded)
        numbers = search_scores.promising(terms, kept, bringing, allowed, most)
        scored = search_scores.scored(query.ways, terms, kept, numbers)
        best = _sifted(tx, looked, query, scored, wanted)
        enough, floor = len(best) >= wanted, _floor(best)
        further = len(numbers) >= most and scored[-1].score > floor
        others = len(bringing) < len(terms.tells) and terms.left(bringing) > floor
        if enough or not (further or others):
            return best
        most, afforded = most * _FURTHER**further, afforded * _FURTHER ** (2 * others)  # filters have left too little


def _sifted(tx: Tx, looked: Looked, query: Query, scored: Sequence[Scored], wanted: int) -> list[Ranked]:
    """Those that are wanted, in their order. What is read of them comes in ever larger portions; the end is known when
    what was not read cannot be better than the worst that is wanted, for nothing raises a score."""
    found: list[Ranked] = []
    begin, portion = 0, max(FIRST_LOOK, 2 * wanted)
    while begin < len(scored):
        some = scored[begin : begin + portion]
        rows = looked.rows(tx, [one.number for one in some])
        for one in some:
            row = rows.get(one.number)
            left = looked.left(row) if row is not None and _initials_fit(query, row) else None
            if row is not None and left is not None:
                found.append(Ranked(one, row, one.score * left))
        found.sort(key=lambda one: (-one.score, one.row.item_id))
        begin, portion = begin + portion, 2 * portion
        worst = found[wanted - 1].score if len(found) >= wanted else _floor(found)
        if begin < len(scored) and scored[begin].score <= worst:
            break
    floor = _floor(found)
    return [one for one in found[:wanted] if one.score >= floor]


def _floor(found: Sequence[Ranked]) -> float:
    """What is worse than this beside the best is not shown."""
    return _SHOWN * found[0].score if found else 0.0


def _with_initials(query: Query, terms: Terms, kept: Kept, allowed: Places | None) -> Places | None:
    """Of those allowed, those that have every piece of the initials asked for."""
    pieces = [term for way in query.ways if way.match is Match.INITIALS for term in way.terms]
    for term in pieces:
        if term in kept or term not in terms.frequencies:  # else it is too common to have been read
            postings = [kept.get(term, {})]
            allowed = all_of(postings) if allowed is None else narrowed(allowed, postings)
    return allowed


def _initials_fit(query: Query, row: Row) -> bool:
    """Initials were found by pieces of three: they stand in a name whole."""
    return all(way.text in row.initials for way in query.ways if way.match is Match.INITIALS)
