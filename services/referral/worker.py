"""Referral's work behind the doors: what intake tells is taken, what is due is done."""

from __future__ import annotations

from datetime import time, timedelta

from hub120.intake.v1 import events_pb2 as intake
from hub120.routing.v1 import events_pb2 as routing

from chassis import inbox
from chassis.database import Tx
from chassis.process import Process
from chassis.worker import Work, every, on_event
from services.referral import gauges, indexing, protos
from services.referral.directories import Imports
from services.referral.store import capacity, links, referrals
from services.referral.use_cases import (
    appointments,
    asking,
    calling,
    comparing,
    ending,
    figures,
    guarding,
    reporting,
    tending,
)

_REPORTS_KEPT = timedelta(days=90)


class Worker:
    """The nameko service."""

    name = "referral"
    batch = 50
    """Events in one transaction: their referrals' rows are held until its end."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._imports = _imports(process)

    @on_event(intake.HandoverChanged)
    def handover_changed(self, tx: Tx, event: intake.HandoverChanged) -> None:
        """A department says how far it is. Handovers that are no referrals are left; told twice, it was known."""
        reporting.handed_over(tx, event.handover_id, protos.handover_state(event.state))

    @on_event(intake.PartnerMessageChanged)
    def partner_message_changed(self, tx: Tx, event: intake.PartnerMessageChanged) -> None:
        """A message to an agency has left, or could not. Told twice, it was known."""
        reporting.message_moved(tx, event.message_id, protos.message_state(event.state))

    @on_event(intake.CitizenTold)
    def citizen_told(self, tx: Tx, event: intake.CitizenTold) -> None:
        """A citizen was told or asked, or could not be. Told twice, it was known."""
        asking.told(tx, event.message_id, sent=event.sent)

    @on_event(intake.CitizenAnswered)
    def citizen_answered(self, tx: Tx, event: intake.CitizenAnswered) -> None:
        """A citizen says whether it helped. Told twice, the referral has moved."""
        asking.answer(tx, event.message_id, event.choice)

    @on_event(routing.AgencyLegChanged)
    def agency_leg_changed(self, tx: Tx, event: routing.AgencyLegChanged) -> None:
        """The telephone of an agency in a talk moved. Told twice, the call has moved."""
        state = protos.call_state(event.state)
        calling.hear(tx, calling.LegNews(event.call_id, state, event.reason, event.takes_over))

    @every(seconds=1)
    def end_silent_calls(self, work: Work) -> None:
        """Calls of agencies of which nothing is heard end. What has ended is not due again."""
        while work.database.run(calling.tend):
            pass

    @every(seconds=1)
    def climb(self, work: Work) -> None:
        """Whoever was silent too long is reminded, then escalated. What is done is not due again."""
        while work.database.run(tending.tend):
            pass

    @every(seconds=1)
    def expire(self, work: Work) -> None:
        """Consents whose time is over end, and what hangs on them. What has ended does not end again."""
        while work.database.run(ending.expire):
            pass

    @every(seconds=5)
    def guard(self, work: Work) -> None:
        """Deadlines that come near reach a supervisor. What was said is not said again."""
        while work.database.run(guarding.guard, self._process.settings.deadline_days):
            pass

    @every(seconds=5)
    def remind(self, work: Work) -> None:
        """Citizens are reminded of appointments. Whoever was reminded is not due again."""
        while work.database.run(appointments.remind):
            pass

    @every(seconds=2)
    def index(self, work: Work) -> None:
        """What was changed in the directory is found as it is now. What is indexed is not looked at again."""
        indexing.follow(work.database)

    @every(seconds=300)
    def tidy_index(self, work: Work) -> None:
        """Put right what the timer above does not see. What is right stays so."""
        indexing.sweep(work.database)

    @every(seconds=15)
    def measure(self, work: Work) -> None:
        """Tell the metrics how referrals stand."""
        gauges.show(work.database.read(figures.now))

    @every(seconds=3600)
    def forget(self, work: Work) -> None:
        """Drop what no delivery can refer to any more."""
        now = work.process.clock()
        work.database.run(inbox.forget, now)
        work.database.run(referrals.forget_reports, (now - _REPORTS_KEPT).timestamp())
        work.database.run(capacity.forget, (now - _REPORTS_KEPT).timestamp())
        work.database.run(links.forget, (now - _REPORTS_KEPT).timestamp())

    @every(seconds=10)
    def import_directories(self, work: Work) -> None:
        """Import from each directory outside what is due. A page that comes twice changes nothing."""
        self._imports.go(work.database)

    @every(seconds=30)
    def compare_sources(self, work: Work) -> None:
        """Find duplicates of what was imported; a second worker finds the same pairs, which are there already."""
        work.database.run(comparing.compare)


def _imports(process: Process) -> Imports:
    at = time.fromisoformat(process.settings.import_time)
    return Imports(process.connectors, process.clock, at, process.stopped)
