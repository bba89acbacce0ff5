"""What citizens who wait read, and which words ask for a callback."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from services.intake.domain.contacts import Details, coarse_place
from services.intake.domain.notices import WORDS, Notice, NoticeKind, asks_for_callback, told_minutes, worded

NOTICE = Notice("n", "c", "w", NoticeKind.POSITION, 4, 410.0, offers_callback=False, texts={}, true_at=0.0)


def test_a_place_and_a_wait_are_told_in_the_citizens_language() -> None:
    assert worded(NOTICE, "ko") == "[자동 안내] 지금 4번째로 기다리고 계십니다. 예상 대기 시간은 약 7분입니다."
    assert worded(NOTICE, "") == worded(NOTICE, "ko")
    assert worded(NOTICE, "en") == "[Automatic message] You are number 4 in line. The wait is about 7 min."
    assert worded(NOTICE, "th") == worded(NOTICE, "en")


@pytest.mark.parametrize(
    ("seconds", "minutes"), [(1, 1), (61, 2), (600, 10), (601, 15), (1501, 30), (1801, 35)], ids=str
)
def test_waits_are_rounded_up_and_the_longer_the_coarser(seconds: float, minutes: int) -> None:
    assert told_minutes(seconds) == minutes


def test_nobody_is_told_what_nobody_knows() -> None:
    assert "more than 30 min" in worded(replace(NOTICE, wait_s=1801.0), "en")
    assert "We cannot say now" in worded(replace(NOTICE, wait_s=None), "en")
    assert "More than 1,000 people" in worded(replace(NOTICE, position=1001), "en")


def test_the_banner_is_the_centres_own_where_it_has_one() -> None:
    banner = replace(NOTICE, kind=NoticeKind.BANNER, texts={"ko": "침수 신고가 많습니다.", "en": "Floods."})
    assert worded(banner, "ko").startswith("[자동 안내] 침수 신고가 많습니다. 지금 4번째")
    assert worded(banner, "fr").startswith("[Automatic message] Floods. You are")
    assert WORDS["vi"].banner in worded(banner, "vi")
    assert WORDS["ko"].banner in worded(replace(banner, texts={}), "ko")


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("kind", list(NoticeKind))
def test_every_notice_can_be_worded_and_says_that_nobody_wrote_it(language: str, kind: NoticeKind) -> None:
    text = worded(replace(NOTICE, kind=kind, offers_callback=True), language)
    assert text.startswith(WORDS[language].mark)
    assert "{" not in text
    assert len(text) < 400
    assert all(getattr(WORDS[language], field.name) for field in fields(WORDS[language]))


@pytest.mark.parametrize("text", ["1", " 1. ", "1번", "콜백", "Call back!", "callback"])
def test_words_that_ask_for_a_callback(text: str) -> None:
    assert asks_for_callback(text)


@pytest.mark.parametrize("text", ["", "11", "1 2", "콜백이 뭐예요?", "1" + " " * 30, "전화"])
def test_words_that_do_not(text: str) -> None:
    assert not asks_for_callback(text)


def test_places_are_told_coarsely_and_alike() -> None:
    near = [coarse_place(Details(latitude=37.56651, longitude=126.97801 + step)) for step in (0.0, 0.0001, 0.01)]
    assert near[0] == near[1] != near[2]
    assert coarse_place(Details(address="수원시 효원로 1")) == coarse_place(Details(address="수원시  효원로1"))
    assert coarse_place(Details()) == ""
