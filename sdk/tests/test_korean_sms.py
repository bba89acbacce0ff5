"""Korean text messages: bytes in EUC-KR, letters it does not have, and numbers as providers write them."""

from __future__ import annotations

import unicodedata

import pytest
from hub120_sdk import Rejected
from hub120_sdk.korean_sms import LMS_BYTES, SMS_BYTES, TEXT_CHARACTERS, Kind, at_home, composed, e164, kind
from hub120_sdk.text import euc_kr_bytes, outside_euc_kr
from hypothesis import given
from hypothesis import strategies as st


@given(st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3) | st.characters(codec="ascii")))
def test_a_letter_of_euc_kr_takes_one_byte_or_two_and_reads_back(text: str) -> None:
    carried = "".join(letter for letter in text if letter not in outside_euc_kr(text))
    assert euc_kr_bytes(carried) == sum(1 if letter.isascii() else 2 for letter in carried)
    assert carried.encode("cp949").decode("cp949") == carried


@given(st.text())
def test_what_is_said_to_be_outside_is_all_that_is(text: str) -> None:
    missing = outside_euc_kr(text)
    assert outside_euc_kr("".join(letter for letter in text if letter not in missing)) == ""
    assert len(set(missing)) == len(missing)


@pytest.mark.parametrize("letter", ["🙂", "ก", "ё́"[1], "똠", "됬", "–", "\u00a0"])
def test_emoji_other_scripts_and_syllables_of_cp949_are_outside(letter: str) -> None:
    assert outside_euc_kr(f"안녕 {letter}{letter}") == letter
    with pytest.raises(ValueError, match="EUC-KR"):
        euc_kr_bytes(letter)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("", Kind.SMS), ("가" * 45, Kind.SMS), ("a" * 90, Kind.SMS), ("가" * 45 + "a", Kind.LMS), ("가" * 1000, Kind.LMS)],
)
def test_ninety_bytes_are_an_sms_and_more_an_lms(text: str, wanted: Kind) -> None:
    assert kind(text) is wanted
    assert (euc_kr_bytes(text) <= SMS_BYTES) is (wanted is Kind.SMS)


def test_whatever_has_as_many_letters_as_promised_fits() -> None:
    assert euc_kr_bytes("가" * TEXT_CHARACTERS) == LMS_BYTES


def test_a_longer_text_is_refused_not_cut() -> None:
    with pytest.raises(Rejected, match="2002 bytes"):
        kind("가" * 1001)


def test_the_letters_that_cannot_be_sent_are_named() -> None:
    with pytest.raises(Rejected, match=r"without U\+1F642 SLIGHTLY SMILING FACE$"):
        kind("네 🙂")
    with pytest.raises(Rejected, match="and others"):
        kind("ก ข ค ง")


def test_separate_hangul_letters_are_composed_and_then_fit() -> None:
    separate = unicodedata.normalize("NFD", "가로등")
    assert outside_euc_kr(separate)
    assert composed(separate) == "가로등"


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("01012345678", "+821012345678"),
        ("010-1234-5678", "+821012345678"),
        ("+82 10-1234-5678", "+821012345678"),
        ("+82(0)10 1234 5678", "+821012345678"),
        ("821012345678", "+821012345678"),
        ("00821012345678", "+821012345678"),
        ("02-123-4567", "+8221234567"),
        ("050212345678", "+8250212345678"),
        ("120", ""),
        ("15446859", ""),
        ("#120000", ""),
        ("+14155550100", ""),
        ("82", ""),
        ("누리은행", ""),
        ("", ""),
    ],
)
def test_numbers_are_read_however_they_are_written(written: str, number: str) -> None:
    assert e164(written) == number
    assert not number or e164(at_home(number)) == number


def test_a_number_abroad_has_no_form_at_home() -> None:
    assert at_home("+14155550100") == ""
