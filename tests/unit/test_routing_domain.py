"""Rules of routing: states of work and offers, and what an agent must have to take work."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.routing.domain import plans
from services.routing.domain.agents import LEVELS, Presence, abilities, read, written
from services.routing.domain.explaining import Ineligibility, Standing, sort_out
from services.routing.domain.offers import OFFER_MOVES, OfferState
from services.routing.domain.plans import STEP_MOVES, Plan, PlanStep, Requirement, StepState, course, kind, kind_parts
from services.routing.domain.transfers import TRANSFER_MOVES, TransferState
from services.routing.domain.work import HEAD_START_S, WORK_MOVES, NewWork, PriorityClass, WorkState, rank

words = st.text(alphabet="abcdefgh-", min_size=1, max_size=5)
levels = st.dictionaries(words, st.sampled_from(list(LEVELS)), max_size=5)


def test_every_state_has_its_row_of_moves_and_none_moves_to_itself() -> None:
    assert set(WORK_MOVES) == set(WorkState)
    assert set(OFFER_MOVES) == set(OfferState)
    assert set(STEP_MOVES) == set(StepState)
    assert set(TRANSFER_MOVES) == set(TransferState)
    tables = (WORK_MOVES, OFFER_MOVES, STEP_MOVES, TRANSFER_MOVES)
    assert not any(state in moves for table in tables for state, moves in table.items())


def test_an_offer_ends_once() -> None:
    assert OFFER_MOVES[OfferState.PENDING] == set(OfferState) - {OfferState.PENDING}
    assert all(not moves for state, moves in OFFER_MOVES.items() if state is not OfferState.PENDING)


@pytest.mark.parametrize(
    ("state", "moves"),
    [
        (WorkState.QUEUED, {WorkState.OFFERED, WorkState.ABANDONED, WorkState.CANCELLED}),
        (WorkState.OFFERED, {WorkState.QUEUED, WorkState.ASSIGNED, WorkState.ABANDONED, WorkState.CANCELLED}),
        (WorkState.ASSIGNED, {WorkState.QUEUED, WorkState.WRAPPING, WorkState.DONE, WorkState.CANCELLED}),
        (WorkState.WRAPPING, {WorkState.DONE, WorkState.CANCELLED}),
        (WorkState.DONE, set()),
        (WorkState.ABANDONED, set()),
        (WorkState.CANCELLED, set()),
    ],
)
def test_work_moves_as_the_glossary_says(state: WorkState, moves: set[WorkState]) -> None:
    assert WORK_MOVES[state] == moves


def test_work_that_an_agent_has_begun_is_never_offered_to_another() -> None:
    assert WorkState.OFFERED not in WORK_MOVES[WorkState.ASSIGNED] | WORK_MOVES[WorkState.WRAPPING]
    assert WorkState.QUEUED not in WORK_MOVES[WorkState.WRAPPING]


def new(language: str = "ko", skills: tuple[str, ...] = (), **more: Any) -> NewWork:
    return NewWork("c1", "text", language, skills, "web", 100.0, **more)


def test_work_without_a_known_language_is_korean() -> None:
    assert course((), new("")).now.needs == ("language:ko",)


@given(levels, levels, words, st.sampled_from(list(LEVELS)), words, st.sampled_from(list(LEVELS)))
def test_an_agent_can_take_work_exactly_if_every_language_and_skill_is_theirs_at_the_level(
    spoken: dict[str, int], learnt: dict[str, int], language: str, fluency: int, skill: str, grade: int
) -> None:
    plan = Plan("p", 0, (PlanStep((Requirement("language:*", fluency), Requirement(f"skill:{skill}", grade))),))
    needs = course([plan], new(language)).now.needs
    able = set(needs) <= set(abilities(spoken, learnt))
    assert able == (spoken.get(language, 0) >= fluency and learnt.get(skill, 0) >= grade)


@given(levels)
def test_levels_are_read_as_they_were_written(of: dict[str, int]) -> None:
    assert read(written(of)) == of


@given(st.integers(1, 1000), st.lists(words))
def test_a_kind_tells_cost_and_needs(cost: int, needs: list[str]) -> None:
    assert kind_parts(kind(cost, needs)) == (cost, tuple(needs))


RELAXING = Plan(
    "welfare",
    1,
    (
        PlanStep((Requirement("language:*", 4),), 20.0),
        PlanStep((Requirement("language:*", 2),), 40.0, (Requirement("skill:welfare"),)),
        PlanStep((Requirement("language:ko"),)),
    ),
    topics=frozenset({"welfare"}),
)


def test_the_first_plan_that_fits_decides_and_its_steps_relax_in_turn() -> None:
    others = [Plan("voice", 0, RELAXING.steps, media=frozenset({"voice"})), RELAXING, Plan("all", 2, RELAXING.steps)]
    began = course(others, new("vi", topic="welfare"))
    assert (began.plan, began.now.needs, began.until) == ("welfare", ("language:vi/4",), 120.0)
    second = began.relaxed(121.0)
    assert (second.now.needs, second.now.preferred, second.until) == (("language:vi/2",), ("skill:welfare",), 161.0)
    last = second.relaxed(161.0)
    assert (last.number, last.now.needs, last.until) == (2, ("language:ko",), None)
    assert [step.state for step in last.joined(200.0).steps] == ["expired", "expired", "joined"]
    assert last.joined(None) == last, "a citizen who left before anybody came has joined nobody"
    assert plans.read(last.plan, plans.written(last), "25 x", 0.0) == last


def test_the_usual_one_step_is_told_by_the_work_alone() -> None:
    usual = course((), new("en", ("welfare",)))
    assert plans.written(usual) == ""
    assert plans.read(usual.plan, "", kind(25, usual.now.needs), 100.0) == usual


def test_a_plan_is_loaded_as_it_was_stored() -> None:
    row = plans.stored(RELAXING)
    assert plans.loaded(row["id"], row["position"], row["criteria"], row["steps"]) == RELAXING


@given(st.floats(0, 1e9), st.sampled_from(PriorityClass))
def test_nothing_starves_because_everything_grows_old_alike(queued_at: float, waiting: PriorityClass) -> None:
    patience = max(HEAD_START_S.values(), key=lambda start: start if start < 1e9 else 0) - HEAD_START_S[waiting]
    for later in PriorityClass:
        if later is not PriorityClass.LIFE_SAFETY:
            assert rank(waiting, queued_at) <= rank(later, queued_at + patience) + 1e-3


def test_life_safety_goes_before_all() -> None:
    assert rank(PriorityClass.LIFE_SAFETY, 2e9) < rank(PriorityClass.SAFETY, 1.7e9)


def standing(name: str, **more: Any) -> Standing:
    usual: dict[str, Any] = {
        "presence": Presence.READY,
        "load": 0,
        "capacity": 100,
        "abilities": frozenset({"language:ko"}),
        "has_refused": False,
        "idle_since": 0.0,
    }
    return Standing(name, **(usual | more))


def test_agents_are_sorted_out_with_the_first_thing_in_the_way() -> None:
    found = sort_out(
        [
            standing("late", idle_since=9.0),
            standing("early", idle_since=1.0),
            standing("foreign", abilities=frozenset({"language:en"}), presence=Presence.OFFLINE),
            standing("home", presence=Presence.OFFLINE),
            standing("break", presence=Presence.PAUSED),
            standing("full", load=76),
            standing("unwilling", has_refused=True),
        ],
        ["language:ko"],
        25,
    )
    assert [one.agent_id for one in found.eligible] == ["early", "late"]
    assert found.ineligible == {
        (Ineligibility.LACKS, "language:ko"): ["foreign"],
        (Ineligibility.OFFLINE, ""): ["home"],
        (Ineligibility.PAUSED, ""): ["break"],
        (Ineligibility.FULL, ""): ["full"],
        (Ineligibility.REFUSED, ""): ["unwilling"],
    }
