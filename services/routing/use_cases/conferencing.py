"""Conferences as people lead them: begun, acknowledged, left, ended, called off, and read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hub120.intake.v1 import legs_pb2

from chassis import telemetry
from chassis.database import Tx
from chassis.errors import NotFound, PermissionDenied, PreconditionFailed
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
    Ladder,
    LegState,
    Lines,
    Role,
    Rung,
    Target,
)
from services.routing.store import conferences, work
from services.routing.use_cases.conducting import (
    acknowledge,
    call_target,
    command,
    conduct,
    hang_up,
    moved,
    note,
    somebody_joined,
    take_call,
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
    """Begin. A repeated request finds what it began."""
    case_id, trace = _about(tx, new, leader)
    before = conferences.by_request(tx, case_id, new.request_id)
    if before is not None:
        return _found(tx, before)
    ladder = _ladder(tx, new)
    call = conferences.call_of(tx, case_id)
    _may_start(tx, new, case_id, ladder, call, lines)
    with telemetry.continue_from(trace), telemetry.span("safety conference", attributes={known.DRILL: new.drill}):
        row = conferences.add(
            tx, new_id(tx.now), ladder, case_id=case_id, work_item_id=new.work_item_id, agent_id=leader.id,
            channel=call.channel if call else new.channel or lines.exchange, drill=new.drill,
            request_id=new.request_id, traceparent=telemetry.traceparent(),
        )  # fmt: skip
    note(tx, row, EntryKind.STARTED, actor=leader.id, detail="drill" if new.drill else "")
    if call is not None:
        take_call(tx, row, call.call_id, LegState(call.state))
    return _found(tx, conduct(tx, row, lines))


def _about(tx: Tx, new: NewConference, leader: Leader) -> tuple[str, str]:
    """The case, and the trace that it goes on."""
    if not new.work_item_id:
        open_work = work.open_work(tx, new.case_id)
        return new.case_id, open_work.traceparent if open_work else ""
    item = work.work_item(tx, new.work_item_id)
    if item is None or (item.agent_id != leader.id and not leader.supervisor):
        raise NotFound("work item", new.work_item_id)
    return item.case_id, item.traceparent


def _ladder(tx: Tx, new: NewConference) -> Ladder:
    if new.target is not None:
        return Ladder("", (Rung(new.target),))
    found = conferences.ladder(tx, new.ladder_id)
    if found is None:
        raise NotFound("ladder", new.ladder_id)
    return found


def _may_start(tx: Tx, new: NewConference, case_id: str, ladder: Ladder, call: Row | None, lines: Lines) -> None:
    going_on = conferences.open_of_case(tx, case_id)
    if going_on is not None:
        raise PreconditionFailed("CONFERENCE_GOES_ON", f"conference {going_on.id} of this case goes on; lead that one")
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
    if row.ended_at is not None or not somebody_joined(tx, row):
        raise PreconditionFailed("NOT_BRIDGED", f"nobody who could take over is in conference {row.id} now")
    row = acknowledge(tx, row, Acknowledged.BY_VOICE, actor=leader.id, told=said_by)
    return _found(tx, conduct(tx, row, lines))


def leave(tx: Tx, conference_id: str, leader: Leader, lines: Lines, *, force: bool = False, reason: str = "") -> Found:
    """The agent goes. Not before somebody has taken over, unless a supervisor says why all the same."""
    row = _led(tx, conference_id, leader)
    if row.left_at is not None or row.ended_at is not None:
        return _found(tx, row)
    if row.acknowledged_at is None:
        _only_forced(row, leader, reason if force else "")
        note(tx, row, EntryKind.FORCED, actor=leader.id, told=reason)
    hang_up(tx, row, frozenset({Role.AGENT}))
    conferences.leave(tx, row.id)
    note(tx, row, EntryKind.AGENT_LEFT, actor=leader.id)
    return _found(tx, conduct(tx, row._replace(left_at=tx.now.timestamp()), lines))


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
    if row.acknowledged_at is None:
        _only_forced(row, leader, reason)
    return _close(tx, row, ConferenceState.ENDED, leader, reason, frozenset(Role))


def cancel(tx: Tx, conference_id: str, leader: Leader, reason: str) -> Found:
    """It was no emergency: nobody is called any more, the citizen and the agent go on."""
    row = _led(tx, conference_id, leader)
    if row.state == ConferenceState.CANCELLED:
        return _found(tx, row)
    if row.ended_at is not None or row.acknowledged_at is not None or somebody_joined(tx, row):
        raise PreconditionFailed("BRIDGED", f"conference {row.id} is {row.state}: it cannot be called off any more")
    return _close(tx, row, ConferenceState.CANCELLED, leader, reason, WHO_TAKE_OVER)


def _close(
    tx: Tx, row: Row, state: ConferenceState, leader: Leader, reason: str, roles: frozenset[Role]
) -> Found:  # fmt: skip
    hang_up(tx, row, roles)
    conferences.close(tx, row.id, state)
    note(tx, row, EntryKind.CLOSED, state=state, actor=leader.id, told=reason)
    moved(tx, row, state, actor=leader.id)
    return read(tx, row.id)


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


def list_conferences(tx: Tx, after: tuple[float, str] | None, limit: int, *, active: bool) -> list[Found]:
    """Conferences, newest first."""
    rows = conferences.listed(tx, active=active, after=after, limit=limit)
    legs = conferences.legs_of(tx, [row.id for row in rows])
    return [Found(row, legs[row.id]) for row in rows]


def put_ladder(tx: Tx, ladder: Ladder) -> Ladder:
    """Write a ladder."""
    known_ids = {one.id for one in conferences.ladders(tx)}
    if ladder.id not in known_ids and len(known_ids) >= MOST_LADDERS:
        raise PreconditionFailed("TOO_MANY_LADDERS", f"there are {MOST_LADDERS} ladders: change one of them")
    conferences.put_ladder(tx, ladder)
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
