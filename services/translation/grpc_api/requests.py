"""What is asked of coverage, read where that takes more than a line: rules, hours, volunteers, terms."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from hub120.translation.v1 import interpreting_pb2 as pb

from chassis import phones
from chassis.grpc_host import Check
from chassis.settings import EMERGENCY_NUMBERS
from services.translation import protos
from services.translation.domain.coverage import WEEKDAYS, WITH_CONNECTOR, ProviderKind, Rule
from services.translation.domain.languages import is_language
from services.translation.domain.volunteers import MINUTES_A_DAY, SESSIONS_A_DAY, Volunteer
from services.translation.use_cases.helping import NewTerm

_RULE_ID = re.compile(r"[a-z0-9_-]{1,40}")
_VOLUNTEER_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_CONNECTOR = re.compile(r"[a-z][a-z0-9_]{0,63}")
_STATUS = re.compile(r"[a-z0-9_-]{1,40}")
_ACCOUNT = re.compile(r"[A-Za-z0-9._-]{1,64}")
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_MOST_LANGUAGES = 100
_MOST_HOURS = 14
_MOST_STATUSES = 20
_MOST_PROVIDERS = 8
_ANSWER_S = range(5, 301)


def language(check: Check, code: str, field: str) -> None:
    """A code of ISO 639."""
    check.that(is_language(code), field, "is no ISO 639 code")


def languages(check: Check, codes: Iterable[str], field: str) -> None:
    """Codes of ISO 639."""
    check.length(field, 0, _MOST_LANGUAGES)
    check.that(all(map(is_language, codes)), field, "holds what is no ISO 639 code")


def residence(check: Check, status: str, field: str) -> None:
    """A word of the centre's, or nothing."""
    plain = not status or _STATUS.fullmatch(status) is not None
    check.that(plain, field, "has at most 40 lower-case letters, digits, - and _")


def rule(request: Any) -> Rule:
    """A rule as it is written. Raises ``InvalidArgument``."""
    given: pb.CoverageRule = request.rule
    check = Check(request).required("rule").range("rule.position", 0, 1_000_000)
    named = _RULE_ID.fullmatch(given.id) is not None
    check.that(named, "rule.id", "has 1 to 40 lower-case letters, digits, - and _")
    languages(check, given.languages, "rule.languages")
    media = all(number in protos.MEDIUM_OF for number in given.media)
    check.that(media and len(given.media) <= len(protos.MEDIA), "rule.media", "holds text, voice or video")
    check.length("rule.residence_statuses", 0, _MOST_STATUSES)
    for status in given.residence_statuses:
        check.that(bool(status), "rule.residence_statuses", "holds an empty one")
        residence(check, status, "rule.residence_statuses")
    _hours(check, given.hours, "rule.hours")
    check.length("rule.providers", 1, _MOST_PROVIDERS)
    for provider in given.providers:
        _provider(check, provider)
    check.raise_if_any()
    return protos.read_rule(given)


def _provider(check: Check, given: pb.Provider) -> None:
    kind = protos.KIND_OF.get(given.kind)
    check.that(kind is not None, "rule.providers", "holds one of no kind")
    check.that(kind is not ProviderKind.CALLBACK, "rule.providers", "holds the callback, which stands behind all")
    if kind in WITH_CONNECTOR:
        named = _CONNECTOR.fullmatch(given.connector) is not None
        check.that(named, "rule.providers", "holds a partner or a machine without the id of its connector")
    else:
        check.that(not given.connector, "rule.providers", "holds a connector where there is none")
    in_time = not given.HasField("answer_within") or given.answer_within.seconds in _ANSWER_S
    check.that(in_time, "rule.providers", "may answer within 5 to 300 seconds")


def _hours(check: Check, given: Iterable[pb.Hours], field: str) -> None:
    check.length(field, 0, _MOST_HOURS)
    for one in given:
        check.that(set(one.days) <= set(WEEKDAYS), field, f"has days that are none of {', '.join(WEEKDAYS)}")
        whole = not one.from_time and not one.to_time
        clocks = _CLOCK.fullmatch(one.from_time) and (_CLOCK.fullmatch(one.to_time) or one.to_time == "24:00")
        check.that(whole or bool(clocks), field, "has times that are not HH:MM")
        check.that(whole or one.from_time != one.to_time, field, "has a span that ends when it begins")


def volunteer(request: Any) -> tuple[Volunteer, list[str], str]:
    """A volunteer as they are written, the languages they speak, and their telephone. Raises ``InvalidArgument``."""
    given: pb.Volunteer = request.volunteer
    check = Check(request).required("volunteer")
    check.that(_VOLUNTEER_ID.fullmatch(given.id) is not None, "volunteer.id", "has 1 to 64 letters, digits, - and _")
    check.length("volunteer.languages", 1, _MOST_LANGUAGES)
    languages(check, given.languages, "volunteer.languages")
    _hours(check, given.hours, "volunteer.hours")
    check.range("volunteer.sessions_a_day", 0, 50).range("volunteer.minutes_a_day", 0, 24 * 60)
    telephone = _telephone(check, given.telephone)
    check.raise_if_any()
    one = Volunteer(
        id=given.id,
        hours=tuple(map(protos.read_hours, given.hours)),
        sessions_a_day=given.sessions_a_day or SESSIONS_A_DAY,
        minutes_a_day=given.minutes_a_day or MINUTES_A_DAY,
        resting=given.resting,
    )
    return one, sorted(set(given.languages)), telephone


def _telephone(check: Check, given: str) -> str:
    """An account of the exchange as it is, a number as E.164; nobody is reached by an emergency number."""
    number = phones.e164(given) if given and not re.search("[A-Za-z]", given) else None
    plain = not given or number is not None or _ACCOUNT.fullmatch(given) is not None
    harmless = given not in EMERGENCY_NUMBERS
    check.that(plain and harmless, "volunteer.telephone", "is an account of the exchange or a number in E.164")
    return number or given


def term(request: Any) -> NewTerm:
    """A term as it is written. Raises ``InvalidArgument``."""
    given: pb.Term = request.term
    check = Check(request).required("term").length("term.korean", 1, 100).length("term.translation", 1, 200)
    check.length("term.note", 0, 500).range("term.version", 0, 2**31 - 1)
    language(check, given.language, "term.language")
    check.that(given.korean == given.korean.strip(), "term.korean", "has spaces around it")
    check.raise_if_any()
    return NewTerm(given.korean, given.language, given.translation, given.note, given.version)
