"""The wall: how the centre stands and how its day goes, for everybody in the room. These use cases read.

What changes with each event is read often, what is counted over hours on a slower beat; ``read_wall`` joins the two.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from chassis.database import Tx
from chassis.statements import Row
from services.routing.domain.floor import Clock, Group, Handled, Outcomes, Trend
from services.routing.domain.rota import Team
from services.routing.domain.staffing import HOUR_S
from services.routing.domain.surges import Surge
from services.routing.domain.wall import (
    HOURS,
    Present,
    added_up,
    by_presence,
    day_began,
    first_hour,
    most_telling,
)
from services.routing.store import floor as counts
from services.routing.store import rota as rotas
from services.routing.store import surges
from services.routing.store import wall as store
from services.routing.store.floor import Period
from services.routing.use_cases import floor, rota, surging
from services.routing.use_cases.floor import Performance
from services.routing.use_cases.rota import TeamDuty

_TOPIC_DAYS, _TOPIC_MINIMUM = 7, 5


@dataclass(frozen=True, slots=True)
class Figures:
    """What is counted over hours, and who is on shift."""

    at: float = field(compare=False)
    today: Performance
    last_hour: Performance
    channels: Sequence[Performance]
    hours: Sequence[Performance]
    topics: Sequence[Trend]
    expected_wait_s: float | None
    shifts: Sequence[tuple[Team, TeamDuty]]


@dataclass(frozen=True, slots=True)
class TeamNow:
    """A team of the rota, and who of it is there."""

    team: Team
    duty: TeamDuty
    on_shift: Sequence[Present]


@dataclass(frozen=True, slots=True)
class Wall:
    """The centre at one moment; two walls are the same if nothing but time lies between them."""

    at: float = field(compare=False)
    queues: Sequence[Row]
    agents: Sequence[Present]
    teams: Sequence[TeamNow]
    languages: Mapping[str, int]
    calls: Mapping[bool, Row]
    """That go on; drills under True."""
    surge: Surge
    figures: Figures


def read_wall(tx: Tx, figures: Figures) -> Wall:
    """How the centre stands now, beside figures that were counted before."""
    seats = store.seats(tx)
    of = {seat.agent_id: seat for seat in seats}
    teams = [
        TeamNow(team, duty, by_presence([of[one.agent_id] for one in duty.on if one.agent_id in of]))
        for team, duty in figures.shifts
    ]
    return Wall(
        at=tx.now.timestamp(),
        queues=store.queues(tx),
        agents=by_presence(seats),
        teams=teams,
        languages={language: row.agents for language, row in sorted(counts.speakers(tx).items())},
        calls=store.safety_calls(tx),
        surge=surges.read(tx),
        figures=figures,
    )


def count_figures(tx: Tx, clock: Clock) -> Figures:
    """How the day goes, hour by hour and by channel, and what is asked."""
    now = tx.now.timestamp()
    began, first = day_began(now), first_hour(now)
    parts = store.hours(tx, first, clock)
    today = [(channel, handled) for hour, channel, handled in parts if hour * HOUR_S >= began]
    lately = Period(now - HOUR_S, now)
    return Figures(
        at=now,
        today=_performance(tx, Period(began, now), added_up(handled for _, handled in today), clock),
        last_hour=_performance(tx, lately, counts.handled(tx, lately, Group.NONE, clock).get("", Handled()), clock),
        channels=[_part(channel, [one for name, one in today if name == channel]) for channel in sorted(dict(today))],
        hours=[_part(hour, [one for at, _, one in parts if at == hour]) for hour in range(first, first + HOURS)],
        topics=most_telling(floor.list_topics(tx, _TOPIC_DAYS, _TOPIC_MINIMUM)),
        expected_wait_s=surging.expected_wait(tx),
        shifts=_shifts(tx),
    )


def _performance(tx: Tx, period: Period, handled: Handled, clock: Clock) -> Performance:
    outcomes = counts.outcomes(tx, period, Group.NONE, clock).get("", Outcomes())
    return Performance("", handled, outcomes, None)


def _part(key: counts.Key, handled: Sequence[Handled]) -> Performance:
    return Performance(key, added_up(handled), Outcomes(), None)


def _shifts(tx: Tx) -> list[tuple[Team, TeamDuty]]:
    teams = {team.id: team for team in rotas.teams(tx)}
    _, found = rota.who_is_on(tx, None, "")
    return [(teams[duty.team_id], duty) for duty in found]
