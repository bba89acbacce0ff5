"""Translation's work behind the doors: partners are asked, what is due is done, sessions end with their case."""

from __future__ import annotations

from hub120.intake.v1 import events_pb2 as intake
from hub120.routing.v1 import events_pb2 as routing

from chassis import inbox
from chassis.connectors.queues import interpreter_queue, words_queue
from chassis.database import Tx
from chassis.process import Process
from chassis.worker import TaskQueue, Work, every, on_event

_INTERPRET = {"interpreter", "translator"}


class Worker:
    """The nameko service."""

    name = "translation"
    batch = 50
    """Events in one transaction: their sessions' rows are held until its end."""

    def __init__(self, process: Process) -> None:
        self._connectors = process.connectors

    @staticmethod
    def task_queues(process: Process) -> list[TaskQueue]:
        """Two queues for each running connector that interprets: who is asked for never waits behind words."""
        found = []
        for state in process.connectors.states():
            running = process.connectors.get(state.id)
            if running is not None and running.manifest.capabilities & _INTERPRET:
                parallel = running.manifest.limits.parallel_sends
                found += [TaskQueue(interpreter_queue(state.id), parallel), TaskQueue(words_queue(state.id), parallel)]
        return found

    @on_event(intake.CaseClosed)
    def case_closed(self, tx: Tx, event: intake.CaseClosed) -> None:
        """Nobody need interpret any more. Told twice, the session is over already."""

    @on_event(routing.InterpreterLegChanged)
    def leg_changed(self, tx: Tx, event: routing.InterpreterLegChanged) -> None:
        """The telephone of an interpreter moved."""

    @every(seconds=3600)
    def forget(self, work: Work) -> None:
        """Drop what no delivery can refer to any more."""
        work.database.run(inbox.forget, work.process.clock())
