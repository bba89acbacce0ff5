"""What an agency says of a referral, whoever brings it: a department's connector, a link, an agent after a call."""

from __future__ import annotations

from dataclasses import dataclass

from chassis.database import Tx
from chassis.errors import PreconditionFailed
from chassis.statements import Row
from services.referral.domain.dispatches import DISPATCH_MOVES, NEED_CONSENT, DispatchState, Errand
from services.referral.domain.referrals import (
    OVER,
    AgencyReport,
    DeclineReason,
    Reason,
    ReferralState,
    allows,
)
from services.referral.store import dispatches, referrals
from services.referral.use_cases import appointments, conflicts, departing, dispatching, guarding, linking
from services.referral.use_cases.asking import ask_citizen
from services.referral.use_cases.ending import clear
from services.referral.use_cases.moving import AGENCY, hold, keep, move, note, wait, want_supervisor

_IN_HAND = frozenset({ReferralState.ACCEPTED, ReferralState.IN_PROGRESS, ReferralState.COMPLETED})
__all__ = ["AgencyReport", "Taken", "take_report"]


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a report: whether there is such a referral, whether it was told before, and whether it still
    changed something."""

    known: bool
    duplicate: bool = False
    allowed: bool = False


def take_report(tx: Tx, referral_id: str, report: AgencyReport, by: str = AGENCY) -> Taken:
    """An agency says how far it is: twice, late, in any order. ``by`` is who brings it: an agent's id, or ``agency``.
    What may not change anything is noted nowhere; a report with a known ``report_id`` is a duplicate."""
    if referrals.referral(tx, referral_id) is None:
        return Taken(known=False)
    row = hold(tx, referral_id)
    if report.report_id and not referrals.claim_report(tx, referral_id, report.report_id):
        return Taken(known=True, duplicate=True)
    reached = ReferralState(row.reached) if row.reached else None
    if not _may_report(tx, row, by) or not allows(ReferralState(row.state), reached, report.state):
        return Taken(known=True)
    keep(tx, _carry(tx, row._replace(reports=row.reports + 1), report, by))
    return Taken(known=True, allowed=True)


def _may_report(tx: Tx, row: Row, by: str) -> bool:
    """An agency that never got it has nothing to report; an agent may have told it on the telephone, once the citizen
    agreed."""
    return dispatching.has_left(tx, row) or (by != AGENCY and dispatching.may_leave(tx, row))


def _carry(tx: Tx, row: Row, report: AgencyReport, by: str) -> Row:
    """The row as it is then."""
    reason = (report.reason or DeclineReason.OTHER) if report.state is ReferralState.DECLINED else ""
    if report.state == row.state:
        row = note(tx, row, "reported", by, words=report.note)
        return wait(tx, row, report.expected_at)
    row = move(
        tx, row, report.state, by, kind="reported", reason=str(reason), words=report.note,
        expected_at=report.expected_at,
    )  # fmt: skip
    if report.state is ReferralState.DECLINED:
        return appointments.release(tx, row, by)
    row = guarding.in_hand(row) if report.state in _IN_HAND else row
    if report.state is not ReferralState.COMPLETED:
        return row
    row = ask_citizen(tx, row)
    ahead = row.deadline_at is not None and row.deadline_at > tx.now.timestamp()
    return want_supervisor(tx, row, Reason.DEADLINE_OPEN, by) if by == AGENCY and ahead else row


def report_by_agent(
    tx: Tx, referral_id: str, report: AgencyReport, agent_id: str, *, deadline_acknowledged: bool = False
) -> tuple[Row, Taken]:  # fmt: skip
    """An agent was told on the telephone; the referral as it is then."""
    row = hold(tx, referral_id)
    if row.state == ReferralState.PROPOSED:
        raise PreconditionFailed("NO_CONSENT", f"nobody agreed yet: record a consent for referral {referral_id}")
    if not dispatching.has_left(tx, row):
        conflicts.must_be_clear(tx, row)
    if report.state is ReferralState.COMPLETED and row.state not in OVER | {ReferralState.COMPLETED}:
        guarding.must_be_known(tx, row, acknowledged=deadline_acknowledged)
    taken = take_report(tx, referral_id, report, agent_id)
    return hold(tx, referral_id), taken


_HANDED = {
    "submitted": ReferralState.SENT,
    "acknowledged": ReferralState.ACKNOWLEDGED,
    "in_progress": ReferralState.IN_PROGRESS,
    "done": ReferralState.COMPLETED,
    "refused": ReferralState.DECLINED,
}


def handed_over(tx: Tx, handover_id: str, state: str) -> None:
    """A department's connector tells how a handover stands, by intake's word for it. Handovers of others are left."""
    row, dispatch = dispatching.held(tx, handover_id)
    if row is None or dispatch is None:
        return
    if state in {"failed", "unknown"}:
        _not_arrived(tx, row, dispatch, DispatchState(state))
        return
    said = _HANDED.get(state)
    if said is None:
        return
    arrived(tx, row, dispatch)
    report = AgencyReport(said, report_id=f"{handover_id}:{state}")
    if dispatch.errand == Errand.REFERRAL:
        take_report(tx, row.id, report)
        return
    deleted = dispatch.errand == Errand.DELETION and said is ReferralState.COMPLETED
    if deleted and referrals.claim_report(tx, row.id, report.report_id):
        keep(tx, note(tx, hold(tx, row.id), "deleted", AGENCY, reference=dispatch.id))


def message_moved(tx: Tx, message_id: str, state: str) -> None:
    """A message to an agency has left, or could not, by intake's word for it. Messages of others are left."""
    row, dispatch = dispatching.held(tx, message_id)
    if row is None or dispatch is None:
        return
    if state in {"failed", "unknown"}:
        _not_arrived(tx, row, dispatch, DispatchState(state))
    elif state in {"sent", "delivered", "read"}:
        arrived(tx, row, dispatch)
        if dispatch.errand == Errand.REFERRAL:
            take_report(tx, row.id, AgencyReport(ReferralState.SENT, report_id=f"{message_id}:sent"))


def arrived(tx: Tx, row: Row, dispatch: Row) -> None:
    """It is outside. Told twice, it was known."""
    if DispatchState.SENT in DISPATCH_MOVES[dispatches.state(dispatch)]:
        dispatching.put(tx, dispatch, DispatchState.SENT)
        row = note(tx, row, "arrived", AGENCY, reason=dispatch.errand, reference=dispatch.id)
        linking.replace_older(tx, row.id, dispatch.id)
        ended = dispatch.errand in NEED_CONSENT and not dispatching.may_leave(tx, row)
        keep(tx, clear(tx, row) if ended else row)


def _not_arrived(tx: Tx, row: Row, dispatch: Row, state: DispatchState) -> None:
    if state in DISPATCH_MOVES[dispatches.state(dispatch)]:
        keep(tx, departing.fail(tx, row, dispatching.put(tx, dispatch, state, reason="provider")))
