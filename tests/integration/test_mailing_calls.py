"""Calls to recipients of mailings on both databases: never more than agents are set aside for, at their time, taken
back when they must not be made, and each result once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from hub120.intake.v1 import case_pb2

from chassis.database import Database
from chassis.errors import InvalidArgument, PreconditionFailed
from services.outreach.domain.calling_times import ZONE, Part, part_of
from services.outreach.domain.check_ins import LOST_S, CallResult
from services.outreach.domain.contact_rules import RuleKind
from services.outreach.domain.errands import ToCall
from services.outreach.domain.mailings import VOICE, Kind, Recipient, RecipientState, Step, Urgency
from services.outreach.store import mailings, recipients
from services.outreach.tables import metadata
from services.outreach.use_cases import calling_recipients, contact_rules, mailing, receipts, sending, sending_parts
from services.outreach.use_cases.sending_parts import Turn
from tests.integration.check_in_desk import CENTRE
from tests.integration.databases import led, shared
from tests.integration.mailing_floor import CALLS, MORNING, Floor, reason_of
from tests.integration.test_mailings import (
    APP,
    SMS,
    begun,
    counted,
    parts_out,
    send_all,
    some,
    started,
    state_of,
    written,
)

both, clock, database = shared("outreach", metadata)


floor = led(Floor)


def test_no_more_calls_are_wanted_at_once_than_agents_are_set_aside_for(floor: Floor) -> None:
    mailing_id = started(floor.database, 7, steps=(CALLS,), parallel_calls=3)
    first = floor.calls()
    assert len(first) == 3
    floor.clock.pass_by(5)
    assert floor.calls() == [], "three are under way"
    wanted = floor.wanted()[0]
    assert (wanted.purpose, wanted.priority_class) == ("campaign", case_pb2.PRIORITY_CLASS_BULK)
    floor.ends(first[0], CallResult.ANSWERED)
    floor.ends(first[1], CallResult.ANSWERED)
    floor.clock.pass_by(5)
    second = floor.calls()
    assert len(second) == 2
    for errand_id in (first[2], *second):
        for _ in range(2):
            floor.ends(errand_id, CallResult.ANSWERED)
    floor.clock.pass_by(5)
    third = floor.calls()
    assert len(third) == 2
    for errand_id in third:
        floor.ends(errand_id, CallResult.ANSWERED)
    floor.clock.pass_by(5)
    floor.look()
    assert counted(floor.database, mailing_id) == {"delivered": 7}
    assert state_of(floor.database, mailing_id) == "done"
    assert [row.action for row in floor.database.run(mailings.trail, mailing_id)].count("OpenCallCase") == 7


def test_two_workers_and_two_couriers_want_no_call_more_and_none_twice(floor: Floor) -> None:
    mailing_id = started(floor.database, 30, steps=(CALLS,), parallel_calls=7)

    def work(_: int) -> list[str]:
        while floor.database.run(calling_recipients.place):
            pass
        taken = floor.database.run(sending.take_due, 100, [])
        return [one for one in taken if floor.database.run(sending.load, one, CENTRE) is not None]

    with ThreadPoolExecutor(4) as pool:
        carried = [one for some_of_them in pool.map(work, range(4)) for one in some_of_them]
    assert len(set(carried)) == len(carried) == 7
    assert len({floor.whom(one) for one in carried}) == 7
    assert counted(floor.database, mailing_id) == {"sending": 7, "queued": 23}


def test_who_does_not_answer_is_called_at_another_time_of_the_day_and_in_the_end_is_unreached(floor: Floor) -> None:
    mailing_id = started(floor.database, 1, steps=(CALLS,), call_attempts=2)
    (first,) = floor.calls()
    for _ in range(2):
        floor.ends(first, CallResult.NO_ANSWER)
    assert counted(floor.database, mailing_id) == {"queued": 1}
    floor.clock.pass_by(600)
    assert floor.calls() == []
    (row,) = floor.database.run(recipients.page, mailing_id, 0, 10)
    assert part_of(row.due_at) is not Part.MORNING
    floor.clock.now = datetime.fromtimestamp(row.due_at, ZONE)
    (second,) = floor.calls()
    assert second != first
    floor.ends(first, CallResult.ANSWERED)
    assert counted(floor.database, mailing_id) == {"sending": 1}, "that call was known to have ended"
    floor.ends(second, CallResult.NO_ANSWER)
    assert reason_of(floor, mailing_id) == {"no_answer": 1}
    floor.clock.pass_by(5)
    floor.look()
    assert state_of(floor.database, mailing_id) == "done"
    assert floor.run(mailing.call_unreached, mailing_id, "lee", 5, 2)[1] == 0, "they were called"


def test_a_call_that_no_agent_takes_comes_back_and_is_no_attempt(floor: Floor) -> None:
    mailing_id = started(floor.database, 1, steps=(CALLS,), call_attempts=2)
    (first,) = floor.calls()
    floor.clock.pass_by(calling_recipients.UNTAKEN_S)
    floor.look()
    assert floor.unwanted() == [first]
    floor.ends(first, CallResult.NOT_TAKEN)
    floor.clock.pass_by(calling_recipients.COME_BACK_S)
    (second,) = floor.calls()
    floor.ends(second, CallResult.NO_ANSWER)
    assert counted(floor.database, mailing_id) == {"queued": 1}, "they were called once"
    (row,) = floor.database.run(recipients.page, mailing_id, 0, 10)
    floor.clock.now = datetime.fromtimestamp(row.due_at, ZONE)
    (third,) = floor.calls()
    floor.ends(third, CallResult.NO_ANSWER)
    assert counted(floor.database, mailing_id) == {"failed": 1}


def test_what_may_wait_is_not_called_in_quiet_hours_and_life_safety_is_and_before_others(floor: Floor) -> None:
    floor.clock.now = MORNING.replace(hour=20, minute=50)
    quiet = started(floor.database, 1, steps=(CALLS,))
    (evening,) = floor.calls()
    floor.clock.now = MORNING.replace(hour=21)
    urgent = started(floor.database, some(2)[1:], steps=(CALLS,), urgency=Urgency.LIFE_SAFETY, kind=Kind.NOTICE)
    (night,) = floor.calls()
    assert floor.unwanted() == [evening]
    floor.ends(evening, CallResult.NOT_TAKEN)
    wanted = floor.wanted()[-1]
    assert (wanted.purpose, wanted.priority_class) == ("notice", case_pb2.PRIORITY_CLASS_SAFETY)
    floor.ends(night, CallResult.NO_ANSWER)
    floor.clock.pass_by(calling_recipients.URGENT_AGAIN_S)
    assert len(floor.calls()) == 1, "where a life may depend on it they are called again soon"
    assert (counted(floor.database, quiet), counted(floor.database, urgent)) == ({"queued": 1}, {"sending": 1})
    floor.clock.now = MORNING.replace(day=5, hour=8)
    assert len(floor.calls()) == 1


def test_those_whom_nothing_reached_are_called_and_who_is_reached_meanwhile_is_not(floor: Floor) -> None:
    people = [*some(2), Recipient({"account": "a1"})]
    mailing_id = started(floor.database, people, steps=(SMS,))
    send_all(floor.database, RecipientState.FAILED)
    assert state_of(floor.database, mailing_id) == "done"
    row, many = floor.run(mailing.call_unreached, mailing_id, "lee", 5, 2)
    assert (many, [step.channel for step in mailings.steps(row)]) == (3, ["sms", VOICE])
    assert floor.run(mailing.call_unreached, mailing_id, "lee", 5, 2)[1] == 0
    (first, second) = floor.calls()
    assert reason_of(floor, mailing_id) == {"no_road": 1}
    late = floor.whom(first)
    floor.run(receipts.take_report, "sms", late, b"", RecipientState.DELIVERED)
    floor.look()
    assert floor.unwanted() == [first]
    floor.ends(first, CallResult.NOT_TAKEN)
    floor.ends(second, CallResult.UNKNOWN)
    assert counted(floor.database, mailing_id) == {"delivered": 1, "unsure": 1, "failed": 1}
    floor.clock.pass_by(5)
    floor.look()
    assert floor.run(mailing.resolve_unsure, mailing_id, "lee", send_again=True) == 1
    assert len(floor.calls()) == 1


def test_only_a_persons_word_queues_again_who_has_failed(floor: Floor) -> None:
    mailing_id = started(floor.database, 2, steps=(SMS,))
    (task,) = parts_out(floor.database)
    job, messages = begun(floor.database, task)
    for one in messages:
        floor.run(receipts.take_report, "sms", one.id, b"", RecipientState.FAILED)
    late = Turn([job.again(one.id, one.tries, 0.0) for one in messages])
    floor.run(sending_parts.record, job, late)
    assert counted(floor.database, mailing_id) == {"failed": 2}
    floor.run(contact_rules.add_rule, "010-1234-0000", RuleKind.DO_NOT_CALL, "", "park")
    assert floor.run(mailing.call_unreached, mailing_id, "lee", 5, 2)[1] == 2
    assert len(floor.calls()) == 1, "who asked not to be called is not, whatever a supervisor wants"


def test_calls_follow_the_channels_before_them(floor: Floor) -> None:
    people = [Recipient({"phone": f"010-1234-000{one}", "account": f"a{one}"}) for one in range(2)]
    mailing_id = started(floor.database, people, steps=(APP, CALLS), wait_s=60)
    messages = send_all(floor.database)
    assert floor.calls() == []
    floor.run(receipts.take_report, "app", messages[0].id, b"", RecipientState.READ)
    floor.clock.pass_by(61)
    floor.run(sending_parts.look_after)
    (errand_id,) = floor.calls()
    assert floor.whom(errand_id) == messages[1].id
    assert counted(floor.database, mailing_id) == {"read": 1, "sending": 1}


def test_without_an_exchange_they_wait_and_a_number_that_is_none_fails(floor: Floor) -> None:
    mailing_id = started(floor.database, 2, steps=(CALLS,))
    floor.look()
    first, second = floor.run(sending.take_due, 100, [])
    floor.run(sending.refused, first, "NO_ROAD", CENTRE)
    floor.run(sending.put_off, second)
    assert counted(floor.database, mailing_id) == {"queued": 1, "sending": 1}
    floor.run(sending.refused, second, "INVALID_ARGUMENT", CENTRE)
    assert reason_of(floor, mailing_id) == {"rejected": 1}
    floor.clock.pass_by(calling_recipients.NO_EXCHANGE_S)
    assert len(floor.calls()) == 1


def test_a_call_of_which_routing_never_tells_is_given_up_and_who_answered_after_all_has_answered(floor: Floor) -> None:
    mailing_id = started(floor.database, 1, steps=(CALLS,))
    (first,) = floor.calls()
    floor.clock.pass_by(calling_recipients.UNTAKEN_S)
    floor.look()
    floor.clock.pass_by(LOST_S)
    floor.look()
    assert counted(floor.database, mailing_id) == {"queued": 1}
    floor.clock.pass_by(60)
    (again,) = floor.calls()
    floor.ends(first, CallResult.NO_ANSWER)
    assert counted(floor.database, mailing_id) == {"sending": 1}, "they are being called anew"
    floor.ends(first, CallResult.ANSWERED)
    floor.look()
    assert (counted(floor.database, mailing_id), floor.unwanted()) == ({"delivered": 1}, [first, again])


def test_the_agent_reads_what_to_tell_and_says_how_it_ended(floor: Floor) -> None:
    mailing_id = started(
        floor.database, [Recipient({"phone": "01012340000"}, "en", "", {"name": "Ann"})], steps=(CALLS,)
    )
    floor.look()
    (loaded,) = floor.carry()
    assert loaded.load == ToCall("+821012340000", "Ann", "en")
    case_id = floor.wanted()[0].case_id
    told = floor.run(calling_recipients.told, case_id, "kim", "to call")
    assert (told.text, told.language, told.korean) == ("Get vaccinated, Ann", "en", "Ann님, 예방접종 하세요")
    assert floor.database.run(mailings.trail, mailing_id)[-1].actor == "kim"
    for _ in range(2):
        assert floor.run(calling_recipients.report_call, case_id, CENTRE, answered=True).state == "delivered"
    with pytest.raises(PreconditionFailed, match="nobody is being called"):
        floor.run(calling_recipients.report_call, case_id, CENTRE, answered=False)


def test_voice_is_the_last_step_and_a_mailing_that_has_not_left_has_nobody_unreached(database: Database) -> None:
    for steps in ((CALLS, SMS), (Step(VOICE, "account"),)):
        with pytest.raises(InvalidArgument, match="voice last"):
            written(database, steps=steps)
    with pytest.raises(PreconditionFailed) as refused:
        database.run(mailing.call_unreached, written(database), "lee", 5, 2)
    assert refused.value.reason == "MAILING_NOT_RUNNING"
