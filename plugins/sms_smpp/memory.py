"""What a listener must not forget: parts that wait for the others, and deliveries that may come again.

It travels in the line's cursor, which the hub stores, sealed, in the same step as the messages: a part is acknowledged
when the cursor has it. Message centres number neither messages nor deliveries, so one that comes again is known by its
bytes; it is remembered until the message centre has answered something that we said after the acknowledgement (then
the acknowledgement has arrived), or the next connection has lasted a while. The same words sent after that are a new
message.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

REPEAT_S = 86_400.0
MOST_REPEATS = 500
MOST_PARTS = 200
"""Beyond this the oldest message that is incomplete is given to an agent as it is."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A message, or one part of it."""

    source: str
    """With its type of number, as ``1:821055501234``."""
    destination: str
    coding: int
    message: bytes
    reference: str = ""
    number: int = 1
    count: int = 1

    @property
    def key(self) -> str:
        """What its message has and no other."""
        return json.dumps([self.source, self.destination, self.coding, self.reference, self.count])


@dataclass(frozen=True, slots=True)
class Whole:
    """A message as far as it came; ``runs`` has None where parts are missing."""

    source: str
    destination: str
    coding: int
    runs: tuple[bytes | None, ...]
    seal: str
    """What tells it from others: made of its parts and of when it began."""


@dataclass(slots=True)
class _Waiting:
    since: float
    parts: dict[int, bytes]


@dataclass(slots=True)
class Memory:
    """Keep a copy until the hub has stored what came of a change."""

    waiting: dict[str, _Waiting] = field(default_factory=dict)
    repeats: dict[str, float] = field(default_factory=dict)

    @classmethod
    def load(cls, cursor: str) -> Memory:
        """From a cursor; an empty one, or one that cannot be read, remembers nothing."""
        try:
            raw = json.loads(cursor or "{}")
            waiting = {key: _waiting(one) for key, one in raw.get("waiting", {}).items()}
            return cls(waiting, {key: float(at) for key, at in raw.get("repeats", {}).items()})
        except (ValueError, TypeError, AttributeError, KeyError):
            return cls()

    def dump(self) -> str:
        """As a cursor."""
        waiting = {
            key: {"since": one.since, "parts": {str(n): b64encode(part).decode() for n, part in one.parts.items()}}
            for key, one in self.waiting.items()
        }
        return json.dumps({"waiting": waiting, "repeats": self.repeats})

    def copy(self) -> Memory:
        """One that can be changed."""
        waiting = {key: _Waiting(one.since, dict(one.parts)) for key, one in self.waiting.items()}
        return Memory(waiting, dict(self.repeats))

    def is_repeat(self, digest: str) -> bool:
        """Whether this very delivery was stored already."""
        return digest in self.repeats

    def remember(self, digest: str, now: float) -> None:
        """This delivery is being stored."""
        self.repeats[digest] = now
        fresh = {key: at for key, at in self.repeats.items() if now - at < REPEAT_S}
        self.repeats = dict(list(fresh.items())[-MOST_REPEATS:])

    def forget(self, digests: Iterable[str]) -> None:
        """The message centre knows that these were acknowledged: it will not deliver them again."""
        for digest in digests:
            self.repeats.pop(digest, None)

    def take(self, piece: Piece, now: float) -> list[Whole]:
        """Add a piece; returns the messages that are done: the one it completes, and any that has to make room."""
        if piece.count == 1:
            return [_whole(piece.key, {1: piece.message}, now)]
        done = []
        known = self.waiting.get(piece.key)
        if known and known.parts.get(piece.number, piece.message) != piece.message:  # the reference is used anew
            done.append(self._end(piece.key))
        waiting = self.waiting.setdefault(piece.key, _Waiting(now, {}))
        waiting.parts[piece.number] = piece.message
        if len(waiting.parts) == piece.count:
            done.append(self._end(piece.key))
        elif sum(len(one.parts) for one in self.waiting.values()) > MOST_PARTS:
            done.append(self._end(next(iter(self.waiting))))
        return done

    def overdue(self, before: float) -> list[Whole]:
        """Messages that began before then: what came of them, they wait no longer."""
        return [self._end(key) for key in [key for key, one in self.waiting.items() if one.since <= before]]

    def _end(self, key: str) -> Whole:
        waiting = self.waiting.pop(key)
        return _whole(key, waiting.parts, waiting.since)


def digest(key: str, delivery: Iterable[object]) -> str:
    """What a delivery is known by; keyed, for it is made of a number and of words."""
    return hmac.new(key.encode(), repr(tuple(delivery)).encode(), hashlib.sha256).hexdigest()[:32]


def _waiting(raw: Mapping[str, Any]) -> _Waiting:
    return _Waiting(float(raw["since"]), {int(n): b64decode(part) for n, part in raw["parts"].items()})


def _whole(key: str, parts: Mapping[int, bytes], since: float) -> Whole:
    source, destination, coding, _, count = json.loads(key)
    runs: list[bytes | None] = []
    for part in (parts.get(number) for number in range(1, count + 1)):
        if runs and part is not None and runs[-1] is not None:
            runs[-1] += part
        elif part is not None or not runs or runs[-1] is not None:
            runs.append(part)
    seal = repr((key, sorted(parts.items()), since))
    return Whole(source, destination, coding, tuple(runs), seal)
