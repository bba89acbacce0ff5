"""Korean resident and alien registration numbers in free text: never stored, whatever a citizen writes.

The law forbids keeping them without a statute that allows it, and consent does not help; so what looks like one is
masked before anything is written. A false hit costs seven digits of some other number, a miss breaks the law: when in
doubt, it is masked.
"""

from __future__ import annotations

import re
from calendar import monthrange

MASKED_REST = "-*******"
"""Takes the place of what follows the six digits of the birth date: the digit for sex and century goes too. The birth
date stays, as on documents that public offices hand out; the text around it is sealed anyway."""

_CENTURIES = {1: 1900, 2: 1900, 5: 1900, 6: 1900, 3: 2000, 4: 2000, 7: 2000, 8: 2000, 9: 1800, 0: 1800}
"""What the seventh digit says; 5 to 8 are the numbers of foreigners."""

_NUMBER = re.compile(
    r"(?<![\d+])"  # no part of a longer number, no foreign phone number
    r"(\d{2})(\d{2})(\d{2})"
    r"[\s\u200b\u2060\ufeff]{0,3}[-\u2010-\u2015\u2212\u30fc\uff0d\ufe63~\uff5e./\u00b7_]?[\s\u200b\u2060\ufeff]{0,3}"
    r"(\d)\d{6}(?!\d)"
)


def mask_resident_numbers(text: str) -> tuple[str, int]:
    """The text with every such number as ``900101-*******``, and how many there were.

    Whether it is one is told by its shape and a birth date that can be, in any script's digits. The check digit is not
    asked: numbers given out since October 2020 have none.
    """
    count = 0

    def mask(found: re.Match[str]) -> str:
        nonlocal count
        if not _can_be_born(*map(int, found.groups())):
            return found.group()
        count += 1
        return "".join(found.group(1, 2, 3)) + MASKED_REST

    return _NUMBER.sub(mask, text), count


def _can_be_born(year: int, month: int, day: int, century: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= monthrange(_CENTURIES[century] + year, month)[1]
