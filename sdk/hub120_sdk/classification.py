"""What a classifier says of a text: its language, what it is about, how urgent it is, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Urgency(StrEnum):
    """How urgent a text is; the classes by which work is queued, the most urgent first."""

    LIFE_SAFETY = "life_safety"
    """A life is at stake: self-harm, fire, gas, people under a collapsed building, a missing child."""
    SAFETY = "safety"
    """Danger in a public place, and disasters: a fallen street lamp, a sinkhole, a flood."""
    NORMAL = "normal"
    BULK = "bulk"
    """Nobody waits for an answer: advertising, newsletters."""


@dataclass(frozen=True, slots=True)
class Classification:
    """What a classifier says. Whatever it leaves empty it does not know."""

    language: str = ""
    """BCP 47."""
    topic: str = ""
    """An id of ``hub120_sdk.topics``."""
    urgency: Urgency = Urgency.NORMAL
    words: tuple[str, ...] = ()
    """What in the text raised the urgency."""
    confidence: float = 0.0
    """How sure the topic is, 0 to 1."""
    language_confidence: float = 0.0
    """How sure the language is, 0 to 1."""
