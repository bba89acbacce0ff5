"""Deciding what an attachment is and whether it is taken, and having it cleaned by its kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePath

import filetype

from chassis.attachments import videos
from chassis.attachments.refusal import NotAccepted

MEGABYTE = 1_000_000
_PROGRAMS = {
    *("apk", "bat", "cmd", "com", "exe", "hta", "htm", "html"),
    *("jar", "js", "lnk", "msi", "ps1", "scr", "svg", "vbs"),
}
"""Names that some program would run, whatever the first bytes look like."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """How one type is treated: its largest size, and what takes out of it what we do not want to know."""

    most_bytes: int
    clean: Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class Inspected:
    """An attachment we keep: its true type, and its bytes without hidden data."""

    media_type: str
    data: bytes


def _as_it_is(data: bytes) -> bytes:
    return data


def _image(media_type: str) -> Accepted:
    def clean(data: bytes) -> bytes:
        from chassis.attachments import images  # noqa: PLC0415 - Pillow is loaded with the first picture

        return images.clean(data, media_type)

    return Accepted(20 * MEGABYTE, clean)


_VIDEO = Accepted(100 * MEGABYTE, videos.clean)
_SOUND = Accepted(20 * MEGABYTE, _as_it_is)

ACCEPTED: Mapping[str, Accepted] = {
    **{kind: _image(kind) for kind in ("image/jpeg", "image/png", "image/webp", "image/gif")},
    **dict.fromkeys(("video/mp4", "video/quicktime", "video/3gpp"), _VIDEO),
    "video/webm": Accepted(100 * MEGABYTE, _as_it_is),
    "audio/mp4": Accepted(20 * MEGABYTE, videos.clean),
    **dict.fromkeys(("audio/mpeg", "audio/ogg", "audio/x-wav", "audio/aac", "audio/amr"), _SOUND),
    "application/pdf": Accepted(20 * MEGABYTE, _as_it_is),
}
"""WebM and sound files say nothing of places; a PDF is a document its writer made, and stays as it was made."""


def inspect(data: bytes, filename: str = "") -> Inspected:
    """The attachment as we keep it, or ``NotAccepted``. ``filename`` can only speak against it."""
    if not data:
        raise NotAccepted("the attachment is empty")
    ending = PurePath(filename.replace("\\", "/")).suffix.lower().lstrip(".")
    if ending in _PROGRAMS:
        raise NotAccepted(f"files named .{ending} are not accepted")
    media_type = sniff(data)
    accepted = ACCEPTED.get(media_type)
    if accepted is None:
        raise NotAccepted(f"{media_type or 'this kind of file'} is not accepted")
    if len(data) > accepted.most_bytes:
        raise NotAccepted(f"{media_type} is accepted up to {accepted.most_bytes // MEGABYTE} MB")
    return Inspected(media_type, accepted.clean(data))


def sniff(data: bytes) -> str:
    """The media type that the bytes themselves tell; empty where they tell none."""
    if brand := videos.brand(data):
        return videos.MEDIA_TYPES.get(brand, "")
    media_type = filetype.guess_mime(data[:8192]) or ""
    return "image/png" if media_type == "image/apng" else media_type
