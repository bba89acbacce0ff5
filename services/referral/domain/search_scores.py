"""How good a service answers a query, of what the index says of its terms.

Two looks keep it fast. The terms that tell most bring services in, as many as a search can afford; the most promising
of them are then looked at closely, with every term. A term that a quarter of all services have tells them apart so
little that it is only looked at where there is nothing better.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from services.referral.domain.search import LARGEST_IMPACT
from services.referral.domain.search_postings import BLOCK, Postings, of_places, unpacked
from services.referral.domain.search_query import Way

AFFORDED = 4_000
"""Postings that bring services in; the term that tells most is read however many it has."""
LOOKED_AT = 128
"""Services that are looked at closely."""
COMMON, FEW = 0.25, 1_000
"""A term that this part of all services has tells little; so many are read all the same."""
MOST_TERMS = 64
"""Terms of a query that are read, those that tell most."""
OTHER_WAYS = 0.3
"""What the other ways to speak of a matter add to the best."""

Kept = Mapping[str, Postings]
"""What the index has, by term."""
Places = Mapping[int, set[int]]
"""Places by block."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a query that services have."""

    tells: Mapping[str, float]
    """How much each tells services apart, those that tell most first."""
    weights: Mapping[str, float]
    """How much each counts in the query."""
    frequencies: Mapping[str, int]

    def bringing(self, afforded: int) -> list[str]:
        """Those that bring services in."""
        bring: list[str] = []
        read = 0
        for term in self.tells:
            read += self.frequencies[term]
            if read > afforded and bring:
                break
            bring.append(term)
        return bring

    def left(self, bringing: Collection[str]) -> float:
        """The best score of a service that none of these brings in."""
        return sum(self.weights[term] * tells for term, tells in self.tells.items() if term not in bringing)


@dataclass(slots=True)
class Scored:
    """A service, how good it is, and by which ways of the query."""

    number: int
    score: float = 0.0
    ways: dict[int, float] = field(default_factory=dict)
    """What each way of the query adds, by its place."""


def rarity(documents: int, of: int) -> float:
    """How much a term tells services apart that so many of all have."""
    return math.log(1 + max(0.0, of - documents + 0.5) / (documents + 0.5))


def telling(ways: Sequence[Way], frequencies: Mapping[str, int], of: int) -> Terms:
    """The terms worth reading, given how many services have each."""
    weights: dict[str, float] = {}
    for way in ways:
        for term, weight in way.terms.items():
            if frequencies.get(term):
                weights[term] = max(weights.get(term, 0.0), weight)
    worth = [term for term in weights if frequencies[term] <= max(FEW, COMMON * of)] or [*weights]
    tells = {term: rarity(frequencies[term], of) for term in worth}
    worth.sort(key=lambda term: -tells[term] * weights[term])
    return Terms({term: tells[term] for term in worth[:MOST_TERMS]}, weights, frequencies)


def promising(terms: Terms, kept: Kept, bringing: Iterable[str], allowed: Places | None, most: int) -> list[int]:
    """The services that are worth a closer look, of those that are allowed."""
    sums: dict[int, dict[int, float]] = {}
    for term in bringing:
        each = terms.weights[term] * terms.tells[term]
        for block, postings in kept.get(term, {}).items():
            if allowed is None:
                _add(sums.setdefault(block, {}), postings, each)
            elif block in allowed:
                _add_allowed(sums.setdefault(block, {}), postings, each, allowed[block])
    best = sorted(chain.from_iterable(of.values() for of in sums.values()), reverse=True)[:most]
    found = [block * BLOCK + place for block, of in sums.items() for place, one in of.items() if one >= best[-1]]
    return found[:most]


def _add(sums: dict[int, float], postings: bytes, each: float) -> None:
    places, impacts = unpacked(postings)
    if not sums:
        sums.update(zip(places, map(each.__mul__, impacts), strict=True))
        return
    known = sums.get
    for place, impact in zip(places, impacts, strict=True):
        sums[place] = known(place, 0.0) + each * impact


def _add_allowed(sums: dict[int, float], postings: bytes, each: float, allowed: Collection[int]) -> None:
    known = sums.get
    for place, impact in zip(*unpacked(postings), strict=True):
        if place in allowed:
            sums[place] = known(place, 0.0) + each * impact


def scored(ways: Sequence[Way], terms: Terms, kept: Kept, numbers: Sequence[int]) -> list[Scored]:
    """How good these services are, the best first."""
    found = {number: Scored(number) for number in numbers}
    impacts = _impacts(terms.tells, kept, numbers)
    for place, way in enumerate(ways):
        for term, weight in way.terms.items():
            each = weight * terms.tells.get(term, 0.0) / LARGEST_IMPACT
            for number, impact in impacts.get(term, ()):
                mine = found[number].ways
                mine[place] = mine.get(place, 0.0) + each * impact
    for one in found.values():
        one.score = _total(ways, one.ways)
    return sorted(found.values(), key=lambda one: (-one.score, one.number))


def _impacts(terms: Iterable[str], kept: Kept, numbers: Iterable[int]) -> dict[str, list[tuple[int, int]]]:
    """Of each term, the services of these that have it, with their impacts."""
    by_block: dict[int, list[int]] = {}
    for number in numbers:
        by_block.setdefault(number // BLOCK, []).append(number % BLOCK)
    found: dict[str, list[tuple[int, int]]] = {}
    for term in terms:
        mine = found[term] = []
        for block, kept_there in kept.get(term, {}).items():
            if places := by_block.get(block):
                first = block * BLOCK
                mine.extend([(first + place, impact) for place, impact in of_places(kept_there, places)])
    return found


def _total(ways: Sequence[Way], found: Mapping[int, float]) -> float:
    """Of each matter the best way counts whole and the others little."""
    best: dict[int, float] = {}
    for place, score in found.items():
        matter = ways[place].matter
        best[matter] = max(best.get(matter, 0.0), score)
    return OTHER_WAYS * sum(found.values()) + (1 - OTHER_WAYS) * sum(best.values())
