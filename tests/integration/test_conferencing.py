"""Safety conferences, use case by use case, on real SQLite and PostgreSQL."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hub120.intake.v1 import legs_pb2

from chassis.database import Database
from chassis.errors import HubError, NotFound, PermissionDenied
from services.routing.domain.conference import (
    AGAIN_S,
    CONFERENCE_MOVES,
    GRACE_S,
    ROUND_PAUSE_S,
    Acknowledged,
    ConferenceState,
    LegState,
    Role,
)
from services.routing.domain.ladders import RING_S, Ladder, Lines, Rung
from services.routing.store import calls, offers
from services.routing.tables import metadata
from services.routing.use_cases import conferencing, desk, hearing
from services.routing.use_cases.conferencing import Leader
from tests.integration.conference_floor import (
    AGENT,
    CALL,
    CASE,
    CHIEF,
    CHIEF_LINE,
    DRILL_LINE,
    LINES,
    POLICE,
    POLICE_LINE,
    WORKS,
    Floor,
)
from tests.integration.databases import Clock, shared
from tests.integration.routing_floor import queue, ready, rows

AGENT_ROLE, CITIZEN, TARGET, SUPERVISOR = Role.AGENT, Role.CITIZEN, Role.TARGET, Role.SUPERVISOR
NOT_ANSWERED_S = RING_S + GRACE_S


both, clock, database = shared("routing", metadata)


@pytest.fixture
def floor(database: Database, clock: Clock) -> Floor:
    floor = Floor(database, clock)
    floor.calls_in()
    return floor


def refused(code: str) -> pytest.RaisesExc[HubError]:
    return pytest.raises(HubError, check=lambda error: error.reason == code)


def test_a_call_that_goes_well_is_told_step_by_step(floor: Floor) -> None:
    floor.start(WORKS)
    assert [one.command for one in floor.asked] == [
        legs_pb2.LEG_COMMAND_JOIN,
        legs_pb2.LEG_COMMAND_DIAL,
        legs_pb2.LEG_COMMAND_DIAL,
    ]
    assert floor.asked[0].leg_id == CALL
    assert floor.dialled() == ["kim", "works"]
    assert [(one.conference_id, one.department) for one in floor.packets] == [(floor.conference_id, "works")]
    target = floor.last(TARGET).id
    floor.done(target)
    floor.hear(target, LegState.RINGING)
    floor.up(AGENT_ROLE, TARGET)
    floor.run(conferencing.acknowledge_conference, floor.conference_id, AGENT, "도로과 김주임", LINES)
    floor.run(conferencing.leave, floor.conference_id, AGENT, LINES)
    floor.hear(floor.last(AGENT_ROLE).id, LegState.ENDED, reason="done")
    floor.hear(CALL, LegState.ENDED, reason="done", case_id=CASE)
    assert floor.moves() == ["dialling", "ringing", "bridged", "acknowledged", "handed_over", "ended"]
    assert floor.hung_up() == [floor.last(AGENT_ROLE).id, target]
    assert ("acknowledged", "by_voice") in floor.record()


def test_the_record_is_numbered_without_gaps_says_who_and_every_move_is_allowed(floor: Floor) -> None:
    floor.start()
    floor.up(AGENT_ROLE, TARGET)
    floor.run(conferencing.acknowledge_conference, floor.conference_id, AGENT, "상황실 박경사", LINES)
    found, entries = floor.run(conferencing.read_record, floor.conference_id)
    assert [one.row.sequence for one in entries] == list(range(1, found.row.sequence + 1))
    (said,) = (one for one in entries if one.row.kind == "acknowledged")
    assert (said.told, said.row.actor) == ("상황실 박경사", "kim")
    states = [ConferenceState(one.row.state) for one in entries]
    assert all(after in CONFERENCE_MOVES[before] for before, after in pairwise(states) if before is not after)
    (kept,) = rows(floor.database, "SELECT told FROM conference_entry WHERE kind = 'acknowledged'")
    assert "박경사".encode() not in bytes(kept["told"])


def test_nobody_leaves_before_somebody_has_taken_over(floor: Floor) -> None:
    floor.start()
    for roles in ((), (AGENT_ROLE,), (TARGET,)):
        floor.up(*roles)
        for use_case in (conferencing.leave, conferencing.end):
            more = (LINES,) if use_case is conferencing.leave else ("끝",)
            with refused("NOT_ACKNOWLEDGED"):
                floor.run(use_case, floor.conference_id, AGENT, *more)
    assert floor.hung_up() == []
    floor.run(conferencing.acknowledge_conference, floor.conference_id, AGENT, "112", LINES)
    floor.run(conferencing.leave, floor.conference_id, AGENT, LINES)
    floor.run(conferencing.leave, floor.conference_id, AGENT, LINES)
    assert (floor.stands(), len(floor.hung_up())) == (ConferenceState.HANDED_OVER, 1)


def test_a_supervisor_may_let_the_agent_go_and_must_say_why(floor: Floor) -> None:
    floor.start()
    floor.up(AGENT_ROLE)
    for leader, force, reason in ((AGENT, True, "급함"), (CHIEF, True, ""), (CHIEF, False, "급함")):
        with refused("NOT_ACKNOWLEDGED"):
            floor.run(conferencing.leave, floor.conference_id, leader, LINES, force=force, reason=reason)
    floor.run(conferencing.leave, floor.conference_id, CHIEF, LINES, force=True, reason="상담사 건강")
    kinds = [kind for kind, _ in floor.record()]
    assert kinds[-2:] == ["forced", "agent_left"]
    assert floor.stands() is ConferenceState.REQUESTED, "the ladder goes on"
    floor.up(TARGET)
    floor.run(conferencing.acknowledge_conference, floor.conference_id, CHIEF, "112", LINES)
    assert floor.stands() is ConferenceState.HANDED_OVER


def test_only_who_is_on_the_bridge_can_have_acknowledged(floor: Floor) -> None:
    floor.start()
    with refused("NOT_BRIDGED"):
        floor.run(conferencing.acknowledge_conference, floor.conference_id, AGENT, "112", LINES)
    floor.up(TARGET)
    with pytest.raises(PermissionDenied):
        floor.run(conferencing.acknowledge_conference, floor.conference_id, Leader("lee"), "112", LINES)
    for said_by in ("처음", "나중"):
        floor.run(conferencing.acknowledge_conference, floor.conference_id, AGENT, said_by, LINES)
    _, entries = floor.run(conferencing.read_record, floor.conference_id)
    assert [one.told for one in entries if one.row.kind == "acknowledged"] == ["처음"]


def test_no_answer_climbs_the_ladder_and_ends_with_a_person(floor: Floor) -> None:
    floor.run(conferencing.put_ladder, Ladder("night", (Rung(WORKS), Rung(POLICE)), 2))
    floor.start(None, ladder_id="night")
    floor.up(AGENT_ROLE)
    for _ in range(4):
        floor.hear(floor.last(TARGET).id, LegState.RINGING)
        floor.pass_by(NOT_ANSWERED_S)
        floor.pass_by(ROUND_PAUSE_S)
    assert floor.dialled() == ["kim", "works", POLICE_LINE, "works", POLICE_LINE, CHIEF_LINE]
    assert len(floor.hung_up()) == 4
    assert floor.stands() is ConferenceState.ESCALATED
    assert ("alert", "") in floor.record()
    assert floor.moves().count("escalated") == 1
    with refused("NOT_ACKNOWLEDGED"):
        floor.run(conferencing.leave, floor.conference_id, AGENT, LINES)
    floor.up(SUPERVISOR)
    assert floor.stands() is ConferenceState.BRIDGED


def test_who_hangs_up_before_acknowledging_is_called_again_and_the_agent_is_still_there(floor: Floor) -> None:
    floor.start()
    floor.up(AGENT_ROLE, TARGET)
    first = floor.last(TARGET).id
    floor.hear(first, LegState.ENDED, reason="done")
    assert floor.stands() is ConferenceState.CLIMBING
    floor.pass_by(ROUND_PAUSE_S)
    assert floor.last(TARGET).id != first
    assert floor.last(AGENT_ROLE).state == LegState.UP
    assert floor.hung_up() == []


def test_a_citizen_whose_line_drops_is_called_back_and_the_record_says_so(floor: Floor) -> None:
    floor.start()
    floor.up(AGENT_ROLE, TARGET)
    floor.hear(CALL, LegState.ENDED, reason="failed", case_id=CASE)
    assert floor.stands() is ConferenceState.CITIZEN_LOST
    floor.pass_by(AGAIN_S)
    assert floor.dialled()[-1] == CASE
    floor.up(CITIZEN)
    assert floor.stands() is ConferenceState.BRIDGED
    record = floor.record()
    assert record.index(("leg", "failed")) < [kind for kind, _ in record].index("called", 4)


def test_what_exchanges_tell_twice_or_too_late_changes_nothing(floor: Floor) -> None:
    floor.start()
    target = floor.last(TARGET).id
    floor.up(AGENT_ROLE, TARGET)
    before = floor.record()
    floor.up(TARGET)
    floor.done(target)
    floor.hear(target, LegState.RINGING)
    assert floor.record() == before
    floor.hear(target, LegState.ENDED, reason="done")
    floor.hear(target, LegState.UP)
    assert floor.last(TARGET).state == LegState.ENDED


def test_an_exchange_that_refuses_costs_no_time(floor: Floor) -> None:
    floor.start(WORKS)
    floor.done(floor.last(TARGET).id, "no_line")
    floor.pass_by(ROUND_PAUSE_S)
    floor.done(floor.last(TARGET).id, "failed")
    assert floor.dialled() == ["kim", "works", "works", CHIEF_LINE]
    assert floor.stands() is ConferenceState.ESCALATED


def test_the_departments_own_system_may_acknowledge_once_somebody_is_on_the_line(floor: Floor) -> None:
    floor.start(WORKS)
    for state in ("submitted", "acknowledged", "in_progress"):
        floor.run(hearing.hear_department, floor.conference_id, "works", state, LINES)
    assert floor.found.row.acknowledged_at is None
    floor.up(AGENT_ROLE, TARGET)
    assert (floor.stands(), floor.found.row.acknowledged_how) == (ConferenceState.ACKNOWLEDGED, Acknowledged.BY_SYSTEM)
    packet = [detail for kind, detail in floor.record() if kind == "packet"]
    assert packet == ["submitted", "acknowledged", "in_progress"]


def test_holding_is_asked_of_the_exchange_and_told_by_it(floor: Floor) -> None:
    floor.start()
    with refused("LEG_NOT_UP"):
        floor.run(conferencing.hold, floor.conference_id, floor.last(TARGET).id, AGENT, held=True)
    with pytest.raises(NotFound):
        floor.run(conferencing.hold, floor.conference_id, CASE, AGENT, held=True)
    floor.up(TARGET)
    for held in (True, False):
        floor.run(conferencing.hold, floor.conference_id, CALL, AGENT, held=held)
        floor.hear(CALL, LegState.HELD if held else LegState.UP, case_id=CASE)
    assert [one.command for one in floor.asked[-2:]] == [legs_pb2.LEG_COMMAND_HOLD, legs_pb2.LEG_COMMAND_RESUME]
    assert floor.record()[-4:] == [("hold", "hold"), ("leg", "held"), ("hold", "resume"), ("leg", "up")]
    assert floor.stands() is ConferenceState.BRIDGED


def test_somebody_more_can_be_called(floor: Floor) -> None:
    floor.start(WORKS)
    floor.run(conferencing.add_leg, floor.conference_id, POLICE, 20, AGENT, LINES)
    assert floor.dialled() == ["kim", "works", POLICE_LINE]
    floor.up(TARGET)
    assert floor.stands() is ConferenceState.BRIDGED
    assert floor.found.row.step == 1, "the ladder is where it was"


def test_calling_it_off_calls_nobody_and_cuts_nobody_off(floor: Floor) -> None:
    floor.start()
    floor.up(AGENT_ROLE)
    target = floor.last(TARGET).id
    floor.run(conferencing.cancel, floor.conference_id, AGENT, "오인 신고", LINES)
    assert (floor.stands(), floor.hung_up()) == (ConferenceState.CANCELLED, [target])
    floor.hear(target, LegState.ENDED, reason="cancelled")
    floor.pass_by(10 * NOT_ANSWERED_S)
    assert floor.dialled() == ["kim", POLICE_LINE]
    floor.start(request_id="r-2")
    floor.up(AGENT_ROLE, TARGET)
    with refused("BRIDGED"):
        floor.run(conferencing.cancel, floor.conference_id, AGENT, "늦음", LINES)


def test_a_case_has_one_conference_at_a_time_and_a_repeated_request_finds_it(floor: Floor) -> None:
    first = floor.start()
    assert floor.start().row.id == first.row.id
    assert len(floor.dialled()) == 2
    with refused("CONFERENCE_GOES_ON"):
        floor.start(request_id="r-2")
    floor.run(conferencing.end, floor.conference_id, CHIEF, "훈련 아님")
    floor.run(conferencing.end, floor.conference_id, CHIEF, "훈련 아님")
    assert floor.stands() is ConferenceState.ENDED
    assert floor.start().row.id == first.row.id
    assert floor.start(request_id="r-2").row.id != first.row.id


def test_a_drill_rings_the_drill_line_alone_and_tells_no_department(floor: Floor) -> None:
    floor.run(conferencing.put_ladder, Ladder("night", (Rung(WORKS), Rung(POLICE)), 1))
    floor.start(None, ladder_id="night", drill=True)
    floor.hear(CALL, LegState.ENDED, reason="done", case_id=CASE)
    for _ in range(3):
        floor.pass_by(NOT_ANSWERED_S)
    assert set(floor.dialled()) == {"kim", DRILL_LINE, CHIEF_LINE}
    assert floor.packets == []
    assert all(one.drill for one in floor.asked)
    assert all(one.drill for one in floor.told)
    assert floor.record()[0] == ("started", "drill")


@pytest.mark.parametrize(
    ("lines", "more", "code"),
    [
        (Lines({"112": POLICE_LINE}), {"drill": True}, "DRILL_LINE_MISSING"),
        (LINES, {"drill": True, "case_id": "0199e0f2-7c00-7abc-8def-000000000009"}, "DRILL_NEEDS_CALL"),
        (Lines({}, drill=DRILL_LINE), {}, "NO_EMERGENCY_LINE"),
        (LINES, {"target": None, "ladder_id": "unknown"}, "NOT_FOUND"),
        (LINES, {"case_id": "", "work_item_id": CASE}, "NOT_FOUND"),
    ],
)
def test_what_cannot_be_done_is_refused_before_anybody_is_called(
    floor: Floor, lines: Lines, more: dict[str, Any], code: str
) -> None:
    floor.lines = lines
    with refused(code):
        floor.start(**more)
    assert floor.asked == []


def test_a_citizen_who_wrote_is_called(database: Database, clock: Clock) -> None:
    floor = Floor(database, clock)
    floor.start()
    assert floor.dialled() == ["kim", CASE, POLICE_LINE]
    assert floor.found.row.channel == LINES.exchange


def test_a_citizen_who_is_on_the_line_after_all_or_calls_again_is_taken_onto_the_bridge(
    database: Database, clock: Clock
) -> None:
    floor = Floor(database, clock)
    floor.start()
    called = floor.last(CITIZEN).id
    floor.calls_in(state=LegState.RINGING)
    assert floor.hung_up() == [called]
    assert (floor.asked[-1].command, floor.asked[-1].leg_id) == (legs_pb2.LEG_COMMAND_JOIN, CALL)
    floor.calls_in()
    floor.hear(CALL, LegState.ENDED, reason="done", case_id=CASE)
    again = "0199e0f2-7c00-7abc-8def-0000000000cb"
    floor.pass_by(1)
    floor.calls_in(again)
    floor.up(TARGET)
    floor.pass_by(AGAIN_S)
    assert (floor.stands(), floor.last(CITIZEN).id) == (ConferenceState.BRIDGED, again)
    assert floor.dialled().count(CASE) == 1


def test_a_call_and_a_conference_that_began_at_once_find_each_other(floor: Floor, database: Database) -> None:
    with database.engine.begin() as connection:  # as one that could not see the other
        connection.exec_driver_sql("UPDATE citizen_call SET state = 'ended'")
    floor.start()
    with database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE citizen_call SET state = 'up'")
    floor.pass_by(1)
    for _ in range(2):
        floor.run(hearing.find_call, CASE, LINES)
    assert (floor.last(CITIZEN).id, len(floor.hung_up())) == (CALL, 1)
    assert [one.command for one in floor.asked].count(legs_pb2.LEG_COMMAND_JOIN) == 1


def test_a_work_item_of_the_agents_own_may_be_what_it_is_about(floor: Floor, clock: Clock) -> None:
    ready(floor.database, "kim")
    queue(floor.database, clock, CASE)
    (offer,) = floor.database.run(offers.pending_of, "kim")
    item = floor.database.run(desk.accept_offer, offer.id, "kim")
    with pytest.raises(NotFound):
        floor.start(leader=Leader("lee"), case_id="", work_item_id=item.id)
    assert floor.start(case_id="", work_item_id=item.id).row.case_id == CASE


def test_calls_that_are_over_are_not_taken_onto_the_bridge_and_are_forgotten(floor: Floor, clock: Clock) -> None:
    floor.hear(CALL, LegState.ENDED, reason="done", case_id=CASE)
    floor.hear(CALL, LegState.UP, case_id=CASE)
    floor.start()
    assert CASE in floor.dialled()
    assert floor.run(calls.forget_calls, clock().timestamp() + 1) == 1


def test_conferences_are_listed_newest_first_and_the_active_ones_alone(floor: Floor, clock: Clock) -> None:
    first = floor.start().row.id
    floor.run(conferencing.end, first, CHIEF, "끝")
    clock.pass_by(1)
    second = floor.start(request_id="r-2").row.id
    every = floor.run(conferencing.list_conferences, None, 10, active=False)
    assert [one.row.id for one in every] == [second, first]
    after = (every[0].row.started_at, second)
    assert [one.row.id for one in floor.run(conferencing.list_conferences, after, 10, active=False)] == [first]
    (active,) = floor.run(conferencing.list_conferences, None, 10, active=True)
    assert (active.row.id, len(active.legs)) == (second, 3)


def test_a_ladder_that_changes_leaves_conferences_under_way_alone(floor: Floor) -> None:
    floor.run(conferencing.put_ladder, Ladder("night", (Rung(WORKS),), 1))
    floor.start(None, ladder_id="night")
    floor.run(conferencing.put_ladder, Ladder("night", (Rung(POLICE),), 5))
    floor.up(AGENT_ROLE)
    floor.pass_by(NOT_ANSWERED_S)
    assert floor.dialled() == ["kim", "works", CHIEF_LINE]
