"""Which keys a pattern takes, in the words of a topic exchange: ``*`` is one word, ``#`` any number of them.

RabbitMQ does this itself; the local driver uses this, and so may anyone who filters what it hears.
"""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=4096)
def matches(pattern: str, key: str) -> bool:
    """Say whether ``pattern`` takes ``key``; both are words joined by dots."""
    return _words_match(tuple(pattern.split(".")), tuple(key.split(".")))


def _words_match(pattern: tuple[str, ...], key: tuple[str, ...]) -> bool:
    if not pattern:
        return not key
    head, rest = pattern[0], pattern[1:]
    if head == "#":
        return any(_words_match(rest, key[skipped:]) for skipped in range(len(key) + 1))
    return bool(key) and head in ("*", key[0]) and _words_match(rest, key[1:])
