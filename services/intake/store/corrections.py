"""Where agents corrected what a case is about or how urgent it is."""

from __future__ import annotations

from chassis.database import Tx
from chassis.statements import Sql
from services.intake.domain.priorities import Standing

_SET = Sql("UPDATE cases SET topic = :topic, priority = :priority WHERE id = :case_id")
_ADD = Sql("""
INSERT INTO correction (id, case_id, agent_id, was_topic, topic, was_priority, priority, corrected_at)
VALUES (:id, :case_id, :agent_id, :was_topic, :topic, :was_priority, :priority, :now)
""")


def correct(tx: Tx, correction_id: str, case_id: str, agent_id: str, was: Standing, now: Standing) -> None:
    """Write what a case is about now, and keep what it was thought to be."""
    tx.execute(_SET, {"case_id": case_id, "topic": now.topic, "priority": now.priority.value})
    values = {
        "id": correction_id,
        "case_id": case_id,
        "agent_id": agent_id,
        "was_topic": was.topic,
        "topic": now.topic,
        "was_priority": was.priority.value,
        "priority": now.priority.value,
        "now": tx.now.timestamp(),
    }
    tx.execute(_ADD, values)
