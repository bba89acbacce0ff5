"""Small photographs as a telephone takes them: a JPEG with the place and the camera in its metadata."""

from __future__ import annotations

import io
import random

from PIL import ExifTags, Image

SIDE_PIXELS = 96
_GYEONGGI = ((37.0, 17.0, 21.0), (127.0, 0.0, 33.0))


def photo(name: str) -> bytes:
    """The photograph of this name: always the same one."""
    chance = random.Random(name)
    small = Image.new("RGB", (6, 6))
    small.putdata([(chance.randrange(256), chance.randrange(256), chance.randrange(256)) for _ in range(36)])
    image = small.resize((SIDE_PIXELS, SIDE_PIXELS), Image.Resampling.BICUBIC)
    written = io.BytesIO()
    image.save(written, "JPEG", exif=_metadata())
    return written.getvalue()


def _metadata() -> Image.Exif:
    found = Image.Exif()
    found[ExifTags.Base.Make] = "Demo"
    found[ExifTags.Base.Model] = "Telephone 120"
    north, east = _GYEONGGI
    found[ExifTags.IFD.GPSInfo] = {
        ExifTags.GPS.GPSLatitudeRef: "N",
        ExifTags.GPS.GPSLatitude: north,
        ExifTags.GPS.GPSLongitudeRef: "E",
        ExifTags.GPS.GPSLongitude: east,
    }
    return found


def has_metadata(data: bytes) -> bool:
    """Whether a photograph tells anything beside its picture."""
    with Image.open(io.BytesIO(data)) as image:
        return bool(image.getexif())
