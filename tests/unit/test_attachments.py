"""What citizens attach is what it says, keeps its picture, and loses where and when it was taken."""

from __future__ import annotations

import random
import struct
import warnings
import zlib
from collections.abc import Callable
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image, ImageChops, PngImagePlugin

from chassis.attachments import NotAccepted, inspect

PLACE = b"SECRETPLACE"


def photo(size: tuple[int, int] = (64, 48)) -> Image.Image:
    """A picture in which top left differs from every other corner."""
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    image.paste((250, 10, 10), (0, 0, size[0] // 4, size[1] // 4))
    return image


def whereabouts(orientation: int = 1) -> Image.Exif:
    """What a phone writes into its photos."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "SECRETPHONE"
    exif[ExifTags.Base.Orientation] = orientation
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(
        {ExifTags.GPS.GPSLatitudeRef: "N", ExifTags.GPS.GPSLatitude: (37.0, 33.0, 59.0), 29: "SECRETDATE"}
    )
    return exif


def saved(kind: str, image: Image.Image, **options: object) -> bytes:
    written = BytesIO()
    image.save(written, kind, **options)
    return written.getvalue()


def opened(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


def tells_nothing(data: bytes) -> bool:
    image = opened(data)
    return b"SECRET" not in data and not image.getexif() and not {"exif", "xmp", "comment"} & set(image.info)


def commented_png() -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    info.add_text("Location", PLACE.decode())
    info.add_itxt("XML:com.adobe.xmp", PLACE.decode())
    return info


PHOTOS: dict[str, Callable[[], bytes]] = {
    "image/jpeg": lambda: saved("JPEG", photo(), exif=whereabouts(), comment=PLACE, xmp=PLACE, progressive=True),
    "image/png": lambda: saved("PNG", photo(), exif=whereabouts(), pnginfo=commented_png()),
    "image/webp": lambda: saved("WEBP", photo(), exif=whereabouts(), xmp=PLACE),
    "image/gif": lambda: saved(
        "GIF", photo(), comment=PLACE, save_all=True, append_images=[photo().rotate(90)], loop=0
    ),
}


@pytest.mark.parametrize("media_type", PHOTOS)
def test_a_photo_keeps_every_pixel_and_loses_what_it_tells(media_type: str) -> None:
    data = PHOTOS[media_type]()
    assert b"SECRET" in data
    inspected = inspect(data, "IMG_0001.JPG")
    assert inspected.media_type == media_type
    assert tells_nothing(inspected.data)
    assert ImageChops.difference(opened(inspected.data).convert("RGB"), opened(data).convert("RGB")).getbbox() is None


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_a_photo_that_lies_on_its_side_is_put_upright(kind: str, orientation: int) -> None:
    data = saved(kind, photo((80, 40)), exif=whereabouts(orientation), quality=90)
    cleaned = inspect(data).data
    assert tells_nothing(cleaned)
    upright = opened(cleaned).convert("RGB")
    corner = {3: (70, 35), 6: (35, 5), 8: (5, 75)}[orientation]
    red, green, _ = upright.getpixel(corner)  # type: ignore[misc]
    assert upright.size == ((80, 40) if orientation == 3 else (40, 80))
    assert red > 180
    assert green < 80


def test_the_second_photo_that_phones_hide_behind_the_first_goes_too() -> None:
    data = saved("MPO", photo(), save_all=True, append_images=[photo()], exif=whereabouts(6))
    cleaned = inspect(data).data
    assert tells_nothing(cleaned)
    assert opened(cleaned).format == "JPEG"
    assert opened(cleaned).size == (48, 64)


@pytest.mark.parametrize("media_type", PHOTOS)
def test_what_hides_behind_a_picture_goes(media_type: str) -> None:
    cleaned = inspect(PHOTOS[media_type]() + b"PK\x03\x04<script>" + PLACE).data
    assert tells_nothing(cleaned)
    assert b"script" not in cleaned


def test_colours_keep_their_profile_and_moving_pictures_move() -> None:
    profile = b"\0" * 128
    assert opened(inspect(saved("JPEG", photo(), icc_profile=profile)).data).info["icc_profile"] == profile
    moving = opened(inspect(PHOTOS["image/gif"]()).data)
    assert getattr(moving, "n_frames", 1) == 2
    assert moving.info["loop"] == 0
    animated = saved("PNG", photo(), save_all=True, append_images=[photo().rotate(90)])
    assert inspect(animated).media_type == "image/png"
    assert getattr(opened(inspect(animated).data), "n_frames", 1) == 2


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def bomb(width: int, height: int) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 999)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(("width", "height"), [(9000, 9000), (11000, 11000), (65000, 65000)])
def test_a_small_file_that_unpacks_to_a_huge_picture_is_refused(width: int, height: int) -> None:
    with pytest.raises(NotAccepted, match="megapixels"):
        inspect(bomb(width, height))


@pytest.mark.parametrize(
    ("data", "filename", "reason"),
    [
        (b"", "a.jpg", "empty"),
        (b"<html><script>alert(1)</script>", "photo.jpg", "not accepted"),
        (b"MZ\x90\0" + b"\0" * 200, "photo.jpg", "not accepted"),
        (b"PK\x03\x04" + b"\0" * 200, "photo.jpg", "not accepted"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "photo.heic", "image/heic"),
        (saved("JPEG", photo()), "photo.jpg.exe", "exe"),
        (saved("GIF", photo()), "C:\\fakepath\\photo.HTML", "html"),
        (saved("JPEG", photo())[:300], "photo.jpg", "picture"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 300, "photo.jpg", "picture"),
        (b"%PDF-1.7" + b"\0" * 20_000_000, "a.pdf", "20 MB"),
    ],
)
def test_what_is_not_taken_is_refused_with_the_reason(data: bytes, filename: str, reason: str) -> None:
    with pytest.raises(NotAccepted, match=reason):
        inspect(data, filename)


@given(st.sampled_from(sorted(PHOTOS)), st.randoms(use_true_random=False))
def test_a_damaged_picture_is_cleaned_or_refused_and_nothing_else(media_type: str, chance: random.Random) -> None:
    damaged = bytearray(PHOTOS[media_type]())
    for _ in range(chance.randint(1, 10)):
        damaged[chance.randrange(len(damaged))] = chance.randrange(256)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow's about what it found in damaged headers
        try:
            cleaned = inspect(bytes(damaged[: chance.randint(1, len(damaged))])).data
        except NotAccepted:
            return
    assert len(cleaned) <= 4 * len(damaged)
