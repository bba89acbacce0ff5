"""Mailings on both databases: who is on a list, what leaves when, what a death leaves behind, what receipts change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from hub120.outreach.v1 import events_pb2

from chassis.database import Database, Tx
from chassis.errors import InvalidArgument, PreconditionFailed
from services.outreach.domain.contact_rules import RuleKind
from services.outreach.domain.mailings import (
    Kind,
    MailingState,
    NewMailing,
    Reason,
    Recipient,
    RecipientState,
    Step,
    Text,
    Urgency,
)
from services.outreach.domain.quiet_hours import HOME_ZONE, Place
from services.outreach.store import mailings, recipients
from services.outreach.tables import metadata
from services.outreach.use_cases import contact_rules, mailing, receipts, rehearsing, sending_parts, surveying
from services.outreach.use_cases.mailing import Reader
from services.outreach.use_cases.sending_parts import Job, Message, Turn
from tests.integration.databases import Clock, sent_by, shared

both, clock, database = shared("outreach", metadata)

SMS, APP = Step("sms", "phone"), Step("app", "account")
READER = Reader("park", "ListUnreached", "to call them")
NIGHT = datetime(2026, 5, 4, 13, 0, tzinfo=UTC)
"""22 o'clock in Seoul."""


def draft(database: Database, **changed: Any) -> str:
    """A mailing with nobody on its list."""
    new: dict[str, Any] = {
        "id": str(uuid4()), "kind": Kind.CAMPAIGN, "urgency": Urgency.BULK, "title": "Vaccination", "steps": (SMS,),
        "texts": (Text("", "ko", "{name}님, 예방접종 하세요"), Text("", "en", "Get vaccinated, {name}")),
        "created_by": "kim", "needs_approval_above": 1000,
    }  # fmt: skip
    new |= changed
    database.run(mailing.open_mailing, NewMailing(**new))
    return str(new["id"])


def written(database: Database, people: Sequence[Recipient] | int = 3, **changed: Any) -> str:
    """A mailing whose list is complete."""
    mailing_id = draft(database, **changed)
    mailing.expand(database, mailing_id, some(people) if isinstance(people, int) else people)
    return mailing_id


def some(many: int) -> list[Recipient]:
    return [Recipient({"phone": f"010-1234-{number:04}"}, "ko", "11", {"name": f"n{number}"}) for number in range(many)]


def started(database: Database, people: Sequence[Recipient] | int = 3, **changed: Any) -> str:
    mailing_id = written(database, people, **changed)
    database.run(mailing.start, mailing_id, "lee")
    return mailing_id


def parts_out(database: Database) -> list[events_pb2.SendPart]:
    """The tasks of what is due now."""
    _, sent = sent_by(database, sending_parts.dispatch_due, lambda _: True)
    return [events_pb2.SendPart.FromString(one.body) for one in sent]


def begun(database: Database, task: events_pb2.SendPart, *, repeatable: bool = False) -> tuple[Job, list[Message]]:
    """A part, and its first slice."""
    job = database.run(sending_parts.begin, task.part_id, repeatable=repeatable)
    assert job is not None
    return job, database.run(sending_parts.take_turn, job, Turn(), 100, repeatable=repeatable)


def send_all(database: Database, state: RecipientState = RecipientState.SENT) -> list[Message]:
    """Send whatever is due, all with this end."""
    everything = []
    for task in parts_out(database):
        job, messages = begun(database, task)
        results = [
            job.onward(one.id, Reason.REJECTED) if state is RecipientState.FAILED else job.settled(one.id, state)
            for one in messages
        ]
        database.run(sending_parts.record, job, Turn(results))
        database.run(sending_parts.finish, job, 0.0)
        everything += messages
    return everything


def counted(database: Database, mailing_id: str) -> dict[str, int]:
    _, by_variant, _ = database.run(mailing.counts, mailing_id)
    return {state: many for found in by_variant.values() for state, many in found.items()}


def state_of(database: Database, mailing_id: str) -> str:
    return str(database.run(mailing.of, mailing_id).state)


def test_a_person_is_on_a_list_once_however_the_number_is_written(database: Database) -> None:
    spellings = ["010-1234-5678", "+82 10 1234 5678", "+821012345678", "(010) 1234 5678"]
    mailing_id = written(database, [Recipient({"phone": one}) for one in spellings])
    assert counted(database, mailing_id) == {"queued": 1}
    assert database.run(mailing.of, mailing_id).duplicates == 3


def test_who_has_no_usable_address_is_not_put_on_the_list(database: Database) -> None:
    mailing_id = written(database, [Recipient({"phone": "not a number"}), *some(1), Recipient({"email": "a@b.kr"})])
    assert counted(database, mailing_id) == {"queued": 1, "skipped": 1}
    _, _, reasons = database.run(mailing.counts, mailing_id)
    assert reasons == {"no_road": 1}


def test_each_gets_the_text_in_their_language_with_their_name(database: Database, clock: Clock) -> None:
    people = [Recipient({"phone": "010-1111-2222"}, "en-US", "", {"name": "Ann"}), *some(1)]
    mailing_id = started(database, people)
    texts = {one.address: (one.text, one.language) for one in send_all(database)}
    assert texts == {
        "+821011112222": ("Get vaccinated, Ann", "en"),
        "+821012340000": ("n0님, 예방접종 하세요", "ko"),
    }
    assert counted(database, mailing_id) == {"sent": 2}
    assert state_of(database, mailing_id) == "done"


def test_many_need_the_approval_of_somebody_who_did_not_write_it(database: Database) -> None:
    mailing_id = written(database, 3, needs_approval_above=2)
    for who, use_case, reason in (("kim", mailing.start, "NOT_APPROVED"), ("kim", mailing.approve, "OWN_MAILING")):
        with pytest.raises(PreconditionFailed) as refused:
            database.run(use_case, mailing_id, who)
        assert refused.value.reason == reason
    database.run(mailing.approve, mailing_id, "lee")
    assert database.run(mailing.approve, mailing_id, "choi").approved_by == "lee"
    assert database.run(mailing.start, mailing_id, "kim").state == MailingState.RUNNING
    assert database.run(mailing.approve, mailing_id, "lee").approved_by == "lee", "said again it was known"


def test_what_may_wait_waits_for_the_morning_of_the_place_and_life_safety_does_not(
    database: Database, clock: Clock
) -> None:
    clock.now = NIGHT
    database.run(mailings.put_place, Place("99", "America/Los_Angeles", time(21), time(8)))
    abroad = Recipient({"phone": "010-9999-9999"}, district="99110")
    quiet, urgent = started(database, [*some(2), abroad]), started(database, 2, urgency=Urgency.LIFE_SAFETY)
    sent = send_all(database)
    assert counted(database, urgent) == {"sent": 2}
    assert counted(database, quiet) == {"queued": 3}, "nothing that may wait leaves beside what is urgent"
    assert len(sent) == 2
    clock.now = datetime(2026, 5, 4, 15, 0, tzinfo=UTC)  # midnight in Seoul, 8 o'clock in Los Angeles
    assert [one.address for one in send_all(database)] == ["+821099999999"]
    clock.now = datetime(2026, 5, 4, 22, 59, tzinfo=UTC)
    assert send_all(database) == []
    clock.now = datetime(2026, 5, 4, 23, 0, tzinfo=UTC)
    assert len(send_all(database)) == 2
    assert state_of(database, quiet) == "done"


def test_who_opted_out_is_asked_about_when_the_list_is_made_and_again_when_it_leaves(database: Database) -> None:
    database.run(contact_rules.add_rule, "+82 10-1234-0000", RuleKind.DO_NOT_CALL, "", "park")
    mailing_id, notice = written(database), written(database, urgency=Urgency.LIFE_SAFETY)
    assert counted(database, mailing_id) == {"queued": 2, "skipped": 1}
    database.run(contact_rules.add_rule, "01012340001", RuleKind.OPTED_OUT, "sms", "park")
    database.run(contact_rules.add_rule, "01012340002", RuleKind.OPTED_OUT, "app", "park")
    database.run(mailing.start, mailing_id, "kim")
    assert [one.address for one in send_all(database)] == ["+821012340002"]
    _, _, reasons = database.run(mailing.counts, mailing_id)
    assert reasons == {"do_not_call": 1, "opted_out": 1}
    database.run(mailing.start, notice, "kim")
    assert len(send_all(database)) == 3, "life safety cannot be refused"


def test_whoever_says_no_by_one_address_or_to_the_provider_gets_nothing_there_any_more(database: Database) -> None:
    both_ways = [Recipient({"phone": f"0101234000{one}", "email": f"a{one}@b.kr"}) for one in range(3)]
    mail = Step("mail", "email")
    started(database, both_ways, steps=(mail,))
    database.run(contact_rules.add_rule, "A0@b.kr", RuleKind.OPTED_OUT, "", "park")
    (task,) = parts_out(database)
    job, (second, third) = begun(database, task)
    assert (second.address, third.address) == ("a1@b.kr", "a2@b.kr")
    skipped = job.settled(second.id, RecipientState.SKIPPED, Reason.OPTED_OUT.value)
    sent = job.settled(third.id, RecipientState.SENT)
    database.run(sending_parts.record, job, Turn([skipped, sent], [second.person_hash]))
    database.run(sending_parts.finish, job, 0.0)
    started(database, both_ways, steps=(mail,))
    assert [one.address for one in send_all(database)] == ["a2@b.kr"]
    started(database, both_ways)
    assert len(send_all(database)) == 2, "who said no by mail alone may be written to by SMS"


def test_a_part_is_not_sent_again_before_its_channel_may_be_asked(database: Database, clock: Clock) -> None:
    started(database)
    (task,) = parts_out(database)
    job, messages = begun(database, task)
    database.run(sending_parts.record, job, Turn([job.again(one.id, one.tries, 0.0) for one in messages]))
    database.run(sending_parts.finish, job, clock.now.timestamp() + 30)
    clock.pass_by(29)
    assert parts_out(database) == []
    clock.pass_by(1)
    assert len(send_all(database)) == 3


def test_what_was_being_sent_by_somebody_who_died_is_sent_again_only_where_a_repeat_is_known(
    database: Database,
) -> None:
    for repeatable, after in ((True, {"queued": 3}), (False, {"unsure": 3})):
        mailing_id = started(database)
        (task,) = parts_out(database)
        _, messages = begun(database, task, repeatable=repeatable)
        assert len(messages) == 3
        assert counted(database, mailing_id) == {"sending": 3}
        again = database.run(sending_parts.begin, task.part_id, repeatable=repeatable)  # the task is delivered again
        assert again is not None
        assert counted(database, mailing_id) == after
        repeated = database.run(sending_parts.take_turn, again, Turn(), 100, repeatable=repeatable)
        assert {one.id for one in repeated} == ({one.id for one in messages} if repeatable else set())
        database.run(sending_parts.finish, again, 0.0)
    assert database.run(mailing.resolve_unsure, mailing_id, "lee", send_again=True) == 3
    assert len(send_all(database)) == 3
    assert counted(database, mailing_id) == {"sent": 3}


def test_a_result_of_somebody_who_was_thought_dead_still_counts(database: Database) -> None:
    mailing_id = started(database)
    (task,) = parts_out(database)
    job, messages = begun(database, task)
    database.run(sending_parts.begin, task.part_id, repeatable=False)
    database.run(sending_parts.record, job, Turn([job.settled(one.id, RecipientState.SENT) for one in messages]))
    assert counted(database, mailing_id) == {"sent": 3}


def test_a_channel_that_fails_or_does_not_deliver_in_time_makes_way_for_the_next(
    database: Database, clock: Clock
) -> None:
    everywhere = [Recipient({"phone": f"0101234000{one}", "account": f"a{one}"}) for one in range(3)]
    mailing_id = started(database, [*everywhere, *some(9)[8:]], steps=(APP, SMS), wait_s=60)
    messages = send_all(database)
    assert sorted(one.address for one in messages) == ["a0", "a1", "a2"]
    assert [one.address for one in send_all(database)] == ["+821012340008"], "without an account, by SMS at once"
    first, second, third = sorted(messages, key=lambda one: one.address)
    database.run(receipts.take_report, "app", first.id, b"", RecipientState.DELIVERED)
    database.run(receipts.take_report, "app", second.id, b"", RecipientState.FAILED)
    assert [one.id for one in send_all(database)] == [second.id]
    clock.pass_by(61)
    assert database.run(sending_parts.look_after) == 2
    assert [one.id for one in send_all(database)] == [third.id]
    database.run(receipts.take_report, "app", third.id, b"", RecipientState.FAILED)
    assert counted(database, mailing_id) == {"delivered": 1, "sent": 3}, (
        "a report on the channel before changes nothing"
    )
    database.run(receipts.take_report, "sms", third.id, b"", RecipientState.FAILED)
    (called,) = [one for one in database.run(mailing.unreached, mailing_id, 0, 10, READER) if one.row.id == third.id]
    assert called.phone == "+821012340002"
    assert [row.action for row in database.run(mailings.trail, mailing_id)][-1] == "ListUnreached"


@pytest.mark.parametrize("taken_up", [False, True])
def test_a_part_that_nobody_moves_is_asked_for_again(database: Database, clock: Clock, taken_up: bool) -> None:
    started(database)
    (task,) = parts_out(database)
    if taken_up:
        begun(database, task)
    clock.pass_by(sending_parts.FORGOTTEN_S)
    assert parts_out(database) == []
    clock.pass_by(1)
    assert parts_out(database) == [task]


def test_reports_come_before_the_sending_is_recorded_and_twice(database: Database) -> None:
    mailing_id = started(database, 1)
    (task,) = parts_out(database)
    job, (message,) = begun(database, task)
    known = database.keys.keyed_hash("provider_id", "SM1")
    assert not database.run(receipts.take_report, "sms", "", known, RecipientState.DELIVERED)
    database.run(sending_parts.record, job, Turn([job.settled(message.id, RecipientState.SENT, provider=known)]))
    assert database.run(receipts.adopt_reports) == 1
    assert database.run(receipts.adopt_reports) == 0
    assert counted(database, mailing_id) == {"delivered": 1}
    for state in (RecipientState.READ, RecipientState.DELIVERED, RecipientState.FAILED, RecipientState.READ):
        assert database.run(receipts.take_report, "sms", "", known, state)
    assert counted(database, mailing_id) == {"read": 1}


def test_life_safety_goes_first_and_the_rest_steps_aside(database: Database) -> None:
    slow = started(database)
    (task,) = parts_out(database)
    job, _ = begun(database, task)
    urgent = started(database, 1, urgency=Urgency.LIFE_SAFETY)
    (first,) = parts_out(database)
    assert database.run(sending_parts.take_turn, job, Turn(), 100, repeatable=False) == []
    assert database.run(sending_parts.begin, first.part_id, repeatable=False).mailing_id == urgent  # type: ignore[union-attr]
    assert state_of(database, slow) == "running"


def test_while_life_safety_leaves_a_connector_is_not_asked_for_what_may_wait(database: Database) -> None:
    started(database, 1, urgency=Urgency.LIFE_SAFETY)
    (urgent,) = parts_out(database)
    started(database)
    assert parts_out(database) == []
    job, (message,) = begun(database, urgent)
    database.run(sending_parts.record, job, Turn([job.settled(message.id, RecipientState.SENT)]))
    _, (task,) = sent_by(database, sending_parts.finish, job, 0.0)
    assert events_pb2.SendPart.FromString(task.body).part_id != urgent.part_id, "now it is asked for the rest"


@pytest.mark.parametrize(("hour", "minute", "leaves"), [(21, 59, 1), (22, 0, 0), (6, 59, 0), (7, 0, 1)])
def test_a_centre_may_say_when_it_is_quiet_everywhere(
    database: Database, clock: Clock, hour: int, minute: int, leaves: int
) -> None:
    database.run(mailings.put_place, Place("", HOME_ZONE, time(22), time(7)))
    clock.now = datetime(2026, 5, 4, hour, minute, tzinfo=ZoneInfo(HOME_ZONE)).astimezone(UTC)
    started(database, 1)
    assert len(send_all(database)) == leaves


def test_so_many_districts_have_quiet_hours_of_their_own_and_any_of_them_may_be_changed(database: Database) -> None:
    def at(district: str, hour: int) -> Place:
        return Place(district, HOME_ZONE, time(hour), time(8))

    def everywhere(tx: Tx) -> None:
        for number in range(contact_rules.MOST_PLACES):
            mailings.put_place(tx, at(f"{number:05}", 21))

    database.run(everywhere)
    with pytest.raises(PreconditionFailed) as refused:
        database.run(contact_rules.put_quiet_hours, at("99999", 20), "lee")
    assert refused.value.reason == "TOO_MANY_PLACES"
    database.run(contact_rules.put_quiet_hours, at("00000", 20), "lee")
    assert at("00000", 20) in database.read(mailings.places)


def test_a_dry_run_costs_nothing_for_who_gets_nothing(database: Database) -> None:
    database.run(contact_rules.add_rule, "010-1234-0000", RuleKind.DO_NOT_CALL, "", "park")
    found = rehearsing.dry_run(database, written(database), {"sms": 20.0})
    assert ([one.recipients for one in found.costs], found.total_won, found.unreachable) == ([2], 40.0, 1)


def test_each_draws_one_of_the_starting_times_and_the_times_are_compared(database: Database, clock: Clock) -> None:
    now = clock.now.timestamp()
    mailing_id = started(database, 40, starts=(now, now + 7200), needs_approval_above=100)
    morning = send_all(database)
    assert 5 < len(morning) < 35
    clock.pass_by(7201)
    assert len(morning) + len(send_all(database)) == 40
    _, by_variant, _ = database.run(mailing.counts, mailing_id)
    assert by_variant[0] == {"sent": len(morning)}
    assert by_variant[1] == {"sent": 40 - len(morning)}


def test_a_pace_spreads_the_parts_over_time(database: Database, clock: Clock) -> None:
    started(database, 30, pace_per_s=1.0)
    assert len(send_all(database)) == 10
    clock.pass_by(5)
    assert send_all(database) == []
    clock.pass_by(5)
    assert len(send_all(database)) == 10


def test_addresses_and_texts_are_sealed(database: Database) -> None:
    mailing_id = written(database)
    (row, *_) = database.run(recipients.page, mailing_id, 0, 10)
    assert b"1012340000" not in bytes(row.details)
    assert database.run(recipients.opened, row) == ({"phone": "+821012340000"}, {"name": "n0"})


def test_a_closed_case_is_asked_about_once_and_the_answer_told_once(database: Database, clock: Clock) -> None:
    for _ in range(2):
        database.run(surveying.case_closed, "c1", 100)
    database.run(surveying.case_closed, "c2", 0)
    ((survey_id, case_id),) = database.run(surveying.take_due, 16)
    assert (case_id, database.run(surveying.take_due, 16)) == ("c1", [])
    clock.pass_by(31)
    assert len(database.run(surveying.take_due, 16)) == 1, "intake did not answer: it is asked again"
    database.run(surveying.brought, survey_id, told=True)
    assert sent_by(database, surveying.answered, survey_id, "")[1] == []
    _, (told,) = sent_by(database, surveying.answered, survey_id, "4")
    given = events_pb2.SatisfactionGiven.FromString(told.body)
    assert (given.case_id, given.score) == ("c1", 4)
    assert sent_by(database, surveying.answered, survey_id, "5")[1] == []
    assert sent_by(database, surveying.answered, "another", "5")[1] == []


def test_a_step_that_leads_nowhere_is_refused(database: Database) -> None:
    for steps in ((), (Step("sms", "pigeon"),)):
        with pytest.raises(InvalidArgument, match="steps"):
            written(database, steps=steps)
    with pytest.raises(InvalidArgument, match="Korean"):
        written(database, texts=(Text("", "en", "Hello"),))
