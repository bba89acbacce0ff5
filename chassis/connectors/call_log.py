"""The last calls of each connector, kept in memory for the operator: what, where, how long, how it ended.

Never who or with which words: no query, no body, no header, and of a path only the parts that are plain names.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass
from datetime import datetime

KEPT = 200
_PLAIN = re.compile(r"[A-Za-z][A-Za-z._-]{0,30}|v\d{1,3}|\d{4}-\d{2}-\d{2}|")
"""Parts of a path that are surely no token, number or name of a person: words, versions, dates."""


@dataclass(frozen=True, slots=True)
class LoggedCall:
    """One call of a connector, or one HTTP request it made (``call`` is ``http``)."""

    at: datetime
    call: str
    duration_s: float
    error: str = ""
    """The kind of error, empty for none."""
    method: str = ""
    host: str = ""
    path: str = ""
    status: int = 0


class CallLog:
    """A ring of the last calls; appending is safe from any thread."""

    def __init__(self, kept: int = KEPT) -> None:
        self._calls: deque[LoggedCall] = deque(maxlen=kept)

    def add(self, call: LoggedCall) -> None:
        """Remember a call, forget the oldest."""
        self._calls.append(call)

    def latest(self) -> list[LoggedCall]:
        """Oldest first."""
        return list(self._calls)


def plain_path(target: str) -> str:
    """The path of a request target with everything that may identify someone or something as ``*``."""
    path = target.partition("?")[0].partition("#")[0]
    return "/".join(part if _PLAIN.fullmatch(part) else "*" for part in path.split("/"))
