"""Outreach's work behind the doors: what other services tell is taken, what is due is done."""

from __future__ import annotations

from chassis import inbox
from chassis.process import Process
from chassis.worker import Work, every


class Worker:
    """The nameko service."""

    name = "outreach"

    def __init__(self, process: Process) -> None:
        self._process = process

    @every(seconds=3600)
    def forget(self, work: Work) -> None:
        """Drop what no delivery can refer to any more."""
        work.database.run(inbox.forget, work.process.clock())
