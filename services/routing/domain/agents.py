"""Agents: whether they take work, what they can do and how well, and how much at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

LEVELS = range(1, 6)
"""How well somebody does something, 1 to 5: the proficiency of Amazon Connect."""
USUAL_LEVEL = 3
"""Of a language or skill whose level nobody has stated."""
FULL_CAPACITY = 100
"""One call and nothing beside it, at the usual costs."""
MOST_CAPACITY = 1000


class Presence(StrEnum):
    """Whether an agent takes work."""

    OFFLINE = "offline"
    READY = "ready"
    PAUSED = "paused"


MISSED = "missed_offers"
RECOVERY = "recovery"
TELEPHONE = "telephone"
HUB_REASONS = frozenset({MISSED, RECOVERY, TELEPHONE})
"""Why the hub itself pauses somebody: offers missed in a row; a break after an abusive contact; an unanswered telephone
to which a citizen should have been put through."""


class ChangeKind(StrEnum):
    """What a change on a desk is about."""

    OFFER = "offer"
    WORK = "work"
    TRANSFER = "transfer"


@dataclass(frozen=True, slots=True)
class Agent:
    """An agent's record as supervisors write it."""

    id: str
    languages: Mapping[str, int]
    """With the level of each."""
    skills: Mapping[str, int]
    capacity: int


def abilities(languages: Mapping[str, int], skills: Mapping[str, int]) -> tuple[str, ...]:
    """All that an agent can be asked for, sorted: each language and skill at its level and at every lower one, told
    apart by a prefix. So whether somebody fits is a comparison of sets, whatever levels are asked for."""
    held = [
        *((f"language:{name}", level) for name, level in languages.items()),
        *((f"skill:{name}", level) for name, level in skills.items()),
    ]
    return tuple(sorted(ability(name, lower) for name, level in held for lower in LEVELS if lower <= level))


def ability(name: str, level: int) -> str:
    """One ability in the words of ``abilities``; ``name`` has its prefix."""
    return name if level <= LEVELS.start else f"{name}/{level}"


def written(levels: Mapping[str, int]) -> str:
    """Languages or skills with their levels as a column keeps them: ``en:4 ko:5``."""
    return " ".join(f"{name}:{level}" for name, level in sorted(levels.items()))


def read(column: str) -> dict[str, int]:
    """What ``written`` wrote."""
    return {name: int(level) for name, _, level in (one.rpartition(":") for one in column.split())}


def with_levels(names: Iterable[str], levels: Mapping[str, int]) -> dict[str, int]:
    """Each name with its stated level, or the usual one."""
    return {name: levels.get(name, USUAL_LEVEL) for name in names}
