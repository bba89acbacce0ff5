"""The rota: supervisors write who works when and what differs from it; everybody asks who is on, now and next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from chassis import calendars
from chassis.database import Tx
from chassis.errors import NotFound, PreconditionFailed
from chassis.statements import Row
from services.routing.domain.agents import LEVELS, abilities
from services.routing.domain.duty import Duty, Gap, coming, expand, gaps, on_at
from services.routing.domain.rota import (
    DAY_S,
    OFF_DAY,
    Desk,
    Group,
    Membership,
    Override,
    OverrideKind,
    Rota,
    Shift,
    Team,
    desk_open,
)
from services.routing.domain.rota import closed_skills as closed
from services.routing.domain.swaps import Concern, around, concerns
from services.routing.store import agents
from services.routing.store import rota as store

NEXT_WITHIN_S = 31 * DAY_S
_SOON_S = 2 * DAY_S


@dataclass(frozen=True, slots=True)
class TeamDuty:
    """One team at one moment."""

    team_id: str
    open: bool
    on: Sequence[Duty]
    next: Sequence[Duty]


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day of the calendar, public or the centre's own."""

    day: date
    name_ko: str
    name_en: str
    observed: bool
    own: bool
    team_id: str = ""


def put_team(tx: Tx, team: Team) -> None:
    """Create or change a team."""
    store.put_team(tx, team)


def put_shift(tx: Tx, shift: Shift) -> None:
    """Create or change a shift of a team that there is."""
    _known_team(tx, shift.team_id)
    store.put_shift(tx, shift)


def put_group(tx: Tx, group: Group) -> None:
    """Create or change a group; its cycle may lead through the shifts of any team."""
    _known_team(tx, group.team_id)
    known = {shift.id for shift in store.shifts(tx)} | {OFF_DAY}
    for unknown in sorted(set(group.cycle) - known):
        raise NotFound("shift", unknown)
    store.put_group(tx, group)


def put_membership(tx: Tx, member: Membership) -> None:
    """Say that an agent belongs to a team. Nobody belongs to two on one day."""
    store.hold(tx)
    known_agent(tx, member.agent_id)
    _known_team(tx, member.team_id)
    if member.group_id and (member.team_id, member.group_id) not in {(one.team_id, one.id) for one in store.groups(tx)}:
        raise NotFound("group", member.group_id)
    others = store.other_memberships(tx, member) if member.from_day < member.until_day else ()
    for other in others:
        raise PreconditionFailed(
            "MEMBER_ELSEWHERE",
            f"agent {member.agent_id} is a member of {other.team_id} from {other.from_day}; end that first",
        )
    store.put_membership(tx, member)


def put_calendar_day(tx: Tx, day: date, team_id: str, name: str, *, holiday: bool) -> None:
    """Say that a day is a holiday, or none although the calendar has one."""
    if team_id:
        _known_team(tx, team_id)
    store.put_day(tx, day, team_id, name, holiday=holiday)


def list_holidays(tx: Tx, year: int) -> list[Holiday]:
    """The public holidays of a year and the centre's own days, by day."""
    own = store.days(tx, date(year, 1, 1), date(year, 12, 31))
    worked = {row.day for row in own if not row.holiday and not row.team_id}
    public = [
        Holiday(day, names.ko, names.en, day.isoformat() not in worked, own=False)
        for day, names in calendars.of_year(year).items()
    ]
    decided = [
        Holiday(date.fromisoformat(row.day), row.name, "", bool(row.holiday), own=True, team_id=row.team_id)
        for row in own
    ]
    return sorted([*public, *decided], key=lambda one: (one.day, one.own, one.team_id))


def put_override(tx: Tx, override: Override, reason: str) -> tuple[Row, str, list[Concern]]:
    """Differ from the plan; returns it with its reason and with what is unwise about it. Repeated, it writes the same
    row again."""
    store.hold(tx)
    known_agent(tx, override.agent_id)
    if override.kind is OverrideKind.INSTEAD:
        known_agent(tx, override.instead_of)
    if override.team_id:
        _known_team(tx, override.team_id)
    there = store.override(tx, override.id)
    if there is not None and there.swap_id:
        raise PreconditionFailed("MADE_BY_SWAP", f"override {override.id} was made by a swap; remove it instead")
    found = consider(tx, override)
    store.put_override(tx, override, reason)
    row = store.override(tx, override.id)
    return row, tx.opened("rota_override", row, "reason"), found


def consider(tx: Tx, override: Override) -> list[Concern]:
    """What would be unwise about an override. Being off never is."""
    if override.kind is OverrideKind.OFF:
        return []
    parts = [(override.start, override.end), *([(override.back.start, override.back.end)] if override.back else [])]
    span = around(min(start for start, _ in parts), max(end for _, end in parts))
    rota = store.rota(tx, *span)
    who = {override.agent_id, override.instead_of}
    before = [duty for duty in expand(rota, *span) if duty.agent_id in who]
    return concerns(before, [duty for duty in expand(rota.having(override), *span) if duty.agent_id in who])


def remove_override(tx: Tx, override_id: str) -> None:
    """Take an override back, with all that a swap did by it."""
    store.hold(tx)
    store.remove_override(tx, override_id)


def list_overrides(tx: Tx, begin: float, end: float) -> list[tuple[Row, str]]:
    """Overrides that touch a span, each with its reason."""
    rows = store.overrides(tx, begin, end, store.MOST_OVERRIDES_LISTED)
    return [(row, tx.opened("rota_override", row, "reason")) for row in rows]


def list_teams(tx: Tx) -> tuple[Sequence[Team], Sequence[Shift], Sequence[Group]]:
    """All teams with their shifts and groups."""
    return store.teams(tx), store.shifts(tx), store.groups(tx)


def who_is_on(tx: Tx, moment: float | None, team_id: str) -> tuple[float, list[TeamDuty]]:
    """Who is on duty at a moment, now if None, and who comes next, team by team."""
    at = tx.now.timestamp() if moment is None else moment
    rota = store.rota(tx, at, at + NEXT_WITHIN_S)
    desks = _desks(rota, team_id)
    duties = expand(rota, at, at + _SOON_S)
    if not {desk.team.id for desk in desks} <= {duty.team_id for duty in duties if duty.start > at}:
        duties = expand(rota, at, at + NEXT_WITHIN_S)
    return at, [_team_duty(desk, [duty for duty in duties if duty.team_id == desk.team.id], at) for desk in desks]


def _team_duty(desk: Desk, duties: Sequence[Duty], at: float) -> TeamDuty:
    return TeamDuty(desk.team.id, desk_open(desk, at), on_at(duties, at), coming(duties, at))


def _desks(rota: Rota, team_id: str) -> list[Desk]:
    if team_id and team_id not in rota.desks:
        raise NotFound("team", team_id)
    return [desk for desk in rota.desks.values() if team_id in ("", desk.team.id)]


def list_duty(tx: Tx, begin: float, end: float, team_id: str, agent_id: str) -> list[Duty]:
    """Who is on duty in a span."""
    duties = expand(store.rota(tx, begin, end), begin, end)
    return [duty for duty in duties if team_id in ("", duty.team_id) and agent_id in ("", duty.agent_id)]


def list_gaps(tx: Tx, begin: float, end: float, team_id: str) -> list[Gap]:
    """When fewer are on duty in a span than there should be."""
    return [gap for gap in gaps(store.rota(tx, begin, end), begin, end) if team_id in ("", gap.team_id)]


def close_desks(tx: Tx) -> bool:
    """Have matching leave out what needs a skill whose desks are all closed now; True if something changed. Done twice,
    the second time changes nothing."""
    wanted = closed_abilities_at(tx, tx.now.timestamp())
    known = store.closed_abilities(tx)
    store.close_abilities(tx, wanted - known)
    store.open_abilities(tx, known - wanted)
    return wanted != known


def closed_abilities_at(tx: Tx, moment: float) -> frozenset[str]:
    """What nobody is asked for at a moment, at any level."""
    return frozenset(abilities({}, dict.fromkeys(closed_skills(tx, moment), LEVELS[-1])))


def closed_skills(tx: Tx, moment: float) -> dict[str, float | None]:
    """Skills whose desks are all closed at a moment, and when the first of them opens."""
    teams = tuple(team for team in store.teams(tx) if team.skills)
    if not teams:
        return {}
    names = {team.id for team in teams}
    shifts = tuple(shift for shift in store.shifts(tx) if shift.team_id in names)
    year = datetime.fromtimestamp(moment, UTC).year
    calendar = store.calendar(tx, date(year - 1, 12, 31), date(year + 1, 12, 31))
    return closed(Rota(teams, shifts, (), (), (), calendar).desks.values(), moment)


def known_agent(tx: Tx, agent_id: str) -> None:
    """Raise ``NotFound`` unless there is such an agent."""
    if agents.agent(tx, agent_id) is None:
        raise NotFound("agent", agent_id)


def _known_team(tx: Tx, team_id: str) -> None:
    if team_id not in {team.id for team in store.teams(tx)}:
        raise NotFound("team", team_id)
