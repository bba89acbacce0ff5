"""How calls of a campaign are paced: one is placed only for an agent who is there to talk."""

from __future__ import annotations


def calls_to_place(reserved: int, under_way: int, left: int) -> int:
    """How many calls may be placed now: one for each agent who is reserved for the campaign and for whom none is under
    way. So nobody who answers finds nobody, and no call is abandoned; agents wait while it rings instead."""
    return max(0, min(reserved - under_way, left))
