"""How calls of agencies move and are taken back; how they begin, and what is heard of them, is in ``calling``.

Whoever calls this holds the referral.
"""

from __future__ import annotations

from hub120.referral.v1 import events_pb2

from chassis.database import Tx
from chassis.statements import Row
from services.referral.domain.agency_calls import CONSENT_ENDED, CallState, due_in
from services.referral.domain.deadlines import before
from services.referral.domain.ladders import SEND_H, working
from services.referral.domain.referrals import ReferralState
from services.referral.store import agency_calls
from services.referral.use_cases.moving import CLOCK, holidays, note


def put(tx: Tx, call: Row, state: CallState, *, reason: str = "") -> Row:
    """A call moves; as it is then."""
    now, wait_s = tx.now.timestamp(), due_in(state)
    call = call._replace(
        state=state.value,
        reason=reason,
        answered_at=call.answered_at or (now if state is CallState.UP else None),
        ended_at=now if state is CallState.ENDED else None,
        due_at=None if wait_s is None else now + wait_s,
    )
    agency_calls.keep(tx, call)
    return call


def take_back(tx: Tx, row: Row, reason: str = CONSENT_ENDED, actor: str = CLOCK) -> Row:
    """Nobody agrees any more, or the agent wants it no more: an agency that is called, or is there and has not taken
    over, is hung up; the row as it is then."""
    for call in agency_calls.of_referral(tx, row.id):
        if call.state != CallState.ENDED and call.said != ReferralState.ACCEPTED:
            put(tx, call, CallState.ENDED, reason=reason)
            unwant(tx, row, call)
            row = note(tx, row, "called", actor, reason=reason, reference=call.id)
    return row


def unwant(tx: Tx, row: Row, call: Row) -> None:
    """Have routing hang the agency's telephone up."""
    gone = events_pb2.AgencyLegUnwanted(call_id=call.id, case_id=row.case_id)
    tx.emit(gone, subject=row.case_id, traceparent=row.traceparent)


def wait_for_agent(tx: Tx, row: Row) -> Row:
    """A call led nowhere: it is the agent's turn, to call again or to send. Who forgets is found by a supervisor."""
    if row.state != ReferralState.CONSENTED or row.due_at is not None:
        return row
    now = tx.now.timestamp()
    return row._replace(due_at=before(working(now, SEND_H, holidays(now)), now, 1, row.deadline_at))
