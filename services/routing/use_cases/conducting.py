"""Conducting a conference: what is due is done and written down, leg by leg.

Intake holds the exchanges: what is to be done there leaves as a task with an id of its own, and what became of it comes
back as an event. Whoever changes a conference holds its row.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hub120.intake.v1 import legs_pb2
from hub120.routing.v1 import events_pb2

from chassis import telemetry
from chassis.clock import moment
from chassis.connectors.queues import call_queue, reply_queue
from chassis.database import Tx
from chassis.ids import new_id
from chassis.statements import Row
from chassis.telemetry import attributes as known
from services.routing import conference_protos as protos
from services.routing.domain import conference as safety
from services.routing.domain import talks
from services.routing.domain.conference import (
    AGENT_RING_S,
    CITIZEN_RING_S,
    CONFERENCE_MOVES,
    GRACE_S,
    NOT_DIALLED,
    OVER,
    SUPERVISOR_RING_S,
    WHO_TAKE_OVER,
    Acknowledged,
    Conference,
    ConferenceState,
    EntryKind,
    LegState,
    Plan,
    Purpose,
    Role,
)
from services.routing.domain.ladders import LANGUAGE, Ladder, Lines, Target
from services.routing.domain.talks import TALK_MOVES
from services.routing.store import agency_legs, conferences, interpreters

NO_CALL = "no_call"
"""Why an interpreter or an agency is needed no more: the whole call is over, or there never was one."""


@dataclass(frozen=True, slots=True)
class WantedInterpreter:
    """Whom translation wants in a call. Who is called, and what they hear, is passed on unread."""

    session_id: str
    attempt_number: int
    case_id: str
    dial_to: legs_pb2.DialTo
    ring_s: int
    expires_at: float
    announcement: legs_pb2.Announcement


@dataclass(frozen=True, slots=True)
class WantedAgency:
    """Whom referral wants in the talk of an agent. Who is called, and what they hear, is passed on unread."""

    call_id: str
    case_id: str
    agent_id: str
    dial_to: legs_pb2.DialTo
    ring_s: int
    expires_at: float
    announcement: legs_pb2.Announcement


_PLANS = {Purpose.SAFETY: safety.plan, Purpose.TALK: talks.plan}
_MOVES = {Purpose.SAFETY: CONFERENCE_MOVES, Purpose.TALK: TALK_MOVES}
_RING_S = {Role.AGENT: AGENT_RING_S, Role.CITIZEN: CITIZEN_RING_S, Role.SUPERVISOR: SUPERVISOR_RING_S}


def conduct(tx: Tx, row: Row, lines: Lines) -> Row:
    """Do all that is due now; the conference as it is then. Asked twice, the second time nothing is due."""
    while True:
        legs = {leg.id: leg for leg in conferences.legs(tx, row.id)}
        found = conferences.facts(row, list(legs.values()), has_supervisor=bool(lines.supervisor))
        due = _PLANS[found.purpose](found, tx.now.timestamp())
        for leg_id in due.late:
            give_up(tx, row, legs[leg_id], NOT_DIALLED if legs[leg_id].state == LegState.ORDERED else "no_answer")
        for leg_id in due.joins:
            _join(tx, row, legs[leg_id])
        for leg_id in due.holds:
            _hold(tx, row, legs[leg_id])
        for role in due.calls:
            row = _call_next(tx, row, found, role, lines)
        if not (due.late or due.joins or due.holds or due.calls):
            break
    row = _settle(tx, row, due)
    unheard = row.purpose == Purpose.SAFETY and row.acknowledged_at is None and row.ended_at is None
    if unheard and _system_acknowledged(legs.values()):
        return conduct(tx, acknowledge(tx, row, Acknowledged.BY_SYSTEM), lines)
    return row


def _system_acknowledged(legs: Iterable[Row]) -> bool:
    """A department whose system acknowledged the packet, and who is on the line now, has taken over."""
    there = [leg for leg in legs if leg.role == Role.TARGET and LegState(leg.state) in LegState.answered()]
    return any(leg.acknowledged for leg in there)


def acknowledge(
    tx: Tx, row: Row, how: Acknowledged, *, actor: str = "", told: str = "", leg_id: str = "", role: str = ""
) -> Row:
    """Write down that somebody takes over, and with which telephone where that is known."""
    conferences.acknowledge(tx, row.id, how)
    note(tx, row, EntryKind.ACKNOWLEDGED, detail=how, actor=actor, told=told, leg_id=leg_id, role=role)
    return row._replace(acknowledged_at=tx.now.timestamp(), acknowledged_how=how.value)


def give_up(tx: Tx, row: Row, leg: Row, reason: str) -> None:
    """Nobody waits for it any more."""
    command(tx, row, leg.id, legs_pb2.LEG_COMMAND_HANG_UP)
    end_leg(tx, row, leg, reason)


def end_leg(tx: Tx, row: Row, leg: Row, reason: str) -> None:
    """Write down that a leg is over, and why."""
    conferences.move_leg(tx, leg, LegState.ENDED, max(leg.occurred_at, tx.now.timestamp()), reason)
    note(tx, row, EntryKind.LEG, leg_id=leg.id, role=leg.role, detail=reason)
    _tell_who_wanted_it(tx, row, leg, LegState.ENDED, NO_CALL if row.ended_at is not None else reason)


def move_leg(tx: Tx, row: Row, leg: Row, state: LegState, occurred_at: float) -> None:
    """Write down where a leg stands that has not ended."""
    conferences.move_leg(tx, leg, state, occurred_at)
    note(tx, row, EntryKind.LEG, leg_id=leg.id, role=leg.role, detail=state)
    _tell_who_wanted_it(tx, row, leg, state)


def _tell_who_wanted_it(tx: Tx, row: Row, leg: Row, state: LegState, reason: str = "") -> None:
    """Translation hears of an interpreter's telephone, referral of an agency's."""
    if leg.role == Role.INTERPRETER:
        tx.emit(_leg_changed(interpreters.of_leg(tx, leg.id), state, reason), subject=row.case_id)
    elif leg.role == Role.AGENCY:
        tell_referral(tx, row, leg, state, reason)


def tell_referral(
    tx: Tx, row: Row, leg: Row, state: LegState, reason: str = "", *, takes_over: bool = False
) -> None:  # fmt: skip
    """Where an agency's telephone stands, and whether they took over by a key."""
    told = events_pb2.AgencyLegChanged(
        call_id=agency_legs.of_leg(tx, leg.id).call_id,
        conference_id=row.id,
        state=protos.LEG_STATES[state],
        reason=reason,
        takes_over=takes_over,
    )
    tx.emit(told, subject=row.case_id, traceparent=row.traceparent)


def _leg_changed(of: Row, state: LegState, reason: str) -> events_pb2.InterpreterLegChanged:
    return events_pb2.InterpreterLegChanged(
        session_id=of.session_id,
        attempt_number=of.attempt_number,
        conference_id=of.conference_id,
        state=protos.LEG_STATES[state],
        reason=reason,
    )


def call_interpreter(tx: Tx, row: Row, wanted: WantedInterpreter) -> None:
    """Call an interpreter into a conference."""
    leg_id, now = new_id(tx.now), tx.now.timestamp()
    interpreters.add(tx, wanted.session_id, wanted.attempt_number, leg_id, row.id)
    conferences.add_leg(tx, leg_id, row.id, Role.INTERPRETER, LegState.ORDERED, now + wanted.ring_s + GRACE_S)
    note(tx, row, EntryKind.CALLED, leg_id=leg_id, role=Role.INTERPRETER)
    command(
        tx, row, leg_id, legs_pb2.LEG_COMMAND_DIAL, dial_to=wanted.dial_to, ring_seconds=wanted.ring_s,
        expire_time=moment(wanted.expires_at), announcement=wanted.announcement,
    )  # fmt: skip


def call_agency(tx: Tx, row: Row, wanted: WantedAgency, lines: Lines) -> None:
    """Call an agency into a talk. Where a key takes over they hear which."""
    leg_id, now = new_id(tx.now), tx.now.timestamp()
    agency_legs.add(tx, wanted.call_id, leg_id, row.id)
    conferences.add_leg(tx, leg_id, row.id, Role.AGENCY, LegState.ORDERED, now + wanted.ring_s + GRACE_S)
    note(tx, row, EntryKind.CALLED, leg_id=leg_id, role=Role.AGENCY, actor=wanted.agent_id)
    said = legs_pb2.Announcement(
        text=" ".join(part for part in (wanted.announcement.text, lines.take_over) if part),
        language=wanted.announcement.language,
    )
    command(
        tx, row, leg_id, legs_pb2.LEG_COMMAND_DIAL, dial_to=wanted.dial_to, ring_seconds=wanted.ring_s,
        expire_time=moment(wanted.expires_at), announcement=said,
    )  # fmt: skip


def _call_next(tx: Tx, row: Row, found: Conference, role: Role, lines: Lines) -> Row:
    if role is Role.AGENT:
        call_agent(tx, row, role, row.agent_id, lines)
        return row
    if role is not Role.TARGET:
        said = lines.announcement(drill=bool(row.drill)) if role in WHO_TAKE_OVER else ""
        _call(tx, row, role, _dial_to(row, role, lines), _RING_S[role], said=said)
        return row
    rung = found.ladder.rung(row.step)
    call_target(tx, row, rung.target, rung.ring_s, lines)
    return row._replace(step=row.step + 1)


def _dial_to(row: Row, role: Role, lines: Lines) -> legs_pb2.DialTo:
    if role is Role.CITIZEN:
        return legs_pb2.DialTo(case_id=row.case_id)
    return legs_pb2.DialTo(service_number=lines.supervisor)


def call_agent(tx: Tx, row: Row, role: Role, agent_id: str, lines: Lines, *, muted: bool = False) -> None:
    """Call the telephone of an agent, or of a supervisor who listens in."""
    to = legs_pb2.DialTo(account=lines.agent.replace("{agent}", agent_id))
    _call(tx, row, role, to, AGENT_RING_S, agent_id=agent_id, muted=muted)


def call_target(tx: Tx, row: Row, target: Target, ring_s: int, lines: Lines) -> None:
    """Call whoever must know, and give a department the packet at the same time."""
    number = lines.number(target, drill=bool(row.drill))
    to = legs_pb2.DialTo(service_number=number) if number else legs_pb2.DialTo(department=target.department)
    said = lines.announcement(drill=bool(row.drill)) if row.purpose == Purpose.SAFETY else ""
    _call(tx, row, Role.TARGET, to, ring_s, target=str(target), said=said)
    if target.department and not row.drill:
        packet = legs_pb2.HandOverPacket(
            conference_id=row.id, case_id=row.case_id, department=target.department, agent_id=row.agent_id
        )
        tx.ask(reply_queue(target.department), packet, subject=row.case_id, traceparent=row.traceparent)


def _call(
    tx: Tx, row: Row, role: Role, to: legs_pb2.DialTo, ring_s: int, *, target: str = "", agent_id: str = "",
    muted: bool = False, said: str = "",
) -> None:  # fmt: skip
    leg_id, due_at = new_id(tx.now), tx.now.timestamp() + ring_s + GRACE_S
    conferences.add_leg(
        tx, leg_id, row.id, role, LegState.ORDERED, due_at, target=target, agent_id=agent_id, muted=muted
    )
    note(tx, row, EntryKind.CALLED, leg_id=leg_id, role=role, detail=target)
    command(
        tx, row, leg_id, legs_pb2.LEG_COMMAND_DIAL, dial_to=to, ring_seconds=ring_s,
        expire_time=moment(due_at), muted=muted,
        announcement=legs_pb2.Announcement(text=said, language=LANGUAGE) if said else None,
    )  # fmt: skip


def take_call(tx: Tx, row: Row, call_id: str, state: LegState) -> None:
    """The citizen is on the line, and nobody calls them meanwhile. The plan says when they come onto the bridge."""
    for leg in conferences.legs(tx, row.id):
        if leg.role == Role.CITIZEN and leg.state != LegState.ENDED:
            give_up(tx, row, leg, "cancelled")
    conferences.add_leg(tx, call_id, row.id, Role.CITIZEN, state, None, joined=False)
    note(tx, row, EntryKind.LEG, leg_id=call_id, role=Role.CITIZEN, detail=state)


def _join(tx: Tx, row: Row, leg: Row) -> None:
    """A citizen who heard music comes onto the bridge."""
    waits = LegState(leg.state) not in LegState.answered()
    conferences.join_leg(tx, leg, tx.now.timestamp() + CITIZEN_RING_S + GRACE_S if waits else None)
    command(tx, row, leg.id, legs_pb2.LEG_COMMAND_RESUME if leg.held else legs_pb2.LEG_COMMAND_JOIN)


def _hold(tx: Tx, row: Row, leg: Row) -> None:
    """A citizen with whom no agent is hears music until one is."""
    conferences.hold_leg(tx, leg)
    command(tx, row, leg.id, legs_pb2.LEG_COMMAND_HOLD)


def command(tx: Tx, row: Row, leg_id: str, what: legs_pb2.LegCommand, **more: object) -> None:
    """Ask the exchange."""
    body = legs_pb2.CommandLeg(
        command_id=new_id(tx.now),
        channel=row.channel,
        conference_id=row.id,
        leg_id=leg_id,
        command=what,
        drill=bool(row.drill),
        **more,  # type: ignore[arg-type] # fields of the message
    )
    tx.ask(call_queue(row.channel), body, subject=row.case_id, traceparent=row.traceparent)


def _settle(tx: Tx, row: Row, due: Plan) -> Row:
    """Write where the conference stands now, and tell whom it concerns."""
    was = ConferenceState(row.state)
    state = due.state if due.state in _MOVES[Purpose(row.purpose)][was] else was
    over = state in OVER
    conferences.move(
        tx, row, state, step=row.step, left=due.agent_left, alerted=due.alert, over=over, due_at=due.due_at,
        unreached=due.unreached,
    )  # fmt: skip
    if due.agent_left and row.left_at is None:
        note(tx, row, EntryKind.AGENT_LEFT, state=state)
    if state is not was:
        moved(tx, row, state)
    if due.alert:
        note(tx, row, EntryKind.ALERT, state=state)
    if over and was not in OVER:
        hang_up(tx, row, frozenset(Role) - ({Role.CITIZEN} if state is ConferenceState.FAILED else frozenset()))
    return conferences.conference(tx, row.id)


def close(
    tx: Tx, row: Row, state: ConferenceState, roles: frozenset[Role], *, actor: str, told: str = ""
) -> None:  # fmt: skip
    """It is over because somebody said so; who is of ``roles`` is hung up."""
    hang_up(tx, row, roles)
    conferences.close(tx, row.id, state)
    note(tx, row, EntryKind.CLOSED, state=state, actor=actor, told=told)
    moved(tx, row, state, actor=actor)


def turn(
    tx: Tx, row: Row, purpose: Purpose, ladder: Ladder, *, drill: bool, request_id: bytes, actor: str, told: str = ""
) -> Row:
    """A talk becomes a safety conference, or one that is called off the talk again: the bridge and who is on it stay.
    The caller conducts it."""
    turned = conferences.turn(tx, row, purpose, ladder, drill=drill, request_id=request_id)
    note(tx, turned, EntryKind.TURNED, detail=purpose, actor=actor, told=told)
    moved(tx, turned, ConferenceState(turned.state), actor=actor)
    return turned


def moved(tx: Tx, row: Row, state: ConferenceState, *, actor: str = "") -> None:
    """Tell those who watch, and the other services, where a conference stands now."""
    note(tx, row, EntryKind.MOVED, state=state, actor=actor)
    event = events_pb2.ConferenceMoved(
        conference_id=row.id, case_id=row.case_id, state=protos.STATES[state], drill=bool(row.drill),
        purpose=protos.PURPOSES[Purpose(row.purpose)],
    )  # fmt: skip
    tx.emit(event, subject=row.case_id, traceparent=row.traceparent)


def hang_up(tx: Tx, row: Row, roles: frozenset[Role]) -> None:
    """End every leg of these."""
    for leg in conferences.legs(tx, row.id):
        if Role(leg.role) in roles:
            hang_up_leg(tx, row, leg)


def hang_up_leg(tx: Tx, row: Row, leg: Row) -> None:
    """End it, unless it has ended."""
    if leg.state != LegState.ENDED:
        command(tx, row, leg.id, legs_pb2.LEG_COMMAND_HANG_UP)


def let_go(tx: Tx, row: Row, leg: Row, lines: Lines) -> None:
    """Whoever wanted it called wants it no more: one that was never heard of is given up, any other is hung up."""
    if leg.state == LegState.ORDERED:
        give_up(tx, row, leg, "cancelled")
        conduct(tx, row, lines)
    else:
        hang_up_leg(tx, row, leg)


def somebody_joined(tx: Tx, row: Row) -> bool:
    """Whether somebody who may take over is on the bridge."""
    return any(
        Role(leg.role) in WHO_TAKE_OVER and LegState(leg.state) in LegState.answered()
        for leg in conferences.legs(tx, row.id)
    )


def note(
    tx: Tx, row: Row, kind: EntryKind, *, state: str = "", leg_id: str = "", role: str = "", detail: str = "",
    actor: str = "", told: str = "",
) -> None:  # fmt: skip
    """Write something down: on the record, in the trace, and for those who watch."""
    attributes = {known.CONFERENCE_ID: row.id, known.CASE_ID: row.case_id, known.DRILL: bool(row.drill)}
    given = {known.STATE: state or row.state, known.LEG_ID: leg_id, known.LEG_ROLE: role, known.OUTCOME: detail}
    attributes |= {name: str(value) for name, value in given.items() if value}
    with telemetry.span(f"conference {kind}", attributes=attributes, parent=row.traceparent):
        sequence = conferences.add_entry(
            tx, row.id, kind, state or row.state, leg_id=leg_id, role=role, detail=detail, actor=actor, told=told
        )
    tx.signal(events_pb2.ConferenceChanged(conference_id=row.id, sequence=sequence), subject=row.id)
