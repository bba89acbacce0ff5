"""Relayed words that interpreters or machines do not take, about law, with terms of the glossary; and that none of them
stand anywhere in plain."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hub120_sdk import SessionNoted

from chassis.database import Database
from chassis.ids import new_id
from services.translation.domain.relaying import Refusal
from services.translation.store import terms
from services.translation.tables import metadata
from services.translation.use_cases import bringing, relaying, relaying_case, relaying_interpreter
from services.translation.use_cases.relaying import Stored
from services.translation.use_cases.relaying_interpreter import Brought
from tests.integration.conversations import KIM, MACHINE, OTHER, PARTNER, Talk, time_passes
from tests.integration.databases import Clock, opened
from tests.integration.routing_floor import rows

HELLO = "مرحبا"


@pytest.fixture
def database(database_address: str, clock: Clock) -> Iterator[Database]:
    with opened(database_address, "translation", metadata, clock) as found:
        yield found


@pytest.fixture
def talk(database: Database, clock: Clock) -> Talk:
    return Talk(database, clock)


def rejects(talk: Talk, message: str, connector: str = PARTNER) -> None:
    asked = talk.begin(message, connector)
    assert asked is not None
    talk.database.run(relaying_interpreter.rejected, asked)


def test_words_that_a_partner_does_not_take_are_sent_to_the_next_one(talk: Talk, clock: Clock) -> None:
    talk.connects()
    talk.writes(HELLO)
    (message,) = talk.ids()
    rejects(talk, message)
    time_passes(talk.database, clock, 10)
    assert talk.asked_of() == [message] * 2
    rejects(talk, message)
    talk.leaves()
    talk.connects()
    time_passes(talk.database, clock, 60)
    assert talk.asked_of(OTHER) == [message] * 2
    talk.translate(message, "안녕하세요", OTHER)


def test_words_that_nobody_takes_fail_after_a_while(talk: Talk, clock: Clock) -> None:
    talk.connects()
    talk.writes(HELLO)
    rejects(talk, talk.ids()[0])
    time_passes(talk.database, clock, 59)
    assert talk.told()[-1][1] == "pending"
    time_passes(talk.database, clock, 1)
    assert talk.told()[-1] == (1, "failed", HELLO, "REJECTED")


def test_what_a_machine_does_not_take_fails_at_once(database: Database, clock: Clock) -> None:
    talk = Talk(database, clock, (MACHINE,))
    talk.writes(HELLO)
    rejects(talk, talk.ids()[0], MACHINE)
    assert talk.told()[-1] == (1, "failed", HELLO, "REJECTED")


@pytest.mark.parametrize("translation", ["   ", "가" * 30_001, "안\x00녕"])
def test_a_translation_of_no_use_is_not_shown(talk: Talk, translation: str) -> None:
    talk.connects()
    talk.writes(HELLO)
    talk.translate(talk.ids()[0], translation)
    assert talk.told()[-1] == (1, "failed", HELLO, "TRANSLATION_UNUSABLE")


@pytest.mark.parametrize("which", ["connector", "session", "message", "rubbish", "not sent"])
def test_a_translation_of_nothing_we_asked_for_changes_nothing(talk: Talk, clock: Clock, which: str) -> None:
    talk.connects()
    talk.writes(HELLO)
    (message,) = talk.ids()
    if which != "not sent":
        talk.begin(message)
    stranger = Talk(talk.database, clock)
    stranger.connects()
    brought = {
        "connector": Brought(MACHINE, talk.id, message, "안녕"),
        "session": Brought(PARTNER, stranger.id, message, "안녕"),
        "message": Brought(PARTNER, talk.id, new_id(clock()), "안녕"),
        "rubbish": Brought(PARTNER, "\x00", "' OR 1=1", "안녕"),
        "not sent": Brought(PARTNER, talk.id, message, "안녕"),
    }[which]
    before = talk.told()
    assert talk.database.run(bringing.take_translation, brought) == SessionNoted(known=False)
    assert talk.told() == before


def test_a_machine_gets_what_is_about_law_with_leave_alone(database: Database, clock: Clock) -> None:
    talk = Talk(database, clock, (MACHINE,))
    assert talk.says("변호사와 소송을 상의하세요", "r-1") is Refusal.MACHINE_NEEDS_CONFIRMATION
    assert isinstance(talk.says("변호사와 소송을 상의하세요", "r-1", confirmed=True), Stored)
    assert isinstance(talk.says("주민센터로 오세요", "r-2"), Stored)
    talk.writes(HELLO, topic="legal_aid")
    talk.database.run(relaying_case.corrected, talk.case_id, "legal_aid")
    assert talk.says("주민센터로 오세요", "r-3") is Refusal.MACHINE_NEEDS_CONFIRMATION


def test_words_about_law_that_a_person_was_to_translate_do_not_go_to_a_machine(
    database: Database, clock: Clock
) -> None:
    talk = Talk(database, clock, (PARTNER, MACHINE))
    talk.connects()
    talk.says("변호사와 상의하세요")
    talk.leaves()
    assert talk.asked_of(MACHINE) == []
    assert talk.told()[-1] == (1, "failed", "변호사와 상의하세요", "MACHINE_NEEDS_CONFIRMATION")


def test_a_machines_translation_is_marked_as_such(database: Database, clock: Clock) -> None:
    talk = Talk(database, clock, (MACHINE,))
    talk.says("주민센터로 오세요")
    (message,) = talk.ids()
    asked = talk.begin(message, MACHINE)
    assert asked is not None
    assert (asked.machine, asked.source, asked.target) == (True, "ko", "ar")
    talk.bring(message, "تعال", MACHINE)
    assert talk.due("machine") == [1]


def add_term(database: Database, korean: str, translation: str, language: str = "ar") -> None:
    database.run(
        terms.put, korean=korean, language=language, translation=translation, note="", version=1, changed_by="chief"
    )


def test_terms_go_along_in_both_directions_and_a_translation_is_held_against_them(talk: Talk) -> None:
    add_term(talk.database, "기초생활수급자", "متلقي الدعم الأساسي")
    add_term(talk.database, "수급자", "متلقي")
    add_term(talk.database, "주민센터", "مركز خدمة المجتمع")
    add_term(talk.database, "주민센터", "community service center", "en")
    talk.connects()
    talk.says("기초생활수급자는 주민센터로 오세요")
    talk.writes("أين مركز خدمة المجتمع؟")
    out, back = talk.ids()
    asked = talk.begin(out)
    assert asked is not None
    assert asked.terms == {"기초생활수급자": "متلقي الدعم الأساسي", "주민센터": "مركز خدمة المجتمع"}
    talk.bring(out, "متلقي الدعم الأساسي، تعال إلى البلدية")
    asked = talk.begin(back)
    assert asked is not None
    assert asked.terms == {"مركز خدمة المجتمع": "주민센터"}
    talk.bring(back, "주민센터가 어디예요?")
    found = talk.database.run(relaying.changes, talk.id, 0, KIM)
    told = {change.message.row.id: change.message.terms for change in found if change.message is not None}
    assert [(use.korean, use.kept) for use in told[out]] == [("기초생활수급자", True), ("주민센터", False)]
    assert [(use.korean, use.kept) for use in told[back]] == [("주민센터", True)]


def test_nothing_that_was_said_stands_anywhere_in_plain_text(talk: Talk) -> None:
    talk.connects()
    talk.writes(HELLO)
    talk.says("비밀 이야기 900101-1234567")
    for message, text in zip(talk.ids(), ("안녕하세요", "سر 900101-1234567"), strict=True):
        talk.translate(message, text)
    kept = rows(talk.database, "SELECT * FROM relay_message") + rows(talk.database, "SELECT * FROM outbox")
    plain = " ".join(
        str(bytes(value) if isinstance(value, bytes | memoryview) else value) for row in kept for value in row.values()
    )
    assert not any(word in plain for word in (HELLO, "비밀", "안녕하세요", "سر", "1234567"))
    opened_text = "".join(told[2] for told in talk.told() if len(told) > 1)
    assert "1234567" not in opened_text
