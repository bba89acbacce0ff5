"""Telephony: a leg is dialled once, however often it is asked for, what is gone is said to be gone, what is muted is
not heard, and keys are told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from hub120_sdk.calls import Conference, Dial, KeyPress
from hub120_sdk.errors import Rejected
from hub120_sdk.testing.bench import Bench
from hub120_sdk.testing.grading import Grade, check, must, must_match, said
from hub120_sdk.testing.provider import Answer, Seen
from hub120_sdk.testing.suite import Operates

_GONE = Answer.json({}, 404)
_NEEDS_THE_LEG = frozenset({"bridge", "add_party", "hold", "mute"})
_ENDS_THE_LEG = frozenset({"hang_up", "remove_party"})


@check(Grade.SILVER, capability="telephony")
def operates_as_the_table_says(bench: Bench) -> None:
    """Everything of the table that is done with the exchange comes to what it says, and a leg is dialled in it."""
    must(any(_dials(bench, row) for row in bench.suite.operates), "the table dials no leg")
    for row in bench.suite.operates:
        outcome = bench.ask(row.answers, partial(row.do, bench.telephony))
        must_match(outcome, row.expected, row.name)
        row.check(bench.provider.seen)


@check(Grade.SILVER, capability="telephony")
def operates_twice_as_once(bench: Bench) -> None:
    """Asked for again, everything leads to the same end: the same legs, the same conference."""
    for row in _accepted(bench):
        for _ in range(2):
            must_match(bench.ask(row.answers, partial(row.do, bench.telephony)), row.expected, f"{row.name}, again")


@check(Grade.SILVER, capability="telephony", waivable=True)
def shows_the_leg_to_the_exchange(bench: Bench) -> None:
    """The exchange gets the hub's id of a leg with every attempt to dial it: so it can be found, and dialled once."""
    for row in _accepted(bench):
        for dial in _dials(bench, row):
            for _ in range(2):
                bench.ask(row.answers, partial(row.do, bench.telephony))
                seen = [f"{one.path} {one.headers} {one.words}" for one in bench.provider.seen]
                must(any(dial.leg_id in one for one in seen), f"{row.name}: {dial.leg_id} is nowhere in what it got")


@check(Grade.SILVER, capability="telephony")
def says_what_is_gone(bench: Bench) -> None:
    """A leg that is not there (404) is not bridged, added, held or muted: Rejected. Ended it is already."""
    for row in _accepted(bench):
        methods = {name for name, _ in _asked(bench, row)}
        outcome = bench.ask([_GONE], partial(row.do, bench.telephony))
        if methods <= _NEEDS_THE_LEG:
            must(isinstance(outcome, Rejected), f"{row.name}, 404: expected Rejected, got {said(outcome)}")
        elif methods <= _ENDS_THE_LEG:
            must(outcome is None, f"{row.name}, 404: expected None, got {said(outcome)}")
        elif methods == {"look"}:
            must(_is_over(outcome), f"{row.name}, 404: expected a Conference without legs, got {said(outcome)}")


@check(Grade.SILVER, capability="telephony")
def mutes_and_unmutes(bench: Bench) -> None:
    """The table mutes a leg and lets it be heard again, in requests that differ; or muting is Rejected in it."""
    told: dict[object, list[str]] = {}
    for row in _accepted(bench):
        for arguments in [arguments for name, arguments in _asked(bench, row) if name == "mute"]:
            told.setdefault(arguments[-1], _requests(bench.provider.seen))
    if not told:
        refused = [row for row in bench.suite.operates if row.expected is Rejected]
        must(any(name == "mute" for row in refused for name, _ in _asked(bench, row)), "the table mutes nobody")
        return
    must(set(told) == {True, False}, "the table does not mute a leg (True) and let it be heard again (False)")
    must(told[True] != told[False], "to be muted and to be heard again are the same requests")


@check(Grade.SILVER, capability="telephony")
def dials_muted_as_asked(bench: Bench) -> None:
    """A leg that shall not be heard is dialled in the table, with other requests than one that shall; or Rejected."""
    rows = [row for row in bench.suite.operates if any(one.muted for one in _dials(bench, row))]
    must(rows, "the table dials no leg muted")
    for row in [row for row in rows if not isinstance(row.expected, type)]:
        told = []
        for exchange in (_Overheard(bench.telephony), _Loud(bench.telephony)):
            bench.ask(row.answers, partial(row.do, exchange))  # type: ignore[arg-type] # as good as a Telephony
            told.append(_requests(bench.provider.seen))
        must(told[0] != told[1], f"{row.name}: muted or not, the exchange is asked for the same")


@check(Grade.SILVER, capability="telephony", waivable=True)
def tells_keys(bench: Bench) -> None:
    """The table has a key that somebody pressed."""
    parsed = [record for row in bench.suite.parses for record in row.records]
    heard = [record for row in bench.suite.hears for record in row.records]
    must(any(isinstance(one, KeyPress) for one in (*parsed, *heard)), "the table has no key that was pressed")


def _requests(seen: Sequence[Seen]) -> list[str]:
    return [f"{one.method} {one.path} {one.body!r}" for one in seen]


def _is_over(outcome: object) -> bool:
    return isinstance(outcome, Conference) and not outcome.legs


def _accepted(bench: Bench) -> list[Operates]:
    return [row for row in bench.suite.operates if not isinstance(row.expected, type)]


class _Overheard:
    """The exchange, with what is asked of it written down."""

    def __init__(self, telephony: object) -> None:
        self.asked: list[tuple[str, tuple[Any, ...]]] = []
        self._telephony = telephony

    def __getattr__(self, name: str) -> Callable[..., object]:
        method = getattr(self._telephony, name)

        def overheard(*arguments: Any, **named: Any) -> object:
            self.asked.append((name, (*arguments, *named.values())))
            return method(*arguments, **named)

        return overheard


class _Loud(_Overheard):
    """The same, and nobody is dialled muted."""

    def __getattr__(self, name: str) -> Callable[..., object]:
        method = super().__getattr__(name)
        return lambda *given: method(*(replace(one, muted=False) if isinstance(one, Dial) else one for one in given))


def _asked(bench: Bench, row: Operates) -> list[tuple[str, tuple[Any, ...]]]:
    """The methods that a row calls, with their arguments."""
    overheard = _Overheard(bench.telephony)
    bench.ask(row.answers, partial(row.do, overheard))  # type: ignore[arg-type] # as good as a Telephony
    return overheard.asked


def _dials(bench: Bench, row: Operates) -> list[Dial]:
    return [one for _, arguments in _asked(bench, row) for one in arguments if isinstance(one, Dial)]


CHECKS = (
    operates_as_the_table_says,
    operates_twice_as_once,
    shows_the_leg_to_the_exchange,
    says_what_is_gone,
    mutes_and_unmutes,
    dials_muted_as_asked,
    tells_keys,
)
