"""A rule: who may be entitled to the help of one programme, in which time, by which source.

Conditions are a tree. Each leaf compares amounts or looks whether a fact is among values, and says in a sentence what
it asks and which papers prove it. How a rule is read is ``eligibility_reading``, what is refused
``eligibility_checks``, how it is answered ``eligibility_evaluation``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from services.referral.domain.eligibility_facts import Unit, Words


@dataclass(frozen=True, slots=True)
class Of:
    """The number of a fact."""

    fact: str


@dataclass(frozen=True, slots=True)
class Number:
    """A number that the rule names."""

    number: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class Sum:
    """All of them added."""

    parts: tuple[Amount, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """The first less all others."""

    parts: tuple[Amount, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """A part of an amount, in hundredths of a percent, rounded to a whole number."""

    of: Amount
    hundredths: int


@dataclass(frozen=True, slots=True)
class Ratio:
    """How many percent of ``to`` the amount is."""

    of: Amount
    to: Amount


@dataclass(frozen=True, slots=True)
class Median:
    """A part of the median income of the household's size and of the year, in hundredths of a percent."""

    hundredths: int


Amount: TypeAlias = Of | Number | Sum | Difference | Share | Ratio | Median


@dataclass(frozen=True, slots=True)
class Compare:
    """An amount is not below ``at_least`` and not above ``at_most``; one of them may be missing."""

    amount: Amount
    at_least: Amount | None
    at_most: Amount | None


@dataclass(frozen=True, slots=True)
class OneOf:
    """A fact has one of these values: choices, or yes and no."""

    fact: str
    values: frozenset[str | bool]


@dataclass(frozen=True, slots=True)
class Within:
    """A place lies in one of these districts."""

    fact: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class All:
    """All of them hold."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of them holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """It does not hold."""

    part: Condition


Test: TypeAlias = Compare | OneOf | Within | All | Either | Not


@dataclass(frozen=True, slots=True)
class Condition:
    """What is asked, in code and in a sentence."""

    test: Test
    path: str
    """Where it stands in the document of its rule."""
    words: Words | None = None
    """The sentence; a group of ``all`` may go without."""
    papers: tuple[Words, ...] = ()
    """What proves it."""
    to_check: bool = False
    """Its figure is not known for certain: the centre must compare it with the source."""
    discretion: Condition | None = None
    """Where this holds, the agency may decide otherwise: the condition, failed, counts as not known."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule comes from."""

    title: str
    date: date
    """Of the source, or the day on which the figures were taken from it."""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """Of one programme, for a time."""

    id: str
    name: Words
    kind: str
    """welfare or legal."""
    source: Source
    valid_from: date
    valid_until: date | None
    """The first day on which it does not hold any more; None: open."""
    assured: bool
    """False: somebody must compare what is marked with the source before anybody relies on it."""
    requires: Condition
    papers: tuple[Words, ...] = ()
    """To bring in any case."""
    notes: tuple[Words, ...] = ()
    """What a conversation should know beside the conditions, and what must be checked."""
    service_ids: tuple[str, ...] = ()
    service_keys: tuple[tuple[str, str], ...] = ()
    """Services by their source and its key. Without any service the rule stands for a programme alone."""


def children(condition: Condition) -> tuple[Condition, ...]:
    """The conditions a condition is made of, without the discretion."""
    if isinstance(condition.test, All | Either):
        return condition.test.parts
    return (condition.test.part,) if isinstance(condition.test, Not) else ()


def every(condition: Condition) -> Iterator[Condition]:
    """A condition and all below it, discretions included."""
    yield condition
    for child in children(condition):
        yield from every(child)
    if condition.discretion:
        yield from every(condition.discretion)


def amounts(test: Test) -> tuple[Amount, ...]:
    """The amounts a leaf compares."""
    if not isinstance(test, Compare):
        return ()
    return tuple(one for one in (test.amount, test.at_least, test.at_most) if one is not None)


def within_amount(amount: Amount) -> Iterator[Amount]:
    """An amount and all that it is made of."""
    yield amount
    if isinstance(amount, Sum | Difference):
        for part in amount.parts:
            yield from within_amount(part)
    elif isinstance(amount, Share):
        yield from within_amount(amount.of)
    elif isinstance(amount, Ratio):
        yield from within_amount(amount.of)
        yield from within_amount(amount.to)


def facts_of(test: Test) -> tuple[str, ...]:
    """The facts a leaf looks at, each once; none for groups."""
    if isinstance(test, OneOf | Within):
        return (test.fact,)
    found: dict[str, None] = {}
    for amount in amounts(test):
        for part in within_amount(amount):
            if isinstance(part, Of):
                found[part.fact] = None
            elif isinstance(part, Median):
                found["household_size"] = None
    return tuple(found)


def uses_median(rule: Rule) -> bool:
    """Whether the rule asks for a median income."""
    return any(
        isinstance(part, Median)
        for condition in every(rule.requires)
        for amount in amounts(condition.test)
        for part in within_amount(amount)
    )
