"""Where a check-in stands and may go, and who is asked when somebody does not answer.

A check-in is one person in one round. They are called; who does not answer is called at other times of the day, then
their second contact is asked, then the local office, then somebody goes there. Only a person's word ends that: theirs,
or that of somebody who knows how they are. What waits too long is escalated to a supervisor and stays open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

HOUR_S: Final = 3600.0
LOST_S: Final = 1800.0
"""A call that is not wanted any more, and of which nothing is heard for so long, was not made."""
MOST_UNTAKEN: Final = 2
"""After so many calls in a row that no agent took, a supervisor hears of it."""


class CheckInState(StrEnum):
    """Where a check-in stands."""

    PLANNED = "planned"
    CALLING = "calling"
    NO_ANSWER = "no_answer"
    SECOND_CONTACT = "second_contact"
    LOCAL_OFFICE = "local_office"
    VISIT_ORDERED = "visit_ordered"
    ANSWERED = "answered"
    COMPLETED = "completed"
    ACCOUNTED_FOR = "accounted_for"
    VISITED = "visited"
    CANCELLED = "cancelled"


_S = CheckInState
_SPOKE = frozenset({_S.ANSWERED, _S.COMPLETED, _S.CANCELLED})
_ASKED = frozenset({_S.SECOND_CONTACT, _S.LOCAL_OFFICE, _S.VISIT_ORDERED})

CHECK_IN_MOVES: Mapping[CheckInState, frozenset[CheckInState]] = {
    _S.PLANNED: _SPOKE | {_S.CALLING},
    _S.CALLING: _SPOKE | _ASKED | {_S.PLANNED, _S.NO_ANSWER},
    _S.NO_ANSWER: _SPOKE | _ASKED | {_S.CALLING, _S.ACCOUNTED_FOR},
    _S.SECOND_CONTACT: _SPOKE | {_S.LOCAL_OFFICE, _S.VISIT_ORDERED, _S.ACCOUNTED_FOR},
    _S.LOCAL_OFFICE: _SPOKE | {_S.VISIT_ORDERED, _S.ACCOUNTED_FOR},
    _S.VISIT_ORDERED: _SPOKE | {_S.VISITED},
    _S.ANSWERED: frozenset({_S.COMPLETED}),
    _S.COMPLETED: frozenset(),
    _S.ACCOUNTED_FOR: frozenset(),
    _S.VISITED: frozenset(),
    _S.CANCELLED: frozenset(),
}
"""Back to planned goes a call that no agent took. Whoever is looked for may call themselves, at any time."""

OVER: Final = frozenset(state for state, to in CHECK_IN_MOVES.items() if not to)
"""A person has said how they are, or that they do not want to be called."""
SOUGHT: Final = _ASKED | {_S.NO_ANSWER}
"""They did not answer, and are looked for."""


class About(StrEnum):
    """Whom an errand is to: who is called, or handed the case."""

    PERSON = "check_in"
    SECOND_CONTACT = "second_contact"
    LOCAL_OFFICE = "local_office"


ABOUT: Final = {
    _S.CALLING: About.PERSON,
    _S.SECOND_CONTACT: About.SECOND_CONTACT,
    _S.LOCAL_OFFICE: About.LOCAL_OFFICE,
}
"""Whom each state has asked."""


class Outcome(StrEnum):
    """How somebody is, as others say; ``NONE`` until they do."""

    NONE = ""
    WELL = "well"
    IN_NEED = "in_need"
    IN_HOSPITAL = "in_hospital"
    MOVED = "moved"
    DECEASED = "deceased"
    NOT_FOUND = "not_found"


class Reason(StrEnum):
    """Why a supervisor is wanted, or why something was done; ``NONE`` where nothing is to be said."""

    NONE = ""
    NOT_CALLED = "not_called"
    """No agent took the call, again and again."""
    NO_WINDOW = "no_window"
    """On this day they have no time at which they may be called."""
    NO_OFFICE = "no_office"
    """Nobody is named who could go there."""
    OFFICE_SILENT = "office_silent"
    OFFICE_FAILED = "office_failed"
    """The office could not be reached, or does not take it."""
    OUTCOME_MISSING = "outcome_missing"
    """The office is done, and has not said how they are."""
    VISIT_LATE = "visit_late"
    NOT_FOUND = "not_found"
    """Somebody went there and found nobody."""
    SHEET_MISSING = "sheet_missing"
    LIFE_SAFETY = "life_safety"
    """Words of theirs say that a life may be in danger."""
    CONSENT_WITHDRAWN = "consent_withdrawn"
    LEFT = "left"
    """They are not in the programme any more."""


class CallResult(StrEnum):
    """How a call ended."""

    ANSWERED = "answered"
    NO_ANSWER = "no_answer"
    UNKNOWN = "unknown"
    NOT_TAKEN = "not_taken"


@dataclass(frozen=True, slots=True)
class Timers:
    """Hours until somebody is called again (None: at another time of the day), until each of those who are asked has
    said how they are, and until the call sheet is there."""

    retry_h: float | None = None
    second_contact_h: float = 2.0
    office_h: float = 4.0
    visit_h: float = 24.0
    sheet_h: float = 4.0


TIMER_NAMES: Final = frozenset({"retry", "second_contact", "office", "visit", "sheet"})


def timers(settings: Mapping[str, float]) -> Timers:
    """A programme's own; what it does not name is as usual."""
    usual = Timers()
    return Timers(
        retry_h=settings.get("retry"),
        second_contact_h=settings.get("second_contact", usual.second_contact_h),
        office_h=settings.get("office", usual.office_h),
        visit_h=settings.get("visit", usual.visit_h),
        sheet_h=settings.get("sheet", usual.sheet_h),
    )


def asks_next(state: CheckInState, *, has_second: bool, has_office: bool) -> CheckInState:
    """Who is asked when nobody answered, or knows: the next who is named, and in the end a visit."""
    ways = [(_S.SECOND_CONTACT, has_second), (_S.LOCAL_OFFICE, has_office), (_S.VISIT_ORDERED, True)]
    order = [way for way, _ in ways]
    begin = order.index(state) + 1 if state in order else 0
    return next((way for way, there in ways[begin:] if there), _S.VISIT_ORDERED)


def unanswered(result: CallResult) -> bool:
    """Whether the next attempt, or the next who is asked, comes: also where nobody said that somebody answered."""
    return result in {CallResult.NO_ANSWER, CallResult.UNKNOWN}


def is_open(state: CheckInState) -> bool:
    """Whether nobody has said yet how they are."""
    return state not in OVER and state is not _S.ANSWERED
