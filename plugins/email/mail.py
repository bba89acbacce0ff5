"""One mail taken apart: headers as people read them, one text, the files, and the parts of a report.

What is broken is read as far as it goes. What the mail means is left to ``inbound`` and ``reports``.
"""

from __future__ import annotations

import email
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from email.message import Message
from email.policy import Compat32
from email.utils import getaddresses

from hub120_sdk import html_text

from plugins.email import charsets

_SIGNATURES = frozenset({"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"})
_LONGEST_NAME = 200


class _AsSent(Compat32):
    """Headers as they stand, raw bytes as surrogates."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        return value


@dataclass(frozen=True, slots=True)
class File:
    """Something that came with the mail."""

    data: bytes = field(repr=False)
    media_type: str
    filename: str


@dataclass(frozen=True, slots=True)
class _Content:
    """What a part comes to."""

    texts: tuple[tuple[str, str], ...] = ()
    """Media type and words."""
    files: tuple[File, ...] = ()


class Mail:
    """A mail as it came."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.message: Message = email.message_from_bytes(raw, policy=_AsSent())

    def every(self, name: str) -> list[str]:
        """All headers of that name as sent, from the top."""
        return [str(value) for value in self.message.get_all(name, [])]

    def first(self, name: str) -> str:
        """The first header of that name, decoded; empty if there is none."""
        found = self.every(name)
        return charsets.header(found[0]) if found else ""

    def has(self, name: str) -> bool:
        """Whether there is a header of that name."""
        return name in self.message

    def senders(self) -> list[tuple[str, str]]:
        """Name and address of everybody in From; one, in a proper mail."""
        pairs = getaddresses(self.every("from"))
        return [(charsets.header(name), address) for name, address in pairs if address]

    @property
    def media_type(self) -> str:
        """That of the whole."""
        return self.message.get_content_type()

    def parameter(self, name: str) -> str:
        """A parameter of the whole's media type."""
        value = self.message.get_param(name, "")
        return value.lower() if isinstance(value, str) else ""

    def parts(self) -> Sequence[Message]:
        """The parts of the outermost multipart."""
        payload = self.message.get_payload()
        return [one for one in payload if isinstance(one, Message)] if isinstance(payload, list) else []

    def content(self) -> tuple[str, tuple[File, ...]]:
        """The text a person reads, and the files."""
        content = _content(self.message)
        return "\n\n".join(words for _, words in content.texts if words.strip()), content.files


def _content(part: Message) -> _Content:
    media_type = part.get_content_type()
    if media_type == "message/rfc822":
        return _Content(files=tuple(_forwarded(part)))
    if part.is_multipart():
        inner = [_content(one) for one in part.get_payload() if isinstance(one, Message)]
        files = tuple(file for one in inner for file in one.files)
        texts = [one.texts for one in inner if any(words.strip() for _, words in one.texts)]
        if media_type == "multipart/alternative":
            return _Content(_chosen(texts), files)
        return _Content(tuple(text for several in texts for text in several), files)
    return _leaf(part, media_type)


def _chosen(alternatives: list[tuple[tuple[str, str], ...]]) -> tuple[tuple[str, str], ...]:
    """Plain words before a page made of them."""
    plain = [texts for texts in alternatives if all(kind == "text/plain" for kind, _ in texts)]
    return (plain or alternatives or [()])[0]


def _leaf(part: Message, media_type: str) -> _Content:
    data = part.get_payload(decode=True)
    data = data if isinstance(data, bytes) else b""
    name = _filename(part)
    is_file = bool(name) or part.get_content_disposition() == "attachment"
    if media_type in {"text/plain", "text/html"} and not is_file:
        return _Content(texts=((media_type, _words(part, media_type, data)),))
    if media_type in _SIGNATURES or not data:
        return _Content()
    return _Content(files=(File(data, media_type, name),))


def _words(part: Message, media_type: str, data: bytes) -> str:
    charset = part.get_content_charset("") if part.get_param("charset") else ""
    words = charsets.decode(data, charset)
    if media_type == "text/html":
        return html_text.to_text(words)
    return _unfolded(words, _says(part, "delsp", "yes")) if _says(part, "format", "flowed") else words


def _says(part: Message, parameter: str, value: str) -> bool:
    found = part.get_param(parameter, "")
    return isinstance(found, str) and found.lower() == value


def _unfolded(words: str, without_space: bool) -> str:
    """Paragraphs that were folded for the way (RFC 3676)."""
    lines: list[str] = []
    open_depth = -1
    for raw in words.replace("\r\n", "\n").split("\n"):
        depth = len(raw) - len(raw.lstrip(">"))
        line = raw[depth:].removeprefix(" ")
        soft = line.endswith(" ") and line != "-- "
        shown = line[:-1] if soft and without_space else line
        if depth == open_depth:
            lines[-1] += shown
        else:
            lines.append(f"{'>' * depth}{' ' if depth else ''}{shown}")
        open_depth = depth if soft else -1
    return "\n".join(line.rstrip() for line in lines)


def _filename(part: Message) -> str:
    """RFC 2231 as it should be, RFC 2047 or raw bytes as it often is; the end of a long name counts most."""
    for header, parameter in (("content-disposition", "filename"), ("content-type", "name")):
        value = part.get_param(parameter, "", header)
        if isinstance(value, tuple):
            charset, _, escaped = value
            name = charsets.decode(escaped.encode("latin-1", "replace"), charset or "")
        else:
            name = charsets.header(value)
        if name:
            return name.replace("/", "_").replace("\\", "_")[-_LONGEST_NAME:]
    return ""


def _forwarded(part: Message) -> Iterator[File]:
    for one in part.get_payload():
        if isinstance(one, Message):
            subject = charsets.header(str(one.get("subject", "")))[:_LONGEST_NAME]
            yield File(
                one.as_bytes(), "message/rfc822", f"{_filename(part).removesuffix('.eml') or subject or 'mail'}.eml"
            )
