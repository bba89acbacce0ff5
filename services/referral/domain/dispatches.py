"""What leaves the house for a referral: where each dispatch stands and may go, and when it is tried again.

A dispatch is begun and then departs, each in a transaction that looks at the consent; only then is intake asked, by an
id that makes a repeated call harmless. What intake has it brings out at most once.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from services.referral.domain.appointments import waking

LEASE_S: Final = 30.0
"""So long a dispatch that is begun is one api's."""
WAITS_S: Final = (5.0, 30.0, 120.0, 600.0, 3600.0)
"""How long one waits that found intake away; the last over and over."""
GIVE_UP_S: Final = 86_400.0
"""After this long a dispatch that found intake away is given up."""
RECALL_S: Final = 600.0
"""So long intake is asked to take something back; then it counts as having left."""


class Errand(StrEnum):
    """What a dispatch is for."""

    REFERRAL = "referral"
    LINK = "link"
    """The agency lost its link, or it ran out."""
    REMINDER = "reminder"
    SECOND_CONTACT = "second_contact"
    DELETION = "deletion"
    QUESTION = "question"
    NOTICE = "notice"
    """Something that the citizen shall read."""
    QUESTION_WITHDRAWN = "question_withdrawn"
    CAPACITY = "capacity"
    """An agency is asked whether it has room; nothing of a person is in it."""
    APPOINTMENT = "appointment"
    """The agency is told of an appointment; not a word about the citizen is in it."""
    APPOINTMENT_NEWS = "appointment_news"
    """The citizen is told of an appointment."""
    REMIND_CITIZEN = "remind_citizen"
    """The same, the day before."""
    RECALL = "recall"
    """What intake has, and has perhaps not brought out yet, is taken back."""


NEED_CONSENT: Final = frozenset({Errand.REFERRAL, Errand.LINK, Errand.REMINDER, Errand.SECOND_CONTACT})
"""These lead an agency to what was said about a person."""


BY_DAY: Final = frozenset({Errand.APPOINTMENT_NEWS, Errand.REMIND_CITIZEN})
"""These are tried again by day alone."""


OVERTAKEN_BY: Final[Mapping[Errand, Errand]] = {
    Errand.APPOINTMENT: Errand.APPOINTMENT,
    Errand.APPOINTMENT_NEWS: Errand.APPOINTMENT_NEWS,
    Errand.REMIND_CITIZEN: Errand.APPOINTMENT_NEWS,
}
"""What tells of an appointment is old once something newer does: the last word is to be the last that happened."""


class DispatchState(StrEnum):
    """Where a dispatch stands."""

    QUEUED = "queued"
    BEGUN = "begun"
    DEPARTED = "departed"
    """Intake is being asked, or was and has not answered."""
    GIVEN = "given"
    """Intake has it."""
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    STOPPED = "stopped"
    """It did not leave: there is no consent any more, or nobody needs it."""


_D = DispatchState
_TOLD = frozenset({_D.SENT, _D.FAILED, _D.UNKNOWN})

DISPATCH_MOVES: Mapping[DispatchState, frozenset[DispatchState]] = {
    _D.QUEUED: frozenset({_D.BEGUN, _D.FAILED, _D.STOPPED}),
    _D.BEGUN: frozenset({_D.DEPARTED, _D.FAILED, _D.STOPPED}),
    _D.DEPARTED: _TOLD | {_D.GIVEN},
    _D.GIVEN: _TOLD | {_D.STOPPED},
    _D.SENT: frozenset({_D.FAILED}),
    _D.FAILED: frozenset({_D.SENT}),
    _D.UNKNOWN: frozenset({_D.SENT, _D.FAILED, _D.STOPPED}),
    _D.STOPPED: frozenset(),
}
"""One that departed and found intake away stays so, and departs again by the same id. What intake has stops where it is
taken back there. Providers say late that something did not arrive."""

HERE: Final = frozenset({_D.QUEUED, _D.BEGUN})
"""It has not left."""
LEFT: Final = frozenset({_D.DEPARTED, _D.GIVEN, _D.SENT, _D.UNKNOWN})
"""The agency may have it."""


def next_try(errand: str, tries: int, created_at: float, now: float) -> float | None:
    """When one that found intake away is tried again; None: it is given up."""
    at = now + WAITS_S[min(tries, len(WAITS_S)) - 1]
    if errand in BY_DAY:
        at = waking(at)
    return at if at < created_at + (RECALL_S if errand == Errand.RECALL else GIVE_UP_S) else None
