"""Surges: when far more citizens turn to the centre than it can answer.

A surge begins when the expected wait has been too long for a while, and ends when it is below half of that; or a
supervisor declares one until some time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

LONGEST_DECLARED_S = 7 * 86_400.0
"""For how long a supervisor may declare a surge at once."""


MOST_NAMED = 3
"""Places that a banner names."""


class SurgeState(StrEnum):
    """Whether there is a surge."""

    OFF = "off"
    RISING = "rising"
    ON = "on"


SURGE_MOVES: Mapping[SurgeState, frozenset[SurgeState]] = {
    SurgeState.OFF: frozenset({SurgeState.RISING, SurgeState.ON}),
    SurgeState.RISING: frozenset({SurgeState.OFF, SurgeState.ON}),
    SurgeState.ON: frozenset({SurgeState.OFF}),
}


@dataclass(frozen=True, slots=True)
class Surge:
    """The one that goes on, or was the last."""

    id: str = ""
    state: SurgeState = SurgeState.OFF
    since: float = 0.0
    """In its state."""
    declared_by: str = ""
    reason: str = ""
    until: float | None = None
    texts: Mapping[str, str] = field(default_factory=dict)

    @property
    def active(self) -> bool:
        """It goes on."""
        return self.state is SurgeState.ON

    def after(self, wait_s: float | None, now: float, limit_s: float, hold_s: float) -> SurgeState:
        """Where it stands with this wait; None where nobody can say how long it is."""
        if self.active and self.declared_by:
            return SurgeState.OFF if self.until is not None and self.until <= now else SurgeState.ON
        if self.active:
            return SurgeState.OFF if wait_s is not None and wait_s < limit_s / 2 else SurgeState.ON
        if wait_s is None or wait_s < limit_s:
            return SurgeState.OFF
        return SurgeState.ON if self.state is SurgeState.RISING and now - self.since >= hold_s else SurgeState.RISING

    def moved(self, state: SurgeState, now: float, surge_id: str) -> Surge:
        """In another state from now on; a surge that begins is a new one."""
        if state not in SURGE_MOVES[self.state]:
            raise ValueError(f"a surge cannot move from {self.state} to {state}")
        if state is SurgeState.ON:
            return Surge(surge_id, state, now)
        return replace(self, state=state, since=now)


def banner(places: Sequence[str]) -> Mapping[str, str]:
    """What citizens are told, by language, while there is a surge after a notice to the public in these places; empty
    where no place is named: they are told that there is a surge."""
    if not places:
        return {}
    several = len(places) > MOST_NAMED
    named = ", ".join(places[:MOST_NAMED])
    korean, english = f"{named}{' 등' if several else ''}", f"{named}{' and others' if several else ''}"
    return {
        "ko": f"{korean} 재난 안내로 문의가 매우 많아 답변이 늦어지고 있습니다. 생명이 위급하면 119로 전화해 주세요.",
        "en": f"After a disaster notice for {english} very many people are contacting us, and answers take long. "
        "If a life is in danger, call 119.",
    }


def weighted(lines: Iterable[tuple[int, float | None]]) -> float | None:
    """The wait over all lines, each told by how many wait and how long: a line counts as much as wait in it. None if
    something waits and nobody can say for any of it how long."""
    every = [(waiting, wait_s) for waiting, wait_s in lines if waiting]
    known = [(waiting, wait_s) for waiting, wait_s in every if wait_s is not None]
    if not known:
        return None if every else 0.0
    return sum(waiting * wait_s for waiting, wait_s in known) / sum(waiting for waiting, _ in known)
