"""The earlier mails that a mail program puts below an answer: kept, and told apart by ``>`` before every line.

So an agent reads first what is new, and can still look up what it answers. Answers written between quoted lines stay
where they are.
"""

from __future__ import annotations

import re

_MESSAGE = r"original message|forwarded message|원본 ?메[시세]지|원본 ?메일|전달된 ?메[시세]지"
_DAY = r"\d{4}\s?(년|[./-])\s?\d{1,2}\s?(월|[./-])\s?\d{1,2}"
_BEGINNINGS = (
    re.compile(rf"\s*-{{2,}}\s*({_MESSAGE})\s*-{{2,}}\s*", re.IGNORECASE),
    re.compile(r"\s*on\s.{5,200}\swrote:\s*", re.IGNORECASE),
    re.compile(rf"\s*{_DAY}.{{0,150}}(작성|쓴 글|님이|wrote).{{0,20}}:?\s*", re.IGNORECASE),
)
_FROM = re.compile(r"\s*\W?(보낸 ?사람|발신인?|from)\W?\s*:.*", re.IGNORECASE)
_FIELD = re.compile(
    r"\s*\W?(보낸 ?날짜|날짜|일시|받는 ?사람|수신인?|참조|제목|sent|date|to|cc|subject)\W?\s*:.*", re.IGNORECASE
)
_LOOKAHEAD = 4


def told_apart(text: str) -> str:
    """``text`` with its history quoted."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for place, line in enumerate(lines):
        if _begins_history(line, lines[place + 1 : place + 1 + _LOOKAHEAD]):
            return "\n".join(_quoted(lines, place)).strip("\n")
    return "\n".join(lines).strip("\n")


def _begins_history(line: str, following: list[str]) -> bool:
    if any(one.fullmatch(line) for one in _BEGINNINGS):
        return True
    if following and line.strip() and any(one.fullmatch(f"{line} {following[0]}") for one in _BEGINNINGS[1:2]):
        return True
    return bool(_FROM.fullmatch(line)) and any(_FIELD.fullmatch(one) for one in following)


def _quoted(lines: list[str], place: int) -> list[str]:
    """Everything from there on quoted, unless the mail program has quoted it itself."""
    below = lines[place + 1 :]
    if any(line.startswith(">") for line in below):
        return [*lines[:place], f"> {lines[place]}".rstrip(), *below]
    return [*lines[:place], *(f"> {line}".rstrip() for line in lines[place:])]
