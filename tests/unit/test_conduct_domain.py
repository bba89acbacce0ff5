"""Rules of conduct: the policy that ships with the hub, the order of steps, and the way of flagged work."""

from __future__ import annotations

import pytest

from services.routing.domain import plans
from services.routing.domain.conduct import BUILT_IN, ConductStep, is_allowed, loaded, stored
from services.routing.domain.plans import Plan, PlanStep, Requirement, StepState
from services.routing.domain.work import NewWork

WORK = NewWork("c1", "text", "ko", (), "web", 100.0, citizen_id="citizen")
PLANS = [Plan("p", 1, (PlanStep((Requirement("language:*", 3),), 20.0), PlanStep((Requirement("language:*"),))))]


def test_the_policy_that_ships_has_four_classes_with_seventeen_situations_and_never_becomes_milder() -> None:
    order = list(ConductStep)
    assert len(BUILT_IN.classes) == 4
    assert sum(len(one.situations) for one in BUILT_IN.classes.values()) == 17
    for one in BUILT_IN.classes.values():
        assert sorted(one.steps, key=order.index) == list(one.steps)
        assert one.steps[-1] is ConductStep.EVIDENCE


def test_a_policy_is_kept_as_it_was_written() -> None:
    assert loaded(0, stored(BUILT_IN)) == BUILT_IN


@pytest.mark.parametrize("step", ConductStep)
def test_a_step_allows_itself_and_every_milder_one(step: ConductStep) -> None:
    order = list(ConductStep)
    allowed = [one for one in order if is_allowed(one, step)]
    assert allowed == order[: order.index(step) + 1]
    assert step.ends == (step is not ConductStep.WARNING)


def test_the_team_is_needed_in_every_step_where_nobody_else_may_answer() -> None:
    made = plans.through_team(plans.course(PLANS, WORK), "calm", 0)
    assert [step.needs for step in made.steps] == [("language:ko/3", "skill:calm"), ("language:ko", "skill:calm")]
    assert made.now.state is StepState.ACTIVE


def test_the_team_comes_first_where_others_may_answer_later() -> None:
    made = plans.through_team(plans.course(PLANS, WORK), "calm", 60)
    assert [step.needs for step in made.steps] == [
        ("language:ko/3", "skill:calm"),
        ("language:ko/3",),
        ("language:ko",),
    ]
    assert made.until == 160.0
    later = made.relaxed(160.0)
    assert [step.state for step in later.steps] == [StepState.EXPIRED, StepState.ACTIVE, StepState.INACTIVE]
    assert plans.read("p", plans.written(later), "", 100.0) == later
