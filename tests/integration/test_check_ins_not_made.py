"""Check-in calls that are not made, or not now, on both databases: consents that end, nights, and those whom another
makes needless."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from hub120.outreach.v1 import events_pb2

from chassis.errors import PreconditionFailed
from services.outreach.store import errands, rounds
from services.outreach.store import people as people_kept
from services.outreach.tables import metadata
from services.outreach.use_cases import (
    people,
    planning,
    sending,
)
from tests.integration.check_in_desk import ANSWERED, CENTRE, NO_ANSWER, NOT_TAKEN, Desk, S
from tests.integration.databases import led, shared

both, clock, database = shared("outreach", metadata)


desk = led(Desk)


def test_a_consent_that_is_withdrawn_calls_everything_off_at_once(desk: Desk) -> None:
    desk.opens()
    desk.look()
    desk.carry()
    assert desk.withdraws() == 2
    assert (desk.stands(), desk.row.reason) == (S.CANCELLED, "consent_withdrawn")
    (unwanted,) = desk.events(events_pb2.CallUnwanted)
    assert unwanted.request_id == desk.events(events_pb2.CallWanted)[0].request_id
    desk.pass_by(24 * 8)
    assert desk.loaded() == []
    assert desk.withdraws() == 0
    with pytest.raises(PreconditionFailed, match="has not agreed"):
        desk.enrol()
    desk.agrees(request_id="r-1")
    assert desk.run(people.found, desk.person_id).consent_id == "", "the same request is recorded once"
    desk.agrees(request_id="r-2")
    desk.enrol()


def test_a_consent_that_ends_while_the_courier_is_under_way_makes_no_call(desk: Desk) -> None:
    desk.opens()
    desk.look()
    (loaded,) = desk.loaded()
    desk.withdraws()
    desk.run(sending.given, loaded.errand_id, str(uuid4()), str(uuid4()))
    assert desk.events(events_pb2.CallWanted) == []


def test_who_agrees_anew_on_the_same_day_is_called_again_and_not_before(desk: Desk) -> None:
    desk.opens()
    desk.withdraws()
    assert desk.run(planning.plan, desk.programme_id, CENTRE) == 0
    assert [row.state for row in desk.check_ins()] == ["cancelled"]
    desk.agrees(request_id="r-2")
    assert desk.run(planning.plan, desk.programme_id, CENTRE) == 2
    assert sorted(row.state for row in desk.check_ins()) == ["cancelled", "planned"]


def test_a_check_in_that_was_planned_as_the_consent_ended_is_called_off(desk: Desk) -> None:
    desk.opens()
    desk.run(people_kept.end_consents, desk.person_id, "kim")
    desk.look()
    assert (desk.stands(), desk.row.reason) == (S.CANCELLED, "consent_withdrawn")
    assert desk.loaded() == []


def test_a_call_is_not_brought_to_intake_after_the_consent_ended(desk: Desk) -> None:
    desk.opens()
    desk.look()
    desk.run(people_kept.end_consents, desk.person_id, "kim")
    assert (desk.loaded(), desk.errands()[-1].state) == ([], "ended")
    assert desk.trail() == [("kim", "PutPerson")], "and nobody reads whom to call"


def test_a_call_that_comes_to_intake_too_late_in_the_evening_waits_for_the_morning(desk: Desk) -> None:
    desk.opens(windows=desk.windows(1230, 1260))
    desk.until(20, 30)
    desk.clock.now = desk.clock.now.replace(hour=21, minute=0)
    assert desk.loaded() == []
    assert desk.errands()[-1].due_at == desk.clock.now.replace(day=15, hour=8).timestamp()


def test_intake_is_asked_for_ever_and_never_less_often_than_every_five_minutes(desk: Desk) -> None:
    desk.opens()
    desk.look()
    (errand,) = desk.errands()
    desk.run(errands.keep, errand._replace(tries=5_000))
    desk.run(sending.put_off, errand.id)
    assert desk.errands()[-1].due_at == desk.clock.now.timestamp() + 300
    desk.pass_by(0.1)
    desk.carry()
    desk.run(sending.put_off, errand.id)
    assert desk.errands()[-1].due_at is None, "another api had brought it"


def test_what_is_in_a_couriers_hands_is_not_taken_again_and_holds_nothing_else_up(desk: Desk) -> None:
    desk.person(other := str(uuid4()), "+821055550001")
    desk.agrees(other)
    desk.enrol(other)
    desk.opens().pass_by(1)
    busy = desk.row.errand_id
    (free,) = desk.run(sending.take_due, 1, [busy])
    assert free != busy
    assert desk.run(sending.take_due, 100, []) == [busy]
    assert desk.run(sending.take_due, 100, []) == [], "each is taken for a while"


def test_a_programme_that_is_paused_plans_nobody_and_goes_on_where_it_was(desk: Desk) -> None:
    desk.programme(paused=True)
    desk.person()
    desk.agrees()
    desk.enrol()
    assert desk.days() == []
    desk.programme()
    assert desk.days() == ["2026-09-14", "2026-09-21"]


def test_planners_that_come_at_once_plan_everybody_once(desk: Desk) -> None:
    for number in range(8):
        desk.person(person_id := str(uuid4()), f"+8210555500{number:02}")
        desk.agrees(person_id)
        desk.run(rounds.enrol, desk.programme_id, person_id)
    with ThreadPoolExecutor(4) as pool:
        planned = pool.map(lambda _: desk.database.run(planning.plan, desk.programme_id, CENTRE), range(4))
    assert sorted(planned) == [0, 0, 0, 16]
    assert len({row.person_id for row in desk.check_ins()}) == len(desk.check_ins()) == 8


def test_calls_that_nobody_takes_count_in_a_row_alone(desk: Desk) -> None:
    desk.programme(tries=3)
    desk.opens()
    for result, untaken in ((NOT_TAKEN, 1), (NO_ANSWER, 0), (NOT_TAKEN, 1)):
        desk.clock.now = desk.clock.now.fromtimestamp(desk.row.planned_at, desk.clock.now.tzinfo)
        desk.call(result)
        assert desk.row.untaken == untaken
    assert (desk.stands(), desk.row.escalation) == (S.PLANNED, "")
    with pytest.raises(PreconditionFailed, match="it has begun"):
        desk.run(planning.move_check_in, desk.check_in_id, desk.row.planned_at + 60, "chief", CENTRE)
    before = desk.row.planned_at
    desk.person(windows=desk.windows(660, 720))
    assert desk.row.planned_at == before, "who was called once is called again when they were to be"


def test_who_is_called_again_after_some_hours_is_not_called_at_night(desk: Desk) -> None:
    desk.programme(hours={"retry": 14})
    desk.opens()
    desk.call(NO_ANSWER)
    assert desk.row.due_at == desk.clock.now.replace(day=15, hour=8, minute=0).timestamp()
    assert desk.row.until_at == desk.clock.now.replace(day=15, hour=21, minute=0).timestamp()


def test_nobody_is_called_in_the_minute_in_which_their_time_is_over(desk: Desk) -> None:
    desk.opens(windows=desk.windows(540, 600))
    desk.clock.now = desk.clock.now.replace(hour=10, minute=0)
    desk.look()
    morning = desk.clock.now.replace(day=15, hour=9).timestamp()
    assert (desk.stands(), desk.row.planned_at, desk.errands()) == (S.PLANNED, morning, [])


def test_others_are_not_called_at_night_and_have_their_time_from_the_morning_on(desk: Desk) -> None:
    desk.programme(tries=1)
    desk.opens(windows=desk.windows(1230, 1260))
    desk.until(20, 30)
    desk.carry()
    desk.until(20, 59)
    desk.clock.pass_by(120)
    desk.ends(NO_ANSWER)
    morning = desk.clock.now.replace(day=15, hour=8, minute=0).timestamp()
    assert (desk.stands(), desk.row.due_at, desk.errands()[-1].due_at) == (
        S.SECOND_CONTACT,
        morning + 2 * 3600,
        morning,
    )


def test_a_daughter_who_answers_late_is_not_the_person_and_is_not_called_for_nothing(desk: Desk) -> None:
    desk.programme(tries=1)
    desk.opens()
    desk.call(NO_ANSWER)
    desk.carry()
    daughter = desk.row.errand_id
    desk.pass_by(2)
    assert desk.stands() is S.LOCAL_OFFICE
    assert [one.request_id for one in desk.events(events_pb2.CallUnwanted)] == [daughter]
    desk.ends(ANSWERED, errand_id=daughter)
    assert desk.stands() is S.LOCAL_OFFICE, "nobody has spoken with them yet"


@pytest.mark.parametrize("found", ["a visit is ordered", "they answered a sheet"])
def test_whoever_is_asked_for_somebody_is_not_called_when_that_is_needless(desk: Desk, found: str) -> None:
    desk.programme(tries=1)
    desk.opens()
    desk.call(NO_ANSWER)
    desk.carry()
    daughter = desk.row.errand_id
    if found == "a visit is ordered":
        desk.orders_visit()
    else:
        desk.submits()
    assert [one.request_id for one in desk.events(events_pb2.CallUnwanted)] == [daughter]
    assert (desk.row.errand_id, desk.row.attempts) == ("", 1)


def test_what_a_department_has_it_keeps_when_they_answer_after_all(desk: Desk) -> None:
    desk.programme(tries=1)
    desk.opens(second_agreed=False, office_department="gyeonggi")
    desk.call(NO_ANSWER)
    desk.carry()
    desk.submits()
    assert desk.stands() is S.COMPLETED
    assert desk.events(events_pb2.CallUnwanted) == [], "nobody was called there"
