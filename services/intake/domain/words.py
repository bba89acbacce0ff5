"""What is searched for: words, as keyed hashes keep them."""

from __future__ import annotations

import re
import unicodedata

MAX_HASHED_WORDS = 48
"""Words of one text that can be searched for."""
LONGEST_PARTICLE = 3
"""Syllables of the longest particle that is looked past (에서는, 으로는)."""
_WORD = re.compile(r"\w{2,40}")
_HANGUL = re.compile(r"[\uac00-\ud7a3]{3,}")


def searchable_words(text: str) -> list[str]:
    """The words under which a text is found again, at most ``MAX_HASHED_WORDS``, each once.

    Korean particles hang on the word: it counts without its last syllables too, so that 쓰레기를 is found by 쓰레기.
    """
    found: dict[str, None] = {}
    for word in query_words(text):
        found.setdefault(word)
        if _HANGUL.fullmatch(word):
            for end in range(max(2, len(word) - LONGEST_PARTICLE), len(word)):
                found.setdefault(word[:end])
    return list(found)[:MAX_HASHED_WORDS]


def query_words(text: str) -> list[str]:
    """The words of a search, folded as those of a text are."""
    return _WORD.findall(unicodedata.normalize("NFC", text).casefold())
