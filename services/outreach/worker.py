"""Outreach's work behind the doors: what other services tell is taken, what is due is done."""

from __future__ import annotations

from hub120.intake.v1 import events_pb2 as intake
from hub120.referral.v1 import events_pb2 as referral
from hub120.routing.v1 import events_pb2 as routing

from chassis import inbox
from chassis.database import Tx
from chassis.process import Process
from chassis.worker import Work, every, on_event
from services.outreach import check_in_protos as protos
from services.outreach.domain import calling_times
from services.outreach.store import rounds
from services.outreach.use_cases import calling_people, planning, referring, seeking
from services.outreach.use_cases.calling_people import Ended


class Worker:
    """The nameko service."""

    name = "outreach"
    batch = 50
    """Events in one transaction: their check-ins' rows are held until its end."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._centre = calling_times.hours(process.settings.check_in_hours)

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

    @every(seconds=3600)
    def forget(self, work: Work) -> None:
        """Drop what no delivery can refer to any more."""
        work.database.run(inbox.forget, work.process.clock())
