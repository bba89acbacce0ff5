"""The rota's tables: what the plan says, what differs from it, and the desks of skills that keep hours.

Whoever writes what others may contradict holds the rota first (``hold``), so that two writers never make together what
neither would have made alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime

from chassis import calendars
from chassis.database import Tx
from chassis.locking import held
from chassis.statements import Row, Sql
from services.routing.domain.rota import (
    AROUND_S,
    Calendar,
    Group,
    Membership,
    OnHolidays,
    Override,
    OverrideKind,
    Part,
    Rota,
    Shift,
    Team,
)

_HOLD = held("SELECT id FROM rota_team ORDER BY id")
_PUT_TEAM = Sql("""
INSERT INTO rota_team (id, name_ko, name_en, zone, skills, languages, minimum)
VALUES (:id, :name_ko, :name_en, :zone, :skills, :languages, :minimum)
ON CONFLICT (id) DO UPDATE SET name_ko = excluded.name_ko, name_en = excluded.name_en, zone = excluded.zone,
    skills = excluded.skills, languages = excluded.languages, minimum = excluded.minimum
""")
_PUT_SHIFT = Sql("""
INSERT INTO rota_shift (id, team_id, name_ko, name_en, start_minute, end_minute, days, on_holidays, from_day, until_day,
    minimum)
VALUES (:id, :team_id, :name_ko, :name_en, :start_minute, :end_minute, :days, :on_holidays, :from_day, :until_day,
    :minimum)
ON CONFLICT (id) DO UPDATE SET team_id = excluded.team_id, name_ko = excluded.name_ko, name_en = excluded.name_en,
    start_minute = excluded.start_minute, end_minute = excluded.end_minute, days = excluded.days,
    on_holidays = excluded.on_holidays, from_day = excluded.from_day, until_day = excluded.until_day,
    minimum = excluded.minimum
""")
_PUT_GROUP = Sql("""
INSERT INTO rota_group (team_id, id, cycle, cycle_start) VALUES (:team_id, :id, :cycle, :cycle_start)
ON CONFLICT (team_id, id) DO UPDATE SET cycle = excluded.cycle, cycle_start = excluded.cycle_start
""")
_PUT_MEMBERSHIP = Sql("""
INSERT INTO rota_membership (agent_id, from_day, team_id, group_id, until_day)
VALUES (:agent_id, :from_day, :team_id, :group_id, :until_day)
ON CONFLICT (agent_id, from_day, team_id) DO UPDATE SET group_id = excluded.group_id, until_day = excluded.until_day
""")
_OTHER_MEMBERSHIPS = Sql("""
SELECT * FROM rota_membership WHERE agent_id = :agent_id AND from_day < :until_day AND :from_day < until_day
    AND from_day < until_day AND NOT (from_day = :from_day AND team_id = :team_id)
""")
_PUT_DAY = Sql("""
INSERT INTO rota_day (day, team_id, holiday, name) VALUES (:day, :team_id, :holiday, :name)
ON CONFLICT (day, team_id) DO UPDATE SET holiday = excluded.holiday, name = excluded.name
""")
_REMOVE_DAY = Sql("DELETE FROM rota_day WHERE day = :day AND team_id = :team_id")
_DAYS = Sql("SELECT * FROM rota_day WHERE day >= :first AND day <= :last ORDER BY day, team_id")
_PUT_OVERRIDE = Sql("""
INSERT INTO rota_override (id, kind, agent_id, instead_of, team_id, start_at, end_at, back_team_id, back_start_at,
    back_end_at, swap_id, reason, created_at)
VALUES (:id, :kind, :agent_id, :instead_of, :team_id, :start, :end, :back_team_id, :back_start, :back_end, :swap_id,
    :reason, :now)
ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, agent_id = excluded.agent_id, instead_of = excluded.instead_of,
    team_id = excluded.team_id, start_at = excluded.start_at, end_at = excluded.end_at, reason = excluded.reason
""")
_REMOVE_OVERRIDE = Sql("DELETE FROM rota_override WHERE id = :id")
_OVERRIDE = Sql("SELECT * FROM rota_override WHERE id = :id")
_OVERRIDES = Sql("""
SELECT * FROM rota_override WHERE (start_at < :end AND :begin < end_at)
    OR (back_start_at < :end AND :begin < back_end_at)
ORDER BY created_at, id LIMIT :limit
""")
_TEAMS = Sql("SELECT * FROM rota_team ORDER BY id")
_SHIFTS = Sql("SELECT * FROM rota_shift ORDER BY id")
_GROUPS = Sql("SELECT * FROM rota_group ORDER BY team_id, id")
_MEMBERSHIPS = Sql("""
SELECT * FROM rota_membership WHERE from_day <= :last AND :first < until_day ORDER BY agent_id, from_day, team_id
""")
_LIST_MEMBERSHIPS = Sql("""
SELECT * FROM rota_membership WHERE (:team_id = '' OR team_id = :team_id)
    AND (agent_id, from_day, team_id) > (:agent_id, :from_day, :after_team) ORDER BY agent_id, from_day, team_id
LIMIT :limit
""")
_ALL_OVERRIDES = 1_000_000
MOST_OVERRIDES_LISTED = 2000


def hold(tx: Tx) -> None:
    """Let nobody else write the rota until this transaction ends."""
    tx.execute(_HOLD[tx.dialect])


def put_team(tx: Tx, team: Team) -> None:
    """Create or change a team."""
    values = {"id": team.id, "name_ko": team.name_ko, "name_en": team.name_en, "zone": team.zone}
    more = {"skills": " ".join(team.skills), "languages": " ".join(team.languages), "minimum": team.minimum}
    tx.execute(_PUT_TEAM, {**values, **more})


def put_shift(tx: Tx, shift: Shift) -> None:
    """Create or change a shift."""
    values = {
        "id": shift.id,
        "team_id": shift.team_id,
        "name_ko": shift.name_ko,
        "name_en": shift.name_en,
        "start_minute": shift.start_minute,
        "end_minute": shift.end_minute,
        "days": " ".join(sorted(shift.days)),
        "on_holidays": shift.on_holidays.value,
        "from_day": shift.from_day.isoformat(),
        "until_day": shift.until_day.isoformat(),
        "minimum": shift.minimum,
    }
    tx.execute(_PUT_SHIFT, values)


def put_group(tx: Tx, group: Group) -> None:
    """Create or change a group."""
    values = {"team_id": group.team_id, "id": group.id, "cycle": " ".join(group.cycle)}
    tx.execute(_PUT_GROUP, {**values, "cycle_start": group.cycle_start.isoformat()})


def put_membership(tx: Tx, member: Membership) -> None:
    """Create or change a membership."""
    tx.execute(_PUT_MEMBERSHIP, _membership_values(member))


def other_memberships(tx: Tx, member: Membership) -> Sequence[Row]:
    """Memberships of the same agent on any of its days."""
    return tx.execute(_OTHER_MEMBERSHIPS, _membership_values(member)).all()


def _membership_values(member: Membership) -> dict[str, str]:
    days = {"from_day": member.from_day.isoformat(), "until_day": member.until_day.isoformat()}
    return {"agent_id": member.agent_id, "team_id": member.team_id, "group_id": member.group_id, **days}


def list_memberships(tx: Tx, team_id: str, after: tuple[str, str, str], limit: int) -> list[Membership]:
    """Memberships by agent, first day and team."""
    agent_id, from_day, after_team = after
    values = {"team_id": team_id, "agent_id": agent_id, "from_day": from_day, "after_team": after_team, "limit": limit}
    return [_membership(row) for row in tx.execute(_LIST_MEMBERSHIPS, values)]


def put_day(tx: Tx, day: date, team_id: str, name: str, *, holiday: bool) -> None:
    """Say whether a day is a holiday."""
    values = {"day": day.isoformat(), "team_id": team_id, "holiday": int(holiday), "name": name}
    tx.execute(_PUT_DAY, values)


def remove_day(tx: Tx, day: date, team_id: str) -> None:
    """Take back what was said of a day."""
    tx.execute(_REMOVE_DAY, {"day": day.isoformat(), "team_id": team_id})


def days(tx: Tx, first: date, last: date) -> Sequence[Row]:
    """What was said of days, both included."""
    return tx.execute(_DAYS, {"first": first.isoformat(), "last": last.isoformat()}).all()


def put_override(tx: Tx, override: Override, reason: str = "") -> None:
    """Create or change an override; what is changed keeps its place among the others."""
    back = override.back
    values = {
        "id": override.id,
        "kind": override.kind.value,
        "agent_id": override.agent_id,
        "instead_of": override.instead_of,
        "team_id": override.team_id,
        "start": override.start,
        "end": override.end,
        "back_team_id": back.team_id if back else "",
        "back_start": back.start if back else None,
        "back_end": back.end if back else None,
        "swap_id": override.swap_id,
        "reason": tx.sealed("rota_override", override.id, "reason", reason),
        "now": tx.now.timestamp(),
    }
    tx.execute(_PUT_OVERRIDE, values)


def remove_override(tx: Tx, override_id: str) -> None:
    """Take an override back."""
    tx.execute(_REMOVE_OVERRIDE, {"id": override_id})


def override(tx: Tx, override_id: str) -> Row | None:
    """An override by id."""
    return tx.execute(_OVERRIDE, {"id": override_id}).one_or_none()


def overrides(tx: Tx, begin: float, end: float, limit: int = _ALL_OVERRIDES) -> Sequence[Row]:
    """Overrides that touch a span, in the order in which they count."""
    return tx.execute(_OVERRIDES, {"begin": begin, "end": end, "limit": limit}).all()


def rota(tx: Tx, begin: float, end: float) -> Rota:
    """All that decides who is on duty in a span."""
    first, last = datetime.fromtimestamp(begin - 2 * AROUND_S, UTC), datetime.fromtimestamp(end + AROUND_S, UTC)
    members = tx.execute(_MEMBERSHIPS, {"first": first.date().isoformat(), "last": last.date().isoformat()})
    return Rota(
        teams=teams(tx),
        shifts=shifts(tx),
        groups=groups(tx),
        memberships=tuple(_membership(row) for row in members),
        overrides=tuple(_override(row) for row in overrides(tx, begin - AROUND_S, end + AROUND_S)),
        calendar=calendar(tx, first.date(), last.date()),
    )


def calendar(tx: Tx, first: date, last: date) -> Calendar:
    """Which days are holidays, from one to another."""
    own = {(row.team_id, date.fromisoformat(row.day)): bool(row.holiday) for row in days(tx, first, last)}
    return Calendar(calendars.of_years(first.year, last.year), own)


def teams(tx: Tx) -> tuple[Team, ...]:
    """All teams by id."""
    return tuple(
        Team(
            row.id, row.name_ko, row.name_en, row.zone, tuple(row.skills.split()), tuple(row.languages.split()),
            row.minimum,
        )
        for row in tx.execute(_TEAMS)
    )  # fmt: skip


def shifts(tx: Tx) -> tuple[Shift, ...]:
    """All shifts by id."""
    return tuple(
        Shift(
            row.id, row.team_id, row.name_ko, row.start_minute, row.end_minute, frozenset(row.days.split()),
            OnHolidays(row.on_holidays), row.name_en, date.fromisoformat(row.from_day),
            date.fromisoformat(row.until_day), row.minimum,
        )
        for row in tx.execute(_SHIFTS)
    )  # fmt: skip


def groups(tx: Tx) -> tuple[Group, ...]:
    """All groups by team and id."""
    return tuple(
        Group(row.id, row.team_id, tuple(row.cycle.split()), date.fromisoformat(row.cycle_start))
        for row in tx.execute(_GROUPS)
    )


def _membership(row: Row) -> Membership:
    from_day, until_day = date.fromisoformat(row.from_day), date.fromisoformat(row.until_day)
    return Membership(row.agent_id, row.team_id, from_day, until_day, row.group_id)


def _override(row: Row) -> Override:
    back = Part(row.back_team_id, row.back_start_at, row.back_end_at) if row.back_start_at is not None else None
    kind = OverrideKind(row.kind)
    return Override(
        row.id, kind, row.agent_id, row.start_at, row.end_at, row.team_id, row.instead_of, back, row.swap_id
    )


_CLOSED = Sql("SELECT name FROM closed_ability")
_CLOSE = Sql("INSERT INTO closed_ability (name) VALUES (:name) ON CONFLICT (name) DO NOTHING")
_OPEN = Sql("DELETE FROM closed_ability WHERE name = :name")


def closed_abilities(tx: Tx) -> set[str]:
    """What no agent is asked for now, because its desks are closed."""
    return set(tx.execute(_CLOSED).scalars())


def close_abilities(tx: Tx, names: Iterable[str]) -> None:
    """Add to them."""
    for name in sorted(names):
        tx.later(_CLOSE, {"name": name})


def open_abilities(tx: Tx, names: Iterable[str]) -> None:
    """Take from them."""
    for name in sorted(names):
        tx.later(_OPEN, {"name": name})
