"""How a dispatch leaves: begun (``loading``), departed, given to intake, or not.

Each step is a transaction that holds the referral. Beginning and departing look at the consent, so that whoever takes
it back has the last word until intake is asked; what intake has by then is taken back there (``ending``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from chassis.database import Tx
from chassis.statements import Row
from services.referral.domain.dispatches import DISPATCH_MOVES, LEASE_S, NEED_CONSENT, DispatchState, Errand, next_try
from services.referral.domain.referrals import Reason, ReferralState
from services.referral.store import dispatches
from services.referral.use_cases.dispatching import held, is_barred, may_leave, put, stop
from services.referral.use_cases.ending import ask_deletion, clear
from services.referral.use_cases.moving import CLOCK, escalate, keep, note, want_supervisor

_CONSENT_ENDED: Final = "consent_ended"
_D = DispatchState


def take_due(tx: Tx, limit: int, busy: Sequence[str]) -> list[str]:
    """Dispatches that are to be carried, each taken by one api for a while; those in ``busy`` are left."""
    return dispatches.take_due(tx, tx.now.timestamp() + LEASE_S, limit, busy)


def depart(tx: Tx, dispatch_id: str) -> bool:
    """The last look before intake is asked: whether it may leave. What is noted now counts as having left."""
    row, dispatch = held(tx, dispatch_id)
    if row is None or dispatch is None or dispatches.state(dispatch) not in {_D.BEGUN, _D.DEPARTED}:
        return False
    if dispatch.state == _D.BEGUN:
        if dispatch.errand in NEED_CONSENT and not may_leave(tx, row):
            keep(tx, stop(tx, row, dispatch))
            return False
        if dispatch.errand == Errand.REFERRAL and is_barred(tx, row):
            return False
        put(tx, dispatch, _D.DEPARTED)
    elif dispatch.errand in NEED_CONSENT and not may_leave(tx, row):
        lose(tx, row, dispatch)
        return False
    return True


def lose(tx: Tx, row: Row, dispatch: Row) -> None:
    """The consent ended after it had departed and before intake answered: it departs no more, and intake is asked to
    give back what it has."""
    put(tx, dispatch, _D.UNKNOWN, reason=_CONSENT_ENDED)
    keep(tx, clear(tx, row))


def give_up(tx: Tx, row: Row, dispatch: Row, reason: str) -> None:
    """It had departed and intake did not answer, and is not asked any more: intake may have it, and then tells so."""
    put(tx, dispatch, _D.UNKNOWN, reason=reason)
    keep(tx, note(tx, row, "not_sent", CLOCK, reason=reason, reference=dispatch.id))


def given(tx: Tx, dispatch_id: str) -> None:
    """Intake has it. What intake told of it meanwhile is further."""
    row, dispatch = held(tx, dispatch_id)
    if row is None or dispatch is None or _D.GIVEN not in DISPATCH_MOVES[dispatches.state(dispatch)]:
        return
    put(tx, dispatch, _D.GIVEN)
    row = note(tx, row, "dispatched", CLOCK, reason=dispatch.errand, reference=dispatch.id)
    ended = dispatch.errand in NEED_CONSENT and not may_leave(tx, row)
    keep(tx, clear(tx, row) if ended else row)


def recalled(tx: Tx, dispatch_id: str, *, taken_back: bool) -> None:
    """Whether intake has given back what it had: what never left stops, else the agency is told to delete it."""
    row, dispatch = held(tx, dispatch_id)
    if row is None or dispatch is None or _D.SENT not in DISPATCH_MOVES[dispatches.state(dispatch)]:
        return
    put(tx, dispatch, _D.SENT)
    about = dispatches.dispatch(tx, dispatch.about)
    if taken_back and about is not None and _D.STOPPED in DISPATCH_MOVES[dispatches.state(about)]:
        row = stop(tx, row, about)
    keep(tx, ask_deletion(tx, row))


def put_off(tx: Tx, dispatch_id: str) -> None:
    """Intake did not answer: later again, by the same id, or never."""
    row, dispatch = held(tx, dispatch_id)
    if row is None or dispatch is None or dispatch.state != _D.DEPARTED:
        return
    if dispatch.errand in NEED_CONSENT and not may_leave(tx, row):
        lose(tx, row, dispatch)
        return
    at = next_try(dispatch.errand, dispatch.tries + 1, dispatch.created_at, tx.now.timestamp())
    if at is None:
        keep(tx, fail(tx, row, put(tx, dispatch, _D.UNKNOWN, reason="unavailable")))
    else:
        dispatches.keep(tx, dispatch._replace(tries=dispatch.tries + 1, due_at=at))


def refused(tx: Tx, dispatch_id: str, reason: str) -> None:
    """Intake does not take it, and never will."""
    row, dispatch = held(tx, dispatch_id)
    if row is None or dispatch is None or _D.FAILED not in DISPATCH_MOVES[dispatches.state(dispatch)]:
        return
    keep(tx, fail(tx, row, put(tx, dispatch, _D.FAILED, reason=reason.lower())))


def fail(tx: Tx, row: Row, dispatch: Row) -> Row:
    """What it means that a dispatch did not arrive, or perhaps; the row as it is then."""
    row = note(tx, row, "not_sent", CLOCK, reason=dispatch.reason, reference=dispatch.id)
    unknown = dispatch.state == _D.UNKNOWN
    if dispatch.errand == Errand.REFERRAL and row.state in {ReferralState.CONSENTED, ReferralState.SENT}:
        return escalate(tx, row, Reason.SENDING_UNKNOWN if unknown else Reason.NOT_SENT)
    if dispatch.errand == Errand.RECALL:
        return ask_deletion(tx, row)
    if dispatch.errand == Errand.DELETION:
        return want_supervisor(tx, row, Reason.DELETION_NOT_SENT, CLOCK)
    if dispatch.errand == Errand.APPOINTMENT and not row.escalation:
        return want_supervisor(tx, row, Reason.APPOINTMENT_NOT_TOLD, CLOCK)
    return row
