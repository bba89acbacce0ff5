"""Rules of a safety conference: what is due at a moment, by its legs alone, and where that leads."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chassis.settings import EMERGENCY_NUMBERS
from services.routing.domain.conference import (
    AGAIN_S,
    AGENT_CALLS,
    CITIZEN_CALLS,
    CONFERENCE_MOVES,
    LEG_MOVES,
    OVER,
    ROUND_PAUSE_S,
    SUPERVISOR_AGAIN_S,
    WHO_TAKE_OVER,
    Conference,
    ConferenceState,
    Leg,
    LegState,
    Plan,
    Role,
    plan,
)
from services.routing.domain.ladders import Emergency, Ladder, Lines, Rung, Target

POLICE, WORKS = Target(emergency=Emergency.POLICE), Target(department="works")
LADDER = Ladder("night", (Rung(WORKS, 20), Rung(POLICE, 30)), rounds=2)
RINGS_S = 35.0


class Bridge:
    """A conference as whoever carries its plans out leaves it; ``moves`` is the way it went."""

    def __init__(self, *, supervisor: bool = False, ladder: Ladder = LADDER, drill: bool = False) -> None:
        citizen = Leg("citizen", Role.CITIZEN, LegState.UP)
        self.now = 1_000.0
        self.conference = Conference(
            ConferenceState.REQUESTED, ladder, legs=(citizen,), has_supervisor=supervisor, calls_citizen=not drill
        )
        self.alerts = 0
        self.moves = [ConferenceState.REQUESTED]
        self.look()

    def stands(self) -> ConferenceState:
        return self.conference.state

    def look(self) -> Plan:
        """Carry out what is due until nothing is."""
        while True:
            due = plan(self.conference, self.now)
            for leg_id in due.late:
                self._put(leg_id, LegState.ENDED)
            for role in due.calls:
                leg = Leg(f"{role}-{len(self.conference.legs)}", role, LegState.ORDERED, self.now + RINGS_S)
                step = self.conference.step + (role is Role.TARGET)
                self.conference = replace(self.conference, legs=(*self.conference.legs, leg), step=step)
            if not due.late and not due.calls:
                break
        if due.state is not self.stands():
            assert due.state in CONFERENCE_MOVES[self.stands()], f"{self.stands()} to {due.state}"
            self.moves.append(due.state)
        self.alerts += due.alert
        alerted = self.conference.alerted or due.alert
        self.conference = replace(self.conference, state=due.state, agent_left=due.agent_left, alerted=alerted)
        return due

    def tell(self, leg_id: str, state: LegState) -> None:
        """The exchange tells of a leg."""
        self._put(leg_id, state)
        self.look()

    def _put(self, leg_id: str, state: LegState) -> None:
        ended = self.now if state is LegState.ENDED else None
        legs = tuple(
            replace(leg, state=state, ended_at=ended) if leg.id == leg_id and state in LEG_MOVES[leg.state] else leg
            for leg in self.conference.legs
        )
        self.conference = replace(self.conference, legs=legs)

    def pass_by(self, seconds: float) -> None:
        """Time passes; the clock's looks come when they are due."""
        until = self.now + seconds
        while (due := self.look()).due_at is not None and due.due_at <= until:
            assert due.due_at > self.now
            self.now = due.due_at
        self.now = until
        self.look()

    def last(self, role: Role) -> Leg:
        return self.conference.of(role)[-1]

    def acknowledge(self) -> None:
        self.conference = replace(self.conference, acknowledged=True)
        self.look()


@pytest.fixture
def bridge() -> Bridge:
    return Bridge(supervisor=True)


def test_every_state_has_its_row_of_moves_and_none_moves_to_itself() -> None:
    assert set(CONFERENCE_MOVES) == set(ConferenceState)
    assert set(LEG_MOVES) == set(LegState)
    assert not any(state in moves for table in (CONFERENCE_MOVES, LEG_MOVES) for state, moves in table.items())
    assert all(not CONFERENCE_MOVES[state] for state in OVER)


def test_target_and_agent_are_called_at_once_and_the_citizen_who_called_is_not(bridge: Bridge) -> None:
    assert [leg.role for leg in bridge.conference.legs] == [Role.CITIZEN, Role.AGENT, Role.TARGET]
    assert bridge.stands() is ConferenceState.REQUESTED


def test_the_way_of_a_call_that_goes_well(bridge: Bridge) -> None:
    agent, target = bridge.last(Role.AGENT).id, bridge.last(Role.TARGET).id
    for leg_id, state in (
        (target, LegState.DIALLING),
        (agent, LegState.UP),
        (target, LegState.RINGING),
        (target, LegState.UP),
    ):
        bridge.tell(leg_id, state)
    bridge.acknowledge()
    bridge.tell(agent, LegState.ENDED)
    bridge.tell("citizen", LegState.ENDED)
    assert [state.value for state in bridge.moves] == [
        "requested", "dialling", "ringing", "bridged", "acknowledged", "handed_over", "ended",
    ]  # fmt: skip


def test_who_does_not_answer_is_given_up_and_the_next_rung_is_called(bridge: Bridge) -> None:
    first = bridge.last(Role.TARGET)
    bridge.tell(bridge.last(Role.AGENT).id, LegState.UP)
    bridge.tell(first.id, LegState.RINGING)
    bridge.pass_by(RINGS_S)
    assert bridge.last(Role.TARGET).id != first.id
    assert (bridge.conference.step, bridge.stands()) == (2, ConferenceState.CLIMBING)


def test_who_hangs_up_before_acknowledging_did_not_take_over(bridge: Bridge) -> None:
    agent, first = bridge.last(Role.AGENT).id, bridge.last(Role.TARGET).id
    bridge.tell(agent, LegState.UP)
    bridge.tell(first, LegState.UP)
    bridge.tell(first, LegState.ENDED)
    assert (bridge.stands(), bridge.conference.step) == (ConferenceState.CLIMBING, 2)
    assert not bridge.conference.agent_left


def test_a_new_round_begins_after_a_pause(bridge: Bridge) -> None:
    for _ in LADDER.rungs:
        bridge.tell(bridge.last(Role.TARGET).id, LegState.ENDED)
    assert bridge.conference.step == 2
    bridge.pass_by(ROUND_PAUSE_S)
    assert bridge.conference.step == 3


def test_a_ladder_that_is_used_up_calls_supervisors_again_and_again_and_alerts_once(bridge: Bridge) -> None:
    agent = bridge.last(Role.AGENT).id
    bridge.tell(agent, LegState.UP)
    bridge.pass_by(LADDER.steps * (RINGS_S + ROUND_PAUSE_S))
    assert (bridge.stands(), bridge.alerts) == (ConferenceState.ESCALATED, 1)
    calls = len(bridge.conference.of(Role.SUPERVISOR))
    bridge.pass_by(RINGS_S + SUPERVISOR_AGAIN_S)
    assert len(bridge.conference.of(Role.SUPERVISOR)) == calls + 1
    bridge.tell(bridge.last(Role.SUPERVISOR).id, LegState.UP)
    assert (bridge.stands(), bridge.alerts) == (ConferenceState.BRIDGED, 1)
    bridge.acknowledge()
    assert bridge.stands() is ConferenceState.ACKNOWLEDGED


def test_a_lost_citizen_is_called_back_while_the_ladder_goes_on(bridge: Bridge) -> None:
    target = bridge.last(Role.TARGET).id
    bridge.tell("citizen", LegState.ENDED)
    assert bridge.stands() is ConferenceState.CITIZEN_LOST
    bridge.tell(target, LegState.RINGING)
    bridge.pass_by(AGAIN_S)
    back = bridge.last(Role.CITIZEN)
    assert back.id != "citizen"
    bridge.tell(back.id, LegState.UP)
    assert bridge.stands() is ConferenceState.RINGING


def test_a_citizen_who_stays_away_keeps_nobody_from_being_told(bridge: Bridge) -> None:
    bridge.tell(bridge.last(Role.AGENT).id, LegState.UP)
    bridge.tell(bridge.last(Role.TARGET).id, LegState.UP)
    bridge.tell("citizen", LegState.ENDED)
    bridge.pass_by((CITIZEN_CALLS + 1) * (RINGS_S + AGAIN_S))
    assert len(bridge.conference.of(Role.CITIZEN)) == CITIZEN_CALLS + 1
    assert bridge.stands() is ConferenceState.BRIDGED


def test_an_agent_who_hangs_up_too_early_is_called_again(bridge: Bridge) -> None:
    bridge.tell(bridge.last(Role.TARGET).id, LegState.UP)
    for _ in range(AGENT_CALLS + 2):
        bridge.tell(bridge.last(Role.AGENT).id, LegState.UP)
        bridge.tell(bridge.last(Role.AGENT).id, LegState.ENDED)
        bridge.pass_by(AGAIN_S)
    assert len(bridge.conference.of(Role.AGENT)) == AGENT_CALLS
    assert not bridge.conference.agent_left


def test_nobody_on_the_line_and_nobody_left_to_call_is_a_failure_that_is_told() -> None:
    bridge = Bridge(supervisor=False, ladder=Ladder("", (Rung(POLICE),), 1))
    bridge.tell("citizen", LegState.ENDED)
    bridge.pass_by(10 * RINGS_S)
    assert (bridge.stands(), bridge.alerts, bridge.look().due_at) == (ConferenceState.FAILED, 1, None)


def test_in_a_drill_no_citizen_is_called_back() -> None:
    bridge = Bridge(drill=True)
    bridge.tell("citizen", LegState.ENDED)
    bridge.pass_by(AGAIN_S)
    assert len(bridge.conference.of(Role.CITIZEN)) == 1


@pytest.mark.parametrize("service", Emergency)
def test_a_drill_dials_the_drill_line_and_nothing_else(service: Emergency) -> None:
    lines = Lines({number: number for number in EMERGENCY_NUMBERS}, drill="+8231000")
    assert lines.number(Target(emergency=service), drill=True) == "+8231000"
    assert lines.number(WORKS, drill=True) == "+8231000"
    assert lines.number(Target(emergency=service), drill=False) == service.value
    assert Lines(lines.emergency).number(Target(emergency=service), drill=True) is None
    assert Lines({}).number(Target(emergency=service), drill=False) is None
    assert lines.number(WORKS, drill=False) == ""


ladders = st.builds(Ladder, st.just("any"), st.lists(st.just(Rung(POLICE)), min_size=1, max_size=3).map(tuple),
                    st.integers(1, 3))  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(ladders, st.booleans(), st.booleans(), st.data())
def test_whatever_exchanges_tell_every_move_is_allowed_and_nobody_is_left_alone(
    ladder: Ladder, supervisor: bool, drill: bool, data: st.DataObject
) -> None:
    bridge = Bridge(supervisor=supervisor, ladder=ladder, drill=drill)
    for _ in range(data.draw(st.integers(1, 25))):
        live = [leg.id for leg in bridge.conference.legs if leg.live]
        what = data.draw(st.sampled_from(["tell", "tell", "tell", "wait", "acknowledge"]))
        if what == "tell" and live:
            bridge.tell(data.draw(st.sampled_from(live)), data.draw(st.sampled_from(LegState)))
        elif what == "wait":
            bridge.pass_by(data.draw(st.integers(1, 60)))
        elif any(leg.up for leg in bridge.conference.of(*WHO_TAKE_OVER)) and bridge.stands() not in OVER:
            bridge.acknowledge()
        due = bridge.look()
        waits = bridge.stands() in {ConferenceState.CLIMBING, ConferenceState.CITIZEN_LOST, ConferenceState.REQUESTED}
        assert not waits or due.due_at is not None, "nothing would ever happen again"
        assert not bridge.conference.agent_left or bridge.conference.acknowledged
        exhausted = bridge.conference.step >= ladder.steps
        reached = any(leg.live for leg in bridge.conference.of(Role.TARGET)) or bridge.stands() in OVER
        assert not (exhausted and not reached and not bridge.conference.acknowledged) or bridge.alerts == 1
