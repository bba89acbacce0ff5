"""Pictures of an MMS: what NHN Cloud takes, looked at before anything is uploaded."""

from __future__ import annotations

from collections.abc import Sequence

from hub120_sdk import Content, Rejected

MOST = 3
BYTES = 300 * 1024
BYTES_OF_THREE = 800 * 1024
PIXELS = 1_000
_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Markers of a JPEG segment that says how large the picture is (SOFn)."""
_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD8)})


def check(pictures: Sequence[Content]) -> None:
    """Raises ``Rejected`` for pictures that carriers do not take: the agent can send smaller ones."""
    if len(pictures) > MOST:
        raise Rejected(f"a message carries {MOST} pictures")
    for picture in pictures:
        width, height = dimensions(picture.data)
        if not 0 < len(picture.data) <= BYTES:
            raise Rejected("a picture of a message has at most 300 KB")
        if width > PIXELS or height > PIXELS:
            raise Rejected(f"a picture is {width} × {height}, a message carries {PIXELS} × {PIXELS}")
    if len(pictures) == MOST and sum(len(one.data) for one in pictures) > BYTES_OF_THREE:
        raise Rejected("three pictures of a message have at most 800 KB together")


def dimensions(jpeg: bytes) -> tuple[int, int]:
    """Width and height. Raises ``Rejected`` for what is no JPEG."""
    at = 2
    while jpeg[:2] == b"\xff\xd8" and at + 9 <= len(jpeg) and jpeg[at] == 0xFF:
        marker = jpeg[at + 1]
        if marker in _SIZES:
            return int.from_bytes(jpeg[at + 7 : at + 9]), int.from_bytes(jpeg[at + 5 : at + 7])
        if marker == 0xFF:
            at += 1
        else:
            at += 2 if marker in _WITHOUT_LENGTH else 2 + max(2, int.from_bytes(jpeg[at + 2 : at + 4]))
    raise Rejected("a picture of a message must be a JPEG: no other file can be sent")
