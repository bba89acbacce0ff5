"""How good a service answers a query, of what the index says of its terms.

Two looks keep it fast. The rarest terms bring services in, as many as a search can afford; the most promising of them
are then looked at closely, with every term. A term that a quarter of all services have tells them apart so little that it
is only looked at where there is nothing better.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from services.referral.domain.search import LARGEST_IMPACT
from services.referral.domain.search_postings import Lookup, block_of, numbered
from services.referral.domain.search_query import Way

AFFORDED = 12_000
"""Postings that bring services in; the rarest term is read however many it has."""
LOOKED_AT = 400
"""Services that are looked at closely."""
COMMON = 0.25
"""A term that this part of all services has tells little."""
OTHER_WAYS = 0.2
"""What the other ways to speak of a matter add to the best."""

Kept = Mapping[str, Mapping[int, bytes]]
"""Postings by term and block."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a query that services have, by what they are good for."""

    rarity: Mapping[str, float]
    """How much each tells services apart."""
    bring: Sequence[str]
    """Those that bring services in, the rarest first."""

    @property
    def all(self) -> list[str]:
        """All of them."""
        return [*self.rarity]


@dataclass(slots=True)
class Scored:
    """A service, how good it is, and by which ways of the query."""

    number: int
    score: float = 0.0
    ways: dict[int, float] = field(default_factory=dict)
    """What each way of the query adds, by its place."""


def rarity(documents: int, of: int) -> float:
    """How much a term tells services apart that so many of all have."""
    return math.log(1 + (of - documents + 0.5) / (documents + 0.5))


def chosen(ways: Sequence[Way], frequencies: Mapping[str, int], of: int) -> Terms:
    """Which terms to read, given how many services have each."""
    wanted = dict.fromkeys(term for way in ways for term in way.terms if frequencies.get(term))
    telling = [term for term in wanted if frequencies[term] <= COMMON * of] or [*wanted]
    bring, read = [], 0
    for term in sorted(telling, key=lambda term: frequencies[term]):
        read += frequencies[term]
        if read > AFFORDED and bring:
            break
        bring.append(term)
    return Terms({term: rarity(frequencies[term], of) for term in telling}, bring)


def promising(
    ways: Sequence[Way], terms: Terms, kept: Kept, allowed: Collection[int] | None, most: int = LOOKED_AT
) -> list[int]:
    """The services that are worth a closer look, of those that are allowed."""
    weights: dict[str, float] = {}
    for way in ways:
        for term, weight in way.terms.items():
            weights[term] = max(weights.get(term, 0.0), weight)
    sums: dict[int, float] = {}
    known = sums.get
    for term in terms.bring:
        each = weights[term] * terms.rarity[term]
        for block, postings in kept.get(term, {}).items():
            for number, impact in numbered(block, postings):
                sums[number] = known(number, 0.0) + each * impact
    found: Iterable[int] = sums if allowed is None else sums.keys() & allowed
    return heapq.nlargest(most, found, key=sums.__getitem__)


def scored(ways: Sequence[Way], terms: Terms, kept: Kept, numbers: Sequence[int]) -> list[Scored]:
    """How good these services are, the best first."""
    found = {number: Scored(number) for number in numbers}
    by_block: dict[int, list[int]] = {}
    for number in numbers:
        by_block.setdefault(block_of(number), []).append(number)
    impacts = {term: dict(_impacts(kept.get(term, {}), by_block)) for term in terms.rarity}
    for place, way in enumerate(ways):
        for term, weight in way.terms.items():
            each = weight * terms.rarity.get(term, 0.0) / LARGEST_IMPACT
            for number, impact in impacts.get(term, {}).items():
                mine = found[number].ways
                mine[place] = mine.get(place, 0.0) + each * impact
    for one in found.values():
        one.score = _total(ways, one.ways)
    return sorted(found.values(), key=lambda one: (-one.score, one.number))


def _impacts(kept: Mapping[int, bytes], by_block: Mapping[int, Sequence[int]]) -> Iterable[tuple[int, int]]:
    for block, postings in kept.items():
        if numbers := by_block.get(block):
            lookup, first = Lookup(postings), numbers[0] - numbers[0] % 2048
            for number in numbers:
                if impact := lookup.of(number - first):
                    yield number, impact


def _total(ways: Sequence[Way], found: Mapping[int, float]) -> float:
    """Of each matter the best way counts whole and the others little."""
    best: dict[int, float] = {}
    for place, score in found.items():
        matter = ways[place].matter
        best[matter] = max(best.get(matter, 0.0), score)
    return OTHER_WAYS * sum(found.values()) + (1 - OTHER_WAYS) * sum(best.values())


def numbers_of(kept: Kept) -> set[int]:
    """All services that have any of these terms."""
    return {number for by_block in kept.values() for block, one in by_block.items() for number, _ in numbered(block, one)}
