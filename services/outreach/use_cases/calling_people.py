"""Calling: what is due is begun, and how a call ended decides what comes next."""

from __future__ import annotations

from dataclasses import dataclass

from hub120.outreach.v1 import events_pb2

from chassis import telemetry
from chassis.database import Tx
from chassis.errors import PreconditionFailed
from chassis.statements import Row
from chassis.telemetry import attributes as known
from services.outreach.domain import calling_times
from services.outreach.domain.calling_times import Slot, Span
from services.outreach.domain.check_ins import (
    CHECK_IN_MOVES,
    HOUR_S,
    LOST_S,
    MOST_UNTAKEN,
    About,
    CallResult,
    CheckInState,
    Reason,
    unanswered,
)
from services.outreach.domain.errands import ENDED, GIVEN, GIVEN_UP, UNWANTED
from services.outreach.store import check_ins, errands, people
from services.outreach.use_cases.moving import (
    CLOCK,
    EXCHANGE,
    Terms,
    ask,
    at,
    calm,
    climb,
    escalate,
    hold,
    keep,
    let_go,
    move,
    note,
    plan_again,
    terms_of,
    with_errand,
)

_S = CheckInState
_SILENT = {_S.SECOND_CONTACT: Reason.NONE, _S.LOCAL_OFFICE: Reason.OFFICE_SILENT}
"""Who has not said how they are in time, and why the next is asked."""
_LATE = {_S.VISIT_ORDERED: Reason.VISIT_LATE, _S.ANSWERED: Reason.SHEET_MISSING}


@dataclass(frozen=True, slots=True)
class Ended:
    """How a call ended, and how long it kept an agent, in seconds."""

    result: CallResult
    agent_id: str = ""
    talk_s: int = 0
    work_s: int = 0


def tend(tx: Tx, centre: Span) -> bool:
    """Do one thing that is due; False if there is none. What is done moves its time on."""
    row = check_ins.due(tx)
    if row is None:
        return False
    with telemetry.span(f"check-in {row.state}", attributes=_about(row)):
        keep(tx, _due(tx, row, terms_of(tx, row, centre)))
    return True


def _about(row: Row) -> dict[str, str]:
    return {known.CASE_ID: row.case_id} if row.case_id else {}


def _due(tx: Tx, row: Row, terms: Terms) -> Row:
    state = _S(row.state)
    if state in {_S.PLANNED, _S.NO_ANSWER}:
        return _call(tx, row, terms)
    if state is _S.CALLING:
        return _call_waited(tx, row, terms)
    if state in _SILENT:
        return climb(tx, row, terms, CLOCK, _SILENT[state])
    row = row._replace(due_at=None)
    return escalate(tx, row, _LATE[state]) if state in _LATE else row


def _call(tx: Tx, row: Row, terms: Terms) -> Row:
    """They are called, unless it is not the time for it any more: then at the next."""
    now = tx.now.timestamp()
    if not terms.person.consent_id:
        return cancel(tx, row, Reason.CONSENT_WITHDRAWN, CLOCK)
    if calling_times.is_quiet(now, terms.centre) or now >= row.until_at:
        slot = calling_times.next_attempt(now, (), people.windows(terms.person), terms.centre)
        if slot is None:
            return escalate(tx, row._replace(due_at=None), Reason.NO_WINDOW)
        row = row._replace(planned_at=slot.at, until_at=slot.until, due_at=slot.at)
        note(tx, row, "moved", CLOCK)
        return row
    return move(tx, ask(tx, row, About.PERSON, now), _S.CALLING, CLOCK, due_at=row.until_at)


def _call_waited(tx: Tx, row: Row, terms: Terms) -> Row:
    """The time for the call is over: it is wanted no more. What is not heard of then was not made."""
    errand = errands.errand(tx, row.errand_id)
    if errand is not None and errand.state == GIVEN:
        errands.keep(tx, errand._replace(state=UNWANTED))
        tx.emit(events_pb2.CallUnwanted(request_id=errand.id, case_id=errand.case_id), subject=errand.case_id)
        return row._replace(due_at=tx.now.timestamp() + LOST_S)
    if errand is not None:
        errands.keep(tx, errand._replace(state=ENDED, result=GIVEN_UP, due_at=None))
    return not_taken(tx, row, terms)


def not_taken(tx: Tx, row: Row, terms: Terms) -> Row:
    """No agent called: that is no attempt, and they are called at another time."""
    row = row._replace(untaken=row.untaken + 1, errand_id="")
    row = plan_again(tx, row, terms, _S.PLANNED, CLOCK, Reason.NOT_CALLED.value)
    return escalate(tx, row, Reason.NOT_CALLED) if row.untaken >= MOST_UNTAKEN else row


def call_ended(tx: Tx, errand_id: str, ended: Ended, centre: Span) -> None:
    """Routing tells how a call ended. Where that was known already, an agent's time alone is added."""
    found = with_errand(tx, errand_id)
    if found is None:
        return
    row, errand = found
    row = row._replace(talk_s=row.talk_s + ended.talk_s, work_s=row.work_s + ended.work_s)
    keep(tx, _ended(tx, row, errand, ended, centre, EXCHANGE))


def report_call(tx: Tx, check_in_id: str, agent_id: str, centre: Span, *, answered: bool) -> Row:
    """An agent says how a call ended that the hub did not dial. Said again to the same effect, it was known."""
    row = hold(tx, check_in_id)
    errand = errands.errand(tx, row.errand_id, lock=True) if row.errand_id else None
    known = errands.of_check_in(tx, row.id)
    result = CallResult.ANSWERED if answered else CallResult.NO_ANSWER
    if errand is None or errand.state not in {GIVEN, UNWANTED} or errand.department:
        if known and known[-1].result == result:
            return row
        raise PreconditionFailed("NOT_CALLED", f"nobody is being called for check-in {row.id}")
    return keep(tx, _ended(tx, row, errand, Ended(result, agent_id), centre, agent_id))


def _ended(tx: Tx, row: Row, errand: Row, ended: Ended, centre: Span, actor: str) -> Row:
    if errand.state == ENDED and errand.result != GIVEN_UP:
        return _late(tx, row, errand, ended, centre)
    errands.keep(tx, errand._replace(state=ENDED, result=ended.result.value, due_at=None))
    if ended.result is not CallResult.NOT_TAKEN:
        row = row._replace(attempts=row.attempts + 1, agent_id=ended.agent_id or row.agent_id, untaken=0)
    if errand.about == About.PERSON and ended.result is not CallResult.NOT_TAKEN:
        row = row._replace(tried=f"{row.tried} {calling_times.part_of(tx.now.timestamp())}".strip())
    note(tx, row, "call_ended", actor, ended.result.value)
    if row.errand_id != errand.id:
        return _late(tx, row, errand, ended, centre)
    return _next(tx, row, terms_of(tx, row, centre), ended, actor)


def _late(tx: Tx, row: Row, errand: Row, ended: Ended, centre: Span) -> Row:
    """Who answers after they were given up has answered all the same."""
    spoke = errand.about == About.PERSON and ended.result is CallResult.ANSWERED
    if not spoke or _S.ANSWERED not in CHECK_IN_MOVES[_S(row.state)]:
        return row
    return _answered(tx, let_go(tx, row), terms_of(tx, row, centre), EXCHANGE)


def _next(tx: Tx, row: Row, terms: Terms, ended: Ended, actor: str) -> Row:
    """What a call leads to."""
    if row.state == _S.CALLING:
        if ended.result is CallResult.ANSWERED:
            return _answered(tx, row, terms, actor)
        if unanswered(ended.result):
            return _unanswered(tx, row, terms, actor)
        return not_taken(tx, row, terms)
    if ended.result is CallResult.ANSWERED:
        return row
    failed = row.state == _S.LOCAL_OFFICE
    return climb(tx, row, terms, actor, Reason.OFFICE_FAILED if failed else Reason.NONE)


def _answered(tx: Tx, row: Row, terms: Terms, actor: str) -> Row:
    due_at = tx.now.timestamp() + terms.timers.sheet_h * HOUR_S
    return move(tx, calm(row)._replace(errand_id=""), _S.ANSWERED, actor, due_at=due_at)


def _unanswered(tx: Tx, row: Row, terms: Terms, actor: str) -> Row:
    """They are called again, so often as the programme says; then others are asked."""
    row = row._replace(errand_id="")
    if len(row.tried.split()) >= terms.programme.tries:
        return climb(tx, row, terms, actor)
    again_h = terms.timers.retry_h
    if again_h is None:
        return plan_again(tx, row, terms, _S.NO_ANSWER, actor)
    begins = calling_times.next_open(tx.now.timestamp() + again_h * HOUR_S, terms.centre)
    until = calling_times.moment(calling_times.day_of(begins), terms.centre.end)
    return at(tx, row, Slot(begins, until), _S.NO_ANSWER, actor)


def cancel(tx: Tx, row: Row, reason: Reason, actor: str) -> Row:
    """Called off, with whoever is asked for it."""
    return move(tx, calm(let_go(tx, row)), _S.CANCELLED, actor, reason=reason.value)
