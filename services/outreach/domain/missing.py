"""People who are looked for: who may be named in a notice, for how long, and by which code whoever saw them is known.

The law (실종아동등의 보호 및 지원에 관한 법률, articles 2 and 9-2) lets a name, a photo and a description be told to
the public for children below 18, people with certain disabilities and people with dementia, once the police ask for it;
the centre keeps them no longer than the notice runs. Moments are seconds since 1970.
"""

from __future__ import annotations

from enum import StrEnum


class MissingKind(StrEnum):
    """Whom the law covers."""

    CHILD = "child"
    """Below 18."""
    DISABILITY = "disability"
    """Intellectual, autistic or mental disability."""
    DEMENTIA = "dementia"


class Found(StrEnum):
    """How a search ended; ``NOT`` while it goes on."""

    NOT = ""
    FOUND = "found"
    CALLED_OFF = "called_off"
    EXPIRED = "expired"


def sighting_code(number: int) -> str:
    """The code that a sighting quotes, of a number from 0 to 9,999: a digit at its end tells a slip of the pen."""
    digits = f"{number % 10_000:04d}"
    return f"{digits}{check_digit(digits)}"


def check_digit(digits: str) -> int:
    """Luhn's: it finds every single wrong digit and most that changed places."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return -total % 10
