"""Agencies in calls: referral says whom it wants in a talk, or no more, and who takes over; routing has the talk."""

from __future__ import annotations

from hub120.intake.v1 import case_pb2
from hub120.routing.v1 import events_pb2

from chassis.database import Tx
from chassis.statements import Row
from services.routing.domain.conference import OVER, ConferenceState, EntryKind, LegState, Purpose
from services.routing.domain.ladders import Lines
from services.routing.store import agency_legs, conferences
from services.routing.use_cases.conducting import (
    NO_CALL,
    WantedAgency,
    call_agency,
    conduct,
    let_go,
    note,
    tell_referral,
)


def want(tx: Tx, wanted: WantedAgency, lines: Lines) -> None:
    """Call an agency into the talk of an agent with a citizen. A call is made once; where the two do not talk, or it is
    too late, referral hears so."""
    row = conferences.open_of_case(tx, wanted.case_id)
    if agency_legs.of_call(tx, wanted.call_id) is not None:
        return
    late = wanted.expires_at <= tx.now.timestamp()
    if row is None or late or not _talks(row, wanted.agent_id):
        refused = events_pb2.AgencyLegChanged(
            call_id=wanted.call_id, state=case_pb2.CALL_STATE_ENDED, reason="expired" if late else NO_CALL
        )
        tx.emit(refused, subject=wanted.case_id)
        return
    call_agency(tx, row, wanted, lines)
    conduct(tx, row, lines)


def _talks(row: Row, agent_id: str) -> bool:
    """The agent leads this talk and is in it with the citizen."""
    return bool(row.agent_id == agent_id and row.purpose == Purpose.TALK and row.state == ConferenceState.BRIDGED)


def unwant(tx: Tx, call_id: str, lines: Lines) -> None:
    """Hang an agency's telephone up. One that was never called, or has ended, is left alone."""
    held = _held(tx, call_id)
    if held is None:
        return
    row, leg = held
    let_go(tx, row, leg, lines)


def takes_over(tx: Tx, call_id: str, agent_id: str, lines: Lines) -> None:
    """The agency has said to the agent that it takes over: the agent may leave. Who is not on the line any more has
    taken over nothing; said twice, the first counts."""
    held = _held(tx, call_id)
    if held is not None:
        take_over(tx, *held, lines, actor=agent_id)


def take_over(tx: Tx, row: Row, leg: Row, lines: Lines, *, actor: str = "") -> bool:
    """Write down that an agency on the line takes over; without an ``actor`` it did so by a key, and referral is told.
    False where that changes nothing."""
    there = LegState(leg.state) in LegState.answered() and row.state not in OVER
    if not there or not conferences.take_over(tx, leg):
        return False
    note(tx, row, EntryKind.ACKNOWLEDGED, detail="by_voice" if actor else "by_key", actor=actor, leg_id=leg.id,
         role=leg.role)  # fmt: skip
    if not actor:
        tell_referral(tx, row, leg, LegState(leg.state), takes_over=True)
    conduct(tx, row, lines)
    return True


def _held(tx: Tx, call_id: str) -> tuple[Row, Row] | None:
    """The conference of a call, its row held, and the agency's leg as it is then."""
    called = agency_legs.of_call(tx, call_id)
    row = conferences.conference(tx, called.conference_id, lock=True) if called is not None else None
    if called is None or row is None:
        return None
    return row, next(one for one in conferences.legs(tx, row.id) if one.id == called.leg_id)
