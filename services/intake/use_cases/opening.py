"""Opening: somebody is to be called who did not call, and the call has a case like any other.

Their address is the number on the exchange's line, so that they are known again when they call themselves.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from chassis.database import Tx
from chassis.errors import Conflict
from chassis.ids import new_case_number, new_id
from chassis.statements import Row
from services.intake.domain.cases import CaseState, EntryKind
from services.intake.store import cases, opened
from services.intake.use_cases.entries import changed


@dataclass(frozen=True, slots=True)
class Callee:
    """Who is to be called, by which exchange. ``request_id`` makes a repeated call harmless."""

    request_id: str
    channel: str
    telephone: str = field(repr=False)
    display_name: str = field(repr=False)
    language: str


def open_call_case(tx: Tx, callee: Callee) -> Row:
    """The open case of a number, or a new one: ``id`` and ``citizen_id``. A repeated request finds the case it found
    first, closed or not."""
    found = opened.by_request(tx, callee.request_id) or opened.open_case(tx, callee.channel, callee.telephone)
    case = found or _new(tx, callee)
    opened.remember(tx, callee.request_id, case.id)
    return case


def _new(tx: Tx, callee: Callee) -> Row:
    identity = opened.identity(tx, callee.channel, callee.telephone)
    if identity is None:
        identity = opened.add_person(
            tx, new_id(tx.now), new_id(tx.now), callee.channel, callee.telephone, callee.display_name
        )
    case = None
    if identity is not None:
        number = new_case_number(tx.now)
        case = opened.add_case(tx, new_id(tx.now), number, identity, callee.channel, callee.language)
    if case is None:
        raise Conflict("somebody with that number called at the same moment; ask again")
    sequence = cases.add_entry(tx, case.id, EntryKind.STATE, case.id, was=CaseState.OPEN, becomes=CaseState.OPEN)
    changed(tx, case.id, sequence)
    return case
