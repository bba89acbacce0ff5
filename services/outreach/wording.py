"""The words of notices by language and kind of disaster: ``notice_texts.json``, read once.

Each says what happened, where, what to do and where to ask, in short sentences. ``reviewed`` is false until a native
speaker has looked at a language: a front end shows it to whoever approves.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from services.outreach.domain.hazards import Hazard
from services.outreach.domain.notices import NoticeAct

KOREAN = "ko"
_MOST_NAMES = 2
"""Places that stand in a text; of the others only how many there are."""


@cache
def _texts() -> Mapping[str, Mapping[str, Any]]:
    found: Mapping[str, Mapping[str, Any]] = json.loads(
        (files("services.outreach") / "notice_texts.json").read_text("utf-8")
    )
    return found


def languages() -> Sequence[str]:
    """Every language that there are words in, Korean first."""
    return tuple(_texts())


def reviewed(language: str) -> bool:
    """Whether a native speaker has looked at the words."""
    return bool(_texts().get(language, {}).get("reviewed"))


def texts(hazard: Hazard, act: NoticeAct, names: Sequence[str]) -> dict[str, str]:
    """A notice in every language; nothing for a kind of disaster that has no words."""
    found = {}
    for language, words in _texts().items():
        if hazard.value in words and isinstance(words[hazard.value], list):
            what, do = words[hazard.value]
            found[language] = words[act.value].format(what=what, do=do, place=place(names, language))
    return found


def looked_for(who: Mapping[str, str], names: Sequence[str], code: str) -> dict[str, str]:
    """A notice of somebody who is looked for, in each language in which they are described."""
    return {
        language: _texts()[language]["missing"].format(place=place(names, language), who=words, code=code)
        for language, words in who.items()
        if language in _texts()
    }


def found_again(spoken: Sequence[str], names: Sequence[str], code: str) -> dict[str, str]:
    """That they were found, in the languages in which they were looked for."""
    return {
        language: _texts()[language]["found"].format(place=place(names, language), code=code)
        for language in spoken
        if language in _texts()
    }


def place(names: Sequence[str], language: str) -> str:
    """Where, as short as can be: a whole province by its name alone, and of many places how many there are."""
    short = [name.removesuffix(" 전체") for name in names]
    told, more = ", ".join(short[:_MOST_NAMES]), len(short) - _MOST_NAMES
    if more <= 0:
        return told
    return f"{told} 외 {more}곳" if language == KOREAN else f"{told} (+{more})"
