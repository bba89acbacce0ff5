"""What may be known of somebody who asks for help: facts with their types, units and bounds, and values of them.

The catalogue itself is ``eligibility_catalogue``. Not to know a fact is a value of its own, None: it is neither no nor
zero. Nothing here is kept anywhere: facts come with a question and leave with its answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

_DISTRICT = re.compile(r"[0-9]{2}|[0-9]{5}|[0-9]{10}")
MOST_PERSONS = 20
"""Of a household: larger ones are asked about with this number."""


class Kind(StrEnum):
    """What values a fact has."""

    NUMBER = "number"
    YES_NO = "yes_no"
    CHOICE = "choice"
    DISTRICT = "district"
    """A code of the Ministry of the Interior: its first 2, 5 or 10 digits."""


class Unit(StrEnum):
    """What a number counts. Amounts of different units are never compared or added."""

    WON = "won"
    YEARS = "years"
    MONTHS = "months"
    PERSONS = "persons"
    PERCENT = "percent"


@dataclass(frozen=True, slots=True)
class Words:
    """The same in Korean and in English."""

    ko: str
    en: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the values of a fact."""

    id: str
    words: Words


@dataclass(frozen=True, slots=True)
class Fact:
    """Something to be known of a person, their household or their trouble."""

    id: str
    group: str
    """Under which heading a form shows it: person, household, money, place, benefits, crisis or legal."""
    words: Words
    question: Words
    """How an agent asks for it."""
    kind: Kind
    unit: Unit | None = None
    """Of a number."""
    least: int = 0
    most: int = 0
    """The bounds of a number, both allowed."""
    choices: tuple[Choice, ...] = ()


Value = int | bool | str
"""A whole number, yes or no, the id of a choice, a district code: as the kind of the fact says."""
Known = Mapping[str, Value | None]
"""Facts by id. None was asked, and nobody can say."""


def fault(fact: Fact, value: Value) -> str:
    """What is wrong with a value of a fact; empty if nothing is."""
    if fact.kind is Kind.NUMBER:
        right = isinstance(value, int) and not isinstance(value, bool) and fact.least <= value <= fact.most
        return "" if right else f"is a whole number from {fact.least} to {fact.most}"
    if fact.kind is Kind.YES_NO:
        return "" if isinstance(value, bool) else "is yes or no"
    if fact.kind is Kind.CHOICE:
        ids = [choice.id for choice in fact.choices]
        return "" if value in ids else f"is one of {', '.join(ids)}"
    return "" if is_district(value) else "is a district code of 2, 5 or 10 digits"


def is_district(value: object) -> bool:
    """Whether it is a code of a province, a city or county, or a neighbourhood."""
    return isinstance(value, str) and _DISTRICT.fullmatch(value) is not None


def within(place: str, codes: Sequence[str]) -> bool | None:
    """Whether a place lies in one of these districts; None if only a part of it does."""
    if place.startswith(tuple(codes)):
        return True
    return None if any(code.startswith(place) for code in codes) else False
