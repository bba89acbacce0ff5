"""Videos of phones and dashcams (MP4, QuickTime, 3GP): what they say of place and time is overwritten where it stands.

Nothing moves, so every offset in the file stays true: a box of metadata becomes a ``free`` box of zeros, a track of
metadata (positions of a dashcam) loses its samples too, and creation times become zero. Pictures and sound stay as
they are.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from chassis.attachments.refusal import NotAccepted

MEDIA_TYPES = {
    b"qt  ": "video/quicktime",
    **dict.fromkeys((b"M4A ", b"M4B ", b"F4A "), "audio/mp4"),
    **dict.fromkeys((b"heic", b"heix", b"hevc", b"mif1", b"msf1"), "image/heic"),
    **dict.fromkeys((b"avif", b"avis"), "image/avif"),
    **dict.fromkeys((b"3gp4", b"3gp5", b"3gp6", b"3gp7", b"3gr6", b"3gs6", b"3ge6", b"3gg6"), "video/3gpp"),
    **dict.fromkeys((b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42"), "video/mp4"),
    **dict.fromkeys((b"avc1", b"M4V ", b"M4VH", b"M4VP", b"MSNV", b"XAVC", b"dash"), "video/mp4"),
}
"""By the brand a file gives itself."""

_OLD_QUICKTIME = {b"moov", b"mdat", b"wide", b"pnot"}
_CONTAINERS = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"moof", b"traf"}
_METADATA = {b"udta", b"meta", b"uuid", b"free", b"skip"}
_MOST_ENTRIES = 1_000_000
_DEEPEST = 8
"""More entries or deeper boxes than any camera writes: made to exhaust the reader."""

_TIMED = {b"mvhd", b"tkhd", b"mdhd"}
"""These begin with version, flags, creation and modification time."""


@dataclass(frozen=True, slots=True)
class Box:
    """One box: where it starts, where its content starts, where it ends."""

    kind: bytes
    start: int
    content: int
    end: int


def brand(data: bytes) -> bytes:
    """The brand of a file made of boxes; empty for any other file."""
    if data[4:8] == b"ftyp":
        return data[8:12]
    return b"qt  " if data[4:8] in _OLD_QUICKTIME else b""


def clean(data: bytes) -> bytes:
    """The video without metadata, of the same length."""
    film = bytearray(data)
    try:
        _clean_boxes(film, 0, len(film), depth=0)
    except (struct.error, IndexError):
        raise NotAccepted("the video is not whole") from None
    return bytes(film)


def _boxes(film: bytearray, start: int, end: int) -> Iterator[Box]:
    while end - start >= 8:
        size, kind = struct.unpack_from(">I4s", film, start)
        content = start + 8
        if size == 1:
            (size,) = struct.unpack_from(">Q", film, content)
            content += 8
        stop = end if size == 0 else start + size
        if stop < content or stop > end:
            raise NotAccepted("the video is not whole")
        yield Box(kind, start, content, stop)
        start = stop


def _clean_boxes(film: bytearray, start: int, end: int, depth: int) -> None:
    if depth > _DEEPEST:
        raise NotAccepted("the video is not whole")
    for box in _boxes(film, start, end):
        if box.kind in _METADATA:
            _blank(film, box)
        elif box.kind == b"trak" and _handler(film, box) == b"meta":
            _blank_samples(film, box)
            _blank(film, box)
        elif box.kind in _TIMED:
            _blank_times(film, box)
        elif box.kind in _CONTAINERS:
            _clean_boxes(film, box.content, box.end, depth + 1)


def _blank(film: bytearray, box: Box) -> None:
    film[box.start + 4 : box.start + 8] = b"free"
    _zero(film, box.content, box.end)


def _zero(film: bytearray, start: int, end: int) -> None:
    end = min(end, len(film))
    if start < end:
        film[start:end] = bytes(end - start)


def _blank_times(film: bytearray, box: Box) -> None:
    length = 16 if film[box.content] == 1 else 8
    _zero(film, box.content + 4, min(box.content + 4 + length, box.end))


def _find(film: bytearray, box: Box, *path: bytes) -> Box | None:
    for inner in _boxes(film, box.content, box.end):
        if inner.kind == path[0]:
            return inner if len(path) == 1 else _find(film, inner, *path[1:])
    return None


def _handler(film: bytearray, track: Box) -> bytes:
    """What kind of track this is: ``vide``, ``soun``, ``meta`` …"""
    box = _find(film, track, b"mdia", b"hdlr")
    return bytes(film[box.content + 8 : box.content + 12]) if box else b""


def _blank_samples(film: bytearray, track: Box) -> None:
    """Zero what a track holds, found chunk by chunk through its sample tables (ISO/IEC 14496-12, 8.7)."""
    sizes, per_chunk = _sample_sizes(film, track), dict(_samples_per_chunk(film, track))
    count = sample = 0
    for number, offset in enumerate(_chunk_offsets(film, track), 1):
        count = per_chunk.get(number, count)  # the table only tells where it changes
        _zero(film, offset, offset + sum(sizes[sample : sample + count]))
        sample += count


def _table(film: bytearray, track: Box, kind: bytes, at: int, entry: str) -> list[tuple[int, ...]]:
    """The entries of a sample table, whose count stands ``at`` bytes into it."""
    box = _find(film, track, b"mdia", b"minf", b"stbl", kind)
    if box is None:
        return []
    (count,) = struct.unpack_from(">I", film, box.content + at)
    start = box.content + at + 4
    length = count * struct.calcsize(entry)
    if start + length > box.end or count > _MOST_ENTRIES:
        raise NotAccepted("the video is not whole")
    return list(struct.iter_unpack(entry, film[start : start + length]))


def _sample_sizes(film: bytearray, track: Box) -> list[int]:
    box = _find(film, track, b"mdia", b"minf", b"stbl", b"stsz")
    if box is None:
        return []
    same, count = struct.unpack_from(">II", film, box.content + 4)
    if same:
        return [same] * min(count, _MOST_ENTRIES)
    return [size for (size,) in _table(film, track, b"stsz", 8, ">I")]


def _samples_per_chunk(film: bytearray, track: Box) -> list[tuple[int, int]]:
    return [(first, samples) for first, samples, _ in _table(film, track, b"stsc", 4, ">III")]


def _chunk_offsets(film: bytearray, track: Box) -> list[int]:
    short, long = _table(film, track, b"stco", 4, ">I"), _table(film, track, b"co64", 4, ">Q")
    return [offset for (offset,) in [*short, *long]]
