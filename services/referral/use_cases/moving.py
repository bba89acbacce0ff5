"""How a referral moves, what is noted of it, and who is told.

Whoever calls this holds the referral's row and writes it back with ``keep``.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Final

from hub120.referral.v1 import events_pb2

from chassis import calendars
from chassis.database import Tx
from chassis.errors import NotFound
from chassis.ids import new_id
from chassis.statements import Row
from services.referral import protos
from services.referral.domain.deadlines import before
from services.referral.domain.ladders import ZONE, first_due, ladder
from services.referral.domain.referrals import AT_AGENCY, OVER, REFERRAL_MOVES, Reason, ReferralState, furthest
from services.referral.store import referrals
from services.referral.use_cases import roads

CLOCK: Final = "clock"
CITIZEN: Final = "citizen"
AGENCY: Final = "agency"
"""Actors beside agents."""

_S = ReferralState
_SAID = (AT_AGENCY - {_S.SENT}) | {_S.COMPLETED, _S.DECLINED}
_TAKEN = frozenset({_S.ACCEPTED, _S.IN_PROGRESS, _S.COMPLETED})
_TIMES: Final = {
    "consented_at": frozenset({_S.CONSENTED}),
    "sent_at": AT_AGENCY | {_S.COMPLETED},
    "acknowledged_at": _SAID,
    "accepted_at": _TAKEN,
    "completed_at": frozenset({_S.COMPLETED}),
}
"""Which states set which time, once."""


def hold(tx: Tx, referral_id: str) -> Row:
    """A referral, its row held until the end of the transaction."""
    return found(tx, referral_id, lock=True)


def found(tx: Tx, referral_id: str, *, lock: bool = False) -> Row:
    """A referral. Raises ``NotFound``."""
    row = referrals.referral(tx, referral_id, lock=lock)
    if row is None:
        raise NotFound("referral", referral_id)
    return row


def note(
    tx: Tx, row: Row, kind: str, actor: str, *, reason: str = "", words: str = "", reference: str = ""
) -> Row:  # fmt: skip
    """Something happened; the row as it is then. ``words`` are somebody's, and sealed."""
    row = row._replace(sequence=row.sequence + 1)
    referrals.add_entry(tx, new_id(tx.now), row, kind=kind, actor=actor, reason=reason, note=words, reference=reference)
    return row


def move(
    tx: Tx, row: Row, state: ReferralState, actor: str, *, kind: str = "moved", reason: str = "", words: str = "",
    reference: str = "", expected_at: float | None = None,
) -> Row:  # fmt: skip
    """A referral moves: its ladder begins anew, and other services are told."""
    if state not in REFERRAL_MOVES[ReferralState(row.state)]:
        raise LookupError(f"a referral does not go from {row.state} to {state}")
    if row.state == _S.ESCALATED:
        row = row._replace(escalation="", escalation_taken_by="", escalated_at=None)
    before = _S(row.reached) if row.reached and state is not _S.CONSENTED else None
    reached = furthest(before, state)
    declined = reason if state is _S.DECLINED else row.declined_for
    row = row._replace(
        state=state.value, reason=reason, reached=reached.value if reached else "", declined_for=declined
    )
    row = note(tx, wait(tx, _timed(tx, row, state), expected_at), kind, actor, reason=reason, words=words,
               reference=reference)  # fmt: skip
    told = events_pb2.ReferralMoved(
        referral_id=row.id,
        case_id=row.case_id,
        organization_id=row.organization_id,
        state=protos.STATES[state],
        sequence=row.sequence,
    )
    tx.emit(told, subject=row.case_id, traceparent=row.traceparent)
    return row


def _timed(tx: Tx, row: Row, state: ReferralState) -> Row:
    now = tx.now.timestamp()
    times = {name: now for name, states in _TIMES.items() if state in states and getattr(row, name) is None}
    if state is _S.EXPIRED:
        times["expired_at"] = now
    return row._replace(**times, ended_at=(row.ended_at or now) if state in OVER else None)


def wait(tx: Tx, row: Row, expected_at: float | None = None) -> Row:
    """Begin the ladder of the state anew; a deadline makes its rungs come sooner."""
    now = tx.now.timestamp()
    state = _S(row.state)
    due = first_due(state, now, roads.timers_of(tx, row.organization_id), holidays(now), expected_at)
    if due is not None and state in AT_AGENCY:
        due = before(due, now, len(ladder(state)), row.deadline_at)
    return row._replace(rung=0, due_at=due, expected_at=expected_at or row.expected_at)


def want_supervisor(tx: Tx, row: Row, reason: Reason, actor: str) -> Row:
    """A supervisor is to see it, and take it."""
    now = tx.now.timestamp()
    row = row._replace(
        escalation=reason.value,
        escalation_taken_by="",
        escalated_at=now,
        first_escalated_at=row.first_escalated_at or now,
    )
    return note(tx, row, "escalated", actor, reason=reason.value)


def escalate(tx: Tx, row: Row, reason: Reason, actor: str = CLOCK) -> Row:
    """It does not go on by itself."""
    return want_supervisor(tx, move(tx, row, _S.ESCALATED, actor, reason=reason.value), reason, actor)


def keep(tx: Tx, row: Row) -> Row:
    """Write where a referral stands, and wake who watches it."""
    referrals.keep(tx, row)
    tx.signal(events_pb2.ReferralChanged(referral_id=row.id, sequence=row.sequence), subject=row.case_id)
    return row


def holidays(at: float) -> Collection[date]:
    """The public holidays around a moment, in seconds since 1970."""
    year = datetime.fromtimestamp(at, ZONE).year
    return calendars.of_years(year, year + 1)
