"""The end of the loop: the citizen is asked whether it helped, in writing where they can be, else by an agent's
call."""

from __future__ import annotations

from typing import Final

from hub120.referral.v1 import events_pb2

from chassis.database import Tx
from chassis.errors import PreconditionFailed
from chassis.ids import new_id
from chassis.statements import Row
from services.referral.domain.dispatches import DISPATCH_MOVES, HERE, DispatchState, Errand
from services.referral.domain.questions import outcome
from services.referral.domain.referrals import REFERRAL_MOVES, Outcome, ReferralState, answered
from services.referral.store import dispatches
from services.referral.use_cases import dispatching
from services.referral.use_cases.moving import CITIZEN, CLOCK, hold, keep, move, note

OUTCOME_CALL: Final = "referral_outcome"
"""For which an agent calls the citizen: to ask whether it helped."""
APPOINTMENT_CALL: Final = "referral_appointment"
"""For which an agent calls them: to tell them of an appointment."""
NEXT_CALL: Final = "referral_not_helped"
"""For which an agent calls them: to look for something else."""
_ASKED = frozenset({ReferralState.COMPLETED, ReferralState.ESCALATED, ReferralState.UNREACHABLE})
_WITH_INTAKE = frozenset({DispatchState.DEPARTED, DispatchState.GIVEN, DispatchState.SENT})


def ask_citizen(tx: Tx, row: Row) -> Row:
    """Have the citizen asked; the row as it is then. One that is asked already is not asked again."""
    asked = any(
        one.errand == Errand.QUESTION and one.state in (_WITH_INTAKE | HERE)
        for one in dispatches.of_referral(tx, row.id)
    )
    return row if asked else dispatching.queue_for_intake(tx, row, Errand.QUESTION, CLOCK)


def want_call(tx: Tx, row: Row, purpose: str) -> Row:
    """Have an agent call the citizen; the row as it is then."""
    row = note(tx, row, "call_wanted", CLOCK, reason=purpose)
    wanted = events_pb2.CitizenCallWanted(request_id=new_id(tx.now), case_id=row.case_id, purpose=purpose)
    tx.emit(wanted, subject=row.case_id, traceparent=row.traceparent)
    return row


def told(tx: Tx, message_id: str, *, sent: bool) -> None:
    """The citizen was told or asked, or could not be: then an agent calls. Told twice, it was known."""
    row, dispatch = dispatching.held(tx, message_id)
    if row is None or dispatch is None:
        return
    state = DispatchState.SENT if sent else DispatchState.FAILED
    if state not in DISPATCH_MOVES[dispatches.state(dispatch)]:
        return
    dispatching.put(tx, dispatch, state, reason="" if sent else "untold")
    kind = "asked" if dispatch.errand == Errand.QUESTION else "told"
    row = note(tx, row, kind if sent else "not_sent", CLOCK, reason=dispatch.errand, reference=dispatch.id)
    if not sent and dispatch.errand == Errand.QUESTION and row.state == ReferralState.COMPLETED:
        row = want_call(tx, row, OUTCOME_CALL)
    elif not sent and dispatch.errand in {Errand.APPOINTMENT_NEWS, Errand.REMIND_CITIZEN}:
        row = want_call(tx, row, APPOINTMENT_CALL)
    keep(tx, row)


def answer(tx: Tx, message_id: str, choice: str) -> None:
    """The citizen answered. Words of their own are a message like any other, and noted; so is an answer that comes when
    the outcome is known. Told twice, the referral has moved."""
    row, dispatch = dispatching.held(tx, message_id)
    if row is None or dispatch is None or dispatch.errand != Errand.QUESTION:
        return
    said = outcome(choice)
    if said is None:
        keep(tx, note(tx, row, "answered", CITIZEN, reason="own_words", reference=dispatch.id))
    elif row.state in _ASKED:
        keep(tx, _conclude(tx, row, said, CITIZEN, ""))


def confirm(tx: Tx, referral_id: str, said: Outcome, words: str, agent_id: str) -> Row:
    """An agent has called the citizen. ``NONE``: nobody answered the telephone."""
    row = hold(tx, referral_id)
    if said is Outcome.NONE:
        return keep(tx, note(tx, row, "called", agent_id, reason="no_answer", words=words))
    if row.outcome == said:
        return row
    if row.outcome and row.state not in _ASKED:
        raise PreconditionFailed("OUTCOME_KNOWN", f"referral {row.id} has an outcome: {row.outcome}")
    if row.state not in _ASKED:
        raise PreconditionFailed("NOT_ASKED", f"referral {row.id} is {row.state}: nobody asks the citizen yet")
    return keep(tx, _conclude(tx, row, said, agent_id, words))


def _conclude(tx: Tx, row: Row, said: Outcome, actor: str, words: str) -> Row:
    """The row as it is then. Where a silent agency is escalated and nobody came, a supervisor has it already."""
    row = row._replace(outcome=said.value)
    if row.state == ReferralState.ESCALATED and said is Outcome.NOBODY_CAME:
        return note(tx, row, "answered", actor, reason=said.value, words=words)
    state = answered(said)
    if state not in REFERRAL_MOVES[ReferralState(row.state)]:
        raise LookupError(f"referral {row.id} is {row.state} and takes no answer")
    row = move(tx, row, state, actor, kind="answered", reason=said.value, words=words)
    if actor != CITIZEN:
        return take_back(tx, row)
    return want_call(tx, row, NEXT_CALL) if state is ReferralState.NOT_HELPED else row


def take_back(tx: Tx, row: Row) -> Row:
    """The citizen need not answer any more; the row as it is then."""
    for one in dispatches.of_referral(tx, row.id):
        if one.errand != Errand.QUESTION:
            continue
        state = dispatches.state(one)
        if state in HERE:
            row = dispatching.stop(tx, row, one)
        elif state in _WITH_INTAKE and not _taken_back(tx, row, one.id):
            row = dispatching.queue_for_intake(tx, row, Errand.QUESTION_WITHDRAWN, CLOCK, about=one.id)
    return row


def _taken_back(tx: Tx, row: Row, question_id: str) -> bool:
    return any(one.about == question_id for one in dispatches.of_referral(tx, row.id))
