"""What every change of a case has in common: its new entry is told to those who watch."""

from __future__ import annotations

from hub120.intake.v1 import case_pb2, events_pb2

from chassis.database import Tx
from services.intake.domain.priorities import PriorityClass

PRIORITY_CLASSES = {one: getattr(case_pb2, f"PRIORITY_CLASS_{one.name}") for one in PriorityClass}


def changed(tx: Tx, case_id: str, sequence: int) -> None:
    """Wake those who watch the case."""
    tx.signal(events_pb2.CaseChanged(case_id=case_id, sequence=sequence), subject=case_id)
