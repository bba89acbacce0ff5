"""Cutting a long text into pieces a channel can carry: at paragraphs, sentences or words, never inside a letter.

Nothing is lost or added: the pieces joined are the text, so a citizen reads all of it and an agent can prove it.
Characters are counted as providers and phones count them, in UTF-16 units: most emoji are two. Korean carriers count
bytes in EUC-KR, which does not have every letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_BORDERS = (
    re.compile(r"\n\s*\n+"),
    re.compile(r"\n+"),
    re.compile(r"[.!?…。！？]+[\"'”’)\]]*\s+"),
    re.compile(r"\s+"),
)
"""From the best place to cut to the worst; a cut falls after the match."""

_JOINERS = {"\u200d", "\ufe0e", "\ufe0f", "\u20e3"}
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_FLAGS = range(0x1F1E6, 0x1F200)
_TAGS = range(0xE0020, 0xE0080)


def length(text: str) -> int:
    """How many characters a provider counts: one for each code point, two for those beyond the first 65,536."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def euc_kr_bytes(text: str) -> int:
    """How many bytes the text takes in EUC-KR. Raises ``ValueError`` if it has letters that EUC-KR does not."""
    if outside_euc_kr(text):
        raise ValueError("the text has letters that EUC-KR does not have")
    return len(text.encode("euc_kr"))


def outside_euc_kr(text: str) -> str:
    """The letters that EUC-KR does not have, each once: emoji, other scripts, and the rare syllables that CP949 added
    (똠, 됬), which Python's codec would spell in eight bytes that no phone reads."""
    return "".join(dict.fromkeys(letter for letter in text if len(letter.encode("euc_kr", "ignore")) not in (1, 2)))


def split(text: str, limit: int) -> list[str]:
    """Pieces of at most ``limit`` characters whose concatenation is ``text``; one empty piece for an empty text.

    A letter that alone is longer than ``limit`` (a long emoji sequence) is cut between its code points: a channel that
    narrow cannot carry it whole.
    """
    if limit < 2:
        raise ValueError(f"limit must be at least 2, not {limit}")
    pieces, start = [], 0
    while (end := _reach(text, start, limit)) < len(text):
        cut = start + _best_cut(text[start : end + _LOOKAHEAD], end - start)
        pieces.append(text[start:cut])
        start = cut
    return [*pieces, text[start:]]


_LOOKAHEAD = 1
"""Whether a cut is inside a letter shows in the character after it."""


def _reach(text: str, start: int, limit: int) -> int:
    """How far a piece beginning at ``start`` can go."""
    end = min(len(text), start + limit)
    excess = length(text[start:end]) - limit
    while excess > 0:
        end -= 1
        excess -= 2 if text[end] > "\uffff" else 1
    return end


def _best_cut(text: str, most: int) -> int:
    """The last good border among the first ``most`` characters, unless it leaves the piece less than half full."""
    window = text[:most]
    for border in _BORDERS:
        ends = [match.end() for match in border.finditer(window)]
        if ends and ends[-1] * 2 >= most and not _inside_letter(text, ends[-1]):
            return ends[-1]
    return next((cut for cut in range(most, 0, -1) if not _inside_letter(text, cut)), most)


def _inside_letter(text: str, cut: int) -> bool:
    """Whether a cut before ``text[cut]`` would part what a reader sees as one letter."""
    if not 0 < cut < len(text):
        return False
    before, after = text[cut - 1], text[cut]
    return (
        (before == "\r" and after == "\n")
        or _extends(after)
        or before == "\u200d"
        or _joins_jamo(before, after)
        or (ord(after) in _FLAGS and _flags_before(text, cut) % 2 == 1)
    )


def _extends(letter: str) -> bool:
    code = ord(letter)
    return letter in _JOINERS or code in _SKIN_TONES or code in _TAGS or unicodedata.category(letter).startswith("M")


def _joins_jamo(before: str, after: str) -> bool:
    """Conjoining Hangul: leading + vowel, (leading + vowel) + vowel or trailing, decomposed or precomposed."""
    first, second = _jamo(before), _jamo(after)
    return second in {"L": "LVS", "S": "VT", "V": "VT", "T": "T"}.get(first, "") if second else False


def _jamo(letter: str) -> str:
    code = ord(letter)
    kinds = ((0x1100, 0x115F, "L"), (0x1160, 0x11A7, "V"), (0x11A8, 0x11FF, "T"), (0xAC00, 0xD7A3, "S"))
    return next((kind for first, last, kind in kinds if first <= code <= last), "")


def _flags_before(text: str, cut: int) -> int:
    return sum(1 for _ in _trailing_flags(text, cut))


def _trailing_flags(text: str, cut: int) -> Iterator[str]:
    for letter in reversed(text[:cut]):
        if ord(letter) not in _FLAGS:
            return
        yield letter
