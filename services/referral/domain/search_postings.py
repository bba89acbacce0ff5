"""How the index keeps which services have a term, and how much it says of each.

Services are numbered in the order in which they come into the index, 8,192 to a block. Of a term a block has one value:
places of the services in the block (two bytes each, ascending, little end first), then as many impacts (one byte).
Where more than a third of a block has the term it is shorter to write an impact for every place; such a value is
exactly as long as the block, which the other kind never is.
"""

from __future__ import annotations

import struct
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from itertools import compress

BLOCK = 8_192

Postings = Mapping[int, bytes]
"""What the index has of a term, by block."""


def packed(impacts: Mapping[int, int]) -> bytes:
    """Impacts by place, as they are kept."""
    if 3 * len(impacts) > BLOCK:
        dense = bytearray(BLOCK)
        for place, impact in impacts.items():
            dense[place] = impact
        return bytes(dense)
    places = sorted(impacts)
    return struct.pack(f"<{len(places)}H", *places) + bytes([impacts[place] for place in places])


def unpacked(kept: bytes) -> tuple[Sequence[int], bytes]:
    """Places and their impacts."""
    if len(kept) == BLOCK:
        return list(compress(range(BLOCK), kept)), kept.replace(b"\0", b"")
    count = len(kept) // 3
    return struct.unpack_from(f"<{count}H", kept), kept[2 * count :]


def of_places(kept: bytes, places: Iterable[int]) -> list[tuple[int, int]]:
    """Those of some places that have the term, with their impacts."""
    if len(kept) == BLOCK:
        return [(place, kept[place]) for place in places if kept[place]]
    there, impacts = unpacked(kept)
    end, found = len(there), []
    for place in places:
        at = bisect_left(there, place)
        if at < end and there[at] == place:
            found.append((place, impacts[at]))
    return found


def all_of(terms: Iterable[Postings]) -> dict[int, set[int]]:
    """The places, by block, that have any of these terms."""
    found: dict[int, set[int]] = {}
    for postings in terms:
        for block, kept in postings.items():
            found.setdefault(block, set()).update(unpacked(kept)[0])
    return found


def narrowed(places: Mapping[int, set[int]], terms: Sequence[Postings]) -> dict[int, set[int]]:
    """Those of some places, by block, that have any of these terms."""
    return {
        block: set[int]().union(*(_among(some, one[block]) for one in terms if block in one))
        for block, some in places.items()
    }


def _among(some: set[int], kept: bytes) -> set[int]:
    return {place for place in some if kept[place]} if len(kept) == BLOCK else some.intersection(unpacked(kept)[0])
