"""Callbacks: a citizen who asks for one keeps the place without waiting."""

from __future__ import annotations

LONGEST_AHEAD_S = 7 * 86_400.0
"""How far ahead a citizen may wish to be called."""


def next_try(tries: int, most: int, retry_s: float, now: float) -> float | None:
    """When to try again after so many tries without an answer; None after the last."""
    return None if tries >= most else now + retry_s
