"""What routing wants handed over: once, under the transfer's id, in the agent's or the citizen's words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hub120.intake.v1 import case_pb2, events_pb2

from chassis.database import Database
from services.intake.domain.cases import CaseState
from services.intake.domain.contacts import Details, Kept, NewContact, Sender
from services.intake.store import handovers
from services.intake.tables import metadata
from services.intake.use_cases import casework, handing_on, handing_over, receiving
from services.intake.use_cases.handing_on import Wanted
from tests.integration.databases import Clock, opened
from tests.integration.routing_floor import rows

TRANSFER = "0199e0f2-7c00-7abc-8def-000000000042"
CITIZEN = Sender("phone", "+821055501234", "김누리", verified=True)


@pytest.fixture
def database(database_address: str, clock: Clock) -> Iterator[Database]:
    with opened(database_address, "intake", metadata, clock) as found:
        yield found


@pytest.fixture
def case(database: Database) -> Kept:
    new = NewContact("app", "text", "m-1", CITIZEN, "길에 구멍이 있어요", details=Details(topic="pothole"))
    return database.run(receiving.receive_contact, new, lambda waiting: waiting)


def wanted(case: Kept) -> Wanted:
    return Wanted(TRANSFER, case.case_id, "roads", "kim")


def told(database: Database) -> dict[str, object]:
    return database.run(lambda tx: dict(handing_over.opened(tx, handovers.handover(tx, TRANSFER)).told))


def said(database: Database) -> list[int]:
    """How the handovers stand that intake tells of."""
    query = "SELECT body FROM outbox WHERE key LIKE '%HandoverChanged' ORDER BY id"
    events = [events_pb2.HandoverChanged.FromString(row["body"]) for row in rows(database, query)]
    assert {event.handover_id for event in events} <= {TRANSFER}
    return [event.state for event in events]


def test_the_citizens_words_are_handed_over_once_under_the_transfers_id(database: Database, case: Kept) -> None:
    for _ in range(2):
        database.run(handing_on.hand_on, wanted(case), is_known=True)
    found = told(database)
    assert (found["title"], found["text"]) == ("pothole", "길에 구멍이 있어요")
    assert said(database) == [case_pb2.HANDOVER_STATE_QUEUED]
    assert len(rows(database, "SELECT id FROM outbox WHERE kind = 'task' AND key = 'connector.roads.reply'")) == 1


def test_the_agents_note_is_told_instead_if_there_is_one(database: Database, case: Kept) -> None:
    note, _ = database.run(casework.add_note, case.case_id, "kim", "r-1", "효원로 1 앞 포트홀, 차선 폐쇄 요청")
    database.run(handing_on.hand_on, replace(wanted(case), note_id=note.id, urgent=True), is_known=True)
    found = told(database)
    assert (found["text"], found["urgent"]) == ("효원로 1 앞 포트홀, 차선 폐쇄 요청", True)


@pytest.mark.parametrize("why", ["no department", "no case", "no note", "closed"])
def test_what_cannot_be_handed_over_is_said_to_have_failed(database: Database, case: Kept, why: str) -> None:
    asked = wanted(case)
    if why == "no case":
        asked = replace(asked, case_id=TRANSFER)
    elif why == "no note":
        asked = replace(asked, note_id=TRANSFER)
    elif why == "closed":
        database.run(casework.set_case_state, case.case_id, CaseState.CLOSED, "kim")
    database.run(handing_on.hand_on, asked, is_known=why != "no department")
    assert said(database) == [case_pb2.HANDOVER_STATE_FAILED]
    assert rows(database, "SELECT id FROM handover") == []
