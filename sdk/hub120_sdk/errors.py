"""What a connector raises, each saying what the hub shall do about it.

Anything else a connector raises, even ``SystemExit``, counts as a fault of the connector: its work is retried, the
breaker counts it, and nothing else is disturbed. Reasons go into logs and to agents: put no personal data in them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hub120_sdk.requests import Response


class ConnectorError(Exception):
    """The base of all; ``reason`` is one sentence for a person."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Refusal(ConnectorError):
    """A request that is not taken. The caller is told the reason, or ``response`` where a specification says how errors
    look: a status from 400 to 499."""

    def __init__(self, reason: str, response: Response | None = None) -> None:
        super().__init__(reason)
        self.response = response


class Unreadable(Refusal):
    """A request that does not have the provider's form. HTTP 400."""


class Unauthorised(Refusal):
    """A signature, token or secret that is missing or wrong. HTTP 401."""


class Retry(ConnectorError):
    """The provider had a passing trouble: try again, not before ``after_s`` seconds."""

    def __init__(self, reason: str, after_s: float = 0.0) -> None:
        super().__init__(reason)
        self.after_s = after_s


class Unsure(Retry):
    """The request went out and no answer came: it may have been done.

    The hub repeats it only where the manifest says ``idempotent_send``; else an agent is told that nobody knows.
    """


class Unreachable(Retry):
    """No connection could be made: surely nothing was done.

    Of a plain ``Retry`` that is not sure: a server that answers 500 may have done it. A person who waits is answered
    again all the same; a mailing repeats it only where the manifest says ``idempotent_send``.
    """


class Throttled(Retry):
    """The provider said to slow down (HTTP 429): as ``Retry``, and the breaker does not count it."""


class Rejected(ConnectorError):
    """The provider refused this message for good: no retry, the agent is told the reason."""


class OptedOut(Rejected):
    """The citizen asked for no more messages on this channel."""


class NotOnChannel(Rejected):
    """The citizen cannot be reached on this channel (no account, a number that is no mobile): try another."""


class Misconfigured(ConnectorError):
    """Settings or credentials are wrong: no retry until an operator acts; the connector's health fails."""
