"""Queues: the place in a line, how long it takes from there, and when a citizen who waits is told of it.

Work of one kind waits in one line. How long that takes is read from how fast the line went lately; where that says too
little, from how long such work takes those who are there. Where neither is known nobody is told a time.
"""

from __future__ import annotations

from dataclasses import dataclass

MOST_COUNTED = 1000
"""What is counted of a line, ahead of somebody or taken; more is told as more than that."""
PACE_WINDOW_S = 900.0
"""How far back the pace of a line is looked at."""
FEWEST_TAKEN = 3
"""From fewer no pace is read."""
SHORTEST_SPAN_S = 60.0
"""Over which a pace is read, so that three calls taken at once do not promise a wonder."""
TELL_AGAIN_S = 180.0
"""Nobody is told more often than this."""
SIGN_OF_LIFE_S = 900.0
"""After this long a citizen is told again even if little has changed."""
LOOK_AGAIN_S = 30.0
"""When to look again whether there is something to tell."""
MUCH_NEARER = 2 / 3
"""A place so much nearer than the one that was told is worth telling."""
OFFER_CALLBACK_S = 300.0
"""Who waits longer than this, or nobody knows how long, is offered a callback."""


@dataclass(frozen=True, slots=True)
class Pace:
    """What is known of how fast a line goes."""

    places: int
    """How much of it those who are there could have at once."""
    taken: int
    """Within the window."""
    since: float | None
    """When the first of those was taken."""
    handle_s: float | None
    """How long such work took on average; None if none was finished lately."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody stands in a line."""

    position: int
    """From 1; one more than is counted stands for that or more."""
    wait_s: float | None
    """None where nobody can say."""


def expected_wait(pace: Pace, ahead: int, now: float) -> float | None:
    """How long until somebody is taken who has so many before them; None where nobody can say."""
    if pace.places < 1:
        return None
    if pace.taken >= FEWEST_TAKEN and pace.since is not None:
        return (ahead + 1) * max(now - pace.since, SHORTEST_SPAN_S) / pace.taken
    if pace.handle_s is None:
        return None
    return (ahead + 1) * pace.handle_s / pace.places


def standing(pace: Pace, ahead: int, now: float) -> Standing:
    """The place behind so many others."""
    return Standing(ahead + 1, expected_wait(pace, ahead, now))


def worth_telling(stands: Standing, told_position: int, told_at: float | None, now: float) -> bool:
    """Whether a citizen who waits is told where they stand; ``told_at`` is when they last were, None if never. While
    nobody can say how long it takes, as at night, they are not told so again and again."""
    if told_at is None:
        return True
    if now - told_at < TELL_AGAIN_S:
        return False
    lives = stands.wait_s is not None and now - told_at >= SIGN_OF_LIFE_S
    return lives or stands.position <= told_position * MUCH_NEARER


def offers_callback(wait_s: float | None) -> bool:
    """Whether a citizen who waits so long is offered a callback."""
    return wait_s is None or wait_s >= OFFER_CALLBACK_S
