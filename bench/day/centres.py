"""Contact centres as data: who comes when and with what, who works when, and how people behave.

Volumes, channels and teams follow what the centres of Gyeonggi and of Seoul (Dasan) have published; curves, handling
times and patience are usual for such centres and assumed here. Change them to ask about a centre of your own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from services.routing.domain.plans import Plan, PlanStep, Requirement
from services.routing.domain.work import PriorityClass

FULL = 100
"""Everybody's capacity: one call, or four conversations in writing."""


@dataclass(frozen=True, slots=True)
class Team:
    """People who work at the same hours; who works through midnight has an end above 24."""

    name: str
    agents: int
    begins_h: float
    ends_h: float


@dataclass(frozen=True, slots=True)
class Handling:
    """How long work takes: both lognormal, with these means."""

    talk_s: float
    wrap_up_s: float


@dataclass(frozen=True, slots=True)
class Habits:
    """How people behave."""

    patience_s: float = 150.0
    """Mean of how long a caller waits before hanging up, exponential."""
    redials: float = 0.35
    """The share of those who hung up that calls again."""
    redial_s: float = 180.0
    writes_on: float = 0.12
    """The share of those who write that writes once more."""
    follows_up: float = 0.05
    """The share of messages that are about an earlier case."""
    answer_s: float = 3.0
    """How long an agent takes to answer an offer, on average."""
    declines: float = 0.01
    leaves: float = 0.003
    """How often an agent who is asked has left the seat without a word."""
    away_s: float = 150.0


@dataclass(frozen=True, slots=True)
class Centre:
    """A centre and its day. Shares are weights and need not add up to one."""

    name: str
    contacts: int
    teams: tuple[Team, ...]
    hours: tuple[float, ...]
    """Weights of the 24 hours."""
    media: Mapping[str, float]
    languages: Mapping[str, float]
    topics: Mapping[str, float]
    classes: Mapping[PriorityClass, float]
    speakers: Mapping[str, float]
    """The share of agents who speak a language beside Korean."""
    skilled: Mapping[str, float]
    """The share of agents with a skill."""
    handling: Mapping[str, Handling]
    plans: tuple[Plan, ...]
    signs_h: tuple[float, float] = (9.0, 18.0)
    """When the sign-language desk is open; only then do citizens call it."""
    offer_s: float = 20.0
    habits: Habits = field(default_factory=Habits)

    @property
    def agents(self) -> int:
        """Everybody."""
        return sum(team.agents for team in self.teams)


def smaller(centre: Centre, contacts: int, *agents: int) -> Centre:
    """The same centre with fewer contacts and smaller teams."""
    teams = tuple(replace(team, agents=some) for team, some in zip(centre.teams, agents, strict=True))
    return replace(centre, contacts=contacts, teams=teams)


_LANGUAGE, _KOREAN = "language:*", (Requirement("language:ko"),)
_PLANS = (
    Plan(
        "crisis",
        0,
        (PlanStep((Requirement(_LANGUAGE),), 15.0, (Requirement("skill:crisis"),)), PlanStep(_KOREAN)),
        media=frozenset({"voice", "text"}),
        classes=frozenset({PriorityClass.LIFE_SAFETY.value}),
    ),
    Plan("sign-language", 1, (PlanStep((Requirement("skill:sign"),)),), media=frozenset({"video"})),
    Plan(
        "welfare",
        2,
        (
            PlanStep((Requirement(_LANGUAGE, 3), Requirement("skill:welfare", 3)), 20.0),
            PlanStep((Requirement(_LANGUAGE),), 40.0, (Requirement("skill:welfare"),)),
            PlanStep(_KOREAN),
        ),
        topics=frozenset({"welfare"}),
    ),
    Plan(
        "foreign",
        3,
        (
            PlanStep((Requirement(_LANGUAGE, 3),), 30.0),
            PlanStep((Requirement(_LANGUAGE),), 30.0),
            PlanStep(_KOREAN),  # with an interpreter on the line
        ),
        languages=frozenset({"en", "zh", "vi", "th", "ru"}),
    ),
)
_HOURS = (
    0.8, 0.5, 0.4, 0.3, 0.3, 0.5, 1.0, 2.4, 5.4, 9.6, 10.4, 8.8, 6.2, 8.8, 9.2, 8.6, 7.8, 6.4, 3.8, 2.8, 2.2, 1.8, 1.2,
    0.8,
)  # fmt: skip
_CLASSES = {
    PriorityClass.NORMAL: 0.94,
    PriorityClass.BULK: 0.035,
    PriorityClass.SAFETY: 0.022,
    PriorityClass.LIFE_SAFETY: 0.003,
}
_TOPICS = {"transport": 0.30, "housing": 0.15, "tax": 0.15, "environment": 0.20, "welfare": 0.12, "other": 0.08}
_LANGUAGES = {"ko": 0.955, "en": 0.014, "zh": 0.014, "vi": 0.009, "th": 0.004, "ru": 0.004}
_SPEAKERS = {"en": 0.20, "zh": 0.12, "vi": 0.10, "th": 0.06, "ru": 0.06}
_SKILLED = {"welfare": 0.30, "crisis": 0.15, "sign": 0.08}

GYEONGGI = Centre(
    name="gyeonggi",
    contacts=3_000,
    teams=(Team("day", 46, 8, 18), Team("evening", 10, 18, 23), Team("night", 6, 23, 32)),
    hours=_HOURS,
    media={"voice": 0.72, "text": 0.275, "video": 0.005},
    languages=_LANGUAGES,
    topics=_TOPICS,
    classes=_CLASSES,
    speakers=_SPEAKERS,
    skilled=_SKILLED,
    handling={"voice": Handling(230, 50), "text": Handling(480, 30), "video": Handling(420, 60)},
    plans=_PLANS,
)
DASAN = Centre(
    name="dasan",
    contacts=20_000,
    teams=(Team("day", 280, 8, 18), Team("evening", 80, 17.5, 24), Team("night", 40, 23, 32.5)),
    hours=_HOURS,
    media={"voice": 0.76, "text": 0.235, "video": 0.005},
    languages=_LANGUAGES,
    topics=_TOPICS,
    classes=_CLASSES,
    speakers=_SPEAKERS,
    skilled=_SKILLED,
    handling={"voice": Handling(210, 40), "text": Handling(450, 30), "video": Handling(420, 60)},
    plans=_PLANS,
)
CENTRES: Mapping[str, Centre] = {centre.name: centre for centre in (GYEONGGI, DASAN)}
