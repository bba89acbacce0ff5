"""Their words and ours: the states of an interpreter, the bounds of what a partner says, and the answers to it."""

from __future__ import annotations

from hub120_sdk import InterpreterState

STATES = {state.value: state for state in InterpreterState}
"""The words of the contract are the SDK's own."""

ID_CHARACTERS = 200
REASON_CHARACTERS = 100
TEXT_CHARACTERS = 20_000
ATTEMPTS = 1_000

REPORTS, TRANSLATIONS = "/reports", "/translations"
"""Where a partner calls, below the connector's address."""

RECORDED = "recorded"
DUPLICATE = "duplicate"
UNKNOWN = ("unknown_session", "there is no such session or message here; if it is very new, say it again later")
OVER = ("session_over", "the session, or this attempt of it, is over; nothing was changed")
UNSIGNED = "unauthorised"
UNREADABLE = "unreadable"
