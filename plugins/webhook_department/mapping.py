"""Their words and ours: the states of a handover, and the answers to a report."""

from __future__ import annotations

from hub120_sdk import TicketState

STATES = {state.value: state for state in TicketState}
"""The words of the contract are the SDK's own."""

ID_CHARACTERS = 200
NOTE_CHARACTERS = 5_000

RECORDED = "recorded"
DUPLICATE = "duplicate"
UNKNOWN = ("unknown_handover", "there is no handover of that id or ticket here; if it is very new, report again later")
NOT_ALLOWED = ("not_allowed", "a handover cannot move to that state from where it stands; nothing was changed")
UNSIGNED = "unauthorised"
UNREADABLE = "unreadable"
