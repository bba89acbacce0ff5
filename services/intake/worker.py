"""Intake's work behind the doors: replies and codes go to connectors, files come from them, cases follow routing.

A connector's call lies between two transactions: one says that it begins, one stores what came of it. Second
deliveries find the first one's state there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial

from hub120.intake.v1 import events_pb2, legs_pb2
from hub120.outreach.v1 import events_pb2 as outreach
from hub120.routing.v1 import events_pb2 as routing_events_pb2
from hub120_sdk import (
    Address,
    AddressKind,
    Attachment,
    ConnectorError,
    Content,
    Outbound,
    Received,
    Record,
    Retry,
    Session,
)

from chassis import inbox, logs, telemetry
from chassis.blobs import Blobs
from chassis.connectors import operations
from chassis.connectors.errors import NotTried
from chassis.connectors.queues import queues_of
from chassis.database import Database, Tx
from chassis.errors import NotFound, PreconditionFailed
from chassis.listening import on_heard
from chassis.process import Process
from chassis.settings import EMERGENCY_NUMBERS
from chassis.telemetry.attributes import CASE_ID
from chassis.worker import RetryTask, TaskQueue, Work, every, on_event, on_task
from services.intake import SERVICE, attempts, departments, partners, telephones
from services.intake.arrivals import DELIVERY_STATES, Arrivals
from services.intake.attempts import Fate
from services.intake.domain.contacts import AttachmentState, Settled
from services.intake.domain.notices import Notice, NoticeKind
from services.intake.domain.replies import ReplyState, Sending
from services.intake.enclosures import keep
from services.intake.store import (
    commands,
    contacts,
    files,
    handovers,
    notices,
    opened,
    partner_messages,
    questions,
    replies,
)
from services.intake.telephones import Hands
from services.intake.use_cases import (
    calling,
    casework,
    citizenship,
    ending,
    handing_on,
    noticing,
    packing,
    receiving,
    replying,
    sighting,
)
from services.intake.use_cases.handing_on import Wanted

_log = logs.get_logger("intake")
_EARLY_RECEIPTS_KEPT = timedelta(days=2)
_UNUSED_FILES_KEPT = timedelta(days=1)
_UPDATES_KEPT = timedelta(days=90)
_COMMANDS_KEPT = timedelta(days=2)


class Worker:
    """The nameko service."""

    name = "intake"
    batch = 50
    """Events in one transaction: their cases' rows are held until its end."""

    def __init__(self, process: Process) -> None:
        self._connectors = process.connectors
        self._with_sessions = process.connectors.having("sessions")
        self._connectors = process.connectors
        self._told_over = process.settings.notice_channels
        self._arrivals = Arrivals(process)
        self._rounds = departments.Rounds(process)
        self._no_drill_rings = {*EMERGENCY_NUMBERS, *process.settings.emergency_numbers.values()}

    @staticmethod
    def task_queues(process: Process) -> list[TaskQueue]:
        """A queue for each running connector that something is sent to, and one more for each exchange."""
        return [
            TaskQueue(name, running.manifest.limits.parallel_sends)
            for running in process.connectors.ready()
            for name in queues_of(running.manifest, SERVICE.tasks)
        ]

    @on_event(outreach.MissingPersonActive)
    def missing_person_active(self, tx: Tx, event: outreach.MissingPersonActive) -> None:
        """Somebody is looked for: contacts that quote the code are sightings. Told twice, it is the same code."""
        sighting.watch_for(tx, event.notice_id, event.code, event.until_time.ToMicroseconds() / 1e6)

    @on_event(outreach.MissingPersonClosed)
    def missing_person_closed(self, tx: Tx, event: outreach.MissingPersonClosed) -> None:
        """Nobody is looked for any more. Told twice, the code is gone."""
        sighting.forget_notice(tx, event.notice_id)

    @on_event(routing_events_pb2.WorkAssigned)
    def work_assigned(self, tx: Tx, event: routing_events_pb2.WorkAssigned) -> None:
        """An agent took the case."""
        casework.take_up(tx, event.case_id, event.agent_id)

    @on_event(routing_events_pb2.WorkDone)
    def work_done(self, tx: Tx, event: routing_events_pb2.WorkDone) -> None:
        """The agent has finished."""
        casework.put_down(tx, event.case_id, event.agent_id, close=event.close_case, seen=event.contact_sequence)
        if event.close_case:
            ending.end_session(tx, event.case_id, self._with_sessions)

    @on_event(routing_events_pb2.QueueNotice)
    def queue_notice(self, tx: Tx, event: routing_events_pb2.QueueNotice) -> None:
        """A citizen who waits is to be told so. The notice's id makes a second delivery harmless."""
        notice = _notice(event)
        if notice is not None:
            noticing.tell_citizen(tx, notice, self._notice_channels(), self._connectors.pieces)

    def _notice_channels(self) -> set[str]:
        return {one for one in self._told_over if self._connectors.get(one) is not None}

    @on_event(routing_events_pb2.HandoverWanted)
    def handover_wanted(self, tx: Tx, event: routing_events_pb2.HandoverWanted) -> None:
        """An agent transfers the case to a department. Its id is the handover's: a second delivery finds it."""
        wanted = Wanted(
            transfer_id=event.transfer_id,
            case_id=event.case_id,
            department=event.department,
            agent_id=event.agent_id,
            note_id=event.note_id,
            citizen_agreed=event.citizen_agreed,
            urgent=event.urgent,
        )
        handing_on.hand_on(tx, wanted, is_known=self._is_connector(event.department))

    def _is_connector(self, name: str) -> bool:
        return any(state.id == name for state in self._connectors.states())

    @on_task(events_pb2.SendReply)
    def send_reply(self, work: Work, task: events_pb2.SendReply) -> None:
        """Hand a reply to its connector; ``begin_sending`` tells a second delivery that it was handed over."""
        reply = work.database.run(replying.begin_sending, task.reply_id, repeatable=_repeatable(work, task.channel))
        if reply is None:
            return
        try:
            receipt = work.process.connectors.send(reply.channel, _outbound(work.process.blobs, reply))
        except ConnectorError as error:
            _sending_failed(work, reply, error)
            return
        work.database.run(
            replying.record_sending,
            reply.channel,
            reply.reply_id,
            DELIVERY_STATES[receipt.state],
            provider_id=receipt.provider_id,
            failure=receipt.reason,
            context_used=receipt.context_used,
        )

    @on_task(events_pb2.FetchAttachment)
    def fetch_attachment(self, work: Work, task: events_pb2.FetchAttachment) -> None:
        """Fetch a file before it expires at the provider. Only a pending one is stored, a second fetch is dropped."""
        pending = work.database.run(_pending, task.attachment_id)
        if pending is None:
            return
        channel, attachment = pending
        try:
            content = work.process.connectors.fetch(channel, attachment)
            settled = keep(work.process.blobs, task.attachment_id, content.data, content.filename)
        except ConnectorError as error:
            if attempts.may_come_again(work, error):
                raise attempts.again(error) from error
            settled = Settled(AttachmentState.REFUSED, failure=attempts.failure(error))
        work.database.run(receiving.settle_attachment, task.attachment_id, settled)

    @on_task(events_pb2.SendVerificationCode)
    def send_verification_code(self, work: Work, task: events_pb2.SendVerificationCode) -> None:
        """Send a code by SMS. A second delivery sends the same code again: harmless, and better than none."""
        found = work.database.run(citizenship.code_to_send, task.verification_id)
        if found is None:
            return
        number, code = found
        text = f"[120] 인증번호는 {code}입니다. Your code is {code}."
        outbound = Outbound(task.verification_id, Address(AddressKind.PHONE, number), text)
        channel = work.process.settings.verification_channel
        try:
            work.process.connectors.send(channel, outbound)
        except Retry as error:
            raise attempts.again(error) from error
        except ConnectorError as error:  # nobody reads it: the agent sees that no code arrives, and asks again
            _log.warning("code_not_sent", channel=channel, error=type(error).__name__)

    @on_task(events_pb2.SendPartnerMessage)
    def send_partner_message(self, work: Work, task: events_pb2.SendPartnerMessage) -> None:
        """Write to a partner. Its state tells a second delivery that it was sent."""
        partners.send(work, task.message_id, task.channel)

    @on_task(events_pb2.EndSession)
    def end_session(self, work: Work, task: events_pb2.EndSession) -> None:
        """End a closed case's conversation at the provider. Ended twice is ended once."""
        found = work.database.run(ending.ending, task.case_id)
        if found is None:
            return
        if found.replies_under_way:
            raise RetryTask("replies of the case are on their way", tried=False)
        session = Session(Address(AddressKind(found.kind), found.address), found.reply_context)
        try:
            work.process.connectors.ask(task.channel, operations.END, session)
        except ConnectorError as error:
            if attempts.may_come_again(work, error):
                raise attempts.again(error) from error
            _log.warning("session_not_ended", channel=task.channel, error=type(error).__name__)

    @on_task(events_pb2.SubmitHandover)
    def submit_handover(self, work: Work, task: events_pb2.SubmitHandover) -> None:
        """Hand a case to a department. The handover's state tells a second delivery that it was handed over."""
        departments.submit(work, task.handover_id, task.department)

    @on_task(legs_pb2.HandOverPacket)
    def hand_over_packet(self, work: Work, task: legs_pb2.HandOverPacket) -> None:
        """Give a department the packet. A second delivery finds the handover that the first one queued."""
        try:
            work.database.run(
                packing.hand_over_packet, task.conference_id, task.case_id, task.department, task.agent_id
            )
        except (NotFound, PreconditionFailed) as error:
            _log.warning("packet_not_handed_over", department=task.department, error=type(error).__name__)

    @on_task(legs_pb2.CommandLeg)
    def command_leg(self, work: Work, task: legs_pb2.CommandLeg) -> None:
        """Have an exchange do something with a leg. What a leg took before tells a second delivery."""
        again = partial(_again, work)
        telephones.carry_out(Hands(work.database, work.process.connectors, self._no_drill_rings, again), task)

    @every(seconds=1)
    def poll_departments(self, work: Work) -> None:
        """Ask departments what changed. The cursor moves with what is stored; a report with a known id changes
        nothing."""
        self._rounds.go(work)

    @on_heard()
    def heard(self, database: Database, connector: str, records: Sequence[Record]) -> Callable[[Tx], list[Received]]:
        """Store what a listener heard. A second delivery finds the provider's id and is answered as the first was."""
        return self._arrivals.storing(database, connector, records)

    @every(seconds=5)
    def adopt(self, work: Work) -> None:
        """Apply what was told of messages and calls while they were being recorded."""
        work.database.run(replying.adopt_early_receipts)
        work.database.run(calling.adopt_early_legs)

    @every(seconds=3600)
    def forget(self, work: Work) -> None:
        """Drop what no delivery and no report can refer to any more."""
        now = work.process.clock()
        work.database.run(inbox.forget, now)
        work.database.run(replies.forget_early_receipts, (now - _EARLY_RECEIPTS_KEPT).timestamp())
        for blob_key in work.database.run(files.drop_unused, (now - _UNUSED_FILES_KEPT).timestamp()):
            work.process.blobs.delete(blob_key)
        work.database.run(notices.forget, (now - _EARLY_RECEIPTS_KEPT).timestamp())
        work.database.run(handovers.forget_updates, (now - _UPDATES_KEPT).timestamp())
        work.database.run(commands.forget, (now - _COMMANDS_KEPT).timestamp())
        work.database.run(questions.forget, (now - _UPDATES_KEPT).timestamp())
        work.database.run(partner_messages.forget, (now - _UPDATES_KEPT).timestamp())
        work.database.run(opened.forget, (now - _UPDATES_KEPT).timestamp())


def _again(work: Work, error: ConnectorError) -> Exception | None:
    """What makes a task come again; None if it shall not."""
    return attempts.again(error) if attempts.may_come_again(work, error) else None


_NOTICE_KINDS = {getattr(routing_events_pb2, f"NOTICE_KIND_{kind.name}"): kind for kind in NoticeKind}


def _notice(event: routing_events_pb2.QueueNotice) -> Notice | None:
    """None of a kind that this version does not know."""
    kind = _NOTICE_KINDS.get(event.kind)
    if kind is None:
        return None
    return Notice(
        id=event.notice_id,
        case_id=event.case_id,
        work_item_id=event.work_item_id,
        kind=kind,
        position=event.position,
        wait_s=event.expected_wait.ToMicroseconds() / 1e6 if event.HasField("expected_wait") else None,
        offers_callback=event.offers_callback,
        texts=dict(event.texts),
        true_at=event.notice_time.ToMicroseconds() / 1e6,
    )


def _repeatable(work: Work, channel: str) -> bool:
    """True if the provider recognises a repeat, so that asking it twice is harmless."""
    running = work.process.connectors.get(channel)
    return running is not None and running.manifest.idempotent_send


def _outbound(blobs: Blobs, reply: Sending) -> Outbound:
    return Outbound(
        reply_id=reply.reply_id,
        to=Address(AddressKind(reply.kind), reply.address),
        text=reply.text,
        conversation=reply.conversation,
        language=reply.language,
        reply_context=reply.reply_context,
        attachments=tuple(Content(blobs.get(one.blob_key), one.media_type, one.filename) for one in reply.files),
    )


def _sending_failed(work: Work, reply: Sending, error: ConnectorError) -> None:
    record = replying.record_sending
    match attempts.fate(work, error, repeatable=_repeatable(work, reply.channel)):
        case Fate.AGAIN:
            work.database.run(replying.postpone_sending, reply.reply_id, tried=not isinstance(error, NotTried))
            raise attempts.again(error) from error
        case Fate.UNKNOWN:
            work.database.run(record, reply.channel, reply.reply_id, ReplyState.UNKNOWN, failure=error.reason)
        case Fate.FAILED:
            failure = attempts.failure(error)
            work.database.run(record, reply.channel, reply.reply_id, ReplyState.FAILED, failure=failure)


def _pending(tx: Tx, attachment_id: str) -> tuple[str, Attachment] | None:
    row = contacts.attachment(tx, attachment_id)
    if row is None or row.state != AttachmentState.PENDING:
        return None
    telemetry.concerns({CASE_ID: row.case_id})
    reference = tx.opened("attachment", row, "reference")
    return row.channel, Attachment(reference, row.claimed_type, tx.opened("attachment", row, "filename"))
