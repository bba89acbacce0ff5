"""How far a mailbox was read: ``UIDVALIDITY:UID``, and at a new beginning up to where only some mails count.

UIDs mean something under one UIDVALIDITY alone (RFC 3501 §2.3.1.1). When it changes, mails are numbered anew: the hub
looks at what is unread and what came in the last days; it knows by their ids those that it had.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

_FORM = re.compile(r"(\d{1,10}):(\d{1,10})(?::(\d{1,10}):(unread|recent))?")
LOOK_BACK = timedelta(days=7)


class Beginning(StrEnum):
    """Which of the mails that were there at the beginning count."""

    UNREAD = "unread"
    """The first time: a mailbox may hold years of mails that people have answered."""
    RECENT = "recent"
    """After a new UIDVALIDITY: what is unread or came in the last days."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last UID that was dealt with."""

    validity: int
    uid: int
    until: int = 0
    """Up to here the beginning decides what counts."""
    beginning: Beginning = Beginning.UNREAD

    def __str__(self) -> str:
        if not self.beginning_lasts:
            return f"{self.validity}:{self.uid}"
        return f"{self.validity}:{self.uid}:{self.until}:{self.beginning}"

    @property
    def beginning_lasts(self) -> bool:
        """Whether mails are left of those that were there at the beginning."""
        return self.uid < self.until

    def at(self, uid: int) -> Cursor:
        """After this mail."""
        return replace(self, uid=uid)

    def criteria(self, today: date) -> list[object]:
        """What to search the mailbox for."""
        if not self.beginning_lasts:
            return ["UID", f"{self.uid + 1}:*"]
        counts = ["UNSEEN"] if self.beginning is Beginning.UNREAD else ["OR", "UNSEEN", "SINCE", today - LOOK_BACK]
        return ["UID", f"{self.uid + 1}:{self.until}", *counts]


def resumed(stored: str, validity: int, last_uid: int) -> Cursor:
    """Where to go on in a mailbox with that UIDVALIDITY, whose last mail has that UID."""
    match = _FORM.fullmatch(stored)
    if match is None:
        return Cursor(validity, 0, last_uid)
    if int(match[1]) != validity:
        return Cursor(validity, 0, last_uid, Beginning.RECENT)
    return Cursor(validity, int(match[2]), int(match[3] or 0), Beginning(match[4] or Beginning.UNREAD))
