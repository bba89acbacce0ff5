"""Calls to recipients of mailings that are not made after all, on both databases: held, stopped, quiet, refused, or
needless."""

from __future__ import annotations

from typing import Any

import pytest

from services.outreach.domain.check_ins import LOST_S, CallResult
from services.outreach.domain.contact_rules import RuleKind
from services.outreach.domain.mailings import VOICE, MailingState, Recipient, RecipientState
from services.outreach.store import mailings
from services.outreach.tables import metadata
from services.outreach.use_cases import contact_rules, mailing, receipts, sending_parts
from tests.integration.databases import led, shared
from tests.integration.mailing_floor import CALLS, MORNING, Floor, reason_of
from tests.integration.test_mailings import (
    SMS,
    counted,
    send_all,
    started,
)

both, clock, database = shared("outreach", metadata)


floor = led(Floor)


@pytest.mark.parametrize("end", [mailing.pause, mailing.stop])
def test_held_and_stopped_mailings_take_their_calls_back(floor: Floor, end: Any) -> None:
    mailing_id = started(floor.database, 4, steps=(CALLS,), parallel_calls=3)
    (taken, waits, *_) = floor.calls()
    floor.run(end, mailing_id, "lee")
    assert len(floor.unwanted()) == 3
    floor.ends(taken, CallResult.ANSWERED)
    floor.ends(waits, CallResult.NOT_TAKEN)
    floor.clock.pass_by(LOST_S + 1)
    floor.look()
    assert floor.carry() == []
    while end is mailing.stop and floor.run(sending_parts.cross_out):
        pass
    after = {"delivered": 1, "queued": 3} if end is mailing.pause else {"delivered": 1, "skipped": 3}
    assert counted(floor.database, mailing_id) == after
    if end is mailing.pause:
        floor.run(mailing.start, mailing_id, "lee")
        floor.clock.pass_by(120)
        assert len(floor.calls()) == 3


def test_who_did_not_answer_before_a_mailing_was_stopped_was_called_all_the_same(floor: Floor) -> None:
    mailing_id = started(floor.database, 1, steps=(CALLS,), call_attempts=3)
    (call,) = floor.calls()
    floor.run(mailing.stop, mailing_id, "lee")
    floor.ends(call, CallResult.NO_ANSWER)
    assert reason_of(floor, mailing_id) == {"no_answer": 1}


def test_a_call_that_was_taken_back_once_is_waited_for_when_its_mailing_is_stopped(floor: Floor) -> None:
    mailing_id = started(floor.database, 1, steps=(CALLS,))
    (call,) = floor.calls()
    floor.run(mailing.pause, mailing_id, "lee")
    floor.run(mailing.stop, mailing_id, "lee")
    assert (floor.unwanted(), counted(floor.database, mailing_id)) == ([call], {"sending": 1}), "an agent may have it"
    floor.ends(call, CallResult.NO_ANSWER)
    assert reason_of(floor, mailing_id) == {"no_answer": 1}


def test_a_call_is_not_brought_to_intake_when_its_mailing_does_not_run_any_more(floor: Floor) -> None:
    mailing_id = started(floor.database, 1, steps=(CALLS,))
    floor.look()
    floor.run(mailings.move, mailing_id, MailingState.PAUSED)
    assert (floor.carry(), counted(floor.database, mailing_id)) == ([], {"queued": 1})


def test_a_call_is_not_brought_to_intake_when_somebody_was_reached_meanwhile(floor: Floor) -> None:
    mailing_id = started(floor.database, 1, steps=(SMS,))
    (message,) = send_all(floor.database, RecipientState.FAILED)
    floor.run(mailing.call_unreached, mailing_id, "lee", 5, 2)
    floor.look()
    floor.run(receipts.take_report, "sms", message.id, b"", RecipientState.DELIVERED)
    assert (floor.carry(), counted(floor.database, mailing_id)) == ([], {"delivered": 1})


def test_a_call_is_not_brought_to_intake_when_it_has_become_quiet(floor: Floor) -> None:
    floor.clock.now = MORNING.replace(hour=20, minute=59)
    mailing_id = started(floor.database, 1, steps=(CALLS,))
    floor.look()
    floor.clock.pass_by(60)
    assert (floor.carry(), counted(floor.database, mailing_id)) == ([], {"queued": 1})


def test_a_number_is_not_called_that_asked_for_that_by_whatever_its_person_is_known(floor: Floor) -> None:
    known = Recipient({"account": "a1", VOICE: "+821012340000"})
    mailing_id = started(floor.database, [known], steps=(CALLS,))
    floor.look()
    floor.run(contact_rules.add_rule, "010-1234-0000", RuleKind.DO_NOT_CALL, "", "park")
    assert (floor.carry(), reason_of(floor, mailing_id)) == ([], {"do_not_call": 1})


def test_calls_that_have_not_come_to_intake_end_with_the_mailing(floor: Floor) -> None:
    mailing_id = started(floor.database, 2, steps=(CALLS,))
    floor.look()
    floor.run(mailing.stop, mailing_id, "lee")
    assert counted(floor.database, mailing_id) == {"skipped": 2}
    assert (floor.carry(), floor.wanted(), floor.unwanted()) == ([], [], [])


def test_nobody_is_called_who_asked_not_to_be_before_or_after_the_call_is_wanted(floor: Floor) -> None:
    mailing_id = started(floor.database, 3, steps=(CALLS,))
    floor.look()
    floor.run(contact_rules.add_rule, "010-1234-0000", RuleKind.DO_NOT_CALL, "", "park")
    (second, third) = [one.errand_id for one in floor.carry()]
    assert reason_of(floor, mailing_id) == {"do_not_call": 1}
    floor.run(contact_rules.add_rule, "010-1234-0001", RuleKind.OPTED_OUT, VOICE, "park")
    floor.run(contact_rules.add_rule, "010-1234-0002", RuleKind.OPTED_OUT, "sms", "park")
    floor.look()
    assert floor.unwanted() == [second]
    floor.ends(second, CallResult.NOT_TAKEN)
    floor.ends(third, CallResult.ANSWERED)
    floor.clock.pass_by(61)
    assert floor.calls() == []
    assert reason_of(floor, mailing_id) == {"do_not_call": 1, "opted_out": 1}


@pytest.mark.parametrize("channel", ["", VOICE])
def test_a_call_that_is_wanted_is_taken_back_when_somebody_says_no_to_it(floor: Floor, channel: str) -> None:
    started(floor.database, 2, steps=(CALLS,))
    (call, _) = floor.calls()
    floor.run(contact_rules.add_rule, "010-1234-0000", RuleKind.DO_NOT_CALL, channel, "park")
    floor.run(contact_rules.add_rule, "010-1234-0001", RuleKind.OPTED_OUT, "sms", "park")
    floor.look()
    assert floor.unwanted() == [call]
