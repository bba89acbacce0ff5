"""The call being served: who makes it, why, and how long it may still take. ``api.py`` files read it from here."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Final

from chassis.auth import Caller
from chassis.errors import InvalidArgument

PURPOSE: Final = "hub120-purpose"
LONGEST_PURPOSE: Final = 200

Metadata = Sequence[tuple[str, str | bytes]]


@dataclass(slots=True)
class Call:
    """One call. ``caller`` is None for methods that are open to everybody."""

    method: str
    caller: Caller | None
    metadata: Metadata
    deadline: float | None = None
    """On the monotonic clock."""


_call: ContextVar[Call] = ContextVar("hub120-call")


def begin(call: Call) -> None:
    """Say which call this context serves."""
    _call.set(call)


def current() -> Call:
    """The call this context serves. Raises ``LookupError`` outside of any."""
    return _call.get()


def caller() -> Caller:
    """Who makes the call. Raises ``LookupError`` outside of any, and in methods open to everybody."""
    found = _call.get().caller
    if found is None:
        raise LookupError("this method is open to everybody, so it has no caller")
    return found


def remaining_s() -> float | None:
    """How long the call may still take: what to give to calls made on its behalf. None if nobody set a limit."""
    deadline = _call.get().deadline
    return None if deadline is None else max(0.0, deadline - time.monotonic())


def purpose() -> str:
    """Why the caller asks, from the metadata; empty if they did not say. Raises ``InvalidArgument``.

    ``hub120-purpose`` is ASCII; anything else comes as UTF-8 in ``hub120-purpose-bin``.
    """
    for key, value in _call.get().metadata:
        if key in {PURPOSE, f"{PURPOSE}-bin"}:
            return _readable(value)
    return ""


def _readable(value: str | bytes) -> str:
    try:
        text = value.decode() if isinstance(value, bytes) else value
    except UnicodeDecodeError:
        raise InvalidArgument([(f"{PURPOSE}-bin", "is not UTF-8")]) from None
    if len(text) > LONGEST_PURPOSE or not text.isprintable():
        raise InvalidArgument([(PURPOSE, f"is one printable line of at most {LONGEST_PURPOSE} characters")])
    return text.strip()
