"""Rules made into closures once, and answered with three values: it holds, it fails, it is not known (Kleene).

What is known already never changes when more becomes known: a rule that is likely stays likely, one that is unlikely
stays unlikely. Evaluated is a list of values by their ``SLOTS``, with the median income of the household at its end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from operator import itemgetter
from typing import Any, TypeAlias

from services.referral.domain.eligibility_catalogue import CATALOGUE, SLOTS
from services.referral.domain.eligibility_facts import Known, within
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
    Rule,
    Share,
    Sum,
    Test,
    Within,
    children,
    facts_of,
)  # fmt: skip
from services.referral.domain.median_income import Medians

Values: TypeAlias = Sequence[Any]
Truth: TypeAlias = bool | None
Holds: TypeAlias = Callable[[Values], Truth]
Counted: TypeAlias = Callable[[Values], Any]
"""An amount: None where it is not known."""

MEDIAN_SLOT = len(CATALOGUE)


class Result(IntEnum):
    """What is answered; never more than a likelihood. They rank in this order."""

    LIKELY = 1
    NEED_MORE = 2
    """Something is not known, or the agency decides."""
    UNLIKELY = 3


RESULTS = {True: Result.LIKELY, None: Result.NEED_MORE, False: Result.UNLIKELY}


@dataclass(frozen=True, slots=True)
class Node:
    """A condition that can be asked."""

    condition: Condition
    holds: Holds
    """With the discretion."""
    plainly: Holds
    """Without it."""
    parts: tuple[Node, ...]
    discretion: Node | None
    facts: tuple[tuple[str, int], ...]
    """Of a leaf: what it looks at, and where that stands."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A rule that can be asked."""

    rule: Rule
    root: Node

    def result(self, values: Values) -> Result:
        """What is answered."""
        return RESULTS[self.root.holds(values)]


def values_of(known: Known, medians: Medians, day: date) -> list[Any]:
    """What is known as rules are evaluated on it, with the median income of the day's year, if both are known."""
    values: list[Any] = [None] * (MEDIAN_SLOT + 1)
    for fact, value in known.items():
        values[SLOTS[fact]] = value
    persons, median = values[SLOTS["household_size"]], medians.get(day.year)
    values[MEDIAN_SLOT] = None if persons is None or median is None else median.of(persons)
    return values


def compiled(rule: Rule) -> Compiled:
    """A rule made into closures."""
    return Compiled(rule, _node(rule.requires))


def _node(condition: Condition) -> Node:
    parts = tuple(map(_node, children(condition)))
    other = _node(condition.discretion) if condition.discretion else None
    plainly = _test(condition.test, [part.holds for part in parts])
    holds = _widened(plainly, other.holds) if other else plainly
    facts = tuple((fact, SLOTS[fact]) for fact in facts_of(condition.test))
    return Node(condition, holds, plainly, parts, other, facts)


def _test(test: Test, parts: Sequence[Holds]) -> Holds:
    match test:
        case All():
            return _all(tuple(parts))
        case Either():
            return _either(tuple(parts))
        case Not():
            return _negated(parts[0])
        case OneOf(fact, choices):
            return _among(SLOTS[fact], choices)
        case Within(fact, codes):
            return _within(SLOTS[fact], codes)
    return _compare(test)


def _all(parts: tuple[Holds, ...]) -> Holds:
    def holds(values: Values) -> Truth:
        found: Truth = True
        for part in parts:
            held = part(values)
            if held is False:
                return False
            if held is None:
                found = None
        return found

    return holds


def _either(parts: tuple[Holds, ...]) -> Holds:
    def holds(values: Values) -> Truth:
        found: Truth = False
        for part in parts:
            held = part(values)
            if held:
                return True
            if held is None:
                found = None
        return found

    return holds


def _negated(part: Holds) -> Holds:
    def holds(values: Values) -> Truth:
        held = part(values)
        return None if held is None else not held

    return holds


def _widened(plainly: Holds, other: Holds) -> Holds:
    def holds(values: Values) -> Truth:
        held = plainly(values)
        return None if held is False and other(values) is not False else held

    return holds


def _among(slot: int, choices: frozenset[str | bool]) -> Holds:
    def holds(values: Values) -> Truth:
        value = values[slot]
        return None if value is None else value in choices

    return holds


def _within(slot: int, codes: tuple[str, ...]) -> Holds:
    def holds(values: Values) -> Truth:
        value = values[slot]
        return None if value is None else within(value, codes)

    return holds


def _compare(test: Compare) -> Holds:
    """The comparisons of a fact with a number are most of all, and go without calls."""
    sides = (test.at_least, test.at_most)
    if isinstance(test.amount, Of) and all(side is None or isinstance(side, Number) for side in sides):
        return _bounded(SLOTS[test.amount.fact], *(side.number if isinstance(side, Number) else None for side in sides))
    return _compared(counted(test.amount), *(None if side is None else counted(side) for side in sides))


def _bounded(slot: int, least: int | None, most: int | None) -> Holds:
    low = -(2**63) if least is None else least
    high = 2**63 if most is None else most

    def holds(values: Values) -> Truth:
        value = values[slot]
        return None if value is None else low <= value <= high

    return holds


def _compared(amount: Counted, least: Counted | None, most: Counted | None) -> Holds:
    def holds(values: Values) -> Truth:
        value = amount(values)
        if value is None:
            return None
        low = value if least is None else least(values)
        high = value if most is None else most(values)
        if (low is not None and value < low) or (high is not None and value > high):
            return False
        return None if low is None or high is None else True

    return holds


def counted(amount: Amount) -> Counted:  # noqa: PLR0911 - one for each kind
    """An amount made into a closure."""
    match amount:
        case Of(fact):
            return itemgetter(SLOTS[fact])
        case Number(number, _):
            return lambda _: number
        case Sum(parts):
            return _sum(tuple(map(counted, parts)), 1)
        case Difference(parts):
            return _sum(tuple(map(counted, parts)), -1)
        case Share(of, hundredths):
            return _share(counted(of), hundredths)
        case Ratio(of, to):
            return _ratio(counted(of), counted(to))
        case Median(hundredths):
            return _share(itemgetter(MEDIAN_SLOT), hundredths)


def _sum(parts: tuple[Counted, ...], sign: int) -> Counted:
    first, *others = parts

    def amount(values: Values) -> Any:
        total = first(values)
        for part in others:
            value = part(values)
            if total is None or value is None:
                return None
            total += sign * value
        return total

    return amount


def _share(of: Counted, hundredths: int) -> Counted:
    def amount(values: Values) -> Any:
        value = of(values)
        return None if value is None else (value * hundredths + 5_000) // 10_000  # as median_income.share

    return amount


def _ratio(of: Counted, to: Counted) -> Counted:
    """That ``to`` is never nothing was checked when the rule was written."""

    def amount(values: Values) -> Any:
        value, whole = of(values), to(values)
        return None if value is None or whole is None else 100 * value / whole

    return amount


def weigh(node: Node, values: Values, weight: float, found: dict[str, float]) -> None:
    """How much each fact that is not known decides of a condition that is not: one that alone stands between the
    condition and its answer has its whole weight; where there are several, each has its part of it."""
    undecided = [*_undecided(node, values)]
    for part in undecided:
        weigh(part, values, weight / len(undecided), found)
    if not undecided:
        asked = open_facts(node, values)
        for fact in asked:
            found[fact] = found.get(fact, 0.0) + weight / len(asked)


def _undecided(node: Node, values: Values) -> Iterator[Node]:
    """The parts of a condition on which it depends that it is not known. One that failed depends on its discretion."""
    if node.discretion and node.plainly(values) is False:
        if node.discretion.holds(values) is None:
            yield node.discretion
        return
    for part in node.parts:
        if part.holds(values) is None:
            yield part


def open_facts(node: Node, values: Values) -> list[str]:
    """What a leaf that is not known must be told: facts without a value, or a district that is too coarse."""
    if node.plainly(values) is not None:
        return []
    missing = [fact for fact, slot in node.facts if values[slot] is None]
    return missing or ([node.condition.test.fact] if isinstance(node.condition.test, Within) else [])
