"""Who interprets what and when: rules, asked one after another, and when their answer changes.

The first rule that fits decides, and behind whoever it names stands always the callback: every language, medium and
moment has a named answer. Moments are seconds since 1970, hours are those of the wall clocks of the centre, and a span
holds its start and not its end. Public holidays come in as days.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Seoul")
MEDIA = ("text", "voice", "video")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
ANSWER_S = 30
"""How long a provider may take to answer where its rule says nothing."""
DAY_MIN = 1440
HORIZON_DAYS = 60
"""So far ahead a change of the answer is looked for: no row of holidays is longer."""


class ProviderKind(StrEnum):
    """Who may interpret."""

    IN_HOUSE = "in_house"
    PARTNER = "partner"
    VOLUNTEERS = "volunteers"
    MACHINE = "machine"
    CALLBACK = "callback"


WITH_CONNECTOR = frozenset({ProviderKind.PARTNER, ProviderKind.MACHINE})
_MEDIA_OF = {ProviderKind.MACHINE: {"text"}, ProviderKind.VOLUNTEERS: {"voice"}}
"""What some are good for; the others for everything."""


@dataclass(frozen=True, slots=True)
class Provider:
    """One who may interpret."""

    kind: ProviderKind
    connector: str = ""
    answer_s: int = ANSWER_S


CALLBACK = Provider(ProviderKind.CALLBACK)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The clocks of the centre, and its public holidays."""

    holidays: Container[date] = frozenset()
    zone: ZoneInfo = ZONE


@dataclass(frozen=True, slots=True)
class Hours:
    """A span that begins on certain days; without days on every day. An end at or before the start is on the next
    day."""

    days: frozenset[str] = frozenset()
    from_min: int = 0
    to_min: int = DAY_MIN
    except_holidays: bool = False

    def hold(self, at: float, calendar: Calendar) -> bool:
        """Whether a moment lies in a span that began on its day or on the day before."""
        here = datetime.fromtimestamp(at, calendar.zone)
        minute = here.hour * 60 + here.minute
        today, yesterday = here.date(), here.date() - timedelta(days=1)
        end = self.to_min if self.to_min > self.from_min else self.to_min + DAY_MIN
        if self.from_min <= minute < end and self._begin_on(today, calendar):
            return True
        return self.from_min <= minute + DAY_MIN < end and self._begin_on(yesterday, calendar)

    def _begin_on(self, day: date, calendar: Calendar) -> bool:
        if self.days and WEEKDAYS[day.weekday()] not in self.days:
            return False
        return not (self.except_holidays and day in calendar.holidays)

    def edges(self) -> set[int]:
        """The minutes of a day at which it may begin or end."""
        return {0, self.from_min % DAY_MIN, self.to_min % DAY_MIN}


@dataclass(frozen=True, slots=True)
class Rule:
    """Who interprets, where it fits. A criterion without values fits all."""

    id: str
    position: int
    providers: tuple[Provider, ...]
    languages: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    residence_statuses: tuple[str, ...] = ()
    hours: tuple[Hours, ...] = ()

    def fits(self, asked: Asked) -> bool:
        """Whatever the hour."""
        pairs = (
            (self.languages, asked.language),
            (self.media, asked.medium),
            (self.residence_statuses, asked.residence_status),
        )
        return all(not wanted or value in wanted for wanted, value in pairs)

    def holds(self, at: float, calendar: Calendar) -> bool:
        """At a moment."""
        return not self.hours or within(self.hours, at, calendar)


@dataclass(frozen=True, slots=True)
class Asked:
    """For what somebody is looked for."""

    language: str
    medium: str
    residence_status: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """Who interprets, one after another; the last is always the callback."""

    providers: tuple[Provider, ...]
    rule_id: str = ""


Abilities = Mapping[str, Collection[str]]
"""The connectors that are at work, each with the languages it knows; without one it is asked for all."""


def within(hours: Iterable[Hours], at: float, calendar: Calendar) -> bool:
    """Whether a moment lies in any of these."""
    return any(one.hold(at, calendar) for one in hours)


def in_order(rules: Iterable[Rule]) -> list[Rule]:
    """As they are asked."""
    return sorted(rules, key=lambda rule: (rule.position, rule.id))


def answer(rules: Sequence[Rule], asked: Asked, at: float, calendar: Calendar, abilities: Abilities) -> Answer:
    """Who interprets at a moment; ``rules`` are in order. Who cannot is left out."""
    for rule in rules:
        if rule.fits(asked) and rule.holds(at, calendar):
            able = (one for one in rule.providers if can(one, asked, abilities))
            return Answer((*able, CALLBACK), rule.id)
    return Answer((CALLBACK,))


def can(provider: Provider, asked: Asked, abilities: Abilities) -> bool:
    """Whether it is of any use to ask them. The callback stands behind all anyway."""
    if provider.kind is ProviderKind.CALLBACK or asked.medium not in _MEDIA_OF.get(provider.kind, MEDIA):
        return False
    if provider.kind not in WITH_CONNECTOR:
        return True
    known = abilities.get(provider.connector)
    return known is not None and (not known or asked.language in known)


def changes_at(
    rules: Sequence[Rule], asked: Asked, at: float, calendar: Calendar, abilities: Abilities
) -> float | None:
    """When the answer is another one, next; None if that is not to be foreseen."""
    edges = _edges(rules, asked)
    now = answer(rules, asked, at, calendar, abilities)
    today = datetime.fromtimestamp(at, calendar.zone).date()
    for ahead in range(HORIZON_DAYS if edges else 0):
        for minute in edges:
            moment = _moment(today + timedelta(days=ahead), minute, calendar)
            if moment > at and answer(rules, asked, moment, calendar, abilities) != now:
                return moment
    return None


def _edges(rules: Sequence[Rule], asked: Asked) -> list[int]:
    """The minutes of a day at which it may change; behind a rule that holds always nobody is asked."""
    edges: set[int] = set()
    for rule in rules:
        if rule.fits(asked):
            if not rule.hours:
                break
            edges |= {edge for one in rule.hours for edge in one.edges()}
    return sorted(edges)


def _moment(day: date, minute: int, calendar: Calendar) -> float:
    begins = datetime(day.year, day.month, day.day, tzinfo=calendar.zone)
    return (begins + timedelta(minutes=minute)).timestamp()


def languages(rules: Iterable[Rule]) -> list[str]:
    """Those that any rule names, by code."""
    return sorted({language for rule in rules for language in rule.languages})


def for_session(providers: Iterable[Provider]) -> tuple[Provider, ...]:
    """Who is asked in a session: not the agents of the centre, for routing has looked for them, and no callback, for it
    is what comes of a session in which nobody came."""
    nobody = {ProviderKind.IN_HOUSE, ProviderKind.CALLBACK}
    return tuple(one for one in providers if one.kind not in nobody)
