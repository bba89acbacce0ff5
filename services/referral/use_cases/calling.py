"""Warm hand-over: the agency is called into the talk of an agent with a citizen, and says there whether it takes over.

Routing has the talk and its telephones; what becomes of the agency's comes back as events. The voice on the line is
the disclosure: who has answered has got the referral.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from hub120.intake.v1 import legs_pb2
from hub120.referral.v1 import events_pb2

from chassis.clock import moment
from chassis.database import Tx
from chassis.errors import PreconditionFailed
from chassis.ids import new_id
from chassis.statements import Row
from services.referral.domain.agency_calls import (
    ANSWERED,
    BY_AGENT,
    CALL_MOVES,
    CALLABLE,
    EXPIRES_S,
    GOES_ON,
    LANGUAGE,
    NO_WORD,
    RING_S,
    TAKEN_BACK,
    UNHEARD_S,
    CallState,
    announcement,
)
from services.referral.domain.referrals import AgencyReport, Reason, ReferralState
from services.referral.store import agency_calls
from services.referral.use_cases import conflicts, dispatching, roads
from services.referral.use_cases.dispatching import may_leave
from services.referral.use_cases.hanging_up import put, take_back, unwant, wait_for_agent
from services.referral.use_cases.moving import AGENCY, CLOCK, hold, keep, note, want_supervisor
from services.referral.use_cases.reporting import Taken, take_report

_C = CallState
_TAKEN: Final = frozenset({ReferralState.ACCEPTED, ReferralState.IN_PROGRESS})


@dataclass(frozen=True, slots=True)
class LegNews:
    """What routing tells of an agency's telephone. ``takes_over``: they pressed the key for it."""

    call_id: str
    state: CallState
    reason: str = ""
    takes_over: bool = False


def call_agency(tx: Tx, referral_id: str, agent_id: str, request_id: str, centre: str) -> tuple[Row, Row]:
    """Have the agency of a referral called into the agent's talk; the referral and the call. A repeated request finds
    the call that it began."""
    row = hold(tx, referral_id)
    before = agency_calls.by_request(tx, row.id, request_id)
    if before is not None:
        return row, before
    number = _number(tx, row)
    call = agency_calls.add(tx, new_id(tx.now), row.id, agent_id, request_id, tx.now.timestamp() + UNHEARD_S)
    sealed = tx.keys.seal(number, table="dial_to", column="sealed_number", row="")
    wanted = events_pb2.AgencyLegWanted(
        call_id=call.id,
        referral_id=row.id,
        case_id=row.case_id,
        agent_id=agent_id,
        dial_to=legs_pb2.DialTo(sealed_number=sealed),
        ring_seconds=RING_S,
        announcement=legs_pb2.Announcement(text=announcement(centre), language=LANGUAGE),
        expire_time=moment(tx.now.timestamp() + EXPIRES_S),
    )
    tx.emit(wanted, subject=row.case_id, traceparent=row.traceparent)
    return keep(tx, note(tx, row, "calling", agent_id, reference=call.id)), call


def _number(tx: Tx, row: Row) -> str:
    """Whom to call, if the agency may be called now."""
    if row.state not in CALLABLE | {ReferralState.PROPOSED}:
        raise PreconditionFailed("NOT_CALLABLE", f"referral {row.id} is {row.state}")
    if not may_leave(tx, row):
        raise PreconditionFailed("NO_CONSENT", f"nobody agreed, or not any more: record a consent for {row.id}")
    conflicts.must_be_clear(tx, row)
    number = roads.line(tx, row)
    if not number:
        raise PreconditionFailed("NO_LINE", f"nobody knows a telephone of organization {row.organization_id}")
    if any(one.state in GOES_ON for one in agency_calls.of_referral(tx, row.id)):
        raise PreconditionFailed("CALL_GOES_ON", f"the agency of referral {row.id} is being called, or on the line")
    return number


def hear(tx: Tx, news: LegNews) -> None:
    """The agency's telephone moved. What is told twice, or too late, changes nothing."""
    row, call = _held(tx, news.call_id)
    if row is None or call is None:
        return
    if call.state == _C.ENDED and call.reason in TAKEN_BACK and call.answered_at is None:
        _came_too_late(tx, row, call, news.state)
    elif news.takes_over:
        _take_over(tx, row, call)
    elif news.state not in CALL_MOVES[_C(call.state)]:
        return
    elif news.state is _C.UP:
        _answered(tx, row, call)
    elif news.state is _C.ENDED:
        _ended(tx, row, call, news.reason)
    else:
        put(tx, call, news.state)


def _held(tx: Tx, call_id: str) -> tuple[Row | None, Row | None]:
    found = agency_calls.call(tx, call_id)
    if found is None:
        return None, None
    row = hold(tx, found.referral_id)
    return row, agency_calls.call(tx, call_id)


def _came_too_late(tx: Tx, row: Row, call: Row, state: CallState) -> None:
    """One that was taken back rings all the same: it is hung up once more. Where they have answered by then and nobody
    agreed any more, the agency may have heard something, and is to be told to delete it."""
    if state is not _C.ENDED:
        unwant(tx, row, call)
    if state is not _C.UP:
        return
    agency_calls.keep(tx, call._replace(answered_at=tx.now.timestamp()))
    row = note(tx, row, "called", AGENCY, reason=ANSWERED, reference=call.id)
    keep(tx, row if may_leave(tx, row) else want_supervisor(tx, row, Reason.DELETION_BY_TELEPHONE, CLOCK))


def _answered(tx: Tx, row: Row, call: Row) -> Row:
    """Somebody of the agency is with the agent and the citizen: it has got the referral. The call as it is then."""
    if not may_leave(tx, row):
        keep(tx, take_back(tx, row))
        return agency_calls.call(tx, call.id)
    if row.sent_at is None and dispatching.is_barred(tx, row):
        return agency_calls.call(tx, call.id)
    call = put(tx, call, _C.UP)
    keep(tx, note(tx, row, "called", AGENCY, reason=ANSWERED, reference=call.id))
    take_report(tx, row.id, AgencyReport(ReferralState.SENT, report_id=f"{call.id}:up"), call.agent_id)
    return call


def _take_over(tx: Tx, row: Row, call: Row) -> None:
    """They pressed the key. Whoever presses it is there, though that was not told yet."""
    if call.said == ReferralState.ACCEPTED or call.state == _C.ENDED:
        return
    if call.state != _C.UP:
        call = _answered(tx, row, call)
    if call.state == _C.UP:
        agency_calls.keep(tx, call._replace(said=ReferralState.ACCEPTED.value))
        take_report(tx, row.id, AgencyReport(ReferralState.ACCEPTED, report_id=f"{call.id}:key"))


def _ended(tx: Tx, row: Row, call: Row, reason: str) -> None:
    """Who has said something in it has been heard already."""
    was_silent = call.state == _C.SILENT
    put(tx, call, _C.ENDED, reason=reason)
    if call.said or was_silent:
        return
    row = note(tx, row, "called", AGENCY, reason=NO_WORD if call.answered_at else reason, reference=call.id)
    keep(tx, wait_for_agent(tx, row))


def report(tx: Tx, referral_id: str, said: AgencyReport, actor: str) -> tuple[Row, Taken]:
    """What the agency says in the call; the referral as it is then. Where it takes over, routing lets the agent leave.
    Reported twice, it was known."""
    row = hold(tx, referral_id)
    calls = [one for one in agency_calls.of_referral(tx, row.id) if one.answered_at is not None]
    if not calls:
        raise PreconditionFailed("NOT_ANSWERED", f"nobody at the agency of referral {row.id} has answered a call")
    if not dispatching.has_left(tx, row):
        conflicts.must_be_clear(tx, row)
    taken = take_report(tx, row.id, said, actor)
    row, call = hold(tx, row.id), calls[-1]
    over = said.state is ReferralState.ACCEPTED and row.state in _TAKEN
    if taken.allowed or over:
        agency_calls.keep(tx, call._replace(said=said.state.value))
    if over and call.state == _C.UP:
        event = events_pb2.AgencyTakesOver(call_id=call.id, case_id=row.case_id, agent_id=actor)
        tx.emit(event, subject=row.case_id, traceparent=row.traceparent)
    return row, taken


def hang_up(tx: Tx, referral_id: str, actor: str) -> Row:
    """The agent wants the agency in the call no more; the referral as it is then. Where it is in none, or has taken
    over, nothing happens."""
    row = hold(tx, referral_id)
    told = take_back(tx, row, BY_AGENT, actor)
    return row if told.sequence == row.sequence else keep(tx, wait_for_agent(tx, told))


def tend(tx: Tx) -> bool:
    """Find one call of which nothing was heard for too long: it is the agent's turn. False if there is none."""
    due = agency_calls.due(tx)
    if due is None:
        return False
    row, call = _held(tx, due.id)
    if row is not None and call is not None and call.due_at is not None and call.due_at <= tx.now.timestamp():
        put(tx, call, _C.SILENT, reason=NO_WORD)
        if not call.said:
            row = note(tx, row, "called", CLOCK, reason=NO_WORD, reference=call.id)
            keep(tx, wait_for_agent(tx, row))
    return True
