"""Check-in calls on both databases: planned, called, asked about at others', visited, and answered with a sheet."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hub120.outreach.v1 import events_pb2

from chassis.errors import Conflict, InvalidArgument, PreconditionFailed
from services.outreach.domain.check_ins import Outcome
from services.outreach.domain.errands import ToCall, ToOffice
from services.outreach.store import sheets
from services.outreach.store.people import Details
from services.outreach.tables import metadata
from services.outreach.use_cases import (
    calling_people,
    people,
    planning,
    reading,
    referring,
    seeking,
    sending,
    sheet_answers,
)
from services.outreach.use_cases.people import Reader
from tests.integration.check_in_desk import (
    ANSWERED,
    CENTRE,
    DAUGHTER,
    NO_ANSWER,
    NOT_TAKEN,
    NUMBER,
    OFFICE,
    UNKNOWN,
    Desk,
    S,
)
from tests.integration.databases import led, shared
from tests.integration.routing_floor import rows

both, clock, database = shared("outreach", metadata)


desk = led(Desk)


def test_an_old_person_who_does_not_answer_is_found_and_gets_what_they_need(desk: Desk) -> None:
    desk.opens()
    desk.call(NO_ANSWER, work_s=60)
    assert desk.stands() is S.NO_ANSWER
    desk.until(12)
    (called,) = desk.events(events_pb2.CallWanted)[-1:]
    desk.carry()
    (again,) = desk.events(events_pb2.CallWanted)[-1:]
    assert called.request_id != again.request_id
    assert (again.purpose, again.case_id) == ("check_in", called.case_id)
    assert list(again.preferred_agent_ids) == ["kim", "lee"]
    desk.ends(NO_ANSWER, work_s=60)
    assert desk.stands() is S.SECOND_CONTACT
    (daughter,) = desk.carry()
    assert isinstance(daughter.load, ToCall)
    assert (daughter.load.telephone, daughter.load.name) == (DAUGHTER, "김딸")
    assert desk.row.case_id == called.case_id, "the person's, not their daughter's"
    desk.ends(ANSWERED, talk_s=120, work_s=200)
    assert desk.row.tried == "morning afternoon", "when they were called themselves, not their daughter"
    desk.says(Outcome.NOT_FOUND, note="일주일째 연락이 없음")
    assert desk.stands() is S.LOCAL_OFFICE
    (office,) = desk.carry()
    assert isinstance(office.load, ToCall)
    assert office.load.telephone == OFFICE
    desk.ends(ANSWERED)
    desk.orders_visit()
    assert desk.stands() is S.VISIT_ORDERED
    assert desk.row.escalation == ""
    desk.says(Outcome.IN_NEED, note="쌀이 떨어짐", needs=["food"])
    assert (desk.stands(), desk.row.due_at) == (S.VISITED, None)
    desk.run(referring.referral_moved, "ref-1", desk.row.case_id, "consented")
    for _ in range(2):
        desk.run(referring.referral_moved, "ref-1", desk.row.case_id, "confirmed")
    figures = desk.figures()
    assert (figures.attempts, figures.talk_s, figures.work_s, figures.visits) == (4, 120, 320, 1)
    assert (figures.needs, figures.referred, figures.helped, figures.states) == (1, 1, 1, {"visited": 1})
    kinds = [one.kind for one in desk.entries()]
    assert [one.sequence for one in desk.entries()] == list(range(1, len(kinds) + 1))
    assert kinds.count("call_ended") == 4
    assert kinds[-3:] == ["need", "referral", "referral"]


def test_who_answers_is_completed_by_the_sheet_with_signs_that_are_questions(desk: Desk) -> None:
    desk.opens()
    desk.call(ANSWERED, talk_s=300, work_s=400)
    assert desk.stands() is S.ANSWERED
    for _ in range(2):
        desk.submits({"wishes": "혼자라서 외로워요. 보일러가 고장났어요"}, needs=["heating", "heating"])
    assert (desk.stands(), desk.row.attempts) == (S.COMPLETED, 1)
    found = {row.kind: (row, words) for row, words in desk.database.read(reading.signs, desk.check_in_id)}
    assert {kind: words for kind, (_, words) in found.items()} == {
        "loneliness": "혼자라서",
        "cold": "보일러가 고장났어요",
    }
    assert (desk.figures().open_signs, desk.figures().needs) == (1, 1)
    cold = found["cold"][0].id
    for _ in range(2):
        desk.run(sheet_answers.decide, cold, "kim", confirmed=True)
    with pytest.raises(Conflict):
        desk.run(sheet_answers.decide, cold, "lee", confirmed=False)
    assert (desk.figures().open_signs, desk.figures().confirmed_signs) == (0, 1)
    with pytest.raises(PreconditionFailed, match="has its sheet"):
        desk.submits(request_id="other")


def test_words_that_say_that_a_life_is_in_danger_reach_a_supervisor_at_once(desk: Desk) -> None:
    desk.opens()
    desk.call(ANSWERED)
    desk.submits({"caller_notes": "죽고 싶다고 하심"})
    row = desk.row
    assert (row.state, row.escalation) == ("completed", "life_safety")
    (listed,) = desk.database.read(reading.listed, "", None, 10, escalated=True)
    assert listed[0].id == row.id
    desk.run(seeking.take_escalation, row.id, "chief", settled=False)
    with pytest.raises(Conflict):
        desk.run(seeking.take_escalation, row.id, "boss", settled=True)
    assert desk.run(seeking.take_escalation, row.id, "chief", settled=True).escalation == ""
    with pytest.raises(PreconditionFailed, match="nobody wants"):
        desk.run(seeking.take_escalation, row.id, "chief", settled=True)


def test_answers_are_held_against_the_version_that_was_asked(desk: Desk) -> None:
    desk.opens()
    desk.call(ANSWERED)
    with pytest.raises(InvalidArgument, match="mood"):
        desk.submits({"mood": "9"})
    sheet = desk.database.read(sheet_answers.get_sheet, "living-alone", 0)
    assert desk.run(sheet_answers.put_sheet, sheet, "chief").version == 1
    shorter = desk.run(
        sheet_answers.put_sheet, type(sheet)(sheet.id, {"ko": "안부", "en": "Check"}, sheet.questions[:1]), "chief"
    )
    assert shorter.version == 2
    newest = desk.database.read(sheets.sheet, "living-alone", 0)
    assert newest is not None
    assert newest.version == 2
    desk.submits()
    kept = desk.run(reading.check_in, desk.check_in_id, "", Reader("kim", "GetCheckIn", "안부"))
    assert (kept.sheet_version, kept.answers["mood"]) == (1, "3")


def test_what_is_read_of_a_person_is_on_record(desk: Desk) -> None:
    desk.opens()
    desk.look()
    desk.carry()
    by_case = desk.run(reading.check_in, "", desk.row.case_id, Reader("kim", "GetCheckIn", "안부 전화"))
    assert (by_case.row.id, by_case.person.name, by_case.person.telephone) == (desk.check_in_id, "박영자", NUMBER)
    assert desk.trail() == [("kim", "PutPerson"), ("outreach", "OpenCallCase"), ("kim", "GetCheckIn")]
    desk.person(details=Details(notes="주민번호 410203-2345678, 귀가 어두우심"))
    told = desk.run(people.opened, desk.person_id, Reader("kim", "GetPerson", "안부 전화"))
    assert "2345678" not in told.details.notes
    kept = str(rows(desk.database, "SELECT * FROM person"))
    assert "박영자" not in kept
    assert NUMBER not in kept


def test_rounds_are_planned_a_week_ahead_within_windows_and_not_all_at_once(desk: Desk) -> None:
    for number in range(6):
        person_id = str(uuid4())
        desk.person(person_id, f"+8210555500{number:02}", windows=desk.windows(540, 555))
        desk.agrees(person_id)
        desk.enrol(person_id)
    times = [row.planned_at for row in desk.check_ins()]
    assert len(set(times)) == 5, "five fit into a quarter of an hour, at twenty an hour; the sixth shares a time"
    assert desk.days() == ["2026-09-14", "2026-09-21"]
    for _ in range(2):
        assert desk.run(planning.plan, desk.programme_id, CENTRE) == 0
    late = str(uuid4())
    desk.person(late, "+821055550099", windows=[])
    desk.agrees(late)
    desk.enrol(late)
    assert len(desk.check_ins()) == 7
    desk.clock.pass_by(5 * 86_400)
    desk.run(planning.plan, desk.programme_id, CENTRE)
    assert desk.days() == ["2026-09-14", "2026-09-21"], "Chuseok is skipped on its own days alone"


def test_who_has_no_time_on_a_day_is_shown_to_a_supervisor_who_moves_the_call(desk: Desk) -> None:
    desk.person(windows=[w for w in desk.windows(540, 600) if w.weekday != 1])
    desk.agrees()
    desk.enrol()
    (row,) = desk.check_ins(date(2026, 9, 21))
    assert (row.escalation, row.due_at) == ("no_window", None)
    later = row.planned_at + 3600
    with pytest.raises(InvalidArgument):
        desk.run(planning.move_check_in, row.id, later + 30 * 86_400, "chief", CENTRE)
    with pytest.raises(PreconditionFailed, match="nobody is called at that time"):
        desk.run(planning.move_check_in, row.id, row.planned_at + 14 * 3600, "chief", CENTRE)
    with pytest.raises(InvalidArgument):
        desk.run(planning.move_check_in, row.id, row.planned_at - 90 * 86_400, "chief", CENTRE)
    moved = desk.run(planning.move_check_in, row.id, later, "chief", CENTRE)
    assert (moved.escalation, moved.due_at) == ("", later)


def test_an_office_is_called_in_korean_whatever_the_person_speaks(desk: Desk) -> None:
    desk.programme(tries=1)
    desk.opens(second_agreed=False, language="vi")
    desk.call(NO_ANSWER)
    desk.carry()
    assert [one.language for one in desk.events(events_pb2.CallWanted)] == ["vi", "ko"]


def test_nobody_is_called_in_quiet_hours_and_a_call_that_nobody_takes_is_made_at_another_time(desk: Desk) -> None:
    desk.opens(windows=desk.windows(1140, 1260))
    desk.look()
    assert desk.stands() is S.PLANNED
    desk.until(19, 30)
    desk.carry()
    desk.until(21, 0)
    (unwanted,) = desk.events(events_pb2.CallUnwanted)
    desk.ends(NOT_TAKEN, errand_id=unwanted.request_id)
    row = desk.row
    assert (row.state, row.attempts, row.untaken) == ("planned", 0, 1)
    assert row.planned_at == desk.clock.now.timestamp() + 22 * 3600, "the next evening at seven"
    desk.clock.now += timedelta(hours=25)
    desk.look()
    assert desk.stands() is S.PLANNED, "the worker was down; ten in the evening is no time to call"
    desk.clock.now = desk.clock.now.fromtimestamp(desk.row.planned_at, desk.clock.now.tzinfo)
    desk.look()
    desk.carry()
    desk.ends(NOT_TAKEN)
    assert desk.row.escalation == "not_called", "the second time a supervisor hears of it"


def test_a_call_of_which_nothing_is_heard_was_not_made_and_who_answers_late_has_answered(desk: Desk) -> None:
    desk.opens(windows=desk.windows(540, 600))
    desk.until(9)
    desk.carry()
    lost = desk.row.errand_id
    desk.until(10)
    desk.pass_by(0.6)
    assert (desk.stands(), desk.row.errand_id) == (S.PLANNED, "")
    desk.ends(ANSWERED, errand_id=lost, talk_s=30)
    assert (desk.stands(), desk.row.talk_s) == (S.ANSWERED, 30)


def test_what_an_agent_says_of_a_call_counts_where_no_exchange_tells(desk: Desk) -> None:
    desk.opens()
    with pytest.raises(PreconditionFailed, match="nobody is being called"):
        desk.run(calling_people.report_call, desk.check_in_id, "kim", CENTRE, answered=True)
    desk.look()
    desk.carry()
    errand_id = desk.row.errand_id
    for _ in range(2):
        desk.run(calling_people.report_call, desk.check_in_id, "kim", CENTRE, answered=False)
    assert (desk.stands(), desk.row.attempts) == (S.NO_ANSWER, 1)
    desk.ends(UNKNOWN, errand_id=errand_id, work_s=90)
    assert (desk.stands(), desk.row.attempts, desk.row.work_s) == (S.NO_ANSWER, 1, 90)
    desk.submits()
    assert desk.stands() is S.COMPLETED, "they called themselves"


def test_an_office_with_a_system_gets_the_case_and_only_its_word_ends_the_search(desk: Desk) -> None:
    desk.programme(tries=1)
    desk.opens(second_agreed=False, office_department="gyeonggi")
    desk.call(NO_ANSWER)
    assert desk.stands() is S.LOCAL_OFFICE
    (handover,) = desk.carry()
    assert isinstance(handover.load, ToOffice)
    assert handover.load.case_id == desk.row.case_id
    with pytest.raises(PreconditionFailed, match="nobody is being called"):
        desk.run(calling_people.report_call, desk.check_in_id, "kim", CENTRE, answered=True)
    assert "박영자" in handover.load.text
    for state in ("submitted", "acknowledged", "acknowledged", "done"):
        desk.run(seeking.office_said, handover.errand_id, state, CENTRE)
    row = desk.row
    assert desk.errands()[-1].state == "ended"
    assert (row.state, row.visitor, row.visits, row.escalation) == ("visit_ordered", "gyeonggi", 1, "outcome_missing")
    desk.says(Outcome.IN_HOSPITAL)
    assert (desk.stands(), desk.row.escalation) == (S.VISITED, "")
    desk.says(Outcome.IN_HOSPITAL)
    with pytest.raises(PreconditionFailed, match="somebody has said"):
        desk.says(Outcome.WELL)


def test_silence_climbs_to_a_visit_and_a_visit_without_its_outcome_to_a_supervisor(desk: Desk) -> None:
    desk.programme(tries=1)
    desk.opens()
    desk.call(UNKNOWN)
    assert desk.stands() is S.SECOND_CONTACT
    desk.carry()
    desk.pass_by(2)
    assert desk.stands() is S.LOCAL_OFFICE
    desk.carry()
    desk.pass_by(4)
    row = desk.row
    assert (row.state, row.escalation, row.visitor) == ("visit_ordered", "office_silent", "")
    desk.orders_visit(hours=3)
    assert desk.row.escalation == ""
    desk.pass_by(4)
    assert desk.row.escalation == "visit_late"
    with pytest.raises(InvalidArgument, match="visit_by_time"):
        desk.says(Outcome.NOT_FOUND)
    desk.says(Outcome.NOT_FOUND, visit_by=desk.clock.now.timestamp() + 3600)
    assert (desk.stands(), desk.row.escalation, desk.row.visits) == (S.VISIT_ORDERED, "not_found", 2)
    desk.run(seeking.take_escalation, desk.check_in_id, "chief", settled=True)
    desk.pass_by(2)
    assert desk.row.escalation == "visit_late", "what is settled and not over comes back"
    desk.says(Outcome.DECEASED)
    assert desk.stands() is S.VISITED
    assert {row.state for row in desk.check_ins(date(2026, 9, 21))} == {"cancelled"}, "nobody calls there again"
    assert desk.run(planning.plan, desk.programme_id, CENTRE) == 0


def test_nobody_says_how_somebody_is_who_was_not_looked_for(desk: Desk) -> None:
    desk.opens()
    for _ in range(2):
        with pytest.raises(PreconditionFailed, match="nobody looks for them"):
            desk.says(Outcome.WELL)
        desk.look()
        desk.carry()
    assert desk.stands() is S.CALLING


def test_a_visit_of_which_nothing_is_heard_comes_back_an_hour_after_it_was_settled(desk: Desk) -> None:
    desk.programme(tries=1)
    desk.opens()
    desk.call(NO_ANSWER)
    desk.orders_visit(hours=3)
    desk.pass_by(3)
    assert (desk.row.escalation, desk.row.due_at) == ("visit_late", None)
    desk.run(seeking.take_escalation, desk.check_in_id, "chief", settled=True)
    desk.pass_by(0.9)
    assert desk.row.escalation == ""
    desk.pass_by(0.1)
    assert desk.row.escalation == "visit_late"


def test_somebody_without_anybody_is_visited_and_a_supervisor_says_by_whom(desk: Desk) -> None:
    desk.programme(tries=1)
    desk.opens(second_agreed=False, details=Details(address="수원"))
    desk.call(NO_ANSWER)
    assert (desk.stands(), desk.row.escalation) == (S.VISIT_ORDERED, "no_office")


def test_what_intake_refuses_leads_on(desk: Desk) -> None:
    desk.opens()
    desk.look()
    (loaded,) = desk.loaded()
    desk.run(sending.put_off, loaded.errand_id)
    assert desk.loaded() == [], "not before some seconds have passed"
    desk.clock.pass_by(6)
    (again,) = desk.loaded()
    desk.run(sending.refused, again.errand_id, "NO_ROAD", CENTRE)
    assert (desk.stands(), desk.row.untaken) == (S.PLANNED, 1)


def test_two_people_do_not_have_one_number_however_it_is_spelt(desk: Desk) -> None:
    desk.person()
    with pytest.raises(Conflict) as caught:
        desk.person(str(uuid4()))
    assert caught.value.reason == "TELEPHONE_TAKEN"
    desk.person(name_again := str(uuid4()), "+821033334445")
    assert desk.run(people.found, name_again).id == name_again


def test_who_leaves_a_programme_is_not_called_but_who_is_looked_for_still_is(desk: Desk) -> None:
    desk.opens()
    desk.call(NO_ANSWER)
    assert desk.run(planning.leave, desk.programme_id, desk.person_id, "kim") == 1
    assert desk.stands() is S.NO_ANSWER
    assert [row.state for row in desk.check_ins(date(2026, 9, 21))] == ["cancelled"]


def test_new_windows_move_what_is_planned_and_not_what_has_begun(desk: Desk) -> None:
    desk.opens(windows=desk.windows(540, 600))
    before = desk.row.planned_at
    desk.person(windows=desk.windows(660, 720))
    assert (desk.row.planned_at - before, desk.row.until_at - before) == (7200, 10_800)
    desk.person(windows=[one for one in desk.windows(660, 720) if one.weekday != 1])
    assert (desk.row.escalation, desk.row.due_at) == ("no_window", None)
    desk.person(windows=[])
    assert (desk.row.escalation, desk.row.due_at) == ("", desk.row.planned_at)
    desk.until(12)
    called = desk.row.planned_at
    desk.person(windows=desk.windows(1080, 1140))
    assert (desk.stands(), desk.row.planned_at) == (S.CALLING, called)


def test_a_referral_that_is_led_elsewhere_is_the_same_need(desk: Desk) -> None:
    desk.opens()
    desk.call(ANSWERED)
    desk.submits(needs=["food"])
    for referral_id, state in (("a", "declined"), ("a", "rerouted"), ("b", "consented"), ("c", "consented")):
        desk.run(referring.referral_moved, referral_id, desk.row.case_id, state)
    needs = desk.database.read(reading.with_needs, desk.row)[1]
    assert [(one.code, one.referral_id) for one in needs] == [("food", "b"), ("", "c")]
    desk.run(referring.referral_moved, "d", str(uuid4()), "consented")
    assert desk.figures().needs == 2, "of a case that is no check-in's"
