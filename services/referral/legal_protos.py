"""What legal referrals have beside others, and appointments, as the contract writes them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from hub120.referral.v1 import appointment_service_pb2 as meetings
from hub120.referral.v1 import legal_pb2 as pb

from chassis.clock import moment
from chassis.statements import Row
from services.referral.domain.appointments import AppointmentState, Medium
from services.referral.domain.conflicts import Flag, Match
from services.referral.domain.deadline_rules import Rule
from services.referral.domain.deadlines import DeadlineKind, DeadlineState, LawField, Warned, end_of

FIELDS = {one: getattr(pb, f"LAW_FIELD_{one.name}") for one in LawField if one} | {LawField.NONE: 0}
FIELD_OF = {number: one for one, number in FIELDS.items()}
KINDS = {one: getattr(pb, f"DEADLINE_KIND_{one.name}") for one in DeadlineKind}
KIND_OF = {number: one for one, number in KINDS.items()}
STATES = {one: getattr(pb, f"DEADLINE_STATE_{one.name}") for one in DeadlineState}
CLOSED_OF = {STATES[one]: one for one in (DeadlineState.KEPT, DeadlineState.DROPPED)}
"""How somebody may close a deadline."""
_WARNINGS = {one: getattr(pb, f"LEGAL_WARNING_{one.name}") for one in Warned}
_FLAGS = {one: getattr(pb, f"CONFLICT_FLAG_{one.name if one else 'UNSPECIFIED'}") for one in Flag}
MATCHES = {one: getattr(pb, f"CONFLICT_MATCH_{one.name}") for one in Match}
MEDIA = {one: getattr(meetings, f"MEETING_MEDIUM_{one.name}") for one in Medium}
MEDIUM_OF = {number: one for one, number in MEDIA.items()}
_APPOINTMENTS = {one: getattr(meetings, f"APPOINTMENT_STATE_{one.name}") for one in AppointmentState}


def law_field(row: Row) -> pb.LawField:
    """The field of law of a referral or a slot."""
    number: pb.LawField = FIELDS[LawField(row.law_field)]
    return number


def flag(row: Row) -> pb.ConflictFlag:
    """Whether a referral's agency may be on the other side."""
    number: pb.ConflictFlag = _FLAGS[Flag(row.conflict)]
    return number


def warnings(found: Iterable[Warned]) -> list[pb.LegalWarning]:
    """What is to be said."""
    return [_WARNINGS[one] for one in found]


def next_deadline(row: Row) -> pb.NextDeadline | None:
    """The nearest deadline of a referral; None if it has none."""
    if not row.deadline_id:
        return None
    return pb.NextDeadline(
        deadline_id=row.deadline_id,
        kind=KINDS[DeadlineKind(row.deadline_kind)],
        date=row.deadline_day,
        end_time=moment(row.deadline_at),
    )


def deadline(row: Row, source: str) -> pb.Deadline:
    """A deadline, with where it is from."""
    return pb.Deadline(
        id=row.id,
        referral_id=row.referral_id,
        kind=KINDS[DeadlineKind(row.kind)],
        date=row.day,
        end_time=moment(end_of(date.fromisoformat(row.day))),
        source=source,
        rule=row.rule,
        state=STATES[DeadlineState(row.state)],
        entered_by=row.entered_by,
        enter_time=moment(row.entered_at),
        closed_by=row.closed_by,
        close_time=moment(row.closed_at),
    )


def rule(code: str, one: Rule) -> pb.DeadlineRule:
    """A rule of law."""
    (law_ko, law_en), (period_ko, period_en) = one.law, one.period
    return pb.DeadlineRule(
        code=code, kind=KINDS[one.kind], law_ko=law_ko, law_en=law_en, period_ko=period_ko, period_en=period_en
    )


def party(row: Row, name: str, telephone: str) -> pb.OpposingParty:
    """Somebody on the other side."""
    return pb.OpposingParty(
        id=row.id, name=name, telephone=telephone, added_by=row.added_by, add_time=moment(row.added_at)
    )


def note(row: Row, text: str) -> pb.LegalNote:
    """A note of the legal desk."""
    return pb.LegalNote(id=row.id, text=text, author=row.author, write_time=moment(row.written_at))


def slot(row: Row) -> meetings.Slot:
    """An hour that an agency offers."""
    return meetings.Slot(
        id=row.id,
        organization_id=row.organization_id,
        start_time=moment(row.starts_at),
        minutes=row.minutes,
        capacity=row.capacity,
        booked=row.booked,
        medium=MEDIA[Medium(row.medium)],
        place=row.place,
        language=row.language,
        law_field=law_field(row),
    )


def appointment(row: Row, of: Row) -> meetings.Appointment:
    """A citizen in a slot."""
    return meetings.Appointment(
        id=row.id,
        referral_id=row.referral_id,
        slot=slot(of),
        state=_APPOINTMENTS[AppointmentState(row.state)],
        booked_by=row.booked_by,
        book_time=moment(row.booked_at),
        ended_by=row.ended_by,
        end_time=moment(row.ended_at),
    )
