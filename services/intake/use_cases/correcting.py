"""Correcting: an agent knows better than the classifier what a case is about, or how urgent it is. Corrections stay:
they are what a later training reads."""

from __future__ import annotations

from hub120.intake.v1 import events_pb2

from chassis.database import Tx
from chassis.errors import NotFound
from chassis.ids import new_id
from chassis.statements import Row
from services.intake.domain.cases import EntryKind
from services.intake.domain.priorities import PriorityClass, Standing
from services.intake.store import cases, corrections
from services.intake.use_cases.casework import Reader, audit
from services.intake.use_cases.entries import PRIORITY_CLASSES, changed


def correct_case(tx: Tx, case_id: str, topic: str | None, priority: PriorityClass | None, reader: Reader) -> Row:
    """Set the topic, the class, or both (None: leave it). Correcting to what it is changes nothing.

    Routing hears of it: work that waits moves to its new class.
    """
    case = cases.case(tx, case_id, lock=True)
    if case is None:
        raise NotFound("case", case_id)
    was = Standing(case.topic, PriorityClass(case.priority))
    now = Standing(was.topic if topic is None else topic, was.priority if priority is None else priority)
    if now != was:
        correction_id = new_id(tx.now)
        corrections.correct(tx, correction_id, case_id, reader.subject, was, now)
        audit(tx, reader, citizen_id=case.citizen_id, case_id=case_id)
        entry = cases.add_entry(tx, case_id, EntryKind.CORRECTION, correction_id, agent_id=reader.subject)
        changed(tx, case_id, entry)
        told = events_pb2.CaseCorrected(case_id=case_id, topic=now.topic, priority_class=PRIORITY_CLASSES[now.priority])
        tx.emit(told, subject=case_id)
    return cases.case(tx, case_id) or case
