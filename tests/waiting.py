"""Waiting for a condition with a deadline: what tests do instead of sleeping."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

POLL_S = 0.02
LEISURE = 0.03
"""The longer something has taken, the longer until the next look, by this share: looks take the machine's time too."""
PATIENCE = 3
"""How many times longer a condition may take than tests say: those are times of a machine that does nothing else."""
Answer = TypeVar("Answer")


def eventually(check: Callable[[], Answer], within_s: float = 20.0, what: str = "the condition") -> Answer:
    """The first true answer of ``check``; fails the test when none came in time. Its exceptions are not waited out."""
    within_s *= PATIENCE
    began = time.monotonic()
    while not (answer := check()):
        taken_s = time.monotonic() - began
        if taken_s > within_s:
            raise AssertionError(f"{what} did not come true within {within_s:g} s; the last answer was {answer!r}")
        time.sleep(max(POLL_S, taken_s * LEISURE))
    return answer
