"""Plans that relax, capacity by cost, places that are kept, agents who know a case, pauses that end, and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from chassis.database import Database
from chassis.errors import PreconditionFailed
from services.routing.domain.agents import MISSED, Presence
from services.routing.domain.explaining import Ineligibility
from services.routing.domain.offers import DECLINED_REST_S, MISSED_BEFORE_PAUSE, Why
from services.routing.domain.plans import Plan, PlanStep, Requirement, StepState
from services.routing.domain.work import RESUME_S, SAME_AGENT_S, USUAL_COSTS, PriorityClass, WorkState
from services.routing.store import agents, offers, plans, work
from services.routing.tables import metadata
from services.routing.use_cases import callbacks, conferencing, desk, explaining, matching
from services.routing.use_cases.callbacks import Wish
from services.routing.use_cases.conferencing import NewConference
from services.routing.use_cases.explaining import Decision
from services.routing.use_cases.matching import Terms
from tests.integration.conference_floor import AGENT, CHIEF, LINES, POLICE
from tests.integration.databases import Clock, opened
from tests.integration.routing_floor import OFFER_S, TERMS, broken_promises, new_work, offered, queue, ready, rows

WELFARE = Plan(
    "welfare",
    1,
    (
        PlanStep((Requirement("language:*", 3), Requirement("skill:welfare", 4)), 20.0),
        PlanStep((Requirement("language:*", 3),), 40.0, (Requirement("skill:welfare"),)),
        PlanStep((Requirement("language:ko"),)),
    ),
    topics=frozenset({"welfare"}),
)
RELAXING = Terms(OFFER_S, plans=(WELFARE,))


@pytest.fixture
def database(database_address: str, clock: Clock) -> Iterator[Database]:
    with opened(database_address, "routing", metadata, clock) as found:
        yield found


def welfare(database: Database, clock: Clock, case_id: str, **more: Any) -> None:
    database.run(matching.enqueue, new_work(case_id, clock, topic="welfare", **more), RELAXING)


def item_of(database: Database, case_id: str) -> Any:
    (row,) = rows(database, f"SELECT id FROM work_item WHERE case_id = '{case_id}' ORDER BY queued_at DESC LIMIT 1")
    return database.run(work.work_item, row["id"])


def asked(decision: Decision) -> tuple[str, str]:
    """Who was asked, and what decided for them."""
    assert decision.offer is not None
    return decision.offer.agent_id, decision.offer.why


def reason_of(database: Database, name: str) -> str:
    """Why an agent is paused."""
    found = database.run(agents.agent, name)
    assert found is not None
    return str(found.presence_reason)


def take(database: Database, name: str) -> Any:
    offer, *_ = database.run(offers.pending_of, name)
    return database.run(desk.accept_offer, offer.id, name)


def finish(database: Database, item: Any, name: str) -> None:
    database.run(desk.finish_work, item.id, name, close_case=True, terms=TERMS)


def test_work_is_relaxed_step_by_step_and_keeps_its_place(database: Database, clock: Clock) -> None:
    ready(database, "kim", languages=("ko",))
    welfare(database, clock, "c1", language="vi")
    before = item_of(database, "c1")
    queue(database, clock, "later", language="vi")
    assert offered(database, "kim") == []
    clock.pass_by(19)
    assert database.run(matching.relax_waiting, OFFER_S) == 0
    clock.pass_by(1)
    assert database.run(matching.relax_waiting, OFFER_S) == 1
    assert offered(database, "kim") == []
    clock.pass_by(40)
    assert database.run(matching.relax_waiting, OFFER_S) == 1
    assert offered(database, "kim") == ["c1"]
    after = item_of(database, "c1")
    assert (after.rank, after.queued_at, after.step_until) == (before.rank, before.queued_at, None)
    found = database.run(explaining.explain, after.id)
    assert [step.state for step in found.course.steps] == [StepState.EXPIRED, StepState.EXPIRED, StepState.ACTIVE]
    assert [(one.step, *asked(one)) for one in found.decisions] == [(2, "kim", Why.IDLE)]


def test_levels_decide_and_who_has_what_is_preferred_comes_first(database: Database, clock: Clock) -> None:
    ready(database, "idle")
    clock.pass_by(10)
    ready(database, "able", skills=("welfare",), welfare=3)
    clock.pass_by(10)
    ready(database, "expert", skills=("welfare",), welfare=4)
    welfare(database, clock, "c1")
    assert offered(database, "expert") == ["c1"]
    welfare(database, clock, "c2")
    assert [offered(database, name) for name in ("idle", "able")] == [[], []]
    clock.pass_by(20)
    database.run(matching.relax_waiting, OFFER_S)
    assert offered(database, "able") == ["c2"]
    assert item_of(database, "c2").agent_id == "able"


def test_who_knows_a_case_comes_before_who_has_what_is_preferred(database: Database, clock: Clock) -> None:
    ready(database, "kim")
    ready(database, "able", skills=("welfare",))
    database.run(desk.set_presence, "able", Presence.PAUSED, OFFER_S)
    welfare_preferred = Terms(OFFER_S, plans=(Plan("p", 0, WELFARE.steps[1:]),))
    database.run(matching.enqueue, new_work("c1", clock, opens_case=True), welfare_preferred)
    database.run(matching.match_waiting, OFFER_S)
    finish(database, take(database, "kim"), "kim")
    database.run(desk.set_presence, "able", Presence.READY, OFFER_S)
    database.run(matching.enqueue, new_work("c1", clock), welfare_preferred)
    database.run(matching.enqueue, new_work("c2", clock, opens_case=True), welfare_preferred)
    assert (offered(database, "kim"), offered(database, "able")) == (["c1"], ["c2"])
    whys = [database.run(offers.pending_of, name)[0].why for name in ("kim", "able")]
    assert whys == [Why.KNOWS, Why.PREFERRED]
    for name in ("kim", "able"):
        (offer,) = database.run(offers.pending_of, name)
        database.run(desk.decline_offer, offer.id, name, "", OFFER_S)
    assert (offered(database, "kim"), offered(database, "able")) == (["c2"], ["c1"])
    clock.pass_by(DECLINED_REST_S + 1)
    for name in ("kim", "able"):
        (offer,) = database.run(offers.pending_of, name)
        database.run(desk.decline_offer, offer.id, name, "", OFFER_S)
    assert [database.run(offers.pending_of, name)[0].why for name in ("kim", "able")] == [Why.KNOWS, Why.NEXT]


def test_a_call_takes_all_of_an_agent_and_conversations_share_one(database: Database, clock: Clock) -> None:
    ready(database, "kim", chats=4)
    for number in range(3):
        queue(database, clock, f"chat-{number}")
    queue(database, clock, "call", medium="voice")
    assert sorted(offered(database, "kim")) == ["chat-0", "chat-1", "chat-2"]
    for _ in range(3):
        finish(database, take(database, "kim"), "kim")
    assert offered(database, "kim") == ["call"]
    queue(database, clock, "another chat")
    assert offered(database, "kim") == ["call"]
    assert broken_promises(database) == []


def test_classes_come_in_order_and_old_bulk_before_fresh_work(database: Database, clock: Clock) -> None:
    queue(database, clock, "bulk", urgency=PriorityClass.BULK)
    clock.pass_by(3601)
    for urgency in (PriorityClass.NORMAL, PriorityClass.SAFETY, PriorityClass.LIFE_SAFETY):
        queue(database, clock, urgency.value, urgency=urgency)
    ready(database, "kim", chats=1)
    order = []
    for _ in range(4):
        item = take(database, "kim")
        order.append(item.case_id)
        finish(database, item, "kim")
    assert order == ["life_safety", "safety", "bulk", "normal"]


def test_who_knows_a_case_is_asked_first_and_finds_its_work_first(database: Database, clock: Clock) -> None:
    ready(database, "idle")
    clock.pass_by(5)
    ready(database, "kim")
    database.run(desk.set_presence, "idle", Presence.PAUSED, OFFER_S)
    queue(database, clock, "c1", opens_case=True)
    finish(database, take(database, "kim"), "kim")
    database.run(desk.set_presence, "idle", Presence.READY, OFFER_S)
    queue(database, clock, "c1")
    assert (offered(database, "kim"), offered(database, "idle")) == (["c1"], [])
    assert database.run(offers.pending_of, "kim")[0].why == Why.KNOWS
    finish(database, take(database, "kim"), "kim")
    for name in ("kim", "idle"):
        database.run(desk.set_presence, name, Presence.PAUSED, OFFER_S)
    queue(database, clock, "older")
    clock.pass_by(SAME_AGENT_S - 1)
    queue(database, clock, "c1")
    database.run(desk.set_presence, "kim", Presence.READY, OFFER_S)
    assert offered(database, "kim") == ["c1"]


@pytest.mark.parametrize(("away_s", "keeps"), [(RESUME_S - 1, True), (RESUME_S + 1, False)])
def test_who_hangs_up_and_calls_again_keeps_the_place(
    database: Database, clock: Clock, away_s: float, keeps: bool
) -> None:
    queue(database, clock, "hasty", medium="voice", opens_case=True)
    clock.pass_by(1)
    queue(database, clock, "patient", medium="voice", opens_case=True)
    database.run(desk.call_ended, "hasty")
    assert item_of(database, "hasty").state == WorkState.ABANDONED
    clock.pass_by(away_s)
    queue(database, clock, "hasty", medium="voice")
    ready(database, "kim", chats=4)
    assert offered(database, "kim") == ["hasty" if keeps else "patient"]
    assert broken_promises(database) == []


def test_a_call_that_ends_with_an_agent_is_written_up_and_the_centre_may_limit_that(
    database: Database, clock: Clock
) -> None:
    ready(database, "kim", chats=4)
    queue(database, clock, "c1", medium="voice")
    item = take(database, "kim")
    database.run(desk.call_ended, "c1")
    database.run(desk.call_ended, "c1")
    assert item_of(database, "c1").state == WorkState.WRAPPING
    clock.pass_by(60)
    assert database.run(desk.end_wrap_ups, 61.0, TERMS) == 0
    assert database.run(desk.end_wrap_ups, 60.0, TERMS) == 1
    found = item_of(database, "c1")
    assert (found.id, found.state, found.ended_at - found.wrapped_at) == (item.id, WorkState.DONE, 60)
    assert broken_promises(database) == []


def test_a_citizen_who_has_also_written_is_not_forgotten_with_the_call(database: Database, clock: Clock) -> None:
    queue(database, clock, "c1", medium="voice")
    queue(database, clock, "c1")
    database.run(desk.call_ended, "c1")
    assert item_of(database, "c1").state == WorkState.QUEUED


def test_a_pause_has_a_reason_and_ends_by_itself(database: Database, clock: Clock) -> None:
    ready(database, "kim")
    until = clock().timestamp() + 600
    database.run(desk.set_presence, "kim", Presence.PAUSED, OFFER_S, "meal", until)
    queue(database, clock, "c1")
    assert reason_of(database, "kim") == "meal"
    clock.pass_by(599)
    assert database.run(matching.return_from_pauses, OFFER_S) == 0
    clock.pass_by(1)
    assert database.run(matching.return_from_pauses, OFFER_S) == 1
    assert offered(database, "kim") == ["c1"]
    assert database.run(matching.return_from_pauses, OFFER_S) == 0


def test_missed_offers_are_the_reason_of_the_pause_they_lead_to(database: Database, clock: Clock) -> None:
    ready(database, "kim", chats=MISSED_BEFORE_PAUSE)
    for number in range(MISSED_BEFORE_PAUSE):
        queue(database, clock, f"c{number}")
    clock.pass_by(OFFER_S)
    database.run(matching.time_out_offers, OFFER_S)
    assert reason_of(database, "kim") == MISSED


def test_plans_are_kept_in_their_order_and_dropped(database: Database) -> None:
    first = Plan("first", 0, WELFARE.steps)
    for plan in (WELFARE, first):
        database.run(plans.put, plan)
    assert database.run(plans.all_plans) == [first, WELFARE]
    assert (database.run(plans.remove, "first"), database.run(plans.remove, "first")) == (True, False)
    assert database.run(plans.all_plans) == [WELFARE]


def test_every_decision_is_explained_as_it_was_then(database: Database, clock: Clock) -> None:
    ready(database, "kim")
    clock.pass_by(1)
    ready(database, "lee")
    ready(database, "english", languages=("en",))
    ready(database, "gone")
    database.run(desk.set_presence, "gone", Presence.OFFLINE, OFFER_S)
    ready(database, "busy")
    clock.pass_by(1)
    for name in ("kim", "lee"):
        database.run(desk.set_presence, name, Presence.PAUSED, OFFER_S)
    queue(database, clock, "busy's")
    for name in ("kim", "lee"):
        database.run(desk.set_presence, name, Presence.READY, OFFER_S)
        clock.pass_by(1)
    queue(database, clock, "c1")
    (offer,) = database.run(offers.pending_of, "kim")
    clock.pass_by(1)
    database.run(desk.decline_offer, offer.id, "kim", "", OFFER_S)
    clock.pass_by(DECLINED_REST_S + 1)
    for name in ("kim", "lee", "busy", "gone"):
        database.run(desk.set_presence, name, Presence.OFFLINE, OFFER_S)
    found = database.run(explaining.explain, item_of(database, "c1").id)
    first, second, now = found.decisions
    assert asked(first) == ("kim", Why.IDLE)
    assert [one.agent_id for one in first.sorted.eligible] == ["kim", "lee"]
    assert first.sorted.ineligible == {
        (Ineligibility.FULL, ""): ["busy"],
        (Ineligibility.LACKS, "language:ko"): ["english"],
        (Ineligibility.OFFLINE, ""): ["gone"],
    }
    assert [one.agent_id for one in second.sorted.eligible] == ["lee"]
    assert second.sorted.ineligible[(Ineligibility.REFUSED, "")] == ["kim"]
    assert (now.offer, now.sorted.eligible) == (None, [])
    assert now.sorted.ineligible[(Ineligibility.OFFLINE, "")] == ["busy", "gone", "kim", "lee"]


def test_a_more_urgent_word_raises_waiting_work_and_a_correction_sets_it_right(
    database: Database, clock: Clock
) -> None:
    queue(database, clock, "c1")
    before = item_of(database, "c1")
    queue(database, clock, "c1", urgency=PriorityClass.SAFETY)
    queue(database, clock, "c1", urgency=PriorityClass.BULK)
    raised = item_of(database, "c1")
    assert (raised.priority_class, raised.rank) == (PriorityClass.SAFETY, before.rank - 1800)
    for _ in range(2):
        database.run(matching.correct, "c1", "welfare", PriorityClass.NORMAL, RELAXING)
    corrected = item_of(database, "c1")
    assert (corrected.priority_class, corrected.rank, corrected.topic) == ("normal", before.rank, "welfare")
    assert (corrected.plan, corrected.step_until) == ("welfare", before.queued_at + 20)
    ready(database, "kim", skills=("welfare",), welfare=4)
    assert offered(database, "kim") == ["c1"]
    database.run(matching.correct, "c1", "", PriorityClass.LIFE_SAFETY, RELAXING)
    assert item_of(database, "c1").state == WorkState.OFFERED
    assert broken_promises(database) == []


def test_work_is_not_finished_while_nobody_has_taken_over_in_its_three_way_call(
    database: Database, clock: Clock
) -> None:
    ready(database, "kim", chats=4)
    queue(database, clock, "c1", medium="voice")
    item = take(database, "kim")
    started = database.run(conferencing.start, NewConference("r-1", "c1", target=POLICE), AGENT, LINES)
    database.run(desk.start_wrap_up, item.id, "kim")
    with pytest.raises(PreconditionFailed, match="nobody has taken over"):
        finish(database, item, "kim")
    clock.pass_by(3600)
    assert database.run(desk.end_wrap_ups, 60.0, TERMS) == 0
    database.run(conferencing.leave, started.row.id, CHIEF, LINES, force=True, reason="상담사 건강")
    finish(database, item, "kim")
    assert item_of(database, "c1").state == WorkState.DONE


def test_a_decision_is_explained_by_what_was_asked_for_then(database: Database, clock: Clock) -> None:
    ready(database, "kim")
    queue(database, clock, "c1")
    (offer,) = database.run(offers.pending_of, "kim")
    database.run(desk.decline_offer, offer.id, "kim", "", OFFER_S)
    database.run(matching.correct, "c1", "welfare", PriorityClass.NORMAL, RELAXING)
    item = item_of(database, "c1")
    database.run(callbacks.request_callback, item.id, Wish("phone_asterisk", medium="voice"), USUAL_COSTS)
    assert item_of(database, "c1").cost == 100
    first, now = database.run(explaining.explain, item.id).decisions
    assert [one.agent_id for one in first.sorted.eligible] == ["kim"]
    assert now.sorted.ineligible == {(Ineligibility.LACKS, "skill:welfare/4"): ["kim"]}
