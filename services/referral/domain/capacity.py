"""The capacity question: has an agency room for such a case?

It holds codes alone, so that nothing of a person can be in it; the answers are those of Gravity's closed loop.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from services.referral.domain import areas
from services.referral.domain.letters import Letter
from services.referral.domain.taxonomies import term

LONGEST_WEEKS: Final = 520
_DIGITS: Final = re.compile("[0-9]{2}([0-9]{3})?")


class Room(StrEnum):
    """Whether an agency can take somebody."""

    ROOM = "room"
    NO_ROOM = "no_room"
    WAITING_LIST = "waiting_list"
    ASSESSMENT = "assessment"


class Age(StrEnum):
    """How old somebody is, roughly; ``NONE``: not said."""

    NONE = ""
    UNDER_19 = "under_19"
    FROM_19 = "from_19"
    FROM_35 = "from_35"
    FROM_65 = "from_65"


_AGES: Final[Mapping[Age, tuple[str, str]]] = {
    Age.UNDER_19: ("19세 미만", "under 19"),
    Age.FROM_19: ("19~34세", "19 to 34"),
    Age.FROM_35: ("35~64세", "35 to 64"),
    Age.FROM_65: ("65세 이상", "65 or older"),
}


@dataclass(frozen=True, slots=True)
class Question:
    """What an agency is asked. ``area`` are 2 or 5 digits of a district code; empty: not said."""

    need: str
    area: str = ""
    age: Age = Age.NONE
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What it says; ``weeks`` is how long its waiting list is, about, 0: not said."""

    room: Room
    weeks: int = 0


def faults(question: Question) -> list[tuple[str, str]]:
    """What is wrong, as field and words; empty if it can be asked. Whatever is no code is refused: it may be a name."""
    found = []
    named = term("need", question.need)
    if named is None or named.code != question.need:
        found.append(("need", "is a code of the taxonomy need"))
    if question.area and not (_DIGITS.fullmatch(question.area) and areas.code(question.area)):
        found.append(("area", "is the first 2 or 5 digits of a district code"))
    return found


def described(question: Question, language: str, place: str) -> str:
    """The question in one line; ``place`` is the name of its area."""
    at = 1 if language == "en" else 0
    named = term("need", question.need)
    parts = [(named.ko, named.en)[at] if named else question.need]
    if place:
        parts.append(place)
    if question.age:
        parts.append(_AGES[question.age][at])
    if question.urgent:
        parts.append(("긴급", "urgent")[at])
    return ", ".join(parts)


def letter(question: Question, language: str, place: str, *, centre: str, url: str = "") -> Letter:
    """What an agency is written, or read out where it is called."""
    what = described(question, language, place)
    if language == "en":
        text = f"Have you room for somebody ({what})? No personal data is in this question."
        return Letter(f"[{centre}] Have you room?"[:100], f"{text} Please answer here:\n{url}" if url else text)
    text = f"이런 분({what})을 맡아 주실 자리가 있습니까? 이 질문에는 개인정보가 없습니다."
    return Letter(f"[{centre}] 자리가 있는지 여쭙니다"[:100], f"{text} 아래에서 답해 주세요.\n{url}" if url else text)
