"""What is made of a contact's words: whatever the classifier does, there is a judgement, and crisis words count."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hub120_sdk import Classification, Limits, Manifest, Urgency

from chassis.connectors import operations
from chassis.connectors.errors import ConnectorFault, FaultKind
from chassis.connectors.registry import Found
from plugins.classifier_korean.languages import Languages
from services.intake.classifying import Classifying
from services.intake.domain.contacts import SURE_LETTERS, language_heard
from services.intake.domain.priorities import Judged, PriorityClass, raised
from tests.odd_connectors import hang, host

SAID = Classification("ko", "transport", Urgency.NORMAL, (), 0.87, 1.0)
PATIENT, HURRIED = (Limits(classify_deadline_s=deadline_s) for deadline_s in (20.0, 0.05))
MANIFEST = Manifest("teller", "Teller", frozenset({"classifier"}), "tests", limits=PATIENT)
LIFE, SAFETY, NORMAL, BULK = PriorityClass


class Teller:
    """Says what the test wants, and remembers what it was asked."""

    def __init__(self, says: Any) -> None:
        self.says, self.asked = says, list[str]()

    def classify(self, text: str) -> Classification:
        self.asked.append(text)
        if isinstance(self.says, BaseException):
            raise self.says
        said: Classification = self.says() if callable(self.says) else self.says
        return said


def judging(says: Any = SAID, teller: Teller | None = None) -> Classifying:
    """Whoever hangs is not waited for long; whoever answers may take its time."""
    made = teller or Teller(says)
    manifest = replace(MANIFEST, limits=HURRIED if callable(made.says) else PATIENT)
    return Classifying(host(Found(manifest, "tests.teller", lambda _: made)), "teller")


def test_what_the_classifier_says_is_the_judgement() -> None:
    assert judging().judge("", "버스가 안 와요") == Judged("ko", "transport", NORMAL, 87)


@pytest.mark.parametrize(
    "says",
    [
        RuntimeError("no"),
        SystemExit(1),
        KeyboardInterrupt(),
        hang(),
        None,
        "life_safety",
        replace(SAID, language="한국어"),
        replace(SAID, topic="aliens"),
        replace(SAID, confidence=7.0),
        replace(SAID, confidence=float("nan")),
        replace(SAID, urgency="panic"),  # type: ignore[arg-type] # it lies
    ],
    ids=["raises", "exits", "interrupts", "hangs", "nothing", "text", "language", "topic", "sure", "nan", "urgency"],
)
def test_a_classifier_that_raises_hangs_or_lies_changes_nothing(says: Any) -> None:
    assert judging(says).judge("", "버스가 안 와요") == Judged("ko")
    assert judging(says).judge("", "집에서 가스 냄새가 나요") == Judged("ko", "", LIFE)


@pytest.mark.parametrize("classifier", ["", "nobody"])
def test_without_a_classifier_there_are_script_and_crisis_words(classifier: str) -> None:
    none = Classifying(host(), classifier)
    assert none.judge("", "버스가 안 와요") == Judged("ko")
    assert none.judge("en", "there is a fire") == Judged("en", "", LIFE)


def test_crisis_words_count_even_where_the_classifier_said_normal() -> None:
    assert judging().judge("ko", "도로가 꺼졌어요").priority is SAFETY
    assert judging(replace(SAID, urgency=Urgency.BULK)).judge("ko", "불이 났어요").priority is LIFE


def test_a_classifier_may_be_more_worried_than_the_crisis_words() -> None:
    worried = judging(replace(SAID, urgency=Urgency.LIFE_SAFETY))
    assert worried.judge("ko", "이상한 소리가 나요").priority is LIFE
    assert worried.judge("ko", "도로가 꺼졌어요").priority is LIFE
    assert judging(replace(SAID, urgency=Urgency.BULK)).judge("ko", "행사 안내").priority is BULK


def test_a_contact_without_words_is_normal_and_nobody_is_asked() -> None:
    teller = Teller(replace(SAID, urgency=Urgency.LIFE_SAFETY))
    assert [judging(teller=teller).judge("ko", text) for text in ("", " \n")] == [Judged("ko")] * 2
    assert teller.asked == []


def test_the_classifier_never_sees_a_resident_number() -> None:
    teller = Teller(SAID)
    judging(teller=teller).judge("ko", "제 번호는 900101-1234567 입니다")
    assert "1234567" not in teller.asked[0]


def test_a_classifier_that_hangs_is_left_alone_after_a_while() -> None:
    connectors = host(Found(replace(MANIFEST, limits=HURRIED), "t", lambda _: Teller(hang())))
    with pytest.raises(ConnectorFault) as slow:
        connectors.ask("teller", operations.CLASSIFY, "x")
    assert slow.value.kind is FaultKind.TOO_SLOW
    for _ in range(10):
        Classifying(connectors, "teller").judge("", "x")
    running = connectors.get("teller")
    assert running is not None
    assert not running.healthy


def test_crisis_words_raise_and_never_lower() -> None:
    for said in PriorityClass:
        assert raised(said, NORMAL) is said
        for found in (LIFE, SAFETY):
            assert raised(said, found) is min(said, found)


LONG = "가" * SURE_LETTERS


@pytest.mark.parametrize(
    ("stated", "text", "recognised", "confidence", "heard"),
    [
        ("en", LONG, "ko", 1.0, "ko"),
        ("en", LONG, "ko", 0.8, "en"),
        ("en", LONG[1:], "ko", 1.0, "en"),
        ("en", "7 " * SURE_LETTERS, "ko", 1.0, "en"),
        ("", "네", "ko", 1.0, "ko"),
        ("", "hello", "en", 0.5, "en"),
        ("", "안녕", "", 0.0, "ko"),
        ("", "hello", "", 0.0, ""),
        ("zh-Hant-TW", LONG, "", 0.0, "zh"),
        ("", LONG, "zh-Hant", 1.0, "zh"),
        ("kr", "", "", 0.0, "ko"),
    ],
)
def test_a_stated_language_gives_way_to_a_long_and_sure_text_alone(
    stated: str, text: str, recognised: str, confidence: float, heard: str
) -> None:
    assert language_heard(stated, text, recognised, confidence) == heard


def test_the_built_in_classifier_and_the_domain_agree_on_short_texts() -> None:
    language, confidence = Languages().of("안녕하세요")
    assert language_heard("en", "안녕하세요", language, confidence) == "en"
