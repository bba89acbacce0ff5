"""How the index keeps which services have a term, and how much it says of each.

Services are numbered in the order in which they come into the index, 2,048 to a block. Of a term a block has one value:
places of the services in the block (two bytes each, ascending, little end first), then as many impacts (one byte). Where
more than a third of a block has the term it is shorter to write an impact for every place; such a value is exactly as
long as the block, which the other kind never is.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence

BLOCK = 2_048


def block_of(number: int) -> int:
    """The block of a service."""
    return number // BLOCK


def packed(impacts: Mapping[int, int]) -> bytes:
    """Impacts by place, as they are kept."""
    if 3 * len(impacts) > BLOCK:
        return bytes(impacts.get(place, 0) for place in range(BLOCK))
    places = sorted(impacts)
    return struct.pack(f"<{len(places)}H", *places) + bytes(impacts[place] for place in places)


def unpacked(kept: bytes) -> tuple[Sequence[int], bytes]:
    """Places and their impacts."""
    if len(kept) == BLOCK:
        places = [place for place, impact in enumerate(kept) if impact]
        return places, bytes(kept[place] for place in places)
    count = len(kept) // 3
    return struct.unpack_from(f"<{count}H", kept), kept[2 * count :]


def numbered(block: int, kept: bytes) -> Iterator[tuple[int, int]]:
    """Numbers of services and their impacts."""
    places, impacts = unpacked(kept)
    first = block * BLOCK
    return zip((first + place for place in places), impacts, strict=True)


class Lookup:
    """Impacts of one term in one block, by place."""

    __slots__ = ("_dense", "_known")

    def __init__(self, kept: bytes) -> None:
        self._dense = kept if len(kept) == BLOCK else None
        self._known = {} if self._dense else dict(zip(*unpacked(kept), strict=True))

    def of(self, place: int) -> int:
        """The impact, 0 where the service has not the term."""
        return self._dense[place] if self._dense else self._known.get(place, 0)
