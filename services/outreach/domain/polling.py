"""Polling a source: where it is, and when it is asked again. Moments are seconds since 1970."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace

FIRST_PAUSE_S, LONGEST_PAUSE_S = 5.0, 300.0


@dataclass(frozen=True, slots=True)
class Reading:
    """What is remembered of a source."""

    cursor: str = ""
    rest_until: float = 0.0
    """It is not asked before."""
    troubles: int = 0
    """In a row."""

    @classmethod
    def read(cls, written: str) -> Reading:
        """As it was written; a new one for nothing."""
        return cls(**json.loads(written)) if written else cls()

    def written(self) -> str:
        """As text."""
        return json.dumps(asdict(self))

    def moved(self, cursor: str, until: float) -> Reading:
        """A page came."""
        return Reading(cursor, until)

    def rests(self, until: float) -> Reading:
        """The source asked for a pause."""
        return replace(self, rest_until=until)

    def troubled(self, now: float, after_s: float) -> Reading:
        """It did not work: the pause grows up to five minutes, for alerts cannot wait long."""
        pause_s = min(FIRST_PAUSE_S * 2 ** min(self.troubles, 10), LONGEST_PAUSE_S)
        return replace(self, troubles=self.troubles + 1, rest_until=now + max(after_s, pause_s))
