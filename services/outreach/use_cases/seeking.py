"""Seeking: who did not answer is looked for until somebody says how they are, and supervisors take what waits too
long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from chassis.database import Tx
from chassis.errors import Conflict, InvalidArgument, PreconditionFailed
from chassis.statements import Row
from services.outreach.domain.calling_times import Span
from services.outreach.domain.check_ins import HOUR_S, SOUGHT, CheckInState, Outcome, Reason, is_open
from services.outreach.domain.errands import ENDED
from services.outreach.store import check_ins, errands, rounds
from services.outreach.use_cases.moving import (
    OFFICE,
    calm,
    climb,
    escalate,
    hold,
    keep,
    let_go,
    move,
    note,
    terms_of,
    with_errand,
)
from services.outreach.use_cases.planning import stop_calls

VISITS_WITHIN: Final = timedelta(days=7)
_S = CheckInState


@dataclass(frozen=True, slots=True)
class Said:
    """How somebody is, as others say. ``visit_by``: until when somebody goes again who found nobody."""

    outcome: Outcome
    note: str = field(default="", repr=False)
    needs: Sequence[str] = ()
    visit_by: float | None = None


def order_visit(tx: Tx, check_in_id: str, visitor: str, visit_by: float, agent_id: str) -> Row:
    """Somebody shall go there. Ordered again, the later order counts."""
    row = hold(tx, check_in_id)
    _soon(tx, visit_by)
    if not is_open(_S(row.state)):
        raise _over(row)
    if row.state == _S.PLANNED:
        raise PreconditionFailed("NOT_SOUGHT", f"check-in {row.id} is {row.state}: nobody has called yet")
    if row.state == _S.VISIT_ORDERED and (row.visitor, row.visit_by) == (visitor, visit_by):
        return row
    return keep(tx, _order(tx, calm(let_go(tx, row)), visitor, visit_by, agent_id))


def _order(tx: Tx, row: Row, visitor: str, visit_by: float, actor: str, reason: str = "") -> Row:
    """Who goes, and until when; a visit that is ordered already is not another."""
    another = row.state != _S.VISIT_ORDERED or reason == Outcome.NOT_FOUND
    row = row._replace(visitor=visitor, visit_by=visit_by, due_at=visit_by, visits=row.visits + another)
    if row.state != _S.VISIT_ORDERED:
        return move(tx, row, _S.VISIT_ORDERED, actor, kind="visit", reason=reason, due_at=visit_by)
    note(tx, row, "visit", actor, reason)
    return row


def _soon(tx: Tx, visit_by: float | None) -> float:
    now = tx.now.timestamp()
    if visit_by is None or not now < visit_by <= now + VISITS_WITHIN.total_seconds():
        raise InvalidArgument([("visit_by_time", "is in the future, within 7 days")])
    return visit_by


def _over(row: Row) -> PreconditionFailed:
    return PreconditionFailed("CHECK_IN_OVER", f"check-in {row.id} is {row.state}: somebody has said how they are")


def report_outcome(tx: Tx, check_in_id: str, said: Said, agent_id: str, centre: Span) -> Row:
    """Somebody says how they are: that, and nothing else, ends the search. Who does not know leads to the next, and a
    visit that found nobody to another. Said again, it was known."""
    row = hold(tx, check_in_id)
    if row.state in {_S.ACCOUNTED_FOR, _S.VISITED} and row.outcome == said.outcome:
        return row
    if not is_open(_S(row.state)):
        raise _over(row)
    if row.state not in SOUGHT:
        raise PreconditionFailed("NOT_SOUGHT", f"check-in {row.id} is {row.state}: nobody looks for them")
    row = _told(tx, row, said, agent_id)
    if said.outcome is Outcome.NOT_FOUND:
        return keep(tx, _not_found(tx, row, said, agent_id, centre))
    over = _S.VISITED if row.state == _S.VISIT_ORDERED else _S.ACCOUNTED_FOR
    row = keep(tx, move(tx, calm(let_go(tx, row)), over, agent_id, kind="outcome", reason=said.outcome.value))
    for code in dict.fromkeys(said.needs):
        check_ins.add_need(tx, row, code)
        note(tx, row, "need", agent_id, code)
    if said.outcome is Outcome.DECEASED:
        rounds.leave_all(tx, row.person_id)
        stop_calls(tx, row.person_id, Reason.LEFT, agent_id)
    return row


def _told(tx: Tx, row: Row, said: Said, agent_id: str) -> Row:
    words = tx.sealed("check_in", row.id, "outcome_note", said.note)
    return row._replace(outcome=said.outcome.value, outcome_note=words or row.outcome_note)


def _not_found(tx: Tx, row: Row, said: Said, agent_id: str, centre: Span) -> Row:
    if row.state != _S.VISIT_ORDERED:
        note(tx, row, "outcome", agent_id, said.outcome.value)
        return climb(tx, row, terms_of(tx, row, centre), agent_id)
    row = _order(tx, row, row.visitor, _soon(tx, said.visit_by), agent_id, said.outcome.value)
    return escalate(tx, row, Reason.NOT_FOUND, agent_id)


def office_said(tx: Tx, errand_id: str, state: str, centre: Span) -> None:
    """A department's system says how far it is: that it goes there, never how they are. Said twice, it was known."""
    found = with_errand(tx, errand_id)
    if found is None:
        return
    row, errand = found
    if not errand.department or errand.result == state:
        return
    over = {"done", "refused", "failed", "unknown"}
    errands.keep(tx, errand._replace(result=state, state=ENDED if state in over else errand.state, due_at=None))
    if is_open(_S(row.state)):
        keep(tx, _heard(tx, row, errand, state, centre))


def _heard(tx: Tx, row: Row, errand: Row, state: str, centre: Span) -> Row:
    goes = row.state == _S.LOCAL_OFFICE and row.errand_id == errand.id
    if state in {"acknowledged", "in_progress", "done"} and goes:
        visit_by = tx.now.timestamp() + terms_of(tx, row, centre).timers.visit_h * HOUR_S
        row = _order(tx, row, errand.department, visit_by, OFFICE, state)
    if state == "done" and row.state == _S.VISIT_ORDERED:
        return escalate(tx, row, Reason.OUTCOME_MISSING, OFFICE)
    if state in {"refused", "failed", "unknown"} and goes:
        return climb(tx, row, terms_of(tx, row, centre), OFFICE, Reason.OFFICE_FAILED)
    return row


def take_escalation(tx: Tx, check_in_id: str, supervisor_id: str, *, settled: bool) -> Row:
    """A supervisor takes care of it, or says that it is settled. What is still open is escalated again when nobody says
    how they are. Taken twice is taken once."""
    row = hold(tx, check_in_id)
    if not row.escalation:
        raise PreconditionFailed("NOT_ESCALATED", f"nobody wants a supervisor for check-in {row.id}")
    if row.escalation_taken_by not in {"", supervisor_id}:
        raise Conflict(f"another supervisor takes care of check-in {row.id}")
    if not settled:
        if row.escalation_taken_by:
            return row
        note(tx, row, "taken", supervisor_id, row.escalation)
        return keep(tx, row._replace(escalation_taken_by=supervisor_id))
    note(tx, row, "settled", supervisor_id, row.escalation)
    row = row._replace(escalation="", escalation_taken_by="", escalated_at=None)
    if row.due_at is None and is_open(_S(row.state)):
        row = row._replace(due_at=tx.now.timestamp() + HOUR_S)
    return keep(tx, row)
