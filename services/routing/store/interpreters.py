"""Interpreters in calls: which leg belongs to which attempt of translation's sessions."""

from __future__ import annotations

from chassis.database import Tx
from chassis.statements import Row, Sql

_ADD = Sql("""
INSERT INTO interpreter_leg (session_id, attempt_number, leg_id, conference_id)
VALUES (:session_id, :attempt_number, :leg_id, :conference_id)
""")
_OF_ATTEMPT = Sql("""
SELECT * FROM interpreter_leg WHERE session_id = :session_id AND attempt_number = :attempt_number
""")
_OF_LEG = Sql("SELECT * FROM interpreter_leg WHERE leg_id = :leg_id")


def add(tx: Tx, session_id: str, attempt_number: int, leg_id: str, conference_id: str) -> None:
    """An interpreter is called."""
    values = {"session_id": session_id, "attempt_number": attempt_number}
    tx.execute(_ADD, {**values, "leg_id": leg_id, "conference_id": conference_id})


def of_attempt(tx: Tx, session_id: str, attempt_number: int) -> Row | None:
    """The leg of an attempt, if one was called."""
    return tx.execute(_OF_ATTEMPT, {"session_id": session_id, "attempt_number": attempt_number}).one_or_none()


def of_leg(tx: Tx, leg_id: str) -> Row:
    """The attempt that a leg of an interpreter belongs to."""
    return tx.execute(_OF_LEG, {"leg_id": leg_id}).one()
