"""What an answer says beside its result: reasons in sentences, questions to ask next, papers to bring.

It is a help for the conversation. Who decides is the agency, and every answer says so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from services.referral.domain.eligibility_amounts import unit_of
from services.referral.domain.eligibility_catalogue import SLOTS
from services.referral.domain.eligibility_evaluation import (
    Compiled,
    Node,
    Result,
    Truth,
    Values,
    counted,
    weigh,
)
from services.referral.domain.eligibility_facts import Unit, Words
from services.referral.domain.eligibility_rules import All, Compare, Either

WARNING = Words(
    "상담용 안내이며 최종 결정은 담당 기관이 합니다.",
    "This is guidance for the conversation; the agency in charge makes the final decision.",
)
MOST_QUESTIONS = 10


class Status(IntEnum):
    """What became of a condition."""

    HOLDS = 1
    FAILS = 2
    UNKNOWN = 3
    AT_DISCRETION = 4
    """It fails, and the agency may decide otherwise."""


_STATUS = {True: Status.HOLDS, False: Status.FAILS, None: Status.UNKNOWN}


@dataclass(frozen=True, slots=True)
class Reason:
    """A condition, and what became of it."""

    words: Words
    status: Status
    level: int
    """How deep it stands: a reason belongs to the last one before it that stands higher."""
    path: str
    to_check: bool
    facts: tuple[str, ...]
    """Of a single condition: those that would have to be known."""


@dataclass(frozen=True, slots=True)
class Question:
    """A fact to ask for, and how much it decides."""

    fact: str
    weight: float


@dataclass(frozen=True, slots=True)
class Line:
    """A condition of a rule as it is explained, with the amounts that were compared, where they are known."""

    reason: Reason
    unit: Unit | None = None
    amount: float | None = None
    least: float | None = None
    most: float | None = None


def reasons(compiled: Compiled, values: Values) -> list[Reason]:
    """Which conditions hold, fail or are not known: of a group those that made it what it is."""
    return [*_reasons(compiled.root, values, 0)]


def _reasons(node: Node, values: Values, level: int) -> Iterator[Reason]:
    if node.condition.words is None:
        for part in node.parts:
            yield from _reasons(part, values, level)
        return
    reason = _reason(node, node.condition.words, values, level)
    yield reason
    if reason.status is Status.AT_DISCRETION and node.discretion:
        yield from _reasons(node.discretion, values, level + 1)
    else:
        for part in _telling(node, values):
            yield from _reasons(part, values, level + 1)


def _telling(node: Node, values: Values) -> Iterator[Node]:
    """The parts that made a group what it is, unless all of them had to."""
    held, test = node.holds(values), node.condition.test
    if (isinstance(test, Either) and held is not False) or (isinstance(test, All) and held is not True):
        yield from (part for part in node.parts if part.holds(values) is held)


def _reason(node: Node, words: Words, values: Values, level: int) -> Reason:
    condition = node.condition
    missing = node.ask_plainly(values)
    weighed: dict[str, float] = {}
    if not isinstance(missing, bool) and not node.parts:
        weigh(missing, 1.0, weighed)
    return Reason(words, status(node, values), level, condition.path, condition.to_check, tuple(weighed))


def status(node: Node, values: Values) -> Status:
    """What became of a condition."""
    held, plainly = node.holds(values), node.plainly(values)
    return Status.AT_DISCRETION if plainly is False and held is None else _STATUS[held]


def questions(weighed: dict[str, float], cannot_say: Collection[str]) -> list[Question]:
    """What to ask next, the most deciding first; never what was asked in vain."""
    asked = [Question(fact, weight) for fact, weight in weighed.items() if fact not in cannot_say]
    return sorted(asked, key=lambda one: (-round(one.weight, 9), SLOTS[one.fact]))[:MOST_QUESTIONS]


def papers(compiled: Compiled, values: Values) -> list[Words]:
    """What to bring, each once: what the rule asks in any case, and what proves the conditions it may rest on."""
    if compiled.result(values) is Result.UNLIKELY:
        return []
    return [*dict.fromkeys([*compiled.rule.papers, *_papers(compiled.root, values)])]


def _papers(node: Node, values: Values) -> Iterator[Words]:
    held: Truth = node.holds(values)
    if held is False:
        return
    yield from node.condition.papers
    if node.plainly(values) is False and node.discretion:
        yield from _papers(node.discretion, values)
    for part in node.parts:
        if not isinstance(node.condition.test, Either) or part.holds(values) is held:
            yield from _papers(part, values)


def lines(compiled: Compiled, values: Values) -> list[Line]:
    """A whole rule in its order, each condition with what became of it and with what was compared."""
    return [*_lines(compiled.root, values, 0)]


def _lines(node: Node, values: Values, level: int) -> Iterator[Line]:
    below = level
    if node.condition.words is not None:
        yield _line(_reason(node, node.condition.words, values, level), node.condition.test, values)
        below += 1
    for part in node.parts:
        yield from _lines(part, values, below)
    if node.discretion:
        yield from _lines(node.discretion, values, below)


def _line(reason: Reason, test: Any, values: Values) -> Line:
    if not isinstance(test, Compare):
        return Line(reason)
    least, most = (None if side is None else counted(side)(values) for side in (test.at_least, test.at_most))
    return Line(reason, unit_of(test.amount), counted(test.amount)(values), least, most)
