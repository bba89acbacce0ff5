"""Texts are cut at borders, and what was cut gives the text again."""

import unicodedata

import pytest
from hub120_sdk.text import length, split
from hypothesis import given
from hypothesis import strategies as st

FAMILY = "👨‍👩‍👧‍👦"
KOREA = "🇰🇷"
TEXTS = st.text(st.one_of(st.sampled_from(" \n.?!가나한글ㅎabc🙂👍🏽\u200d\ufe0f\u0301🇰🇷🇺🇸" + FAMILY), st.characters()))


@given(TEXTS, st.integers(2, 60))
def test_nothing_is_lost_and_every_piece_fits(text: str, limit: int) -> None:
    pieces = split(text, limit)
    assert "".join(pieces) == text
    assert all(length(piece) <= limit for piece in pieces)
    assert all(pieces) or pieces == [""]


@given(TEXTS, st.integers(24, 60))
def test_what_was_split_splits_the_same_when_some_pieces_are_joined_again(text: str, limit: int) -> None:
    pieces = split(text, limit)
    assert len(split("".join(pieces[:2]), limit)) <= 2


@given(st.lists(st.sampled_from([FAMILY, KOREA, "한", unicodedata.normalize("NFD", "한"), "e\u0301", "👍🏽", "a"])))
def test_no_letter_is_cut_in_two(letters: list[str]) -> None:
    pieces = split("".join(letters), 24)
    ends = {len("".join(letters[:count])) for count in range(len(letters) + 1)}
    position = 0
    for piece in pieces:
        position += len(piece)
        assert position in ends


def test_a_cut_falls_at_the_best_border() -> None:
    assert split("첫 문단입니다.\n\n둘째 문단입니다. 끝.", 16) == ["첫 문단입니다.\n\n", "둘째 문단입니다. 끝."]
    assert split("첫 문장입니다. 둘째 문장입니다.", 14) == ["첫 문장입니다. ", "둘째 문장입니다."]
    assert split("하나 둘 셋 넷 다섯", 8) == ["하나 둘 셋 ", "넷 다섯"]
    assert split("띄어쓰기가없는긴문장", 4) == ["띄어쓰기", "가없는긴", "문장"]


def test_a_border_that_leaves_a_piece_half_empty_is_no_good() -> None:
    assert split("네.\n\n" + "가나다라 " * 4, 20)[0] == "네.\n\n가나다라 가나다라 가나다라 "


def test_an_emoji_counts_as_providers_count() -> None:
    assert length("🙂") == 2
    assert split("🙂" * 5, 4) == ["🙂🙂", "🙂🙂", "🙂"]


def test_a_letter_longer_than_the_limit_is_cut_between_code_points() -> None:
    assert "".join(split(FAMILY * 2, 4)) == FAMILY * 2


def test_a_limit_that_holds_no_emoji_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 2"):
        split("x", 1)


def test_a_long_text_is_split_quickly() -> None:
    assert len(split("가" * 200_000, 1_000)) == 200
