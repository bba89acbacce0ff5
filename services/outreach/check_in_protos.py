"""People, rounds and check-ins as the contract writes them."""

from __future__ import annotations

from collections.abc import Sequence

from hub120.intake.v1 import case_pb2
from hub120.outreach.v1 import check_in_pb2 as pb
from hub120.referral.v1 import referral_pb2
from hub120.routing.v1 import events_pb2 as routing

from chassis.clock import moment
from chassis.statements import Row
from services.outreach.domain.calling_times import HolidayRule
from services.outreach.domain.check_ins import CallResult, CheckInState, Outcome
from services.outreach.domain.sheets import AnswerType, Question, Sheet
from services.outreach.domain.signs import SignClass, SignState
from services.outreach.store import people, rounds
from services.outreach.store.rounds import Figures
from services.outreach.use_cases.people import Opened

STATES = {state: getattr(pb, f"CHECK_IN_STATE_{state.name}") for state in CheckInState}
OUTCOMES = {one: getattr(pb, f"CHECK_IN_OUTCOME_{one.name if one else 'UNSPECIFIED'}") for one in Outcome}
OUTCOME_OF = {number: one for one, number in OUTCOMES.items() if one}
RULES = {rule: getattr(pb, f"HOLIDAY_RULE_{rule.name}") for rule in HolidayRule}
RULE_OF = {number: rule for rule, number in RULES.items()}
TYPES = {one: getattr(pb, f"ANSWER_TYPE_{one.name}") for one in AnswerType}
TYPE_OF = {number: one for one, number in TYPES.items()}
HOW_OF = {pb.CONSENT_HOW_SPOKEN: "spoken", pb.CONSENT_HOW_WRITTEN: "written", pb.CONSENT_HOW_GUARDIAN: "guardian"}
_CLASSES = {one: getattr(pb, f"SIGN_CLASS_{one.name}") for one in SignClass}
_SIGN_STATES = {one: getattr(pb, f"SIGN_STATE_{one.name}") for one in SignState}
RESULT_OF = {getattr(routing, f"CALL_OUT_RESULT_{one.name}"): one for one in CallResult}


def referral_state(number: referral_pb2.ReferralState) -> str:
    """Where a referral stands, in a word."""
    return referral_pb2.ReferralState.Name(number).removeprefix("REFERRAL_STATE_").lower()


def handover_state(number: case_pb2.HandoverState) -> str:
    """How far a department is, in intake's word."""
    return case_pb2.HandoverState.Name(number).removeprefix("HANDOVER_STATE_").lower()


def person(row: Row, opened: Opened | None = None) -> pb.Person:
    """Somebody; with what names them where that was opened."""
    told = pb.Person(
        id=row.id,
        language=row.language,
        district=row.district,
        bond_ids=row.bonds.split(),
        agreed=bool(row.consent_id),
        agree_time=moment(row.agreed_at) if row.agreed_at is not None else None,
    )
    for one in people.windows(row):
        told.windows.add(weekday=one.weekday, start_minute=one.start, end_minute=one.end)
    if opened is not None:
        _name(told, row, opened)
    return told


def _name(told: pb.Person, row: Row, opened: Opened) -> None:
    details = opened.details
    told.name, told.telephone, told.address = opened.name, opened.telephone, details.address
    told.birth_year, told.notes = details.birth_year, details.notes
    if details.second_telephone:
        told.second_contact.name, told.second_contact.relation = details.second_name, details.second_relation
        told.second_contact.telephone, told.second_contact.agreed = details.second_telephone, bool(row.has_second)
    if row.has_office:
        told.office.name, told.office.telephone = details.office_name, details.office_telephone
        told.office.department = row.office_department


def programme(row: Row) -> pb.Programme:
    """A programme."""
    return pb.Programme(
        id=row.id,
        name=row.name,
        weekdays=sorted(rounds.weekdays(row)),
        holidays=RULES[HolidayRule(row.holidays)],
        calls_per_hour=row.calls_per_hour,
        sheet_id=row.sheet_id,
        tries=row.tries,
        hours=rounds.hours(row),
        paused=bool(row.paused),
    )


def check_in(row: Row, needs: Sequence[Row]) -> pb.CheckIn:
    """A check-in, without anything that names somebody."""
    return pb.CheckIn(
        id=row.id,
        round_id=row.round_id,
        person_id=row.person_id,
        state=STATES[CheckInState(row.state)],
        plan_time=moment(row.planned_at),
        due_time=moment(row.due_at) if row.due_at is not None else None,
        attempts=row.attempts,
        case_id=row.case_id,
        agent_id=row.agent_id,
        outcome=OUTCOMES[Outcome(row.outcome)],
        escalation=row.escalation,
        escalation_taken_by=row.escalation_taken_by,
        visitor=row.visitor,
        visit_by_time=moment(row.visit_by) if row.visit_by is not None else None,
        talk_seconds=row.talk_s,
        work_seconds=row.work_s,
        needs=[pb.Need(code=one.code, referral_id=one.referral_id, referral_state=one.referral_state) for one in needs],
    )


def sign(row: Row, words: str) -> pb.Sign:
    """A sign with the words that showed it."""
    told = pb.Sign(
        id=row.id,
        kind=row.kind,
        words=words,
        question_id=row.question_id,
        state=_SIGN_STATES[SignState(row.state)],
        decided_by=row.decided_by,
    )
    setattr(told, "class", _CLASSES[SignClass(row.sign_class)])
    return told


def call_round(row: Row, figures: Figures) -> pb.Round:
    """A round with its figures."""
    return pb.Round(
        id=row.id,
        programme_id=row.programme_id,
        day=row.day,
        states=[pb.StateCount(state=STATES[CheckInState(one)], count=count) for one, count in figures.states.items()],
        attempts=figures.attempts,
        talk_seconds=figures.talk_s,
        work_seconds=figures.work_s,
        open_signs=figures.open_signs,
        confirmed_signs=figures.confirmed_signs,
        needs=figures.needs,
        referred=figures.referred,
        helped=figures.helped,
        visits=figures.visits,
        escalated=figures.escalated,
    )


def entry(row: Row) -> pb.RoundEntry:
    """What happened in a round."""
    return pb.RoundEntry(
        sequence=row.sequence,
        check_in_id=row.check_in_id,
        kind=row.kind,
        state=STATES[CheckInState(row.state)],
        reason=row.reason,
        actor=row.actor,
        time=moment(row.happened_at),
    )


def sheet(of: Sheet) -> pb.CallSheet:
    """A call sheet."""
    return pb.CallSheet(
        id=of.id, version=of.version, name=pb.SheetWords(**of.name), questions=map(_question, of.questions)
    )


def _question(one: Question) -> pb.Question:
    choices = [pb.SheetChoice(code=code, words=pb.SheetWords(**words)) for code, words in one.choices.items()]
    return pb.Question(
        id=one.id,
        words=pb.SheetWords(**one.words),
        type=TYPES[one.type],
        choices=choices,
        lowest=one.lowest,
        highest=one.highest,
        required=one.required,
    )


def read_sheet(given: pb.CallSheet) -> Sheet:
    """A call sheet as a supervisor writes it; a type that there is not raises ``KeyError``."""
    questions = [
        Question(
            one.id,
            _words(one.words),
            TYPE_OF[one.type],
            {choice.code: _words(choice.words) for choice in one.choices},
            one.lowest,
            one.highest,
            one.required,
        )
        for one in given.questions
    ]
    return Sheet(given.id, _words(given.name), questions)


def _words(given: pb.SheetWords) -> dict[str, str]:
    return {"ko": given.ko, "en": given.en}
