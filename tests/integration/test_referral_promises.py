"""What referrals promise under any sequence of use cases: nothing leaves that nobody agreed to, entries have no gaps,
moves are those of the table, and somebody or the clock always goes on."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import uuid4

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from chassis.errors import HubError
from services.referral.domain.agency_calls import CallState
from services.referral.domain.appointments import Medium, NewSlot
from services.referral.domain.deadlines import DeadlineKind, LawField
from services.referral.domain.dispatches import NEED_CONSENT, Errand
from services.referral.domain.referrals import (
    AT_AGENCY,
    OVER,
    REFERRAL_MOVES,
    REPORTABLE,
    DeclineReason,
    Outcome,
    Reason,
    ReferralState,
)
from services.referral.store import agency_calls
from services.referral.store import appointments as appointment_rows
from services.referral.store.legal import NewDeadline
from services.referral.tables import metadata
from services.referral.use_cases import appointments, asking, calling, counselling, departing, dispatching
from tests.integration.databases import Clock, emptied, opened
from tests.integration.referral_desk import Desk

S = ReferralState
RARELY = st.integers(0, 3)
ROADS = {"email": {}, "connector": {"connector": "gyeonggi"}, "telephone": {}}


class Referral(RuleBasedStateMachine):
    """A citizen, an agent, an agency, a courier and a clock, in any order."""

    desk: Desk

    @initialize(road=st.sampled_from(sorted(ROADS)))
    def begin(self, road: str) -> None:
        emptied(self.desk.database, metadata)
        self.desk = Desk(self.desk.database, self.desk.clock, road, second="sms", **ROADS[road])
        type(self).desk = self.desk
        self.proposed = 0
        self.begun: list[str] = []
        self.calls: list[str] = []
        self.propose(agreed=True)

    def propose(self, *, agreed: bool) -> None:
        """Another referral of the case."""
        self.proposed += 1
        self.begun, self.calls = [], []
        self.desk.propose(f"r-{self.proposed}", kind="legal", law_field="lease")
        if agreed:
            self.desk.consent(days=30)
            self.desk.send()

    @precondition(lambda self: self.desk.referral_id and self.desk.row.state in OVER)
    @rule(agreed=st.sampled_from([True, True, False]))
    def propose_another(self, agreed: bool) -> None:
        self.propose(agreed=agreed)

    def attempt(self, action: Any, *arguments: Any, **more: Any) -> Any:
        """What is refused with a reason is fine."""
        try:
            return action(*arguments, **more)
        except HubError:
            return None

    @rule(days=st.sampled_from([1, 30]))
    def agree(self, days: int) -> None:
        self.attempt(self.desk.consent, days=days)

    @rule(luck=RARELY)
    def revoke(self, luck: int) -> None:
        for consent in self.desk.consents()[-1:] if luck == 0 else []:
            self.desk.revoke(consent)

    @rule()
    def send(self) -> None:
        self.attempt(self.desk.send)

    @rule()
    def begin_what_is_due(self) -> None:
        found = self.desk.begin()
        self.begun += [one.dispatch_id for one in found if one.referral_id == self.desk.referral_id]

    @rule(state=st.sampled_from(["sent", "sent", "failed", "unknown"]))
    def carry(self, state: str) -> None:
        self.begin_what_is_due()
        self.depart("given")
        self.arrives(state)

    @rule(answer=st.sampled_from(["given", "away", "refused", "silent"]))
    def depart(self, answer: str) -> None:
        for dispatch_id in self.begun:
            agreed = self.desk.database.read(dispatching.may_leave, self.desk.row)
            left = self.desk.run(departing.depart, dispatch_id)
            (dispatch,) = (one for one in self.desk.dispatches() if one.id == dispatch_id)
            assert agreed or not left or dispatch.errand not in NEED_CONSENT
            if left and dispatch.errand == Errand.RECALL:
                self.desk.run(departing.recalled, dispatch_id, taken_back=answer == "given")
            elif left:
                self.answered(dispatch_id, answer)
        self.begun = []

    def answered(self, dispatch_id: str, answer: str) -> None:
        """Intake answers, or not."""
        if answer == "given":
            self.desk.run(departing.given, dispatch_id)
        elif answer == "away":
            self.desk.run(departing.put_off, dispatch_id)
        elif answer == "refused":
            self.desk.run(departing.refused, dispatch_id, "NO_ROAD")

    @rule(news=st.lists(st.sampled_from(CallState), max_size=3), takes_over=st.booleans())
    def the_agency_is_called(self, news: list[CallState], takes_over: bool) -> None:
        began = self.attempt(self.desk.run, calling.call_agency, self.desk.referral_id, "kim", uuid4().hex, "120")
        self.calls += [began[1].id] if began else []
        for state in news if self.calls else []:
            pressed = takes_over and state is CallState.UP
            self.desk.run(calling.hear, calling.LegNews(self.calls[-1], state, "busy", pressed))

    @rule()
    def the_agency_is_hung_up(self) -> None:
        self.desk.run(calling.hang_up, self.desk.referral_id, "kim")

    @rule(state=st.sampled_from(["sent", "failed", "unknown"]))
    def arrives(self, state: str) -> None:
        for one in self.desk.dispatches():
            if one.errand in NEED_CONSENT and one.state in {"departed", "given"}:
                self.desk.arrives(one.id, state)

    @rule(state=st.sampled_from(sorted(REPORTABLE)), by=st.sampled_from(["agency", "kim"]))
    def reports(self, state: S, by: str) -> None:
        reason = DeclineReason.FULL if state is S.DECLINED else DeclineReason.NONE
        before = self.desk.row
        taken = self.desk.reports(state, reason, by=by)
        assert taken.allowed or self.desk.row == before

    @rule(choice=st.sampled_from([one.value for one in Outcome]))
    def answers(self, choice: str) -> None:
        if self.desk.dispatches(Errand.QUESTION):
            self.desk.answers(choice)

    @rule(outcome=st.sampled_from(Outcome))
    def confirm(self, outcome: Outcome) -> None:
        self.attempt(self.desk.confirm, outcome)

    @rule(sent=st.booleans())
    def told(self, sent: bool) -> None:
        for one in self.desk.dispatches(Errand.QUESTION):
            self.desk.run(asking.told, one.id, sent=sent)

    @rule(luck=RARELY)
    def withdraw(self, luck: int) -> None:
        if luck == 0:
            self.attempt(self.desk.withdraw, Reason.BY_CITIZEN, deadline_acknowledged=True)

    @rule(days=st.sampled_from([2, 20]))
    def add_a_deadline(self, days: int) -> None:
        day = (self.desk.clock.now + timedelta(days=days)).date()
        new = NewDeadline(DeadlineKind.APPEAL, day, "송달", "", uuid4().hex)
        self.attempt(self.desk.run, counselling.add_deadline, self.desk.referral_id, new, "kim")

    @rule(days=st.sampled_from([1, 10]))
    def book(self, days: int) -> None:
        slot = NewSlot(self.desk.organization_id, 30, 1, Medium.TELEPHONE, "", "ko", LawField.NONE)
        start = self.desk.clock.now.timestamp() + days * 86_400
        (put,) = self.desk.run(appointments.put_slots, slot, [start], "chief", uuid4().hex)
        self.attempt(self.desk.run, appointments.book, self.desk.referral_id, put.id, "kim", uuid4().hex)

    @rule(hours=st.sampled_from([1, 30, 200, 400]))
    def time_passes(self, hours: int) -> None:
        self.desk.pass_by(hours)

    @invariant()
    def entries_have_no_gaps_and_moves_are_those_of_the_table(self) -> None:
        if not self.desk.referral_id:
            return
        entries = self.desk.entries()
        assert [one.sequence for one in entries] == list(range(1, self.desk.row.sequence + 1))
        states = [S(one.state) for one in entries]
        assert all(after in REFERRAL_MOVES[before] or after is before for before, after in pairwise(states))

    @invariant()
    def somebody_or_the_clock_goes_on(self) -> None:
        if not self.desk.referral_id:
            return
        row = self.desk.row
        assert (row.ended_at is not None) is (S(row.state) in OVER)
        assert row.state not in OVER or row.due_at is None
        assert row.state not in AT_AGENCY | {S.COMPLETED} or row.due_at is not None
        assert row.state != S.ESCALATED or row.escalation

    @invariant()
    def no_agency_stays_on_the_line_that_nobody_agrees_to(self) -> None:
        if not self.desk.referral_id or not self.desk.consents() or not self.desk.consents()[-1].ended:
            return
        calls = self.desk.database.read(agency_calls.of_referral, self.desk.referral_id)
        assert all(one.state == CallState.ENDED or one.said == S.ACCEPTED for one in calls)

    @invariant()
    def silence_is_escalated_before_a_deadline(self) -> None:
        row, now = self.desk.row, self.desk.clock.now.timestamp()
        if row is not None and row.state in AT_AGENCY and row.deadline_at is not None and row.deadline_at > now:
            assert row.due_at < row.deadline_at

    @invariant()
    def nobody_is_expected_where_nobody_agreed_to(self) -> None:
        row = self.desk.row
        if row is not None and self.desk.database.read(appointment_rows.open_one, row.id) is not None:
            (*_, consent) = self.desk.consents()
            assert not consent.ended or self.booked_for() <= self.desk.clock.now.timestamp()

    def booked_for(self) -> float:
        """When the appointment begins."""
        ((_, slot),) = (
            one
            for one in self.desk.database.read(appointments.listed, self.desk.referral_id)
            if one[0].state == "booked"
        )
        start: float = slot.starts_at
        return start

    @invariant()
    def an_agency_that_has_something_without_consent_is_told_to_delete(self) -> None:
        if not self.desk.referral_id or not self.desk.consents():
            return
        row, found = self.desk.row, self.desk.dispatches()
        ended = self.desk.consents()[-1].ended
        going_on = any(one.errand == Errand.RECALL and one.state in {"queued", "begun", "departed"} for one in found)
        departed = any(one.state == "departed" and one.errand in NEED_CONSENT for one in found)
        if ended and not going_on and not departed and self.desk.database.read(dispatching.has_left, row):
            asked = any(one.errand == Errand.DELETION for one in found)
            assert asked or any(one.reason == "deletion_by_telephone" for one in self.desk.entries())


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Any:
    with opened(f"sqlite:///{tmp_path}/{{service}}.db", "referral", metadata, clock) as database:
        yield Desk(database, clock)


def test_no_promise_is_broken_by_any_sequence(desk: Desk) -> None:
    Referral.desk = desk
    relaxed = settings(
        max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
    )  # fmt: skip
    run_state_machine_as_test(Referral, settings=relaxed)
