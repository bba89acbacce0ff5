"""Partners: who is wanted goes to their connectors, and what they say at once comes back.

A connector's call lies between two transactions: one says what to ask, one stores what came of it. Asked twice for one
attempt a partner looks for nobody a second time, so that a task may come again.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hub120.translation.v1 import events_pb2
from hub120_sdk import (
    ConnectorError,
    InterpreterReport,
    InterpreterWanted,
    Retry,
    Unsure,
)

from chassis import logs
from chassis.connectors import operations
from chassis.connectors.errors import NotTried, UnknownConnector
from chassis.worker import RetryTask, Work
from services.translation.arrivals import report_of
from services.translation.use_cases import hearing
from services.translation.use_cases.hearing import Report, Wanted

_log = logs.get_logger("partners")


def request(work: Work, task: events_pb2.RequestInterpreter, centre: str) -> None:
    """Ask a partner for somebody."""
    wanted = work.database.run(hearing.begin_asking, task.session_id, task.attempt_number, task.connector)
    if wanted is None:
        return
    try:
        said: InterpreterReport = work.process.connectors.ask(task.connector, operations.REQUEST, _wanted(wanted))
    except (ConnectorError, UnknownConnector) as error:
        if isinstance(error, Retry) and _shall_come_again(work, wanted, error):
            raise _again(error) from error
        _log.warning("partner_not_reached", connector=task.connector, error=type(error).__name__)
        work.database.run(hearing.not_reached, wanted.session_id, wanted.number, _reason(error), centre)
    else:
        work.database.run(hearing.reached, _at_once(said, wanted), centre)


def _at_once(said: InterpreterReport, wanted: Wanted) -> Report:
    """It is of the attempt that was asked about, whatever the partner calls that."""
    return replace(report_of(said), session_id=wanted.session_id, number=wanted.number, update_id="")


def _wanted(wanted: Wanted) -> InterpreterWanted:
    return InterpreterWanted(
        session_id=wanted.session_id,
        attempt=wanted.number,
        language=wanted.language,
        medium=wanted.medium,
        requested_at=datetime.fromtimestamp(wanted.requested_at, UTC),
        answer_until=datetime.fromtimestamp(wanted.answer_until, UTC),
        residence_status=wanted.residence_status,
    )


def _shall_come_again(work: Work, wanted: Wanted, error: Retry) -> bool:
    """Where somebody else can be asked nobody waits for trouble to pass; where nobody can, it is tried for as long as
    the partner has to answer. One that may have the request is asked again, for that is harmless."""
    in_time = work.process.clock().timestamp() + error.after_s < wanted.answer_until
    may = isinstance(error, NotTried) or not work.last_attempt
    return in_time and may and (wanted.last or isinstance(error, Unsure))


def _again(error: Retry) -> RetryTask:
    """What the hub itself held back uses up no attempt."""
    return RetryTask(type(error).__name__, error.after_s, tried=not isinstance(error, NotTried))


def _reason(error: Exception) -> str:
    if isinstance(error, NotTried):
        return "held_back"
    return "unreachable" if isinstance(error, Retry) else "refused"


def release(work: Work, task: events_pb2.ReleaseInterpreter) -> None:
    """Tell a partner that nobody is needed any more. Told twice is told once."""
    try:
        work.process.connectors.ask(task.connector, operations.RELEASE, task.session_id, task.attempt_number)
    except (ConnectorError, UnknownConnector) as error:
        if isinstance(error, Retry) and (isinstance(error, NotTried) or not work.last_attempt) and work.may_wait:
            raise _again(error) from error
        _log.warning("interpreter_not_released", connector=task.connector, error=type(error).__name__)
