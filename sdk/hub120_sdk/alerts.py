"""Alerts: what authorities warn of, as OASIS CAP 1.2 has it; polled page by page, or pushed.

The words in quotes are CAP's own. A source that does not speak CAP is brought into this form by its connector. What an
alert says is public, though a notice of a missing person names one: the hub keeps the words sealed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class AlertStatus(StrEnum):
    """For whom it is meant: the public is told of ``ACTUAL`` ones alone."""

    ACTUAL = "Actual"
    EXERCISE = "Exercise"
    SYSTEM = "System"
    TEST = "Test"
    DRAFT = "Draft"


class AlertKind(StrEnum):
    """What the message does ("msgType")."""

    ALERT = "Alert"
    UPDATE = "Update"
    """It takes the place of those it refers to."""
    CANCEL = "Cancel"
    """Those it refers to are over."""
    ACK = "Ack"
    ERROR = "Error"


class AlertScope(StrEnum):
    """Who may know of it."""

    PUBLIC = "Public"
    RESTRICTED = "Restricted"
    PRIVATE = "Private"


class AlertCategory(StrEnum):
    """What it is about."""

    GEO = "Geo"
    MET = "Met"
    SAFETY = "Safety"
    SECURITY = "Security"
    RESCUE = "Rescue"
    FIRE = "Fire"
    HEALTH = "Health"
    ENV = "Env"
    TRANSPORT = "Transport"
    INFRA = "Infra"
    CBRNE = "CBRNE"
    OTHER = "Other"


class AlertUrgency(StrEnum):
    """How soon something must be done."""

    IMMEDIATE = "Immediate"
    EXPECTED = "Expected"
    FUTURE = "Future"
    PAST = "Past"
    UNKNOWN = "Unknown"


class AlertSeverity(StrEnum):
    """How bad it is."""

    EXTREME = "Extreme"
    SEVERE = "Severe"
    MODERATE = "Moderate"
    MINOR = "Minor"
    UNKNOWN = "Unknown"


class AlertCertainty(StrEnum):
    """How sure it is."""

    OBSERVED = "Observed"
    LIKELY = "Likely"
    POSSIBLE = "Possible"
    UNLIKELY = "Unlikely"
    UNKNOWN = "Unknown"


class AlertResponse(StrEnum):
    """What is to be done ("responseType")."""

    SHELTER = "Shelter"
    EVACUATE = "Evacuate"
    PREPARE = "Prepare"
    EXECUTE = "Execute"
    AVOID = "Avoid"
    MONITOR = "Monitor"
    ASSESS = "Assess"
    ALL_CLEAR = "AllClear"
    NONE = "None"


@dataclass(frozen=True, slots=True)
class Named:
    """A "valueName" and its "value": an event code, a parameter, a geocode."""

    name: str
    content: str


@dataclass(frozen=True, slots=True)
class Point:
    """A point on Earth, WGS 84, degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Polygon:
    """An area within its points; the last is the first again, so there are at least four."""

    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Circle:
    """An area around a point."""

    centre: Point
    radius_km: float


@dataclass(frozen=True, slots=True)
class AlertArea:
    """Where: the area is all of its parts together."""

    description: str
    polygons: tuple[Polygon, ...] = ()
    circles: tuple[Circle, ...] = ()
    geocodes: tuple[Named, ...] = ()
    """Codes by the name of their table. The hub reads ``KR.BJD``: 법정동코드 by its first 2, 5 or 10 digits."""


@dataclass(frozen=True, slots=True)
class AlertResource:
    """A file beside the alert, by its address; one that stands in the alert itself is left out."""

    description: str
    media_type: str
    uri: str = ""
    size: int = 0
    """In bytes; 0: not said."""
    digest: str = ""
    """SHA-1 in hexadecimal, as CAP has it."""


@dataclass(frozen=True, slots=True)
class AlertInfo:
    """What is said in one language."""

    event: str
    categories: tuple[AlertCategory, ...]
    urgency: AlertUrgency
    severity: AlertSeverity
    certainty: AlertCertainty
    language: str = "en-US"
    """RFC 3066; CAP's own default."""
    responses: tuple[AlertResponse, ...] = ()
    audience: str = ""
    event_codes: tuple[Named, ...] = ()
    effective: datetime | None = None
    """From when it counts; None: from when it was sent."""
    onset: datetime | None = None
    expires: datetime | None = None
    """Until when it counts; None: the hub decides."""
    sender_name: str = ""
    headline: str = ""
    description: str = field(default="", repr=False)
    instruction: str = field(default="", repr=False)
    web: str = ""
    contact: str = ""
    parameters: tuple[Named, ...] = ()
    resources: tuple[AlertResource, ...] = ()
    areas: tuple[AlertArea, ...] = ()


@dataclass(frozen=True, slots=True)
class AlertReference:
    """An earlier alert that this one is about."""

    sender: str
    identifier: str
    sent: datetime


@dataclass(frozen=True, slots=True)
class Alert:
    """One alert. ``sender`` and ``identifier`` together are of no other: a second one is the same again."""

    identifier: str
    """Without blanks, commas, < and &."""
    sender: str
    """As ``identifier``; what the authority calls itself, for example a mail address or a domain."""
    sent: datetime
    status: AlertStatus
    kind: AlertKind
    scope: AlertScope
    source: str = ""
    restriction: str = ""
    addresses: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    note: str = ""
    references: tuple[AlertReference, ...] = ()
    incidents: tuple[str, ...] = ()
    infos: tuple[AlertInfo, ...] = ()


@dataclass(frozen=True, slots=True)
class AlertPage:
    """What a source has that is new since a cursor, oldest first."""

    alerts: tuple[Alert, ...]
    cursor: str
    """What to ask with next time, at most 4,096 characters."""
    more: bool = False
    """There is another page now."""
    refused: tuple[str, ...] = ()
    """What could not be read beside them, a sentence for each without personal data: the hub logs them
    and goes on."""


@dataclass(frozen=True, slots=True)
class AlertNoted:
    """What the hub did with a pushed alert, for the answer to it."""

    alert: Alert
    duplicate: bool = False
    """The same sender and identifier came before; the first one counts."""
