"""Rules of a talk, the plain call: who is called when, when the citizen is put through, and how it ends."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.routing.domain.conference import (
    AGAIN_S,
    LEG_MOVES,
    OVER,
    Conference,
    ConferenceState,
    Leg,
    LegState,
    Plan,
    Purpose,
    Role,
)
from services.routing.domain.ladders import Ladder
from services.routing.domain.talks import AGENT_CALLS, TALK_MOVES, agency_has_it, plan

RINGS_S = 25.0
AGENT, CITIZEN, LISTENER, AGENCY = Role.AGENT, Role.CITIZEN, Role.LISTENER, Role.AGENCY
_WITH_AGENCIES = ("calls_an_agency", "takes_over", "leaves")
REQUESTED, BRIDGED, HANDED_OVER, ENDED, FAILED = (
    ConferenceState.REQUESTED,
    ConferenceState.BRIDGED,
    ConferenceState.HANDED_OVER,
    ConferenceState.ENDED,
    ConferenceState.FAILED,
)


class Talk:
    """A talk as whoever carries its plans out leaves it; ``moves`` is the way it went."""

    def __init__(self, *, called_in: bool = True) -> None:
        citizen = Leg("citizen", CITIZEN, LegState.UP, joined=False, answered=True)
        self.now = 1_000.0
        self.conference = Conference(
            REQUESTED, Ladder("", (), 0), legs=(citizen,) if called_in else (), purpose=Purpose.TALK, agent_id="kim"
        )
        self.moves = [REQUESTED]
        self.unreached = 0
        self.look()

    def stands(self) -> ConferenceState:
        return self.conference.state

    def look(self) -> Plan:
        """Carry out what is due until nothing is."""
        while True:
            due = plan(self.conference, self.now)
            for leg_id in due.late:
                self._put(leg_id, LegState.ENDED)
            for leg_id in due.joins:
                self._change(leg_id, joined=True)
            for leg_id in due.holds:
                self._change(leg_id, joined=False)
            for role in due.calls:
                of = self.conference.agent_id if role is AGENT else ""
                self.add(f"{role}-{len(self.conference.legs)}", role, of)
            if not (due.late or due.calls or due.joins or due.holds):
                break
        if due.state is not self.stands():
            assert due.state in TALK_MOVES[self.stands()], f"{self.stands()} to {due.state}"
            self.moves.append(due.state)
        self.unreached += due.unreached
        self.conference = replace(self.conference, state=due.state, agent_left=due.agent_left)
        return due

    def add(self, leg_id: str, role: Role, agent_id: str = "") -> None:
        leg = Leg(leg_id, role, LegState.ORDERED, self.now + RINGS_S, agent_id=agent_id)
        self.conference = replace(self.conference, legs=(*self.conference.legs, leg))

    def tell(self, leg_id: str, state: LegState) -> None:
        """The exchange tells of a leg."""
        self._put(leg_id, state)
        self.look()

    def _put(self, leg_id: str, state: LegState) -> None:
        (leg,) = (one for one in self.conference.legs if one.id == leg_id)
        if state in LEG_MOVES[leg.state]:
            ended = self.now if state is LegState.ENDED else None
            answered = leg.answered or state in LegState.answered()
            self._change(leg_id, state=state, ended_at=ended, answered=answered)

    def _change(self, leg_id: str, **changed: object) -> None:
        legs = tuple(
            replace(leg, **changed) if leg.id == leg_id else leg  # type: ignore[arg-type] # its own fields
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

    def calls_an_agency(self) -> None:
        self.add(f"agency-{len(self.conference.legs)}", AGENCY)
        self.look()

    def takes_over(self) -> None:
        """The agency says so; one that is not there has taken over nothing."""
        if self.conference.of(AGENCY) and self.last(AGENCY).up:
            self._change(self.last(AGENCY).id, takes_over=True)
            self.look()

    def leaves(self) -> None:
        """The agent goes, where they may."""
        if agency_has_it(self.conference.legs):
            for leg in self.conference.of(AGENT):
                self._put(leg.id, LegState.ENDED)
            self.conference = replace(self.conference, agent_left=True)
            self.look()

    def give_to(self, agent_id: str) -> None:
        """Another agent has the work now."""
        self.conference = replace(self.conference, agent_id=agent_id)
        self.look()


@pytest.fixture
def talk() -> Talk:
    return Talk()


def test_no_state_moves_to_itself_and_none_goes_on_from_the_end() -> None:
    assert not any(state in moves for state, moves in TALK_MOVES.items())
    assert all(not TALK_MOVES[state] for state in OVER)


def test_the_citizen_hears_music_until_the_agent_is_there(talk: Talk) -> None:
    assert [leg.role for leg in talk.conference.legs] == [CITIZEN, AGENT]
    talk.tell(talk.last(AGENT).id, LegState.RINGING)
    assert (talk.stands(), talk.last(CITIZEN).joined) == (REQUESTED, False)
    talk.tell(talk.last(AGENT).id, LegState.UP)
    assert (talk.stands(), talk.last(CITIZEN).joined) == (BRIDGED, True)


def test_a_citizen_who_did_not_call_is_called_once_the_agent_is_there() -> None:
    talk = Talk(called_in=False)
    assert talk.conference.of(CITIZEN) == []
    talk.tell(talk.last(AGENT).id, LegState.UP)
    assert len(talk.conference.of(CITIZEN)) == 1
    talk.tell(talk.last(CITIZEN).id, LegState.UP)
    talk.tell(talk.last(CITIZEN).id, LegState.ENDED)
    assert talk.moves == [REQUESTED, BRIDGED, ENDED]


def test_a_citizen_who_does_not_answer_is_not_called_again() -> None:
    talk = Talk(called_in=False)
    talk.tell(talk.last(AGENT).id, LegState.UP)
    talk.pass_by(RINGS_S)
    assert (talk.stands(), len(talk.conference.of(CITIZEN))) == (ENDED, 1)


def test_an_agent_who_does_not_answer_is_called_twice_and_then_the_work_is_somebody_elses(talk: Talk) -> None:
    first = talk.last(AGENT).id
    talk.pass_by(RINGS_S)
    assert (talk.stands(), len(talk.conference.of(AGENT))) == (REQUESTED, 1)
    talk.pass_by(AGAIN_S)
    assert talk.last(AGENT).id != first
    talk.pass_by(RINGS_S)
    assert (talk.stands(), talk.unreached) == (FAILED, 1)
    assert (talk.last(CITIZEN).live, talk.last(CITIZEN).joined) == (True, False)
    talk.pass_by(10 * RINGS_S)
    assert (len(talk.conference.of(AGENT)), talk.unreached, talk.look().due_at) == (AGENT_CALLS, 1, None)


def test_an_exchange_that_never_began_to_call_says_nothing_of_the_agent(talk: Talk) -> None:
    for _ in range(AGENT_CALLS):
        talk._change(talk.last(AGENT).id, dialled=False)
        talk.pass_by(RINGS_S + AGAIN_S)
    assert (talk.stands(), talk.unreached) == (FAILED, 0)


@pytest.mark.parametrize("who", [AGENT, CITIZEN])
def test_who_hangs_up_ends_it(talk: Talk, who: Role) -> None:
    talk.tell(talk.last(AGENT).id, LegState.UP)
    talk.tell(talk.last(who).id, LegState.ENDED)
    assert (talk.stands(), talk.unreached) == (ENDED, 0)


def test_a_citizen_who_gives_up_waiting_ends_it(talk: Talk) -> None:
    talk.tell("citizen", LegState.ENDED)
    assert talk.stands() is ENDED
    assert talk.look().calls == ()


def test_the_first_agent_may_hang_up_once_a_colleague_is_there(talk: Talk) -> None:
    first = talk.last(AGENT).id
    talk.tell(first, LegState.UP)
    talk.give_to("lee")
    second = talk.last(AGENT)
    assert second.agent_id == "lee"
    talk.tell(second.id, LegState.UP)
    talk.tell(first, LegState.ENDED)
    assert talk.stands() is BRIDGED
    talk.tell(second.id, LegState.ENDED)
    assert talk.stands() is ENDED


def test_a_citizen_with_whom_nobody_is_hears_music_until_the_next_agent_is_there(talk: Talk) -> None:
    first = talk.last(AGENT).id
    talk.tell(first, LegState.UP)
    talk.give_to("lee")
    talk.tell(first, LegState.ENDED)
    assert (talk.stands(), talk.last(CITIZEN).joined) == (REQUESTED, False)
    talk.tell(talk.last(AGENT).id, LegState.UP)
    assert (talk.stands(), talk.last(CITIZEN).joined) == (BRIDGED, True)


def test_a_colleague_who_is_not_reached_leaves_the_first_agent_with_the_citizen(talk: Talk) -> None:
    talk.tell(talk.last(AGENT).id, LegState.UP)
    talk.give_to("lee")
    talk.pass_by(3 * RINGS_S)
    assert (talk.stands(), talk.unreached) == (BRIDGED, 0)
    assert len([leg for leg in talk.conference.of(AGENT) if leg.agent_id == "lee"]) == AGENT_CALLS


def test_who_listens_in_counts_for_nothing(talk: Talk) -> None:
    agent = talk.last(AGENT).id
    talk.tell(agent, LegState.UP)
    talk.add("chief", LISTENER, "chief")
    talk.tell("chief", LegState.UP)
    talk.tell(agent, LegState.ENDED)
    assert talk.stands() is ENDED


def test_an_agency_that_takes_over_while_the_agent_is_called_again_has_the_citizen(talk: Talk) -> None:
    talk.tell(talk.last(AGENT).id, LegState.UP)
    talk.calls_an_agency()
    talk.tell(talk.last(AGENCY).id, LegState.UP)
    talk.tell(talk.last(AGENT).id, LegState.ENDED)
    assert (talk.stands(), talk.last(CITIZEN).joined) == (REQUESTED, True)
    talk.takes_over()
    assert talk.stands() is HANDED_OVER
    talk.pass_by(AGAIN_S)
    assert len(talk.conference.of(AGENT)) == 1


@settings(max_examples=120, deadline=None)
@given(st.booleans(), st.data())
def test_whatever_exchanges_tell_every_move_is_allowed_and_nobody_waits_for_ever(
    called_in: bool, data: st.DataObject
) -> None:
    talk = Talk(called_in=called_in)
    for _ in range(data.draw(st.integers(1, 25))):
        live = [leg.id for leg in talk.conference.legs if leg.live]
        what = data.draw(st.sampled_from(["tell", "tell", "tell", "wait", "give", *_WITH_AGENCIES]))
        if what == "tell" and live:
            talk.tell(data.draw(st.sampled_from(live)), data.draw(st.sampled_from(LegState)))
        elif what == "wait":
            talk.pass_by(data.draw(st.integers(1, 60)))
        elif what in _WITH_AGENCIES:
            getattr(talk, what)()
        else:
            talk.give_to(data.draw(st.sampled_from(["kim", "lee"])))
        due = talk.look()
        agent_is_up = any(leg.up for leg in talk.conference.of(AGENT))
        assert talk.stands() is not REQUESTED or due.due_at is not None, "nothing would ever happen again"
        assert agent_is_up or talk.stands() is not BRIDGED
        somebody = agent_is_up or any(leg.up for leg in talk.conference.of(AGENCY))
        alone = any(leg.joined and leg.up for leg in talk.conference.of(CITIZEN)) and not somebody
        assert talk.stands() is not HANDED_OVER or agency_has_it(talk.conference.legs)
        assert not alone or talk.stands() in OVER, "music while nobody is there"
        assert talk.unreached == 0 or talk.stands() is FAILED
