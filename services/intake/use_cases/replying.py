"""Replying: an agent's words are queued, handed to the channel's connector, and followed until they arrive.

A reply is ``sending`` while the connector is asked. If the hub dies in that moment nobody knows whether the provider
took it: providers that recognise a repeat are asked again, for the others the reply becomes ``unknown`` and a person
decides.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hub120.intake.v1 import events_pb2

from chassis import telemetry
from chassis.connectors.queues import reply_queue
from chassis.crypto import mask_resident_numbers
from chassis.database import Tx
from chassis.errors import InvalidArgument, NotFound, PreconditionFailed
from chassis.ids import is_uuid, new_id
from chassis.statements import Row
from chassis.telemetry import attributes as known
from services.intake.domain.cases import CaseState
from services.intake.domain.notices import AUTOMATIC
from services.intake.domain.replies import REPLY_MOVES, ReplyState, Sending, Translated
from services.intake.store import cases, files, questions, replies
from services.intake.store.replies import NewReply
from services.intake.use_cases.casework import Reader, audit
from services.intake.use_cases.entries import changed

Cut = Callable[[str, str], Sequence[str]]
"""Cuts a text into what a channel carries at once: ``cut(channel, text)``."""

_NOT_LEFT = (ReplyState.QUEUED, ReplyState.SENDING)
_LEFT = frozenset({ReplyState.SENT, ReplyState.DELIVERED, ReplyState.READ})
_LOST = frozenset({ReplyState.FAILED, ReplyState.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Written:
    """A reply with its text, and why it did not arrive."""

    reply: Row
    text: str
    failure: str
    files: Sequence[tuple[Row, str]] = ()
    """Each file with its name."""
    original: str = ""
    """What the agent wrote, where the text is a translation of it."""


def reply_to_case(
    tx: Tx,
    case_id: str,
    agent_id: str,
    request_id: str,
    text: str,
    cut: Cut,
    file_ids: Sequence[str] = (),
    translated: Translated | None = None,
    *,
    closed_too: bool = False,
) -> Written:
    """Queue a reply for the citizen, in as many parts as the channel needs (``cut`` says); returns the first, which
    takes the files along and keeps what it was translated from.

    Parts, and replies one after another, leave in the order in which they were written. A repeated request finds the
    replies it queued. A closed case takes none, unless ``closed_too``. The trace goes on from the citizen's message.
    """
    held: list[Row | None] = []
    cases.hold_case(tx, case_id, held.append)
    road = replies.road_back(tx, case_id)  # sees what was committed while the row was waited for
    case = held[0]
    if case is None or road is None:
        raise NotFound("case", case_id)
    if case.state == CaseState.CLOSED and not closed_too:
        raise PreconditionFailed("CASE_CLOSED", f"case {case_id} is closed; the citizen's next message opens another")
    masked, _ = mask_resident_numbers(text)
    with (
        telemetry.continue_from(road.traceparent),
        telemetry.span("reply to citizen", attributes={known.CASE_ID: case_id}),
    ):
        first = _queue(tx, case, road, agent_id, request_id, cut(case.channel, masked), file_ids, translated)
    return _opened(tx, first or replies.reply_by_request(tx, case_id, request_id), masked)


def _queue(
    tx: Tx, case: Row, road: Row, agent_id: str, request_id: str, pieces: Sequence[str], file_ids: Sequence[str],
    translated: Translated | None,
) -> Row | None:  # fmt: skip
    """Queue each piece behind the one before; the first, or None where an earlier request queued it."""
    first: Row | None = None
    follows = road.under_way or ""
    for part, piece in enumerate(pieces, start=1):
        taken = file_ids if part == 1 else ()
        new = NewReply(
            new_id(tx.now), agent_id, request_id, part, follows, piece, len(taken),
            original=translated.original if translated is not None and part == 1 else "",
            by_machine=translated is not None and translated.by_machine,
        )  # fmt: skip
        added = replies.add_reply(tx, case, road, new)
        if added is None:
            break
        if not files.take(tx, case.id, new.id, taken):
            raise InvalidArgument([("file_ids", "names files that are not of the case, or that a reply has taken")])
        if first is None:
            telemetry.concerns({known.REPLY_ID: new.id})
        changed(tx, case.id, added.sequence)
        if not follows:
            _ask(tx, case.channel, new.id, case.id)
        first, follows = first or added, new.id
    return first


def _opened(tx: Tx, row: Row, text: str) -> Written:
    failure, original = tx.opened("reply", row, "failure"), tx.opened("reply", row, "original")
    return Written(row, text, failure, _files(tx, row), original)


def _files(tx: Tx, reply: Row) -> list[tuple[Row, str]]:
    found = files.of_reply(tx, reply.id) if reply.files else ()
    return [(file, tx.opened("reply_file", file, "filename")) for file in found]


def _ask(tx: Tx, channel: str, reply_id: str, case_id: str, traceparent: str = "") -> None:
    body = events_pb2.SendReply(reply_id=reply_id, channel=channel)
    tx.ask(reply_queue(channel), body, subject=case_id, traceparent=traceparent)


def begin_sending(tx: Tx, reply_id: str, *, repeatable: bool) -> Sending | None:
    """The reply for the connector, now ``sending``; None if there is nothing (more) to send.

    A second delivery of the task finds it sent, or ``sending`` by somebody who died: that is sent again only where
    the provider recognises a repeat.
    """
    if repeatable:
        tx.may_be_lost()
    found = replies.begin_sending(tx, reply_id, _NOT_LEFT if repeatable else [ReplyState.QUEUED])
    if found is not None:
        telemetry.concerns({known.CASE_ID: found.case_id})
    elif not repeatable:
        _move(tx, replies.reply(tx, reply_id), ReplyState.UNKNOWN, failure="the hub stopped while it was being sent")
    return found


def postpone_sending(tx: Tx, reply_id: str, *, tried: bool = True) -> None:
    """The provider surely did not take it, or was not even asked: the next attempt starts afresh."""
    replies.move_back(tx, reply_id, tried=tried)


def record_sending(
    tx: Tx,
    channel: str,
    reply_id: str,
    state: ReplyState,
    *,
    provider_id: str = "",
    failure: str = "",
    context_used: bool = False,
) -> None:
    """Store what the connector said. If a status report came first it is applied now."""
    if context_used:
        replies.spend_context(tx, reply_id)
    moved, behind = replies.end_sending(tx, reply_id, state, failure=failure, provider_id=provider_id)
    if moved is None:
        _move(tx, replies.reply(tx, reply_id), state, failure=failure, provider_id=provider_id)
    else:
        _moved(tx, reply_id, moved, state, behind)
    if provider_id:
        _adopt(tx, channel, reply_id, replies.provider_hash(tx, provider_id))


def record_receipt(tx: Tx, channel: str, *, reply_id: str, provider_id: str, state: ReplyState, failure: str) -> bool:
    """Store a provider's report; False if it is about no reply that is known. Reports come twice and out of order: only
    an allowed move changes anything."""
    row = replies.reply(tx, reply_id) if reply_id else None
    if row is None or row.channel != channel:
        row = replies.reply_by_provider(tx, channel, provider_id) if provider_id else None
    if row is not None:
        said = {known.CASE_ID: row.case_id, known.REPLY_ID: row.id, known.STATE: state.value}
        telemetry.concerns({known.CASE_ID: row.case_id})
        with telemetry.continue_from(row.traceparent), telemetry.span("receipt", attributes=said):
            _move(tx, row, state, failure=failure, provider_id=provider_id)
    return row is not None


def keep_early_receipt(tx: Tx, channel: str, *, provider_id: str, state: ReplyState, failure: str) -> None:
    """A report on a reply that is just being recorded waits for it."""
    if provider_id:
        replies.keep_early_receipt(tx, channel, provider_id, state, failure)


def tell_others(tx: Tx, channel: str, message_id: str, provider_id: str, state: ReplyState) -> None:
    """A report on a message that is no reply, as far as is known: another service may have sent it."""
    told = events_pb2.DeliveryReported(
        channel=channel,
        message_id=message_id if is_uuid(message_id) else "",
        provider_key=replies.provider_hash(tx, provider_id).hex(),
        state=f"REPLY_STATE_{state.name}",
    )
    tx.emit(told, subject=told.message_id or told.provider_key)


def record_receipts_until(tx: Tx, channel: str, address: str, until: float, state: ReplyState, *, failure: str) -> None:
    """Store a report on all replies to a citizen that were written until then and have left by now."""
    for reply_id in replies.left_until(tx, channel, address, until):
        _move(tx, replies.reply(tx, reply_id), state, failure=failure)


def resolve_reply(tx: Tx, reply_id: str, reader: Reader, *, send_again: bool) -> Written:
    """A person decides about a reply whose fate is unknown, and reads it."""
    row = replies.reply(tx, reply_id)
    if row is None:
        raise NotFound("reply", reply_id)
    if row.state != ReplyState.UNKNOWN:
        raise PreconditionFailed("REPLY_NOT_UNKNOWN", f"reply {reply_id} is {row.state}; only unknown ones need you")
    if send_again:
        _move(tx, row, ReplyState.QUEUED)
        _ask(tx, row.channel, reply_id, row.case_id, row.traceparent)
    else:
        _move(tx, row, ReplyState.FAILED, failure=f"given up by {reader.subject}")
    case = cases.case(tx, row.case_id)
    audit(tx, reader, citizen_id=case.citizen_id if case else "", case_id=row.case_id)
    decided = replies.reply(tx, reply_id)
    return _opened(tx, decided, tx.opened("reply", decided, "text"))


def adopt_early_receipts(tx: Tx) -> int:
    """Apply reports whose message was recorded in a transaction that ran at the same time; returns how many."""
    found = replies.early_receipts_with_reply(tx)
    for row in found:
        _adopt(tx, row.channel, row.reply_id, bytes(row.provider_id))
    return len(found)


def _adopt(tx: Tx, channel: str, reply_id: str, provider_id: bytes) -> None:
    for state, failure in replies.take_early_receipts(tx, channel, provider_id):
        record_receipt(tx, channel, reply_id=reply_id, provider_id="", state=state, failure=failure)


def _move(tx: Tx, row: Row | None, state: ReplyState, *, failure: str = "", provider_id: str = "") -> None:
    if row is None:
        return
    if state in REPLY_MOVES[ReplyState(row.state)]:
        was = ReplyState(row.state)
        moved = replies.move_reply(tx, row.id, was, state, failure=failure, provider_id=provider_id)
        _moved(tx, row.id, moved, state, replies.followers(tx, row.id))
    elif provider_id and not row.provider_id:
        replies.keep_provider_id(tx, row.id, provider_id)


def _moved(tx: Tx, reply_id: str, moved: Row, state: ReplyState, behind: Sequence[Row]) -> None:
    """Tell the watchers; once a reply has left, those behind it may."""
    changed(tx, moved.case_id, moved.sequence)
    if moved.agent_id == AUTOMATIC:
        tell_who_asked(tx, reply_id, moved.case_id, state)
    if state not in _NOT_LEFT:
        for follower in behind:
            _ask(tx, follower.channel, follower.id, moved.case_id, follower.traceparent)


def tell_who_asked(tx: Tx, reply_id: str, case_id: str, state: ReplyState) -> None:
    """A reply that no person wrote has left, or could not, or nobody knows: a service that wanted the citizen told so
    hears of it, again only if it turned out otherwise."""
    if state not in _LEFT | _LOST:
        return
    message_id = questions.left(tx, reply_id, sent=state in _LEFT)
    if message_id is not None:
        told = events_pb2.CitizenTold(message_id=message_id, case_id=case_id, sent=state in _LEFT)
        tx.emit(told, subject=case_id)
