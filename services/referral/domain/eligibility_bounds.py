"""What amounts and facts can be at all, and what is left of that where a condition holds or fails.

A ``Room`` is what is known so far of facts and amounts. Narrowing it never takes away what is possible, so what is
found to be impossible truly is; not everything that is impossible is found.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias, TypeVar

from services.referral.domain.eligibility_catalogue import FACTS
from services.referral.domain.eligibility_facts import MOST_PERSONS, within
from services.referral.domain.eligibility_rules import (
    All,
    Amount,
    Compare,
    Condition,
    Difference,
    Either,
    Median,
    Not,
    Number,
    Of,
    OneOf,
    Ratio,
    Share,
    Sum,
    Test,
    Within,
    within_amount,
)
from services.referral.domain.median_income import LEAST_WON, MOST_WON, Medians, share

Span: TypeAlias = tuple[float, float]
"""From and to, both included."""
Key: TypeAlias = Amount | tuple[str, Amount]
"""An amount, or how many hundredths of a percent of the median it is."""
Values: TypeAlias = frozenset[str | bool]
Districts: TypeAlias = tuple[tuple[str, ...] | None, tuple[str, ...]]
"""Those it may lie in, None for all; and those it does not lie in."""


@dataclass(frozen=True, slots=True)
class Room:
    """What is left for amounts, choices and places. What is not named may be anything."""

    spans: Mapping[Key, Span] = field(default_factory=dict)
    chosen: Mapping[str, Values] = field(default_factory=dict)
    placed: Mapping[str, Districts] = field(default_factory=dict)


FREE = Room()
K = TypeVar("K")
V = TypeVar("V")
ROUNDS = 4
ANYTHING: Span = (-math.inf, math.inf)


class Bounds:
    """Spans of amounts in the years of a rule."""

    def __init__(self, medians: Medians) -> None:
        known = medians.values()
        self._median = (
            min((one.of(1) for one in known), default=LEAST_WON),
            max((one.of(MOST_PERSONS) for one in known), default=MOST_WON),
        )

    def span(self, amount: Amount, room: Room) -> Span:
        """What an amount can be."""
        low, high = self._computed(amount, room)
        least, most = room.spans.get(amount, ANYTHING)
        return max(low, least), min(high, most)

    def _computed(self, amount: Amount, room: Room) -> Span:  # noqa: PLR0911 - one for each kind
        match amount:
            case Of(fact):
                return FACTS[fact].least, FACTS[fact].most
            case Number(number, _):
                return number, number
            case Sum(parts):
                spans = [self.span(part, room) for part in parts]
                return sum(low for low, _ in spans), sum(high for _, high in spans)
            case Difference(parts):
                (low, high), *others = [self.span(part, room) for part in parts]
                return low - sum(most for _, most in others), high - sum(least for least, _ in others)
            case Share(of, hundredths):
                return _part(self.span(of, room), hundredths)
            case Median(hundredths):
                return _part(self._median, hundredths)
            case Ratio(of, to):
                return _ratio(self.span(of, room), self.span(to, room))

    def narrowed(self, condition: Condition, room: Room, *, holds: bool) -> Room | None:
        """What is left where a condition holds, or fails; None if it cannot."""
        left = self._test(condition.test, room, holds)
        if left is not None and condition.discretion and not holds:
            return self.narrowed(condition.discretion, left, holds=False)
        return left

    def _test(self, test: Test, room: Room, holds: bool) -> Room | None:
        match test:
            case All(parts) | Either(parts):
                together = isinstance(test, All) is holds
                return self.all_of(parts, room, holds=holds) if together else self._any_of(parts, room, holds)
            case Not(part):
                return self.narrowed(part, room, holds=not holds)
            case OneOf(fact, values):
                return _chosen(fact, values, room, holds)
            case Within(fact, codes):
                return _placed(fact, codes, room, holds)
        return self._held(test, room) if holds else self._failed(test, room)

    def all_of(self, parts: Sequence[Condition], room: Room, *, holds: bool = True) -> Room | None:
        """What is left where all of them hold, or all of them fail."""
        for _ in range(ROUNDS):
            before = room
            for part in parts:
                left = self.narrowed(part, room, holds=holds)
                if left is None:
                    return None
                room = left
            if room == before:
                break
        return room

    def _any_of(self, parts: Sequence[Condition], room: Room, holds: bool) -> Room | None:
        left = [one for part in parts if (one := self.narrowed(part, room, holds=holds)) is not None]
        return _hull(left) if left else None

    def _held(self, test: Compare, room: Room) -> Room | None:
        low = -math.inf if test.at_least is None else self.span(test.at_least, room)[0]
        high = math.inf if test.at_most is None else self.span(test.at_most, room)[1]
        left = self._within(test.amount, (low, high), room)
        if left is None:
            return None
        low = test.at_least.hundredths if isinstance(test.at_least, Median) else -math.inf
        high = test.at_most.hundredths if isinstance(test.at_most, Median) else math.inf
        return _spanned(("median", test.amount), (low, high), left)

    def _failed(self, test: Compare, room: Room) -> Room | None:
        """It is below the one or above the other."""
        left = []
        if test.at_least is not None:
            below = self._within(test.amount, (-math.inf, _less(test.amount, self.span(test.at_least, room)[1])), room)
            if below is not None and isinstance(test.at_least, Median):
                median = (-math.inf, math.nextafter(test.at_least.hundredths, -math.inf))
                below = _spanned(("median", test.amount), median, below)
            left.append(below)
        if test.at_most is not None:
            above = self._within(test.amount, (_more(test.amount, self.span(test.at_most, room)[0]), math.inf), room)
            if above is not None and isinstance(test.at_most, Median):
                median = (math.nextafter(test.at_most.hundredths, math.inf), math.inf)
                above = _spanned(("median", test.amount), median, above)
            left.append(above)
        possible = [one for one in left if one is not None]
        return _hull(possible) if possible else None

    def _within(self, amount: Amount, span: Span, room: Room) -> Room | None:
        return _spanned(amount, span, replace(room, spans={**room.spans, amount: self.span(amount, room)}))


def _part(span: Span, hundredths: int) -> Span:
    return tuple(end if math.isinf(end) else share(int(end), hundredths) for end in span)  # type: ignore[return-value]


def _ratio(of: Span, to: Span) -> Span:
    if to[0] <= 0:
        return ANYTHING
    ends = [100 * one / other for one in of for other in to]
    return min(ends), max(ends)


def _less(amount: Amount, limit: float) -> float:
    return math.nextafter(limit, -math.inf) if _broken(amount) else limit - 1


def _more(amount: Amount, limit: float) -> float:
    return math.nextafter(limit, math.inf) if _broken(amount) else limit + 1


def _broken(amount: Amount) -> bool:
    """Whether it may be between two whole numbers."""
    return any(isinstance(part, Ratio) for part in within_amount(amount))


def _spanned(key: Key, span: Span, room: Room) -> Room | None:
    least, most = room.spans.get(key, ANYTHING)
    low, high = max(span[0], least), min(span[1], most)
    return None if low > high else replace(room, spans={**room.spans, key: (low, high)})


def _chosen(fact: str, values: Values, room: Room, holds: bool) -> Room | None:
    every: Values = frozenset(choice.id for choice in FACTS[fact].choices) or frozenset((True, False))
    before = room.chosen.get(fact, every)
    left = before & values if holds else before - values
    return replace(room, chosen={**room.chosen, fact: left}) if left else None


def _placed(fact: str, codes: tuple[str, ...], room: Room, holds: bool) -> Room | None:
    inside, outside = room.placed.get(fact, (None, ()))
    if holds:
        inside = codes if inside is None else _common(inside, codes)
    else:
        outside = tuple(dict.fromkeys((*outside, *codes)))
    if inside is not None and outside:
        inside = tuple(code for code in inside if within(code, outside) is not True)
    return None if inside == () else replace(room, placed={**room.placed, fact: (inside, outside)})


def _common(some: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    """The districts that lie in both."""
    finer = {code for code in some if within(code, others)} | {code for code in others if within(code, some)}
    return tuple(sorted(finer))


def _hull(rooms: Sequence[Room]) -> Room:
    """What holds in all of them."""
    return Room(
        _joined([room.spans for room in rooms], _wider),
        _joined([room.chosen for room in rooms], lambda found: frozenset[str | bool]().union(*found)),
        _joined([room.placed for room in rooms], _either),
    )


def _joined(maps: Sequence[Mapping[K, V]], join: Callable[[list[V]], V]) -> dict[K, V]:
    shared = (key for key in maps[0] if all(key in other for other in maps))
    return {key: join([one[key] for one in maps]) for key in shared}


def _wider(spans: Sequence[Span]) -> Span:
    return min(low for low, _ in spans), max(high for _, high in spans)


def _either(found: Sequence[Districts]) -> Districts:
    outside = set.intersection(*(set(codes) for _, codes in found))
    insides = [codes for codes, _ in found if codes is not None]
    inside = tuple(sorted({code for codes in insides for code in codes})) if len(insides) == len(found) else None
    return inside, tuple(sorted(outside))
