"""Referring: a need that a call showed becomes a referral, and the round shows what came of it.

The agent proposes the referral with the check-in's case, in one call of the referral service; outreach hears of it by
the case and follows it from there.
"""

from __future__ import annotations

from chassis.database import Tx
from services.outreach.store import check_ins
from services.outreach.use_cases.moving import REFERRAL, hold, note


def referral_moved(tx: Tx, referral_id: str, case_id: str, state: str) -> None:
    """A referral moved. One in a check-in's case is a need of its person, whether a call sheet named that or not. Told
    twice, it stands there."""
    need = check_ins.need_of(tx, referral_id, case_id)
    found = need.check_in_id if need is not None else check_ins.of_persons_case(tx, case_id) if case_id else None
    if found is None:
        return
    row = hold(tx, found)
    need = check_ins.need_of(tx, referral_id, case_id)
    if need is None:
        check_ins.add_need(tx, row, "", referral_id=referral_id, state=state)
    elif (need.referral_id, need.referral_state) == (referral_id, state):
        return
    else:
        check_ins.refer(tx, need, referral_id, state)
    note(tx, row, "referral", REFERRAL, state)
