"""Documents that a connector hands over: JSON through and through, bounded, and storable.

What a document means is left to the service that asked for it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

DEPTH = 20
"""Objects and lists in each other."""
CHARACTERS = 500_000
"""All texts of one document together."""
ITEMS = 20_000
"""Values of one document."""

_UNSTORABLE = re.compile("[\ud800-\udfff\x00]")


class NoDocument(ValueError):
    """What is no JSON; the message says what stands in it."""


class TooLarge(ValueError):
    """JSON, but beyond its bounds."""


def clean(document: object) -> dict[str, Any]:
    """The document with every text storable. Raises ``NoDocument`` or ``TooLarge``."""
    if not isinstance(document, Mapping):
        raise NoDocument(f"it is a {type(document).__name__}, not an object")
    return _Cleaning().mapping(document, DEPTH)


class _Cleaning:
    """One document on its way: how much there was in it so far."""

    def __init__(self) -> None:
        self._characters = CHARACTERS
        self._items = ITEMS

    def mapping(self, value: Mapping[Any, object], depth: int) -> dict[str, Any]:
        """An object."""
        return {self._key(key): self._value(one, depth - 1) for key, one in value.items()}

    def _key(self, key: object) -> str:
        if type(key) is not str:
            raise NoDocument(f"a key is a {type(key).__name__}")
        return self._text(key)

    def _value(self, value: object, depth: int) -> Any:
        self._items -= 1
        if self._items < 0 or depth < 0:
            raise TooLarge("a document has too many values, or too many in each other")
        if type(value) is str:
            return self._text(value)
        if value is None or type(value) in (bool, int) or (type(value) is float and math.isfinite(value)):
            return value
        if isinstance(value, Mapping):
            return self.mapping(value, depth)
        if isinstance(value, list | tuple):
            return [self._value(one, depth - 1) for one in value]
        raise NoDocument(f"a {type(value).__name__} stands in it")

    def _text(self, text: str) -> str:
        self._characters -= len(text)
        if self._characters < 0:
            raise TooLarge(f"a document has more than {CHARACTERS} characters")
        return _UNSTORABLE.sub("\ufffd", text) if _UNSTORABLE.search(text) else text
