"""What cases are about and how urgent they are, on either database: told by contacts, raised by later ones, corrected
by agents, and told to routing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from uuid import uuid4

import pytest
from hub120.intake.v1 import case_pb2, events_pb2

from chassis.database import Database, Tx
from chassis.errors import NotFound
from services.intake import protos
from services.intake.domain.cases import CaseState
from services.intake.domain.contacts import Kept, NewContact, Sender
from services.intake.domain.priorities import Judged, PriorityClass
from services.intake.store import cases
from services.intake.tables import metadata
from services.intake.use_cases import casework, correcting, receiving
from services.intake.use_cases.casework import Reader
from tests.integration.databases import Clock, emptied, opened
from tests.integration.routing_floor import rows

LIFE, SAFETY, NORMAL, BULK = PriorityClass
READER, KIM = Reader("kim", "GetCase", "case work"), Reader("kim", "CorrectCase", "case work")


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.servers)])
def tables(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One database for all of them: to make one takes longer than any of these tests."""
    with ExitStack() as stack:
        address = f"sqlite:///{tmp_path_factory.mktemp('intake')}/{{service}}.db"
        if request.param == "postgresql":
            spares = request.getfixturevalue("spares")
            address = stack.enter_context(spares.lent(request.getfixturevalue("postgres_server")))
        yield stack.enter_context(opened(address, "intake", metadata, Clock()))


@pytest.fixture
def database(tables: Database) -> Database:
    emptied(tables, metadata)
    return tables


def write(database: Database, judged: Judged, citizen: str = "c") -> tuple[Kept, events_pb2.ContactReceived]:
    """A message of a citizen, and what routing is told of it."""
    new = NewContact("web", "text", uuid4().hex, Sender("account", citizen), text="글", judged=judged)

    def use_case(tx: Tx) -> tuple[Kept, events_pb2.ContactReceived]:
        kept = receiving.receive_contact(tx, new, lambda waiting: waiting)
        [body] = [one.body for one in tx.outgoing if one.key.endswith("ContactReceived")]
        return kept, events_pb2.ContactReceived.FromString(body)

    return database.run(use_case)


def standing(database: Database, case_id: str) -> tuple[str, int]:
    row = database.run(cases.case, case_id)
    assert row is not None
    return row.topic, row.priority


def correct(
    database: Database, case_id: str, topic: str | None, priority: PriorityClass | None
) -> list[events_pb2.CaseCorrected]:
    """Correct a case; what others are told."""

    def use_case(tx: Tx) -> list[events_pb2.CaseCorrected]:
        correcting.correct_case(tx, case_id, topic, priority, KIM)
        bodies = [one.body for one in tx.outgoing if one.key.endswith("CaseCorrected")]
        return [events_pb2.CaseCorrected.FromString(body) for body in bodies]

    return database.run(use_case)


def test_a_contact_tells_its_case_and_routing_what_it_is_about(database: Database) -> None:
    kept, told = write(database, Judged("vi", "transport", SAFETY, 87))
    assert (told.language, told.topic, told.priority_class) == ("vi", "transport", case_pb2.PRIORITY_CLASS_SAFETY)
    assert standing(database, kept.case_id) == ("transport", SAFETY)
    row, [entry] = database.run(casework.read_case, kept.case_id, READER)
    case, contact = protos.case(row), protos.entry(entry).contact
    assert (case.language, case.topic, case.priority_class) == ("vi", "transport", case_pb2.PRIORITY_CLASS_SAFETY)
    assert (contact.language, contact.classified_topic, contact.confidence_percent) == ("vi", "transport", 87)
    assert contact.priority_class == case_pb2.PRIORITY_CLASS_SAFETY


def test_later_contacts_make_a_case_more_urgent_and_never_less(database: Database) -> None:
    seen = []
    for priority in (BULK, NORMAL, BULK, LIFE, NORMAL):
        kept, told = write(database, Judged("ko", priority=priority))
        seen.append(int(told.priority_class))
        assert standing(database, kept.case_id) == ("", told.priority_class)
    assert seen == [BULK, NORMAL, NORMAL, LIFE, LIFE]


def test_the_first_topic_that_is_known_stays(database: Database) -> None:
    assert [write(database, Judged("ko", topic))[1].topic for topic in ("", "health", "", "welfare")] == [
        *("", "health", "health", "health")
    ]


def test_an_agent_corrects_and_the_correction_stays(database: Database) -> None:
    kept, _ = write(database, Judged("ko", "economy", NORMAL, 60))
    [told] = correct(database, kept.case_id, "housing", SAFETY)
    assert (told.case_id, told.topic) == (kept.case_id, "housing")
    assert told.priority_class == case_pb2.PRIORITY_CLASS_SAFETY
    assert standing(database, kept.case_id) == ("housing", SAFETY)
    _, found = database.run(casework.read_case, kept.case_id, READER)
    correction = protos.entry(found[-1]).correction
    assert (correction.agent_id, correction.from_topic, correction.to_topic) == ("kim", "economy", "housing")
    assert correction.from_priority_class == case_pb2.PRIORITY_CLASS_NORMAL
    assert correction.to_priority_class == case_pb2.PRIORITY_CLASS_SAFETY
    assert {one["action"] for one in rows(database, "SELECT action FROM audit")} == {"CorrectCase", "GetCase"}
    assert write(database, Judged("ko", "economy"))[1].topic == "housing"


def test_correcting_to_what_it_is_changes_nothing(database: Database) -> None:
    kept, _ = write(database, Judged("ko", "economy"))
    assert correct(database, kept.case_id, "economy", NORMAL) == []
    assert correct(database, kept.case_id, None, None) == []
    assert rows(database, "SELECT id FROM correction") == []
    assert len(correct(database, kept.case_id, "", None)) == 1
    assert standing(database, kept.case_id) == ("", NORMAL)


def test_a_crisis_word_raises_a_case_that_an_agent_lowered(database: Database) -> None:
    kept, _ = write(database, Judged("ko", priority=LIFE))
    correct(database, kept.case_id, None, NORMAL)
    assert write(database, Judged("ko"))[1].priority_class == case_pb2.PRIORITY_CLASS_NORMAL
    assert write(database, Judged("ko", priority=LIFE))[1].priority_class == case_pb2.PRIORITY_CLASS_LIFE_SAFETY


def test_a_closed_case_may_be_corrected_for_the_training(database: Database) -> None:
    kept, _ = write(database, Judged("ko", "economy"))
    database.run(casework.set_case_state, kept.case_id, CaseState.CLOSED, "kim")
    correct(database, kept.case_id, "housing", None)
    assert standing(database, kept.case_id)[0] == "housing"


def test_a_case_that_is_not_there_cannot_be_corrected(database: Database) -> None:
    with pytest.raises(NotFound):
        correct(database, str(uuid4()), "housing", None)
