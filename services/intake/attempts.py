"""What a connector's failure means for the task at hand: another attempt, or a reason that a person reads."""

from __future__ import annotations

from enum import Enum

from hub120_sdk import ConnectorError, Retry, Unsure

from chassis.connectors.errors import ConnectorFault, NotTried
from chassis.worker import WAITS_S, RetryTask, Work


class Fate(Enum):
    """What becomes of something that a connector did not send."""

    AGAIN = "again"
    """It surely did not leave, or sending it twice is harmless: another attempt is made."""
    UNKNOWN = "unknown"
    """It may have left, and must not leave twice: a person decides."""
    FAILED = "failed"


def fate(work: Work, error: ConnectorError, *, repeatable: bool) -> Fate:
    """Passing trouble is tried again; what may have left is only repeated where that is harmless (``repeatable``)."""
    if isinstance(error, ConnectorFault | Unsure) and (work.last_attempt or not repeatable):
        return Fate.UNKNOWN
    return Fate.AGAIN if may_come_again(work, error) else Fate.FAILED


def may_come_again(work: Work, error: ConnectorError) -> bool:
    """Passing trouble comes again until its attempts are used up; what the hub itself held back, until it is old."""
    if isinstance(error, NotTried):
        return work.may_wait
    return isinstance(error, Retry) and not work.last_attempt


def again(error: ConnectorError) -> RetryTask:
    """What a task handler raises for another attempt; one that the hub held back does not count."""
    tried = not isinstance(error, NotTried)
    return RetryTask(error.reason, error.after_s if isinstance(error, Retry) else 0.0, tried=tried)


def failure(error: ConnectorError) -> str:
    """Why it will not come again."""
    if isinstance(error, NotTried):
        return f"held back by the hub for {WAITS_S / 3600:.0f} hours, never tried: {error.reason}"
    return error.reason
