"""Questions that other services ask citizens: how they read, and which words answer them.

An answer is a number or a choice's own words and nothing else; whoever writes more is read by a person. What people put
around such a word (a full stop, "번", "요", "です") is looked through, in the six languages that the centre speaks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.intake.domain.notices import WORDS

LONGEST_ANSWER = 60
"""Characters; whoever writes more has more to say."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: its code, and how it is read by language; ``ko`` is there."""

    code: str
    words: Mapping[str, str]

    def told(self, language: str) -> str:
        """As a citizen reads it."""
        return self.words.get(language) or self.words.get("en") or self.words["ko"]


@dataclass(frozen=True, slots=True)
class Telling:
    """What another service wants a citizen told, and what they may answer, if anything."""

    id: str
    case_id: str
    texts: Mapping[str, str]
    choices: Sequence[Choice] = ()
    open_s: float = 0.0


_HOW: Mapping[str, str] = {
    "ko": "번호로 답장해 주세요.",
    "en": "Please reply with the number.",
    "zh": "请回复编号。",
    "ja": "番号でご返信ください。",
    "vi": "Vui lòng trả lời bằng số.",
    "mn": "Дугаараар нь хариулна уу.",
}


def worded(telling: Telling, language: str) -> str:
    """What a citizen reads: that no person wrote it, the text, and what may be answered."""
    spoken = language.partition("-")[0].lower() or "ko"
    read = next(one for one in (spoken, "en", "ko") if one in telling.texts)
    lines = [f"{WORDS.get(read, WORDS['en']).mark} {telling.texts[read]}"]
    if telling.choices:
        lines += [f"{number}. {one.told(read)}" for number, one in enumerate(telling.choices, start=1)]
        lines.append(_HOW.get(read, _HOW["en"]))
    return "\n".join(lines)


def _edges_off(text: str) -> str:
    """Without the marks, signs and blanks at both ends."""
    first, last = 0, len(text)
    while first < last and unicodedata.category(text[first])[0] in "PSZCM":
        first += 1
    while last > first and unicodedata.category(text[last - 1])[0] in "PSZCM":
        last -= 1
    return text[first:last]


def _plain(text: str) -> str:
    """As it is compared: one way to write each letter, nothing around it, no blanks in it."""
    return "".join(_edges_off(unicodedata.normalize("NFKC", text).casefold()).split())


_ENDING = re.compile(
    r"(?:이?요|이?에요|이?예요|입니다|(?:으로|로)(?:요|할게요|해주세요|부탁(?:드려요|드립니다|해요))?|です|でお願いします|でおねがいします)$"
)
_NUMBER = re.compile(r"(?:no\.?|number|option|choice|answer|第|选|選|số|#)?(\d)(?:번째|번|番目|番|号|號|-?р|-?дугаар)?")
_NUMBER_FIRST = re.compile(r"\W*(\d)(?:번|番|号|號|-р)?[\s.)\]:,-]+(\D.*)", re.DOTALL)
_YES = (
    *("네", "넵", "넹", "넴", "네네", "예", "예예", "응", "맞아요", "맞습니다", "그래요", "그렇습니다", "ㅇㅇ"),
    *(
        "yes",
        "y",
        "yeah",
        "yep",
        "是",
        "是的",
        "对",
        "对的",
        "好的",
        "はい",
        "ええ",
        "có",
        "vâng",
        "dạ",
        "đúng",
        "тийм",
        "за",
    ),
)
_NO = (
    *("아니요", "아니오", "아뇨", "아니", "아닙니다", "아니에요", "ㄴㄴ", "no", "n", "nope"),
    *("不", "不是", "没有", "否", "いいえ", "いや", "không", "chưa", "үгүй"),
)
_SAID_YES, _SAID_NO = frozenset(map(_plain, _YES)), frozenset(map(_plain, _NO))


def understood(text: str, choices: Sequence[Choice]) -> Choice | None:
    """The choice that a text is, and is alone; None if it is none, or may be more than one."""
    if len(text) > LONGEST_ANSWER:
        return None
    whole = _plain(text)
    for said in dict.fromkeys((whole, _ENDING.sub("", whole))):
        found = _numbered(said, choices) or _worded(said, choices)
        if found is not None:
            return found
    both = _NUMBER_FIRST.fullmatch(unicodedata.normalize("NFKC", text))
    if both is None:
        return None
    first, second = _numbered(both[1], choices), understood(both[2], choices)
    return first if first is not None and first is second else None


def _numbered(said: str, choices: Sequence[Choice]) -> Choice | None:
    number = _NUMBER.fullmatch(said)
    place = int(number[1]) if number else 0
    return choices[place - 1] if 0 < place <= len(choices) else None


def _worded(said: str, choices: Sequence[Choice]) -> Choice | None:
    meant = [one for one in choices if said in {_plain(words) for words in one.words.values()}]
    if not meant and said in _SAID_YES | _SAID_NO:
        meant = _of_two(choices, yes=said in _SAID_YES)
    return meant[0] if len(meant) == 1 and said else None


def _of_two(choices: Sequence[Choice], *, yes: bool) -> list[Choice]:
    """The yes, or the no, of two choices of which one is each."""
    if len(choices) != 2:
        return []
    sides = [(_means(one, "yes", _SAID_YES), _means(one, "no", _SAID_NO)) for one in choices]
    if sorted(sides) != [(False, True), (True, False)]:
        return []
    return [one for one, side in zip(choices, sides, strict=True) if side[0] == yes]


def _means(choice: Choice, code: str, those: frozenset[str]) -> bool:
    first_words = (re.split(r"[\s,.!·]+", words.strip(), maxsplit=1)[0] for words in choice.words.values())
    return choice.code == code or any(_plain(one) in those for one in first_words)
