"""What Korean carriers carry: texts of at most 90 bytes (SMS) or 2,000 bytes (LMS and MMS), all in EUC-KR.

It is looked at before anything is sent, for what does not fit is cut or becomes question marks on the way, and nobody
says so.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

from hub120_sdk.errors import Rejected
from hub120_sdk.text import euc_kr_bytes, outside_euc_kr

SMS_BYTES = 90
LMS_BYTES = 2_000
TITLE_BYTES = 40
TEXT_CHARACTERS = LMS_BYTES // 2
"""Any text of so many letters fits: none takes more than two bytes."""
_NAMED = 3
_DIVIDERS = re.compile(r"[\s().-]")
_HOME = re.compile(r"0[1-9]\d{7,10}")


class Kind(StrEnum):
    """As what a text travels."""

    SMS = "sms"
    LMS = "lms"


def kind(text: str) -> Kind:
    """SMS or LMS. Raises ``Rejected`` for what EUC-KR does not have, naming it, and for what is too long."""
    missing = outside_euc_kr(text)
    if missing:
        named = ", ".join(map(_name, missing[:_NAMED])) + (" and others" if missing[_NAMED:] else "")
        raise Rejected(f"Korean text messages have only the letters of EUC-KR; write this without {named}")
    size = euc_kr_bytes(text)
    if size > LMS_BYTES:
        raise Rejected(f"the text takes {size} bytes in EUC-KR, a message carries {LMS_BYTES}")
    return Kind.SMS if size <= SMS_BYTES else Kind.LMS


def composed(text: str) -> str:
    """Hangul that came as separate letters (macOS writes so) as syllables: the same text, which EUC-KR can spell."""
    return unicodedata.normalize("NFC", text)


def _name(letter: str) -> str:
    return f"U+{ord(letter):04X} {unicodedata.name(letter, '')}".rstrip()


def e164(written: str) -> str:
    """A Korean subscriber's number as ``+82…``, however a provider writes it; empty for what has no such form: short
    and representative numbers (120, 1544-0000), names."""
    digits = _DIVIDERS.sub("", written)
    for country in ("+82", "0082", "82"):
        if digits.startswith(country):
            digits = "0" + digits.removeprefix(country).removeprefix("0")
            break
    return f"+82{digits[1:]}" if _HOME.fullmatch(digits) else ""


def at_home(number: str) -> str:
    """``01012345678`` for ``+821012345678``; empty for a number abroad."""
    return "0" + number.removeprefix("+82") if number.startswith("+82") else ""
