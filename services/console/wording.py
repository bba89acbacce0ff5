"""The words of the pages, Korean and English, from the tables in ``words``: one file a page, one line a word.

A code is the file's name and the word's, ``desk.ready``. States are in ``states.toml`` under the names of the
contracts, ``CASE_STATE_OPEN``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

LANGUAGES: Final = ("ko", "en")
_FOLDER: Final = Path(__file__).parent / "words"


@cache
def tables() -> Mapping[str, tuple[str, str]]:
    """Every word by its code."""
    return {
        f"{file.stem}.{name}": (both[0], both[1])
        for file in sorted(_FOLDER.glob("*.toml"))
        for name, both in tomllib.loads(file.read_text(encoding="utf-8")).items()
    }


def words(language: str) -> Callable[..., str]:
    """What says a word in a language: ``t("desk.ready")``; what stands in braces is filled in by name."""
    place = LANGUAGES.index(language)

    def say(code: str, **filled: Any) -> str:
        text = tables()[code][place]
        return text.format(**filled) if filled else text

    return say


def names(language: str) -> Callable[[str, str], str]:
    """What says a code of the hub's by a table of words: ``named("hazards", "flood")``. The code, where it has none."""
    place = LANGUAGES.index(language)

    def say(table: str, code: str) -> str:
        both = tables().get(f"{table}.{code}")
        return both[place] if both else code

    return say


def choices(language: str, table: str) -> list[tuple[str, str]]:
    """Every code of a table of words with its word, by the words."""
    place = LANGUAGES.index(language)
    found = [(code.partition(".")[2], both[place]) for code, both in tables().items() if code.startswith(f"{table}.")]
    return sorted(found, key=lambda one: one[1])


def state(language: str, name: str) -> str:
    """The word for a value of an enum of the contracts, by its name; the name itself where nobody has named it."""
    both = tables().get(f"states.{name}")
    return both[LANGUAGES.index(language)] if both else name


def reason(language: str, code: str) -> str:
    """The sentence for a reason with which a service refuses; empty where there is none."""
    both = tables().get(f"reasons.{code}")
    return both[LANGUAGES.index(language)] if both else ""


def best_language(chosen: str, accepted: str) -> str:
    """The language that was chosen, else the first that the browser takes and we have, else Korean."""
    if chosen in LANGUAGES:
        return chosen
    wanted = [part.split(";")[0].strip()[:2].lower() for part in accepted.split(",")[:20]]
    return next((language for language in wanted if language in LANGUAGES), LANGUAGES[0])
