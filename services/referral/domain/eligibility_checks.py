"""Whether a rule that could be read makes sense: nothing in it can never hold or always holds, nothing is divided by
what may be nothing, and the median incomes it asks for are known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from services.referral.domain.eligibility_bounds import FREE, Bounds, Room
from services.referral.domain.eligibility_rules import (
    All,
    Condition,
    Either,
    Not,
    Ratio,
    Rule,
    amounts,
    children,
    every,
    uses_median,
    within_amount,
)
from services.referral.domain.median_income import Medians

Fault = tuple[str, str]


def faults(rule: Rule, path: str, medians: Medians) -> list[Fault]:
    """What is wrong with a rule, by the path; medians are those that are known."""
    found = [*_years(rule, path, medians), *_marks(rule, path)]
    bounds = Bounds({year: median for year, median in medians.items() if year in _years_of(rule)} or medians)
    divided = [*_divisions(rule, bounds)]
    if divided:
        return [*found, *divided]
    return [*found, *_always(rule.requires, bounds), *_never(rule.requires, FREE, bounds)]


def _years_of(rule: Rule) -> range:
    last = rule.valid_until - timedelta(days=1) if rule.valid_until else rule.valid_from
    return range(rule.valid_from.year, last.year + 1)


def _years(rule: Rule, path: str, medians: Medians) -> Iterator[Fault]:
    missing = [year for year in _years_of(rule) if year not in medians]
    if missing and uses_median(rule):
        yield f"{path}.validFrom", f"needs the median income of {', '.join(map(str, missing))}, which is not known"


def _marks(rule: Rule, path: str) -> Iterator[Fault]:
    if rule.assured and any(condition.to_check for condition in every(rule.requires)):
        yield f"{path}.assured", "is false as long as a condition is marked toCheck"


def _divisions(rule: Rule, bounds: Bounds) -> Iterator[Fault]:
    for condition in every(rule.requires):
        for amount in amounts(condition.test):
            for part in within_amount(amount):
                if isinstance(part, Ratio) and bounds.span(part.to, FREE)[0] <= 0:
                    yield condition.path, "divides by what may be nothing: compare with a share of it instead"


def _always(condition: Condition, bounds: Bounds) -> Iterator[Fault]:
    """Conditions that hold whatever is the case; of one within another the outer is told."""
    if bounds.narrowed(condition, FREE, holds=False) is None:
        yield condition.path, "always holds: leave it out"
        return
    for part in children(condition):
        yield from _always(part, bounds)
    if condition.discretion:
        yield from _always(condition.discretion, bounds)


def _never(condition: Condition, room: Room, bounds: Bounds) -> Iterator[Fault]:
    """Conditions that cannot hold beside what stands around them."""
    test = condition.test
    if isinstance(test, All):
        yield from _never_together(test, room, bounds)
    elif bounds.narrowed(condition, room, holds=True) is None:
        yield condition.path, "can never hold" + (" beside the conditions around it" if room != FREE else "")
        return
    elif isinstance(test, Either):
        for part in test.parts:
            yield from _never(part, room, bounds)
    elif isinstance(test, Not):
        yield from _never(test.part, FREE, bounds)
    if condition.discretion:
        yield from _never(condition.discretion, FREE, bounds)


def _never_together(test: All, room: Room, bounds: Bounds) -> Iterator[Fault]:
    before = room
    for part in test.parts:
        left = bounds.narrowed(part, before, holds=True)
        if left is None:
            yield from _never(part, before, bounds)
            return
        before = left
    if bounds.all_of(test.parts, room) is None:
        yield test.parts[-1].path, "can never hold beside the conditions around it"
        return
    for part in test.parts:
        others = bounds.all_of([other for other in test.parts if other is not part], room)
        if others is not None and children(part):
            yield from _never(part, others, bounds)
