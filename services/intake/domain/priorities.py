"""How urgent a contact is and what it is about, as far as the words tell: what the classifier and the crisis words say
become one judgement, and what a case makes of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class PriorityClass(IntEnum):
    """How urgent something is; the lower, the more urgent. Numbered as the contract does."""

    LIFE_SAFETY = 1
    SAFETY = 2
    NORMAL = 3
    BULK = 4


@dataclass(frozen=True, slots=True)
class Judged:
    """What is made of a contact's words."""

    language: str = ""
    """Empty: as the channel stated it, or the script gives it away."""
    topic: str = ""
    priority: PriorityClass = PriorityClass.NORMAL
    confidence: int = 0
    """Of the topic, in percent."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a case is about and how urgent it is."""

    topic: str
    priority: PriorityClass


def raised(said: PriorityClass, by_crisis_words: PriorityClass) -> PriorityClass:
    """Crisis words raise the class, whatever the classifier said; they never lower it."""
    return min(said, by_crisis_words) if by_crisis_words < PriorityClass.NORMAL else said
