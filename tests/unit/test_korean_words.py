"""Korean without a dictionary: what hangs on words comes off, and words are found inside others and over spaces."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.referral.domain import korean


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("월세를", "월세"),
        ("지원이", "지원"),
        ("사람들에게는", "사람"),
        ("법률구조공단에서", "법률구조공단"),
        ("집을", "집"),
        ("돈이", "돈"),
        ("빚", "빚"),
        ("무료로", "무료"),
        ("의료", "의료"),
        ("전문가", "전문가"),
        ("어린이", "어린이"),
        ("신고", "신고"),
        ("65", "65"),
        ("lh", "lh"),
    ],
)
def test_a_word_loses_what_hangs_on_it_and_nothing_else(word: str, stem: str) -> None:
    assert korean.stem(word) == stem


def pairs(text: str) -> set[str]:
    found = korean.words(text)
    return {pair for word in found for pair in korean.pairs(word.stem)} | set(korean.pairs_over_spaces(found))


def test_whoever_writes_two_words_as_one_finds_the_same_pairs() -> None:
    assert pairs("긴급복지") <= pairs("긴급 복지") & pairs("긴급·복지") & pairs("긴급복지지원")
    assert "은복" not in pairs("긴급한 생활은 복지"), "nobody writes a word with a particle and the next as one"


def test_initials_are_those_of_all_syllables_and_double_ones_count_as_single_ones() -> None:
    assert korean.initials("긴급 복지") == "ㄱㄱㅂㅈ"
    assert korean.initials("꿈드림 LH") == "ㄱㄷㄹ"
    assert korean.grams("ㄱㄱㅂ") == {"ㄱㄱ", "ㄱㅂ", "ㄱㄱㅂ"}


def test_syllables_that_come_in_pieces_are_the_same_words() -> None:
    assert korean.words(unicodedata.normalize("NFD", "긴급복지를")) == korean.words("긴급복지를")


@given(st.text(max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    for word in korean.words(text):
        assert word.stem
        assert word.written.startswith(word.stem)
    korean.initials(text)
