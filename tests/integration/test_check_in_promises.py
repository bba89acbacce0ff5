"""What check-in calls promise under any sequence of events: whoever was called and did not answer ends with a person's
word, or is visibly open: the clock goes on with it, or a supervisor has it. Moves are those of the table, entries have
no gaps, and nobody is called who does not want to be, or in quiet hours."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
from hub120.outreach.v1 import events_pb2
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from chassis.errors import HubError
from services.outreach.domain import calling_times
from services.outreach.domain.check_ins import CHECK_IN_MOVES, CallResult, CheckInState, Outcome, is_open
from services.outreach.store.people import Details
from services.outreach.tables import metadata
from services.outreach.use_cases import calling_people, people, planning, seeking, sending
from tests.integration.check_in_desk import CENTRE, DETAILS, Desk
from tests.integration.databases import Clock, emptied, opened

S = CheckInState
WORDS = {"outcome", "sheet"}
"""Entries that are a person's word."""


class CheckIn(RuleBasedStateMachine):
    """An old person, agents, an office, a courier, a routing and a clock, in any order."""

    desk: Desk

    @initialize(
        second=st.booleans(), office=st.sampled_from(["", "telephone", "system"]), tries=st.integers(1, 3),
        narrow=st.booleans(),
    )  # fmt: skip
    def begin(self, second: bool, office: str, tries: int, narrow: bool) -> None:
        emptied(self.desk.database, metadata)
        self.desk = Desk(self.desk.database, self.desk.clock, tries=tries)
        type(self).desk = self.desk
        self.desk.opens(
            second_agreed=second,
            office_department="gyeonggi" if office == "system" else "",
            details=DETAILS if office == "telephone" else Details(second_telephone="+821011112222"),
            windows=self.desk.windows(540, 600) if narrow else [],
        )
        self.withdrawn = False
        self.wanted = 0

    def attempt(self, action: Any, *arguments: Any, **more: Any) -> None:
        """What is refused with a reason is fine."""
        try:
            action(*arguments, **more)
        except HubError:
            return

    @rule(hours=st.sampled_from([0.1, 1, 5, 15, 30]))
    def time_passes(self, hours: float) -> None:
        self.desk.pass_by(hours)

    @rule(answer=st.sampled_from(["given", "given", "away", "refused"]))
    def carry(self, answer: str) -> None:
        self.desk.look()
        if answer == "given":
            self.desk.carry()
            return
        for one in self.desk.loaded():
            if answer == "away":
                self.desk.run(sending.put_off, one.errand_id)
            else:
                self.desk.run(sending.refused, one.errand_id, "NO_ROAD", CENTRE)

    @rule(result=st.sampled_from([CallResult.NO_ANSWER] * 3 + list(CallResult)), late=st.booleans())
    def a_call_ends(self, result: CallResult, late: bool) -> None:
        given = [one.id for one in self.desk.errands() if one.case_id and not one.department]
        for errand_id in given[:1] if late else given[-1:]:
            self.desk.ends(result, errand_id=errand_id)

    @rule(answered=st.booleans())
    def an_agent_says_how_the_call_ended(self, answered: bool) -> None:
        arguments = (self.desk.check_in_id, "kim", CENTRE)
        self.attempt(self.desk.run, calling_people.report_call, *arguments, answered=answered)

    @rule(luck=st.integers(0, 3), text=st.sampled_from(["잘 지내요", "죽고 싶어요"]))
    def the_sheet_is_there(self, luck: int, text: str) -> None:
        if luck == 0:
            self.attempt(self.desk.submits, {"wishes": text})

    @rule()
    def a_visit_is_ordered(self) -> None:
        self.attempt(self.desk.orders_visit)

    @rule(outcome=st.sampled_from([Outcome.NOT_FOUND] * 3 + [Outcome.WELL, Outcome.IN_NEED, Outcome.DECEASED]))
    def others_say(self, outcome: Outcome) -> None:
        self.attempt(self.desk.says, outcome, visit_by=self.desk.clock.now.timestamp() + 3600)

    @rule(state=st.sampled_from(["submitted", "acknowledged", "done", "refused", "unknown"]))
    def the_office_says(self, state: str) -> None:
        for one in [one for one in self.desk.errands() if one.department][-1:]:
            self.desk.run(seeking.office_said, one.id, state, CENTRE)

    @rule(settled=st.booleans())
    def a_supervisor_takes_it(self, settled: bool) -> None:
        self.attempt(self.desk.run, seeking.take_escalation, self.desk.check_in_id, "chief", settled=settled)

    @rule(luck=st.integers(0, 9))
    def they_withdraw(self, luck: int) -> None:
        if luck == 0:
            self.desk.run(people.withdraw_consent, self.desk.person_id, "kim")
            self.withdrawn = True

    @rule()
    def the_round_is_planned_again(self) -> None:
        self.desk.run(planning.plan, self.desk.programme_id, CENTRE)

    @invariant()
    def nobody_is_lost(self) -> None:
        row = self.desk.row
        if is_open(S(row.state)):
            assert row.due_at is not None or row.escalation, "neither the clock nor a supervisor goes on with it"
        elif row.state in {S.ACCOUNTED_FOR, S.VISITED, S.COMPLETED}:
            words = [one for one in self.desk.entries() if one.check_in_id == row.id and one.kind in WORDS]
            assert words
            assert words[-1].actor == "kim"
        elif row.state == S.CANCELLED:
            assert row.reason in {"consent_withdrawn", "left"}

    @invariant()
    def nobody_is_called_who_does_not_want_to_be_or_at_night(self) -> None:
        wanted = self.desk.events(events_pb2.CallWanted)
        if len(wanted) > self.wanted:
            assert not self.withdrawn
            assert not calling_times.is_quiet(self.desk.clock.now.timestamp(), CENTRE)
        self.wanted = len(wanted)

    @invariant()
    def moves_are_those_of_the_table_and_entries_have_no_gaps(self) -> None:
        entries = self.desk.entries()
        assert [one.sequence for one in entries] == list(range(1, len(entries) + 1))
        states = [S(one.state) for one in entries if one.check_in_id == self.desk.check_in_id]
        assert all(after is before or after in CHECK_IN_MOVES[before] for before, after in pairwise(states))


def test_nobody_is_lost_whatever_happens(tmp_path: Path) -> None:
    clock = Clock()
    with opened(f"sqlite:///{tmp_path}/{{service}}.db", "outreach", metadata, clock) as database:
        CheckIn.desk = Desk(database, clock)
        run_state_machine_as_test(
            CheckIn,
            settings=settings(
                max_examples=40, stateful_step_count=25, deadline=None,
                suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
            ),
        )  # fmt: skip
