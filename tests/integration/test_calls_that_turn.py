"""Calls that an agent begins, that become safety conferences and talks again, that supervisors listen in on, and that
are taken over by a key: use case by use case, on real SQLite and PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hub120.intake.v1 import legs_pb2

from chassis.database import Database
from chassis.errors import HubError, NotFound
from services.routing.domain.conference import Acknowledged, ConferenceState, LegState, Purpose, Role
from services.routing.domain.work import WorkState
from services.routing.store import work
from services.routing.tables import metadata
from services.routing.use_cases import conferencing, desk, desk_reading, hearing, monitoring
from services.routing.use_cases.conferencing import Leader, NewCall
from tests.integration.call_centre import CONNECTING, Centre
from tests.integration.conference_floor import AGENT, CALL, CASE, CHIEF, DRILL_LINE, POLICE_LINE, WORKS
from tests.integration.databases import Clock, shared
from tests.integration.routing_floor import TERMS, broken_promises, queue, ready

AGENT_ROLE, CITIZEN, TARGET, LISTENER = Role.AGENT, Role.CITIZEN, Role.TARGET, Role.LISTENER
JOIN, MUTE, UNMUTE = legs_pb2.LEG_COMMAND_JOIN, legs_pb2.LEG_COMMAND_MUTE, legs_pb2.LEG_COMMAND_UNMUTE


both, clock, database = shared("routing", metadata)


@pytest.fixture
def centre(database: Database, clock: Clock) -> Centre:
    return Centre(database, clock, CONNECTING)


@pytest.fixture
def talk(centre: Centre) -> Centre:
    """Kim and a citizen who called talk with each other."""
    ready(centre.database, "kim", chats=4)
    queue(centre.database, centre.clock, CASE, medium="voice")
    centre.calls_in()
    centre.take()
    centre.up(AGENT_ROLE)
    return centre


def refused(code: str) -> pytest.RaisesExc[HubError]:
    return pytest.raises(HubError, check=lambda error: error.reason == code)


def phones(centre: Centre, leader: Leader = AGENT, **more: Any) -> Any:
    found = centre.run(conferencing.call_citizen, NewCall(**{"request_id": "c-1", "case_id": CASE, **more}), leader,
                       centre.lines)  # fmt: skip
    centre.conference_id = found.row.id
    return found


def test_an_agent_phones_the_citizen_of_a_case(centre: Centre) -> None:
    first = phones(centre)
    assert (phones(centre).row.id, centre.dialled()) == (first.row.id, ["kim"])
    centre.up(AGENT_ROLE)
    centre.up(CITIZEN)
    assert (centre.dialled(), centre.stands()) == (["kim", CASE], ConferenceState.BRIDGED)
    with refused("CONFERENCE_GOES_ON"):
        phones(centre, request_id="c-2")
    centre.run(conferencing.end, centre.conference_id, AGENT, "")
    assert len(centre.hung_up()) == 2
    assert phones(centre, request_id="c-2").row.id != first.row.id


def test_an_agent_phones_the_citizen_of_their_own_work_and_the_desk_shows_it(centre: Centre) -> None:
    ready(centre.database, "kim")
    queue(centre.database, centre.clock, CASE)
    item = centre.take()
    with pytest.raises(NotFound):
        phones(centre, Leader("lee"), case_id="", work_item_id=item.id)
    phones(centre, case_id="", work_item_id=item.id)
    (shown,) = centre.run(desk_reading.read_desk, "kim").work
    assert shown.conference_id == centre.conference_id
    assert broken_promises(centre.database) == []


def test_an_agent_who_phones_and_does_not_answer_keeps_work_in_which_nobody_waits(centre: Centre) -> None:
    ready(centre.database, "kim")
    queue(centre.database, centre.clock, CASE)
    item = centre.take()
    phones(centre, case_id="", work_item_id=item.id)
    centre.not_answered()
    centre.gives_back()
    found: Any = centre.database.run(work.work_item, item.id)
    assert (centre.stands(), found.state) == (ConferenceState.FAILED, WorkState.ASSIGNED)


def test_a_talk_becomes_a_safety_conference_and_nobody_is_cut_off(talk: Centre) -> None:
    bridge, before = talk.conference_id, len(talk.asked)
    assert talk.start(WORKS).row.id == bridge
    assert talk.start(WORKS).row.id == bridge
    assert [one.dial_to.department for one in talk.asked[before:]] == ["works"]
    assert (talk.found.row.purpose, talk.stands(), talk.hung_up()) == (Purpose.SAFETY, ConferenceState.REQUESTED, [])
    assert ("turned", "safety") in talk.record()
    with refused("NOT_ACKNOWLEDGED"):
        talk.run(conferencing.leave, bridge, AGENT, talk.lines)
    with refused("NOT_ACKNOWLEDGED"):
        talk.run(desk.finish_work, talk.item().id, "kim", close_case=True, seen=1, terms=TERMS)
    talk.up(TARGET)
    assert talk.stands() is ConferenceState.BRIDGED
    assert [one.department for one in talk.packets] == ["works"]


def test_a_safety_conference_that_is_called_off_is_the_talk_again(talk: Centre) -> None:
    talk.start()
    target = talk.last(TARGET).id
    talk.run(conferencing.cancel, talk.conference_id, AGENT, "오인 신고", talk.lines)
    assert (talk.found.row.purpose, talk.stands(), talk.hung_up()) == (Purpose.TALK, ConferenceState.BRIDGED, [target])
    talk.hear(target, LegState.ENDED, reason="cancelled")
    talk.pass_by(600)
    assert talk.dialled() == ["kim", POLICE_LINE]
    talk.start(WORKS, request_id="r-2")
    talk.run(conferencing.cancel, talk.conference_id, AGENT, "오인 신고", talk.lines)
    talk.hear(CALL, LegState.ENDED, reason="done", case_id=CASE)
    assert talk.stands() is ConferenceState.ENDED
    assert talk.last(AGENT_ROLE).id in talk.hung_up()


def test_a_citizen_who_waits_yet_is_on_the_bridge_of_a_safety_conference_at_once(centre: Centre) -> None:
    ready(centre.database, "kim", chats=4)
    queue(centre.database, centre.clock, CASE, medium="voice")
    centre.calls_in()
    centre.take()
    centre.start()
    assert [one.command for one in centre.asked if one.leg_id == CALL] == [JOIN]


def test_the_talk_of_another_agent_stands_in_the_way_but_not_in_that_of_a_supervisor(talk: Centre) -> None:
    with refused("CONFERENCE_GOES_ON"):
        talk.start(leader=Leader("lee"))
    assert talk.start(leader=CHIEF).row.agent_id == "kim"


def test_a_drill_may_begin_from_a_talk_and_rings_the_drill_line_alone(talk: Centre) -> None:
    talk.start(drill=True)
    assert talk.dialled() == ["kim", DRILL_LINE]
    talk.run(conferencing.cancel, talk.conference_id, AGENT, "훈련 끝", talk.lines)
    assert (talk.found.row.drill, talk.stands()) == (0, ConferenceState.BRIDGED)


@pytest.mark.parametrize("who", [AGENT_ROLE, CITIZEN])
def test_after_one_that_was_called_off_nobody_is_left_on_a_dead_bridge(centre: Centre, who: Role) -> None:
    centre.calls_in()
    centre.start()
    centre.up(AGENT_ROLE)
    centre.run(conferencing.cancel, centre.conference_id, AGENT, "오인 신고", centre.lines)
    legs = {role: centre.last(role).id for role in (AGENT_ROLE, CITIZEN)}
    before = set(centre.hung_up())
    centre.hear(legs[who], LegState.ENDED, reason="done", case_id=CASE if who is CITIZEN else "")
    other = CITIZEN if who is AGENT_ROLE else AGENT_ROLE
    assert legs[other] in set(centre.hung_up()) - before


def test_a_citizen_who_is_in_another_conference_by_then_stays_there(centre: Centre) -> None:
    centre.calls_in()
    centre.start()
    centre.up(AGENT_ROLE)
    centre.run(conferencing.cancel, centre.conference_id, AGENT, "오인 신고", centre.lines)
    old = centre.last(AGENT_ROLE).id
    centre.pass_by(1)
    centre.start(request_id="r-2")
    centre.hear(old, LegState.ENDED, reason="done")
    assert CALL not in centre.hung_up()


def test_a_talk_is_called_off_only_before_the_agent_answered(centre: Centre) -> None:
    ready(centre.database, "kim", chats=4)
    queue(centre.database, centre.clock, CASE, medium="voice")
    centre.calls_in()
    centre.take()
    agent = centre.last(AGENT_ROLE).id
    centre.run(conferencing.cancel, centre.conference_id, AGENT, "전화기 고장", centre.lines)
    centre.hear(agent, LegState.ENDED, reason="cancelled")
    assert (centre.stands(), centre.hung_up()) == (ConferenceState.CANCELLED, [agent])
    phones(centre)
    centre.up(AGENT_ROLE)
    assert (centre.asked[-1].command, centre.asked[-1].leg_id) == (JOIN, CALL)
    with refused("BRIDGED"):
        centre.run(conferencing.cancel, centre.conference_id, AGENT, "늦음", centre.lines)
    with refused("NOT_BRIDGED"):
        centre.run(conferencing.acknowledge_conference, centre.conference_id, AGENT, "112", centre.lines)


def listen(centre: Centre, use_case: Any = monitoring.monitor, who: str = "chief") -> Any:
    more = () if use_case is monitoring.leave else (centre.lines,)
    return centre.run(use_case, centre.conference_id, who, *more)


def test_a_supervisor_listens_in_speaks_and_leaves_and_the_record_says_so(talk: Centre) -> None:
    for _ in range(2):
        listen(talk)
    (dial,) = (one for one in talk.asked if one.dial_to.account == "chief")
    assert dial.muted
    talk.up(LISTENER)
    for use_case in (monitoring.barge, monitoring.barge, monitoring.monitor):
        listen(talk, use_case)
    leg = talk.last(LISTENER).id
    assert [one.command for one in talk.asked if one.leg_id == leg][1:] == [UNMUTE, MUTE]
    _, entries = talk.run(conferencing.read_record, talk.conference_id)
    told = [(one.row.kind, one.row.actor) for one in entries if one.row.kind in {"monitored", "barged"}]
    assert told == [("monitored", "chief"), ("barged", "chief"), ("monitored", "chief")]
    for _ in range(2):
        listen(talk, monitoring.leave)
    talk.hear(leg, LegState.ENDED, reason="done")
    listen(talk, monitoring.leave)
    assert set(talk.hung_up()) == {leg}
    assert talk.stands() is ConferenceState.BRIDGED


def test_a_telephone_that_still_rings_is_dialled_anew_to_be_heard(talk: Centre) -> None:
    listen(talk)
    first = talk.last(LISTENER).id
    listen(talk, monitoring.barge)
    assert [(one.dial_to.account, one.muted) for one in talk.asked[-2:]] == [("", False), ("chief", False)]
    assert talk.hung_up() == [first]
    talk.hear(first, LegState.UP)
    assert talk.last(LISTENER).state == LegState.ORDERED
    talk.pass_by(60)
    assert talk.last(LISTENER).end_reason == "not_dialled"


def test_who_listens_in_neither_keeps_a_call_alive_nor_takes_over(talk: Centre) -> None:
    talk.start()
    listen(talk)
    talk.up(LISTENER)
    with refused("NOT_BRIDGED"):
        talk.run(conferencing.acknowledge_conference, talk.conference_id, AGENT, "팀장", talk.lines)
    talk.run(hearing.hear_key, talk.last(LISTENER).id, "1", talk.clock().timestamp(), talk.lines)
    assert talk.found.row.acknowledged_at is None
    talk.run(conferencing.cancel, talk.conference_id, AGENT, "오인 신고", talk.lines)
    talk.hear(talk.last(AGENT_ROLE).id, LegState.ENDED, reason="done")
    assert talk.stands() is ConferenceState.ENDED
    assert talk.last(LISTENER).id in talk.hung_up()
    with refused("CONFERENCE_OVER"):
        listen(talk)


def test_each_supervisor_has_a_telephone_of_their_own(talk: Centre) -> None:
    listen(talk)
    talk.up(LISTENER)
    listen(talk, who="deputy")
    talk.up(LISTENER)
    listen(talk, monitoring.leave)
    (chief,) = (leg.id for leg in talk.found.legs if leg.agent_id == "chief")
    assert talk.hung_up() == [chief]


def presses(centre: Centre, leg_id: str, key: str = "1") -> None:
    centre.run(hearing.hear_key, leg_id, key, centre.clock().timestamp(), centre.lines)


def test_whoever_is_called_hears_what_to_press_and_takes_over_by_it(talk: Centre) -> None:
    talk.start(WORKS)
    (dial,) = (one for one in talk.asked if one.dial_to.department)
    assert "1번을 눌러" in dial.announcement.text
    assert "훈련" not in dial.announcement.text
    talk.up(TARGET)
    leg = talk.last(TARGET).id
    presses(talk, leg, "2")
    assert talk.stands() is ConferenceState.BRIDGED
    for _ in range(2):
        presses(talk, leg)
    assert (talk.stands(), talk.found.row.acknowledged_how) == (ConferenceState.ACKNOWLEDGED, Acknowledged.BY_KEY)
    _, entries = talk.run(conferencing.read_record, talk.conference_id)
    (said,) = (one.row for one in entries if one.row.kind == "acknowledged")
    assert (said.detail, said.leg_id, said.role) == ("by_key", leg, "target")
    talk.run(conferencing.leave, talk.conference_id, AGENT, talk.lines)


def test_a_key_that_is_told_before_the_answer_counts(talk: Centre) -> None:
    talk.start()
    leg = talk.last(TARGET).id
    presses(talk, leg)
    talk.hear(leg, LegState.RINGING)
    talk.hear(leg, LegState.UP)
    assert talk.stands() is ConferenceState.ACKNOWLEDGED


def test_a_key_of_somebody_else_or_of_a_telephone_that_is_gone_takes_nothing_over(talk: Centre) -> None:
    talk.start()
    presses(talk, talk.last(AGENT_ROLE).id)
    presses(talk, CALL)
    presses(talk, CASE)
    gone = talk.last(TARGET).id
    talk.up(TARGET)
    talk.hear(gone, LegState.ENDED, reason="done")
    presses(talk, gone)
    assert talk.found.row.acknowledged_at is None


def test_without_a_key_nothing_is_said_and_no_key_counts(talk: Centre) -> None:
    talk.lines = replace(CONNECTING, key="")
    talk.start()
    assert talk.asked[-1].announcement.text == ""
    talk.up(TARGET)
    presses(talk, talk.last(TARGET).id)
    assert talk.stands() is ConferenceState.BRIDGED


def test_in_a_drill_whoever_answers_hears_first_that_it_is_one(talk: Centre) -> None:
    talk.start(drill=True)
    assert talk.asked[-1].announcement.text.startswith("이것은 훈련입니다.")
    talk.lines = replace(CONNECTING, key="")
    assert talk.lines.announcement(drill=True) == "이것은 훈련입니다."
    assert "별표를 눌러" in replace(CONNECTING, key="*").announcement(drill=False)


def test_whoever_is_called_into_a_talk_is_told_of_no_key(talk: Centre) -> None:
    talk.run(conferencing.add_leg, talk.conference_id, WORKS, 20, AGENT, talk.lines)
    assert (talk.asked[-1].dial_to.department, talk.asked[-1].announcement.text) == ("works", "")
    talk.up(TARGET)
    presses(talk, talk.last(TARGET).id)
    assert talk.found.row.acknowledged_at is None


def test_conferences_are_listed_by_what_they_are_for(talk: Centre) -> None:
    listed = {
        purpose: len(talk.run(conferencing.list_conferences, None, 10, active=True, purpose=purpose))
        for purpose in (None, *Purpose)
    }
    assert listed == {None: 1, Purpose.SAFETY: 0, Purpose.TALK: 1}
