"""A case: where it stands and may go, the lines of its history, and what may be asked of all cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class CaseState(StrEnum):
    """Where a case stands."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    PENDING = "pending"
    CLOSED = "closed"


CASE_MOVES: Mapping[CaseState, frozenset[CaseState]] = {
    CaseState.OPEN: frozenset({CaseState.IN_PROGRESS, CaseState.PENDING, CaseState.CLOSED}),
    CaseState.IN_PROGRESS: frozenset({CaseState.OPEN, CaseState.PENDING, CaseState.CLOSED}),
    CaseState.PENDING: frozenset({CaseState.OPEN, CaseState.IN_PROGRESS, CaseState.CLOSED}),
    CaseState.CLOSED: frozenset(),
}


class EntryKind(StrEnum):
    """What an entry of a case is about."""

    CONTACT = "contact"
    REPLY = "reply"
    NOTE = "note"
    STATE = "state"
    ATTACHMENT = "attachment"
    HANDOVER = "handover"
    CALL = "call"
    CORRECTION = "correction"


@dataclass(frozen=True, slots=True)
class CaseQuestion:
    """What a channel asks of cases that came over it; all conditions hold, those that are empty ask nothing."""

    case_numbers: tuple[str, ...] = ()
    provider_ids: tuple[str, ...] = ()
    states: tuple[CaseState, ...] = ()
    opened_from: float | None = None
    opened_before: float | None = None
    updated_from: float | None = None
    topic: str = ""
    limit: int = 100
    skip: int = 0
