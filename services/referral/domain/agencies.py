"""Agencies: organizations to which people are referred, each by the road on which it is reached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class AgencyRoad(StrEnum):
    """By what road an agency gets referrals; supervisors choose one of these."""

    CONNECTOR = "connector"
    TELEPHONE = "telephone"


@dataclass(frozen=True, slots=True)
class Agency:
    """How an agency is reached. ``timers`` are its own (``domain.ladders.timers``), in working hours."""

    organization_id: str
    road: AgencyRoad
    connector: str = ""
    telephone: str = field(default="", repr=False)
    timers: Mapping[str, float] = field(default_factory=dict)
    name: str = ""
    """Of the organization."""
