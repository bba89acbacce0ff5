"""Sending: errands are brought to intake, which has the cases, and become calls or handovers there.

Each is loaded, intake is asked by the errand's own id, and what came of that is stored: three steps of which any may
be done again. Whoever withdrew their consent meanwhile is not called. Calls to recipients of mailings go the same way;
what they mean is in ``calling_recipients``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from hub120.outreach.v1 import events_pb2

from chassis.database import Tx
from chassis.statements import Row
from services.outreach.domain import calling_times
from services.outreach.domain.calling_times import Span
from services.outreach.domain.check_ins import ABOUT, About, CheckInState, Reason
from services.outreach.domain.errands import ENDED, GIVEN, GIVEN_UP, WAITING, Loaded, ToCall, ToOffice
from services.outreach.store import errands, people, trail
from services.outreach.use_cases import calling_recipients
from services.outreach.use_cases.calling_people import not_taken
from services.outreach.use_cases.moving import (
    EXCHANGE,
    OFFICE,
    climb,
    keep,
    note,
    terms_of,
    with_errand,
)

_FIRST_TRY_S: Final = 5.0
_LAST_TRY_S: Final = 300.0
PURPOSE: Final = "check-in call"


def take_due(tx: Tx, limit: int, busy: Sequence[str]) -> list[str]:
    """Errands that are to be brought, each taken by one api for a while; those in ``busy`` are left."""
    return errands.take_due(tx, limit, busy)


def load(tx: Tx, errand_id: str, centre: Span) -> Loaded | None:
    """What an errand takes; None if it is not wanted any more, or not now. Reading whom to call is on record."""
    if calling_recipients.is_call(tx, errand_id):
        return calling_recipients.load(tx, errand_id)
    held = _held(tx, errand_id)
    if held is None:
        return None
    row, errand = held
    now = tx.now.timestamp()
    if not errand.department and calling_times.is_quiet(now, centre):
        errands.keep(tx, errand._replace(due_at=calling_times.next_open(now, centre)))
        return None
    person = people.the_person(tx, row.person_id)
    if not person.consent_id:
        errands.keep(tx, errand._replace(state=ENDED, result=GIVEN_UP, due_at=None))
        return None
    trail.audit(tx, "outreach", "OpenCallCase", person.id, PURPOSE)
    load = _office(tx, row, person, errand) if errand.department else _call(tx, person, errand)
    return Loaded(errand_id, load, PURPOSE, errand.traceparent)


def _held(tx: Tx, errand_id: str) -> tuple[Row, Row] | None:
    """A check-in and its errand, if that waits and is what the check-in waits for; both rows are held."""
    found = with_errand(tx, errand_id)
    if found is None:
        return None
    row, errand = found
    if errand.state != WAITING or row.errand_id != errand.id or ABOUT.get(CheckInState(row.state)) != errand.about:
        if errand.due_at is not None:
            errands.keep(tx, errand._replace(due_at=None))
        return None
    return row, errand


def _call(tx: Tx, person: Row, errand: Row) -> ToCall:
    details = people.details(tx, person)
    if errand.about == About.SECOND_CONTACT:
        return ToCall(details.second_telephone, details.second_name, person.language)
    if errand.about == About.LOCAL_OFFICE:
        return ToCall(details.office_telephone, details.office_name, "ko")
    return ToCall(people.telephone(tx, person), people.name(tx, person), person.language)


def _office(tx: Tx, row: Row, person: Row, errand: Row) -> ToOffice:
    details = people.details(tx, person)
    known = {
        "성함": people.name(tx, person),
        "전화": people.telephone(tx, person),
        "주소": details.address,
        "비상 연락처": f"{details.second_relation} {details.second_name}".strip(),
    }
    lines = [f"{name}: {value}" for name, value in known.items() if value]
    asks = f"안부 전화를 {row.attempts}번 걸었으나 안부를 확인하지 못했습니다. 댁을 방문해 안부를 확인해 주십시오."
    return ToOffice(
        row.case_id, errand.department, row.agent_id or "outreach", "안부 확인 요청", "\n".join([asks, *lines])
    )


def given(tx: Tx, errand_id: str, case_id: str, citizen_id: str) -> None:
    """Intake has a case for the call: routing is told that it is wanted, for those who know the person first."""
    if calling_recipients.is_call(tx, errand_id):
        calling_recipients.given(tx, errand_id, case_id, citizen_id)
        return
    held = _held(tx, errand_id)
    if held is None:
        return
    row, errand = held
    errands.keep(tx, errand._replace(state=GIVEN, case_id=case_id, due_at=None))
    person = people.the_person(tx, row.person_id)
    if errand.about == About.PERSON:
        row = row._replace(case_id=case_id)
    wanted = events_pb2.CallWanted(
        request_id=errand.id,
        case_id=case_id,
        citizen_id=citizen_id,
        purpose=errand.about,
        language="ko" if errand.about == About.LOCAL_OFFICE else person.language,
        preferred_agent_ids=person.bonds.split(),
    )
    tx.emit(wanted, subject=case_id)
    note(tx, row, "call", OFFICE if errand.about == About.LOCAL_OFFICE else EXCHANGE, errand.about)
    keep(tx, row)


def handed_over(tx: Tx, errand_id: str) -> None:
    """Intake hands the case to the department."""
    held = _held(tx, errand_id)
    if held is not None:
        row, errand = held
        errands.keep(tx, errand._replace(state=GIVEN, case_id=row.case_id, due_at=None))
        note(tx, row, "call", OFFICE, errand.about)
        keep(tx, row)


def put_off(tx: Tx, errand_id: str) -> None:
    """Intake does not answer: later again, as long as somebody waits for it."""
    errand = errands.errand(tx, errand_id, lock=True)
    if errand is not None and errand.state == WAITING:
        wait = min(_LAST_TRY_S, _FIRST_TRY_S * 2.0 ** min(errand.tries, 10))
        errands.keep(tx, errand._replace(tries=errand.tries + 1, due_at=tx.now.timestamp() + wait))


def refused(tx: Tx, errand_id: str, reason: str, centre: Span) -> None:
    """Intake does not take it: a number that is none, no exchange, no such department. Others are asked."""
    if calling_recipients.is_call(tx, errand_id):
        calling_recipients.refused(tx, errand_id, reason)
        return
    held = _held(tx, errand_id)
    if held is None:
        return
    row, errand = held
    errands.keep(tx, errand._replace(state=ENDED, result=reason.lower(), due_at=None))
    terms = terms_of(tx, row, centre)
    if errand.about == About.PERSON:
        keep(tx, not_taken(tx, row, terms))
        return
    failed = errand.about == About.LOCAL_OFFICE
    keep(tx, climb(tx, row, terms, OFFICE, Reason.OFFICE_FAILED if failed else Reason.NONE))
