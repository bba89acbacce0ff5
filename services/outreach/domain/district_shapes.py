"""Which districts the polygons and circles of an area touch: people's districts are known, never their spots.

Outlines of districts are rough and somewhat too wide. A district counts as touched where a part of it may be meant:
somebody rather gets one warning too many.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from services.outreach.domain.areas import EARTH_KM, Circle, Ring, Spot, in_ring

_KM_A_DEGREE = EARTH_KM * math.pi / 180
MOST_CORNERS = 300
"""Of a polygon, beyond which its hull is taken."""
_CORNERS = 72
"""Of the polygon around a circle."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A closed line and the box around it: south, north, west, east."""

    ring: Ring
    box: tuple[float, float, float, float]

    @classmethod
    def of(cls, ring: Ring) -> Outline:
        """A line with its box."""
        latitudes, longitudes = [spot[0] for spot in ring], [spot[1] for spot in ring]
        return cls(ring, (min(latitudes), max(latitudes), min(longitudes), max(longitudes)))

    def touches(self, other: Outline) -> bool:
        """Whether the two have a spot in common."""
        if not _boxes_meet(self.box, other.box):
            return False
        return in_ring(self.ring[0], other.ring) or in_ring(other.ring[0], self.ring) or self._crosses(other)

    def _crosses(self, other: Outline) -> bool:
        theirs = other._sides_near(self)
        return bool(theirs) and any(_cross(*side, *one) for side in self._sides_near(other) for one in theirs)

    def _sides_near(self, other: Outline) -> list[tuple[Spot, Spot]]:
        return [side for side in pairwise(self.ring) if _boxes_meet(_box(side), other.box)]


Shapes = Mapping[str, tuple[Outline, ...]]
"""The outlines of the parts of each district, by its code of five digits."""


def touched(polygons: Sequence[Ring], circles: Sequence[Circle], shapes: Shapes) -> tuple[str, ...]:
    """The codes of the districts that these touch, in their order. Of a polygon with very many corners the hull counts:
    whoever draws one finely does not make us reckon for a minute."""
    meant = [Outline.of(_bounded(ring)) for ring in (*polygons, *map(_around, circles))]
    return tuple(
        code
        for code, parts in sorted(shapes.items())
        if any(one.touches(part) for part in parts for one in meant)
    )  # fmt: skip


def _bounded(ring: Ring) -> Ring:
    return ring if len(ring) <= MOST_CORNERS else hull(ring)


def hull(spots: Sequence[Spot]) -> Ring:
    """The convex hull of spots (Andrew's monotone chain), closed."""
    ordered = sorted(set(spots))
    lower, upper = _chain(ordered), _chain(ordered[::-1])
    return (*lower[:-1], *upper[:-1], lower[0])


def _chain(spots: Sequence[Spot]) -> list[Spot]:
    found: list[Spot] = []
    for spot in spots:
        while len(found) >= 2 and _side(found[-2], found[-1], spot) <= 0:
            found.pop()
        found.append(spot)
    return found


def _around(circle: Circle) -> Ring:
    """A polygon around a circle, a thousandth wider than it."""
    north, east, radius = circle
    rise = radius / _KM_A_DEGREE / math.cos(math.pi / _CORNERS) * 1.001
    run = rise / max(0.01, math.cos(math.radians(north)))
    turns = [2 * math.pi * corner / _CORNERS for corner in range(_CORNERS)]
    ring = tuple((north + rise * math.sin(turn), east + run * math.cos(turn)) for turn in turns)
    return (*ring, ring[0])


def _box(side: tuple[Spot, Spot]) -> tuple[float, float, float, float]:
    (y1, x1), (y2, x2) = side
    return min(y1, y2), max(y1, y2), min(x1, x2), max(x1, x2)


def _boxes_meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1] and one[2] <= other[3] and other[2] <= one[3]


def _cross(a: Spot, b: Spot, c: Spot, d: Spot) -> bool:
    """Whether two sides have a spot in common."""
    sides = _side(a, b, c), _side(a, b, d), _side(c, d, a), _side(c, d, b)
    if sides[0] * sides[1] < 0 and sides[2] * sides[3] < 0:
        return True
    ends = ((sides[0], c, (a, b)), (sides[1], d, (a, b)), (sides[2], a, (c, d)), (sides[3], b, (c, d)))
    return any(side == 0 and _in(spot, _box(line)) for side, spot, line in ends)


def _side(begin: Spot, end: Spot, spot: Spot) -> float:
    """On which side of a line a spot lies; 0: on it."""
    return (end[1] - begin[1]) * (spot[0] - begin[0]) - (end[0] - begin[0]) * (spot[1] - begin[1])


def _in(spot: Spot, box: tuple[float, float, float, float]) -> bool:
    return box[0] <= spot[0] <= box[1] and box[2] <= spot[1] <= box[3]
