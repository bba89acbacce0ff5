"""``multipart/form-data`` (RFC 7578), both ways: files go to a provider with it, and a form brings photos with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import uuid4

from hub120_sdk.errors import Unreadable
from hub120_sdk.records import Content

MOST_PARTS = 100
_BOUNDARY = re.compile(r'multipart/form-data;.*?boundary="?([^\s";,]{1,70})"?', re.IGNORECASE)
_PARAMETER = re.compile(r';\s*(name|filename)="((?:[^"\\]|\\.)*)"', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """One field of a form; a file has a name of its own, or at least a type."""

    name: str
    data: bytes
    filename: str = ""
    media_type: str = ""

    @property
    def is_file(self) -> bool:
        """Whether it is a file and not a value."""
        return bool(self.filename or self.media_type)


def write(fields: Mapping[str, str], files: Sequence[tuple[str, Content]]) -> tuple[str, bytes]:
    """The content type and the body of a form: values, then files by the name of their field."""
    boundary = uuid4().hex
    written = bytearray()
    for name, value in fields.items():
        written += _head(boundary, name) + value.encode() + b"\r\n"
    for name, file in files:
        kind = re.sub(r"[\r\n]", "", file.media_type) or "application/octet-stream"
        written += _head(boundary, name, file.filename or "file", kind) + file.data + b"\r\n"
    return f"multipart/form-data; boundary={boundary}", bytes(written) + f"--{boundary}--\r\n".encode()


def _head(boundary: str, name: str, filename: str = "", media_type: str = "") -> bytes:
    head = f'--{boundary}\r\ncontent-disposition: form-data; name="{_escaped(name)}"'
    if filename:
        head += f'; filename="{_escaped(filename)}"\r\ncontent-type: {media_type}'
    return f"{head}\r\n\r\n".encode("utf-8", "replace")


def _escaped(name: str) -> str:
    """As browsers write it."""
    return name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")


def read(content_type: str, body: bytes) -> list[Part]:
    """The parts of a form in the order sent. Raises ``Unreadable``."""
    declared = _BOUNDARY.match(content_type)
    if declared is None:
        raise Unreadable("the content type is not multipart/form-data with a boundary")
    delimiter = b"\r\n--" + declared.group(1).encode("utf-8", "replace")
    pieces = (b"\r\n" + body).split(delimiter, MOST_PARTS + 1)
    if len(pieces) < 2 or not pieces[-1].startswith(b"--"):
        raise Unreadable(f"the form does not end, or has more than {MOST_PARTS} parts")
    return list(_parts(pieces[1:-1]))


def _parts(pieces: Sequence[bytes]) -> Iterator[Part]:
    for piece in pieces:
        head, blank, data = piece.partition(b"\r\n\r\n")
        headers = dict(_headers(head))
        disposition = headers.get("content-disposition", "")
        named = {name.lower(): value.replace("%22", '"') for name, value in _PARAMETER.findall(disposition)}
        if not blank or not named.get("name"):
            raise Unreadable("a part of the form has no name")
        media_type = headers.get("content-type", "").partition(";")[0].strip()
        yield Part(named["name"], data, named.get("filename", ""), media_type)


def _headers(head: bytes) -> Iterator[tuple[str, str]]:
    for line in head.decode("utf-8", "replace").split("\r\n"):
        name, _, value = line.partition(":")
        yield name.strip().lower(), value.strip()
