"""Who works in the demonstration: agents with their languages, and the manners of each."""

from __future__ import annotations

from dataclasses import dataclass

CHIEF = "chief"
"""The supervisor."""
DEPUTY = "deputy"
"""Another, whose word is asked too before many are told something."""

AGENT_LINE, TRUNK = "PJSIP/{account}", "PJSIP/{national}@trunk"
"""How the exchange dials agents, and numbers outside."""


@dataclass(frozen=True, slots=True)
class Person:
    """An agent. Of the manners, 0 means never."""

    id: str
    languages: tuple[str, ...]
    skills: tuple[str, ...] = ()
    capacity: int = 300
    declines_every: int = 0
    """Says no to one offer in so many."""
    misses_every: int = 0
    """Lets one offer in so many run out of time."""
    breaks_every: int = 0
    """Loses the connection after so many things told."""


YOU = Person("me", ("ko", "en"), capacity=300)
"""Whoever looks on and takes a desk of their own; nothing is offered to them before they are ready."""

STAFF = (
    Person("kim", ("ko", "en"), ("welfare",)),
    Person("lee", ("ko", "zh"), declines_every=11),
    Person("park", ("ko", "vi"), breaks_every=25),
    Person("choi", ("ko", "en", "th"), ("traffic",), misses_every=19),
    Person("nguyen", ("ko", "vi", "en"), capacity=200),
    Person("wang", ("ko", "zh", "th"), capacity=200, breaks_every=40),
)
