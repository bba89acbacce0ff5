"""Areas: district codes of the Ministry of the Interior (행정표준코드 법정동코드), by their first 2, 5 or 10 digits."""

from __future__ import annotations

import re

WHOLE_COUNTRY = "KR"

PROVINCES = {
    "11": "서울특별시",
    "26": "부산광역시",
    "27": "대구광역시",
    "28": "인천광역시",
    "29": "광주광역시",
    "30": "대전광역시",
    "31": "울산광역시",
    "36": "세종특별자치시",
    "41": "경기도",
    "43": "충청북도",
    "44": "충청남도",
    "46": "전라남도",
    "47": "경상북도",
    "48": "경상남도",
    "50": "제주특별자치도",
    "51": "강원특별자치도",
    "52": "전북특별자치도",
}
"""The first two digits. Gangwon was 42 until 2023 and Jeonbuk 45 until 2024."""
_SHORT = {
    "서울": "11", "부산": "26", "대구": "27", "인천": "28", "광주": "29", "대전": "30", "울산": "31", "세종": "36",
    "경기": "41", "충북": "43", "충남": "44", "전남": "46", "경북": "47", "경남": "48", "제주": "50", "강원": "51",
    "전북": "52", "강원도": "51", "전라북도": "52", "제주도": "50", "전국": WHOLE_COUNTRY, "대한민국": WHOLE_COUNTRY,
}  # fmt: skip
_RENUMBERED = {"42": "51", "45": "52"}
_CODE = re.compile(r"[0-9]{2}([0-9]{3}([0-9]{5})?)?")


def code(written: str) -> str | None:
    """The area that a code or the name of a province means; None if it means none.

    Zeros at the end are cut off, and numbers that were replaced become those of today.
    """
    text = written.strip()
    named = _NAMES.get(text)
    if named:
        return named
    if not _CODE.fullmatch(text):
        return None
    text = _RENUMBERED.get(text[:2], text[:2]) + text[2:]
    return _cut(text) if text[:2] in PROVINCES else None


def _cut(digits: str) -> str:
    if len(digits) > 5 and digits.endswith("00000"):
        digits = digits[:5]
    return digits[:2] if digits.endswith("000") and len(digits) == 5 else digits


def covering(area: str) -> tuple[str, ...]:
    """The areas in which a place lies, the smallest first and the whole country last.

    A district of a city (41111) lies in the city (41110), whose code is no prefix of its own.
    """
    if area == WHOLE_COUNTRY:
        return (WHOLE_COUNTRY,)
    around = [area]
    if len(area) == 10:
        around.append(area[:5])
    if len(area) >= 5:
        around += [city for city in (f"{area[:4]}0",) if city not in around]
        around.append(area[:2])
    return (*around, WHOLE_COUNTRY)


_NAMES = {**{name: digits for digits, name in PROVINCES.items()}, **_SHORT, WHOLE_COUNTRY: WHOLE_COUNTRY}
