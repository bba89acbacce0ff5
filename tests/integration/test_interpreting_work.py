"""Work in a language that nobody at work speaks goes to any agent, with an interpreter; on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from hub120.routing.v1 import events_pb2, work_pb2

from chassis.database import Database
from services.routing import protos
from services.routing.domain.agents import Presence
from services.routing.domain.explaining import Ineligibility
from services.routing.domain.interpretation import Interpretation
from services.routing.domain.plans import Plan, PlanStep, Requirement
from services.routing.domain.work import PriorityClass
from services.routing.store import interpretation, offers, work
from services.routing.tables import metadata
from services.routing.use_cases import desk, explaining, interpreting, matching
from services.routing.use_cases.matching import Terms
from tests.integration.databases import Clock, opened
from tests.integration.routing_floor import OFFER_S, TERMS, agent, broken_promises, new_work, offered, ready, rows

PATIENCE_S = 120.0


@pytest.fixture
def database(database_address: str, clock: Clock) -> Iterator[Database]:
    with opened(database_address, "routing", metadata, clock) as found:
        yield found
        assert broken_promises(found) == []


def come(database: Database, clock: Clock, case_id: str, language: str = "ar", **more: Any) -> Any:
    database.run(matching.enqueue, new_work(case_id, clock, language=language, **more), TERMS)
    return item_of(database, case_id)


def item_of(database: Database, case_id: str) -> Any:
    (row,) = rows(database, f"SELECT id FROM work_item WHERE case_id = '{case_id}'")
    return database.run(work.work_item, row["id"])


def questions(database: Database, patience_s: float = PATIENCE_S) -> list[str]:
    """The cases about which translation is asked now."""
    database.run(interpreting.find_uncovered, patience_s)
    return sorted(row.case_id for row in database.run(interpreting.take_questions))


def decide(database: Database, item: Any, answer: Interpretation, until: float | None = None) -> bool:
    return database.run(interpreting.decide, item.id, answer, until, OFFER_S)


@pytest.mark.parametrize("answer", sorted(set(Interpretation) - {Interpretation.ASKED}))
def test_whatever_translation_says_somebody_is_asked_and_knows_what_to_expect(
    database: Database, clock: Clock, answer: Interpretation
) -> None:
    ready(database, "kim")
    before = come(database, clock, "c1")
    assert offered(database, "kim") == []
    assert questions(database) == ["c1"]
    database.take_signals()
    assert decide(database, before, answer, clock().timestamp() + 3600)
    assert offered(database, "kim") == ["c1"]
    item = item_of(database, "c1")
    assert (item.rank, item.queued_at, item.language) == (before.rank, before.queued_at, "ar")
    told = protos.work_item(item).interpretation
    assert told.state == getattr(work_pb2, f"INTERPRETATION_STATE_{answer.name}")
    assert told.change_time.ToSeconds() == int(clock().timestamp()) + 3600
    assert protos.assigned(item, "kim").interpreted_language == "ar"


def test_who_speaks_the_language_is_waited_for_while_they_are_at_work(database: Database, clock: Clock) -> None:
    ready(database, "kim")
    ready(database, "amal", languages=("ar",))
    come(database, clock, "c1")
    come(database, clock, "c2")
    assert offered(database, "amal") == ["c1"]
    assert questions(database) == []
    clock.pass_by(PATIENCE_S - 1)
    assert questions(database) == []
    clock.pass_by(1)
    assert questions(database, patience_s=0.0) == []
    assert questions(database) == ["c2"]


def test_the_last_who_speaks_it_goes_home_and_an_interpreter_is_looked_for(database: Database, clock: Clock) -> None:
    ready(database, "amal", languages=("ar",))
    database.run(desk.set_presence, "amal", Presence.PAUSED, OFFER_S, "meal")
    come(database, clock, "c1")
    assert questions(database) == []
    database.run(desk.set_presence, "amal", Presence.OFFLINE, OFFER_S)
    assert questions(database) == ["c1"]


def test_who_speaks_it_a_little_does_not_cover_what_asks_for_more(database: Database, clock: Clock) -> None:
    database.run(desk.put_agent, agent("amal", languages=("ar",), ar=2))
    database.run(desk.set_presence, "amal", Presence.READY, OFFER_S)
    assert interpretation_spoken(database, "language:ar", "language:ar/2", "language:ar/3") == {
        "language:ar",
        "language:ar/2",
    }


def interpretation_spoken(database: Database, *names: str) -> set[str]:
    return database.read(interpretation.spoken, names)


def test_korean_signs_and_callbacks_that_wait_for_their_time_are_not_asked_about(
    database: Database, clock: Clock
) -> None:
    come(database, clock, "korean", "ko")
    come(database, clock, "signed", "kvk", medium="video")
    assert questions(database) == []


def test_what_a_plan_is_still_going_to_relax_is_left_to_the_plan(database: Database, clock: Clock) -> None:
    steps = (PlanStep((Requirement("language:*", 4),), 20.0), PlanStep((Requirement("language:*"),)))
    terms = Terms(OFFER_S, plans=(Plan("careful", 1, steps),))
    database.run(matching.enqueue, new_work("c1", clock, language="ar"), terms)
    assert questions(database) == []
    clock.pass_by(20)
    database.run(matching.relax_waiting, OFFER_S)
    assert questions(database) == ["c1"]


def test_a_question_is_asked_by_one_and_again_when_no_answer_was_written(database: Database, clock: Clock) -> None:
    come(database, clock, "c1")
    assert questions(database) == ["c1"]
    assert questions(database) == []
    clock.pass_by(interpreting.AGAIN_S)
    assert questions(database) == ["c1"]


def test_an_answer_that_comes_twice_or_too_late_changes_nothing(database: Database, clock: Clock) -> None:
    item = come(database, clock, "c1")
    assert questions(database) == ["c1"]
    ready(database, "amal", languages=("ar",))
    assert offered(database, "amal") == ["c1"]
    assert not decide(database, item, Interpretation.INTERPRETER)
    after = item_of(database, "c1")
    assert (after.kind, after.interpretation, after.interpret_at) == (item.kind, "", None)
    assert protos.assigned(after, "amal").interpreted_language == ""
    other = come(database, clock, "c2")
    database.run(desk.set_presence, "amal", Presence.OFFLINE, OFFER_S)
    assert questions(database) == ["c1", "c2"]
    assert decide(database, other, Interpretation.MACHINE)
    assert not decide(database, other, Interpretation.NOBODY)
    assert item_of(database, "c2").interpretation == Interpretation.MACHINE
    assert not decide(database, item._replace(id="no such work"), Interpretation.NOBODY)


def test_a_corrected_topic_does_not_take_the_interpreter_away(database: Database, clock: Clock) -> None:
    item = come(database, clock, "c1")
    questions(database)
    decide(database, item, Interpretation.INTERPRETER)
    database.run(matching.correct, "c1", "welfare", PriorityClass.NORMAL, TERMS)
    assert item_of(database, "c1").kind == "25 language:ar|language:ko"


@pytest.mark.parametrize("languages", [("ar",), ("ar", "ko")])
def test_who_speaks_the_language_after_all_takes_it_though_it_is_all_they_speak(
    database: Database, clock: Clock, languages: tuple[str, ...]
) -> None:
    item = come(database, clock, "c1")
    questions(database)
    decide(database, item, Interpretation.INTERPRETER)
    ready(database, "amal", languages=languages)
    assert offered(database, "amal") == ["c1"]


def comes_unseen(database: Database, name: str, language: str) -> None:
    """Somebody is at work, and nobody has looked for work for them yet."""
    database.run(desk.put_agent, agent(name, languages=(language,)))
    with database.engine.begin() as connection:
        connection.execute(sa.text(f"UPDATE agent SET presence = 'ready' WHERE id = '{name}'"))


def test_who_speaks_with_the_citizen_goes_before_who_needs_an_interpreter(database: Database, clock: Clock) -> None:
    item = come(database, clock, "c1")
    questions(database)
    ready(database, "kim")
    clock.pass_by(60)
    comes_unseen(database, "amal", "ar")
    decide(database, item, Interpretation.INTERPRETER)
    assert (offered(database, "kim"), offered(database, "amal")) == ([], ["c1"])
    (offer,) = database.run(offers.pending_of, "amal")
    database.run(desk.decline_offer, offer.id, "amal", "", OFFER_S)
    assert offered(database, "kim") == ["c1"]
    _, decision = database.run(explaining.explain, item.id).decisions
    assert [one.agent_id for one in decision.sorted.eligible] == ["kim"]
    assert Ineligibility.LACKS not in {reason for reason, _ in decision.sorted.ineligible}


@pytest.mark.parametrize("language", ["ar", "ko"])
def test_the_sweep_finds_either_kind_of_agent(database: Database, clock: Clock, language: str) -> None:
    """As after a crash: the answer is written, and nobody was asked."""
    item = come(database, clock, "c1")
    questions(database)
    decide(database, item, Interpretation.INTERPRETER)
    comes_unseen(database, "amal", language)
    assert database.run(matching.match_waiting, OFFER_S) == 1
    assert offered(database, "amal") == ["c1"]


def test_asking_wakes_those_who_ask(database: Database, clock: Clock) -> None:
    item = come(database, clock, "c1")
    database.take_signals()
    database.run(interpreting.find_uncovered, PATIENCE_S)
    (told,) = database.take_signals()
    assert events_pb2.InterpretationWanted.FromString(told.body).work_item_id == item.id
