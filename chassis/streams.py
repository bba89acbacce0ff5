"""Streams to front ends: who watches which subject, and who must be woken when it changes.

What happens to a subject is numbered without gaps. A stream sends what follows the number it has sent: straight from
the signal where that carries it, else from the database, where a signal came without it or one is missing. Since
signals may be lost, a watch compares the numbers in the database every few seconds, for all subjects of the process in
one query.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from chassis import logs
from chassis.errors import database_is_away
from chassis.event_loop import run_blocking

T = TypeVar("T")

PAGE = 200
"""Changes read at once."""
WATCH_S = 2.0
"""How late a stream is at worst when a signal was lost."""


class Streams:
    """The streams of one kind in this process, by the subject they watch. Belongs to the event loop."""

    def __init__(self, sequences: Callable[[Sequence[str]], Mapping[str, int]]) -> None:
        """``sequences`` reads the last sequence of each of these subjects from the database."""
        self._sequences = sequences
        self._sleepers: dict[str, set[Sleeper]] = defaultdict(set)

    def __len__(self) -> int:
        return sum(len(sleepers) for sleepers in self._sleepers.values())

    def wake(self, subject: str) -> None:
        """The subject changed: its streams read what is new."""
        for sleeper in self._sleepers.get(subject, ()):
            sleeper.look()

    def push(self, subject: str, sequence: int, item: Any) -> None:
        """The subject changed, and this is how."""
        for sleeper in self._sleepers.get(subject, ()):
            sleeper.take(sequence, item)

    @contextmanager
    def watching(self, subject: str) -> Iterator[Sleeper]:
        """Take part in wake-ups of this subject."""
        sleeper = Sleeper()
        self._sleepers[subject].add(sleeper)
        try:
            yield sleeper
        finally:
            self._sleepers[subject].discard(sleeper)
            if not self._sleepers[subject]:
                del self._sleepers[subject]

    async def watch(self) -> None:
        """Wake streams whose subject moved although no signal came; runs as long as the process."""
        log = logs.get_logger("streams")
        while True:
            await asyncio.sleep(WATCH_S)
            subjects = list(self._sleepers)
            if not subjects:
                continue
            try:
                found = await run_blocking(self._sequences, subjects)
            except Exception as error:  # noqa: BLE001 - the watch outlives a database that is away
                log.warning("watch_waits", error=type(error).__name__, away=database_is_away(error))
                continue
            for subject, sequence in found.items():
                if any(sleeper.sequence < sequence for sleeper in self._sleepers.get(subject, ())):
                    self.wake(subject)


class Sleeper:
    """One stream: the number it has sent, what was pushed to it, and the event that wakes it."""

    __slots__ = ("_changed", "_look", "_pushed", "sequence")

    def __init__(self) -> None:
        self.sequence = 0
        self._changed = asyncio.Event()
        self._look = True
        self._pushed: deque[tuple[int, Any]] = deque()

    def look(self) -> None:
        """Read the database."""
        self._look = True
        self._changed.set()

    def take(self, sequence: int, item: Any) -> None:
        """Take over a change as the signal brought it."""
        if len(self._pushed) < PAGE:
            self._pushed.append((sequence, item))
        else:
            self._look = True
        self._changed.set()

    async def news(self, read: Callable[[int], Sequence[tuple[int, T]]], after: int) -> AsyncIterator[T]:
        """What happens after a number, in order, none left out, none twice, forever.

        ``read(number)`` returns at most ``PAGE`` changes after it, each with its number.
        """
        self.sequence = after
        while True:
            self._changed.clear()
            for sequence, item in await self._new(read):
                self.sequence = sequence
                yield item
            if not self._look and not self._pushed:
                await self._changed.wait()

    async def _new(self, read: Callable[[int], Sequence[tuple[int, T]]]) -> Sequence[tuple[int, T]]:
        if self._look:
            self._look = False
            found = await run_blocking(read, self.sequence)
            self._look = self._look or len(found) >= PAGE
            return found
        taken: list[tuple[int, T]] = []
        reached = self.sequence
        while self._pushed and self._pushed[0][0] <= reached + 1:
            sequence, item = self._pushed.popleft()
            if sequence > reached:
                reached = sequence
                taken.append((sequence, item))
        if self._pushed:
            self._pushed.clear()
            self._look = True
        return taken
