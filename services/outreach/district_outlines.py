"""The outlines of all districts, read once from ``district_shapes.json``, and what areas touch of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files

from services.outreach.domain.areas import Area, Circle, Ring
from services.outreach.domain.district_shapes import Outline, Shapes, touched


def codes_of(polygons: Sequence[Ring], circles: Sequence[Circle]) -> tuple[str, ...]:
    """The codes of the districts that figures on the map touch, five digits each."""
    return touched(polygons, circles, _shapes()) if polygons or circles else ()


def placed(area: Area) -> Area:
    """An area with the codes of the districts that its own figures touch. Takes up to a quarter of a second: not for
    the event loop."""
    codes = dict.fromkeys((*area.codes, *codes_of(area.polygons, area.circles)))
    return replace(area, codes=tuple(codes))


@cache
def _shapes() -> Shapes:
    """By the district's code of five digits. ``scripts/district_shapes.py`` says whence it comes."""
    told = json.loads((files("services.outreach") / "district_shapes.json").read_text("utf-8"))
    return {
        code: tuple(Outline.of(tuple((north, east) for north, east in ring)) for ring in rings)
        for code, rings in told.items()
    }
