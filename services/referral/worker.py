"""Referral's work behind the doors: what intake tells is taken, what is due is done."""

from __future__ import annotations

from chassis import inbox
from chassis.process import Process
from chassis.worker import Work, every
from services.referral import indexing


class Worker:
    """The nameko service."""

    name = "referral"

    def __init__(self, process: Process) -> None:
        self._process = process

    @every(seconds=2)
    def index(self, work: Work) -> None:
        """What was changed in the directory is found as it is now. What is indexed is not looked at again."""
        indexing.follow(work.database)

    @every(seconds=300)
    def tidy_index(self, work: Work) -> None:
        """Put right what the timer above does not see. What is right stays so."""
        indexing.sweep(work.database)

    @every(seconds=3600)
    def forget(self, work: Work) -> None:
        """Drop what no delivery can refer to any more."""
        work.database.run(inbox.forget, work.process.clock())
