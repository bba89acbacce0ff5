"""Alerts of authorities (OASIS CAP): where each stands, what an update or a cancellation does, and what the public may
be told of.

Whatever is not an actual, public alert is kept for the record and leads nowhere; ``may_be_told`` is the one place that
says so. Moments are seconds since 1970.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from services.outreach.domain.areas import Area
from services.outreach.domain.hazards import Hazard

LIFE_S = 86_400.0
"""How long an alert counts that does not say until when."""
LONGEST_LIFE_S = 30 * 86_400.0
"""No alert counts for longer, whatever it says."""


class AlertKind(StrEnum):
    """What a message does (CAP's msgType)."""

    ALERT = "Alert"
    UPDATE = "Update"
    CANCEL = "Cancel"
    ACK = "Ack"
    ERROR = "Error"


class AlertState(StrEnum):
    """Where an alert stands."""

    RECEIVED = "received"
    """It is to count from a later moment on."""
    ACTIVE = "active"
    UPDATED = "updated"
    """Another took its place."""
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    NOTED = "noted"
    """A message that only says something of others: a cancellation, an acknowledgement, an error."""


ALERT_MOVES: Mapping[AlertState, frozenset[AlertState]] = {
    AlertState.RECEIVED: frozenset({AlertState.ACTIVE, AlertState.UPDATED, AlertState.CANCELLED, AlertState.EXPIRED}),
    AlertState.ACTIVE: frozenset({AlertState.UPDATED, AlertState.CANCELLED, AlertState.EXPIRED}),
    AlertState.UPDATED: frozenset(),
    AlertState.CANCELLED: frozenset(),
    AlertState.EXPIRED: frozenset(),
    AlertState.NOTED: frozenset(),
}
"""What is over stays over: an update of an alert that has expired is an alert of its own."""
_DOES = {AlertKind.UPDATE: AlertState.UPDATED, AlertKind.CANCEL: AlertState.CANCELLED}
_COUNTS = frozenset({AlertKind.ALERT, AlertKind.UPDATE})

SEVERITIES = ("Unknown", "Minor", "Moderate", "Severe", "Extreme")
URGENCIES = ("Unknown", "Past", "Future", "Expected", "Immediate")
CERTAINTIES = ("Unknown", "Unlikely", "Possible", "Likely", "Observed")
"""CAP's words, the least first."""


@dataclass(frozen=True, slots=True)
class Reference:
    """An earlier alert, by what no other is called."""

    sender: str
    identifier: str


@dataclass(frozen=True, slots=True)
class NewAlert:
    """An alert as it came in."""

    sender: str
    identifier: str
    sent: float
    status: str
    """CAP's word: Actual, Exercise, System, Test or Draft."""
    kind: AlertKind
    scope: str
    """CAP's word: Public, Restricted or Private."""
    event: str = ""
    hazard: Hazard = Hazard.OTHER
    category: str = ""
    severity: str = "Unknown"
    urgency: str = "Unknown"
    certainty: str = "Unknown"
    effective: float | None = None
    expires: float | None = None
    area: Area = field(default_factory=Area)
    references: tuple[Reference, ...] = ()
    content: str = field(default="", repr=False)
    """The whole alert as JSON."""

    @property
    def begins(self) -> float:
        """From when it counts."""
        return self.sent if self.effective is None else self.effective

    @property
    def ends(self) -> float:
        """Until when it counts."""
        begins = self.begins
        return min(begins + LIFE_S if self.expires is None else self.expires, begins + LONGEST_LIFE_S)


def may_be_told(status: str, scope: str, kind: str) -> bool:
    """Whether the public may be told of it at all: an actual alert, update or cancellation for everybody."""
    tells = {AlertKind.ALERT, AlertKind.UPDATE, AlertKind.CANCEL}
    return status == "Actual" and scope == "Public" and kind in {one.value for one in tells}


def first_state(new: NewAlert, said: Collection[AlertKind], now: float) -> AlertState:
    """Where an alert stands when it comes in; ``said`` is what messages that came before it say of it."""
    if new.kind not in _COUNTS:
        return AlertState.NOTED
    if AlertKind.CANCEL in said:
        return AlertState.CANCELLED
    if AlertKind.UPDATE in said:
        return AlertState.UPDATED
    return by_clock(new.begins, new.ends, now)


def by_clock(begins: float, ends: float, now: float) -> AlertState:
    """Where an alert stands of which nobody says anything."""
    if now >= ends:
        return AlertState.EXPIRED
    return AlertState.ACTIVE if now >= begins else AlertState.RECEIVED


def done_to_others(kind: AlertKind) -> AlertState | None:
    """What a message does to those it refers to; None: nothing."""
    return _DOES.get(kind)


def speaks_for(new: NewAlert, other: Reference, other_status: str) -> bool:
    """Whether it may update or cancel another: only who sent it, and no exercise what is actual."""
    return new.sender == other.sender and new.status == other_status


def due_at(state: AlertState, begins: float, ends: float) -> float | None:
    """When the clock moves it next."""
    return {AlertState.RECEIVED: min(begins, ends), AlertState.ACTIVE: ends}.get(state)


def reaches(found: str, least: str, scale: tuple[str, ...]) -> bool:
    """Whether one of CAP's words is at least another on its scale."""
    return scale.index(found) >= scale.index(least)


def worst(words: Collection[str], scale: tuple[str, ...]) -> str:
    """The gravest of CAP's words."""
    return max(words, key=scale.index, default=scale[0])
