"""Conferences as people lead them: begun, acknowledged, left, ended, called off, and read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hub120.intake.v1 import legs_pb2

from chassis import telemetry
from chassis.database import Tx
from chassis.errors import Conflict, NotFound, PermissionDenied, PreconditionFailed
from chassis.ids import new_id
from chassis.statements import Row
from chassis.streams import PAGE
from chassis.telemetry import attributes as known
from services.routing.domain.conference import (
    OVER,
    WHO_TAKE_OVER,
    Acknowledged,
    ConferenceState,
    EntryKind,
    LegState,
    Purpose,
    Role,
)
from services.routing.domain.ladders import Ladder, Lines, Rung, Target
from services.routing.domain.talks import agency_has_it, agency_waits
from services.routing.store import calls, conferences, ladders, work
from services.routing.use_cases import talking
from services.routing.use_cases.conducting import (
    acknowledge,
    call_target,
    close,
    command,
    conduct,
    give_up,
    hang_up,
    note,
    somebody_joined,
    take_call,
    turn,
)

MOST_LADDERS = 100


@dataclass(frozen=True, slots=True)
class Leader:
    """Who acts, and whether they lead agents."""

    id: str
    supervisor: bool = False


@dataclass(frozen=True, slots=True)
class NewConference:
    """What an agent asks for: about a case or a work item, by a ladder or to a target."""

    request_id: str
    case_id: str = ""
    work_item_id: str = ""
    target: Target | None = None
    ladder_id: str = ""
    drill: bool = False
    channel: str = ""


@dataclass(frozen=True, slots=True)
class NewCall:
    """Whom an agent phones: the citizen of a case, or of a work item."""

    request_id: str
    case_id: str = ""
    work_item_id: str = ""
    channel: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A conference with everybody who was called."""

    row: Row
    legs: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened, and what was sealed in it."""

    row: Row
    told: str


def start(tx: Tx, new: NewConference, leader: Leader, lines: Lines) -> Found:
    """Begin, or make the talk that goes on a safety conference. A repeated request finds what it began."""
    case_id, trace = _about(tx, new.case_id, new.work_item_id, leader)
    before = conferences.by_request(tx, case_id, new.request_id)
    if before is not None:
        return _found(tx, before)
    ladder = _ladder(tx, new)
    call, talk = calls.call_of(tx, case_id), _talk_of(tx, case_id, leader)
    _may_start(new, ladder, call, lines)
    if talk is not None:
        return _found(tx, conduct(tx, _turned(tx, talk, new, ladder, leader), lines))
    with telemetry.continue_from(trace), telemetry.span("safety conference", attributes={known.DRILL: new.drill}):
        row = conferences.add(
            tx, new_id(tx.now), ladder, purpose=Purpose.SAFETY, case_id=case_id, work_item_id=new.work_item_id,
            agent_id=leader.id, channel=call.channel if call else new.channel or lines.exchange, drill=new.drill,
            request_id=new.request_id, traceparent=telemetry.traceparent(),
        )  # fmt: skip
    if row is None:
        raise Conflict(f"another conference of case {case_id} began just now; look again")
    note(tx, row, EntryKind.STARTED, actor=leader.id, detail="drill" if new.drill else "")
    if call is not None:
        take_call(tx, row, call.call_id, LegState(call.state))
    row = conduct(tx, row, lines)
    work.set_conference(tx, case_id, row.id)
    talking.tell_desk(tx, case_id)
    return _found(tx, row)


def _talk_of(tx: Tx, case_id: str, leader: Leader) -> Row | None:
    """The talk of the leader's that goes on. Any other conference stands in the way."""
    going_on = conferences.open_of_case(tx, case_id)
    if going_on is None:
        return None
    if going_on.purpose == Purpose.TALK and (going_on.agent_id == leader.id or leader.supervisor):
        return going_on
    raise PreconditionFailed("CONFERENCE_GOES_ON", f"conference {going_on.id} of this case goes on; lead that one")


def _turned(tx: Tx, talk: Row, new: NewConference, ladder: Ladder, leader: Leader) -> Row:
    request_id = conferences.request_hash(tx, new.request_id)
    return turn(tx, talk, Purpose.SAFETY, ladder, drill=new.drill, request_id=request_id, actor=leader.id)


def call_citizen(tx: Tx, new: NewCall, leader: Leader, lines: Lines) -> Found:
    """An agent phones the citizen of a case. A repeated request finds what it began."""
    case_id, trace = _about(tx, new.case_id, new.work_item_id, leader)
    before = conferences.by_request(tx, case_id, new.request_id)
    if before is not None:
        return _found(tx, before)
    going_on = conferences.open_of_case(tx, case_id)
    call = calls.call_of(tx, case_id)
    channel = call.channel if call else new.channel or lines.exchange
    row = going_on or talking.add(tx, case_id, new.work_item_id, leader.id, channel, new.request_id, trace)
    if row is None or going_on is not None:
        raise PreconditionFailed("CONFERENCE_GOES_ON", f"a call of case {case_id} goes on; lead that one")
    row = talking.open_talk(tx, row, call, lines, actor=leader.id)
    talking.tell_desk(tx, case_id)
    return _found(tx, row)


def _about(tx: Tx, case_id: str, work_item_id: str, leader: Leader) -> tuple[str, str]:
    """The case, and the trace that it goes on."""
    if not work_item_id:
        open_work = work.open_work(tx, case_id)
        return case_id, open_work.traceparent if open_work else ""
    item = work.work_item(tx, work_item_id)
    if item is None or (item.agent_id != leader.id and not leader.supervisor):
        raise NotFound("work item", work_item_id)
    return item.case_id, item.traceparent


def _ladder(tx: Tx, new: NewConference) -> Ladder:
    if new.target is not None:
        return Ladder("", (Rung(new.target),))
    found = ladders.ladder(tx, new.ladder_id)
    if found is None:
        raise NotFound("ladder", new.ladder_id)
    return found


def _may_start(new: NewConference, ladder: Ladder, call: Row | None, lines: Lines) -> None:
    if new.drill and call is None:
        raise PreconditionFailed("DRILL_NEEDS_CALL", "a drill calls no citizen: have somebody call in first")
    for rung in ladder.rungs:
        _may_call(rung.target, lines, drill=new.drill)


def _may_call(target: Target, lines: Lines, *, drill: bool) -> None:
    if lines.number(target, drill=drill) is not None:
        return
    if drill:
        raise PreconditionFailed("DRILL_LINE_MISSING", "no drill line is set (HUB120_DRILL_LINE): nobody was called")
    raise PreconditionFailed("NO_EMERGENCY_LINE", f"{target} has no number here: set HUB120_EMERGENCY_LINES")


def acknowledge_conference(tx: Tx, conference_id: str, leader: Leader, said_by: str, lines: Lines) -> Found:
    """Somebody said on the line that they take over. Said twice, the first counts."""
    row = _led(tx, conference_id, leader)
    if row.acknowledged_at is not None:
        return _found(tx, row)
    if row.purpose == Purpose.TALK or row.ended_at is not None or not somebody_joined(tx, row):
        raise PreconditionFailed("NOT_BRIDGED", f"nobody who could take over is in conference {row.id} now")
    row = acknowledge(tx, row, Acknowledged.BY_VOICE, actor=leader.id, told=said_by)
    return _found(tx, conduct(tx, row, lines))


def leave(tx: Tx, conference_id: str, leader: Leader, lines: Lines, *, force: bool = False, reason: str = "") -> Found:
    """The agent goes. Not before somebody has taken over, unless a supervisor says why all the same. Without its agent
    a talk is over, save one that an agency has taken over."""
    row = _led(tx, conference_id, leader)
    if row.left_at is not None or row.ended_at is not None:
        return _found(tx, row)
    if row.purpose == Purpose.TALK:
        return _leave_talk(tx, row, leader, lines, reason, force=force)
    if row.acknowledged_at is None:
        _only_forced(row, leader, reason if force else "")
        note(tx, row, EntryKind.FORCED, actor=leader.id, told=reason)
    hang_up(tx, row, frozenset({Role.AGENT}))
    conferences.leave(tx, row.id)
    note(tx, row, EntryKind.AGENT_LEFT, actor=leader.id)
    return _found(tx, conduct(tx, row._replace(left_at=tx.now.timestamp()), lines))


def _leave_talk(tx: Tx, row: Row, leader: Leader, lines: Lines, reason: str, *, force: bool) -> Found:
    legs = talking.legs_of(tx, row)
    if agency_has_it(legs):
        return _found(tx, talking.hand_over(tx, row, lines, leader.id))
    if agency_waits(legs):
        _only_forced(row, leader, reason if force else "")
        note(tx, row, EntryKind.FORCED, actor=leader.id, told=reason)
    return end(tx, row.id, leader, reason)


def _only_forced(row: Row, leader: Leader, reason: str) -> None:
    if not (leader.supervisor and reason):
        raise PreconditionFailed(
            "NOT_ACKNOWLEDGED",
            f"conference {row.id} is {row.state}: nobody has taken over yet; a supervisor may force it with a reason",
        )


def end(tx: Tx, conference_id: str, leader: Leader, reason: str) -> Found:
    """End it for everybody. Ended twice is ended once."""
    row = _led(tx, conference_id, leader)
    if row.ended_at is not None:
        return _found(tx, row)
    if row.purpose == Purpose.SAFETY and row.acknowledged_at is None:
        _only_forced(row, leader, reason)
    close(tx, row, ConferenceState.ENDED, frozenset(Role), actor=leader.id, told=reason)
    return read(tx, row.id)


def cancel(tx: Tx, conference_id: str, leader: Leader, reason: str, lines: Lines) -> Found:
    """It was no emergency: nobody is called any more, the citizen and the agent go on. What was a talk is the talk
    again."""
    row = _led(tx, conference_id, leader)
    if row.state == ConferenceState.CANCELLED:
        return _found(tx, row)
    if row.ended_at is not None or row.acknowledged_at is not None or _stands_against_cancelling(tx, row):
        raise PreconditionFailed("BRIDGED", f"conference {row.id} is {row.state}: it cannot be called off any more")
    if row.was_talk:
        return _found(tx, conduct(tx, _talk_again(tx, row, leader, reason), lines))
    roles = frozenset(Role) - ({Role.CITIZEN, Role.AGENT} if row.purpose == Purpose.SAFETY else {Role.CITIZEN})
    close(tx, row, ConferenceState.CANCELLED, roles, actor=leader.id, told=reason)
    return read(tx, row.id)


def _stands_against_cancelling(tx: Tx, row: Row) -> bool:
    return somebody_joined(tx, row) or (row.purpose == Purpose.TALK and row.state == ConferenceState.BRIDGED)


def _talk_again(tx: Tx, row: Row, leader: Leader, reason: str) -> Row:
    for leg in conferences.legs(tx, row.id):
        if Role(leg.role) in WHO_TAKE_OVER and leg.state != LegState.ENDED:
            give_up(tx, row, leg, "cancelled")
    return turn(
        tx, row, Purpose.TALK, talking.NO_LADDER, drill=False, request_id=row.request_id, actor=leader.id, told=reason
    )


def hold(tx: Tx, conference_id: str, leg_id: str, leader: Leader, *, held: bool) -> Found:
    """Music for a leg, or the others again. Where it stands is what the exchange says then."""
    row = _led(tx, conference_id, leader)
    leg = next((one for one in conferences.legs(tx, row.id) if one.id == leg_id), None)
    if leg is None:
        raise NotFound("leg", leg_id)
    if LegState(leg.state) not in LegState.answered():
        raise PreconditionFailed("LEG_NOT_UP", f"leg {leg.id} is {leg.state}: only who is on the line can be held")
    command(tx, row, leg.id, legs_pb2.LEG_COMMAND_HOLD if held else legs_pb2.LEG_COMMAND_RESUME)
    note(tx, row, EntryKind.HOLD, leg_id=leg.id, role=leg.role, actor=leader.id, detail="hold" if held else "resume")
    return read(tx, row.id)


def add_leg(tx: Tx, conference_id: str, target: Target, ring_s: int, leader: Leader, lines: Lines) -> Found:
    """Call somebody more."""
    row = _led(tx, conference_id, leader)
    if row.state in OVER:
        raise PreconditionFailed("CONFERENCE_OVER", f"conference {row.id} is {row.state}; begin another")
    _may_call(target, lines, drill=bool(row.drill))
    call_target(tx, row, target, ring_s, lines)
    return _found(tx, conduct(tx, row, lines))


def read(tx: Tx, conference_id: str) -> Found:
    """A conference as it is."""
    row = conferences.conference(tx, conference_id)
    if row is None:
        raise NotFound("conference", conference_id)
    return _found(tx, row)


def read_record(tx: Tx, conference_id: str) -> tuple[Found, list[Entry]]:
    """A conference with everything that happened."""
    found = read(tx, conference_id)
    return found, read_entries(tx, conference_id, 0, limit=found.row.sequence)


def read_entries(tx: Tx, conference_id: str, after: int, limit: int = PAGE) -> list[Entry]:
    """What happened after a number."""
    rows = conferences.entries(tx, conference_id, after, limit)
    return [Entry(row, tx.opened("conference_entry", row, "told")) for row in rows]


def list_conferences(
    tx: Tx, after: tuple[float, str] | None, limit: int, *, active: bool, purpose: Purpose | None = None
) -> list[Found]:
    """Conferences, newest first."""
    rows = conferences.listed(tx, active=active, purpose=purpose, after=after, limit=limit)
    legs = conferences.legs_of(tx, [row.id for row in rows])
    return [Found(row, legs[row.id]) for row in rows]


def put_ladder(tx: Tx, ladder: Ladder) -> Ladder:
    """Write a ladder."""
    known_ids = {one.id for one in ladders.ladders(tx)}
    if ladder.id not in known_ids and len(known_ids) >= MOST_LADDERS:
        raise PreconditionFailed("TOO_MANY_LADDERS", f"there are {MOST_LADDERS} ladders: change one of them")
    ladders.put_ladder(tx, ladder)
    return ladder


def _found(tx: Tx, row: Row) -> Found:
    fresh = conferences.conference(tx, row.id)
    return Found(fresh, conferences.legs(tx, row.id))


def _led(tx: Tx, conference_id: str, leader: Leader) -> Row:
    """A conference for those who may lead it; its row is held."""
    row = conferences.conference(tx, conference_id, lock=True)
    if row is None:
        raise NotFound("conference", conference_id)
    if row.agent_id != leader.id and not leader.supervisor:
        raise PermissionDenied("another agent leads this conference")
    return row
