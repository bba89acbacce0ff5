"""What citizens read who are asked something, and which words answer it."""

from __future__ import annotations

import pytest

from services.intake.domain.notices import WORDS
from services.intake.domain.questions import Choice, Telling, understood, worded

TWO = (Choice("helped", {"ko": "네, 도움이 됐어요", "en": "Yes"}), Choice("not_helped", {"ko": "아니요", "en": "No"}))
FOUR = (
    Choice("yes", {"ko": "도움이 되었어요", "en": "It helped"}),
    Choice("partly", {"ko": "조금"}),
    Choice("no", {"ko": "아니요"}),
    Choice("nobody", {"ko": "연락이 없었어요"}),
)


def code(text: str, choices: tuple[Choice, ...]) -> str:
    found = understood(text, choices)
    return found.code if found else ""


@pytest.mark.parametrize(
    "text",
    [
        "1",
        "1.",
        "１",
        "①",
        "1️⃣",
        " 1번 ",
        "1번이요",
        "1번입니다",
        "1번으로 할게요",
        "No. 1",
        "1番です",
        "số 1",
        "1-р",
        "第1",
    ],
)
def test_a_number_answers_however_it_is_written(text: str) -> None:
    assert (code(text, TWO), code(text, FOUR)) == ("helped", "yes")


@pytest.mark.parametrize(
    "text", ["네", "네!", "네요", "예", "넵", "ㅇㅇ", "Yes", "はい", "是的", "có", "тийм", "1. 예"]
)
def test_a_yes_is_the_yes_of_two_answers_and_none_of_four(text: str) -> None:
    assert (code(text, TWO), code(text, FOUR)) == ("helped", "")


@pytest.mark.parametrize("text", ["아니오", "아뇨", "ㄴㄴ", "No.", "いいえ", "不是", "không", "үгүй", "2번 아니요"])
def test_a_no_is_the_no_of_two(text: str) -> None:
    assert code(text, TWO) == "not_helped"


@pytest.mark.parametrize(
    "text", ["", " ", "👍", "0", "5", "11", "1 2", "1번 출구", "네 감사합니다", "1. 아니요", "1" * 61]
)
def test_whoever_says_anything_else_is_read_by_a_person(text: str) -> None:
    assert (code(text, TWO), code(text, FOUR)) == ("", "")


def test_words_are_compared_without_spaces_and_endings() -> None:
    assert [code(text, FOUR) for text in ("도움이되었어요", "조금이요", "it helped!")] == ["yes", "partly", "yes"]


def test_words_that_two_answers_share_are_none() -> None:
    assert code("기타", (Choice("a", {"ko": "기타"}), Choice("b", {"ko": "기타"}))) == ""


@pytest.mark.parametrize(("language", "read"), [("ko", "ko"), ("", "ko"), ("vi", "en"), ("en", "en")])
def test_a_question_is_read_in_the_citizens_language_and_says_that_nobody_wrote_it(language: str, read: str) -> None:
    text = worded(Telling("q", "c", {"ko": "도움이 되었나요?", "en": "Did it help?"}, FOUR), language)
    first, *answers, how = text.split("\n")
    assert first.startswith(WORDS[read].mark)
    assert [answer[:3] for answer in answers] == ["1. ", "2. ", "3. ", "4. "]
    assert how
    assert worded(Telling("t", "c", {"ko": "알립니다"}), language) == f"{WORDS['ko'].mark} 알립니다"
