"""Calling: what exchanges tell of the legs of telephone calls is kept, and told in the case of a citizen who called.

Exchanges repeat and disorder their events, and may tell of a call before it is known as a contact: it is given to the
contact as soon as that is there. Of keys only those pressed on telephones that the hub dialled are told, to other
services; none is kept.
"""

from __future__ import annotations

from datetime import UTC, datetime

from hub120.intake.v1 import case_pb2, events_pb2, legs_pb2

from chassis import telemetry
from chassis.connectors.queues import call_queue
from chassis.database import Tx
from chassis.ids import new_id
from chassis.statements import Row
from services.intake.domain.calls import ANSWERED, CallEnd, CallNews, CallState, PressedKey, chosen_by_hub, moves_leg
from services.intake.domain.cases import EntryKind
from services.intake.store import calls, cases, commands
from services.intake.use_cases.entries import changed

EARLY_LEGS_KEPT_S = 3600.0
"""A leg whose contact is not there after so long is no citizen's call."""

_STATES = {state: getattr(case_pb2, f"CALL_STATE_{state.name}") for state in CallState}
_ENDS = {reason: getattr(case_pb2, f"CALL_END_REASON_{reason.name}") for reason in CallEnd}


def record_call(tx: Tx, connector: str, news: CallNews) -> None:
    """Store what an exchange tells of a leg. Only an allowed move by newer news changes anything, so a second delivery
    does not."""
    conference_id = news.conference_id if chosen_by_hub(news.conference_id) else ""
    row = calls.leg(tx, connector, news.leg_id)
    if row is None:
        trace = commands.trace_of(tx, news.leg_id) or telemetry.traceparent()
        added = calls.add_leg(tx, connector, news, conference_id, trace)
        if added is not None:
            _moved(tx, added, news.leg_id)
            _end_unwanted(tx, added, news.leg_id)
            return
        row = calls.leg(tx, connector, news.leg_id)
    if row is not None:
        _record(tx, row, news, conference_id)


def _record(tx: Tx, row: Row, news: CallNews, conference_id: str) -> None:
    calls.note_times(tx, row.id, news)
    stood = CallState(row.state)
    if not moves_leg(news, stood, row.sequence, row.changed_at):
        return
    if news.state is CallState.ENDED:
        conference_id = row.conference_id
    moved = calls.move_leg(tx, row, news, conference_id)
    if news.state is not stood:
        _moved(tx, moved, news.leg_id)
    elif conference_id != row.conference_id:
        _tell(tx, moved, news.leg_id)
    if stood not in ANSWERED or conference_id not in {"", row.conference_id}:
        _end_unwanted(tx, moved, news.leg_id)


def _moved(tx: Tx, row: Row, leg_id: str) -> None:
    """Tell those who watch the case, and the other services."""
    if row.case_id:
        changed(tx, row.case_id, cases.add_entry(tx, row.case_id, EntryKind.CALL, row.id, becomes=row.state))
    _tell(tx, row, leg_id)


def _tell(tx: Tx, row: Row, leg_id: str) -> None:
    event = events_pb2.CallChanged(
        call_id=row.id,
        channel=row.connector,
        leg_id=leg_id if chosen_by_hub(leg_id) else "",
        contact_id=row.contact_id or "",
        case_id=row.case_id or "",
        conference_id=row.conference_id,
        state=_STATES[CallState(row.state)],
        end_reason=_ENDS[CallEnd(row.end_reason)] if row.end_reason else None,
        occur_time=datetime.fromtimestamp(row.changed_at, UTC),
    )
    tx.emit(event, subject=row.case_id or row.id, traceparent=row.traceparent)


def _end_unwanted(tx: Tx, row: Row, leg_id: str) -> None:
    """Hang up again what was hung up and is answered, or comes into a conference, all the same: some exchanges cannot
    find a telephone while it rings."""
    if CallState(row.state) not in ANSWERED or not commands.was_hung_up(tx, row.connector, leg_id):
        return
    task = legs_pb2.CommandLeg(
        command_id=new_id(tx.now),
        channel=row.connector,
        conference_id=row.conference_id,
        leg_id=leg_id,
        command=legs_pb2.LEG_COMMAND_HANG_UP,
    )
    tx.ask(call_queue(row.connector), task, subject=row.id, traceparent=row.traceparent)


def tell_key(tx: Tx, connector: str, pressed: PressedKey) -> None:
    """Tell other services of a key, if the hub dialled its telephone: what citizens press in calls of their own is
    nobody's business. A second delivery tells it again, with the same time."""
    trace = commands.trace_of_dialled(tx, connector, pressed.leg_id)
    if trace is None:
        return
    row = calls.leg(tx, connector, pressed.leg_id)
    event = legs_pb2.LegKeyPressed(
        leg_id=pressed.leg_id,
        conference_id=row.conference_id if row is not None else "",
        key=pressed.key,
        press_time=datetime.fromtimestamp(pressed.occurred_at, UTC),
    )
    tx.emit(event, subject=pressed.leg_id, traceparent=trace)


def adopt_early_leg(tx: Tx, connector: str, provider_id: str) -> None:
    """A contact that is a call gets what was told of it before."""
    _adopt(tx, connector, calls.leg_hash(tx, provider_id))


def adopt_early_legs(tx: Tx) -> int:
    """The same for contacts that were recorded at the very same time; returns how many."""
    found = calls.unclaimed(tx, tx.now.timestamp() - EARLY_LEGS_KEPT_S)
    for row in found:
        _adopt(tx, row.connector, bytes(row.leg_hash))
    return len(found)


def _adopt(tx: Tx, connector: str, leg_hash: bytes) -> None:
    row = calls.adopt(tx, connector, leg_hash)
    if row is not None:
        _moved(tx, row, tx.opened("call_leg", row, "leg_id"))
