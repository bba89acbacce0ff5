"""What the wall's numbers mean, and where its charts' bars and points stand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hub120.routing.v1 import floor_service_pb2 as floor
from hub120.routing.v1 import wall_service_pb2 as pb
from hub120.routing.v1 import work_pb2 as work

from services.console.wall.charts import GUTTER, HIGH, WIDTH, Charts
from services.console.wall.measures import LONG_WAIT, Measure, Measures, direction, on_shift

GOALS = pb.WallGoals(service_level=0.8, first_contact_resolution=0.95, satisfaction=0.963)


def day(*counts: int, levels: tuple[float | None, ...] = ()) -> pb.Wall:
    """A wall whose hours have these counts and service levels."""
    wall = pb.Wall(goals=GOALS)
    for number, offered in enumerate(counts):
        hour = wall.hours.add(offered=offered, answered=offered // 2)
        if number < len(levels) and (level := levels[number]) is not None:
            hour.service_level = level
    return wall


@pytest.mark.parametrize(
    ("share", "missed"), [(0.9, True), (0.9624, True), (0.9626, False), (0.963, False), (1.0, False)]
)
def test_a_goal_is_missed_as_people_read_the_two_numbers(share: float, *, missed: bool) -> None:
    assert Measure(share, 0.963).missed is missed


def test_what_is_short_of_a_goal_is_told_in_points() -> None:
    assert Measure(0.931, 0.95).short == 1.9


def test_what_has_no_value_yet_misses_no_goal() -> None:
    assert not Measure(None, 0.8).missed
    assert Measures(pb.Wall(goals=GOALS)).level.share is None


def test_who_is_free_is_ready_without_work_and_who_is_paused_with_work_is_busy() -> None:
    wall = pb.Wall(goals=GOALS)
    for presence, agents, busy in (
        (work.PRESENCE_READY, 5, 3),
        (work.PRESENCE_PAUSED, 2, 1),
        (work.PRESENCE_OFFLINE, 9, 0),
    ):
        wall.agents.add(presence=presence, agents=agents, busy=busy)
    found = Measures(wall)
    assert (found.free, found.busy, found.paused) == (2, 4, 1)


@pytest.mark.parametrize("longer", [False, True])
def test_a_wait_is_long_once_it_is_over_its_bound(*, longer: bool) -> None:
    wall = pb.Wall(goals=GOALS)
    assert not Measures(wall).waits_long, "nobody waits"
    shift = timedelta(seconds=5 if longer else -5)
    wall.waiting.oldest_queue_time.FromDatetime(datetime.now(UTC) - LONG_WAIT - shift)
    assert Measures(wall).waits_long is longer


def test_teams_on_shift_stand_first_then_those_who_come_next() -> None:
    wall = pb.Wall(goals=GOALS)
    for team_id, is_open, comes in (("never", False, 0), ("late", False, 900), ("soon", False, 300), ("day", True, 0)):
        team = wall.teams.add(team_id=team_id, open=is_open)
        if comes:
            team.next_time.FromSeconds(comes)
    wall.teams[3].on_shift.add(presence=work.PRESENCE_READY, agents=4)
    wall.teams[3].on_shift.add(presence=work.PRESENCE_OFFLINE, agents=2)
    assert [team.team_id for team in Measures(wall).teams] == ["day", "soon", "late", "never"]
    assert on_shift(wall.teams[3]) == 4


@pytest.mark.parametrize(
    ("count", "usual", "trending", "way"),
    [(9, 1.0, True, "trending"), (9, 7.0, False, "more"), (8, 8.0, False, "same"), (5, 8.0, False, "less")],
)
def test_a_topic_has_a_direction(count: int, usual: float, way: str, *, trending: bool) -> None:
    assert direction(floor.TopicNow(count=count, usual=usual, trending=trending)) == way


def test_the_fullest_hour_is_as_high_as_the_chart_and_an_empty_one_has_no_bar() -> None:
    found = Charts(day(0, 10, 40))
    assert [bar.height for bar in found.arrived] == [HIGH / 4, HIGH]
    assert [bar.unfinished for bar in found.arrived] == [False, True], "the last hour has just begun"
    assert found.arrived[-1].x + found.arrived[-1].width <= WIDTH
    assert found.arrived[0].x > GUTTER


def test_the_line_breaks_where_an_hour_has_no_level_and_marks_what_is_below_the_goal() -> None:
    found = Charts(day(1, 1, 1, 1, levels=(0.9, 0.7, None, 0.8)))
    assert [[point.missed for point in run] for run in found.levels] == [[False, True], [False]]
    assert len(found.lines) == 2
    assert found.levels[1][0].y == found.goal_y


def test_a_day_without_anybody_is_drawn_without_bars() -> None:
    found = Charts(day(*[0] * 24))
    assert (list(found.arrived), found.lines, found.most) == ([], [], 0)
    assert len(found.ticks) == 4
