"""Calls from the desk: a drill that runs, a ladder that is climbed, and a supervisor who listens and speaks."""

from __future__ import annotations

import pytest
from hub120.routing.v1 import conference_pb2 as pb
from hub120.routing.v1 import conference_service_pb2 as conferences

from demo.switchboard import Switchboard
from tests.integration.console.calling import rings
from tests.integration.console.conftest import DRILL_LINE
from tests.seat import Seat
from tests.waiting import eventually

pytestmark = pytest.mark.slow
BUSY = 17
"""Why an exchange says that nobody came: Q.850."""
DEPARTMENT = "webhook_department"
DRILL, WORKS, FIRE = (f"PJSIP/{number}@trunk" for number in ("0" + DRILL_LINE[3:], "031220", "0990119"))


def conference(chief: Seat) -> pb.Conference:
    """The call that goes on, as the hub has it."""
    (found,) = chief.ask(conferences.ListConferencesRequest(active=True)).conferences
    whole: pb.Conference = chief.ask(conferences.GetConferenceRequest(conference_id=found.id)).conference
    return whole


def test_a_drill_rings_the_drill_line_alone_and_is_taken_over(exchange: Switchboard, kim: Seat, chief: Seat) -> None:
    before = len(exchange.dialled)
    kim.done("/bridge/start", whom="emergency 119", drill="1")
    exchange.pick_up(rings(exchange, DRILL))
    kim.shows("bridge-state", "함께 통화 중")
    assert "훈련" in kim.text("bridge-state")
    kim.shows("bridge-legs", "119")
    found = conference(chief)
    assert (found.drill, found.state) == (True, pb.CONFERENCE_STATE_BRIDGED)
    assert {telephone for telephone, _ in exchange.dialled[before:]} == {DRILL}
    kim.done("/bridge/acknowledge", acknowledged_by="훈련관 박")
    kim.shows("bridge-state", "훈련관 박")
    kim.done("/bridge/end")
    kim.shows("bridge-state", "끝남")


def test_a_ladder_says_whom_it_calls_and_is_climbed_until_somebody_answers(
    exchange: Switchboard, kim: Seat, chief: Seat
) -> None:
    fire, works = pb.ConferenceTarget(emergency=pb.EMERGENCY_SERVICE_FIRE), pb.ConferenceTarget(department=DEPARTMENT)
    rungs = [pb.Rung(target=one, ring_seconds=30) for one in (fire, works)]
    chief.ask(conferences.PutLadderRequest(ladder=pb.Ladder(id="flood", rungs=rungs, rounds=1)))
    kim.open(kim.path)
    offered = kim.text("safety-whom")
    assert "받을 때까지 차례로: 119 → " in offered
    assert "flood" not in offered
    kim.done("/bridge/start", whom="ladder flood")
    exchange.hang_up(rings(exchange, FIRE), BUSY)
    exchange.pick_up(rings(exchange, WORKS))
    kim.shows("bridge-state", "함께 통화 중")
    assert "119" in kim.shows("bridge-legs", "통화 중이었음")
    found = conference(chief)
    assert (found.ladder.id, found.round, found.state) == ("flood", 1, pb.CONFERENCE_STATE_BRIDGED)
    assert "아직 아무도 맡지 않아" in kim.refused("/bridge/leave")
    kim.done("/bridge/acknowledge", acknowledged_by="재난과 최")
    kim.done("/bridge/leave")
    kim.shows("bridge-state", "나는 나갔습니다")
    assert conference(chief).state == pb.CONFERENCE_STATE_HANDED_OVER


def test_a_supervisor_listens_then_speaks_then_leaves_them_alone(exchange: Switchboard, kim: Seat, chief: Seat) -> None:
    chief.open("/floor")
    chief.shows("calls", kim.subject)
    chief.done("/listen")
    chief.until(lambda: not chief.forms("/listen") and chief.forms("/leave"), "the supervisor listening")
    eventually(lambda: listener(chief).HasField("answer_time"), 20, "the supervisor picking up")
    leg = rings(exchange, f"PJSIP/{chief.subject}")
    assert leg in exchange.muted
    kim.shows("bridge-legs", "듣기만")
    chief.done("/barge")
    chief.shows("calls", "말하는 중")
    eventually(lambda: leg not in exchange.muted, 20, "their voice being on")
    assert not listener(chief).muted
    chief.done("/leave")
    chief.until(lambda: chief.forms("/listen"), "the supervisor being out")
    eventually(lambda: leg not in exchange.channels, 20, "their telephone being put down")
    kim.shows("bridge-state", "통화 중")
    assert conference(chief).state == pb.CONFERENCE_STATE_BRIDGED


def listener(chief: Seat) -> pb.ConferenceLeg:
    """The supervisor's telephone in the call."""
    (found,) = (leg for leg in conference(chief).legs if leg.role == pb.LEG_ROLE_LISTENER)
    return found
