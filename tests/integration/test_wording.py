"""Words that cross to another service: what a citizen wrote is read from a place on, and a translation goes back in the
agent's name, once, with what the agent wrote beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from chassis.database import Database
from chassis.errors import NotFound, PreconditionFailed
from services.intake.domain.cases import CaseState
from services.intake.domain.contacts import Kept, NewContact, Sender
from services.intake.domain.notices import AUTOMATIC
from services.intake.domain.replies import Translated
from services.intake.tables import metadata
from services.intake.use_cases import casework, receiving, replying, wording
from services.intake.use_cases.casework import Reader
from services.intake.use_cases.replying import Written
from tests.integration.databases import Clock, opened
from tests.integration.routing_floor import rows

TRANSLATION = Reader("translation", "ReadWords", "relay to the interpreter")
AMINA = Sender("user", "amina-1", "أمينة")


@pytest.fixture
def database(database_address: str, clock: Clock) -> Iterator[Database]:
    with opened(database_address, "intake", metadata, clock) as found:
        yield found


def says(database: Database, text: str, message_id: str) -> Kept:
    new = NewContact("kakao_consult", "text", message_id, AMINA, text, conversation="chat-1")
    return database.run(receiving.receive_contact, new, lambda waiting: waiting)


def whole(_: str, text: str) -> Sequence[str]:
    return [text]


def replies(database: Database, case_id: str, text: str, request_id: str, agent: str = "kim") -> Written:
    return database.run(replying.reply_to_case, case_id, agent, request_id, text, whole)


def read(database: Database, case_id: str, after: int | None) -> tuple[list[str], int]:
    found = database.run(wording.read_words, case_id, after, TRANSLATION)
    assert not found.more
    return [one.text for one in found.words], found.sequence


def test_what_nobody_answered_is_read_first_and_then_what_comes_after(database: Database) -> None:
    case_id = says(database, "السلام عليكم", "m-1").case_id
    replies(database, case_id, "안녕하세요", "r-1")
    says(database, "أين أسجل طفلي؟", "m-2")
    says(database, "هل تفهمني؟", "m-3")
    told, reached = read(database, case_id, None)
    assert told == ["أين أسجل طفلي؟", "هل تفهمني؟"]
    assert read(database, case_id, reached) == ([], reached)
    says(database, "شكرا", "m-4")
    assert read(database, case_id, reached)[0] == ["شكرا"]


def test_the_newest_message_is_read_although_it_was_answered(database: Database) -> None:
    case_id = says(database, "السلام عليكم", "m-1").case_id
    replies(database, case_id, "잠시만 기다려 주세요", "r-1")
    assert read(database, case_id, None)[0] == ["السلام عليكم"]


def test_a_notice_that_nobody_wrote_is_no_answer(database: Database) -> None:
    case_id = says(database, "السلام عليكم", "m-1").case_id
    says(database, "ساعدوني", "m-2")
    replies(database, case_id, "대기 중입니다", "notice", agent=AUTOMATIC)
    assert read(database, case_id, None)[0] == ["السلام عليكم", "ساعدوني"]


def test_a_contact_without_words_is_passed_over(database: Database) -> None:
    case_id = says(database, "صورة", "m-1").case_id
    says(database, "", "m-2")
    told, reached = read(database, case_id, None)
    assert told == ["صورة"]
    assert read(database, case_id, reached)[0] == []


def test_each_reading_of_words_is_on_record_with_its_purpose(database: Database) -> None:
    case_id = says(database, "السلام عليكم", "m-1").case_id
    _, reached = read(database, case_id, None)
    read(database, case_id, reached)  # finds nothing, so nothing is on record
    (trail,) = database.run(casework.list_audit, "", "translation", "", 10)
    assert (trail[0].action, trail[0].case_id, trail[1]) == ("ReadWords", case_id, "relay to the interpreter")


def test_a_long_conversation_is_read_a_page_at_a_time(database: Database) -> None:
    case_id = says(database, "0", "m-0").case_id
    for number in range(1, wording.PAGE + 3):
        says(database, str(number), f"m-{number}")
    first = database.run(wording.read_words, case_id, 0, TRANSLATION)
    assert (len(first.words), first.more) == (wording.PAGE, True)
    assert read(database, case_id, first.sequence)[0] == [str(wording.PAGE), "51", "52"]


def test_a_translation_goes_out_once_and_the_case_keeps_both(database: Database) -> None:
    case_id = says(database, "أين أسجل طفلي؟", "m-1").case_id
    for _ in range(2):
        written = database.run(
            replying.reply_to_case, case_id, "kim", "message-1", "في مركز الخدمة", whole,
            translated=Translated("주민센터에서 하실 수 있습니다", by_machine=True),
        )  # fmt: skip
        assert (written.text, written.original) == ("في مركز الخدمة", "주민센터에서 하실 수 있습니다")
    _, told = database.run(casework.read_case, case_id, TRANSLATION)
    (about,) = [one for one in told if one.entry.kind == "reply"]
    assert about.texts["original"] == "주민센터에서 하실 수 있습니다"
    assert about.about is not None
    assert (about.about.agent_id, about.about.by_machine) == ("kim", 1)
    assert len(rows(database, "SELECT id FROM outbox WHERE kind = 'task'")) == 1


def test_what_an_agent_wrote_is_kept_with_the_first_part_alone(database: Database) -> None:
    case_id = says(database, "سؤال", "m-1").case_id
    database.run(
        replying.reply_to_case, case_id, "kim", "message-1", "واحد اثنان", lambda _, text: text.split(),
        translated=Translated("하나 둘", by_machine=False),
    )  # fmt: skip
    _, told = database.run(casework.read_case, case_id, TRANSLATION)
    parts = [one.texts for one in told if one.entry.kind == "reply"]
    assert [(part["text"], part["original"]) for part in parts] == [("واحد", "하나 둘"), ("اثنان", "")]


def test_a_resident_number_is_kept_in_neither_language(database: Database) -> None:
    case_id = says(database, "سؤال", "m-1").case_id
    written = database.run(
        replying.reply_to_case, case_id, "kim", "message-1", "رقمك 900101-1234567", whole,
        translated=Translated("번호가 900101-1234567 맞나요?", by_machine=False),
    )  # fmt: skip
    assert "1234567" not in written.text + written.original


def test_words_of_no_case_and_replies_to_a_closed_one_are_refused(database: Database) -> None:
    with pytest.raises(NotFound):
        database.run(wording.read_words, "0199e0f2-7c00-7abc-8def-000000000042", 0, TRANSLATION)
    case_id = says(database, "شكرا", "m-1").case_id
    database.run(casework.set_case_state, case_id, CaseState.CLOSED, "kim")
    with pytest.raises(PreconditionFailed, match="closed"):
        replies(database, case_id, "안녕히 가세요", "r-1")
