"""The language of a text: by its script where that decides, by words that one language alone has, and only then by
``lingua``, which takes 20 MB and is loaded when a text first needs it."""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING

from plugins.classifier_korean.words import COMMON, INDONESIAN, MALAY

if TYPE_CHECKING:
    from lingua import LanguageDetector

READ_CHARACTERS = 400
FEWEST_LETTERS = 3
UNSURE = 0.4
"""A guess below this is none."""
LOADING_S = 0.02
"""A text waits so long for ``lingua`` to be loaded; then it does without, and the next one has it."""
BY_SCRIPT, BY_WORDS, BY_MARKERS, GUESSED = 1.0, 0.95, 0.9, 0.5

LATIN = ("en", "vi", "fr", "es", "it", "de", "pt", "pl", "tr", "sv", "ms", "id")
CYRILLIC = ("ru", "mn")
_ONE_LANGUAGE: Mapping[str, str] = {
    "ja": r"[\u3040-\u30ff]",
    "th": r"[\u0e00-\u0e7f]",
    "ar": r"[\u0600-\u06ff]",
    "km": r"[\u1780-\u17ff]",
    "my": r"[\u1000-\u109f]",
    "lo": r"[\u0e80-\u0eff]",
    "si": r"[\u0d80-\u0dff]",
    "bn": r"[\u0980-\u09ff]",
    "ta": r"[\u0b80-\u0bff]",
    "he": r"[\u0590-\u05ff]",
    "el": r"[\u0370-\u03ff]",
    "ka": r"[\u10a0-\u10ff]",
    "hy": r"[\u0530-\u058f]",
}
"""Scripts that one language of those asked for has for itself. Japanese mixes its own with Chinese characters."""
_OWN = [(language, re.compile(script)) for language, script in _ONE_LANGUAGE.items()]
_HANGUL, _HAN = re.compile(r"[가-힣ㄱ-ㆎ]"), re.compile(r"[\u3400-\u9fff]")
_CYRILLIC, _MONGOLIAN = re.compile(r"[\u0400-\u04ff]"), re.compile(r"[өүӨҮ]")
_LATIN, _VIETNAMESE = re.compile(r"[a-zA-Z\u00c0-\u024f\u1e00-\u1eff]"), re.compile(r"[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
_NOT_WORDS = re.compile(r"https?://\S+|\S+@\S+|#\S+|\d+")
_WORD = re.compile(r"[^\W\d_]+")
_FEWEST_LATIN_WORDS = 4
"""So many words beside fewer Hangul letters: somebody names a place in Korean."""


class Languages:
    """Recognises the languages of the interpreter partner, and one more that an operator may add."""

    def __init__(self, extra: str = "") -> None:
        self._lingua = Lingua((*LATIN, *CYRILLIC, *((extra,) if extra else ())))

    def loaded(self) -> bool:
        """Whether ``lingua`` is there already."""
        return self._lingua.loaded.is_set()

    def of(self, text: str) -> tuple[str, float]:
        """The language and how sure it is, 0 to 1; empty where the text gives nothing away."""
        read = _NOT_WORDS.sub(" ", text[:READ_CHARACTERS])
        if _HANGUL.search(read) and not _names_a_place_in_korean(read):
            return "ko", BY_SCRIPT
        for language, script in _OWN:
            if script.search(read):
                return language, BY_SCRIPT
        if _HAN.search(read):
            return "zh", BY_WORDS
        if _CYRILLIC.search(read):
            return ("mn", BY_SCRIPT) if _MONGOLIAN.search(read) else self._guessed(read, CYRILLIC)
        if _VIETNAMESE.search(read):
            return "vi", BY_SCRIPT
        return self._guessed(_HANGUL.sub(" ", read), LATIN) if _LATIN.search(read) else ("", 0.0)

    def _guessed(self, read: str, among: tuple[str, ...]) -> tuple[str, float]:
        words = [word.casefold() for word in _WORD.findall(read)]
        if sum(map(len, words)) < FEWEST_LETTERS:
            return "", 0.0
        language, confidence = by_words(words)
        if confidence < BY_WORDS:
            language, confidence = self._lingua.of(read) or (language, confidence)
        if language in {"ms", "id"}:
            return _malay_or_indonesian(words, language, confidence)
        return (language, confidence) if confidence >= UNSURE else ("", 0.0)


def _names_a_place_in_korean(text: str) -> bool:
    """Whether a few Hangul letters stand in a text of another language: How do I get to 서울역?"""
    words, hangul = _LATIN.findall(text), _HANGUL.findall(text)
    return len(words) > 2 * len(hangul) and len(re.findall(r"[a-zA-Z]+", text)) >= _FEWEST_LATIN_WORDS


def by_words(words: list[str]) -> tuple[str, float]:
    """The language whose own words stand in the text: sure where there are two of them and none of another's."""
    said = set(words)
    hits = sorted(((len(said & own), language) for language, own in COMMON.items()), reverse=True)
    (most, language), (next_most, _) = hits[:2]
    if most >= 2 and next_most == 0:
        return language, BY_WORDS
    return (language, GUESSED) if most > next_most else ("", 0.0)


def _malay_or_indonesian(words: list[str], language: str, confidence: float) -> tuple[str, float]:
    """Two languages with most words in common: those that differ decide."""
    malay, indonesian = len(MALAY & set(words)), len(INDONESIAN & set(words))
    if malay == indonesian:
        return language, min(confidence, GUESSED)
    return ("ms" if malay > indonesian else "id"), BY_MARKERS


class Lingua:
    """``lingua``, loaded beside the first text that needs it. Its low accuracy mode: a fifteenth of the memory, and as
    good for sentences."""

    def __init__(self, codes: tuple[str, ...]) -> None:
        self._codes = codes
        self.loaded, self._begun = threading.Event(), threading.Lock()
        self._detector: LanguageDetector | None = None

    def of(self, text: str) -> tuple[str, float] | None:
        """The most likely language, with its likelihood; None while it is being loaded."""
        if not self.loaded.is_set():
            self._begin()
            if not self.loaded.wait(LOADING_S):
                return None
        values = self._detector.compute_language_confidence_values(text) if self._detector else []
        return (values[0].language.iso_code_639_1.name.lower(), values[0].value) if values else ("", 0.0)

    def _begin(self) -> None:
        if self._begun.acquire(blocking=False):
            threading.Thread(target=self._load, name="lingua", daemon=True).start()

    def _load(self) -> None:
        from lingua import Language, LanguageDetectorBuilder  # noqa: PLC0415 (90 MB of library: only when needed)

        known = [one for one in Language.all() if one.iso_code_639_1.name.lower() in self._codes]
        builder = LanguageDetectorBuilder.from_languages(*known).with_low_accuracy_mode()
        detector = builder.build()
        detector.compute_language_confidence_values("reads the models of letters, здравей")
        self._detector = detector
        self.loaded.set()
