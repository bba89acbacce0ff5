"""When a failed message is tried again, and when it is given up. Both drivers ask here."""

from __future__ import annotations

from collections.abc import Sequence

DELIVERY_LIMIT = 20
"""How often a message may come back unsettled (its consumer died with it) before it is dead: a message that kills
whoever reads it must not do so for ever. Attempts that end in ``retry`` are not counted here."""

UNSETTLED = "came back unsettled too often: its consumers died or lost the bus while they held it"
"""The reason written on a message that went over ``DELIVERY_LIMIT``."""


def delay_s(delays_s: Sequence[float], attempt: int, after_s: float) -> float | None:
    """How long attempt ``attempt``, which failed, waits for the next one; ``None`` when there is none.

    ``after_s`` is the least the failure asked for (a partner's Retry-After): the shortest of the delays that respects
    it is taken, or the longest where none does.
    """
    return None if attempt > len(delays_s) else pause_s(delays_s, max(delays_s[attempt - 1], after_s))


def pause_s(delays_s: Sequence[float], after_s: float) -> float:
    """The shortest of the delays that is not below ``after_s``, or the longest where none is."""
    return min((delay for delay in delays_s if delay >= after_s), default=max(delays_s))
