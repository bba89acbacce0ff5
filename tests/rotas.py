"""Rotas for tests: moments as Koreans write them, one rota that everybody can picture, and any rota at all."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from chassis import calendars
from services.routing.domain.rota import (
    WEEKDAYS,
    Calendar,
    Desk,
    Group,
    Membership,
    OnHolidays,
    Override,
    OverrideKind,
    Rota,
    Shift,
    Team,
)

SEOUL = ZoneInfo("Asia/Seoul")
WORKDAYS = frozenset({"MO", "TU", "WE", "TH", "FR"})
LONG_AGO = date(2020, 1, 1)
PUBLIC = calendars.of_years(2025, 2027)
SIGN_DESK = Desk(
    Team("sign", "수어상담", skills=("sign-language",)),
    (Shift("sign", "sign", "수어상담", 540, 1080, WORKDAYS, OnHolidays.OFF),),
    Calendar(PUBLIC, {}),
)


def at(local: str, zone: ZoneInfo = SEOUL) -> float:
    """A moment: ``2026-02-17 09:00`` by the clocks of a zone."""
    return datetime.fromisoformat(local).replace(tzinfo=zone).timestamp()


def three_shifts(*overrides: Override) -> Rota:
    """Kim and Choi by day, Lee in the evening, Park at night, every day; nobody rotates."""
    teams = (Team("day", "주간", minimum=2), Team("evening", "야간", minimum=1), Team("night", "심야", minimum=1))
    shifts = (
        Shift("day", "day", "주간", 540, 1080),
        Shift("evening", "evening", "야간", 1080, 1380),
        Shift("night", "night", "심야", 1380, 540),
    )
    people = (("choi", "day"), ("kim", "day"), ("lee", "evening"), ("park", "night"))
    members = tuple(Membership(agent_id, team_id, LONG_AGO) for agent_id, team_id in people)
    return Rota(teams, shifts, (), members, overrides, Calendar(PUBLIC, {}))


AGENTS = ("choi", "kim", "lee", "park")
TEAMS = ("a", "b")
START = datetime(2026, 3, 26, tzinfo=SEOUL).timestamp()
"""Three days before clocks go forward in Berlin."""
_FIRST = date(2026, 3, 20)
hours = st.integers(0, 12 * 24).map(lambda number: START - 3 * 86_400 + number * 3_600.0)


def _day(chance: Random) -> date:
    return _FIRST + timedelta(days=chance.randrange(20))


def _override(chance: Random, number: int) -> Override:
    kind = chance.choice(list(OverrideKind))
    agent_id, other = chance.sample(AGENTS, 2)
    start = START + chance.randrange(-72, 200) * 3_600.0
    end = start + chance.randint(1, 24 if kind is OverrideKind.ON else 100) * 3_600.0
    team = chance.choice(TEAMS if kind is OverrideKind.ON else ("", *TEAMS))
    return Override(f"o{number}", kind, agent_id, start, end, team, other if kind is OverrideKind.INSTEAD else "")


def _shift(chance: Random, number: int) -> Shift:
    start, end = chance.randrange(0, 1440, 30), chance.randrange(0, 1441, 30)
    days = frozenset(day for day in WEEKDAYS if chance.random() < 0.7)
    kind, minimum = chance.choice(list(OnHolidays)), chance.randint(0, 2)
    return Shift(f"s{number}", chance.choice(TEAMS), "근무", start, end, days, kind, minimum=minimum)


def _rota(seed: int) -> Rota:
    """Two teams, one of them where clocks change; shifts that may overlap; groups, holidays and overrides."""
    chance = Random(seed)
    shifts = tuple(_shift(chance, number) for number in range(chance.randint(1, 4)))
    steps = [*(shift.id for shift in shifts), "off"]
    cycles = {team: tuple(chance.choices(steps, k=chance.randint(1, 6))) for team in TEAMS}
    members = []
    for agent_id in AGENTS:
        team, until = chance.choice(TEAMS), chance.choice((date.max, date.max, _day(chance)))
        members.append(Membership(agent_id, team, _day(chance), until, chance.choice(("", team))))
    own = {(chance.choice(("", *TEAMS)), _day(chance)): chance.random() < 0.5 for _ in range(chance.randint(0, 4))}
    return Rota(
        (Team("a", "가", minimum=chance.randint(0, 3)), Team("b", "나", zone="Europe/Berlin", minimum=1)),
        shifts,
        tuple(Group(team, team, cycle, _day(chance)) for team, cycle in cycles.items()),
        tuple(members),
        tuple(_override(chance, number) for number in range(chance.randint(0, 4))),
        Calendar({_FIRST: "", date(2026, 3, 27): ""}, own),
    )


any_rota = st.integers(0, 2**32).map(_rota)
"""Made from one number, which is told when a test fails: drawn piece by piece it would take a hundred times as long."""
