"""How what leads to an agency stops: links die, what is queued does not leave, and the agency is told to delete."""

from __future__ import annotations

from chassis.database import Tx
from chassis.errors import NotFound, PreconditionFailed
from chassis.statements import Row
from services.referral.domain.consents import Ended
from services.referral.domain.dispatches import NEED_CONSENT, DispatchState, Errand
from services.referral.domain.referrals import WITHDRAWABLE, Reason, ReferralState
from services.referral.store import consents, dispatches
from services.referral.use_cases import appointments, dispatching, guarding, linking, roads
from services.referral.use_cases.asking import take_back
from services.referral.use_cases.hanging_up import take_back as take_calls_back
from services.referral.use_cases.moving import CLOCK, hold, keep, move, note, want_supervisor

_CARRIED = frozenset({DispatchState.QUEUED, DispatchState.BEGUN, DispatchState.DEPARTED})
_WITH_INTAKE = frozenset({DispatchState.GIVEN, DispatchState.UNKNOWN})


def end_consent(tx: Tx, row: Row, ended: Ended, actor: str, words: str = "") -> Row:
    """The consent of a referral counts no more, and what hangs on it stops; the row as it is then. One that had ended
    changes nothing."""
    if not row.consent_id or not consents.end(tx, row.consent_id, ended, actor):
        return row
    row = note(tx, row, "consent_ended", actor, reason=ended.value, words=words, reference=row.consent_id)
    row = appointments.release(tx, row, actor)
    linking.kill(tx, row.id)
    row = take_calls_back(tx, row)
    return clear(tx, dispatching.stop_all(tx, row))


def clear(tx: Tx, row: Row) -> Row:
    """What intake has and has perhaps not brought to a department is taken back, and the agency is told to delete what
    left; the row as it is then. A message with a link needs no taking back: the link is dead."""
    found = dispatches.of_referral(tx, row.id)
    taken = {one.about for one in found if one.errand == Errand.RECALL}
    for one in found:
        if _through_system(one) and one.state in _WITH_INTAKE and one.id not in taken:
            row = dispatching.queue_for_intake(tx, row, Errand.RECALL, CLOCK, about=one.id)
    return ask_deletion(tx, row)


def _through_system(dispatch: Row) -> bool:
    return dispatch.errand in NEED_CONSENT and dispatch.road == roads.CONNECTOR


def ask_deletion(tx: Tx, row: Row) -> Row:
    """The agency is told once to delete what it got, if it got anything and nothing is being taken back; the row as it
    is then."""
    found = dispatches.of_referral(tx, row.id)
    asked = any(one.errand == Errand.DELETION for one in found)
    open_still = any(
        (one.errand == Errand.RECALL and one.state in _CARRIED)
        or (_through_system(one) and one.state == DispatchState.DEPARTED)
        for one in found
    )
    if asked or open_still or not dispatching.has_left(tx, row):
        return row
    road = roads.road(tx, row.organization_id)
    if road is None or road.kind == roads.TELEPHONE:
        return want_supervisor(tx, row, Reason.DELETION_BY_TELEPHONE, CLOCK)
    return dispatching.queue(tx, row, Errand.DELETION, road, CLOCK)


def revoke(tx: Tx, consent_id: str, words: str, actor: str) -> tuple[Row, Row]:
    """The citizen takes it back; the consent and its referral as they are then. Taken back twice is taken back once."""
    row, consent = _consented(tx, consent_id)
    if row.consent_id == consent.id:
        row = _stopped(tx, end_consent(tx, row, Ended.REVOKED, actor, words), Reason.CONSENT_REVOKED, actor)
        row = keep(tx, row)
    return consents.consent(tx, consent_id), row


def _consented(tx: Tx, consent_id: str) -> tuple[Row, Row]:
    consent = consents.consent(tx, consent_id)
    if consent is None:
        raise NotFound("consent", consent_id)
    return hold(tx, consent.referral_id), consent


def expire(tx: Tx) -> bool:
    """End one consent whose time is over; False if there is none. What has not left goes back to be agreed to anew,
    what has is over."""
    consent = consents.expired(tx)
    if consent is None:
        return False
    row = hold(tx, consent.referral_id)
    if row.consent_id != consent.id:
        consents.end(tx, consent.id, Ended.EXPIRED, CLOCK)
        return True
    unsent = row.state == ReferralState.CONSENTED and not dispatching.has_left(tx, row)
    row = end_consent(tx, row, Ended.EXPIRED, CLOCK)
    if unsent:
        row = move(tx, row, ReferralState.PROPOSED, CLOCK, reason=Reason.CONSENT_EXPIRED.value)
    else:
        row = _stopped(tx, row, Reason.CONSENT_EXPIRED, CLOCK)
    keep(tx, row)
    return True


def withdraw(
    tx: Tx, referral_id: str, reason: Reason, words: str, actor: str, *, deadline_acknowledged: bool = False
) -> Row:  # fmt: skip
    """Call a referral off. Called off twice is called off once."""
    row = hold(tx, referral_id)
    if row.state == ReferralState.WITHDRAWN:
        return row
    if row.state not in WITHDRAWABLE:
        raise PreconditionFailed("REFERRAL_OVER", f"referral {row.id} is {row.state}")
    guarding.must_be_known(tx, row, acknowledged=deadline_acknowledged)
    return keep(tx, _stopped(tx, end_consent(tx, row, Ended.DONE, actor), reason, actor, words))


def _stopped(tx: Tx, row: Row, reason: Reason, actor: str, words: str = "") -> Row:
    """A referral that nobody goes on with; one whose agency is done only waits for the citizen. The deletion that a
    supervisor is to see to stays wanted."""
    if row.state not in WITHDRAWABLE:
        return row
    wanted = row.escalation, row.escalated_at
    row = take_back(tx, move(tx, row, ReferralState.WITHDRAWN, actor, reason=reason.value, words=words))
    row = guarding.in_hand(row)
    if wanted[0] == Reason.DELETION_BY_TELEPHONE:
        row = row._replace(escalation=wanted[0], escalated_at=wanted[1])
    return row
