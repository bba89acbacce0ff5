"""Surveying: when a case is closed the citizen is asked how satisfied they are; whoever counts is told the answer."""

from __future__ import annotations

from hub120.outreach.v1 import events_pb2

from chassis.database import Tx
from services.outreach.domain import surveys as rules
from services.outreach.store import surveys as store

AGAIN_S = 30.0


def case_closed(tx: Tx, case_id: str, percent: int) -> None:
    """Have the citizen of a case asked, if the case is among those asked about. Told twice, it is asked once."""
    if rules.picked(case_id, percent):
        store.add(tx, case_id)


def take_due(tx: Tx, limit: int) -> list[tuple[str, str]]:
    """The questions to be brought to intake now: each with its case."""
    return [(row.id, row.case_id) for row in store.due(tx, limit, AGAIN_S)]


def brought(tx: Tx, survey_id: str, *, told: bool) -> None:
    """Intake has the question, or says that the citizen cannot be asked in writing."""
    store.move(tx, survey_id, "asked" if told else "untold")


def answered(tx: Tx, message_id: str, choice: str) -> None:
    """The citizen answered. Questions of others, and words of their own, are left; told twice, it was known."""
    score = rules.score(choice)
    row = store.move(tx, message_id, "answered", score) if score is not None else None
    if row is not None:
        said = events_pb2.SatisfactionGiven(case_id=row.case_id, score=score, give_time=tx.now)
        tx.emit(said, subject=row.case_id)
