"""Puts language, topic and urgency together."""

from __future__ import annotations

import re

from hub120_sdk import Classification, Context, Urgency
from hub120_sdk.crisis import alarm

from plugins.classifier_korean.languages import Languages
from plugins.classifier_korean.topics import Topics

_ADVERTISING = re.compile(
    r"[(\[<]\s*광\s*고\s*[)\]>]|무료\s*(?:수신)?\s*거부|수신\s*거부|\bunsubscribe\b", re.IGNORECASE
)
"""What the law has senders of advertising write into it."""
_FOOT_CHARACTERS = 400


class KoreanClassifier:
    """Decides by what stands in the text alone: the same text, the same answer."""

    def __init__(self, context: Context) -> None:
        self.languages = Languages(context.settings.get("extra_language", ""))
        self._topics = Topics.read()
        alarm("가")  # makes its tables ready now, not while the first citizen waits

    def classify(self, text: str) -> Classification:
        """See ``Classifier``."""
        language, language_confidence = self.languages.of(text)
        topic, confidence = self._topics.of(text) if language == "ko" else ("", 0.0)
        found = alarm(text)
        urgency = Urgency.BULK if found.urgency is Urgency.NORMAL and _is_advertising(text) else found.urgency
        return Classification(language, topic, urgency, found.words, confidence, language_confidence)


def _is_advertising(text: str) -> bool:
    return bool(_ADVERTISING.search(text[:_FOOT_CHARACTERS]) or _ADVERTISING.search(text[-_FOOT_CHARACTERS:]))
