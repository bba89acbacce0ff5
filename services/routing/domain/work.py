"""Work items: what they need, where they stand, and the order in which they are taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

DEFAULT_LANGUAGE = "ko"
USUAL_COSTS: Mapping[str, int] = {"voice": 100, "video": 100, "text": 25}
"""What one piece of work takes of an agent's capacity by medium, where settings say nothing else: the cost model of
Azure Communication Services' job router, of 100."""
RESUME_S = 600.0
"""Who left the queue and comes back so soon keeps the place (mod_callcenter's abandoned-resume-allowed)."""
SAME_AGENT_S = 120.0
"""How much earlier work of an open case counts as queued for the agent who knows the case."""


class WorkState(StrEnum):
    """Where a work item stands."""

    QUEUED = "queued"
    OFFERED = "offered"
    ASSIGNED = "assigned"
    WRAPPING = "wrapping"
    DONE = "done"
    ABANDONED = "abandoned"
    CANCELLED = "cancelled"


TAKEN = frozenset({WorkState.ASSIGNED, WorkState.WRAPPING})
"""An agent has it."""
_ENDED = frozenset({WorkState.ABANDONED, WorkState.CANCELLED})

WORK_MOVES: Mapping[WorkState, frozenset[WorkState]] = {
    WorkState.QUEUED: frozenset({WorkState.OFFERED}) | _ENDED,
    WorkState.OFFERED: frozenset({WorkState.QUEUED, WorkState.ASSIGNED}) | _ENDED,
    WorkState.ASSIGNED: frozenset({WorkState.QUEUED, WorkState.WRAPPING, WorkState.DONE, WorkState.CANCELLED}),
    WorkState.WRAPPING: frozenset({WorkState.DONE, WorkState.CANCELLED}),
    WorkState.DONE: frozenset(),
    WorkState.ABANDONED: frozenset(),
    WorkState.CANCELLED: frozenset(),
}
"""Assigned work is queued again where the agent did not answer their telephone."""


class PriorityClass(StrEnum):
    """How much haste there is."""

    LIFE_SAFETY = "life_safety"
    SAFETY = "safety"
    NORMAL = "normal"
    BULK = "bulk"

    def goes_before(self, other: PriorityClass) -> bool:
        """Whether there is more haste than there."""
        return HEAD_START_S[self] > HEAD_START_S[other]


HEAD_START_S: Mapping[PriorityClass, float] = {
    PriorityClass.LIFE_SAFETY: 1e9,
    PriorityClass.SAFETY: 1800.0,
    PriorityClass.NORMAL: 0.0,
    PriorityClass.BULK: -3600.0,
}
"""How much earlier than it came a class counts as queued. Work is taken in the order of that moment, so a class goes
before the next by so much waiting and no more: nothing starves, because everything that waits grows old alike. Only
life-safety goes before all."""


def rank(priority_class: PriorityClass, queued_at: float) -> float:
    """The place in the order: the lower, the earlier. It never changes while work waits."""
    return queued_at - HEAD_START_S[priority_class]


@dataclass(frozen=True, slots=True)
class NewWork:
    """A case that waits for a person."""

    case_id: str
    medium: str
    language: str
    skills: tuple[str, ...]
    channel: str
    queued_at: float
    priority_class: PriorityClass = PriorityClass.NORMAL
    topic: str = ""
    citizen_id: str = ""
    traceparent: str = ""
    contacts: int = 1
    """How many messages of the citizen it is about."""
    contact_sequence: int = 0
    """The case's entry of the last of them."""
    opens_case: bool = False
    """Nobody has worked on the case before."""
    purpose: str = ""
    """What the citizen is to be called for, where a service of the hub wants that; empty where they came themselves."""
    request_id: str = ""
    """The call, where a service waits to hear how it ends."""
    preferred_agent_id: str = ""
    """Who shall have it rather than who had the case; empty: the latter."""
