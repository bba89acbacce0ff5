"""Words on their way to connectors that do as the test says: what comes of an answer, of silence, of each failure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hub120_sdk import (
    InterpreterReport,
    InterpreterState,
    InterpreterWanted,
    Limits,
    Rejected,
    Retry,
    Translation,
    Words,
)

from chassis.connectors.host import Host
from chassis.connectors.registry import Found
from chassis.database import Database
from services.translation.domain.relaying import ANSWER_S
from services.translation.store import terms
from services.translation.tables import metadata
from services.translation.translating import translate
from tests.integration.conversations import MACHINE, PARTNER, Talk, time_passes
from tests.integration.databases import Clock, shared
from tests.odd_connectors import ODD, host

Does = Callable[[Words], Translation | None]


@dataclass
class OddSpeaker:
    """An interpreter, or a machine: ``does`` is what it makes of words."""

    does: Does
    asked: list[Words] = field(default_factory=list)

    def languages(self) -> list[str]:
        """All that the tests speak."""
        return ["ar"]

    def request(self, wanted: InterpreterWanted) -> InterpreterReport:
        """There at once."""
        return InterpreterReport(wanted.session_id, wanted.attempt, InterpreterState.JOINED)

    def relay(self, words: Words) -> Translation | None:
        """As the test says."""
        self.asked.append(words)
        return self.does(words)

    def translate(self, words: Words) -> Translation | None:
        """As the test says."""
        return self.relay(words)

    def release(self, session_id: str, attempt: int) -> None:
        """Fine."""

    def parse(self, request: Any) -> list[Any]:
        """Nothing comes."""
        return []

    def acknowledge(self, request: Any, noted: Any) -> Any:
        """Never asked."""


def speaking(name: str, speaker: OddSpeaker) -> Host:
    capability = "translator" if name == MACHINE else "interpreter"
    manifest = replace(ODD, id=name, capabilities=frozenset({capability}), limits=Limits(send_deadline_s=2.0))
    return host(Found(manifest, "tests.odd", lambda context: speaker))


def answers(text: str) -> Does:
    return lambda words: Translation(words.session_id, words.message_id, text, "v-7")


def raises(error: Exception) -> Does:
    def fail(_: Words) -> Translation:
        raise error

    return fail


both, clock, database = shared("translation", metadata)


def said_by(database: Database, clock: Clock, order: tuple[str, ...], text: str) -> tuple[Talk, str]:
    """A conversation in which the agent said something that nobody has yet."""
    talk = Talk(database, clock, order)
    if order[0] == PARTNER:
        talk.connects()
    talk.says(text)
    return talk, talk.ids()[0]


def do(talk: Talk, does: Does, message: str, connector: str = PARTNER) -> OddSpeaker:
    speaker = OddSpeaker(does)
    translate(talk.database, speaking(connector, speaker), talk.id, message, connector)
    return speaker


def test_what_is_translated_at_once_is_told_and_asked_no_more(database: Database, clock: Clock) -> None:
    talk, message = said_by(database, clock, (PARTNER,), "안녕하세요")
    speaker = do(talk, answers("أهلا"), message)
    (words,) = speaker.asked
    assert (words.text, words.source, words.target, words.number, words.attempt) == ("안녕하세요", "ko", "ar", 1, 1)
    assert talk.told()[-1] == (1, "translated", "안녕하세요", "")
    assert do(talk, answers("أهلا"), message).asked == []


def test_what_will_be_called_back_is_left_alone_for_a_while(database: Database, clock: Clock) -> None:
    talk, message = said_by(database, clock, (PARTNER,), "안녕하세요")
    do(talk, lambda _: None, message)
    time_passes(database, clock, ANSWER_S - 1)
    assert talk.asked_of() == [message]
    time_passes(database, clock, 1)
    assert talk.asked_of() == [message] * 2


@pytest.mark.parametrize(
    ("error", "wait_s"), [(Retry("in trouble"), 2), (Retry("in trouble", 7.0), 7), (ValueError("a fault"), 2)]
)
def test_what_did_not_arrive_is_sent_again(database: Database, clock: Clock, error: Exception, wait_s: int) -> None:
    talk, message = said_by(database, clock, (PARTNER,), "안녕하세요")
    do(talk, raises(error), message)
    time_passes(database, clock, wait_s - 1)
    assert talk.asked_of() == [message]
    time_passes(database, clock, 1)
    assert talk.asked_of() == [message] * 2


def test_a_connector_that_is_left_alone_uses_up_no_try(database: Database, clock: Clock) -> None:
    talk, message = said_by(database, clock, (PARTNER,), "안녕하세요")
    speaker = OddSpeaker(raises(Retry("in trouble")))
    hub = speaking(PARTNER, speaker)
    for _ in range(10):
        translate(database, hub, talk.id, message, PARTNER)
    assert 5 <= len(speaker.asked) < 10
    assert talk.due("tries") == [len(speaker.asked)]


def test_a_connector_that_is_not_installed_is_waited_for(database: Database, clock: Clock) -> None:
    talk, message = said_by(database, clock, (PARTNER,), "안녕하세요")
    translate(database, host(), talk.id, message, PARTNER)
    time_passes(database, clock, 30)
    assert talk.asked_of() == [message] * 2


def test_what_a_machine_rejects_fails(database: Database, clock: Clock) -> None:
    talk, message = said_by(database, clock, (MACHINE,), "안녕하세요")
    do(talk, raises(Rejected("not in this language")), message, MACHINE)
    assert talk.told()[-1] == (1, "failed", "안녕하세요", "REJECTED")


def put_term(database: Database, korean: str, translation: str) -> None:
    database.run(
        terms.put, korean=korean, language="ar", translation=translation, note="", version=1, changed_by="chief"
    )


def test_a_machine_that_misses_a_term_is_asked_again_with_the_term_in_the_text(
    database: Database, clock: Clock
) -> None:
    put_term(database, "주민센터", "مركز الخدمة")
    talk, message = said_by(database, clock, (MACHINE,), "주민센터로 오세요")

    def translated(words: Words) -> Translation:
        kept = "مركز الخدمة" in words.text
        return Translation(words.session_id, words.message_id, "تعال إلى مركز الخدمة" if kept else "تعال إلى البلدية")

    speaker = do(talk, translated, message, MACHINE)
    assert [words.text for words in speaker.asked] == ["주민센터로 오세요", "مركز الخدمة로 오세요"]
    assert talk.deliver() == ["تعال إلى مركز الخدمة"]


@pytest.mark.parametrize("then", ["fails", "still misses it"])
def test_if_that_does_not_help_the_first_translation_stands_and_says_so(
    database: Database, clock: Clock, then: str
) -> None:
    put_term(database, "주민센터", "مركز الخدمة")
    talk, message = said_by(database, clock, (MACHINE,), "주민센터로 오세요")

    def translated(words: Words) -> Translation:
        if "مركز" in words.text and then == "fails":
            raise Retry("in trouble")
        return Translation(words.session_id, words.message_id, "first" if "주민센터" in words.text else "second")

    do(talk, translated, message, MACHINE)
    assert talk.deliver() == ["first"]


def test_a_machine_that_keeps_the_terms_is_asked_once(database: Database, clock: Clock) -> None:
    put_term(database, "주민센터", "مركز الخدمة")
    talk, message = said_by(database, clock, (MACHINE,), "주민센터로 오세요")
    assert len(do(talk, answers("تعال إلى مركز الخدمة"), message, MACHINE).asked) == 1
