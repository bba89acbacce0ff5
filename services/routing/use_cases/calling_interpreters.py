"""Interpreters in calls: translation says whom it wants on the line, or no more; routing has the conference."""

from __future__ import annotations

from hub120.intake.v1 import case_pb2
from hub120.routing.v1 import events_pb2

from chassis.database import Tx
from services.routing.domain.ladders import Lines
from services.routing.store import conferences, interpreters
from services.routing.use_cases.conducting import (
    NO_CALL,
    WantedInterpreter,
    call_interpreter,
    conduct,
    let_go,
)


def want(tx: Tx, wanted: WantedInterpreter, lines: Lines) -> None:
    """Call an interpreter into the conference of a case. An attempt is called once; where there is no call, or it is
    too late, translation hears so."""
    row = conferences.open_of_case(tx, wanted.case_id)
    if interpreters.of_attempt(tx, wanted.session_id, wanted.attempt_number) is not None:
        return
    late = wanted.expires_at <= tx.now.timestamp()
    if row is None or late:
        tx.emit(_refused(wanted, "expired" if late else NO_CALL), subject=wanted.case_id)
        return
    call_interpreter(tx, row, wanted)
    conduct(tx, row, lines)


def _refused(wanted: WantedInterpreter, reason: str) -> events_pb2.InterpreterLegChanged:
    return events_pb2.InterpreterLegChanged(
        session_id=wanted.session_id,
        attempt_number=wanted.attempt_number,
        state=case_pb2.CALL_STATE_ENDED,
        reason=reason,
    )


def unwant(tx: Tx, session_id: str, attempt_number: int, lines: Lines) -> None:
    """Hang an interpreter's telephone up. One that was never called, or has ended, is left alone."""
    called = interpreters.of_attempt(tx, session_id, attempt_number)
    row = conferences.conference(tx, called.conference_id, lock=True) if called is not None else None
    if called is None or row is None:
        return
    leg = next(one for one in conferences.legs(tx, row.id) if one.id == called.leg_id)
    let_go(tx, row, leg, lines)
