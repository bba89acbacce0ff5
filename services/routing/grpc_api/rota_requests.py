"""What the rota's callers send, read into the rules' values; whatever cannot be right is refused by field."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp
from hub120.routing.v1 import rota_pb2
from hub120.routing.v1 import rota_service_pb2 as pb

from chassis.calendars import FIRST_YEAR, LAST_YEAR
from chassis.grpc_host import Check
from services.routing.domain.rota import (
    DAY_S,
    DEFAULT_ZONE,
    OFF_DAY,
    WEEKDAYS,
    Group,
    Membership,
    Override,
    OverrideKind,
    Shift,
    Team,
    zone_of,
)
from services.routing.grpc_api import rota_protos

LONGEST_SPAN_DAYS = 62
_LONGEST_DAYS = {OverrideKind.ON: 1, OverrideKind.OFF: 400, OverrideKind.INSTEAD: LONGEST_SPAN_DAYS}
_MOST_WORDS = 50
_MOST_STAFF = 1000
_LONGEST_CYCLE = 366
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)|24:00")
_ON_HOLIDAYS = {number: kind for kind, number in rota_protos.ON_HOLIDAYS.items()}
_OVERRIDE_KINDS = {number: kind for kind, number in rota_protos.OVERRIDE_KINDS.items()}


class Form(Check):
    """A check that also gives what it has read; after a fault, something harmless."""

    def __init__(self, request: Message) -> None:
        super().__init__(request)
        self._sent = request

    def id(self, field: str, *, optional: bool = False) -> str:
        """The id of a team, shift or group."""
        value: str = self._value(field)
        good = bool(_ID.fullmatch(value)) or (optional and not value)
        self.that(good, field, 'is 1 to 40 of a-z, 0-9 and "-"')
        return value

    def agent(self, field: str, *, optional: bool = False) -> str:
        """The id of an agent."""
        self.length(field, 0 if optional else 1, 128)
        value: str = self._value(field)
        return value

    def text(self, field: str, shortest: int, longest: int) -> str:
        """A text of so many characters."""
        self.length(field, shortest, longest)
        value: str = self._value(field)
        return value

    def number(self, field: str, lowest: int, highest: int) -> int:
        """A whole number."""
        self.range(field, lowest, highest)
        return int(self._value(field))

    def words(self, field: str) -> tuple[str, ...]:
        """Skills or languages."""
        found = list(self._value(field))
        tidy = all(word and len(word) <= 40 and not any(letter.isspace() for letter in word) for word in found)
        self.length(field, 0, _MOST_WORDS).that(tidy, field, "are words of at most 40 letters without blanks")
        return tuple(sorted(set(found)))

    def day(self, field: str, default: date | None = None) -> date:
        """A day; ``default`` where none is given."""
        value = self._value(field)
        if not value and default is not None:
            return default
        try:
            found = date.fromisoformat(value) if _DAY.fullmatch(value) else None
        except ValueError:
            found = None
        good = found is not None and FIRST_YEAR <= found.year <= LAST_YEAR
        self.that(good, field, f"is a day written YYYY-MM-DD, of the years {FIRST_YEAR} to {LAST_YEAR}")
        return found or date(FIRST_YEAR, 1, 1)

    def clock(self, field: str) -> int:
        """A time of day, as minutes."""
        value = self._value(field)
        good = bool(_CLOCK.fullmatch(value))
        self.that(good, field, "is a time of day written HH:MM")
        return int(value[:2]) * 60 + int(value[3:]) if good else 0

    def zone(self, field: str) -> str:
        """A time zone."""
        value: str = self._value(field) or DEFAULT_ZONE
        try:
            zone_of(value)
        except (LookupError, ValueError, OSError):
            self.that(False, field, "is an IANA time zone")
            return DEFAULT_ZONE
        return value

    def moment(self, field: str) -> float:
        """A moment, in seconds since 1970."""
        self.required(field)
        sent: Timestamp = self._value(field)
        good = _first_moment() <= sent.seconds < _last_moment() and 0 <= sent.nanos < 10**9
        self.that(good, field, f"is in the years {FIRST_YEAR} to {LAST_YEAR}")
        return sent.seconds + sent.nanos // 1000 / 1e6 if good else 0.0

    def optional_moment(self, field: str) -> float | None:
        """A moment, or None where there is none."""
        return self.moment(field) if self._sent.HasField(field) else None

    def span(self, start: str, end: str, longest_days: int) -> tuple[float, float]:
        """From one moment until another."""
        found = self.moment(start), self.moment(end)
        good = 0 < found[1] - found[0] <= longest_days * DAY_S
        self.that(good, end, f"is after {start.rpartition('.')[2]}, by at most {longest_days} days")
        return found


def _first_moment() -> float:
    return datetime(FIRST_YEAR, 1, 8, tzinfo=zone_of(DEFAULT_ZONE)).timestamp()


def _last_moment() -> float:
    return datetime(LAST_YEAR, 12, 1, tzinfo=zone_of(DEFAULT_ZONE)).timestamp()


def team(request: pb.PutTeamRequest) -> Team:
    """A team."""
    form = Form(request).required("team")
    found = Team(
        id=form.id("team.id"),
        name_ko=form.text("team.name_ko", 1, 80),
        name_en=form.text("team.name_en", 0, 80),
        zone=form.zone("team.zone"),
        skills=form.words("team.skills"),
        languages=form.words("team.languages"),
        minimum=form.number("team.minimum_staffing", 0, _MOST_STAFF),
    )
    form.raise_if_any()
    return found


def shift(request: pb.PutShiftRequest) -> Shift:
    """A shift."""
    form = Form(request).required("shift").enum("shift.on_holidays")
    given = request.shift
    form.that(set(given.days) <= set(WEEKDAYS), "shift.days", f"are of {', '.join(WEEKDAYS)}")
    start = form.clock("shift.start")
    form.that(given.start != "24:00", "shift.start", "is before 24:00")
    form.that(given.id != OFF_DAY, "shift.id", f'is not "{OFF_DAY}", which cycles use for a day without a shift')
    values: dict[str, Any] = {
        "id": form.id("shift.id"),
        "team_id": form.id("shift.team_id"),
        "name_ko": form.text("shift.name_ko", 1, 80),
        "name_en": form.text("shift.name_en", 0, 80),
        "end_minute": form.clock("shift.end"),
        "from_day": form.day("shift.from_day", date.min),
        "until_day": form.day("shift.until_day", date.max),
        "minimum": form.number("shift.minimum_staffing", 0, _MOST_STAFF),
    }
    form.raise_if_any()
    on_holidays = _ON_HOLIDAYS[given.on_holidays]
    return Shift(start_minute=start, days=frozenset(given.days), on_holidays=on_holidays, **values)


def group(request: pb.PutGroupRequest) -> Group:
    """A group."""
    form = Form(request).required("group").length("group.cycle", 1, _LONGEST_CYCLE)
    cycle = tuple(request.group.cycle)
    good = all(_ID.fullmatch(one) for one in cycle)
    form.that(good, "group.cycle", f'are ids of shifts, or "{OFF_DAY}"')
    found = Group(form.id("group.id"), form.id("group.team_id"), cycle, form.day("group.cycle_start"))
    form.raise_if_any()
    return found


def membership(request: pb.PutMembershipRequest) -> Membership:
    """A membership."""
    form = Form(request).required("membership")
    found = Membership(
        form.agent("membership.agent_id"),
        form.id("membership.team_id"),
        form.day("membership.from_day"),
        form.day("membership.until_day", date.max),
        form.id("membership.group_id", optional=True),
    )
    form.that(found.from_day <= found.until_day, "membership.until_day", "is not before from_day").raise_if_any()
    return found


def override(request: pb.PutOverrideRequest) -> Override:
    """An override, without its reason."""
    form = Form(request).required("override", "override.id").uuid("override.id").enum("override.kind")
    given: rota_pb2.Override = request.override
    kind = _OVERRIDE_KINDS.get(given.kind, OverrideKind.OFF)
    start, end = form.span("override.start_time", "override.end_time", _LONGEST_DAYS[kind])
    form.length("override.reason", 0, 200)
    form.that(bool(given.team_id) or kind is not OverrideKind.ON, "override.team_id", "is required to put somebody on")
    instead = form.agent("override.instead_of", optional=kind is not OverrideKind.INSTEAD)
    form.that(instead != given.agent_id or not instead, "override.instead_of", "is another agent")
    form.that(not instead or kind is OverrideKind.INSTEAD, "override.instead_of", "belongs to the kind INSTEAD")
    found = Override(
        id=given.id.lower(),
        kind=kind,
        agent_id=form.agent("override.agent_id"),
        start=start,
        end=end,
        team_id=form.id("override.team_id", optional=True),
        instead_of=instead,
    )
    form.raise_if_any()
    return found
