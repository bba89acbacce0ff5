"""Rules of a session: where it stands and may go, what a partner's word or a telephone means for it, and what time
does to it.

Whoever is in the order is asked one after another, each in an attempt of its own. An attempt is over when it was
declined, not answered in time, or left; then the next one is asked, and when none is left the citizen is called back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from services.translation.domain.coverage import ProviderKind

JOIN_S = 30.0
"""Whoever has accepted and is not there after this long is not waited for."""
RING_S = 30
"""How long the telephone that an interpreter named rings."""
RING_GRACE_S = 10.0
"""So much later than it should have been answered, a telephone of which nothing was heard is given up."""
LAST_WORDS_S = 60.0
"""So long after the end of a written conversation its interpreter is let go: what they still have comes meanwhile."""


class SessionState(StrEnum):
    """Where a session stands."""

    REQUESTED = "requested"
    OFFERED = "offered"
    UNANSWERED = "unanswered"
    CONNECTED = "connected"
    RELAYING = "relaying"
    EXHAUSTED = "exhausted"
    CALLBACK = "callback"
    ENDED = "ended"
    CANCELLED = "cancelled"


_ASKS = frozenset({SessionState.OFFERED, SessionState.CONNECTED, SessionState.EXHAUSTED})

SESSION_MOVES: Mapping[SessionState, frozenset[SessionState]] = {
    SessionState.REQUESTED: _ASKS,
    SessionState.OFFERED: frozenset(
        {SessionState.CONNECTED, SessionState.UNANSWERED, SessionState.ENDED, SessionState.CANCELLED}
    ),
    SessionState.UNANSWERED: _ASKS,
    SessionState.CONNECTED: frozenset({SessionState.RELAYING, SessionState.UNANSWERED, SessionState.ENDED}),
    SessionState.RELAYING: frozenset({SessionState.UNANSWERED, SessionState.ENDED}),
    SessionState.EXHAUSTED: frozenset({SessionState.CALLBACK}),
    SessionState.CALLBACK: frozenset(),
    SessionState.ENDED: frozenset(),
    SessionState.CANCELLED: frozenset(),
}
"""A machine is connected without being asked. Requested, unanswered and exhausted are passed through at once."""

OVER = frozenset({SessionState.CALLBACK, SessionState.ENDED, SessionState.CANCELLED})


class AttemptOutcome(StrEnum):
    """How an attempt went; ``GOING_ON`` until somebody took it or it is over."""

    GOING_ON = ""
    ACCEPTED = "accepted"
    DECLINED = "declined"
    NO_ANSWER = "no_answer"
    FAILED = "failed"
    DROPPED = "dropped"
    WITHDRAWN = "withdrawn"


class Said(StrEnum):
    """What a partner says of an attempt."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    JOINED = "joined"
    LEFT = "left"
    ENDED = "ended"


class Line(StrEnum):
    """Where the telephone of an interpreter stands; ``NONE``: there is none."""

    NONE = ""
    WANTED = "wanted"
    UP = "up"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One provider who is asked."""

    kind: ProviderKind
    medium: str
    chosen_at: float
    answer_s: float
    accepted_at: float | None = None
    joined_at: float | None = None
    line: Line = Line.NONE
    over: bool = False

    @property
    def present(self) -> bool:
        """They can interpret now."""
        return self.joined_at is not None


class Step(StrEnum):
    """What becomes of an attempt."""

    NOTHING = "nothing"
    """It was known, or does not matter any more."""
    LATE = "late"
    """The attempt is over: whoever says so is told."""
    REACHED = "reached"
    """The partner has the request."""
    TAKE = "take"
    """Somebody takes it; they are not there yet."""
    JOIN = "join"
    """They are there."""
    GIVE_UP = "give_up"
    """They will not interpret: the next one is asked."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A step; for one that gives up, how the attempt went."""

    step: Step
    outcome: AttemptOutcome = AttemptOutcome.GOING_ON


_NOTHING, _LATE, _TAKE, _JOIN = (Verdict(step) for step in (Step.NOTHING, Step.LATE, Step.TAKE, Step.JOIN))


def judge(attempt: Attempt, said: Said) -> Verdict:
    """What a partner's word leads to. Words come twice and in any order: who has joined has accepted."""
    if attempt.over:
        return _NOTHING if said is Said.ENDED else _LATE
    taken = attempt.accepted_at is not None
    if said is Said.ASKED:
        return _NOTHING if taken else Verdict(Step.REACHED)
    if said is Said.ACCEPTED:
        return _NOTHING if taken else _TAKE
    if said is Said.JOINED:
        return _joined(attempt)
    return Verdict(Step.GIVE_UP, AttemptOutcome.DROPPED if taken else AttemptOutcome.DECLINED)


def _joined(attempt: Attempt) -> Verdict:
    """Where the hub puts a telephone on the line, the exchange says when it is there."""
    if attempt.present:
        return _NOTHING
    if attempt.line is not Line.NONE:
        return _NOTHING
    return _JOIN


def judge_line(attempt: Attempt, line: Line, reason: str) -> Verdict:
    """What the telephone of an interpreter leads to."""
    if attempt.over or attempt.line in {line, Line.NONE, Line.ENDED}:
        return _NOTHING
    if line is Line.UP:
        return _JOIN
    if line is not Line.ENDED:
        return _NOTHING
    if attempt.line is Line.UP:
        return Verdict(Step.GIVE_UP, AttemptOutcome.DROPPED)
    return Verdict(Step.GIVE_UP, _UNREACHED.get(reason, AttemptOutcome.FAILED))


_UNREACHED = {
    "no_answer": AttemptOutcome.NO_ANSWER,
    "cancelled": AttemptOutcome.NO_ANSWER,
    "expired": AttemptOutcome.NO_ANSWER,
    "busy": AttemptOutcome.DECLINED,
    "refused": AttemptOutcome.DECLINED,
}
"""Why a telephone was not answered, as routing tells it; whatever else is a failure."""

NO_CALL = "no_call"
"""Routing's word for a case without a call, or whose call is over: nobody need interpret."""


def due_at(attempt: Attempt, now: float) -> float | None:
    """When an attempt that has just come to stand where it does is given up by itself; None if it is not."""
    if attempt.over or attempt.present:
        return None
    if attempt.line is Line.WANTED:
        return now + ring_s(attempt) + RING_GRACE_S
    if attempt.accepted_at is not None:
        return now + JOIN_S
    return attempt.chosen_at + attempt.answer_s


def ring_s(attempt: Attempt) -> int:
    """How long a telephone rings: a volunteer's as long as volunteers have to answer."""
    return int(attempt.answer_s) if attempt.kind is ProviderKind.VOLUNTEERS else RING_S


def closing(*, connected: bool) -> SessionState:
    """Where a session goes that somebody ends: without an interpreter it is called off."""
    return SessionState.ENDED if connected else SessionState.CANCELLED


def rests_on(kind: ProviderKind, medium: str) -> bool:
    """Whether somebody interprets as soon as they are there; a written conversation begins with the first words."""
    return medium != "text" and kind is not ProviderKind.MACHINE
