"""Plans: what work needs, and how that is relaxed while it waits.

The first plan that fits decides. A plan has steps as Amazon Connect's routing criteria have them: each asks for
abilities, and when nobody was found in its time the next one counts. The place in the order is never lost with that.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from typing import Any

from services.routing.domain.agents import LEVELS, ability
from services.routing.domain.interpretation import interpreted
from services.routing.domain.work import DEFAULT_LANGUAGE, NewWork

USUAL = "usual"
"""The plan of work that no other plan fits: the citizen's language and the skills the work names, for as long as it
takes."""
CITIZENS_LANGUAGE = "*"
"""In a requirement: the language of the work."""
MOST_STEPS = 8
HELD = "held:callback"
"""A need that nobody has: it marks the kind of work that is not to be offered yet."""


class StepState(StrEnum):
    """Where a step stands; the names are Amazon Connect's."""

    INACTIVE = "inactive"
    ACTIVE = "active"
    EXPIRED = "expired"
    JOINED = "joined"


STEP_MOVES: Mapping[StepState, frozenset[StepState]] = {
    StepState.INACTIVE: frozenset({StepState.ACTIVE}),
    StepState.ACTIVE: frozenset({StepState.EXPIRED, StepState.JOINED}),
    StepState.EXPIRED: frozenset(),
    StepState.JOINED: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Requirement:
    """A language or a skill, at least at a level."""

    name: str
    """With its prefix: ``language:en``, ``skill:welfare``; ``language:*`` is the citizen's."""
    level: int = LEVELS.start


@dataclass(frozen=True, slots=True)
class PlanStep:
    """What is asked for, and how long before the next step counts; the last step waits for ever."""

    needs: tuple[Requirement, ...]
    wait_s: float = 0.0
    preferred: tuple[Requirement, ...] = ()
    """Who has these too is chosen before others; nobody is waited for because of them."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Which work it is for and the steps of it. Empty criteria fit everything."""

    id: str
    position: int
    steps: tuple[PlanStep, ...]
    media: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()

    def fits(self, work: NewWork) -> bool:
        """Whether this plan is for that work."""
        wanted = (
            (self.media, work.medium),
            (self.languages, work.language or DEFAULT_LANGUAGE),
            (self.topics, work.topic),
            (self.classes, work.priority_class.value),
            (self.channels, work.channel),
        )
        return all(not those or one in those for those, one in wanted)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of one work item, kept with it."""

    needs: tuple[str, ...]
    wait_s: float
    preferred: tuple[str, ...] = ()
    state: StepState = StepState.INACTIVE
    began_at: float | None = None
    ended_at: float | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """The steps of a work item, and where it stands in them."""

    plan: str
    steps: tuple[Step, ...] = field(default=())

    @property
    def number(self) -> int:
        """Of the step that counts now, from 0."""
        going = (StepState.ACTIVE, StepState.JOINED)
        return next(place for place, step in enumerate(self.steps) if step.state in going)

    @property
    def now(self) -> Step:
        """The step that counts."""
        return self.steps[self.number]

    @property
    def until(self) -> float | None:
        """When the next step counts; None if this is the last."""
        step = self.now
        if self.number + 1 == len(self.steps) or step.began_at is None:
            return None
        return step.began_at + step.wait_s

    def relaxed(self, now: float) -> Course:
        """After the step that counts has expired."""
        number = self.number
        steps = list(self.steps)
        steps[number] = replace(steps[number], state=StepState.EXPIRED, ended_at=now)
        steps[number + 1] = replace(steps[number + 1], state=StepState.ACTIVE, began_at=now)
        return replace(self, steps=tuple(steps))

    def joined(self, assigned_at: float | None) -> Course:
        """As it is shown of work that an agent took then; None: nobody has."""
        if assigned_at is None:
            return self
        steps = list(self.steps)
        steps[self.number] = replace(self.now, state=StepState.JOINED, ended_at=assigned_at)
        return replace(self, steps=tuple(steps))


def course(plans: Iterable[Plan], work: NewWork) -> Course:
    """How this work begins, by the first plan that fits."""
    plan = next((one for one in plans if one.fits(work)), None)
    steps = plan.steps if plan else (PlanStep((Requirement(f"language:{CITIZENS_LANGUAGE}"),)),)
    own = tuple(Requirement(f"skill:{skill}") for skill in work.skills)
    made = [
        Step(_words((*step.needs, *own), work.language), step.wait_s, _words(step.preferred, work.language))
        for step in steps
    ]
    made[0] = replace(made[0], state=StepState.ACTIVE, began_at=work.queued_at)
    return Course(plan.id if plan else USUAL, tuple(made))


def through_team(of: Course, skill: str, wait_s: float) -> Course:
    """The same course for work that a team answers: its skill is needed in every step, or, with a time to wait, in a
    step before all others."""
    need = f"skill:{skill}"
    if not wait_s:
        return replace(of, steps=tuple(replace(step, needs=_with(step.needs, need)) for step in of.steps))
    first = replace(of.steps[0], needs=_with(of.steps[0].needs, need), wait_s=wait_s)
    others = (replace(of.steps[0], state=StepState.INACTIVE, began_at=None), *of.steps[1:])
    return replace(of, steps=(first, *others))


def through_interpreter(of: Course) -> Course:
    """The same course for work with which somebody interprets: each step needs the citizen's language or the
    centre's own."""
    return replace(of, steps=tuple(replace(step, needs=interpreted(step.needs)) for step in of.steps))


def _with(needs: Sequence[str], need: str) -> tuple[str, ...]:
    return tuple(sorted({*needs, need}))


def _words(requirements: Sequence[Requirement], language: str) -> tuple[str, ...]:
    spoken = f"language:{language or DEFAULT_LANGUAGE}"
    return tuple(
        sorted(
            {
                ability(spoken if one.name == f"language:{CITIZENS_LANGUAGE}" else one.name, one.level)
                for one in requirements
            }
        )
    )


def kind(cost: int, needs: Iterable[str], *, held: bool = False) -> str:
    """Work of one kind waits in one line: what it takes of an agent's capacity, then what the agent must have."""
    return " ".join([str(cost), *needs, *([HELD] if held else [])])


@lru_cache(maxsize=1024)
def kind_parts(of: str) -> tuple[int, tuple[str, ...]]:
    """Cost and needs of a kind."""
    cost, *needs = of.split(" ")
    return int(cost), tuple(needs)


def written(of: Course) -> str:
    """A course as its column keeps it; empty for the usual one step, which its work tells by itself."""
    if len(of.steps) == 1 and not of.steps[0].preferred:
        return ""
    return json.dumps(
        [
            [step.needs, step.wait_s, step.preferred, step.state.value, step.began_at, step.ended_at]
            for step in of.steps
        ],
        separators=(",", ":"),
    )


def read(plan: str, column: str, kind_now: str, queued_at: float) -> Course:
    """What ``written`` wrote, with the work's kind and queue time for the usual one step."""
    if not column:
        _, needs = kind_parts(kind_now)
        asked_for = tuple(need for need in needs if need != HELD)
        return Course(plan, (Step(asked_for, 0.0, (), StepState.ACTIVE, queued_at),))
    return Course(plan, tuple(_step(*fields) for fields in json.loads(column)))


def _step(
    needs: list[str],
    wait_s: float,
    preferred: list[str],
    state: str,
    began_at: float | None,
    ended_at: float | None,
) -> Step:
    return Step(tuple(needs), wait_s, tuple(preferred), StepState(state), began_at, ended_at)


def stored(plan: Plan) -> dict[str, Any]:
    """A plan as its row keeps it."""
    criteria = {name: sorted(getattr(plan, name)) for name in ("media", "languages", "topics", "classes", "channels")}
    steps = [[_pairs(step.needs), step.wait_s, _pairs(step.preferred)] for step in plan.steps]
    return {"id": plan.id, "position": plan.position, "criteria": json.dumps(criteria), "steps": json.dumps(steps)}


def loaded(plan_id: str, position: int, criteria: str, steps: str) -> Plan:
    """What ``stored`` stored."""
    fitting = {name: frozenset(those) for name, those in json.loads(criteria).items()}
    made = [
        PlanStep(tuple(Requirement(*one) for one in needs), wait_s, tuple(Requirement(*one) for one in preferred))
        for needs, wait_s, preferred in json.loads(steps)
    ]
    return Plan(plan_id, position, tuple(made), **fitting)


def _pairs(requirements: Iterable[Requirement]) -> list[list[Any]]:
    return [[one.name, one.level] for one in requirements]
