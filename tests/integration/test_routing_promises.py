"""Routing's promises under any sequence of use cases, and under many at once: on real SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from bench.day.promises import is_explained
from chassis.database import Database
from chassis.errors import HubError
from services.routing.domain.agents import Presence
from services.routing.domain.conduct import ConductStep
from services.routing.domain.conference import AGAIN_S, LegState
from services.routing.domain.offers import DECLINED_REST_S, Why
from services.routing.domain.talks import AGENT_CALLS
from services.routing.domain.transfers import NewTransfer, Style
from services.routing.domain.work import HEAD_START_S, USUAL_COSTS, PriorityClass
from services.routing.store import offers, work
from services.routing.tables import metadata
from services.routing.use_cases import (
    callbacks,
    conduct,
    departments,
    desk,
    explaining,
    hearing,
    matching,
    returning,
    transferring,
    waiting,
)
from services.routing.use_cases.callbacks import Tries, Wish
from services.routing.use_cases.conduct import NewReport
from services.routing.use_cases.hearing import CallNews
from tests.integration.call_centre import CONNECTING
from tests.integration.databases import Clock, emptied, opened
from tests.integration.routing_crowd import RELAXING, Crowd, act_in_processes, drawn_seed, timers
from tests.integration.routing_floor import (
    A_CHAT,
    LANGUAGES,
    MOST,
    OFFER_S,
    PEOPLE,
    TERMS,
    agent,
    broken_promises,
    new_work,
    rows,
)


@pytest.fixture
def database(database_address: str, clock: Clock) -> Iterator[Database]:
    with opened(database_address, "routing", metadata, clock) as found:
        yield found


TRIES = Tries(2, 60.0)


class Routing(RuleBasedStateMachine):
    """Agents come, go, take and leave; citizens write and go; time passes."""

    database: Database
    clock: Clock

    @initialize(capacities=st.tuples(*[st.integers(A_CHAT, MOST)] * len(PEOPLE)), spoken=st.data())
    def begin(self, capacities: tuple[int, ...], spoken: st.DataObject) -> None:
        emptied(self.database, metadata)
        self.cases = self.asked = 0
        self.places: dict[str, float] = {}
        for name, capacity in zip(PEOPLE, capacities, strict=True):
            languages = spoken.draw(st.sets(st.sampled_from(LANGUAGES), min_size=1), label=name)
            self.run(desk.put_agent, agent(name, tuple(sorted(languages)), capacity))
            self.run(desk.set_presence, name, Presence.READY, OFFER_S)
        for language in LANGUAGES:
            self.citizen_comes(language, PriorityClass.NORMAL, "text", "")

    def run(self, use_case: Any, *arguments: Any, **more: Any) -> Any:
        """Run a use case; what it refuses with a reason is fine, whatever was asked. A little later each time, so that
        one thing comes after the other."""
        self.clock.pass_by(0.001)
        try:
            return self.database.run(use_case, *arguments, **more)
        except HubError:
            return None

    def pending(self) -> list[dict[str, Any]]:
        return rows(
            self.database, "SELECT id, agent_id, transfer_id FROM offer WHERE state = 'pending' ORDER BY offered_at, id"
        )

    def taken(self) -> list[dict[str, Any]]:
        query = "SELECT id, agent_id FROM work_item WHERE state IN ('assigned', 'wrapping') ORDER BY queued_at, id"
        return rows(self.database, query)

    def in_hand(self) -> list[dict[str, Any]]:
        """What agents have; where none has anything, the first offer is accepted, so that rules have work to try."""
        if not self.taken():
            for offer in self.pending()[:1]:
                self.run(desk.accept_offer, offer["id"], offer["agent_id"])
        return self.taken()

    @rule(
        language=st.sampled_from(LANGUAGES),
        urgency=st.sampled_from(PriorityClass),
        medium=st.sampled_from(["text", "text", "voice"]),
        topic=st.sampled_from(["", "welfare"]),
    )
    def citizen_comes(self, language: str, urgency: PriorityClass, medium: str, topic: str) -> None:
        self.cases += 1
        case_id = f"case-{self.cases}"
        new = new_work(case_id, self.clock, language=language, urgency=urgency, medium=medium, topic=topic)
        self.run(matching.enqueue, new, RELAXING)

    @rule(back=st.integers(0, 5))
    def citizen_writes_again(self, back: int) -> None:
        if self.cases:
            self.run(matching.enqueue, new_work(f"case-{max(1, self.cases - back)}", self.clock), TERMS)

    @rule(back=st.integers(0, 5))
    def citizen_hangs_up(self, back: int) -> None:
        self.run(desk.call_ended, f"case-{max(1, self.cases - back)}")

    @rule(pick=st.integers(0, 9), medium=st.sampled_from(["", "voice"]), ahead_s=st.sampled_from([None, 20.0, 100.0]))
    def citizen_asks_for_a_callback(self, pick: int, medium: str, ahead_s: float | None) -> None:
        found = rows(self.database, "SELECT id FROM work_item WHERE state = 'queued' ORDER BY queued_at, id")
        if found:
            not_before = None if ahead_s is None else self.clock().timestamp() + ahead_s
            wish = Wish(medium=medium, not_before=not_before)
            self.run(callbacks.request_callback, found[pick % len(found)]["id"], wish, USUAL_COSTS)

    @rule(pick=st.integers(0, 9))
    def citizen_does_not_answer(self, pick: int) -> None:
        found = self.taken()
        if found:
            item = found[pick % len(found)]
            self.run(callbacks.no_answer, item["id"], item["agent_id"], TRIES, TERMS)

    @rule(pick=st.integers(0, 9))
    def citizen_wants_no_callback(self, pick: int) -> None:
        found = rows(self.database, "SELECT id FROM work_item WHERE callback_at IS NOT NULL ORDER BY queued_at, id")
        if found:
            self.run(callbacks.cancel_callback, found[pick % len(found)]["id"])

    @rule(back=st.integers(0, 5))
    def case_is_closed(self, back: int) -> None:
        self.run(matching.cancel_work, f"case-{max(1, self.cases - back)}")

    @rule(name=st.sampled_from(PEOPLE), presence=st.sampled_from([Presence.READY, Presence.READY, *Presence]))
    def agent_comes_or_goes(self, name: str, presence: Presence) -> None:
        self.run(desk.set_presence, name, presence, OFFER_S)

    @rule(name=st.sampled_from(PEOPLE), seconds=st.sampled_from([10.0, 100.0]))
    def agent_pauses_for_a_while(self, name: str, seconds: float) -> None:
        until = self.clock().timestamp() + seconds
        self.run(desk.set_presence, name, Presence.PAUSED, OFFER_S, "break", until)

    @rule(
        name=st.sampled_from(PEOPLE),
        capacity=st.integers(A_CHAT, MOST),
        level=st.integers(1, 5),
        skills=st.sampled_from([(), ("welfare",)]),
    )
    def agent_is_given_another_record(self, name: str, capacity: int, level: int, skills: tuple[str, ...]) -> None:
        self.run(desk.put_agent, agent(name, LANGUAGES, capacity, skills, ko=level))

    @rule(pick=st.integers(0, 9), stranger=st.sampled_from([None, *PEOPLE]))
    def agent_accepts(self, pick: int, stranger: str | None) -> None:
        found = self.pending()
        if found:
            offer = found[pick % len(found)]
            self.run(desk.accept_offer, offer["id"], stranger or offer["agent_id"])

    @rule(pick=st.integers(0, 9))
    def agent_declines(self, pick: int) -> None:
        found = self.pending()
        if found:
            offer = found[pick % len(found)]
            self.run(desk.decline_offer, offer["id"], offer["agent_id"], "휴식", OFFER_S)

    @rule(pick=st.integers(0, 9))
    def agent_starts_to_wrap_up(self, pick: int) -> None:
        found = self.taken()
        if found:
            item = found[pick % len(found)]
            self.run(desk.start_wrap_up, item["id"], item["agent_id"])

    @rule(pick=st.integers(0, 9), close=st.booleans())
    def agent_finishes(self, pick: int, close: bool) -> None:
        found = self.taken()
        if found:
            item = found[pick % len(found)]
            self.run(desk.finish_work, item["id"], item["agent_id"], close_case=close, terms=TERMS)

    @rule(
        pick=st.integers(0, 9),
        to=st.sampled_from(["", "", *PEOPLE]),
        style=st.sampled_from(Style),
        department=st.sampled_from(["", "", "roads"]),
        consents=st.booleans(),
    )
    def agent_asks_for_a_transfer(self, pick: int, to: str, style: Style, department: str, consents: bool) -> None:
        found = self.in_hand()
        if found:
            self.asked += 1
            item = found[pick % len(found)]
            named, needs = ("", ()) if department else (to, () if to else ("language:*",))
            new = NewTransfer(item["id"], item["agent_id"], f"r-{self.asked}", style, named, needs, department)
            asked = self.run(transferring.request, new, OFFER_S)
            for offer in self.pending() if asked and consents else ():
                if offer["transfer_id"] == asked.id:
                    self.run(desk.accept_offer, offer["id"], offer["agent_id"])

    @rule(pick=st.integers(0, 9), by=st.sampled_from(["from_agent_id", "to_agent_id"]), leaves=st.booleans())
    def transfer_goes_on_or_back(self, pick: int, by: str, leaves: bool) -> None:
        query = "SELECT * FROM transfer WHERE state IN ('requested', 'offered', 'joined') ORDER BY requested_at, id"
        if found := rows(self.database, query):
            transfer = found[pick % len(found)]
            move = transferring.complete if leaves else transferring.cancel
            self.run(move, transfer["id"], transfer[by], OFFER_S)

    @rule(pick=st.integers(0, 9), state=st.sampled_from(["submitted", "acknowledged", "refused", "failed"]))
    def department_answers(self, pick: int, state: str) -> None:
        if found := rows(self.database, "SELECT id FROM transfer WHERE department <> '' ORDER BY requested_at, id"):
            self.run(departments.handover_changed, found[pick % len(found)]["id"], state, TERMS)

    @rule(pick=st.integers(0, 9), step=st.sampled_from(ConductStep))
    def agent_reports_abuse(self, pick: int, step: ConductStep) -> None:
        found = self.in_hand()
        if found:
            self.asked += 1
            item = found[pick % len(found)]
            report = self.run(conduct.report, NewReport(item["id"], item["agent_id"], f"a-{self.asked}", "threat"))
            if report:
                self.run(conduct.take_step, report[0].id, item["agent_id"], step, OFFER_S)

    @rule(pick=st.integers(0, 9), back=st.booleans())
    def agent_does_not_answer_their_telephone(self, pick: int, back: bool) -> None:
        """A citizen is on the line, and the agent's telephone refuses; perhaps they are there again at once."""
        found = self.in_hand()
        if found:
            self.asked += 1
            item: Any = self.database.run(work.work_item, found[pick % len(found)]["id"])
            call = (f"call-{self.asked}", "", item.case_id, "phone", LegState.UP, "", self.clock().timestamp())
            self.run(hearing.hear_call, CallNews(*call), CONNECTING)
            for _ in range(AGENT_CALLS):
                for leg in rows(self.database, "SELECT id FROM conference_leg WHERE state = 'ordered'"):
                    self.run(hearing.hear_command, leg["id"], "refused", CONNECTING, calls=True)
                self.clock.pass_by(AGAIN_S)
                self.run(hearing.tend, CONNECTING)
            self.run(returning.return_unreached, OFFER_S)
            self.run(desk.set_presence, item.agent_id, Presence.READY if back else Presence.PAUSED, OFFER_S)

    @rule(seconds=st.sampled_from([1.0, DECLINED_REST_S, OFFER_S, 2 * OFFER_S]))
    def time_passes(self, seconds: float) -> None:
        self.clock.pass_by(seconds)
        self.run(matching.time_out_offers, OFFER_S)
        self.run(transferring.ask_waiting, OFFER_S)
        self.run(matching.relax_waiting, OFFER_S)
        self.run(matching.return_from_pauses, OFFER_S)
        self.run(desk.end_wrap_ups, 90.0, TERMS)
        self.run(callbacks.release_held, OFFER_S)
        self.run(waiting.tell_waiting, 10.0)

    @rule()
    def sweep_runs(self) -> None:
        self.run(matching.match_waiting, OFFER_S)

    @invariant()
    def every_promise_holds(self) -> None:
        assert broken_promises(self.database) == []
        assert rows(self.database, f"SELECT id FROM agent WHERE load > {MOST}") == []

    @invariant()
    def every_place_is_kept(self) -> None:
        """But for the head start of a class that was raised."""
        found = rows(self.database, "SELECT id, rank, priority_class FROM work_item")
        places = {
            one["id"]: round(one["rank"] + HEAD_START_S[PriorityClass(one["priority_class"])], 3) for one in found
        }
        assert self.places.items() <= places.items()
        self.places = places

    def every_decision_is_explained(self) -> None:
        """Also long afterwards. Who came free need only be eligible: the sweep for those whom nothing else finds comes
        when it likes here. An offer taken back at once is left out: its agent was away by then."""
        for item in rows(self.database, "SELECT DISTINCT work_item_id AS id FROM offer WHERE offered_at <> ended_at"):
            found = self.database.read(explaining.explain, item["id"])
            for decision in found.decisions:
                offer = decision.offer
                if offer is None or offer.transfer_id or offer.offered_at == offer.ended_at:
                    continue
                eligible = [one.agent_id for one in decision.sorted.eligible]
                came_free = offer.why == Why.NEXT and offer.agent_id in eligible
                assert came_free or is_explained(found, decision), decision

    def teardown(self) -> None:
        """However it went, one who can do everything empties the queue."""
        self.clock.pass_by(max(2 * OFFER_S, 100.0, TRIES.retry_s))
        self.run(matching.time_out_offers, OFFER_S)
        self.run(callbacks.release_held, OFFER_S)
        for name in PEOPLE:
            self.run(desk.set_presence, name, Presence.OFFLINE, OFFER_S)
        self.run(desk.put_agent, agent("everyone", LANGUAGES, 5 * MOST, ("welfare",), ko=5, en=5, vi=5, welfare=5))
        self.run(desk.set_presence, "everyone", Presence.READY, OFFER_S)
        for transfer in rows(self.database, "SELECT id FROM transfer WHERE department <> ''"):
            self.run(departments.handover_changed, transfer["id"], "done", TERMS)
        left = "SELECT id FROM work_item WHERE state IN ('queued', 'offered')"
        for _ in range(self.cases):
            for offer in self.pending():
                self.run(desk.accept_offer, offer["id"], offer["agent_id"])
            for item in self.taken():
                self.run(desk.finish_work, item["id"], item["agent_id"], close_case=True, terms=TERMS)
        assert rows(self.database, left) == []
        assert broken_promises(self.database) == []
        self.every_decision_is_explained()


def test_no_promise_is_broken_by_any_sequence_of_use_cases(database: Database, clock: Clock) -> None:
    on_this = type("RoutingHere", (Routing,), {"database": database, "clock": clock})
    run_state_machine_as_test(
        on_this,
        settings=settings(
            max_examples=25 if database.engine.dialect.name == "sqlite" else 8,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def act_at_once(database: Database, clock: Clock, seed: int) -> None:
    """Six threads."""
    crowds = [Crowd(database, clock, seed + number) for number in range(6)]
    with ThreadPoolExecutor(len(crowds)) as pool:
        for acted in [pool.submit(crowd.act, 60) for crowd in crowds]:
            acted.result()


def everything_ends(database: Database, clock: Clock) -> None:
    """Everybody comes back and takes what there is."""
    undone = "SELECT id, state FROM work_item WHERE state NOT IN ('done', 'cancelled', 'abandoned')"
    for _ in range(400):
        clock.pass_by(DECLINED_REST_S)
        timers(database)
        for name in PEOPLE:
            database.run(desk.set_presence, name, Presence.READY, OFFER_S)
            for offer in database.run(offers.pending_of, name):
                database.run(desk.accept_offer, offer.id, name)
            for item in database.run(offers.desk_work, name):
                if item.agent_id == name:  # of work that another agent has joined and taken, that one sees the end
                    database.run(desk.finish_work, item.id, name, close_case=True, terms=TERMS)
        if not rows(database, undone):
            break
    assert rows(database, undone) == []


ACCEPTED_TWICE = """SELECT work_item_id FROM offer WHERE state = 'accepted' AND transfer_id IS NULL
    GROUP BY work_item_id HAVING count(*) > 1"""


def check(database: Database, clock: Clock) -> None:
    for name in PEOPLE:
        assert sum(item.cost for item in database.run(offers.desk_work, name)) <= MOST
    assert broken_promises(database) == []
    everything_ends(database, clock)
    assert broken_promises(database) == []
    assert rows(database, ACCEPTED_TWICE) == []


def hire(database: Database) -> None:
    for name in PEOPLE:
        database.run(desk.put_agent, agent(name, LANGUAGES, MOST))


def test_no_promise_is_broken_by_many_who_act_at_once(database: Database, clock: Clock) -> None:
    hire(database)
    act_at_once(database, clock, drawn_seed())
    check(database, clock)


@pytest.mark.servers
def test_no_promise_is_broken_by_replicas_that_act_at_once(postgres_address: str, clock: Clock) -> None:
    seed = drawn_seed()
    with opened(postgres_address, "routing", metadata, clock) as database:
        hire(database)
        now = act_in_processes(postgres_address, clock(), [seed, seed + 1, seed + 2], 120)
        clock.pass_by(now - clock().timestamp())
        check(database, clock)
