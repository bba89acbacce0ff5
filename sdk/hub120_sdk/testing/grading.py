"""What a check is: a named promise with a grade, kept by a function that raises ``AssertionError`` saying why not.

Bronze: nothing false gets in, nothing true is lost. Silver: every answer of a provider has its meaning. Gold: hurry,
long texts, crowds, secrets. Platinum, given by ``hub120 connectors check`` alone: the same in a process of its own.
"""

from __future__ import annotations

import statistics
import timeit
from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import IntEnum
from typing import TypeVar, cast

from hub120_sdk.testing.bench import Bench

Kind = TypeVar("Kind")


class Grade(IntEnum):
    """Each includes those below it."""

    NONE = 0
    BRONZE = 1
    SILVER = 2
    GOLD = 3
    PLATINUM = 4


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that a connector of its grade does."""

    name: str
    grade: Grade
    capabilities: frozenset[str]
    """It is about connectors with one of these; empty: about all."""
    when: Callable[[Bench], object]
    """Whether the table has what it is about: a webhook, a reply that is accepted."""
    waivable: bool
    """Whether a suite may waive it, with a reason."""
    promise: str
    """What holds when it passes."""
    run: Callable[[Bench], None]

    def __str__(self) -> str:
        return self.name

    def about(self, capability: str) -> bool:
        """Whether it is about this capability and no other."""
        return self.capabilities == {capability}

    def concerns(self, bench: Bench) -> bool:
        """False if it says nothing of this connector: it is not run then, and does not count."""
        about = not self.capabilities or bool(self.capabilities & bench.manifest.capabilities)
        return about and bool(self.when(bench))


class NotClaimed(Exception):
    """The manifest does not claim what the check is about: it passes, saying so."""


def always(_: Bench) -> bool:
    """Whatever is in the table."""
    return True


def webhook(bench: Bench) -> bool:
    """The provider calls the hub."""
    return bool(bench.suite.parses)


def check(
    grade: Grade,
    *,
    capability: str | Collection[str] = (),
    when: Callable[[Bench], object] = always,
    waivable: bool = False,
) -> Callable[[Callable[[Bench], None]], Check]:
    """Make a check of a function: its name, and its docstring as the promise."""
    capabilities = frozenset([capability] if isinstance(capability, str) else capability)

    def made(function: Callable[[Bench], None]) -> Check:
        promise = (function.__doc__ or "").strip().split("\n")[0]
        return Check(function.__name__, grade, capabilities, when, waivable, promise, function)

    return made


def must(condition: object, message: str) -> None:
    """Fail the check with ``message`` unless the condition holds. Unlike ``assert`` it works under ``python -O``."""
    if not condition:
        raise AssertionError(message)


def expect(outcome: object, kind: type[Kind], where: str) -> Kind:
    """The outcome, if it is of that kind; else fail the check."""
    must(isinstance(outcome, kind), f"{where}: expected {kind.__name__}, got {said(outcome)}")
    return cast(Kind, outcome)


def said(outcome: object) -> str:
    """A record or an error, in a failure's sentence."""
    return f"{type(outcome).__name__}: {outcome}" if isinstance(outcome, Exception) else repr(outcome)


def matches(outcome: object, expected: object) -> bool:
    """Whether it came to what the table says: a value, or exactly that kind of error."""
    return type(outcome) is expected if isinstance(expected, type) else outcome == expected


def must_match(outcome: object, expected: object, where: str) -> None:
    """Fail the check unless the outcome is what the table says."""
    wanted = expected.__name__ if isinstance(expected, type) else repr(expected)
    must(matches(outcome, expected), f"{where}: expected {wanted}, got {said(outcome)}")


def undisturbed_s(act: Callable[[], object], times: int) -> float:
    """How long something takes where the machine does nothing else meanwhile: the first quartile of so many times."""
    return statistics.quantiles(timeit.repeat(act, number=1, repeat=times), n=4)[0]
