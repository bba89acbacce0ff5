"""Agencies in calls, as routing has them: referral wants one in an agent's talk, routing calls it and tells, and the
agent leaves once it takes over. Both databases."""

from __future__ import annotations

import pytest
from hub120.intake.v1 import case_pb2, legs_pb2

from chassis.database import Database
from chassis.errors import PreconditionFailed
from services.routing.domain.conference import AGAIN_S, GRACE_S, Acknowledged, ConferenceState, LegState, Purpose, Role
from services.routing.domain.talks import AGENT_CALLS_BACK
from services.routing.tables import metadata
from services.routing.use_cases import calling_agencies, conferencing, desk, hearing
from services.routing.use_cases.conducting import WantedAgency
from services.routing.use_cases.conferencing import NewConference
from tests.integration.call_centre import CONNECTING, Centre
from tests.integration.conference_floor import AGENT, CALL, CASE, CHIEF, POLICE
from tests.integration.databases import Clock, shared
from tests.integration.routing_floor import OFFER_S, queue, ready

AGENCY = Role.AGENCY
RING_S, PATIENCE_S = 40, 60.0
LINE = legs_pb2.DialTo(sealed_number=b"sealed")
WORDS = legs_pb2.Announcement(text="120 콜센터입니다.", language="ko")


both, clock, database = shared("routing", metadata)


@pytest.fixture
def centre(database: Database, clock: Clock) -> Centre:
    """Kim talks with a citizen."""
    centre = Centre(database, clock, CONNECTING)
    ready(database, "kim", chats=4)
    queue(database, clock, CASE, medium="voice")
    centre.calls_in()
    centre.take()
    centre.up(Role.AGENT)
    centre.asked.clear()
    return centre


def want(centre: Centre, call_id: str = "c-1", *, agent_id: str = "kim", patience_s: float = PATIENCE_S) -> None:
    until = centre.clock().timestamp() + patience_s
    wanted = WantedAgency(call_id, CASE, agent_id, LINE, RING_S, until, WORDS)
    centre.run(calling_agencies.want, wanted, centre.lines)


def joins(centre: Centre) -> str:
    """The agency answers; its leg."""
    want(centre)
    leg: str = centre.last(AGENCY).id
    centre.done(leg)
    centre.hear(leg, LegState.UP)
    return leg


def takes_over(centre: Centre, call_id: str = "c-1") -> None:
    centre.run(calling_agencies.takes_over, call_id, "kim", centre.lines)


def leave(centre: Centre, **more: object) -> None:
    centre.run(conferencing.leave, centre.conference_id, more.pop("leader", AGENT), centre.lines, **more)


def told(centre: Centre) -> list[tuple[str, str, bool]]:
    """What referral heard: where the telephone stands, why it ended, and whether a key took over."""
    return [
        (case_pb2.CallState.Name(one.state).removeprefix("CALL_STATE_").lower(), one.reason, one.takes_over)
        for one in centre.agencies
    ]


def test_an_agency_is_called_once_into_the_talk_and_the_agent_leaves_once_it_takes_over(centre: Centre) -> None:
    leg = joins(centre)
    want(centre)
    (asked,) = centre.asked
    assert (asked.command, asked.dial_to, asked.ring_seconds) == (legs_pb2.LEG_COMMAND_DIAL, LINE, RING_S)
    assert asked.announcement.text == "120 콜센터입니다. 이 건을 인계받으시려면 1번을 눌러 주십시오."
    assert told(centre) == [("dialling", "", False), ("up", "", False)]
    with pytest.raises(PreconditionFailed, match="nobody has taken over"):
        leave(centre)
    takes_over(centre)
    takes_over(centre)
    assert centre.record().count(("acknowledged", "by_voice")) == 1
    assert centre.stands() is ConferenceState.BRIDGED
    leave(centre)
    assert centre.stands() is ConferenceState.HANDED_OVER
    assert centre.hung_up() == [centre.last(Role.AGENT).id]
    centre.hear(centre.last(Role.AGENT).id, LegState.ENDED, reason="done")
    centre.run(desk.start_wrap_up, centre.item().id, "kim", OFFER_S)
    assert (centre.stands(), centre.last(AGENCY).state) == (ConferenceState.HANDED_OVER, LegState.UP)
    centre.hear(leg, LegState.ENDED, reason="done")
    assert centre.stands() is ConferenceState.ENDED
    assert CALL in centre.hung_up(), "nobody is left alone on the bridge"


def test_a_key_takes_over_and_referral_hears_so_once(centre: Centre) -> None:
    leg = joins(centre)
    for key in ("5", "1", "1"):
        centre.run(hearing.hear_key, leg, key, centre.clock().timestamp(), centre.lines)
    assert [one for one in told(centre) if one[2]] == [("up", "", True)]
    assert centre.record().count(("acknowledged", Acknowledged.BY_KEY)) == 1
    centre.hear(centre.last(Role.AGENT).id, LegState.ENDED, reason="done")
    assert centre.stands() is ConferenceState.HANDED_OVER, "who hangs up has left"


@pytest.mark.parametrize("reason", ["busy", "refused", "failed"])
def test_who_does_not_come_is_told_and_the_two_talk_on(centre: Centre, reason: str) -> None:
    want(centre)
    leg = centre.last(AGENCY).id
    centre.done(leg)
    centre.hear(leg, LegState.ENDED, reason=reason)
    assert told(centre)[-1] == ("ended", reason, False)
    takes_over(centre)
    assert (centre.stands(), centre.hung_up()) == (ConferenceState.BRIDGED, [])
    assert ("acknowledged", "by_voice") not in centre.record(), "who is not there takes over nothing"
    leave(centre)
    assert centre.stands() is ConferenceState.ENDED, "without an agency a talk ends as ever"


def test_who_lets_it_ring_is_given_up(centre: Centre) -> None:
    want(centre)
    leg = centre.last(AGENCY).id
    centre.done(leg)
    centre.pass_by(RING_S + GRACE_S)
    assert (told(centre)[-1], centre.hung_up()) == (("ended", "no_answer", False), [leg])
    assert centre.stands() is ConferenceState.BRIDGED


def test_nobody_is_called_where_the_agent_does_not_talk_with_the_citizen_or_it_is_too_late(centre: Centre) -> None:
    want(centre, agent_id="lee")
    want(centre, "c-2", patience_s=0)
    centre.hear(CALL, LegState.ENDED, case_id=CASE)
    want(centre, "c-3")
    ended = [("ended", reason, False) for reason in ("no_call", "expired", "no_call")]
    assert told(centre) == ended
    assert not [one for one in centre.asked if one.command == legs_pb2.LEG_COMMAND_DIAL]


def test_nobody_is_called_into_a_talk_whose_agent_is_away_nor_into_a_safety_conference(centre: Centre) -> None:
    mine = centre.last(Role.AGENT).id
    joins(centre)
    centre.hear(mine, LegState.ENDED, reason="failed")
    want(centre, "c-2")
    centre.pass_by(AGAIN_S)
    centre.up(Role.AGENT)
    new = NewConference(request_id="r-1", case_id=CASE, target=POLICE)
    centre.run(conferencing.start, new, AGENT, centre.lines)
    centre.up(Role.TARGET)
    assert centre.stands() is ConferenceState.BRIDGED
    want(centre, "c-3")
    assert [one for one in told(centre) if one[0] == "ended"] == [("ended", "no_call", False)] * 2


def test_a_call_that_is_taken_back_is_hung_up_or_never_made(centre: Centre) -> None:
    want(centre)
    centre.run(calling_agencies.unwant, "c-1", centre.lines)
    assert told(centre) == [("ended", "cancelled", False)]
    want(centre, "c-2")
    leg = centre.last(AGENCY).id
    centre.done(leg)
    centre.run(calling_agencies.unwant, "c-2", centre.lines)
    assert leg in centre.hung_up()
    centre.run(calling_agencies.unwant, "never", centre.lines)


def test_an_agent_whose_line_drops_before_the_agency_takes_over_is_called_again_and_nobody_is_hung_up(
    centre: Centre,
) -> None:
    joins(centre)
    for calls in range(1, AGENT_CALLS_BACK):
        centre.hear(centre.last(Role.AGENT).id, LegState.ENDED, reason="failed")
        centre.pass_by(AGAIN_S)
        assert len(centre.legs_of("kim")) == calls + 1
        centre.up(Role.AGENT)
    assert (centre.stands(), centre.hung_up()) == (ConferenceState.BRIDGED, [])
    assert not [one for one in centre.asked if one.command == legs_pb2.LEG_COMMAND_HOLD]
    centre.hear(centre.last(Role.AGENT).id, LegState.ENDED, reason="failed")
    assert centre.stands() is ConferenceState.ENDED


def test_a_supervisor_may_force_it_with_a_reason(centre: Centre) -> None:
    joins(centre)
    with pytest.raises(PreconditionFailed):
        leave(centre, leader=CHIEF, force=True)
    leave(centre, leader=CHIEF, force=True, reason="헤드셋 고장")
    assert centre.stands() is ConferenceState.ENDED
    assert ("forced", "") in centre.record()


def test_an_agency_that_has_taken_over_lets_nobody_leave_a_safety_conference(centre: Centre) -> None:
    joins(centre)
    takes_over(centre)
    new = NewConference(request_id="r-1", case_id=CASE, target=POLICE)
    centre.run(conferencing.start, new, AGENT, centre.lines)
    assert (centre.found.row.purpose, centre.found.row.acknowledged_at) == (Purpose.SAFETY, None)
    centre.up(Role.TARGET)
    with pytest.raises(PreconditionFailed, match="nobody has taken over"):
        leave(centre)


def test_a_talk_that_was_handed_over_and_becomes_a_safety_conference_calls_its_agent_again(centre: Centre) -> None:
    joins(centre)
    takes_over(centre)
    leave(centre)
    centre.hear(centre.last(Role.AGENT).id, LegState.ENDED, reason="done")
    before = len(centre.legs_of("kim"))
    new = NewConference(request_id="r-1", case_id=CASE, target=POLICE)
    centre.run(conferencing.start, new, AGENT, centre.lines)
    centre.pass_by(AGAIN_S)
    assert len(centre.legs_of("kim")) == before + 1
    assert centre.last(AGENCY).state == LegState.UP
