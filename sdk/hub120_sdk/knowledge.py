"""Knowledge: articles that answer what citizens ask, for agents who look while they talk.

Nothing in an article is personal: it is what an authority or a help centre publishes. The question is what an agent
typed, and may tell of a person: it goes to the provider, and into no log.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked for."""

    text: str = field(repr=False)
    """Words or a sentence, 1 to 200 characters."""
    language: str = "ko"
    """In which language answers are wanted, BCP 47."""
    limit: int = 10
    """How many articles at most, 1 to 50."""


@dataclass(frozen=True, slots=True)
class Article:
    """One answer."""

    key: str
    """What the provider calls it; the same in every answer, and of no other article."""
    title: str
    text: str
    """All of it or what was found in it, without markup."""
    url: str = ""
    """Where a person reads it."""
    updated: datetime | None = None
    """When it was last changed, as far as the provider says."""
    language: str = ""
    """BCP 47; empty: not said."""
    source: str = ""
    """Where the provider has it from, for people: a brand, a section; empty: the connector's name says enough."""
    score: float | None = None
    """How good it answers, as far as the provider says: to be compared within one answer alone."""
