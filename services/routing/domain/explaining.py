"""Explanations: who could have taken work at a moment, who could not, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from services.routing.domain.agents import Presence
from services.routing.domain.interpretation import has


class Ineligibility(StrEnum):
    """Why somebody could not take work."""

    OFFLINE = "offline"
    PAUSED = "paused"
    FULL = "full"
    LACKS = "lacks"
    CLOSED = "closed"
    REFUSED = "refused"
    HAS_IT = "has_it"


@dataclass(frozen=True, slots=True)
class Standing:
    """An agent as they stood at a moment."""

    agent_id: str
    presence: Presence
    load: int
    capacity: int
    abilities: frozenset[str]
    has_refused: bool
    idle_since: float


@dataclass(frozen=True, slots=True)
class Sorted:
    """All agents, sorted out."""

    eligible: Sequence[Standing]
    """The one longest idle first."""
    ineligible: dict[tuple[Ineligibility, str], list[str]]
    """Agents by reason, and by what is lacking where that is the reason."""


def sort_out(
    standings: Iterable[Standing], needs: Sequence[str], cost: int, closed: frozenset[str] = frozenset()
) -> Sorted:
    """Who fits, and for each of the others the first thing that stands in the way, what lasts before what passes.

    ``closed`` is what nobody is asked for at that moment, because its desks are closed."""
    eligible: list[Standing] = []
    ineligible: dict[tuple[Ineligibility, str], list[str]] = {}
    for one in standings:
        reason = _in_the_way(one, needs, cost, closed)
        if reason is None:
            eligible.append(one)
        else:
            ineligible.setdefault(reason, []).append(one.agent_id)
    return Sorted(sorted(eligible, key=lambda one: (one.idle_since, one.agent_id)), ineligible)


def _in_the_way(
    one: Standing, needs: Sequence[str], cost: int, closed: frozenset[str]
) -> tuple[Ineligibility, str] | None:
    lacking = next((need for need in needs if not has(one.abilities, need)), None)
    if lacking is not None:
        return Ineligibility.LACKS, lacking
    shut = next((need for need in needs if not has(one.abilities - closed, need)), None)
    if shut is not None:
        return Ineligibility.CLOSED, shut
    if one.presence is not Presence.READY:
        return Ineligibility(one.presence.value), ""
    if one.load + cost > one.capacity:
        return Ineligibility.FULL, ""
    return (Ineligibility.REFUSED, "") if one.has_refused else None
