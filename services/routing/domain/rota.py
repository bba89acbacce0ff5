"""What the rota is made of: teams, shifts, groups that rotate, holidays, overrides; and when a desk is open.

Moments are seconds since 1970 and spans hold their start and not their end. Standard library only; public holidays come
in as a mapping. Who is on duty comes of all this by ``duty``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import cached_property, lru_cache
from zoneinfo import ZoneInfo

DEFAULT_ZONE = "Asia/Seoul"
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
OFF_DAY = "off"
"""A day of a cycle without a shift."""
DAY_S = 86_400.0
LONGEST_DUTY_S = DAY_S + 3_600.0
"""A shift of 24 hours on the night when clocks go back."""
AROUND_S = 2 * LONGEST_DUTY_S
"""How far around a span an override can matter to what is on the rota in it."""
_OPENING_HORIZON_DAYS = 60


class OnHolidays(StrEnum):
    """What a shift does on a holiday."""

    WORK = "work"
    OFF = "off"
    ONLY = "only"


class OverrideKind(StrEnum):
    """How duty differs from the plan."""

    ON = "on"
    OFF = "off"
    INSTEAD = "instead"


@dataclass(frozen=True, slots=True)
class Team:
    """Agents who staff one desk."""

    id: str
    name_ko: str
    name_en: str = ""
    zone: str = DEFAULT_ZONE
    skills: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    minimum: int = 0


@dataclass(frozen=True, slots=True)
class Shift:
    """The same hours on certain days. An end at or before the start is on the next day."""

    id: str
    team_id: str
    name_ko: str
    start_minute: int
    end_minute: int
    days: frozenset[str] = frozenset(WEEKDAYS)
    on_holidays: OnHolidays = OnHolidays.WORK
    name_en: str = ""
    from_day: date = date.min
    until_day: date = date.max
    minimum: int = 0

    def runs_on(self, day: date, *, holiday: bool) -> bool:
        """Whether it starts on that day."""
        if not self.from_day <= day < self.until_day:
            return False
        if self.on_holidays is OnHolidays.ONLY:
            return holiday
        return WEEKDAYS[day.weekday()] in self.days and not (holiday and self.on_holidays is OnHolidays.OFF)

    def span(self, day: date, zone: str) -> tuple[float, float]:
        """From when until when it runs if it starts on that day, by the wall clocks of the zone."""
        later = self.end_minute + (0 if self.end_minute > self.start_minute else 24 * 60)
        return _moment(day, self.start_minute, zone), _moment(day, later, zone)


@dataclass(frozen=True, slots=True)
class Group:
    """Members of a team who rotate through a cycle of shifts together."""

    id: str
    team_id: str
    cycle: tuple[str, ...]
    cycle_start: date

    def shift_on(self, day: date) -> str:
        """The shift of that day, or ``off``."""
        return self.cycle[(day - self.cycle_start).days % len(self.cycle)]


@dataclass(frozen=True, slots=True)
class Membership:
    """An agent belongs to a team from one day until another, which is no longer of it."""

    agent_id: str
    team_id: str
    from_day: date
    until_day: date = date.max
    group_id: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One team's duty in a span."""

    team_id: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Override:
    """An exception from the plan. ``team_id`` may be empty for any team, but for ON."""

    id: str
    kind: OverrideKind
    agent_id: str
    start: float
    end: float
    team_id: str = ""
    instead_of: str = ""
    back: Part | None = None
    """With INSTEAD, of a swap: what the other does for the agent in return."""
    swap_id: str = ""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are holidays: the public ones, and what the centre decided for all teams ("") or for one."""

    public: Mapping[date, object]
    own: Mapping[tuple[str, date], bool]

    def is_holiday(self, team_id: str, day: date) -> bool:
        """Whether a team keeps that day as a holiday: its own word first, then the centre's, then the public one."""
        for whose in (team_id, ""):
            if (said := self.own.get((whose, day))) is not None:
                return said
        return day in self.public


@dataclass(frozen=True)
class Desk:
    """A team with its hours."""

    team: Team
    shifts: tuple[Shift, ...]
    calendar: Calendar

    def spans(self, day: date) -> Iterator[tuple[float, float, Shift]]:
        """The shifts that start on that day, and when."""
        holiday = self.calendar.is_holiday(self.team.id, day)
        for shift in self.shifts:
            if shift.runs_on(day, holiday=holiday):
                start, end = shift.span(day, self.team.zone)
                if start < end:  # a shift within the hour that clocks leap over does not take place
                    yield start, end, shift


@dataclass(frozen=True)
class Rota:
    """Everything that says who is on duty. Overrides stand in the order in which they count, the last one most."""

    teams: tuple[Team, ...]
    shifts: tuple[Shift, ...]
    groups: tuple[Group, ...]
    memberships: tuple[Membership, ...]
    overrides: tuple[Override, ...]
    calendar: Calendar

    @cached_property
    def desks(self) -> Mapping[str, Desk]:
        """Teams with their hours, by id."""
        own: dict[str, list[Shift]] = {team.id: [] for team in self.teams}
        for shift in self.shifts:
            own[shift.team_id].append(shift)
        return {team.id: Desk(team, tuple(own[team.id]), self.calendar) for team in self.teams}

    def having(self, *more: Override) -> Rota:
        """The same rota with more overrides; one that has the id of another is put in its place."""
        new = {one.id: one for one in more}
        kept = tuple(new.pop(one.id, one) for one in self.overrides)
        return replace(self, overrides=(*kept, *new.values()))


def desk_open(desk: Desk, moment: float) -> bool:
    """Whether a shift of the desk runs at that moment. A desk without shifts keeps no hours: it is always open."""
    today = local_day(moment, desk.team.zone)
    days = (today - timedelta(days=1), today)
    return not desk.shifts or any(start <= moment < end for day in days for start, end, _ in desk.spans(day))


def next_opening(desk: Desk, moment: float) -> float | None:
    """When the desk opens next, or now if it is open; None if it does not within two months."""
    if desk_open(desk, moment):
        return moment
    today = local_day(moment, desk.team.zone)
    for ahead in range(_OPENING_HORIZON_DAYS):
        starts = [start for start, _, _ in desk.spans(today + timedelta(days=ahead)) if start > moment]
        if starts:
            return min(starts)
    return None


def closed_skills(desks: Iterable[Desk], moment: float) -> dict[str, float | None]:
    """Skills that desks keep hours for and none serves at that moment, and when one will again (None: not within two
    months). A skill that no desk names is served at any hour."""
    found: dict[str, list[float | None]] = {}
    for desk in desks:
        opens = next_opening(desk, moment)
        for skill in desk.team.skills:
            found.setdefault(skill, []).append(opens)
    first = {skill: min((one for one in opens if one is not None), default=None) for skill, opens in found.items()}
    return {skill: opens for skill, opens in first.items() if opens != moment}


def days_between(first: date, last: date) -> Iterator[date]:
    """From one day to another, both included."""
    return (date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1))


@lru_cache(maxsize=64)
def zone_of(name: str) -> ZoneInfo:
    """A time zone by its IANA name. Raises ``ZoneInfoNotFoundError`` or ``ValueError``."""
    return ZoneInfo(name)


def local_day(moment: float, zone: str) -> date:
    """The day of a moment by the wall clocks of a zone."""
    return datetime.fromtimestamp(moment, UTC if zone == "UTC" else zone_of(zone)).date()


@lru_cache(maxsize=8192)
def _moment(day: date, minute: int, zone: str) -> float:
    """When the wall clocks of a zone show that minute of a day; minutes from 1440 on are of the next day."""
    return (datetime(day.year, day.month, day.day, tzinfo=zone_of(zone)) + timedelta(minutes=minute)).timestamp()
