"""The rules of a telephone call: where a leg stands, and which of an exchange's events move it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class CallState(StrEnum):
    """Where a leg of a telephone call stands."""

    DIALLING = "dialling"
    RINGING = "ringing"
    UP = "up"
    HELD = "held"
    ENDED = "ended"


CALL_MOVES: Mapping[CallState, frozenset[CallState]] = {
    CallState.DIALLING: frozenset({CallState.RINGING, CallState.UP, CallState.HELD, CallState.ENDED}),
    CallState.RINGING: frozenset({CallState.UP, CallState.HELD, CallState.ENDED}),
    CallState.UP: frozenset({CallState.HELD, CallState.ENDED}),
    CallState.HELD: frozenset({CallState.UP, CallState.ENDED}),
    CallState.ENDED: frozenset(),
}
"""A leg goes one way, save that it is held and taken up again: there the newer event decides."""

ANSWERED = frozenset({CallState.UP, CallState.HELD})


class CallEnd(StrEnum):
    """Why a leg ended."""

    DONE = "done"
    BUSY = "busy"
    NO_ANSWER = "no_answer"
    REFUSED = "refused"
    CANCELLED = "cancelled"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class CallNews:
    """What an exchange told of a leg."""

    leg_id: str
    state: CallState
    occurred_at: float
    conference_id: str = ""
    """The one it is in now; empty: none."""
    sequence: int = 0
    """The exchange's own number of the event; zero: it has none."""
    reason: CallEnd | None = None


@dataclass(frozen=True, slots=True)
class PressedKey:
    """A key that an exchange told of."""

    leg_id: str
    key: str
    """One of 0 to 9, * and #."""
    occurred_at: float


def moves_leg(news: CallNews, stood: CallState, sequence: int, changed_at: float) -> bool:
    """Whether the news change a leg that stood so since the event of that number and time.

    They come twice and in any order, and all orders lead to the same end: a move that has no way back is always taken,
    between held and taken up (and where it only changes its conference) the newer event counts.
    """
    if news.state not in CALL_MOVES[stood] and news.state is not stood:
        return False
    if stood is CallState.ENDED:
        return False
    if news.state is not stood and stood not in CALL_MOVES[news.state]:
        return True
    numbered = news.sequence and sequence
    now, then = (news.sequence, sequence) if numbered else (news.occurred_at, changed_at)
    return now > then or (now == then and news.state is CallState.HELD and stood is CallState.UP)


_OURS = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def chosen_by_hub(exchange_id: str) -> bool:
    """True for an id of the form that the hub gives to legs and conferences; nobody's name or number is in it."""
    return bool(_OURS.fullmatch(exchange_id))
