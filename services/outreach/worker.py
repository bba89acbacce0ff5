"""Outreach's work behind the doors: mailings leave, what other services tell is taken, what is due is done."""

from __future__ import annotations

from datetime import timedelta

from hub120.intake.v1 import case_pb2
from hub120.intake.v1 import events_pb2 as intake
from hub120.outreach.v1 import events_pb2

from chassis import inbox
from chassis.connectors.queues import bulk_queue
from chassis.database import Tx
from chassis.process import Process
from chassis.worker import TaskQueue, Work, every, on_event, on_task
from services.outreach.domain.mailings import RecipientState
from services.outreach.senders import Senders, parts_at_once
from services.outreach.store import reports
from services.outreach.use_cases import lists, receipts, sending_parts, surveying

_REPORTS_KEPT = timedelta(days=3)
_REPORTED = {
    case_pb2.REPLY_STATE_SENT: RecipientState.SENT,
    case_pb2.REPLY_STATE_DELIVERED: RecipientState.DELIVERED,
    case_pb2.REPLY_STATE_READ: RecipientState.READ,
    case_pb2.REPLY_STATE_FAILED: RecipientState.FAILED,
}


class Worker:
    """The nameko service."""

    name = "outreach"

    def __init__(self, process: Process) -> None:
        self._process = process
        self._senders = Senders(process)

    @staticmethod
    def task_queues(process: Process) -> list[TaskQueue]:
        """A queue for each channel that runs."""
        running = ((state.id, process.connectors.get(state.id)) for state in process.connectors.states())
        return [
            TaskQueue(bulk_queue(name), parts_at_once(one.manifest.limits.parallel_sends))
            for name, one in running
            if one is not None and "channel" in one.manifest.capabilities
        ]

    @on_task(events_pb2.SendPart)
    def send_part(self, work: Work, task: events_pb2.SendPart) -> None:
        """Send a part of a mailing's list. The states of part and recipients tell a second delivery what was done."""
        self._senders.send(task.part_id, task.channel)

    @on_event(intake.DeliveryReported)
    def delivery_reported(self, tx: Tx, event: intake.DeliveryReported) -> None:
        """A provider reports on a message that is none of intake's. Told twice, it was known."""
        state = _REPORTED.get(event.state)
        if state is not None:
            receipts.take_report(tx, event.channel, event.message_id, bytes.fromhex(event.provider_key), state)

    @on_event(intake.CaseClosed)
    def case_closed(self, tx: Tx, event: intake.CaseClosed) -> None:
        """A case is closed: its citizen may be asked how satisfied they are. Told twice, they are asked once."""
        surveying.case_closed(tx, event.case_id, self._process.settings.survey_percent)

    @on_event(intake.CitizenAnswered)
    def citizen_answered(self, tx: Tx, event: intake.CitizenAnswered) -> None:
        """A citizen says how satisfied they are. Answers to others' questions are left; told twice, it was known."""
        surveying.answered(tx, event.message_id, event.choice)

    @every(seconds=1)
    def fill_lists(self, work: Work) -> None:
        """Campaigns' recipients are put on their mailings' lists. How far that came is kept with each step."""
        while not self._process.leaving() and work.database.run(lists.fill):
            pass

    @every(seconds=1)
    def dispatch(self, work: Work) -> None:
        """What is due goes to its connector. What was handed on is not due again."""
        work.database.run(sending_parts.dispatch_due, lambda channel: self._process.connectors.get(channel) is not None)

    @every(seconds=1)
    def look_after(self, work: Work) -> None:
        """What was not delivered in time goes by the next channel, what was stopped is crossed out. Done twice, the
        second time finds nothing."""
        while work.database.run(sending_parts.look_after):
            pass
        while work.database.run(sending_parts.cross_out):
            pass

    @every(seconds=5)
    def adopt(self, work: Work) -> None:
        """Apply what was reported on messages while they were being recorded."""
        while work.database.run(receipts.adopt_reports):
            pass

    @every(seconds=3600)
    def forget(self, work: Work) -> None:
        """Drop what no delivery can refer to any more."""
        now = work.process.clock()
        work.database.run(inbox.forget, now)
        work.database.run(reports.forget, (now - _REPORTS_KEPT).timestamp())
