"""The clock's watch over deadlines: silence is escalated before them, and a supervisor knows when one comes near.

A referral carries its nearest deadline that is open and not over. Whoever calls this holds the referral's row and
writes it back with ``keep``.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Final

from chassis.database import Tx
from chassis.errors import PreconditionFailed
from chassis.statements import Row
from services.referral.domain.deadlines import (
    UNTAKEN,
    DeadlineKind,
    DeadlineState,
    Warned,
    before,
    end_of,
    nearest,
    warnings,
    watched,
)
from services.referral.domain.ladders import ladder
from services.referral.domain.referrals import AT_AGENCY, OVER, Reason, ReferralState
from services.referral.store import legal, referrals
from services.referral.use_cases.moving import CLOCK, keep, note, want_supervisor

_GUARDED = AT_AGENCY | {ReferralState.CONSENTED}
_NONE: Final = {"deadline_id": "", "deadline_kind": "", "deadline_day": "", "deadline_at": None}


def open_deadlines(tx: Tx, row: Row) -> Sequence[Row]:
    """Deadlines of a referral that nobody has closed, the nearest first; they may be over."""
    return [one for one in legal.deadlines(tx, row.id) if one.state == DeadlineState.OPEN]


def warned(tx: Tx, row: Row) -> list[Warned]:
    """What is to be said of the deadlines of a referral; welfare has none."""
    if not row.law_field:
        return []
    now = tx.now.timestamp()
    found = {one for row_ in open_deadlines(tx, row) for one in warnings(date.fromisoformat(row_.day), now)}
    return sorted(found)


def must_be_known(tx: Tx, row: Row, *, acknowledged: bool) -> None:
    """Whoever ends a referral before its deadline says that they know. Raises ``PreconditionFailed`` with
    DEADLINE_OPEN."""
    if acknowledged or not row.law_field:
        return
    day = nearest([date.fromisoformat(one.day) for one in open_deadlines(tx, row)], tx.now.timestamp())
    if day is not None:
        raise PreconditionFailed("DEADLINE_OPEN", f"referral {row.id} has a deadline until {day}: acknowledge it")


def refresh(tx: Tx, row: Row) -> Row:
    """The row with its nearest deadline, and with what is due moved before it; the clock looks at once."""
    now = tx.now.timestamp()
    ahead = [one for one in open_deadlines(tx, row) if end_of(date.fromisoformat(one.day)) > now]
    if not ahead:
        return row._replace(**_NONE, deadline_warned=None, deadline_due_at=None)
    first = ahead[0]
    if first.id == row.deadline_id:
        return row
    at = end_of(date.fromisoformat(first.day))
    row = row._replace(
        deadline_id=first.id, deadline_kind=first.kind, deadline_day=first.day, deadline_at=at, deadline_warned=None,
        deadline_due_at=now,
    )  # fmt: skip
    if row.due_at is None or row.state not in _GUARDED:
        return row
    return row._replace(due_at=before(row.due_at, now, len(ladder(ReferralState(row.state))) - row.rung, at))


def guard(tx: Tx, days_before: Collection[int]) -> bool:
    """Look at one deadline whose time is there; False if there is none. Looked at twice, it is said once."""
    row = referrals.deadline_due(tx)
    if row is None:
        return False
    watch = watched(date.fromisoformat(row.deadline_day), tx.now.timestamp(), days_before)
    over = row.state in OVER - UNTAKEN
    if watch.next_at is None:
        keep(tx, refresh(tx, row if over else _said(tx, row, Reason.DEADLINE_PASSED)))
    elif over:
        keep(tx, row._replace(deadline_due_at=None))
    else:
        if watch.days is not None and watch.days != row.deadline_warned:
            row = _said(tx, row, Reason.DEADLINE_NEAR)
        keep(tx, row._replace(deadline_warned=watch.days, deadline_due_at=watch.next_at))
    return True


def _said(tx: Tx, row: Row, reason: Reason) -> Row:
    """It is an entry; where no agency has it in hand a supervisor is wanted, unless one is already."""
    row = note(tx, row, reason.value, CLOCK, reference=row.deadline_id)
    if row.state in UNTAKEN and not row.escalation:
        return want_supervisor(tx, row, reason, CLOCK)
    return row


def in_hand(row: Row) -> Row:
    """An agency takes it, another is asked, or it is called off: nobody need see to its deadline any more."""
    if row.escalation != Reason.DEADLINE_NEAR:
        return row
    return row._replace(escalation="", escalation_taken_by="", escalated_at=None)


def carry_over(tx: Tx, row: Row, other: Row, actor: str) -> tuple[Row, Row]:
    """Open deadlines go along to the referral that takes another's place; both rows as they are then."""
    for one in open_deadlines(tx, row):
        new = legal.NewDeadline(
            DeadlineKind(one.kind), date.fromisoformat(one.day), legal.source(tx, one), one.rule, one.id
        )
        legal.add_deadline(tx, other.id, new, one.entered_by)
        legal.close_deadline(tx, one.id, DeadlineState.MOVED, actor)
    return in_hand(refresh(tx, row)), refresh(tx, other)
