"""Korean as searching needs it, without a dictionary: words without their particles and endings, pairs of syllables,
initial consonants (초성).

A word without what hangs on it finds itself in any sentence; pairs of its syllables find it inside longer words and
over spaces ("긴급 복지" and "긴급복지" share 긴급, 급복 and 복지). Where a rule cuts off too much it does so in
services and in queries alike, so they still meet. Whoever wants every form of every verb needs a dictionary; this
leaves them to the pairs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from services.referral.domain import korean_words

_TOKENS = re.compile(r"[가-힣]+|[a-z]+|[0-9]+|[ㄱ-ㅎ]+")
_BETWEEN = re.compile(r"[\s·ㆍ∙]{1,2}")
"""What may stand between two words that some write as one."""
_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_DOUBLE = {"ㄲ": "ㄱ", "ㄸ": "ㄷ", "ㅃ": "ㅂ", "ㅆ": "ㅅ", "ㅉ": "ㅈ"}
"""People type ㄱ for ㄲ: both count as one."""
_FIRST, _EACH = ord("가"), 588

_ENDINGS = sorted(korean_words.ENDINGS.split(), key=len, reverse=True)
_PARTICLES = frozenset(korean_words.PARTICLES.split())
_ONE_SYLLABLE = frozenset(korean_words.ONE_SYLLABLE.split())
_WHOLE_ENDS = tuple(korean_words.WHOLE_ENDS.split())
STOP_WORDS = frozenset(korean_words.STOP_WORDS.split())
"""Words that say nothing of what is looked for."""
_MOST_STRIPPED = 3


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text."""

    stem: str
    """Without particles and endings."""
    written: str
    """As it stands in the text, in small letters."""
    follows: bool
    """Nothing but a space separates it from the word before, which has nothing hanging on it: some write the two as
    one."""


def normal(text: str) -> str:
    """A text as it is searched: syllables composed, Latin letters small."""
    return unicodedata.normalize("NFC", text).casefold()


def words(text: str) -> list[Word]:
    """The words of a text, stop words too."""
    found: list[Word] = []
    clean, end, bare = normal(text), -1, False
    for token in _TOKENS.finditer(clean):
        written = token[0]
        cut = stem(written)
        adjacent = end >= 0 and _BETWEEN.fullmatch(clean, end, token.start()) is not None
        found.append(Word(cut, written, bare and adjacent and is_hangul(cut)))
        end, bare = token.end(), cut == written and is_hangul(cut)
    return found


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """A word without what hangs on it; at least two syllables remain, or one that means something alone."""
    if word[:1] in _ONE_SYLLABLE and word[1:] in _PARTICLES:
        return word[0]
    if word in STOP_WORDS or not is_hangul(word):
        return word
    for _ in range(_MOST_STRIPPED):
        cut = _cut(word)
        if cut == word:
            break
        word = cut
    return word


def _cut(word: str) -> str:
    if word.endswith(_WHOLE_ENDS):
        return word
    for ending in _ENDINGS:
        if len(word) - len(ending) >= 2 and word.endswith(ending):
            return word[: -len(ending)]
    return word


def stands_alone(stem: str) -> bool:
    """Whether a word of one sign means something."""
    return stem in _ONE_SYLLABLE


def is_hangul(word: str) -> bool:
    """Whether a word is of Korean syllables."""
    return "가" <= word[:1] <= "힣"


def is_initials(word: str) -> bool:
    """Whether a word is of consonants alone, as people type who do not want to type it whole."""
    return "ㄱ" <= word[:1] <= "ㅎ"


def pairs(word: str) -> list[str]:
    """Every two syllables of a word that stand side by side; none of a word of one syllable or of Latin letters."""
    return [word[at : at + 2] for at in range(len(word) - 1)] if is_hangul(word) else []


def pairs_over_spaces(found: Sequence[Word]) -> Iterator[str]:
    """The last syllable of a word with the first of the next, where some write the two as one."""
    for before, word in pairwise(found):
        if word.follows:
            yield before.stem[-1] + word.stem[0]


def initials(text: str) -> str:
    """The initial consonants of a text's syllables, one string whatever the spaces."""
    return simple("".join(_INITIALS[(ord(sign) - _FIRST) // _EACH] for sign in normal(text) if "가" <= sign <= "힣"))


def simple(consonants: str) -> str:
    """Consonants with double ones as single ones."""
    return "".join(_DOUBLE.get(one, one) for one in consonants)


def grams(consonants: str) -> set[str]:
    """What a text's initials are found by: every two and three of them side by side."""
    return {consonants[at : at + size] for size in (2, 3) for at in range(len(consonants) - size + 1)}
