"""What other services have to say: citizens are told and asked, closed case or not, their answers are understood and
make no work; partners are written to; what must not leave any more does not. On real SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

import pytest
from hub120.intake.v1 import case_pb2, events_pb2

from chassis.database import Database
from chassis.errors import InvalidArgument, NotFound
from services.intake.domain.cases import CaseState
from services.intake.domain.contacts import Details, Kept, NewContact, Sender
from services.intake.domain.handovers import NewHandover
from services.intake.domain.partner_messages import PartnerMessage
from services.intake.domain.questions import Choice, Telling
from services.intake.domain.replies import ReplyState
from services.intake.tables import metadata
from services.intake.use_cases import (
    asking,
    casework,
    handing_over,
    receiving,
    replying,
    stopping,
    writing_to_partners,
)
from services.intake.use_cases.casework import Reader
from tests.integration.databases import Clock, shared
from tests.integration.routing_floor import rows
from tests.integration.test_noticing import tell as offer_callback

both, clock, database = shared("intake", metadata)

CHANNEL = "web"
ANSWERS = (Choice("helped", {"ko": "도움이 되었어요"}), Choice("not_helped", {"ko": "아니요"}))
READER = Reader("referral", "HandOverForAgent", "연계")


def write(database: Database, text: str, **more: Any) -> Kept:
    new = NewContact(
        CHANNEL, more.pop("medium", "text"), uuid4().hex, Sender("account", more.pop("who", "visitor-7")), text, **more
    )
    return database.run(receiving.receive_contact, new, lambda waiting: waiting)


def whole(_: str, text: str) -> Sequence[str]:
    return [text]


def ask(database: Database, case: Kept, *, leaves: ReplyState | None = ReplyState.SENT, **more: Any) -> str:
    telling = Telling(str(uuid4()), case.case_id, {"ko": "도움이 되었나요?"}, ANSWERS, 3600.0)
    assert database.run(asking.tell_citizen, telling, whole, more.pop("runs", lambda _: True))
    if leaves is not None:
        (reply,) = rows(database, "SELECT id FROM reply ORDER BY created_at DESC, id DESC LIMIT 1")
        assert database.run(replying.begin_sending, reply["id"], repeatable=True)
        database.run(replying.record_sending, CHANNEL, reply["id"], leaves)
    return telling.id


def told(database: Database, event: Any) -> list[Any]:
    found = rows(database, "SELECT key, body FROM outbox ORDER BY seq")
    return [event.FromString(row["body"]) for row in found if row["key"].endswith(event.DESCRIPTOR.name)]


def answers(database: Database) -> list[tuple[str, str]]:
    return [(one.message_id, one.choice) for one in told(database, events_pb2.CitizenAnswered)]


def close(database: Database, case: Kept) -> None:
    database.run(casework.set_case_state, case.case_id, CaseState.CLOSED, "kim")


def test_an_answer_goes_into_the_closed_case_and_makes_no_work(database: Database) -> None:
    case = write(database, "집이 없어요")
    close(database, case)
    question = ask(database, case)
    before = len(told(database, events_pb2.ContactReceived))
    kept = write(database, "1번이요")
    assert (kept.case_id, kept.case_number) == (case.case_id, case.case_number)
    assert answers(database) == [(question, "helped")]
    assert len(told(database, events_pb2.ContactReceived)) == before
    (row,) = rows(database, "SELECT state FROM cases")
    assert row["state"] == "closed"
    assert write(database, "1").case_id != case.case_id, "it is answered once"


def test_something_else_is_told_once_and_an_answer_may_still_come(database: Database) -> None:
    question = ask(database, write(database, "집이 없어요"))
    for text in ("누구세요?", "왜요?", "아니요", "1"):
        write(database, text)
    assert answers(database) == [(question, ""), (question, "not_helped")]


def test_nothing_answers_once_a_person_wrote_or_too_late_or_withdrawn(database: Database, clock: Clock) -> None:
    case = write(database, "집이 없어요")
    talked = ask(database, case)
    clock.pass_by(1)
    database.run(replying.reply_to_case, case.case_id, "kim", "r-1", "1번 출구로 오세요.", whole)
    write(database, "1")
    ask(database, write(database, "다른 사람이에요", who="visitor-8"))
    clock.pass_by(3600)
    write(database, "1", who="visitor-8")
    withdrawn = ask(database, write(database, "또 다른 사람", who="visitor-9"))
    database.run(asking.withdraw_question, withdrawn)
    write(database, "1", who="visitor-9")
    assert answers(database) == [(talked, "")]


def test_a_question_that_has_not_left_is_not_answered(database: Database) -> None:
    case = write(database, "집이 없어요")
    question = ask(database, case, leaves=ReplyState.PARKED)
    write(database, "1")
    assert answers(database) == []
    (reply,) = rows(database, "SELECT state FROM reply")
    assert reply["state"] == "sent", "it left with the answer to that message"
    write(database, "1")
    assert answers(database) == [(question, "helped")]
    assert [(one.message_id, one.sent) for one in told(database, events_pb2.CitizenTold)] == [(question, True)]


def test_a_later_question_or_offer_is_what_an_answer_is_about(database: Database, clock: Clock) -> None:
    case = write(database, "집이 없어요")
    ask(database, case)
    clock.pass_by(1)
    second = ask(database, case)
    clock.pass_by(1)
    assert offer_callback(database, clock, case, "n-1")
    write(database, "1")
    assert len(told(database, events_pb2.CallbackAsked)) == 1
    write(database, "아니요")
    assert answers(database) == [(second, "not_helped")]


def test_whoever_cannot_be_reached_in_writing_is_told_nothing(database: Database, clock: Clock) -> None:
    telling = Telling(str(uuid4()), "no such case", {"ko": "x"})
    with pytest.raises(NotFound):
        database.run(asking.tell_citizen, telling, whole, lambda _: True)
    for words in ({"medium": "voice"}, {"reply_until": clock().timestamp() - 1}):
        case = write(database, "", who=str(uuid4()), **words)
        assert not database.run(asking.tell_citizen, Telling("t", case.case_id, {"ko": "x"}), whole, lambda _: True)
    case = write(database, "안녕하세요")
    assert not database.run(asking.tell_citizen, Telling("t", case.case_id, {"ko": "x"}), whole, lambda _: False)
    assert rows(database, "SELECT id FROM reply") == []


@pytest.mark.parametrize(
    ("ways", "verdicts"),
    [
        ([ReplyState.SENT, ReplyState.DELIVERED, ReplyState.READ], [True]),
        ([ReplyState.UNKNOWN, ReplyState.DELIVERED], [False, True]),
        ([ReplyState.FAILED], [False]),
    ],
)
def test_who_asked_hears_whether_it_left_and_again_only_if_it_turns_out_otherwise(
    database: Database, ways: list[ReplyState], verdicts: list[bool]
) -> None:
    ask(database, write(database, "집이 없어요"), leaves=ways[0])
    (reply,) = rows(database, "SELECT id FROM reply")
    for state in ways[1:]:
        database.run(replying.record_receipt, CHANNEL, reply_id=reply["id"], provider_id="", state=state, failure="")
    assert [one.sent for one in told(database, events_pb2.CitizenTold)] == verdicts


def handover(case: Kept, text: str = "쉼터가 필요합니다") -> NewHandover:
    return NewHandover(case.case_id, "webhook_department", "kim", str(uuid4()), "연계", text, own_words=True)


def test_a_department_is_told_the_callers_words_and_nothing_else_of_a_closed_case(database: Database) -> None:
    case = write(database, "집이 없어요", details=Details(address="수원시 팔달구 효원로 1"))
    close(database, case)
    new = handover(case)
    for _ in range(2):
        opened = database.run(handing_over.hand_over, new, READER, new.request_id, closed_too=True)
    assert "place" not in opened.told
    other = write(database, "다른 사람", who="visitor-8")
    with pytest.raises(InvalidArgument, match="another case"):
        database.run(handing_over.hand_over, handover(other), READER, new.request_id, closed_too=True)
    assert len(rows(database, "SELECT id FROM handover")) == 1


def test_a_handover_that_is_stopped_does_not_leave(database: Database) -> None:
    case = write(database, "집이 없어요")
    queued, trying = handover(case), handover(case)
    for new in (queued, trying):
        database.run(handing_over.hand_over, new, READER, new.request_id)
    assert database.run(handing_over.begin_submitting, trying.request_id, repeatable=True)
    assert database.run(stopping.stop_sending, queued.request_id)
    assert not database.run(stopping.stop_sending, trying.request_id), "it is leaving at this moment"
    database.run(handing_over.postpone, trying.request_id)
    states = {row["id"]: row["state"] for row in rows(database, "SELECT id, state FROM handover")}
    assert states == {queued.request_id: "failed", trying.request_id: "failed"}
    for new in (queued, trying):
        assert database.run(handing_over.begin_submitting, new.request_id, repeatable=True) is None
    with pytest.raises(NotFound):
        database.run(stopping.stop_sending, str(uuid4()))


def partner_message() -> PartnerMessage:
    return PartnerMessage(str(uuid4()), "email", "email", "help@agency.example", "새 의뢰가 있습니다.", "120 연계")


def moves(database: Database) -> list[int]:
    return [one.state for one in told(database, events_pb2.PartnerMessageChanged)]


def test_a_partner_is_written_to_once_and_its_receipts_are_told(database: Database) -> None:
    new = partner_message()
    for _ in range(2):
        database.run(writing_to_partners.send_to_partner, new)
    assert len(rows(database, "SELECT id FROM outbox WHERE key = 'connector.email.reply'")) == 1
    assert database.run(writing_to_partners.begin_sending, new.id, repeatable=False) == new
    database.run(writing_to_partners.record, new.id, ReplyState.SENT, provider_id="p-1")
    assert database.run(writing_to_partners.begin_sending, new.id, repeatable=False) is None
    for state in (ReplyState.DELIVERED, ReplyState.SENT):
        assert database.run(
            writing_to_partners.record_receipt, "email", message_id="", provider_id="p-1", state=state, failure=""
        )
    assert moves(database) == [case_pb2.REPLY_STATE_SENT, case_pb2.REPLY_STATE_DELIVERED]


def test_a_report_on_what_is_none_of_intakes_is_told_without_a_word_of_it(database: Database) -> None:
    known = str(uuid4())
    for message_id in (known, "not an id of ours"):
        database.run(replying.tell_others, "sms_twilio", message_id, "SM-1", ReplyState.DELIVERED)
    reports = told(database, events_pb2.DeliveryReported)
    key = database.keys.keyed_hash("provider_id", "SM-1").hex()
    assert [(one.message_id, one.provider_key) for one in reports] == [(known, key), ("", key)]
    assert {one.state for one in reports} == {case_pb2.REPLY_STATE_DELIVERED}


def test_a_message_whose_sender_died_is_sent_again_only_where_that_is_harmless(database: Database) -> None:
    once, again = partner_message(), partner_message()
    for new in (once, again):
        database.run(writing_to_partners.send_to_partner, new)
        assert database.run(writing_to_partners.begin_sending, new.id, repeatable=new is again)
    assert database.run(writing_to_partners.begin_sending, again.id, repeatable=True) == again
    assert database.run(writing_to_partners.begin_sending, once.id, repeatable=False) is None
    states = {row["id"]: row["state"] for row in rows(database, "SELECT id, state FROM partner_message")}
    assert states == {once.id: "unknown", again.id: "sending"}


def test_a_message_to_a_partner_that_is_stopped_does_not_leave(database: Database) -> None:
    queued, trying = partner_message(), partner_message()
    for new in (queued, trying):
        database.run(writing_to_partners.send_to_partner, new)
    assert database.run(writing_to_partners.begin_sending, trying.id, repeatable=True)
    assert database.run(stopping.stop_sending, queued.id)
    assert not database.run(stopping.stop_sending, trying.id)
    database.run(writing_to_partners.postpone, trying.id)
    for new in (queued, trying):
        assert database.run(writing_to_partners.begin_sending, new.id, repeatable=True) is None
    assert {row["state"] for row in rows(database, "SELECT state FROM partner_message")} == {"failed"}


def test_a_stopped_message_whose_sender_died_is_not_sent_again_even_where_that_is_harmless(database: Database) -> None:
    new = partner_message()
    database.run(writing_to_partners.send_to_partner, new)
    assert database.run(writing_to_partners.begin_sending, new.id, repeatable=True)
    assert not database.run(stopping.stop_sending, new.id)
    assert database.run(writing_to_partners.begin_sending, new.id, repeatable=True) is None
    assert moves(database) == [case_pb2.REPLY_STATE_UNKNOWN]
