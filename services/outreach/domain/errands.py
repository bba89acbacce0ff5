"""Errands: what is brought to intake for somebody who is to be called, or looked after."""

from __future__ import annotations

from dataclasses import dataclass, field

WAITING, GIVEN, UNWANTED, ENDED = "waiting", "given", "unwanted", "ended"
"""Where an errand stands."""
GIVEN_UP = "given_up"
"""The result of an errand that nobody waits for any more; how its call ended may still be told."""


@dataclass(frozen=True, slots=True)
class ToCall:
    """Somebody is to be called."""

    telephone: str = field(repr=False)
    name: str = field(repr=False)
    language: str


@dataclass(frozen=True, slots=True)
class ToOffice:
    """A department's system is to look after somebody."""

    case_id: str
    department: str
    agent_id: str
    title: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Loaded:
    """An errand, what it takes, for what the reading is on record, and the trace that it goes on in."""

    errand_id: str
    load: ToCall | ToOffice
    purpose: str
    traceparent: str = ""
