"""Letters as bytes: what a data_coding says, and a text in the parts that phones join again."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass

from smpplib.gsm import GSM_CHARACTER_TABLE

DEFAULT, ASCII, LATIN_1, UCS_2 = 0x00, 0x01, 0x03, 0x08
_CHARSETS = {
    ASCII: "ascii",
    LATIN_1: "latin-1",
    0x06: "iso8859-5",
    0x07: "iso8859-8",
    UCS_2: "utf-16-be",
    0x0E: "cp949",
    0x18: "utf-16-be",
    0x84: "cp949",
}
"""By data_coding. KS C 5601 is 0x0E in SMPP and 0x84 at Korean carriers; 0x18 is UCS-2 that is shown at once."""
_ESCAPE, _EXTENSION = 0x1B, 0x80
_ALIKE = re.compile(r"[A-Za-z0-9 \n\r!\"#%&'()*+,\-./:;<=>?]*")
"""What has the same bytes in every default alphabet."""


def read(coding: int, message: bytes, default: str) -> str:
    """The text of a message. What is no text is told in its place: an agent can ask again."""
    charset = default if _is_default(coding) else _CHARSETS.get(coding, "")
    if not charset:
        return f"[읽을 수 없는 메시지: data_coding {coding:#04x}, {len(message)} bytes]"
    return _from_gsm(message) if charset == "gsm" else message.decode(charset, "replace")


def _is_default(coding: int) -> bool:
    """0, or a message class with the default alphabet."""
    return coding in {DEFAULT, 0x10} or (coding & 0xF0 == 0xF0 and not coding & 0x04)


def _from_gsm(message: bytes) -> str:
    """Unpacked septets: one in each byte, rarer signs after an escape."""
    letters, escaped = [], False
    for byte in message:
        if byte == _ESCAPE and not escaped:
            escaped = True
            continue
        letters.append(GSM_CHARACTER_TABLE[byte + _EXTENSION * escaped] if byte < _EXTENSION else "\ufffd")
        escaped = False
    return "".join(letters)


@dataclass(frozen=True, slots=True)
class Part:
    """One ``submit_sm``: what differs from part to part."""

    message: bytes
    esm_class: int = 0
    segment: tuple[int, int, int] | None = None
    """Reference, number and count for sar_* parameters."""
    is_payload: bool = False


_PART_BYTES = {"udh": 134, "udh16": 132, "sar": 134}
_PART_LETTERS = {"udh": 153, "udh16": 152, "sar": 153}


def parts(text: str, way: str, reply_id: str) -> tuple[int, list[Part]]:
    """The data_coding and the parts of a text, in UCS-2 unless every alphabet has its letters.

    The reference is made of the reply's id: another attempt has the same parts, and a phone that has some of them
    shows the message once.
    """
    plain = _ALIKE.fullmatch(text) is not None
    coding, message = (DEFAULT, text.encode("ascii")) if plain else (UCS_2, text.encode("utf-16-be"))
    if len(message) <= (160 if plain else 140):
        return coding, [Part(message)]
    if way == "payload":
        return coding, [Part(message, is_payload=True)]
    pieces = _pieces(message, (_PART_LETTERS if plain else _PART_BYTES)[way], coding)
    reference = zlib.crc32(reply_id.encode()) & 0xFFFF
    return coding, [_part(way, reference, number, len(pieces), one) for number, one in enumerate(pieces, 1)]


def _part(way: str, reference: int, number: int, count: int, piece: bytes) -> Part:
    if way == "sar":
        return Part(piece, segment=(reference, number, count))
    told = b"\x08\x04" + reference.to_bytes(2) if way == "udh16" else bytes([0x00, 0x03, reference & 0xFF])
    header = told + bytes([count, number])
    return Part(bytes([len(header)]) + header + piece, esm_class=0x40)


def _pieces(message: bytes, most: int, coding: int) -> list[bytes]:
    """Full parts, none ending between the halves of an emoji."""
    pieces, start = [], 0
    while start < len(message):
        end = start + most
        if coding == UCS_2 and end < len(message) and 0xD8 <= message[end - 2] < 0xDC:
            end -= 2
        pieces.append(message[start:end])
        start = end
    return pieces


def place(user_header: bytes) -> tuple[str, int, int] | None:
    """Reference, number and count of a part, as its user data header tells; None for a whole message."""
    at = 0
    while at + 2 <= len(user_header):
        element, length = user_header[at], user_header[at + 1]
        value = user_header[at + 2 : at + 2 + length]
        if element == 0x00 and len(value) == 3:
            return f"8:{value[0]}", value[2], value[1]
        if element == 0x08 and len(value) == 4:
            return f"16:{int.from_bytes(value[:2])}", value[3], value[2]
        at += 2 + length
    return None
