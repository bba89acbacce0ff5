"""What is needed of an agent with whom somebody interprets."""

from __future__ import annotations

import pytest

from services.routing.domain.interpretation import (
    INTERPRETATION_MOVES,
    Interpretation,
    alternatives,
    foreign,
    has,
    interpreted,
)
from services.routing.domain.plans import Plan, PlanStep, Requirement, course, read, through_interpreter, written
from services.routing.domain.work import NewWork

ARABIC = NewWork("c1", "text", "ar", ("welfare",), "web", 100.0)


@pytest.mark.parametrize(
    ("needs", "without"),
    [
        (("language:ar",), ("language:ar|language:ko",)),
        (("language:ar/3", "skill:welfare"), ("language:ar/3|language:ko", "skill:welfare")),
        (("language:ko",), ("language:ko",)),
        (("language:ko/4", "skill:law"), ("language:ko/4", "skill:law")),
        (("language:ar", "language:ko/4"), ("language:ar|language:ko", "language:ko/4")),
        (("skill:welfare",), ("skill:welfare",)),
        ((), ()),
    ],
)
def test_who_has_an_interpreter_need_not_speak_the_citizens_language(
    needs: tuple[str, ...], without: tuple[str, ...]
) -> None:
    assert interpreted(needs) == without
    assert foreign(without) == []
    assert interpreted(without) == without


def test_either_language_is_enough_and_who_speaks_with_the_citizen_is_first() -> None:
    needs = interpreted(("language:ar/3", "skill:welfare"))
    assert alternatives(needs) == [("language:ar/3", "skill:welfare"), ("language:ko", "skill:welfare")]
    assert alternatives(("language:ko",)) == [("language:ko",)]
    assert alternatives(()) == [()]
    able = [one for one in ("language:ar/3", "language:ar", "language:ko") if has({one}, needs[0])]
    assert able == ["language:ar/3", "language:ko"]


def test_every_step_goes_on_without_the_language_and_its_time_is_kept() -> None:
    plan = Plan(
        "law",
        1,
        (
            PlanStep((Requirement("language:*", 3), Requirement("skill:law", 2)), 30.0),
            PlanStep((Requirement("language:*"),)),
        ),
    )
    before = course([plan], ARABIC)
    after = through_interpreter(before)
    assert [step.needs for step in after.steps] == [
        ("language:ar/3|language:ko", "skill:law/2", "skill:welfare"),
        ("language:ar|language:ko", "skill:welfare"),
    ]
    assert (after.plan, after.number, after.until) == (before.plan, before.number, before.until)
    assert read(after.plan, written(after), "25", 0.0) == after


def test_an_answer_is_given_once() -> None:
    answered = [one for one, moves in INTERPRETATION_MOVES.items() if not moves]
    assert set(answered) == set(Interpretation) - {Interpretation.ASKED}
