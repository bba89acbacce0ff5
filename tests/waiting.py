"""Waiting for a condition with a deadline: what tests do instead of sleeping."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

POLL_S = 0.02
PATIENCE = 3
"""How many times longer a condition may take than tests say: those are times of a machine that does nothing else."""
Answer = TypeVar("Answer")


def eventually(check: Callable[[], Answer], within_s: float = 20.0, what: str = "the condition") -> Answer:
    """The first true answer of ``check``; fails the test when none came in time. Its exceptions are not waited out."""
    within_s *= PATIENCE
    deadline = time.monotonic() + within_s
    while not (answer := check()):
        if time.monotonic() > deadline:
            raise AssertionError(f"{what} did not come true within {within_s:g} s; the last answer was {answer!r}")
        time.sleep(POLL_S)
    return answer
