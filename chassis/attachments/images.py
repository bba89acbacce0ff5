"""Photos: the same pixels the right way up, with nothing else in the file. Knows no type it was not asked to clean."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

from PIL import Image, ImageOps, JpegImagePlugin, UnidentifiedImageError

from chassis.attachments import pictures
from chassis.attachments.refusal import NotAccepted

MOST_PIXELS = 64_000_000
"""More than phones take; a small file that unpacks to more is made to exhaust who opens it."""

_ORIENTATION = 0x0112
_UPRIGHT = (None, 0, 1)
_BROKEN = (OSError, SyntaxError, ValueError, UnidentifiedImageError)
"""What Pillow raises for files that are not whole."""

_STRIP: Mapping[str, tuple[str, Callable[[bytes], bytes]]] = {
    "image/jpeg": ("JPEG", pictures.jpeg),
    "image/png": ("PNG", pictures.png),
    "image/webp": ("WEBP", pictures.webp),
    "image/gif": ("GIF", pictures.gif),
}


def clean(data: bytes, media_type: str) -> bytes:
    """The picture without metadata. Lossless, but for photos that only a note in them turns the right way up: those
    are turned, and compressed again as they were."""
    name, strip = _STRIP[media_type]
    image = _opened(data, name)
    return strip(data if _is_upright(image) else _turned(image, name))


def _opened(data: bytes, name: str) -> Image.Image:
    try:
        image = Image.open(BytesIO(data), formats=[name])
        pixels = image.width * image.height
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        pixels = MOST_PIXELS + 1
    except _BROKEN:
        raise NotAccepted("the picture cannot be read") from None
    if pixels > MOST_PIXELS:
        raise NotAccepted(f"pictures are accepted up to {MOST_PIXELS // 1_000_000} megapixels")
    return image


def _is_upright(image: Image.Image) -> bool:
    if not image.info.get("exif") or (image.format != "MPO" and getattr(image, "n_frames", 1) > 1):
        return True  # says nothing, or moves; MPO is a photo with a second one behind it
    try:
        return image.getexif().get(_ORIENTATION) in _UPRIGHT
    except _BROKEN:
        return True


def _turned(image: Image.Image, name: str) -> bytes:
    written = BytesIO()
    try:
        ImageOps.exif_transpose(image).save(written, name, **_same_quality(image))
    except _BROKEN:
        raise NotAccepted("the picture is not whole") from None
    return written.getvalue()


def _same_quality(image: Image.Image) -> dict[str, Any]:
    options: dict[str, Any] = {}
    if profile := image.info.get("icc_profile"):
        options["icc_profile"] = profile
    if isinstance(image, JpegImagePlugin.JpegImageFile):
        options["qtables"] = image.quantization
        options["subsampling"] = JpegImagePlugin.get_sampling(image)
    elif image.format == "WEBP":
        options["quality"] = 95
    return options
