"""Outreach's work behind the doors: what other services tell is taken, what is due is done."""

from __future__ import annotations

from datetime import timedelta

from hub120.intake.v1 import events_pb2 as intake
from hub120.referral.v1 import events_pb2 as referral
from hub120.routing.v1 import events_pb2 as routing

from chassis import inbox
from chassis.database import Tx
from chassis.process import Process
from chassis.worker import Work, every, on_event
from services.outreach import check_in_protos as protos
from services.outreach.domain import calling_times
from services.outreach.sources import Sources
from services.outreach.store import alerts, rounds
from services.outreach.use_cases import (
    alerting,
    approving,
    calling_people,
    looking_for,
    planning,
    referring,
    seeking,
)
from services.outreach.use_cases.calling_people import Ended

_WORDS_KEPT = timedelta(days=7)
"""After its end an alert keeps its words so long: they may name somebody who was looked for."""


class Worker:
    """The nameko service."""

    name = "outreach"
    batch = 50
    """Events in one transaction: their check-ins' rows are held until its end."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._centre = calling_times.hours(process.settings.check_in_hours)
        every_s = float(process.settings.alert_poll_seconds)
        self._sources = Sources(process.connectors, process.clock, every_s, process.stopped)

    @on_event(routing.CallOutEnded)
    def call_out_ended(self, tx: Tx, event: routing.CallOutEnded) -> None:
        """A call is over. The inbox lets no second delivery through."""
        result = protos.RESULT_OF[event.result]
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
        while work.database.run(alerts.forget_contents, (now - _WORDS_KEPT).timestamp()):
            pass
