"""Texts with places for variables, ``{name}``: checked when they are written, filled when they leave."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_PLACE = re.compile(r"\{([^{}]*)\}")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


def variables(text: str) -> frozenset[str]:
    """The variables that a text names."""
    return frozenset(_PLACE.findall(text))


def faults(text: str, known: Iterable[str]) -> list[str]:
    """What is wrong with a text's places: each in a few words."""
    found = []
    if _PLACE.sub("", text).count("{") or _PLACE.sub("", text).count("}"):
        found.append("has a brace that is not closed")
    names = variables(text)
    if any(not _NAME.fullmatch(name) for name in names):
        found.append("has a variable whose name is none")
    missing = sorted(name for name in names - set(known) if _NAME.fullmatch(name))
    if missing:
        found.append(f"names variables that the list does not have: {', '.join(missing)}")
    return found


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text for one recipient; a variable without a value leaves nothing behind."""
    return _PLACE.sub(lambda found: values.get(found[1], ""), text)
