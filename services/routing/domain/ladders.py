"""Whom to call: departments and emergency services, the ladders on which they stand, and the lines of this centre."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

RING_S = 30
"""How long it rings where nobody said."""
ROUNDS = 2
"""How often a single target is called."""


LANGUAGE = "ko"
"""Of what is said to whoever is called on a ladder."""
_DRILL = "이것은 훈련입니다."
_EMERGENCY = "공공 상담 센터의 긴급 연결입니다. 상담사와 시민이 기다리고 있습니다."
_TAKE_OVER = "이 건을 인계받으시려면 {key} 눌러 주십시오."
_KEYS = {"*": "별표를", "#": "우물 정자를"}


class Emergency(StrEnum):
    """A service that everybody may call, by its number."""

    FIRE = "119"
    POLICE = "112"
    SUICIDE_PREVENTION = "109"


@dataclass(frozen=True, slots=True)
class Target:
    """Who must know: a department by its connector, or an emergency service; one of the two."""

    department: str = ""
    emergency: Emergency | None = None

    def __str__(self) -> str:
        """As it is kept."""
        return self.emergency.value if self.emergency else self.department


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung of a ladder."""

    target: Target
    ring_s: int = RING_S


@dataclass(frozen=True, slots=True)
class Ladder:
    """Whom to call one after another, and how often from the beginning."""

    id: str
    rungs: tuple[Rung, ...]
    rounds: int = ROUNDS

    @property
    def steps(self) -> int:
        """How many calls it is in all."""
        return len(self.rungs) * self.rounds

    def rung(self, step: int) -> Rung:
        """The rung of a step, from 0."""
        return self.rungs[step % len(self.rungs)]


@dataclass(frozen=True, slots=True)
class Lines:
    """Whom this centre calls, and how."""

    emergency: Mapping[str, str]
    """The number that is dialled for each emergency service, by its own number."""
    drill: str = ""
    """What is dialled in a drill in place of everybody on the ladder."""
    supervisor: str = ""
    agent: str = "{agent}"
    """The exchange's name of an agent's telephone."""
    exchange: str = ""
    """The connector that calls citizens who did not call."""
    connects: bool = False
    """The hub brings agents and citizens who call together; else the exchange does."""
    key: str = ""
    """What whoever is called on a ladder, or at an agency, presses to take over; empty: no key does."""

    def number(self, target: Target, *, drill: bool) -> str | None:
        """What is dialled; empty for a department, whose connector knows; None where nobody may be called."""
        if drill:
            return self.drill or None
        return self.emergency.get(target.emergency.value) or None if target.emergency else ""

    def announcement(self, *, drill: bool) -> str:
        """What is said to whoever answers on a ladder, before the others hear them; empty: nothing. Whoever joins hears
        at once that it is a drill."""
        emergency = f"{_EMERGENCY} {self.take_over}" if self.key else ""
        return " ".join(said for said in (_DRILL if drill else "", emergency) if said)

    @property
    def take_over(self) -> str:
        """How whoever is called takes over; empty where no key does."""
        return _TAKE_OVER.format(key=_KEYS.get(self.key, f"{self.key}번을")) if self.key else ""


NO_LINES = Lines({})
"""Nobody is called."""
