"""Mailings that are held, stopped or over, on both databases: what leaves then, by which channel, and
what does not any more."""

from __future__ import annotations

from typing import Any

import pytest

from chassis.database import Database
from chassis.errors import PreconditionFailed
from services.outreach.domain.mailings import (
    Recipient,
    RecipientState,
)
from services.outreach.tables import metadata
from services.outreach.use_cases import mailing, receipts, sending_parts
from services.outreach.use_cases.sending_parts import Turn
from tests.integration.databases import Clock, shared
from tests.integration.test_mailings import (
    APP,
    READER,
    SMS,
    begun,
    counted,
    draft,
    parts_out,
    send_all,
    some,
    started,
    state_of,
)

both, clock, database = shared("outreach", metadata)


def test_paused_and_stopped_mailings_hand_out_nothing(database: Database) -> None:
    mailing_id = started(database)
    (task,) = parts_out(database)
    database.run(mailing.pause, mailing_id, "lee")
    assert not database.run(sending_parts.may_go_on, mailing_id)
    assert database.run(sending_parts.begin, task.part_id, repeatable=False) is None
    database.run(mailing.start, mailing_id, "lee")
    (task,) = parts_out(database)
    database.run(mailing.stop, mailing_id, "lee")
    assert database.run(sending_parts.begin, task.part_id, repeatable=False) is None
    while database.run(sending_parts.cross_out):
        pass
    assert counted(database, mailing_id) == {"skipped": 3}
    assert parts_out(database) == []
    with pytest.raises(PreconditionFailed, match="stopped"):
        database.run(mailing.start, mailing_id, "lee")


def test_a_mailing_that_is_stopped_while_its_list_is_filled_has_nobody_left_who_waits(database: Database) -> None:
    mailing_id = draft(database)
    database.run(mailing.add_recipients, mailing_id, some(2))
    database.run(mailing.stop, mailing_id, "lee")
    with pytest.raises(PreconditionFailed, match="is complete"):
        database.run(mailing.add_recipients, mailing_id, some(3))
    while database.run(sending_parts.cross_out):
        pass
    assert counted(database, mailing_id) == {"skipped": 2}


@pytest.mark.parametrize("end", [mailing.pause, mailing.stop])
def test_a_sender_is_given_nothing_more_once_its_mailing_is_held_or_stopped(database: Database, end: Any) -> None:
    mailing_id = started(database)
    (task,) = parts_out(database)
    job = database.run(sending_parts.begin, task.part_id, repeatable=False)
    assert job is not None
    (first,) = database.run(sending_parts.take_turn, job, Turn(), 1, repeatable=False)
    database.run(end, mailing_id, "lee")
    turn = Turn([job.settled(first.id, RecipientState.SENT)])
    assert database.run(sending_parts.take_turn, job, turn, 1, repeatable=False) == []
    assert counted(database, mailing_id) == {"sent": 1, "queued": 2}


@pytest.mark.parametrize("dies", [False, True])
def test_what_a_sender_brings_back_after_the_stop_is_crossed_out_too(database: Database, dies: bool) -> None:
    mailing_id = started(database)
    (task,) = parts_out(database)
    job, (first, *others) = begun(database, task, repeatable=True)
    database.run(mailing.stop, mailing_id, "lee")
    assert not database.run(sending_parts.cross_out)
    assert counted(database, mailing_id) == {"sending": 3}
    if dies:  # another takes the task up
        assert database.run(sending_parts.begin, task.part_id, repeatable=True) is None
    else:
        sent = job.settled(first.id, RecipientState.SENT)
        turn = Turn([sent, *(job.again(one.id, one.tries - 1, 0.0) for one in others)])
        database.run(sending_parts.record, job, turn)
        database.run(sending_parts.finish, job, 0.0)
    assert not database.run(sending_parts.cross_out)
    assert counted(database, mailing_id) == ({"skipped": 3} if dies else {"sent": 1, "skipped": 2})


def in_two_ways(database: Database, **changed: Any) -> tuple[str, str]:
    """A mailing that is done, by the first of its channels; and its recipient."""
    everywhere = [Recipient({"phone": "01012340000", "account": "a"})]
    mailing_id = started(database, everywhere, steps=(APP, SMS), **changed)
    (message,) = send_all(database)
    assert state_of(database, mailing_id) == "done"
    return mailing_id, message.id


def test_a_failure_that_is_told_after_the_end_makes_way_for_the_next_channel(database: Database) -> None:
    mailing_id, recipient_id = in_two_ways(database)
    database.run(receipts.take_report, "app", recipient_id, b"", RecipientState.FAILED)
    assert state_of(database, mailing_id) == "running"
    assert [one.address for one in send_all(database)] == ["+821012340000"]


def test_whose_delivery_was_waited_for_while_a_mailing_was_held_go_by_the_next_channel(
    database: Database, clock: Clock
) -> None:
    mailing_id = started(database, [Recipient({"phone": "01012340000", "account": "a"})], steps=(APP, SMS), wait_s=60)
    send_all(database)
    database.run(mailing.pause, mailing_id, "lee")
    clock.pass_by(61)
    database.run(sending_parts.look_after)
    assert send_all(database) == []
    database.run(mailing.start, mailing_id, "lee")
    assert [one.address for one in send_all(database)] == ["+821012340000"]


def test_what_is_past_its_end_or_stopped_goes_by_no_other_channel(database: Database, clock: Clock) -> None:
    mailing_id, recipient_id = in_two_ways(database, ends_at=clock.now.timestamp() + 100)
    clock.pass_by(100)
    database.run(receipts.take_report, "app", recipient_id, b"", RecipientState.FAILED)
    assert (state_of(database, mailing_id), counted(database, mailing_id)) == ("done", {"failed": 1})
    stopped = started(database, [Recipient({"phone": "01012340000", "account": "a"})], steps=(APP, SMS), wait_s=60)
    (message,) = send_all(database)
    database.run(mailing.stop, stopped, "lee")
    database.run(receipts.take_report, "app", message.id, b"", RecipientState.FAILED)
    assert (counted(database, stopped), parts_out(database)) == ({"failed": 1}, [])


def test_whose_delivery_is_still_waited_for_is_not_unreached_and_not_called(database: Database, clock: Clock) -> None:
    mailing_id = started(database, 2, wait_s=60)
    first, _ = send_all(database)
    database.run(receipts.take_report, "sms", first.id, b"", RecipientState.DELIVERED)
    assert database.run(mailing.unreached, mailing_id, 0, 10, READER) == []
    assert database.run(mailing.call_unreached, mailing_id, "lee", 5, 2)[1] == 0
    clock.pass_by(61)
    database.run(sending_parts.look_after)
    assert counted(database, mailing_id) == {"delivered": 1, "queued": 1}, "now they are called"

    ended = started(database, 1, wait_s=60)
    send_all(database)
    clock.pass_by(61)
    database.run(sending_parts.look_after)
    assert state_of(database, ended) == "done"
    assert len(database.run(mailing.unreached, ended, 0, 10, READER)) == 1
    assert database.run(mailing.call_unreached, ended, "lee", 5, 2)[1] == 1


def test_of_a_stopped_mailing_nothing_is_sent_again_and_who_is_unsure_may_be_given_up(database: Database) -> None:
    mailing_id = started(database)
    (task,) = parts_out(database)
    begun(database, task)
    database.run(mailing.stop, mailing_id, "lee")
    assert database.run(sending_parts.begin, task.part_id, repeatable=False) is None
    with pytest.raises(PreconditionFailed) as refused:
        database.run(mailing.resolve_unsure, mailing_id, "lee", send_again=True)
    assert refused.value.reason == "MAILING_OVER"
    assert counted(database, mailing_id) == {"unsure": 3}
    assert database.run(mailing.resolve_unsure, mailing_id, "lee", send_again=False) == 3
    assert database.run(mailing.counts, mailing_id)[2] == {"given_up": 3}


def test_a_pace_goes_on_where_it_was_held(database: Database, clock: Clock) -> None:
    mailing_id = started(database, 30, pace_per_s=1.0)
    assert len(send_all(database)) == 10
    clock.pass_by(15)
    assert len(send_all(database)) == 10
    database.run(mailing.pause, mailing_id, "lee")
    database.run(mailing.start, mailing_id, "lee")
    clock.pass_by(5)
    assert len(send_all(database)) == 10


def test_a_mailing_that_was_held_at_its_end_or_has_nobody_on_its_list_is_done(database: Database) -> None:
    held, empty = started(database), started(database, 0)
    (task,) = parts_out(database)
    job, messages = begun(database, task)
    database.run(mailing.pause, held, "lee")
    database.run(sending_parts.record, job, Turn([job.settled(one.id, RecipientState.SENT) for one in messages]))
    database.run(sending_parts.finish, job, 0.0)
    database.run(mailing.start, held, "lee")
    database.run(sending_parts.look_after)
    assert {state_of(database, one) for one in (held, empty)} == {"done"}


def test_who_fails_while_the_next_channel_is_being_sent_is_sent_by_whoever_sends(database: Database) -> None:
    people = [Recipient({"phone": f"0101234000{one}", "account": f"a{one}"}) for one in range(2)]
    started(database, people, steps=(APP, SMS), wait_s=60)
    first, second = send_all(database)
    database.run(receipts.take_report, "app", first.id, b"", RecipientState.FAILED)
    (task,) = parts_out(database)
    job, (message,) = begun(database, task)
    database.run(receipts.take_report, "app", second.id, b"", RecipientState.FAILED)
    assert parts_out(database) == [], "one sender has the part"
    turn = Turn([job.settled(message.id, RecipientState.SENT)])
    (late,) = database.run(sending_parts.take_turn, job, turn, 100, repeatable=False)
    assert (message.id, late.id) == (first.id, second.id)
