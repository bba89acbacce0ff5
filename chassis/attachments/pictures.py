"""The four picture formats, copied part by part: what shows the picture stays, everything else is left out.

An allow-list each, so that metadata nobody has heard of goes too, and so does what hides behind the picture's end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from chassis.attachments.refusal import NotAccepted

_PNG_START = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = {
    *(b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP"),
    *(b"sBIT", b"bKGD", b"hIST", b"pHYs", b"acTL", b"fcTL", b"fdAT"),
}
_WEBP_KEPT = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"}
_WEBP_HAS_EXIF_OR_XMP = 0x0C
_GIF_STARTS = (b"GIF87a", b"GIF89a")
_GIF_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
_JPEG_KEPT = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
"""Application segments that say how to show the pixels, by how they start."""

_JPEG_ALONE = {0x01, *range(0xD0, 0xD8)}
_JPEG_NEXT = re.compile(rb"\xff(?![\x00\xff\xd0-\xd7])", re.DOTALL)
"""A marker behind compressed data: there, FF 00 is data and FF D0 to FF D7 are restarts."""


class Parts:
    """Reads a file from front to back and refuses one that ends too early."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, length: int) -> bytes:
        """The next bytes."""
        end = self._at + length
        if end > len(self._data):
            raise NotAccepted("the picture is not whole")
        taken = self._data[self._at : end]
        self._at = end
        return taken

    def number(self, length: int, order: str = "big") -> int:
        """The next bytes as a number."""
        return int.from_bytes(self.take(length), "big" if order == "big" else "little")

    def until(self, pattern: re.Pattern[bytes]) -> bytes:
        """The bytes before the next match."""
        found = pattern.search(self._data, self._at)
        if found is None:
            raise NotAccepted("the picture is not whole")
        return self.take(found.start() - self._at)

    def sub_blocks(self) -> bytes:
        """GIF's chain of short blocks, with the empty one that ends it."""
        taken = bytearray()
        while length := self.number(1):
            taken += bytes((length,)) + self.take(length)
        return bytes(taken) + b"\0"


def jpeg(data: bytes) -> bytes:
    """Tables, frames and scans, JFIF, colour profile and Adobe's colour transform."""
    parts = Parts(data)
    return parts.take(2) + b"".join(_jpeg_segments(parts))


def _jpeg_segments(parts: Parts) -> Iterator[bytes]:
    while True:
        if parts.number(1) != 0xFF:
            raise NotAccepted("the picture is not whole")
        while (marker := parts.number(1)) == 0xFF:
            pass
        if marker == 0xD9:
            yield b"\xff\xd9"
            return
        yield _jpeg_segment(parts, marker)


def _jpeg_segment(parts: Parts, marker: int) -> bytes:
    start = bytes((0xFF, marker))
    if marker in _JPEG_ALONE:
        return start
    length = parts.take(2)
    content = parts.take(max(int.from_bytes(length, "big") - 2, 0))
    if marker == 0xDA:
        return start + length + content + parts.until(_JPEG_NEXT)
    is_application, is_comment = 0xE0 <= marker <= 0xEF, marker == 0xFE
    if is_comment or (is_application and not content.startswith(_JPEG_KEPT.get(marker, b"\0none"))):
        return b""
    return start + length + content


def png(data: bytes) -> bytes:
    """Chunks that show the picture, animated ones too."""
    parts = Parts(data)
    kept = [parts.take(len(_PNG_START))]
    kind = b""
    while kind != b"IEND":
        length = parts.take(4)
        kind = parts.take(4)
        content_and_checksum = parts.take(int.from_bytes(length, "big") + 4)
        if kind in _PNG_KEPT:
            kept.append(length + kind + content_and_checksum)
    return b"".join(kept)


def webp(data: bytes) -> bytes:
    """Chunks that show the picture, animated ones too; the header no longer promises the others."""
    parts = Parts(data)
    parts.take(4)
    end = parts.number(4, "little")
    body = Parts(parts.take(end)[4:])
    kept, left = [], end - 4
    while left >= 8:
        kind, length = body.take(4), body.take(4)
        size = int.from_bytes(length, "little")
        content = body.take(size + size % 2)
        left -= 8 + len(content)
        if kind == b"VP8X":
            content = bytes((content[0] & ~_WEBP_HAS_EXIF_OR_XMP & 0xFF,)) + content[1:]
        if kind in _WEBP_KEPT:
            kept.append(kind + length + content)
    chunks = b"WEBP" + b"".join(kept)
    return b"RIFF" + len(chunks).to_bytes(4, "little") + chunks


def gif(data: bytes) -> bytes:
    """Frames and their timing, and how often to loop."""
    parts = Parts(data)
    start, screen = parts.take(6), parts.take(7)
    if start not in _GIF_STARTS:
        raise NotAccepted("the picture is not whole")
    kept = [start, screen, parts.take(_gif_colours(screen[4]))]
    while (block := parts.take(1)) != b";":
        kept.append(_gif_frame(parts) if block == b"," else _gif_extension(parts))
    return b"".join(kept) + b";"


def _gif_colours(flags: int) -> int:
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _gif_frame(parts: Parts) -> bytes:
    described = parts.take(9)
    return b"," + described + parts.take(_gif_colours(described[8])) + parts.take(1) + parts.sub_blocks()


def _gif_extension(parts: Parts) -> bytes:
    label, blocks = parts.take(1), parts.sub_blocks()
    shows = label == b"\xf9" or (label == b"\xff" and blocks[1:].startswith(_GIF_LOOPS))
    return b"!" + label + blocks if shows else b""
