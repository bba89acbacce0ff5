"""How many calls a second one caller may make, so that a front end that has gone mad takes nobody else's place."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from chassis.auth import Caller
from chassis.errors import ResourceExhausted

BURST_S: Final = 5.0
"""So many seconds' worth may come at once."""
_MOST_KEPT: Final = 4096
_SERVICE: Final = "service"


class Rates:
    """One rate for each subject; services, which carry what others asked for, have none. Used from the event loop
    alone."""

    def __init__(self, per_second: float, monotonic: Callable[[], float] = time.monotonic) -> None:
        """With 0 there is no limit."""
        self._interval_s = 1 / per_second if per_second else 0.0
        self._monotonic = monotonic
        self._due: dict[str, float] = {}

    def take(self, caller: Caller) -> None:
        """Count one call. Raises ``ResourceExhausted``."""
        if not self._interval_s or _SERVICE in caller.roles:
            return
        now = self._monotonic()
        due = max(self._due.pop(caller.subject, 0.0), now - BURST_S)
        self._keep(caller.subject, due)
        if due > now:
            raise ResourceExhausted("this caller makes more calls than one may: slow down", due - now)
        self._due[caller.subject] = due + self._interval_s

    def _keep(self, subject: str, due: float) -> None:
        """The newest stay: whoever was quiet for longest has their whole burst anyway."""
        while len(self._due) >= _MOST_KEPT:
            del self._due[next(iter(self._due))]
        self._due[subject] = due
