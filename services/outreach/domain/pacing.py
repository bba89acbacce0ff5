"""How calls of a mailing are paced: one is wanted only for an agent who is there to talk."""

from __future__ import annotations


def calls_to_place(reserved: int, under_way: int, left: int) -> int:
    """How many calls may be wanted now: one for each agent whom the mailing may keep busy (its parallel calls) and for
    whom none is under way. Routing dials only once an agent has taken the call. So nobody who answers finds nobody, and
    no call is abandoned; agents wait while it rings instead."""
    return max(0, min(reserved - under_way, left))
