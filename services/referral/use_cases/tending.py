"""What time does to referrals, rung by rung, and what supervisors do about it."""

from __future__ import annotations

from chassis.database import Tx
from chassis.errors import Conflict, PreconditionFailed
from chassis.statements import Row
from services.referral.domain.deadlines import before
from services.referral.domain.dispatches import Errand
from services.referral.domain.ladders import Rung, ladder, next_due
from services.referral.domain.referrals import AT_AGENCY, Reason, ReferralState
from services.referral.store import referrals
from services.referral.use_cases import dispatching, roads
from services.referral.use_cases.asking import OUTCOME_CALL, ask_citizen, take_back, want_call
from services.referral.use_cases.moving import CLOCK, escalate, hold, holidays, keep, move, note


def tend(tx: Tx) -> bool:
    """Let one rung come whose time is there; False if there is none. The next one has a time of its own."""
    row = referrals.due(tx)
    if row is None:
        return False
    keep(tx, _climb(tx, row))
    return True


def _climb(tx: Tx, row: Row) -> Row:
    """The row after its next rung; rungs that lead nowhere are passed at once."""
    rungs = ladder(ReferralState(row.state))
    if row.state in AT_AGENCY:
        row = row._replace(silent_at=row.silent_at or tx.now.timestamp())
    for place in range(row.rung, len(rungs)):
        row = row._replace(rung=place + 1)
        climbed = _rung(tx, row, rungs[place])
        if climbed is not None:
            return climbed
    return row._replace(due_at=None)


def _rung(tx: Tx, row: Row, rung: Rung) -> Row | None:
    """The row after a rung; None if it leads nowhere."""
    match rung:
        case Rung.REMIND:
            return _write(tx, row, Errand.REMINDER)
        case Rung.SECOND_CONTACT:
            return _write(tx, row, Errand.SECOND_CONTACT)
        case Rung.SUPERVISOR:
            return _supervisor(tx, row)
        case Rung.CALL_CITIZEN:
            row = note(tx, row, "rung", CLOCK, reason=rung.value)
            return _again(tx, want_call(tx, take_back(tx, row), OUTCOME_CALL))
        case Rung.UNREACHABLE:
            return take_back(tx, move(tx, row, ReferralState.UNREACHABLE, CLOCK, reason=Reason.NO_ANSWER.value))


def _write(tx: Tx, row: Row, errand: Errand) -> Row | None:
    """An agency can be reminded where it is written to: not through its own system, which has it, nor by telephone."""
    road = roads.toward(roads.road(tx, row.organization_id), errand)
    if road is None or not road.written or not dispatching.may_leave(tx, row):
        return None
    row = note(tx, row, "rung", CLOCK, reason=errand.value)
    return _again(tx, dispatching.queue(tx, row, errand, road, CLOCK))


def _again(tx: Tx, row: Row) -> Row:
    now = tx.now.timestamp()
    of = roads.timers_of(tx, row.organization_id)
    state = ReferralState(row.state)
    due = next_due(state, now, of, holidays(now))
    if state in AT_AGENCY:
        due = before(due, now, len(ladder(state)) - row.rung, row.deadline_at)
    return row._replace(due_at=due)


def _supervisor(tx: Tx, row: Row) -> Row:
    """A silent agency is escalated, and the citizen is asked whether somebody came all the same."""
    if row.state in AT_AGENCY:
        row = move(tx, row, ReferralState.EXPIRED, CLOCK, reason=Reason.SILENT.value)
        return ask_citizen(tx, escalate(tx, row, Reason.SILENT))
    return escalate(tx, row, Reason.NOT_SENT)


def take_escalation(tx: Tx, referral_id: str, words: str, supervisor_id: str, *, settled: bool) -> Row:
    """A supervisor takes care of it, or says that it is settled. Taken twice is taken once."""
    row = hold(tx, referral_id)
    if not row.escalation:
        raise PreconditionFailed("NOT_ESCALATED", f"nobody wants a supervisor for referral {row.id}")
    if row.escalation_taken_by not in {"", supervisor_id}:
        raise Conflict(f"another supervisor takes care of referral {row.id}")
    if settled:
        row = note(tx, row, "settled", supervisor_id, reason=row.escalation, words=words)
        return keep(tx, row._replace(escalation="", escalation_taken_by="", escalated_at=None))
    if row.escalation_taken_by and not words:
        return row
    row = note(tx, row, "taken", supervisor_id, reason=row.escalation, words=words)
    return keep(tx, row._replace(escalation_taken_by=supervisor_id))
