"""Abusive contacts: what the policy prescribes, who is flagged for how long, and that agents rest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from chassis.database import Database
from chassis.errors import Conflict, InvalidArgument, NotFound, PreconditionFailed
from services.routing.domain.agents import RECOVERY, Presence
from services.routing.domain.conduct import BUILT_IN, ConductStep
from services.routing.domain.work import USUAL_COSTS, PriorityClass, WorkState
from services.routing.store import agents
from services.routing.store import conduct as store
from services.routing.tables import metadata
from services.routing.terms import read_terms
from services.routing.use_cases import conduct, desk, matching
from services.routing.use_cases.conduct import NewReport
from tests.integration.databases import Clock, opened
from tests.integration.routing_floor import (
    OFFER_S,
    TERMS,
    broken_promises,
    new_work,
    offered,
    presence_of,
    queue,
    ready,
    rows,
    take,
)

CITIZEN = "0199e0f2-7c00-7abc-8def-00000000abcd"
WORDS = "욕을 계속 했어요"
DAY_S = 86_400


@pytest.fixture
def database(database_address: str, clock: Clock) -> Iterator[Database]:
    with opened(database_address, "routing", metadata, clock) as found:
        yield found


def contact(database: Database, clock: Clock, case_id: str, **more: Any) -> None:
    terms = database.run(read_terms, OFFER_S, USUAL_COSTS)
    database.run(matching.enqueue, new_work(case_id, clock, citizen_id=CITIZEN, **more), terms)


def in_hand(database: Database, clock: Clock, case_id: str = "c1", name: str = "kim") -> Any:
    contact(database, clock, case_id)
    return take(database, name)


def report(database: Database, item: Any, request_id: str = "r-1", abuse_class: str = "threat", **more: Any) -> Any:
    new = NewReport(item.id, item.agent_id, request_id, abuse_class, note=WORDS, **more)
    return database.run(conduct.report, new)[0]


def take_step(database: Database, made: Any, step: ConductStep) -> Any:
    return database.run(conduct.take_step, made.id, made.agent_id, step, OFFER_S)


def flagged(database: Database, clock: Clock) -> Any:
    """A citizen whom kim reported until they were flagged; kim is at work and free again."""
    ready(database, "kim")
    item = in_hand(database, clock)
    report(database, item)
    made = report(database, item, "r-2")
    take_step(database, made, ConductStep.DEDICATED_TEAM)
    database.run(desk.finish_work, item.id, "kim", close_case=True, terms=TERMS)
    database.run(desk.set_presence, "kim", Presence.READY, OFFER_S)
    return made


def test_each_report_leads_to_the_next_step_and_says_what_to_say(database: Database, clock: Clock) -> None:
    ready(database, "kim")
    item = in_hand(database, clock)
    found = [database.run(conduct.report, NewReport(item.id, "kim", f"r-{number}", "profanity")) for number in range(6)]
    steps = BUILT_IN.classes["profanity"].steps
    assert [row.prescribed_step for row, _ in found] == [*steps, steps[-1]]
    assert (found[0][1], found[2][1]) == (BUILT_IN.warning, BUILT_IN.farewell)
    again, _ = database.run(conduct.report, NewReport(item.id, "kim", "r-0", "profanity"))
    assert again.id == found[0][0].id
    for wrong in (NewReport(item.id, "kim", "r", "rude"), NewReport(item.id, "kim", "r", "threat", "shouting")):
        with pytest.raises(InvalidArgument):
            database.run(conduct.report, wrong)
    with pytest.raises(NotFound):
        database.run(conduct.report, NewReport(item.id, "lee", "r", "threat"))


def test_an_agent_may_do_less_than_is_prescribed_and_not_more(database: Database, clock: Clock) -> None:
    ready(database, "kim")
    item = in_hand(database, clock)
    made = report(database, item, abuse_class="sexual")
    with pytest.raises(PreconditionFailed, match="at most"):
        take_step(database, made, ConductStep.END)
    assert rows(database, "SELECT state FROM work_item") == [{"state": WorkState.ASSIGNED}]
    second = report(database, item, "r-2", "sexual")
    for _ in range(2):
        row, after = take_step(database, second, ConductStep.END)
    assert (row.taken_step, after.state) == (ConductStep.END, WorkState.WRAPPING)
    assert rows(database, "SELECT id FROM citizen_flag") == []
    with pytest.raises(PreconditionFailed, match="answered"):
        take_step(database, second, ConductStep.WARNING)


def test_the_agent_rests_after_an_abusive_contact_and_comes_back_by_themselves(
    database: Database, clock: Clock
) -> None:
    ready(database, "kim")
    item = in_hand(database, clock)
    report(database, item)
    queue(database, clock, "next")
    database.run(desk.finish_work, item.id, "kim", close_case=True, terms=TERMS)
    kim: Any = database.run(agents.agent, "kim")
    assert (kim.presence, kim.presence_reason, offered(database, "kim")) == (Presence.PAUSED, RECOVERY, [])
    clock.pass_by(BUILT_IN.classes["threat"].recovery_minutes * 60 - 1)
    assert database.run(matching.return_from_pauses, OFFER_S) == 0
    clock.pass_by(1)
    assert database.run(matching.return_from_pauses, OFFER_S) == 1
    assert offered(database, "kim") == ["next"]
    assert broken_promises(database) == []


def test_who_is_away_already_stays_away_for_their_own_reason(database: Database, clock: Clock) -> None:
    ready(database, "kim")
    item = in_hand(database, clock)
    report(database, item)
    database.run(desk.set_presence, "kim", Presence.PAUSED, OFFER_S, "meal")
    database.run(desk.finish_work, item.id, "kim", close_case=True, terms=TERMS)
    kim: Any = database.run(agents.agent, "kim")
    assert (kim.presence_reason, kim.return_at) == ("meal", None)


def test_a_flagged_citizen_is_answered_by_the_team_until_that_ends(database: Database, clock: Clock) -> None:
    flagged(database, clock)
    contact(database, clock, "c2")
    assert offered(database, "kim") == []
    ready(database, "strong", skills=(BUILT_IN.team_skill,))
    assert offered(database, "strong") == ["c2"]
    assert broken_promises(database) == []
    clock.pass_by(BUILT_IN.classes["threat"].flag_days * DAY_S + 1)
    contact(database, clock, "c3")
    assert offered(database, "kim") == ["c3"]


def test_where_life_is_in_danger_whoever_is_free_answers_a_flagged_citizen(database: Database, clock: Clock) -> None:
    flagged(database, clock)
    contact(database, clock, "c2", urgency=PriorityClass.LIFE_SAFETY)
    assert offered(database, "kim") == ["c2"]


def test_the_policy_may_let_anybody_answer_after_a_wait(database: Database, clock: Clock) -> None:
    flagged(database, clock)
    database.run(conduct.put_policy, replace(BUILT_IN, team_wait_s=120), "boss")
    contact(database, clock, "c2")
    assert offered(database, "kim") == []
    clock.pass_by(120)
    database.run(matching.relax_waiting, OFFER_S)
    assert offered(database, "kim") == ["c2"]


def test_a_flag_is_lifted_with_a_reason_that_is_kept(database: Database, clock: Clock) -> None:
    flagged(database, clock)
    (flag,) = database.run(store.flags, "", 10, with_ended=False)
    for _ in range(2):
        database.run(conduct.lift_flag, flag.id, "boss", "사과했습니다")
    assert database.run(store.flags, "", 10, with_ended=False) == []
    assert [row.lifted_by for row in database.run(store.flags, "", 10, with_ended=True)] == ["boss"]
    contact(database, clock, "c2")
    assert offered(database, "kim") == ["c2"]
    (record,) = rows(database, "SELECT actor, action, reason FROM conduct_record")
    assert (record["actor"], record["action"]) == ("boss", "LiftFlag")
    assert "사과".encode() not in bytes(record["reason"])


def test_a_report_that_was_wrong_counts_no_more_and_takes_its_flag_along(database: Database, clock: Clock) -> None:
    made = flagged(database, clock)
    with pytest.raises(NotFound):
        database.run(conduct.withdraw, made.id, "lee", "그런 일 없음", is_supervisor=False)
    for _ in range(2):
        database.run(conduct.withdraw, made.id, "kim", "다른 사람이었음", is_supervisor=False)
    assert database.run(store.flagged) == frozenset()
    item = in_hand(database, clock, "c2")
    assert report(database, item, "r-9").prescribed_step == BUILT_IN.classes["threat"].steps[1]
    with pytest.raises(PreconditionFailed, match="withdrawn"):
        take_step(database, made, ConductStep.END)


def test_nobody_rests_for_a_report_that_was_withdrawn(database: Database, clock: Clock) -> None:
    ready(database, "kim")
    item = in_hand(database, clock)
    made = report(database, item)
    database.run(conduct.withdraw, made.id, "boss", "잘못 누름", is_supervisor=True)
    database.run(desk.finish_work, item.id, "kim", close_case=True, terms=TERMS)
    assert presence_of(database, "kim") == Presence.READY


def test_the_evidence_holds_what_was_reported_and_that_it_was_read(database: Database, clock: Clock) -> None:
    made = flagged(database, clock)
    found = database.run(conduct.evidence, CITIZEN, "boss", "고소 준비")
    assert [(row.case_id, row.agent_id, note) for row, note in found.reports] == [("c1", "kim", WORDS)] * 2
    assert [flag.report_id for flag in found.flags] == [made.id]
    assert [(row.action, row.actor, reason) for row, reason in found.records] == [("GetEvidence", "boss", "고소 준비")]


def test_every_change_of_the_policy_is_a_version(database: Database) -> None:
    assert database.run(store.policy) == BUILT_IN
    written = database.run(conduct.put_policy, replace(BUILT_IN, team_skill="calm"), "boss")
    assert database.run(store.policy) == written == replace(BUILT_IN, version=1, team_skill="calm")
    assert database.run(store.policy, 0) == BUILT_IN
    assert database.run(store.policy, 7) is None
    with pytest.raises(Conflict):
        database.run(conduct.put_policy, BUILT_IN, "boss")
