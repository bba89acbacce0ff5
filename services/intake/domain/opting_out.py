"""Opting out: which messages say that a citizen wants nothing more of what goes to many, and what they are answered.

The words are data. Only a message that is such a word and nothing else is one: whoever writes more is read by a person.
"""

from __future__ import annotations

import unicodedata

_KOREAN = ("수신거부", "수신 거부", "무료수신거부", "무료 수신거부", "거부", "차단")
_ENGLISH = ("stop", "stopall", "stop all", "unsubscribe", "opt out", "opt-out", "optout")
WORDS = frozenset((*_KOREAN, *_ENGLISH))
"""As they are compared: in lower case."""
_LONGEST = 40
"""Characters."""
ANSWERS = {
    "ko": "[자동 안내] 수신거부가 처리되었습니다. 이 채널로 안내를 더 보내지 않습니다. "
    "생명이 위급한 재난 알림은 계속 보냅니다.",
    "en": "[Automatic message] You are unsubscribed: we send no more mailings on this channel. Alerts about danger to "
    "life are still sent.",
}
"""What they are told, once in a case."""


def opts_out(text: str) -> bool:
    """Whether a message is such a word, with nothing but blanks, full stops and exclamation marks around it."""
    if len(text) > _LONGEST:
        return False
    plain = unicodedata.normalize("NFKC", text).casefold().strip(" \t\r\n.!。")
    return " ".join(plain.split()) in WORDS


def answer(language: str) -> str:
    """What somebody of this language is told; both where nobody knows it: STOP is written by anybody."""
    known = language.partition("-")[0].lower()
    return "\n".join(ANSWERS.values()) if not known else ANSWERS.get(known, ANSWERS["en"])
