"""Agencies: organizations to which people are referred, each by the road on which it is reached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class AgencyRoad(StrEnum):
    """By what road an agency gets referrals; supervisors choose one of these."""

    CONNECTOR = "connector"
    TELEPHONE = "telephone"
    EMAIL = "email"
    SMS = "sms"


WRITTEN = frozenset({AgencyRoad.EMAIL, AgencyRoad.SMS})
"""By a message with a link, which leads to a page."""


@dataclass(frozen=True, slots=True)
class SecondContact:
    """Whom to write to when nobody answers: by e-mail or SMS."""

    road: AgencyRoad
    address: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Agency:
    """How an agency is reached. ``timers`` are its own (``domain.ladders.timers``), in working hours."""

    organization_id: str
    road: AgencyRoad
    connector: str = ""
    address: str = field(default="", repr=False)
    """A number for telephone and SMS, an e-mail address for e-mail; empty for a connector."""
    timers: Mapping[str, float] = field(default_factory=dict)
    name: str = ""
    """Of the organization."""
    language: str = "ko"
    """In which it is written to: ``ko`` or ``en``."""
    second: SecondContact | None = None
