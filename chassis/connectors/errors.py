"""What the host itself raises, beside the SDK's errors; all but the first say, as those do, what to do about it."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from hub120_sdk import Misconfigured, Retry, Throttled


class UnknownConnector(LookupError):
    """No connector has that id."""


class NotConfigured(Misconfigured):
    """The connector lacks settings, could not be made, or was refused."""


def place(error: BaseException) -> str:
    """What was raised and where; never its message, which may quote a citizen."""
    step = error.__traceback__
    while step is not None and step.tb_next is not None:
        step = step.tb_next
    where = f"{Path(step.tb_frame.f_code.co_filename).name}:{step.tb_lineno}" if step else "an unknown place"
    return f"{type(error).__name__} at {where}"


class FaultKind(StrEnum):
    """How a connector failed its contract."""

    RAISED = "raised"
    """It raised what the SDK does not know, ``SystemExit`` included."""
    TOO_SLOW = "too_slow"
    """It was not done by its deadline."""
    RUBBISH = "rubbish"
    """It returned what is no record."""
    DIED = "died"
    """Its own process ended in the middle of a call."""


class ConnectorFault(Retry):
    """The connector failed its contract: try the work again; the breaker counts it."""

    def __init__(self, kind: FaultKind, reason: str) -> None:
        super().__init__(reason)
        self.kind = kind


class NotTried(Retry):
    """The hub itself held the call back: nobody was asked, so it is no attempt."""


class BreakerOpen(NotTried):
    """The connector failed so often that it is left alone for ``after_s`` seconds."""


class RateReached(NotTried, Throttled):
    """The hub sends no faster than the manifest says."""


class TooBusy(NotTried):
    """All its lanes are taken: a slow connector waits for itself, not others for it."""
