"""Writing to partners: a message of another service goes to an agency by e-mail or SMS, and is followed until it has
left. It moves as a reply does."""

from __future__ import annotations

from hub120.intake.v1 import case_pb2, events_pb2

from chassis import telemetry
from chassis.connectors.queues import reply_queue
from chassis.database import Tx
from chassis.statements import Row
from services.intake.domain.partner_messages import PartnerMessage
from services.intake.domain.replies import REPLY_MOVES, ReplyState
from services.intake.store import partner_messages

_TOLD = {state: getattr(case_pb2, f"REPLY_STATE_{state.name}") for state in ReplyState}
STOPPED = "stopped before it left"
_NOT_LEFT = (ReplyState.QUEUED, ReplyState.SENDING)


def send_to_partner(tx: Tx, new: PartnerMessage) -> None:
    """Queue a message. A repeated request finds the one it queued."""
    trace = telemetry.traceparent()
    if partner_messages.add(tx, new, trace):
        task = events_pb2.SendPartnerMessage(message_id=new.id, channel=new.channel)
        tx.ask(reply_queue(new.channel), task, subject=new.id, traceparent=trace)


def begin_sending(tx: Tx, message_id: str, *, repeatable: bool) -> PartnerMessage | None:
    """The message for its connector; None if there is nothing (more) to send. One that somebody was sending who died
    is sent again only where the provider recognises a repeat."""
    found = partner_messages.begin(tx, message_id, _NOT_LEFT if repeatable else [ReplyState.QUEUED])
    if found is None:
        row = partner_messages.message(tx, message_id)
        if row is not None and (row.stopped_at is not None or not repeatable):
            _move(tx, row, ReplyState.UNKNOWN, failure="the hub stopped while it was being sent")
    return found


def postpone(tx: Tx, message_id: str) -> None:
    """The provider surely did not take it: the next attempt starts afresh."""
    row = partner_messages.message(tx, message_id)
    if row is None or row.state != ReplyState.SENDING:
        return
    partner_messages.move(tx, message_id, ReplyState.QUEUED)
    if row.stopped_at is not None:
        _move(tx, row._replace(state=ReplyState.QUEUED), ReplyState.FAILED, failure=STOPPED)


def stop(tx: Tx, message_id: str) -> bool | None:
    """It must not leave any more; False if it has left or is just leaving, and then no further attempt is made. None if
    there is none. Stopped twice, it is stopped."""
    row = partner_messages.message(tx, message_id)
    if row is None:
        return None
    partner_messages.stop(tx, message_id)
    if row.state == ReplyState.QUEUED:
        _move(tx, row, ReplyState.FAILED, failure=STOPPED)
    return row.state in {ReplyState.QUEUED, ReplyState.FAILED}


def record(tx: Tx, message_id: str, state: ReplyState, *, failure: str = "", provider_id: str = "") -> None:
    """Store what the connector said, and tell the service."""
    _move(tx, partner_messages.message(tx, message_id), state, failure=failure, provider_id=provider_id)


def record_receipt(tx: Tx, channel: str, *, message_id: str, provider_id: str, state: ReplyState, failure: str) -> bool:
    """Store a provider's report, which may come twice and out of order; False if it is about none of these."""
    row = partner_messages.message(tx, message_id) if message_id else None
    if row is None or row.channel != channel:
        row = partner_messages.by_provider(tx, channel, provider_id) if provider_id else None
    if row is not None:
        _move(tx, row, state, failure=failure, provider_id=provider_id)
    return row is not None


def _move(tx: Tx, row: Row | None, state: ReplyState, *, failure: str = "", provider_id: str = "") -> None:
    if row is None or state not in REPLY_MOVES[ReplyState(row.state)]:
        return
    partner_messages.move(tx, row.id, state, failure=failure, provider_id=provider_id)
    told = events_pb2.PartnerMessageChanged(message_id=row.id, state=_TOLD[state])
    tx.emit(told, subject=row.id, traceparent=row.traceparent)
