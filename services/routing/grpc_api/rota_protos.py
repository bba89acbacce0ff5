"""The rota's rows and values as the contract writes them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from hub120.routing.v1 import rota_pb2, rota_service_pb2

from chassis.clock import moment
from chassis.statements import Row
from services.routing.domain.duty import Duty, Gap
from services.routing.domain.rota import WEEKDAYS, Group, Membership, OnHolidays, OverrideKind, Shift, Team
from services.routing.domain.swaps import Concern, ConcernKind, SwapState
from services.routing.use_cases.rota import Holiday, TeamDuty
from services.routing.use_cases.swaps import Told

ON_HOLIDAYS = {kind: getattr(rota_pb2, f"ON_HOLIDAYS_{kind.name}") for kind in OnHolidays}
OVERRIDE_KINDS = {kind: getattr(rota_pb2, f"OVERRIDE_KIND_{kind.name}") for kind in OverrideKind}
SWAP_STATES = {state: getattr(rota_pb2, f"SWAP_STATE_{state.name}") for state in SwapState}
CONCERNS = {kind: getattr(rota_pb2, f"CONCERN_KIND_{kind.name}") for kind in ConcernKind}


def _day(day: date) -> str:
    """A day; empty for always."""
    return "" if day in (date.min, date.max) else day.isoformat()


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def team(found: Team, shifts: Iterable[Shift], groups: Iterable[Group]) -> rota_pb2.Team:
    """A team with what of these shifts and groups is its own."""
    return rota_pb2.Team(
        id=found.id,
        name_ko=found.name_ko,
        name_en=found.name_en,
        zone=found.zone,
        skills=found.skills,
        languages=found.languages,
        minimum_staffing=found.minimum,
        shifts=[shift(one) for one in shifts if one.team_id == found.id],
        groups=[group(one) for one in groups if one.team_id == found.id],
    )


def shift(found: Shift) -> rota_pb2.Shift:
    """A shift."""
    return rota_pb2.Shift(
        id=found.id,
        team_id=found.team_id,
        name_ko=found.name_ko,
        name_en=found.name_en,
        start=_clock(found.start_minute),
        end=_clock(found.end_minute),
        days=[day for day in WEEKDAYS if day in found.days],
        on_holidays=ON_HOLIDAYS[found.on_holidays],
        from_day=_day(found.from_day),
        until_day=_day(found.until_day),
        minimum_staffing=found.minimum,
    )


def group(found: Group) -> rota_pb2.Group:
    """A group."""
    start = found.cycle_start.isoformat()
    return rota_pb2.Group(id=found.id, team_id=found.team_id, cycle=found.cycle, cycle_start=start)


def membership(found: Membership) -> rota_pb2.Membership:
    """A membership."""
    return rota_pb2.Membership(
        agent_id=found.agent_id,
        team_id=found.team_id,
        group_id=found.group_id,
        from_day=found.from_day.isoformat(),
        until_day=_day(found.until_day),
    )


def override(row: Row, reason: str) -> rota_pb2.Override:
    """An override; one that a swap made is told by the duty that was given."""
    return rota_pb2.Override(
        id=row.id,
        kind=OVERRIDE_KINDS[OverrideKind(row.kind)],
        agent_id=row.agent_id,
        team_id=row.team_id,
        start_time=moment(row.start_at),
        end_time=moment(row.end_at),
        instead_of=row.instead_of,
        reason=reason,
        swap_id=row.swap_id,
    )


def duty(found: Duty) -> rota_pb2.Duty:
    """One agent on duty."""
    return rota_pb2.Duty(
        agent_id=found.agent_id,
        team_id=found.team_id,
        shift_id=found.shift_id,
        start_time=moment(found.start),
        end_time=moment(found.end),
        override_id=found.override_id,
    )


def team_duty(found: TeamDuty) -> rota_service_pb2.TeamDuty:
    """One team at one moment."""
    on, coming = [duty(one) for one in found.on], [duty(one) for one in found.next]
    return rota_service_pb2.TeamDuty(team_id=found.team_id, open=found.open, on=on, next=coming)


def gap(found: Gap) -> rota_pb2.Gap:
    """Somebody missing."""
    return rota_pb2.Gap(
        team_id=found.team_id,
        start_time=moment(found.start),
        end_time=moment(found.end),
        on_duty=found.on_duty,
        minimum_staffing=found.minimum,
    )


def holiday(found: Holiday) -> rota_pb2.Holiday:
    """A day of the calendar."""
    return rota_pb2.Holiday(
        day=found.day.isoformat(),
        name_ko=found.name_ko,
        name_en=found.name_en,
        observed=found.observed,
        own=found.own,
        team_id=found.team_id,
    )


def concerns(found: Sequence[Concern]) -> list[rota_pb2.Concern]:
    """What is unwise about a change."""
    return [
        rota_pb2.Concern(
            kind=CONCERNS[one.kind], agent_id=one.agent_id, start_time=moment(one.start), end_time=moment(one.end)
        )
        for one in found
    ]


def swap(found: Told) -> rota_pb2.Swap:
    """A swap."""
    row = found.row
    told = rota_pb2.Swap(
        id=row.id,
        agent_id=row.agent_id,
        to_agent_id=row.to_agent_id,
        give=_part(row, "give", row.agent_id),
        state=SWAP_STATES[SwapState(row.state)],
        reason=found.reason,
        request_time=moment(row.requested_at),
        change_time=moment(row.changed_at),
        expire_time=moment(row.expires_at),
        changed_by=row.changed_by,
    )
    if row.take_start_at is not None:
        told.take.CopyFrom(_part(row, "take", row.to_agent_id))
    return told


def _part(row: Row, which: str, agent_id: str) -> rota_pb2.Duty:
    """A duty of a swap as it was when the swap was asked for."""
    return rota_pb2.Duty(
        agent_id=agent_id,
        team_id=getattr(row, f"{which}_team_id"),
        shift_id=getattr(row, f"{which}_shift_id"),
        start_time=moment(getattr(row, f"{which}_start_at")),
        end_time=moment(getattr(row, f"{which}_end_at")),
    )
