"""Translation's rows and rules as the contract writes them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from hub120.intake.v1 import case_pb2
from hub120.translation.v1 import interpreting_pb2 as pb

from chassis.clock import moment
from chassis.statements import Row
from services.translation.domain import languages
from services.translation.domain.coverage import Answer, Asked, Hours, Provider, ProviderKind, Rule
from services.translation.domain.sessions import AttemptOutcome, SessionState
from services.translation.domain.volunteers import Volunteer
from services.translation.store import sessions

MEDIA = {"text": case_pb2.MEDIUM_TEXT, "voice": case_pb2.MEDIUM_VOICE, "video": case_pb2.MEDIUM_VIDEO}
MEDIUM_OF = {number: medium for medium, number in MEDIA.items()}
KINDS = {kind: getattr(pb, f"PROVIDER_KIND_{kind.name}") for kind in ProviderKind}
KIND_OF = {number: kind for kind, number in KINDS.items()}
STATES = {state: getattr(pb, f"SESSION_STATE_{state.name}") for state in SessionState}
OUTCOMES = {
    outcome: getattr(pb, f"ATTEMPT_OUTCOME_{outcome.name if outcome else 'UNSPECIFIED'}") for outcome in AttemptOutcome
}


def provider(one: Provider) -> pb.Provider:
    """One who may interpret."""
    timed = one.kind not in {ProviderKind.IN_HOUSE, ProviderKind.CALLBACK}
    answer_within = timedelta(seconds=one.answer_s) if timed else None
    return pb.Provider(kind=KINDS[one.kind], connector=one.connector, answer_within=answer_within)


def hours(one: Hours) -> pb.Hours:
    """When a rule counts."""
    days = [day for day in _WEEKDAYS if day in one.days]
    return pb.Hours(
        days=days, from_time=_clock(one.from_min), to_time=_clock(one.to_min), except_holidays=one.except_holidays
    )


_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def rule(one: Rule) -> pb.CoverageRule:
    """Who interprets what, in order."""
    return pb.CoverageRule(
        id=one.id,
        position=one.position,
        languages=one.languages,
        media=[MEDIA[medium] for medium in one.media],
        residence_statuses=one.residence_statuses,
        hours=map(hours, one.hours),
        providers=map(provider, one.providers),
    )


def coverage(asked: Asked, answer: Answer, changes_at: float | None) -> pb.Coverage:
    """The answer for one language, medium and moment."""
    return pb.Coverage(
        language=asked.language,
        medium=MEDIA[asked.medium],
        residence_status=asked.residence_status,
        providers=map(provider, answer.providers),
        rule_id=answer.rule_id,
        change_time=moment(changes_at),
    )


def language(code: str) -> pb.Language:
    """A language and its names."""
    names = languages.names(code)
    return pb.Language(code=code, name_ko=names.ko, name_en=names.en, name=names.own)


def volunteer(one: Volunteer, spoken: Sequence[str]) -> pb.Volunteer:
    """A volunteer, without the telephone."""
    return pb.Volunteer(
        id=one.id,
        languages=spoken,
        hours=map(hours, one.hours),
        sessions_a_day=one.sessions_a_day,
        minutes_a_day=one.minutes_a_day,
        resting=one.resting,
        sessions_today=one.sessions_today,
        minutes_today=one.minutes_today,
        ask_time=moment(one.asked_at),
    )


def term(row: Row) -> pb.Term:
    """A term of the glossary."""
    return pb.Term(
        korean=row.korean,
        language=row.language,
        translation=row.translation,
        note=row.note,
        version=row.version,
        changed_by=row.changed_by,
        change_time=moment(row.changed_at),
    )


def attempt(row: Row) -> pb.Attempt:
    """One provider asked in a session."""
    return pb.Attempt(
        number=row.number,
        provider=provider(Provider(ProviderKind(row.kind), row.connector, row.answer_s)),
        interpreter=row.interpreter,
        outcome=OUTCOMES[AttemptOutcome(row.outcome)],
        reason=row.reason,
        choose_time=moment(row.chosen_at),
        request_time=moment(row.requested_at),
        accept_time=moment(row.accepted_at),
        end_time=moment(row.ended_at),
    )


def session(row: Row, attempts: Sequence[Row]) -> pb.InterpreterSession:
    """A session as it stands."""
    return pb.InterpreterSession(
        id=row.id,
        case_id=row.case_id,
        work_item_id=row.work_item_id,
        agent_id=row.agent_id,
        language=row.language,
        medium=MEDIA[row.medium],
        residence_status=row.residence_status,
        state=STATES[SessionState(row.state)],
        attempts=map(attempt, attempts),
        next_providers=[] if row.ended_at else map(provider, sessions.read(row.providers)[row.position :]),
        machine=by_machine(attempts[-1] if attempts else None),
        request_time=moment(row.requested_at),
        connect_time=moment(row.connected_at),
        end_time=moment(row.ended_at),
        due_time=moment(row.due_at),
        sequence=row.sequence,
        traceparent=row.traceparent,
    )


def by_machine(last: Row | None) -> bool:
    """Whether it is a machine that translates in a session whose last attempt this is."""
    return last is not None and last.kind == ProviderKind.MACHINE and last.outcome == AttemptOutcome.ACCEPTED


def read_provider(given: pb.Provider) -> Provider:
    """One who may interpret, as a rule names them."""
    seconds = given.answer_within.seconds
    plain = Provider(KIND_OF[given.kind], given.connector)
    return Provider(plain.kind, plain.connector, seconds) if seconds else plain


def read_hours(given: pb.Hours) -> Hours:
    """When a rule counts; without times the whole day."""
    if not given.from_time:
        return Hours(frozenset(given.days), except_holidays=given.except_holidays)
    return Hours(frozenset(given.days), _minute(given.from_time), _minute(given.to_time), given.except_holidays)


def _minute(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def read_rule(given: pb.CoverageRule) -> Rule:
    """A rule as it was written."""
    return Rule(
        id=given.id,
        position=given.position,
        providers=tuple(map(read_provider, given.providers)),
        languages=tuple(given.languages),
        media=tuple(MEDIUM_OF[number] for number in given.media),
        residence_statuses=tuple(given.residence_statuses),
        hours=tuple(map(read_hours, given.hours)),
    )
