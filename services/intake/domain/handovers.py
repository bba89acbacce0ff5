"""A case given to a department: where that stands and may go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from services.intake.domain.contacts import Details


class HandoverState(StrEnum):
    """How far a department is with what was handed over."""

    QUEUED = "queued"
    SENDING = "sending"
    SUBMITTED = "submitted"
    ACKNOWLEDGED = "acknowledged"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"
    UNKNOWN = "unknown"


_TAKEN = frozenset(
    {
        HandoverState.SUBMITTED,
        HandoverState.ACKNOWLEDGED,
        HandoverState.IN_PROGRESS,
        HandoverState.DONE,
        HandoverState.REFUSED,
    }
)
HANDOVER_ENDED = frozenset({HandoverState.DONE, HandoverState.REFUSED, HandoverState.FAILED})

HANDOVER_MOVES: Mapping[HandoverState, frozenset[HandoverState]] = {
    HandoverState.QUEUED: frozenset({HandoverState.SENDING, HandoverState.FAILED}),
    HandoverState.SENDING: _TAKEN | {HandoverState.QUEUED, HandoverState.FAILED, HandoverState.UNKNOWN},
    HandoverState.UNKNOWN: _TAKEN | {HandoverState.QUEUED, HandoverState.FAILED},
    HandoverState.SUBMITTED: _TAKEN - {HandoverState.SUBMITTED},
    HandoverState.ACKNOWLEDGED: _TAKEN - {HandoverState.SUBMITTED, HandoverState.ACKNOWLEDGED},
    HandoverState.IN_PROGRESS: frozenset({HandoverState.DONE, HandoverState.REFUSED}),
    HandoverState.DONE: frozenset({HandoverState.IN_PROGRESS}),
    HandoverState.REFUSED: frozenset({HandoverState.IN_PROGRESS}),
    HandoverState.FAILED: _TAKEN,
}
"""Departments open again what was done, never what nobody has begun; a report of theirs beats our failure."""


@dataclass(frozen=True, slots=True)
class NewHandover:
    """What an agent hands to a department."""

    case_id: str
    department: str
    agent_id: str
    request_id: str
    title: str
    text: str
    topic: str = ""
    place: Details | None = None
    attachment_ids: tuple[str, ...] = ()
    citizen_agreed: bool = False
    urgent: bool = False
    fields: Mapping[str, str] = field(default_factory=dict)
    conference_id: str = ""
    """During which it is handed over; empty for none."""
    own_words: bool = False
    """Nothing of the case is added to what is said here."""
