"""What was given up, with the reason, and the way back: the same for ``hub120 events dead|redrive`` and over gRPC.

Bodies stay unread; what is shown are the attributes of a message, ids and codes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from chassis import logs
from chassis.bus.ports import Bus, Dead

_log = logs.get_logger("operations")


@dataclass(frozen=True, slots=True)
class Letter:
    """A dead message as operators see it."""

    id: str
    queue: str
    type: str
    subject: str
    """The id of what it is about; empty if it does not say."""
    attempts: int
    reason: str
    made_at: datetime | None


def letters(bus: Bus, queue: str, limit: int) -> list[Letter]:
    """The dead messages of a queue, oldest first. Raises ``BusUnavailable``."""
    return [_letter(one) for one in bus.dead(queue, limit)]


def put_back(bus: Bus, queue: str, ids: Sequence[str], by: str) -> int:
    """Put dead messages (all, or these) back and write down who did it; returns how many. Raises ``BusUnavailable``."""
    count = bus.redrive(queue, ids)
    _log.warning("dead_letters_redriven", queue=queue, count=count, by=by, ids=list(ids))
    return count


def _letter(dead: Dead) -> Letter:
    headers = dead.headers
    return Letter(
        dead.id,
        dead.queue,
        headers.get("cloudEvents_type", dead.key),
        headers.get("cloudEvents_subject", ""),
        dead.attempts,
        dead.reason,
        _made_at(headers.get("cloudEvents_time", "")),
    )


def _made_at(told: str) -> datetime | None:
    try:
        made = datetime.fromisoformat(told)
    except ValueError:
        return None
    return made if made.tzinfo else None
