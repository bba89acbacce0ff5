"""What use cases raise when they cannot do what was asked; each class says what the caller can do about it.

The gRPC and HTTP hosts turn these into rich errors. Messages reach callers and logs, so they hold ids and codes and
never a name, a number, an address or a sentence somebody wrote. Connectors have errors of their own, in the SDK.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_QUOTABLE = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
"""Ids of ours have a letter in them; what may be a phone number or an address is not repeated."""


class HubError(Exception):
    """The base of all. ``reason`` is the code for machines, the message the sentence for people."""

    reason = "INTERNAL"


class NotFound(HubError):
    """There is no such thing (or the caller may not know of it)."""

    reason = "NOT_FOUND"

    def __init__(self, kind: str, id: str) -> None:
        shown = f"id {id}" if _QUOTABLE.fullmatch(id) else "that id"
        super().__init__(f"there is no {kind} with {shown}")
        self.kind = kind


class InvalidArgument(HubError):
    """The request cannot be right whatever the state: correct the named fields."""

    reason = "INVALID_ARGUMENT"

    def __init__(self, violations: Sequence[tuple[str, str]]) -> None:
        super().__init__("; ".join(f"{field}: {description}" for field, description in violations))
        self.violations = tuple(violations)


class PreconditionFailed(HubError):
    """Right in itself, but not in the present state; ``reason_code`` is UPPER_SNAKE_CASE and stays the same."""

    def __init__(self, reason_code: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason_code


class Conflict(HubError):
    """Somebody else changed the same thing meanwhile: read again, decide again."""

    def __init__(self, message: str, reason_code: str = "CONFLICT") -> None:
        super().__init__(message)
        self.reason = reason_code


class PermissionDenied(HubError):
    """The caller is known and may not do this."""

    reason = "PERMISSION_DENIED"


class ResourceExhausted(HubError):
    """Too much at once: try again, not before ``retry_after_s`` seconds."""

    reason = "RESOURCE_EXHAUSTED"

    def __init__(self, message: str, retry_after_s: float = 1.0) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class Unavailable(HubError):
    """Something this needs is away: the same call will work later."""

    reason = "UNAVAILABLE"

    def __init__(self, message: str, retry_after_s: float = 1.0) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


def database_is_away(error: BaseException) -> bool:
    """Whether an error means that the database cannot be reached or is too busy.

    PEP 249 gives the two names, and SQLAlchemy and every driver keep them; SQLAlchemy adds its full pool.
    """
    names = {cls.__name__ for cls in type(error).__mro__}
    return bool(names & {"OperationalError", "InterfaceError"}) or (
        isinstance(error, Exception) and type(error).__module__ == "sqlalchemy.exc" and "TimeoutError" in names
    )
