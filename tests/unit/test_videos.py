"""A video keeps its pictures and sound byte for byte, and loses place, time and a dashcam's track of positions."""

from __future__ import annotations

import random
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.attachments import NotAccepted, inspect

PLACE = b"+37.5665+126.9780/"


def box(kind: bytes, *contents: bytes) -> bytes:
    content = b"".join(contents)
    return struct.pack(">I4s", 8 + len(content), kind) + content


def full(kind: bytes, *contents: bytes) -> bytes:
    return box(kind, b"\0\0\0\0", *contents)


def track(handler: bytes, chunks: list[int], samples: list[int], *extra: bytes) -> bytes:
    """A track whose every chunk holds two samples."""
    tables = box(
        b"stbl",
        full(b"stsz", struct.pack(">II", 0, len(samples)), *(struct.pack(">I", size) for size in samples)),
        full(b"stsc", struct.pack(">IIII", 1, 1, 2, 1)),
        full(b"stco", struct.pack(">I", len(chunks)), *(struct.pack(">I", offset) for offset in chunks)),
    )
    media = box(b"mdia", full(b"mdhd", b"TIMETIME", b"\0" * 12), full(b"hdlr", b"\0" * 4, handler, b"\0" * 13))
    media = box(b"mdia", media[8:], box(b"minf", tables))
    return box(b"trak", full(b"tkhd", b"TIMETIME", b"\0" * 72), media, *extra)


def film(brand: bytes = b"isom") -> bytes:
    """Two chunks of picture, two of positions between them, and a place in every box that phones put one."""
    start = box(b"ftyp", brand, b"\0\0\0\0", brand) + box(b"free", PLACE)
    at = len(start) + 8
    picture, positions = b"PICTURE-" * 4, PLACE * 2
    media = box(b"mdat", picture, positions, picture, positions)
    size, gap = len(picture), len(picture) + len(positions)
    moov = box(
        b"moov",
        full(b"mvhd", b"TIMETIME", b"\0" * 88),
        track(b"vide", [at, at + gap], [size // 2] * 4, box(b"udta", box(b"\xa9xyz", PLACE))),
        track(b"meta", [at + size, at + gap + size], [len(PLACE)] * 4),
        box(b"udta", box(b"\xa9xyz", b"\0\x12\x15\xc7", PLACE), full(b"loci", PLACE)),
        full(b"meta", box(b"ilst", PLACE)),
    )
    return start + media + moov + box(b"uuid", b"\0" * 16, PLACE)


@pytest.mark.parametrize(
    ("brand", "media_type"), [(b"isom", "video/mp4"), (b"qt  ", "video/quicktime"), (b"3gp5", "video/3gpp")]
)
def test_places_and_times_go_and_nothing_moves(brand: bytes, media_type: str) -> None:
    data = film(brand)
    inspected = inspect(data, "VID_0001.mp4")
    assert inspected.media_type == media_type
    assert len(inspected.data) == len(data)
    assert b"37.5665" not in inspected.data
    assert b"TIMETIME" not in inspected.data
    assert inspected.data.count(b"PICTURE-") == 8
    assert inspected.data.index(b"PICTURE-") == data.index(b"PICTURE-")
    assert inspected.data.count(b"trak") == 1


def test_cleaning_twice_changes_nothing_more() -> None:
    once = inspect(film()).data
    assert inspect(once).data == once


@pytest.mark.parametrize(
    "data",
    [
        film()[:-60],
        film() + b"\xff" * 40,
        box(b"ftyp", b"isom\0\0\0\0") + struct.pack(">I4s", 1, b"moov"),
    ],
    ids=["cut off", "rubbish behind", "half a header"],
)
def test_a_video_that_is_not_whole_is_refused(data: bytes) -> None:
    with pytest.raises(NotAccepted, match="not whole"):
        inspect(data)


def test_boxes_in_boxes_without_end_are_refused() -> None:
    nested = b""
    for _ in range(3000):
        nested = box(b"moov", nested)
    with pytest.raises(NotAccepted):
        inspect(box(b"ftyp", b"isom\0\0\0\0") + nested)


def test_a_table_that_promises_more_than_the_file_has_is_refused() -> None:
    data = film().replace(struct.pack(">I", 2) + struct.pack(">I", film().index(b"PICTURE-") + 32), b"\x7f\0\0\0" * 2)
    with pytest.raises(NotAccepted):
        inspect(data)


@given(st.randoms(use_true_random=False))
def test_a_damaged_video_is_cleaned_or_refused_and_nothing_else(chance: random.Random) -> None:
    damaged = bytearray(film())
    for _ in range(chance.randint(1, 10)):
        damaged[chance.randrange(12, len(damaged))] = chance.randrange(256)
    try:
        assert len(inspect(bytes(damaged)).data) == len(damaged)
    except NotAccepted:
        return
