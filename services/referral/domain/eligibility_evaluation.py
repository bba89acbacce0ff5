"""Rules made into closures once, and answered with three values: it holds, it fails, it is not known (Kleene).

What is known already never changes when more becomes known: a rule that is likely stays likely, one that is unlikely
stays unlikely. Evaluated is a list of values by their ``SLOTS``, with the median income of the household at its end.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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
    every,
    facts_of,
)
from services.referral.domain.median_income import Medians

Values: TypeAlias = Sequence[Any]
Truth: TypeAlias = bool | None
Open: TypeAlias = "str | tuple[str, ...] | list[Open]"
"""Why a condition is not known: the fact or facts that are missing, or for a group what of each part is. Nothing where
nobody can be asked: the agency decides, or the figures of the year are missing."""
Held: TypeAlias = "bool | Open"
Ask: TypeAlias = Callable[[Values], Held]
"""Whether a condition holds; where that is not known, why."""
Counted: TypeAlias = Callable[[Values], Any]
"""An amount: None where it is not known."""

MEDIAN_SLOT = len(CATALOGUE)


class Result(IntEnum):
    """What is answered; never more than a likelihood. They rank in this order."""

    LIKELY = 1
    NEED_MORE = 2
    """Something is not known, or the agency decides."""
    UNLIKELY = 3


RESULTS: Mapping[Truth, Result] = {True: Result.LIKELY, None: Result.NEED_MORE, False: Result.UNLIKELY}


@dataclass(frozen=True, slots=True)
class Node:
    """A condition that can be asked."""

    condition: Condition
    ask: Ask
    """With the discretion."""
    ask_plainly: Ask
    """Without it."""
    parts: tuple[Node, ...]
    discretion: Node | None

    def holds(self, values: Values) -> Truth:
        """Whether it holds; None: not known."""
        return _truth(self.ask(values))

    def plainly(self, values: Values) -> Truth:
        """The same without the discretion."""
        return _truth(self.ask_plainly(values))


@dataclass(frozen=True, slots=True)
class Compiled:
    """A rule that can be asked."""

    rule: Rule
    root: Node

    def answer(self, values: Values) -> tuple[Result, Held]:
        """What is answered, and what is missing where it needs more."""
        held = self.root.ask(values)
        return (RESULTS[held] if isinstance(held, bool) else Result.NEED_MORE), held

    def result(self, values: Values) -> Result:
        """What is answered."""
        return self.answer(values)[0]


def _truth(held: Held) -> Truth:
    return held if isinstance(held, bool) else None


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
    plainly = _test(condition.test, parts)
    return Node(condition, _widened(plainly, other.ask) if other else plainly, plainly, parts, other)


def _test(test: Test, parts: Sequence[Node]) -> Ask:
    match test:
        case All():
            return _group(parts, decides=False)
        case Either():
            return _group(parts, decides=True)
        case Not():
            return _negated(parts[0].ask)
        case OneOf(fact, choices):
            return _among(fact, SLOTS[fact], choices)
        case Within(fact, codes):
            return _within(fact, SLOTS[fact], codes)
    return _compare(test)


def _group(parts: Sequence[Node], *, decides: bool) -> Ask:
    """All or any of them: one part of that truth decides for all. Parts that look at a single value are most of all,
    and are asked without a call; the larger a part, the later it is asked."""
    quick: list[tuple[str, int, frozenset[str | bool]]] = []
    others: list[Ask] = []
    for part in sorted(parts, key=lambda one: sum(1 for _ in every(one.condition))):
        test = part.condition.test
        if isinstance(test, OneOf) and not part.discretion:
            quick.append((test.fact, SLOTS[test.fact], test.values))
        else:
            others.append(part.ask)

    def ask(values: Values) -> Held:
        missing: list[Open] = []
        for fact, slot, choices in quick:
            value = values[slot]
            if value is None:
                missing.append(fact)
            elif (value in choices) is decides:
                return decides
        for other in others:
            held = other(values)
            if held is decides:
                return decides
            if not isinstance(held, bool):
                missing.append(held)
        return missing or not decides

    return ask


def _negated(part: Ask) -> Ask:
    def ask(values: Values) -> Held:
        held = part(values)
        return not held if isinstance(held, bool) else held

    return ask


def _widened(plainly: Ask, other: Ask) -> Ask:
    def ask(values: Values) -> Held:
        held = plainly(values)
        if held is not False:
            return held
        widened = other(values)
        return () if widened is True else widened

    return ask


def _among(fact: str, slot: int, choices: frozenset[str | bool]) -> Ask:
    def ask(values: Values) -> Held:
        value = values[slot]
        return fact if value is None else value in choices

    return ask


def _within(fact: str, slot: int, codes: tuple[str, ...]) -> Ask:
    def ask(values: Values) -> Held:
        value = values[slot]
        held = None if value is None else within(value, codes)
        return fact if held is None else held

    return ask


def _compare(test: Compare) -> Ask:
    """The comparisons of a fact with a number or the median income are most of all, and go without calls."""
    sides = (test.at_least, test.at_most)
    if isinstance(test.amount, Of):
        if all(side is None or isinstance(side, Number) for side in sides):
            return _bounded(test.amount.fact, *(side.number if isinstance(side, Number) else None for side in sides))
        if test.at_least is None and isinstance(test.at_most, Median):
            return _at_most_median(test.amount.fact, test.at_most.hundredths)
    facts = tuple((fact, SLOTS[fact]) for fact in facts_of(test))
    return _compared(facts, counted(test.amount), *(None if side is None else counted(side) for side in sides))


def _bounded(fact: str, least: int | None, most: int | None) -> Ask:
    slot = SLOTS[fact]
    low = -(2**63) if least is None else least
    high = 2**63 if most is None else most

    def ask(values: Values) -> Held:
        value = values[slot]
        return fact if value is None else low <= value <= high

    return ask


def _at_most_median(fact: str, hundredths: int) -> Ask:
    slot, persons = SLOTS[fact], SLOTS["household_size"]

    def ask(values: Values) -> Held:
        value, median = values[slot], values[MEDIAN_SLOT]
        if value is not None and median is not None:
            return bool(value <= (median * hundredths + 5_000) // 10_000)  # as median_income.share
        missing = () if value is not None else (fact,)
        return missing if values[persons] is not None else (*missing, "household_size")

    return ask


def _compared(
    facts: Sequence[tuple[str, int]], amount: Counted, least: Counted | None, most: Counted | None
) -> Ask:  # fmt: skip
    def ask(values: Values) -> Held:
        value = amount(values)
        low = value if least is None else least(values)
        high = value if most is None else most(values)
        if value is not None and ((low is not None and value < low) or (high is not None and value > high)):
            return False
        if value is None or low is None or high is None:
            return tuple(fact for fact, slot in facts if values[slot] is None)
        return True

    return ask


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


def weigh(missing: Open, weight: float, found: dict[str, float]) -> None:
    """How much each missing fact decides: one that alone stands between a condition and its answer has its whole
    weight; where there are several, each has its part of it."""
    parts = (missing,) if isinstance(missing, str) else missing
    for one in parts:
        if isinstance(one, str):
            found[one] = found.get(one, 0.0) + weight / len(parts)
        else:
            weigh(one, weight / len(parts), found)
