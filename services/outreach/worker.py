"""Outreach's work behind the doors: mailings leave, what other services tell is taken, what is due is done."""

from __future__ import annotations

from datetime import timedelta

from hub120.intake.v1 import case_pb2
from hub120.intake.v1 import events_pb2 as intake
from hub120.outreach.v1 import events_pb2
from hub120.referral.v1 import events_pb2 as referral
from hub120.routing.v1 import events_pb2 as routing

from chassis import inbox
from chassis.connectors.queues import queues_of
from chassis.database import Tx
from chassis.process import Process
from chassis.worker import TaskQueue, Work, every, on_event, on_task
from services.outreach import SERVICE
from services.outreach import check_in_protos as protos
from services.outreach.domain import calling_times
from services.outreach.domain.mailings import RecipientState
from services.outreach.senders import Senders, parts_at_once
from services.outreach.sources import Sources
from services.outreach.store import alerts, reports, rounds
from services.outreach.use_cases import (
    alerting,
    approving,
    calling_people,
    calling_recipients,
    contact_rules,
    lists,
    looking_for,
    planning,
    receipts,
    referring,
    seeking,
    sending_notices,
    sending_parts,
    surveying,
)
from services.outreach.use_cases.calling_people import Ended

_REPORTS_KEPT = timedelta(days=3)
_WORDS_KEPT = timedelta(days=7)
"""After its end an alert keeps its words so long: they may name somebody who was looked for."""
_REPORTED = {
    case_pb2.REPLY_STATE_SENT: RecipientState.SENT,
    case_pb2.REPLY_STATE_DELIVERED: RecipientState.DELIVERED,
    case_pb2.REPLY_STATE_READ: RecipientState.READ,
    case_pb2.REPLY_STATE_FAILED: RecipientState.FAILED,
}


class Worker:
    """The nameko service."""

    name = "outreach"
    batch = 50
    """Events in one transaction: their check-ins' rows are held until its end."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._centre = calling_times.hours(process.settings.check_in_hours)
        self._senders = Senders(process)
        every_s = float(process.settings.alert_poll_seconds)
        self._sources = Sources(process.connectors, process.clock, every_s, process.stopped)

    @staticmethod
    def task_queues(process: Process) -> list[TaskQueue]:
        """A queue for each channel that runs."""
        return [
            TaskQueue(name, parts_at_once(running.manifest.limits.parallel_sends))
            for running in process.connectors.ready()
            for name in queues_of(running.manifest, SERVICE.tasks)
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

    @on_event(intake.OptOutAsked)
    def opt_out_asked(self, tx: Tx, event: intake.OptOutAsked) -> None:
        """A citizen wants nothing more of what goes to many over a channel. Told twice, the rule is there."""
        contact_rules.opted_out(tx, bytes.fromhex(event.address_key), event.channel)

    @every(seconds=1)
    def fill_lists(self, work: Work) -> None:
        """Campaigns' recipients are put on their mailings' lists. How far that came is kept with each step."""
        while not self._process.leaving() and work.database.run(lists.fill):
            pass

    @every(seconds=1)
    def send_notices(self, work: Work) -> None:
        """Released notices become mailings. What was taken is not taken again; how far a list is filled is kept with
        each step."""
        settings, run = self._process.settings, self._process.connectors.having("channel")
        roads = {channel: one for channel, one in settings.roads_of_notices.items() if one in run}
        while work.database.run(sending_notices.take, roads, settings.approve_above):
            pass
        while not self._process.leaving() and work.database.run(sending_notices.fill):
            pass
        while work.database.run(sending_notices.stop_past_end):
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

    @every(seconds=1)
    def call_recipients(self, work: Work) -> None:
        """Calls that must not be made are taken back, and others wanted, no more than agents are set aside for. What
        is wanted is not due again."""
        while work.database.run(calling_recipients.take_back_unfit):
            pass
        while not self._process.leaving() and work.database.run(calling_recipients.place):
            pass

    @every(seconds=5)
    def adopt(self, work: Work) -> None:
        """Apply what was reported on messages while they were being recorded."""
        while work.database.run(receipts.adopt_reports):
            pass

    @on_event(routing.CallOutEnded)
    def call_out_ended(self, tx: Tx, event: routing.CallOutEnded) -> None:
        """A call is over. The inbox lets no second delivery through."""
        result = protos.RESULT_OF[event.result]
        if calling_recipients.is_call(tx, event.request_id):
            calling_recipients.call_ended(tx, event.request_id, result, self._centre)
            return
        ended = Ended(result, event.agent_id, event.talk_seconds, event.work_seconds)
        calling_people.call_ended(tx, event.request_id, ended, self._centre)

    @on_event(intake.HandoverChanged)
    def handover_changed(self, tx: Tx, event: intake.HandoverChanged) -> None:
        """A department says how far it is. Handovers that are not ours are left; told twice, it was known."""
        seeking.office_said(tx, event.handover_id, protos.handover_state(event.state), self._centre)

    @on_event(referral.ReferralMoved)
    def referral_moved(self, tx: Tx, event: referral.ReferralMoved) -> None:
        """A referral moved; those of other cases are left. Told twice, it stands there."""
        referring.referral_moved(tx, event.referral_id, event.case_id, protos.referral_state(event.state))

    @every(seconds=1)
    def tend(self, work: Work) -> None:
        """Do what is due for check-ins. What is done moves its time on."""
        while work.database.run(calling_people.tend, self._centre):
            pass

    @every(seconds=60)
    def plan(self, work: Work) -> None:
        """Plan the coming days of programmes. A second worker finds nobody missing."""
        for row in work.database.read(rounds.programmes):
            work.database.run(planning.plan, row.id, self._centre)

    @on_event(intake.SightingReceived)
    def sighting_received(self, tx: Tx, event: intake.SightingReceived) -> None:
        """A citizen says that they saw somebody. The inbox lets no second delivery through."""
        looking_for.sighted(tx, event.notice_id, event.case_id)

    @every(seconds=2)
    def poll_alerts(self, work: Work) -> None:
        """Ask each source of alerts whose time has come. An alert that comes twice is known."""
        self._sources.go(work.database)

    @every(seconds=1)
    def move_alerts(self, work: Work) -> None:
        """Alerts begin and expire. What has moved is not due again."""
        while work.database.run(alerting.tend):
            pass

    @every(seconds=1)
    def tend_notices(self, work: Work) -> None:
        """Notices end, and people are called to those that wait. What has ended is not due again."""
        while work.database.run(approving.tend):
            pass
        while work.database.run(looking_for.ended):
            pass

    @every(seconds=5)
    def erase(self, work: Work) -> None:
        """Photos and names of people who are looked for no more go: the photo first, so that none is left that nobody
        knows of. What is gone is not found again."""
        while (gone := work.database.run(looking_for.to_erase)) is not None:
            if gone.photo:
                work.process.blobs.delete(gone.photo)
            work.database.run(looking_for.erase, gone.notice_id)

    @every(seconds=3600)
    def forget(self, work: Work) -> None:
        """Drop what no delivery can refer to any more, and the words of alerts that ended long ago."""
        now = self._process.clock()
        work.database.run(inbox.forget, now)
        work.database.run(reports.forget, (now - _REPORTS_KEPT).timestamp())
        while work.database.run(alerts.forget_contents, (now - _WORDS_KEPT).timestamp()):
            pass
