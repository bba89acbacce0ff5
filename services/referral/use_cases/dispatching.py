"""What shall leave the house for a referral is queued and stopped here; how it leaves is in ``departing``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from hub120.referral.v1 import events_pb2

from chassis.database import Tx
from chassis.errors import PreconditionFailed
from chassis.ids import new_id
from chassis.statements import Row
from services.referral.domain.agency_calls import CONFLICT
from services.referral.domain.consents import counts
from services.referral.domain.deadlines import Warned, before
from services.referral.domain.dispatches import (
    DISPATCH_MOVES,
    HERE,
    LEFT,
    NEED_CONSENT,
    DispatchState,
    Errand,
)
from services.referral.domain.ladders import SEND_H, working
from services.referral.domain.referrals import AT_AGENCY, ReferralState
from services.referral.store import agency_calls, consents, dispatches
from services.referral.use_cases import conflicts, guarding, roads
from services.referral.use_cases.hanging_up import take_back
from services.referral.use_cases.moving import CLOCK, hold, holidays, keep, move, note
from services.referral.use_cases.roads import Road

TO_CITIZEN: Final = "citizen"
"""The road of what goes to no agency."""
_D = DispatchState
_SENDABLE = frozenset({ReferralState.PROPOSED, ReferralState.CONSENTED, ReferralState.ESCALATED})
_UNDER_WAY = HERE | {_D.DEPARTED, _D.GIVEN}
_OPEN = AT_AGENCY | {ReferralState.ESCALATED}


def may_leave(tx: Tx, row: Row) -> bool:
    """Whether a consent counts for a referral now. The row is held, so that nobody takes it back meanwhile."""
    consent = consents.consent(tx, row.consent_id) if row.consent_id else None
    return consent is not None and counts(consent.ended, consent.until, tx.now.timestamp())


def send(tx: Tx, referral_id: str, actor: str) -> tuple[Row, bool, Sequence[Warned]]:
    """Have a referral sent; the row, whether the agent is to call the agency, and what is to be said of its deadlines.
    Under way already, it stays so; one whose agency was called in vain is sent all the same."""
    row = hold(tx, referral_id)
    if row.state not in _SENDABLE:
        raise PreconditionFailed("NOT_SENDABLE", f"referral {row.id} is {row.state}")
    if not may_leave(tx, row):
        raise PreconditionFailed("NO_CONSENT", f"nobody agreed, or not any more: record a consent for {row.id}")
    conflicts.must_be_clear(tx, row)
    road = roads.road(tx, row.organization_id)
    if road is None:
        raise PreconditionFailed("NO_ROAD", f"nobody knows how to reach organization {row.organization_id}")
    calls = road.kind == roads.TELEPHONE
    if row.state == ReferralState.CONSENTED and row.due_at is not None and not agency_calls.of_referral(tx, row.id):
        return row, calls, guarding.warned(tx, row)
    if row.state == ReferralState.ESCALATED:
        row = move(tx, row, ReferralState.CONSENTED, actor)
    if calls:
        row = note(tx, row, "to_call", actor)
    elif not _under_way(tx, row):
        row = queue(tx, row, Errand.REFERRAL, road, actor)
    now = tx.now.timestamp()
    due = before(working(now, SEND_H, holidays(now)), now, 1, row.deadline_at)
    return keep(tx, row._replace(due_at=due)), calls, guarding.warned(tx, row)


def _under_way(tx: Tx, row: Row) -> bool:
    """Whether it may still arrive: a second one would be one too many."""
    found = dispatches.of_referral(tx, row.id)
    return any(one.errand == Errand.REFERRAL and one.state in _UNDER_WAY for one in found)


def queue(
    tx: Tx, row: Row, errand: Errand, road: Road, actor: str, *, about: str = "", text: Mapping[str, str] | None = None
) -> Row:  # fmt: skip
    """Something goes to the agency by a road; the row as it is then."""
    dispatch_id = new_dispatch(tx, row, errand, road, about=about, text=text)
    return note(tx, row, "queued", actor, reason=errand.value, reference=dispatch_id)


def new_dispatch(
    tx: Tx, row: Row, errand: Errand, road: Road, *, about: str = "", text: Mapping[str, str] | None = None
) -> str:  # fmt: skip
    """Something goes to the agency by a road: its id, which whoever calls notes."""
    dispatch_id = new_id(tx.now)
    dispatches.add(tx, dispatch_id, row.id, errand, road.kind, connector=road.connector, about=about, text=text)
    wake(tx, dispatch_id, row)
    return dispatch_id


def queue_for_intake(
    tx: Tx, row: Row, errand: Errand, actor: str, *, about: str = "", texts: Mapping[str, str] | None = None,
    at: float | None = None,
) -> Row:  # fmt: skip
    """Something goes to the citizen, or back from where it waits (``about``), now or at a moment; the row as it is
    then."""
    dispatch_id = new_id(tx.now)
    dispatches.add(tx, dispatch_id, row.id, errand, TO_CITIZEN, about=about, text=texts, at=at)
    wake(tx, dispatch_id, row)
    return note(tx, row, "queued", actor, reason=errand.value, reference=dispatch_id)


def wake(tx: Tx, dispatch_id: str, row: Row) -> None:
    """Have the apis look."""
    tx.signal(events_pb2.DispatchWaits(dispatch_id=dispatch_id), subject=row.case_id)


def send_link(tx: Tx, referral_id: str) -> bool:
    """The agency asks for a new link: it goes to the address that is known, and nowhere else. False if none goes: the
    referral is over, nobody agrees any more, or the agency is reached by no link."""
    row = hold(tx, referral_id)
    road = roads.toward(roads.road(tx, row.organization_id), Errand.LINK)
    if row.state not in _OPEN or road is None or not road.written or not may_leave(tx, row):
        return False
    keep(tx, queue(tx, row, Errand.LINK, road, "agency"))
    return True


def tell_citizen(tx: Tx, referral_id: str, texts: Mapping[str, str], actor: str) -> None:
    """Tell the citizen something, in the languages it is written in (``ko`` among them)."""
    row = hold(tx, referral_id)
    keep(tx, queue_for_intake(tx, row, Errand.NOTICE, actor, texts=texts))


def held(tx: Tx, dispatch_id: str) -> tuple[Row | None, Row | None]:
    """A dispatch and its referral, which is held; None and None if there is no such dispatch."""
    found = dispatches.dispatch(tx, dispatch_id)
    if found is None:
        return None, None
    row = hold(tx, found.referral_id)
    return row, dispatches.dispatch(tx, dispatch_id)


def put(tx: Tx, dispatch: Row, state: DispatchState, *, reason: str = "", due_at: float | None = None) -> Row:
    """A dispatch moves. One that is with intake, or over, is due no more; one that is carried keeps its lease."""
    if state not in DISPATCH_MOVES[dispatches.state(dispatch)]:
        raise LookupError(f"a dispatch does not go from {dispatch.state} to {state}")
    carried = state in {_D.BEGUN, _D.DEPARTED}
    given_at = tx.now.timestamp() if state is _D.GIVEN else dispatch.given_at
    dispatch = dispatch._replace(
        state=state.value, reason=reason, given_at=given_at, due_at=dispatch.due_at if carried else due_at
    )
    dispatches.keep(tx, dispatch)
    return dispatch


def stop(tx: Tx, row: Row, dispatch: Row) -> Row:
    """It does not leave; the row as it is then."""
    put(tx, dispatch, _D.STOPPED)
    return note(tx, row, "stopped", CLOCK, reason=dispatch.errand, reference=dispatch.id)


def stop_all(tx: Tx, row: Row) -> Row:
    """Nothing that leads to the agency leaves any more; the row as it is then."""
    for dispatch in dispatches.of_referral(tx, row.id):
        if dispatch.errand in NEED_CONSENT and dispatch.state in HERE:
            row = stop(tx, row, dispatch)
    return row


def hold_back(tx: Tx, row: Row) -> Row:
    """A conflict of interest stands in the way: what has not left stops, a call that nobody has answered is taken back,
    and it is sent again once the conflict is cleared; the row as it is then."""
    row = take_back(tx, stop_all(tx, row), CONFLICT)
    return row._replace(due_at=None) if row.state == ReferralState.CONSENTED else row


def is_barred(tx: Tx, row: Row) -> bool:
    """Whether a conflict of interest came to light since it was sent off, from whichever side: then it is held back,
    and the legal desk finds it."""
    if not conflicts.stands(tx, row):
        return False
    keep(tx, hold_back(tx, conflicts.judge(tx, row, CLOCK)))
    return True


def has_left(tx: Tx, row: Row) -> bool:
    """Whether the agency has, or may have, something of the citizen's."""
    left = (one.errand in NEED_CONSENT and one.state in LEFT for one in dispatches.of_referral(tx, row.id))
    return row.sent_at is not None or any(left)
