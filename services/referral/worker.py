"""Referral's work behind the doors: what intake tells is taken, what is due is done."""

from __future__ import annotations

from datetime import time

from chassis import inbox
from chassis.process import Process
from chassis.worker import Work, every
from services.referral.directories import Imports
from services.referral.use_cases import comparing


class Worker:
    """The nameko service."""

    name = "referral"

    def __init__(self, process: Process) -> None:
        self._process = process
        self._imports = _imports(process)

    @every(seconds=3600)
    def forget(self, work: Work) -> None:
        """Drop what no delivery can refer to any more."""
        work.database.run(inbox.forget, work.process.clock())

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
