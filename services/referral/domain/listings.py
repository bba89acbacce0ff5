"""Daily imports from connectors: when one is due, what is remembered from one to the next, how long trouble lasts.

Days are those of Korea. What is remembered stands in the lease of whoever imports; where an import is, in its source.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime, time, timedelta

from services.referral.domain.directory import KOREA

FULL_S = 28 * 86_400.0
"""So often everything is listed, whatever the source says has not changed."""
TROUBLES = 5
"""After so many troubles in a row an import that leads nowhere is begun anew, at its next time."""
FIRST_PAUSE_S, LONGEST_PAUSE_S = 5.0, 900.0


@dataclass(frozen=True, slots=True)
class Diary:
    """What is remembered of the imports of one connector; moments in seconds since 1970, 0 for never."""

    began_at: float = 0.0
    """The last one."""
    listed_at: float = 0.0
    """When the last one began that was complete: what changed before it is known."""
    full_at: float = 0.0
    """When the last one began that was complete and listed everything."""
    rest_until: float = 0.0
    """The source is not asked before."""
    troubles: int = 0
    """In a row."""
    failed: bool = False
    """The one that is under way leads nowhere: begin anew."""

    @classmethod
    def read(cls, written: str) -> Diary:
        """As it was written; a new one for nothing."""
        return cls(**json.loads(written)) if written else cls()

    def written(self) -> str:
        """As text."""
        return json.dumps(asdict(self))

    def due(self, now: float, at: time) -> bool:
        """Whether none was begun since it was last time; one that never was is always due."""
        return self.began_at < last_time(now, at)

    def since(self, now: float) -> float | None:
        """What need not be listed that did not change since; None: everything is to be listed."""
        return None if now - self.full_at >= FULL_S or not self.listed_at else self.listed_at

    def begun(self, now: float) -> Diary:
        """An import begins."""
        return replace(self, began_at=now, rest_until=0.0, troubles=0, failed=False)

    def ended(self, *, complete: bool, full: bool) -> Diary:
        """It came to its end."""
        if not complete:
            return self
        return replace(self, listed_at=self.began_at, full_at=self.began_at if full else self.full_at)

    def rests(self, until: float) -> Diary:
        """The source asked for a pause."""
        return replace(self, rest_until=until)

    def troubled(self, now: float, after_s: float, at: time, *, hopeless: bool) -> Diary:
        """It did not work. What passes by is tried until the next import is due, what is ``hopeless`` five times."""
        troubles = self.troubles + 1
        if troubles >= TROUBLES and (hopeless or self.due(now, at)):
            return replace(self, troubles=0, failed=True, rest_until=last_time(now, at) + 86_400.0)
        pause_s = min(FIRST_PAUSE_S * 2 ** min(troubles - 1, 10), LONGEST_PAUSE_S)
        return replace(self, troubles=troubles, rest_until=now + max(after_s, pause_s))


def last_time(now: float, at: time) -> float:
    """When it was last this time of day."""
    here = datetime.fromtimestamp(now, KOREA)
    today = datetime.combine(here.date(), at, KOREA)
    return (today if today <= here else today - timedelta(days=1)).timestamp()


@dataclass(frozen=True, slots=True)
class Place:
    """Where an import is: the source's cursor, and what it need not list that did not change since."""

    cursor: str = ""
    since: float | None = None
    whole: bool = False
    """This one page is listed whole all the same: the source called something unchanged that is not there."""

    def following(self, cursor: str) -> Place:
        """The next page."""
        return Place(cursor, self.since)

    def written(self) -> str:
        """As the source's cursor in the directory; never empty."""
        return f"{'' if self.since is None else self.since} {int(self.whole)} {self.cursor}"

    @classmethod
    def read(cls, written: str) -> Place:
        """As it was written."""
        since, whole, cursor = written.split(" ", 2)
        return cls(cursor, float(since) if since else None, whole == "1")
