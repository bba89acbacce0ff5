"""Signs of mood and risk in what somebody said, by a small list of words, each with the exact words that showed it.

A sign is a question to a person until they say that it is one. Crisis words are looked for by the SDK beside this list
(``use_cases.sheet_answers``); these are what old people who live alone say.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final


class SignClass(StrEnum):
    """What a sign is of."""

    MOOD = "mood"
    RISK = "risk"
    LIFE_SAFETY = "life_safety"


class SignState(StrEnum):
    """Whether a sign is one."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


SIGN_MOVES: Final = {
    SignState.PROPOSED: frozenset({SignState.CONFIRMED, SignState.DISMISSED}),
    SignState.CONFIRMED: frozenset[SignState](),
    SignState.DISMISSED: frozenset[SignState](),
}


@dataclass(frozen=True, slots=True)
class Found:
    """A sign and the words that showed it."""

    kind: str
    sign_class: SignClass
    words: str = field(repr=False)


_WORDS: Final = (
    (
        *("loneliness", SignClass.MOOD),
        r"외로[워우운움]\w*|외롭\w*|쓸쓸\w*|적적\w*|말할 사람(?:이|도) 없\w*|혼자라서",
        r"lonely|alone all day",
    ),
    (
        *("sadness", SignClass.MOOD),
        r"우울\w*|슬[퍼프픈픔]\w*|눈물(?:이|만) \w+|살 ?맛(?:이)? \w+|사는 게 (?:힘들|재미없)\w*",
        r"hopeless|depressed",
    ),
    (*("sleep", SignClass.MOOD), r"잠(?:을|이)? (?:통 )?(?:못|안) ?\w+|불면\w*|뜬눈\w*", r"cannot sleep|can't sleep"),
    (
        *("hunger", SignClass.RISK),
        r"굶\w*|배(?:가)? ?고[파프픈픔]\w*|밥(?:을|도)? 못 ?\w+|먹을 (?:게|것이|것도) 없\w*|끼니(?:를)? \w*거[르른]\w*",
        r"hungry|nothing to eat",
    ),
    (
        *("medicine", SignClass.RISK),
        r"약(?:을|이|도)? (?:안|못) ?먹\w*|약(?:이)? (?:떨어\w+|없\w*)",
        r"ran out of (?:my )?medicine",
    ),
    (
        *("cold", SignClass.RISK),
        r"보일러(?:가|를)? (?:고장\w*|안 ?\w+|못 ?\w+)|난방(?:을|이)? (?:안|못) ?\w+|냉골\w*|너무 추[워운]\w*",
        r"no heating|freezing",
    ),
    (*("heat", SignClass.RISK), r"너무 더[워운]\w*|에어컨(?:이|도)? (?:없|고장)\w*|선풍기(?:도)? 없\w*", r"too hot"),
    (
        *("pain", SignClass.RISK),
        r"아[파프픈픔]\w*|통증\w*|쑤[셔시]\w*|어지[러럽]\w*|넘어[졌져지]\w*",
        r"in pain|dizzy|fell down",
    ),
    (*("violence", SignClass.RISK), r"때[려렸리]\w*|맞았\w*|욕(?:을)? \w*해\w*|무서워서 \w+", r"hits? me|threaten\w*"),
    (
        *("money", SignClass.RISK),
        r"돈(?:이|도)? 없\w*|월세(?:를|가)? (?:못|밀)\w*|전기(?:가)? 끊\w*|가스(?:가)? 끊\w*|빚\w*",
        r"can't pay|cannot pay",
    ),
    (
        *("dementia", SignClass.RISK),
        r"자꾸 (?:깜빡|잊)\w*|기억(?:이|을)? (?:안|못) ?\w+|길(?:을)? 잃\w*|며칠인지 (?:모르|몰라)\w*",
        r"keep forgetting|got lost",
    ),
)
"""Kind, class, and how it is said in Korean and in English. \\w goes on to the end of the word."""
_SOUGHT: Final = tuple(
    (kind, of, re.compile(f"{korean}|{english}", re.IGNORECASE)) for kind, of, korean, english in _WORDS
)
_NOT_BEFORE: Final = re.compile(r"(?<![가-힣\w])(?:안|not|no|never) ?$", re.IGNORECASE)
_BEGINS_NOT: Final = re.compile(r"지(?:는|도|가)?$")
_NOT_INSIDE: Final = re.compile(r"지(?:는|도)?않")
_NOT_AFTER: Final = re.compile(r" ?(?:않|안 )")
_NONE_AFTER: Final = re.compile(r" ?(?:전혀 )?없")
_NAMED: Final = frozenset({"pain"})
"""Kinds that are named by a noun, of which one says that there is none."""


def find(text: str) -> list[Found]:
    """The signs in a text, each kind once, with the words as they stand there first. What is said not to be so is
    none."""
    found: dict[str, Found] = {}
    for hit in _hits(unicodedata.normalize("NFC", text)):
        found.setdefault(hit.kind, hit)
    return list(found.values())


def _hits(text: str) -> Iterator[Found]:
    for kind, of, words in _SOUGHT:
        for match in words.finditer(text):
            if not _denied(text, match, kind):
                yield Found(kind, of, match[0])


def _denied(text: str, match: re.Match[str], kind: str) -> bool:
    """외롭지 않다, 안 아프다, 통증은 없다."""
    before, after = text[: match.start()][-6:], text[match.end() :]
    if _NOT_BEFORE.search(before) or _NOT_INSIDE.search(match[0]):
        return True
    if _BEGINS_NOT.search(match[0]) and _NOT_AFTER.match(after):
        return True
    return kind in _NAMED and _NONE_AFTER.match(after) is not None
