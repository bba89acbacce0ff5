"""Notices become automatic replies where the channel's rules allow it, and their answers are understood, on real
SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hub120.intake.v1 import events_pb2

from chassis.database import Database
from services.intake.domain.cases import CaseState
from services.intake.domain.contacts import Kept, NewContact, Sender
from services.intake.domain.notices import ANSWERED_WITHIN_S, AUTOMATIC, TRUE_FOR_S, Notice, NoticeKind, worded
from services.intake.store import replies
from services.intake.tables import metadata
from services.intake.use_cases import casework, noticing, receiving, replying
from tests.integration.databases import Clock, opened
from tests.integration.routing_floor import rows

CHANNEL = "web"


@pytest.fixture
def database(database_address: str, clock: Clock) -> Iterator[Database]:
    with opened(database_address, "intake", metadata, clock) as found:
        yield found


def write(database: Database, message_id: str, text: str = "도로가 파였어요", **more: Any) -> Kept:
    new = NewContact(CHANNEL, more.pop("medium", "text"), message_id, Sender("account", "visitor-7"), text, **more)
    return database.run(receiving.receive_contact, new, lambda waiting: waiting)


def whole(_: str, text: str) -> Sequence[str]:
    return [text]


def tell(database: Database, clock: Clock, case: Kept, notice_id: str = "n-1", **more: Any) -> bool:
    known: dict[str, Any] = {"kind": NoticeKind.POSITION, "offers_callback": True, "true_at": clock().timestamp()}
    notice = Notice(notice_id, case.case_id, "work-1", position=3, wait_s=None, texts={}, **known | more)
    channels = more.pop("channels", {CHANNEL})
    return database.run(noticing.tell_citizen, notice, channels, whole)


def asked(database: Database) -> list[tuple[str, str]]:
    found = [
        events_pb2.CallbackAsked.FromString(row["body"])
        for row in rows(database, "SELECT key, body FROM outbox ORDER BY seq")
        if row["key"].endswith("CallbackAsked")
    ]
    return [(one.work_item_id, one.channel) for one in found]


def test_a_notice_is_an_automatic_reply_and_told_twice_it_is_sent_once(database: Database, clock: Clock) -> None:
    case = write(database, "m-1")
    for _ in range(2):
        assert tell(database, clock, case)
    (reply,) = rows(database, "SELECT id, agent_id, state FROM reply")
    assert (reply["agent_id"], reply["state"]) == (AUTOMATIC, "queued")
    sending = database.run(replying.begin_sending, reply["id"], repeatable=False)
    assert sending is not None
    notice = Notice("n-1", case.case_id, "work-1", NoticeKind.POSITION, 3, None, True, {}, 0.0)
    assert sending.text == worded(notice, "ko")


def test_nothing_is_told_against_a_channels_rules(database: Database, clock: Clock) -> None:
    case = write(database, "m-1", reply_until=clock().timestamp() + 60)
    assert not database.run(
        noticing.tell_citizen,
        Notice("n-0", case.case_id, "w", NoticeKind.POSITION, 3, None, True, {}, clock().timestamp()),
        {"telegram"},
        whole,
    )
    clock.pass_by(60)
    assert not tell(database, clock, case)
    write(database, "m-2", medium="voice")
    assert not tell(database, clock, case)
    assert rows(database, "SELECT id FROM reply") == []


def test_nothing_is_told_that_is_true_no_more(database: Database, clock: Clock) -> None:
    case = write(database, "m-1")
    assert not tell(database, clock, case, true_at=clock().timestamp() - TRUE_FOR_S - 1)
    database.run(casework.take_up, case.case_id, "kim")
    assert not tell(database, clock, case)
    assert tell(database, clock, case, kind=NoticeKind.CALLBACK_OVER, offers_callback=False)
    database.run(casework.set_case_state, case.case_id, CaseState.CLOSED, "kim")
    assert not tell(database, clock, case, "n-2", kind=NoticeKind.CALLBACK_OVER)
    assert not database.run(
        noticing.tell_citizen,
        Notice("n-3", "no such case", "w", NoticeKind.OUTCOME, 0, None, False, {}, 0.0),
        {CHANNEL},
        whole,
    )


def test_one_is_the_answer_to_an_offer_and_taken_once(database: Database, clock: Clock) -> None:
    case = write(database, "m-1", "1")
    write(database, "m-2", "1")
    assert asked(database) == []
    tell(database, clock, case)
    write(database, "m-3", "몇 분이나 걸려요?")
    write(database, "m-4", "1")
    write(database, "m-5", "1")
    assert asked(database) == [("work-1", CHANNEL)]


def test_one_is_no_answer_after_a_person_wrote_or_long_after(database: Database, clock: Clock) -> None:
    case = write(database, "m-1")
    tell(database, clock, case)
    clock.pass_by(ANSWERED_WITHIN_S)
    write(database, "m-2", "1")
    tell(database, clock, case, "n-2")
    clock.pass_by(1)
    database.run(replying.reply_to_case, case.case_id, "kim", "r-1", "1번 출구인가요, 2번 출구인가요?", whole)
    write(database, "m-3", "1")
    assert asked(database) == []


def test_a_notice_waits_behind_what_was_written_before(database: Database, clock: Clock) -> None:
    case = write(database, "m-1")
    first = database.run(replying.reply_to_case, case.case_id, "kim", "r-1", "잠시만요", whole)
    tell(database, clock, case)
    behind = database.run(replies.followers, first.reply.id)
    assert len(behind) == 1
