"""Somebody is to be called who did not call: their call has a case, and they are known when they call themselves."""

from __future__ import annotations

from uuid import uuid4

from hub120.intake.v1 import case_pb2

from chassis.database import Database
from services.intake import protos
from services.intake.domain.cases import CaseState
from services.intake.domain.contacts import NewContact, Sender
from services.intake.tables import metadata
from services.intake.use_cases import casework, opening, receiving
from services.intake.use_cases.casework import Reader
from services.intake.use_cases.opening import Callee
from tests.integration.databases import shared
from tests.integration.routing_floor import rows

both, clock, database = shared("intake", metadata)
NUMBER, EXCHANGE = "+821033334444", "phone_asterisk"
READER = Reader("kim", "GetCase", "안부")


def callee(request_id: str = "", number: str = NUMBER) -> Callee:
    return Callee(request_id or str(uuid4()), EXCHANGE, number, "박영자", "ko")


def test_a_case_is_opened_once_and_its_citizen_is_known_when_they_call(database: Database) -> None:
    first = callee()
    case = database.run(opening.open_call_case, first)
    assert database.run(opening.open_call_case, callee()).id == case.id, "their open case"
    new = NewContact(EXCHANGE, "voice", "leg-1", Sender("phone", NUMBER), "")
    kept = database.run(receiving.receive_contact, new, lambda waiting: waiting)
    assert kept.case_id == case.id
    database.run(casework.set_case_state, case.id, CaseState.CLOSED, "kim")
    assert database.run(opening.open_call_case, first).id == case.id, "asked again it answers as it did"
    other = database.run(opening.open_call_case, callee())
    assert (other.id == case.id, other.citizen_id) == (False, case.citizen_id)
    assert NUMBER not in str(rows(database, "SELECT * FROM identity"))


def test_a_case_without_a_contact_can_be_read(database: Database) -> None:
    case = database.run(opening.open_call_case, callee())
    row, told = database.run(casework.read_case, case.id, READER)
    entries = [protos.entry(one) for one in told]
    assert [(one.sequence, one.state_change.to) for one in entries] == [(1, case_pb2.CASE_STATE_OPEN)]
    assert (row.channel, row.language) == (EXCHANGE, "ko")
