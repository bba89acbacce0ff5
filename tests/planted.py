"""Personal data to be planted in every field of every input, and the search for it in all a hub leaves behind."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

NUMBER = "+821098765432"
MAIL = "gildong.hong@example.org"
RESIDENT_NUMBER = "880213-2749163"
NAME = "홍길동"
PURPOSE = "민원인 본인 확인"
VALUES: Mapping[str, tuple[str, ...]] = {
    "name": (NAME, "Hong Gildong"),
    "phone number": (NUMBER, "010-9876-5432", "01098765432", "821098765432", "9876-5432"),
    "address": ("효원로 241", "팔달구"),
    "resident number": (RESIDENT_NUMBER, "8802132749163", "2749163"),
    "e-mail": (MAIL, "gildong.hong"),
    "card": ("4539-1488-0343-6467", "4539148803436467"),
    "what was said": ("아무도 모르는 사연", "동료만 아는 메모", "시민만 받는 답", "거절하는 속내"),
    "file name": ("신분증앞면.jpg",),
    "purpose": (PURPOSE,),
}
"""What may be found nowhere, in each of the ways it may be written."""

SHORT = f"{NAME} Hong Gildong 010-9876-5432 효원로 241 팔달구 {RESIDENT_NUMBER} {MAIL} 4539-1488-0343-6467"
"""All of it in one text that fits into any field."""
ASCII = f"Hong Gildong {NUMBER} {RESIDENT_NUMBER} {MAIL} 4539148803436467"
"""The same for headers."""


@dataclass(frozen=True)
class Leak:
    """Personal data where none may be."""

    place: str
    what: str
    around: str


def spellings(value: str) -> Iterator[bytes]:
    """A value as bytes of text, as JSON and URLs escape it, and as databases may write it."""
    yield from {
        value.encode(),
        json.dumps(value)[1:-1].encode(),
        quote(value).encode(),
        quote(value, safe="+@").encode(),
    }


def leaks(place: str, content: bytes, values: Mapping[str, Iterable[str]] = VALUES) -> list[Leak]:
    """What is planted and stands in ``content``."""
    found = []
    for what, written in values.items():
        for value in written:
            for spelling in spellings(value):
                at = content.find(spelling)
                if at >= 0:
                    around = content[max(0, at - 60) : at + len(spelling) + 60].decode("utf-8", "replace")
                    found.append(Leak(place, f"{what}: {value}", around))
    return found


def leaked_code(place: str, content: bytes, code: str) -> list[Leak]:
    """A verification code, where it does not stand inside of a longer number or id."""
    found = re.search(rb"(?<![0-9a-zA-Z.])" + code.encode() + rb"(?![0-9a-zA-Z.])", content)
    if not found:
        return []
    around = content[max(0, found.start() - 60) : found.end() + 60].decode("utf-8", "replace")
    return [Leak(place, "verification code", around)]


def files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file below a folder, raw."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield str(path.relative_to(folder)), path.read_bytes()
