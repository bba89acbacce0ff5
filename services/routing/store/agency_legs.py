"""Agencies in calls: which leg belongs to which call that referral wanted."""

from __future__ import annotations

from chassis.database import Tx
from chassis.statements import Row, Sql

_ADD = Sql("INSERT INTO agency_leg (call_id, leg_id, conference_id) VALUES (:call_id, :leg_id, :conference_id)")
_OF_CALL = Sql("SELECT * FROM agency_leg WHERE call_id = :call_id")
_OF_LEG = Sql("SELECT * FROM agency_leg WHERE leg_id = :leg_id")


def add(tx: Tx, call_id: str, leg_id: str, conference_id: str) -> None:
    """An agency is called."""
    tx.execute(_ADD, {"call_id": call_id, "leg_id": leg_id, "conference_id": conference_id})


def of_call(tx: Tx, call_id: str) -> Row | None:
    """The leg of a call, if one was called."""
    return tx.execute(_OF_CALL, {"call_id": call_id}).one_or_none()


def of_leg(tx: Tx, leg_id: str) -> Row:
    """The call that a leg of an agency belongs to."""
    return tx.execute(_OF_LEG, {"leg_id": leg_id}).one()
