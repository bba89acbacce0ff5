"""Referral's work behind the doors: what intake tells is taken, what is due is done."""

from __future__ import annotations

from chassis import inbox
from chassis.process import Process
from chassis.worker import Work, every
from services.referral.use_cases import comparing


class Worker:
    """The nameko service."""

    name = "referral"

    def __init__(self, process: Process) -> None:
        self._process = process

    @every(seconds=3600)
    def forget(self, work: Work) -> None:
        """Drop what no delivery can refer to any more."""
        work.database.run(inbox.forget, work.process.clock())

    @every(seconds=30)
    def compare_sources(self, work: Work) -> None:
        """Find duplicates of what was imported; a second worker finds the same pairs, which are there already."""
        work.database.run(comparing.compare)
