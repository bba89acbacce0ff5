"""Outreach's work behind the doors: what other services tell is taken, what is due is done."""

from __future__ import annotations

from datetime import timedelta

from hub120.intake.v1 import events_pb2 as intake

from chassis import inbox
from chassis.database import Tx
from chassis.process import Process
from chassis.worker import Work, every, on_event
from services.outreach.sources import Sources
from services.outreach.store import alerts
from services.outreach.use_cases import alerting, approving, looking_for

_WORDS_KEPT = timedelta(days=7)
"""After its end an alert keeps its words so long: they may name somebody who was looked for."""


class Worker:
    """The nameko service."""

    name = "outreach"

    def __init__(self, process: Process) -> None:
        self._process = process
        every_s = float(process.settings.alert_poll_seconds)
        self._sources = Sources(process.connectors, process.clock, every_s, process.stopped)

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
