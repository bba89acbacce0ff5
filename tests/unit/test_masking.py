"""Resident numbers never pass, and other numbers do."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chassis.crypto import mask_resident_numbers
from chassis.phones import e164

MASKED = "900101-*******"


@pytest.mark.parametrize(
    "written",
    [
        "900101-1234567",
        "9001011234567",
        "900101 1234567",
        "900101 - 1234567",
        "900101–1234567",
        "900101－1234567",
        "900101.1234567",
        "900101\n1234567",
        "900101\u200b-1234567",
        "900101-5234567",
        "900101-8234567",
    ],
)
def test_a_number_is_masked_however_it_is_written(written: str) -> None:
    assert mask_resident_numbers(f"제 주민번호는 {written}입니다.") == (f"제 주민번호는 {MASKED}입니다.", 1)


def test_full_width_digits_are_digits() -> None:
    assert mask_resident_numbers("９００１０１－１２３４５６７") == ("９００１０１-*******", 1)


def test_each_of_several_is_masked() -> None:
    text = "본인 900101-1234567, 배우자 920229-2234567, 자녀 200229-3234567"
    assert mask_resident_numbers(text) == ("본인 900101-*******, 배우자 920229-*******, 자녀 200229-*******", 3)


@pytest.mark.parametrize(
    "text",
    [
        "010-1234-5678",
        "01012345678",
        "+82 10-1234-5678",
        "+8613912345678",
        "02-120",
        "031-8008-4114",
        "9001-0112-3456-7890",
        "9001011234567890",
        "901301-1234567",
        "900132-1234567",
        "910229-1234567",
        "000000-0000000",
        "110-123-456789",
        "2026-11-22 17:09",
        "사건번호 2026-000123",
        "900101-*******",
        "",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert mask_resident_numbers(text) == (text, 0)


@given(
    born=st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    sex=st.integers(0, 1),
    foreign=st.booleans(),
    rest=st.integers(0, 999_999),
    gap=st.sampled_from(["", "-", " ", " - ", "—", "~"]),
    around=st.tuples(
        st.text(st.characters(blacklist_categories=["Nd"])), st.text(st.characters(blacklist_categories=["Nd"]))
    ),
)
@example(date(1900, 1, 1), 0, False, 0, "", ("", ""))
def test_no_number_of_anybody_born_in_two_centuries_passes(
    born: date, sex: int, foreign: bool, rest: int, gap: str, around: tuple[str, str]
) -> None:
    century = 1 + sex + (2 if born.year >= 2000 else 0) + (4 if foreign else 0)
    before, after = around[0].removesuffix("+"), around[1]
    masked, count = mask_resident_numbers(f"{before}{born:%y%m%d}{gap}{century}{rest:06}{after}")
    assert count == 1
    assert masked == f"{before}{born:%y%m%d}-*******{after}"


@given(st.text(st.characters(whitelist_categories=["L", "Z", "P"])))
def test_text_without_digits_is_left_alone(text: str) -> None:
    assert mask_resident_numbers(text) == (text, 0)


@given(st.text(st.sampled_from("0123456789- +.가")))
def test_masking_twice_masks_no_more(text: str) -> None:
    once, _ = mask_resident_numbers(text)
    assert mask_resident_numbers(once) == (once, 0)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("010-1234-5678", "+821012345678"),
        ("010 1234 5678", "+821012345678"),
        ("+82 10-1234-5678", "+821012345678"),
        ("８２", None),
        ("031-8008-4114", "+823180084114"),
        ("+84 912 345 678", "+84912345678"),
        ("tel:+821012345678", "+821012345678"),
        ("전화 없음", None),
        ("", None),
    ],
)
def test_a_phone_number_has_one_form(written: str, number: str | None) -> None:
    assert e164(written) == number
