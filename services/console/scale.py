"""Time on a line of a hundred: where each span of a trace begins, and how long its bar is. Long stretches in which
nothing happens (an agent reads, a task waits for its next attempt) are cut short, so that the rest can be seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

Stretch = tuple[int, int]
"""From when until when, in nanoseconds."""
_CUT_FROM: Final = 0.5
"""A silence is cut if it is longer than this part of all the time in which something happens,"""
_CUT_TO: Final = 0.06
"""and then is as long as this part of it."""
_SHORTEST: Final = 1


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of time, and where it lies on the line."""

    began: int
    ended: int
    left: float
    width: float
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Scale:
    """The line of a trace."""

    pieces: Sequence[Piece]

    def place(self, moment: int) -> float:
        """Where a moment lies, 0 to 100."""
        for piece in self.pieces:
            if moment <= piece.ended:
                part = (moment - piece.began) / max(piece.ended - piece.began, _SHORTEST)
                return piece.left + piece.width * min(max(part, 0.0), 1.0)
        return 100.0

    @property
    def cuts(self) -> Sequence[Piece]:
        """The silences that were cut short."""
        return [piece for piece in self.pieces if piece.cut]


def measured(spans: Sequence[Stretch]) -> Scale:
    """The line on which these spans lie."""
    busy = _joined(spans)
    if not busy:
        return Scale(())
    busy_ns = max(sum(ended - began for began, ended in busy), _SHORTEST)
    stretches: list[tuple[int, int, float, bool]] = []
    for number, (began, ended) in enumerate(busy):
        if number:
            silent_ns = began - busy[number - 1][1]
            cut = silent_ns > _CUT_FROM * busy_ns
            stretches.append((busy[number - 1][1], began, _CUT_TO * busy_ns if cut else silent_ns, cut))
        stretches.append((began, ended, max(ended - began, _SHORTEST), False))
    return Scale(_laid(stretches))


def _laid(stretches: Sequence[tuple[int, int, float, bool]]) -> Sequence[Piece]:
    whole, left, found = sum(length for _, _, length, _ in stretches), 0.0, []
    for began, ended, length, cut in stretches:
        width = 100.0 * length / whole
        found.append(Piece(began, ended, left, width, cut))
        left += width
    return found


def _joined(spans: Sequence[Stretch]) -> list[Stretch]:
    """The stretches in which something happens."""
    found: list[Stretch] = []
    for began, ended in sorted(spans):
        if found and began <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], ended))
        else:
            found.append((began, ended))
    return found
