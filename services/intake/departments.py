"""Departments: handovers go to their connectors, and what they say comes back by callback, poll or a look.

A connector's call lies between two transactions: one says that it begins, one stores what came of it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime

from hub120_sdk import (
    Address,
    AddressKind,
    ConnectorError,
    Content,
    Handover,
    Place,
    Rejected,
    Ticket,
    Updates,
)

from chassis import leases, logs
from chassis.connectors import operations
from chassis.connectors.running import Running
from chassis.database import Tx
from chassis.ids import new_id
from chassis.process import Process
from chassis.worker import Work
from services.intake import attempts
from services.intake.arrivals import note, report_of
from services.intake.attempts import Fate
from services.intake.domain.handovers import HandoverState
from services.intake.store import handovers
from services.intake.use_cases import handing_over
from services.intake.use_cases.handing_over import Leaving

LOOK_AFTER_S = 3_600.0
"""An open handover of which nothing was heard for so long is asked about."""
LOOKS = 50
"""Handovers of one department that are asked about in one round."""

_log = logs.get_logger("departments")


def of(process: Process) -> Iterator[Running]:
    """Every department that is ready."""
    for state in process.connectors.states():
        running = process.connectors.get(state.id)
        if running is not None and "department" in running.manifest.capabilities:
            yield running


def submit(work: Work, handover_id: str, department: str) -> None:
    """Hand it over, and store what came of it."""
    repeatable = _repeatable(work, department)
    leaving = work.database.run(handing_over.begin_submitting, handover_id, repeatable=repeatable)
    if leaving is None:
        return
    try:
        ticket: Ticket = work.process.connectors.ask(department, operations.SUBMIT, _handover(work, leaving))
    except ConnectorError as error:
        _failed(work, leaving, error)
        return
    report = report_of(ticket, handover_id=leaving.id)
    work.database.run(handing_over.take_report, department, report)


def _repeatable(work: Work, department: str) -> bool:
    running = work.process.connectors.get(department)
    return running is not None and running.manifest.idempotent_send


def _handover(work: Work, leaving: Leaving) -> Handover:
    told, blobs = leaving.told, work.process.blobs
    kind_address_name = leaving.citizen
    citizen = None
    if kind_address_name is not None:
        kind, address, name = kind_address_name
        citizen = Address(AddressKind(kind), address, name)
    return Handover(
        handover_id=leaving.id,
        case_number=leaving.case_number,
        title=told["title"],
        text=told["text"],
        requested_at=datetime.fromtimestamp(leaving.requested_at, UTC),
        topic=told["topic"],
        place=Place(**told["place"]) if "place" in told else None,
        citizen=citizen,
        attachments=tuple(Content(blobs.get(key), media_type, name) for key, media_type, name in leaving.files),
        language=leaving.language,
        urgent=told["urgent"],
        fields=told["fields"],
    )


def _failed(work: Work, leaving: Leaving, error: ConnectorError) -> None:
    give_up = handing_over.give_up
    match attempts.fate(work, error, repeatable=_repeatable(work, leaving.department)):
        case Fate.AGAIN:
            work.database.run(handing_over.postpone, leaving.id)
            raise attempts.again(error) from error
        case Fate.UNKNOWN:
            work.database.run(give_up, leaving.id, HandoverState.UNKNOWN, error.reason)
        case Fate.FAILED:
            work.database.run(give_up, leaving.id, HandoverState.FAILED, attempts.failure(error))


class Rounds:
    """When this process asks departments next, and the name under which it does."""

    def __init__(self, process: Process) -> None:
        self._every_s = float(process.settings.poll_seconds)
        self._holder = new_id(process.clock())
        self._next = 0.0

    def go(self, work: Work) -> None:
        """Ask every department what changed, if it is time."""
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + self._every_s
            for running in of(work.process):
                poll(work, running, self._holder, self._every_s)


def poll(work: Work, running: Running, holder: str, every_s: float) -> None:
    """Ask a department what changed; of all workers one does so, and the cursor moves with what was stored."""
    department = running.manifest.id
    lease = f"updates.{department}"
    cursor = work.database.run(leases.take, lease, holder, 2 * every_s)
    if cursor is None:
        return
    try:
        found: Updates = work.process.connectors.ask(department, operations.UPDATES, cursor)
        work.database.run(_polled, department, lease, holder, found)
        _look(work, department)
    except ConnectorError as error:
        _log.warning("department_not_polled", department=department, error=type(error).__name__)


def _polled(tx: Tx, department: str, lease: str, holder: str, found: Updates) -> None:
    if leases.move(tx, lease, holder, found.cursor):
        note(tx, department, found.tickets)


def _look(work: Work, department: str) -> None:
    """Ask about what was long silent."""
    before = work.process.clock().timestamp() - LOOK_AFTER_S
    for handover_id, ticket_id in work.database.run(handovers.due, department, before, LOOKS):
        try:
            ticket: Ticket = work.process.connectors.ask(department, operations.STATUS, ticket_id)
        except Rejected:
            work.database.run(handovers.looked, handover_id)
        else:
            work.database.run(handing_over.take_report, department, report_of(ticket, handover_id=handover_id))
