"""When a provider hears that a case is over, on real SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from chassis.database import Database
from services.intake.domain.cases import CaseState
from services.intake.domain.contacts import Kept, NewContact, Sender
from services.intake.domain.replies import ReplyState
from services.intake.tables import metadata
from services.intake.use_cases import casework, ending, receiving, replying
from tests.integration.databases import Clock, opened
from tests.integration.routing_floor import rows

CHANNEL = "kakao_consult"
CITIZEN = Sender("account", "c0eUY5TATGz1", verified=True)


@pytest.fixture
def database(database_address: str, clock: Clock) -> Iterator[Database]:
    with opened(database_address, "intake", metadata, clock) as found:
        yield found


def write(database: Database, message_id: str) -> Kept:
    new = NewContact(CHANNEL, "text", message_id, CITIZEN, "상담을 원해요", reply_context={"session": "16"})
    return database.run(receiving.receive_contact, new, lambda waiting: waiting)


@pytest.fixture
def case(database: Database) -> Kept:
    return write(database, "m-1")


def close(database: Database, case: Kept) -> None:
    database.run(casework.set_case_state, case.case_id, CaseState.CLOSED, "kim")


def asked(database: Database, case: Kept, *channels: str) -> int:
    """How many tasks lie in the outbox after the end was looked for."""
    before = len(_tasks(database))
    database.run(ending.end_session, case.case_id, channels)
    return len(_tasks(database)) - before


def _tasks(database: Database) -> list[dict[str, object]]:
    return rows(database, "SELECT id FROM outbox WHERE kind = 'task'")


def test_the_end_is_asked_for_once_a_case_is_closed_on_a_channel_that_has_sessions(
    database: Database, case: Kept
) -> None:
    assert asked(database, case, CHANNEL) == 0
    close(database, case)
    assert asked(database, case) == 0
    assert asked(database, case, "web") == 0
    assert asked(database, case, CHANNEL) == 1


def test_the_connector_is_told_who_and_in_which_session(database: Database, case: Kept) -> None:
    close(database, case)
    found = database.run(ending.ending, case.case_id)
    assert found is not None
    assert (found.kind, found.address, found.reply_context) == ("account", CITIZEN.address, {"session": "16"})
    assert not found.replies_under_way


def test_the_end_waits_for_what_the_agent_wrote(database: Database, case: Kept) -> None:
    written = database.run(replying.reply_to_case, case.case_id, "kim", "r-1", "안녕히 계세요", lambda _, text: [text])
    close(database, case)
    found = database.run(ending.ending, case.case_id)
    assert found is not None
    assert found.replies_under_way
    database.run(replying.begin_sending, written.reply.id, repeatable=False)
    database.run(replying.record_sending, CHANNEL, written.reply.id, ReplyState.SENT)
    found = database.run(ending.ending, case.case_id)
    assert found is not None
    assert not found.replies_under_way


def test_a_conversation_that_goes_on_in_another_case_is_not_ended(database: Database, case: Kept) -> None:
    close(database, case)
    write(database, "m-2")
    assert database.run(ending.ending, case.case_id) is None


def test_a_case_that_is_open_is_not_ended(database: Database, case: Kept) -> None:
    assert database.run(ending.ending, case.case_id) is None
