"""Areas that something is said to, and whether a place lies in one: by district code, polygon or circle.

District codes are those of the Ministry of the Interior (법정동코드) by their first 2, 5 or 10 digits; ``KR`` is the
whole country. An area is all of its parts together; one without any holds nobody. Polygons are taken as plane figures
of degrees, which is right to a few metres over a province; none may cross the 180th meridian.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

WHOLE_COUNTRY = "KR"
EARTH_KM = 6371.0088
"""Its mean radius."""
_CODE = re.compile(r"KR|[0-9]{2}([0-9]{3}([0-9]{5})?)?")
_ON_THE_LINE = 1e-12

Spot = tuple[float, float]
"""Latitude and longitude, degrees."""
Ring = tuple[Spot, ...]
"""A closed line: the last spot is the first again."""
Circle = tuple[float, float, float]
"""Latitude, longitude and radius in km."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody is, as far as it is known."""

    code: str = ""
    spot: Spot | None = None


@dataclass(frozen=True)
class Area:
    """Where something is said."""

    codes: tuple[str, ...] = ()
    polygons: tuple[Ring, ...] = ()
    circles: tuple[Circle, ...] = ()
    names: tuple[str, ...] = ()
    """As people read them; they hold nobody by themselves."""

    def holds(self, place: Place) -> bool:
        """Whether the place lies in it, its edge included."""
        if place.code and any(lies_in(place.code, one) for one in self.codes):
            return True
        spot = place.spot
        if spot is None:
            return False
        near = (ring for ring, box in zip(self.polygons, self._boxes, strict=True) if _in_box(spot, box))
        return any(in_ring(spot, ring) for ring in near) or any(in_circle(spot, one) for one in self.circles)

    @property
    def empty(self) -> bool:
        """Nobody can be in it."""
        return not (self.codes or self.polygons or self.circles)

    @cached_property
    def _boxes(self) -> tuple[tuple[float, float, float, float], ...]:
        return tuple(_box(ring) for ring in self.polygons)

    def written(self) -> str:
        """As text, the same for the same area."""
        told = {"codes": self.codes, "polygons": self.polygons, "circles": self.circles, "names": self.names}
        return json.dumps({name: value for name, value in told.items() if value}, ensure_ascii=False)

    @classmethod
    def read(cls, written: str) -> Area:
        """As it was written."""
        told = json.loads(written)
        return cls(
            tuple(told.get("codes", ())),
            tuple(tuple((spot[0], spot[1]) for spot in ring) for ring in told.get("polygons", ())),
            tuple((one[0], one[1], one[2]) for one in told.get("circles", ())),
            tuple(told.get("names", ())),
        )


def is_code(written: str) -> bool:
    """Whether it has the form of a district code, or is the whole country."""
    return bool(_CODE.fullmatch(written))


def lies_in(code: str, area: str) -> bool:
    """Whether a district lies in another or is it. A 구 of a city (41111) lies in the city (41110). A place of which
    only the province is known does not lie in one of its districts."""
    if area == WHOLE_COUNTRY or code.startswith(area):
        return True
    return len(area) == 5 and area.endswith("0") and len(code) >= 5 and code[:4] == area[:4]


def merged(areas: Iterable[Area]) -> Area:
    """All of them as one, each part once."""
    found = list(areas)
    return Area(
        tuple(dict.fromkeys(code for one in found for code in one.codes)),
        tuple(dict.fromkeys(ring for one in found for ring in one.polygons)),
        tuple(dict.fromkeys(circle for one in found for circle in one.circles)),
        tuple(dict.fromkeys(name for one in found for name in one.names)),
    )


def in_circle(spot: Spot, circle: Circle) -> bool:
    """Whether a spot is no farther from the centre than the radius, on the great circle."""
    return distance_km(spot, (circle[0], circle[1])) <= circle[2]


def distance_km(one: Spot, other: Spot) -> float:
    """How far apart two spots are on the great circle (haversine)."""
    (north, east), (other_north, other_east) = (tuple(map(math.radians, spot)) for spot in (one, other))
    rise, run = math.sin((other_north - north) / 2), math.sin((other_east - east) / 2)
    share = rise * rise + math.cos(north) * math.cos(other_north) * run * run
    return 2 * EARTH_KM * math.asin(math.sqrt(min(1.0, share)))


def in_ring(spot: Spot, ring: Ring) -> bool:
    """Whether a spot is inside a closed line or on it (even-odd rule: where a line crosses itself, what it encloses
    twice is outside)."""
    inside = False
    latitude, longitude = spot
    for (south, west), (north, east) in pairwise(ring):
        if _on_line(spot, (south, west), (north, east)):
            return True
        if (south > latitude) != (north > latitude):
            crossing = west + (latitude - south) / (north - south) * (east - west)
            inside ^= longitude < crossing
    return inside


def _on_line(spot: Spot, begin: Spot, end: Spot) -> bool:
    (y, x), (y1, x1), (y2, x2) = spot, begin, end
    if not (min(y1, y2) <= y <= max(y1, y2) and min(x1, x2) <= x <= max(x1, x2)):
        return False
    return abs((x2 - x1) * (y - y1) - (y2 - y1) * (x - x1)) <= _ON_THE_LINE


def _box(ring: Ring) -> tuple[float, float, float, float]:
    latitudes, longitudes = [spot[0] for spot in ring], [spot[1] for spot in ring]
    return min(latitudes), max(latitudes), min(longitudes), max(longitudes)


def _in_box(spot: Spot, box: tuple[float, float, float, float]) -> bool:
    return box[0] <= spot[0] <= box[1] and box[2] <= spot[1] <= box[3]
