"""What conferences hear: from exchanges how legs move and what became of commands, from departments how far they are,
from the clock that something is due."""

from __future__ import annotations

from dataclasses import dataclass

from chassis.database import Tx
from chassis.statements import Row
from services.routing.domain.conference import (
    LEG_MOVES,
    NOT_DIALLED,
    WHO_TAKE_OVER,
    Acknowledged,
    ConferenceState,
    EntryKind,
    LegState,
    Purpose,
    Role,
)
from services.routing.domain.ladders import Lines
from services.routing.store import calls, conferences
from services.routing.use_cases import calling_agencies, talking
from services.routing.use_cases.conducting import acknowledge, conduct, end_leg, hang_up_leg, move_leg, note, take_call

TAKEN_UP = frozenset({"acknowledged", "in_progress", "done"})
"""A department that is so far with a packet has seen it."""


OF_THE_EXCHANGE = frozenset({"failed", "expired", "withdrawn"})
"""Outcomes that say something of the exchange, and nothing of whoever was to be called."""


@dataclass(frozen=True, slots=True)
class CallNews:
    """What intake tells of a leg."""

    call_id: str
    leg_id: str
    case_id: str
    channel: str
    state: LegState
    reason: str
    occurred_at: float


def hear_call(tx: Tx, news: CallNews, lines: Lines) -> None:
    """A leg moved. Only an allowed move changes anything, so news that come twice or too late do not."""
    if news.case_id:
        calls.put_call(tx, news.call_id, news.case_id, news.channel, news.state, news.occurred_at)
    held = _held(tx, news.call_id, news.leg_id)
    if held is None:
        if news.case_id:
            find_call(tx, news.case_id, lines)
        return
    row, leg = held
    stood = LegState(leg.state)
    between = stood in LegState.answered() and news.state in LegState.answered()
    if news.state not in LEG_MOVES[stood] or (between and news.occurred_at < leg.occurred_at):
        return
    if news.state is LegState.ENDED:
        end_leg(tx, row, leg, news.reason or "done")
    else:
        move_leg(tx, row, leg, news.state, news.occurred_at)
    _part(tx, conduct(tx, row, lines), leg, news.state)


def _part(tx: Tx, row: Row, leg: Row, state: LegState) -> None:
    """Nobody conducts a conference that was called off: who is left alone there by the agent or the citizen hanging up
    is hung up too, unless they are in another by now."""
    leaves = state is LegState.ENDED and leg.role in {Role.AGENT, Role.CITIZEN}
    if leaves and row.purpose == Purpose.SAFETY and row.state == ConferenceState.CANCELLED:
        for other in conferences.legs(tx, row.id):
            last = conferences.leg(tx, other.id)
            if last is not None and last.conference_id == row.id:
                hang_up_leg(tx, row, other)


def find_call(tx: Tx, case_id: str, lines: Lines) -> None:
    """A citizen who calls, or is found to be on the line, and is not on the bridge is taken onto it; where there is
    none, to the agent who has the case. Asked twice, the second time they are there. A call and a conference, or an
    agent who takes the work, that came at once may miss each other, so both ask again once they are stored."""
    call, row = calls.call_of(tx, case_id), conferences.open_of_case(tx, case_id)
    if call is not None and row is None:
        talking.find_agent(tx, call, lines)
    if call is None or row is None or row.acknowledged_at is not None or row.channel != call.channel:
        return
    citizens = [leg for leg in conferences.legs(tx, row.id) if leg.role == Role.CITIZEN]
    there = any(LegState(leg.state) in LegState.answered() or leg.id == call.call_id for leg in citizens)
    if not there:
        take_call(tx, row, call.call_id, LegState(call.state))
        conduct(tx, row, lines)


def hear_command(tx: Tx, leg_id: str, outcome: str, lines: Lines, *, calls: bool) -> None:
    """What became of a command; ``calls`` is true for one that should have brought the leg onto the bridge. A second
    delivery finds the leg moved on."""
    held = _held(tx, leg_id)
    if held is None:
        return
    row, leg = held
    if outcome == "done":
        if calls and leg.state == LegState.ORDERED:
            move_leg(tx, row, leg, LegState.DIALLING, leg.occurred_at)
            conduct(tx, row, lines)
    elif leg.state != LegState.ENDED:
        note(tx, row, EntryKind.NOT_DONE, leg_id=leg.id, role=leg.role, detail=outcome)
        if calls:
            never_rang = leg.state == LegState.ORDERED and outcome in OF_THE_EXCHANGE
            end_leg(tx, row, leg, NOT_DIALLED if never_rang else outcome)
            conduct(tx, row, lines)


def hear_key(tx: Tx, leg_id: str, key: str, pressed_at: float, lines: Lines) -> None:
    """Somebody pressed a key on their telephone. The one for it takes over, if it is theirs to do so. Whoever presses a
    key is there, though that was not told yet. Pressed twice, the first counts."""
    held = _held(tx, leg_id) if key and key == lines.key else None
    if held is None:
        return
    row, leg = held
    gone = leg.state == LegState.ENDED or row.ended_at is not None
    safety = row.purpose == Purpose.SAFETY and Role(leg.role) in WHO_TAKE_OVER
    if gone or not (safety or leg.role == Role.AGENCY):
        return
    if LegState(leg.state) not in LegState.answered():
        move_leg(tx, row, leg, LegState.UP, pressed_at)
        row = conduct(tx, row, lines)
    if leg.role == Role.AGENCY:
        calling_agencies.take_over(tx, row, leg._replace(state=LegState.UP), lines)
        return
    if row.acknowledged_at is None:
        row = acknowledge(tx, row, Acknowledged.BY_KEY, leg_id=leg.id, role=leg.role)
    conduct(tx, row, lines)


def hear_department(tx: Tx, conference_id: str, department: str, state: str, lines: Lines) -> None:
    """A packet moved at a department. Who has seen it and is on the line has taken over."""
    row = conferences.conference(tx, conference_id, lock=True)
    if row is None:
        return
    note(tx, row, EntryKind.PACKET, detail=state)
    if state in TAKEN_UP and conferences.acknowledge_leg(tx, row.id, department):
        conduct(tx, row, lines)


def tend(tx: Tx, lines: Lines) -> bool:
    """Look at one conference whose time has come; False if there is none. What is done moves its time on."""
    row = conferences.due(tx)
    if row is None:
        return False
    conduct(tx, row, lines)
    return True


def _held(tx: Tx, *ids: str) -> tuple[Row, Row] | None:
    """The conference of a leg, its row held, and the leg as it is then."""
    leg = conferences.leg(tx, *ids)
    if leg is None:
        return None
    row = conferences.conference(tx, leg.conference_id, lock=True)
    fresh = next(one for one in conferences.legs(tx, leg.conference_id) if one.id == leg.id)
    return None if row is None else (row, fresh)
