"""Talks: an agent who takes work and the citizen who is on the line, or is to be called, are brought together.

A talk begins in the transaction that gives the agent the work, or in which the call is heard of. What happens then is
conducted like any conference.
"""

from __future__ import annotations

from collections.abc import Sequence

from hub120.routing.v1 import events_pb2

from chassis import telemetry
from chassis.database import Tx
from chassis.ids import new_id
from chassis.statements import Row
from services.routing import protos
from services.routing.domain.agents import ChangeKind
from services.routing.domain.conference import ConferenceState, EntryKind, Leg, LegState, Purpose, Role
from services.routing.domain.ladders import NO_LINES, Ladder, Lines
from services.routing.domain.talks import agency_has_it
from services.routing.domain.work import TAKEN
from services.routing.store import agents, calls, conferences, desks, work
from services.routing.use_cases.conducting import close, conduct, hang_up, hang_up_leg, note, take_call

NO_LADDER = Ladder("", (), 0)


def begin(tx: Tx, item: Row, lines: Lines) -> Row:
    """Bring the agent who has just got work and its citizen together, if that is the hub's to do; the work item with
    its conference. Where the case has a conference already nothing begins."""
    if not lines.connects or conferences.open_of_case(tx, item.case_id) is not None:
        return item
    call = on_the_line(tx, item.case_id)
    channel = call.channel if call else _calls_back(tx, item, lines)
    row = _added(tx, item, channel) if channel else None
    if row is None:
        return item
    open_talk(tx, row, call, lines)
    return item._replace(conference_id=row.id)


def on_the_line(tx: Tx, case_id: str) -> Row | None:
    """The citizen's call, if they are on the line: one of their own, or one in which they were called and wait."""
    return calls.call_of(tx, case_id) or conferences.left_waiting(tx, case_id)


def _calls_back(tx: Tx, item: Row, lines: Lines) -> str:
    """The exchange by which the citizen is called back; empty: nobody is called by itself.

    An exchange that has told of no call for a day may not be there. A citizen who gave another number than the case's
    is called by the agent, and so is one whose call was transferred."""
    if item.callback_at is None or item.medium != "voice" or item.callback_point or item.transfers:
        return ""
    channels = (item.callback_channel, lines.exchange)
    return next((one for one in channels if one and calls.tells_of_calls(tx, one)), "")


def _added(tx: Tx, item: Row, channel: str) -> Row | None:
    return add(tx, item.case_id, item.id, item.agent_id, channel, new_id(tx.now), item.traceparent)


def add(
    tx: Tx, case_id: str, work_item_id: str, agent_id: str, channel: str, request_id: str, trace: str
) -> Row | None:  # fmt: skip
    """A talk; None if another conference of the case began in the same moment."""
    with telemetry.continue_from(trace), telemetry.span("talk"):
        return conferences.add(
            tx, new_id(tx.now), NO_LADDER, purpose=Purpose.TALK, case_id=case_id, work_item_id=work_item_id,
            agent_id=agent_id, channel=channel, drill=False, request_id=request_id,
            traceparent=telemetry.traceparent(),
        )  # fmt: skip


def open_talk(tx: Tx, row: Row, call: Row | None, lines: Lines, *, actor: str = "") -> Row:
    """Write down who began it, and call whoever is to be called first."""
    note(tx, row, EntryKind.STARTED, actor=actor, detail=Purpose.TALK)
    work.set_conference(tx, row.case_id, row.id)
    if call is not None:
        take_call(tx, row, call.call_id, LegState(call.state))
    return conduct(tx, row, lines)


def find_agent(tx: Tx, call: Row, lines: Lines) -> None:
    """A citizen calls while an agent has their case: the two are brought together. A call that was in a conference
    before is not put through again by itself: who hung up has hung up."""
    seen = work.open_work(tx, call.case_id)
    if seen is None or seen.state not in TAKEN or conferences.leg(tx, call.call_id) is not None:
        return
    agents.agent(tx, seen.agent_id, lock=True)
    item = work.open_work(tx, call.case_id, lock=True)
    if item is None or item.state not in TAKEN or item.agent_id != seen.agent_id:
        return
    begun = begin(tx, item, lines)
    if begun.conference_id != item.conference_id:
        _show(tx, begun)


def tell_desk(tx: Tx, case_id: str) -> None:
    """Whoever has the case sees that a call began."""
    item = work.open_work(tx, case_id)
    if item is not None and item.state in TAKEN:
        agents.agent(tx, item.agent_id, lock=True)
        _show(tx, item)


def _show(tx: Tx, item: Row) -> None:
    sequence, _ = desks.desk_changed(tx, item.agent_id, ChangeKind.WORK, item.id, item.state)
    changed = events_pb2.DeskChanged(agent_id=item.agent_id, sequence=sequence, work_item=protos.work_item(item))
    tx.signal(changed, subject=item.agent_id)


def give_to(tx: Tx, case_id: str, agent_id: str) -> None:
    """Another agent has the work: they lead its talk, and are called into it."""
    row = _talk(tx, case_id)
    if row is not None:
        conferences.give_to(tx, row.id, agent_id)


def leave(tx: Tx, case_id: str, agent_id: str) -> None:
    """An agent has the work no more: their telephone is hung up. The citizen hears music while no other is there."""
    row = _talk(tx, case_id)
    if row is None:
        return
    for leg in conferences.legs(tx, row.id):
        if leg.role == Role.AGENT and leg.agent_id == agent_id:
            hang_up_leg(tx, row, leg)
    note(tx, row, EntryKind.AGENT_LEFT, actor=agent_id)


def legs_of(tx: Tx, row: Row) -> Sequence[Leg]:
    """The legs of a conference as its rules see them."""
    return conferences.facts(row, conferences.legs(tx, row.id), has_supervisor=False).legs


def hand_over(tx: Tx, row: Row, lines: Lines, agent_id: str) -> Row:
    """The agent leaves a talk that an agency has taken over: the citizen and the agency talk on."""
    hang_up(tx, row, frozenset({Role.AGENT}))
    conferences.leave(tx, row.id)
    note(tx, row, EntryKind.AGENT_LEFT, actor=agent_id)
    return conduct(tx, row._replace(left_at=tx.now.timestamp()), lines)


def goes_on(tx: Tx, item: Row) -> bool:
    """The agent who has the work talks with its citizen, or is called to."""
    row = _talk(tx, item.case_id)
    return row is not None and row.agent_id == item.agent_id and row.left_at is None


def _talk(tx: Tx, case_id: str) -> Row | None:
    row = conferences.open_of_case(tx, case_id)
    return row if row is not None and row.purpose == Purpose.TALK else None


def end_of_case(tx: Tx, case_id: str, agent_id: str) -> None:
    """The agent is done talking with the citizen of a case; see ``end``."""
    end(tx, conferences.open_of_case(tx, case_id), agent_id)


def end(tx: Tx, row: Row | None, agent_id: str, *, waits: bool = False) -> None:
    """The agent is done with the work, and so with its talk, if the conference that its case has is one. A citizen who
    ``waits`` for another agent goes on hearing music if nobody has answered them; an agency that has taken over talks
    on with them. Done twice, the second time finds none."""
    if row is None or row.purpose != Purpose.TALK or row.agent_id != agent_id or row.left_at is not None:
        return
    if agency_has_it(legs_of(tx, row)):
        hand_over(tx, row, NO_LINES, agent_id)
        return
    unanswered = row.state == ConferenceState.REQUESTED
    staying = {Role.CITIZEN} if waits and unanswered else frozenset[Role]()
    close(tx, row, ConferenceState.ENDED, frozenset(Role) - staying, actor=agent_id)
