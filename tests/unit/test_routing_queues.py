"""The rules of lines, notices, callbacks and surges."""

from __future__ import annotations

import pytest

from services.routing.domain.callbacks import next_try
from services.routing.domain.plans import HELD, kind, read
from services.routing.domain.queues import (
    PACE_WINDOW_S,
    SIGN_OF_LIFE_S,
    TELL_AGAIN_S,
    Pace,
    Standing,
    expected_wait,
    offers_callback,
    worth_telling,
)
from services.routing.domain.surges import SURGE_MOVES, Surge, SurgeState, weighted

NOW = 100_000.0


def test_the_wait_is_read_from_how_fast_the_line_went() -> None:
    pace = Pace(places=4, taken=9, since=NOW - PACE_WINDOW_S, handle_s=10.0)
    assert expected_wait(pace, 0, NOW) == 100.0
    assert expected_wait(pace, 4, NOW) == 500.0


def test_where_too_few_were_taken_the_wait_is_read_from_how_long_such_work_takes() -> None:
    assert expected_wait(Pace(places=4, taken=2, since=NOW - 5, handle_s=200.0), 3, NOW) == 200.0


def test_three_taken_at_once_promise_no_wonder() -> None:
    assert expected_wait(Pace(places=4, taken=3, since=NOW - 1, handle_s=None), 2, NOW) == 60.0


@pytest.mark.parametrize(
    "pace",
    [
        Pace(places=0, taken=500, since=NOW - PACE_WINDOW_S, handle_s=200.0),
        Pace(places=3, taken=0, since=None, handle_s=None),
    ],
    ids=["nobody is there", "nothing is known"],
)
def test_nobody_is_told_a_time_that_nobody_knows(pace: Pace) -> None:
    assert expected_wait(pace, 5, NOW) is None


@pytest.mark.parametrize(
    ("stands", "told", "ago", "worth"),
    [
        (Standing(9, None), 0, None, True),
        (Standing(1, 60.0), 9, TELL_AGAIN_S - 1, False),
        (Standing(6, 60.0), 9, TELL_AGAIN_S, True),
        (Standing(7, 60.0), 9, TELL_AGAIN_S, False),
        (Standing(9, 60.0), 9, SIGN_OF_LIFE_S, True),
        (Standing(9, None), 9, 36_000.0, False),
    ],
    ids=["never told", "told just now", "much nearer", "little nearer", "a sign of life", "all night"],
)
def test_citizens_are_told_when_it_matters(stands: Standing, told: int, ago: float | None, worth: bool) -> None:
    assert worth_telling(stands, told, None if ago is None else NOW - ago, NOW) is worth


def test_a_callback_is_offered_for_a_long_wait_and_for_one_nobody_knows() -> None:
    assert [offers_callback(wait_s) for wait_s in (10.0, 300.0, None)] == [False, True, True]


def test_a_callback_is_tried_a_number_of_times() -> None:
    assert [next_try(tries, 3, 900.0, NOW) for tries in (1, 2, 3)] == [NOW + 900, NOW + 900, None]


def test_what_is_held_is_of_a_kind_that_nobody_can_do_and_asks_for_the_same() -> None:
    held = kind(25, ["language:ko"], held=True)
    assert HELD in held.split()
    assert read("usual", "", held, NOW).now.needs == ("language:ko",)


def test_a_surge_begins_when_the_wait_was_too_long_for_a_while_and_ends_below_half() -> None:
    surge, told = Surge(), []
    for minute, wait_s in enumerate([100.0, 700.0, 500.0, 700.0, 800.0, 900.0, 400.0, None, 299.0]):
        state = surge.after(wait_s, minute * 60.0, limit_s=600.0, hold_s=120.0)
        if state is not surge.state:
            surge = surge.moved(state, minute * 60.0, f"surge-{minute}")
        told.append(surge.state.value)
    assert told == ["off", "rising", "off", "rising", "rising", "on", "on", "on", "off"]


def test_a_declared_surge_lasts_until_its_end_whatever_the_wait_is() -> None:
    surge = Surge("s", SurgeState.ON, 0.0, declared_by="sup", until=1000.0)
    assert surge.after(0.0, 999.0, 600.0, 120.0) is SurgeState.ON
    assert surge.after(9000.0, 1000.0, 600.0, 120.0) is SurgeState.OFF


@pytest.mark.parametrize("was", list(SurgeState))
def test_a_surge_moves_only_as_its_table_says(was: SurgeState) -> None:
    for state in SurgeState:
        if state in SURGE_MOVES[was]:
            assert Surge("s", was).moved(state, NOW, "t").state is state
        else:
            with pytest.raises(ValueError, match="cannot move"):
                Surge("s", was).moved(state, NOW, "t")


def test_the_wait_over_all_lines_counts_each_by_who_waits_in_it() -> None:
    assert weighted([(3, 100.0), (1, 500.0), (0, 9000.0)]) == 200.0
    assert weighted([(3, 100.0), (50, None)]) == 100.0
    assert weighted([(50, None)]) is None
    assert weighted([]) == 0.0
