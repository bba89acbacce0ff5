"""What the plain service does in a worker."""

from __future__ import annotations

from hub120.intake.v1 import events_pb2

from chassis.database import Tx
from chassis.process import Process
from chassis.statements import Sql
from chassis.worker import TaskQueue, on_event

_NOTE = Sql("INSERT INTO closed (case_id) VALUES (:case_id)")


class Worker:
    """The nameko service, without a ``batch`` of its own."""

    name = "plain"

    def __init__(self, process: Process) -> None:
        """Nothing of its own."""

    @staticmethod
    def task_queues(process: Process) -> list[TaskQueue]:
        """None."""
        return []

    @on_event(events_pb2.CaseClosed)
    def case_closed(self, tx: Tx, event: events_pb2.CaseClosed) -> None:
        """Write it down. The inbox keeps a second delivery out."""
        tx.execute(_NOTE, {"case_id": event.case_id})
