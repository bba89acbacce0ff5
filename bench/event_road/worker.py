"""The measured service as a service of the hub is written: a handler, one statement, an event."""

from __future__ import annotations

from hub120.intake.v1 import events_pb2

from chassis.database import Tx
from chassis.process import Process
from chassis.statements import Sql
from chassis.worker import BATCH, TaskQueue, on_event

_COUNT = Sql("UPDATE tally SET events = events + 1 WHERE id = :id")


class Worker:
    """The nameko service."""

    name = "bench"
    batch = BATCH

    def __init__(self, process: Process) -> None:
        """Nothing of its own."""

    @staticmethod
    def task_queues(process: Process) -> list[TaskQueue]:
        """None."""
        return []

    @on_event(events_pb2.ContactReceived)
    def contact_received(self, tx: Tx, event: events_pb2.ContactReceived) -> None:
        """Change one row and tell it. The inbox keeps a second delivery out."""
        tx.later(_COUNT, {"id": int(event.case_id)})
        tx.emit(events_pb2.CaseClosed(case_id=event.contact_id), subject=event.case_id)
