"""Bytes to text where what a mail says of its own charset is not to be believed.

Korean mail programs write ``ks_c_5601-1987`` or ``euc-kr`` and mean code page 949, write ``utf-8`` over cp949 and the
other way round, and put raw bytes into headers. Text is never refused: at worst a letter becomes U+FFFD.
"""

from __future__ import annotations

import base64
import quopri
import re

_KOREAN = re.compile(
    r"(x-)?(ks[_-]?c[_-]?5601.*|euc[_-]?kr|korean|cp949|uhc|ms949|windows-949|iso-ir-149|csks.*|csuhc)"
)
_STATEFUL = re.compile(r"iso-?2022-.*|utf-?(7|16|32).*|hz.*")
_WESTERN = re.compile(r"(us-)?ascii|iso-?8859-.*|latin.*|windows-12.*|cp12.*|")
_TAKEN = re.compile(
    r"(utf|iso|windows|cp|koi8|gb|big5|shift|sjis|euc|johab|tis|ascii|us-ascii|latin|hz|mac)[\w-]*", re.A
)
"""Charsets that mails are written in; Python knows others that cost time or mean something else."""
_HANGUL = re.compile("[\uac00-\ud7a3]")
_WORD = re.compile(r"=\?([^?\s*]{1,60})(?:\*[^?\s]{0,20})?\?([bBqQ])\?([^?]*)\?=")


def decode(data: bytes, charset: str) -> str:
    """The text, whatever charset the mail claims."""
    names = _candidates(data, _canonical(charset))
    for name in names:
        try:
            return data.decode(name)
        except (UnicodeError, LookupError):
            continue
    return min((_replaced(data, name) for name in names), key=lambda text: text.count("\ufffd"))


def _canonical(charset: str) -> str:
    name = charset.strip(" \"'").lower()
    if _KOREAN.fullmatch(name):
        return "cp949"
    return name if _TAKEN.fullmatch(name) else ""


def _candidates(data: bytes, claimed: str) -> list[str]:
    """Charsets in the order they are tried. Hangul in UTF-8 is never by chance valid text in another charset, and bytes
    that give mostly Hangul in cp949 are no Western text."""
    if _STATEFUL.fullmatch(claimed):
        return [claimed, "utf-8", "cp949"]
    if _HANGUL.search(data.decode("utf-8", "ignore")) and _is_valid(data, "utf-8"):
        return ["utf-8"]
    if not _WESTERN.fullmatch(claimed):
        return [claimed, "utf-8", "cp949"]
    korean = ["cp949"] if _is_mostly_hangul(data.decode("cp949", "ignore")) else []
    return ["utf-8", *korean, *([claimed] if claimed else []), "cp949", "latin-1"]


def _is_valid(data: bytes, charset: str) -> bool:
    try:
        data.decode(charset)
    except UnicodeError:
        return False
    return True


def _is_mostly_hangul(text: str) -> bool:
    letters = [letter for letter in text if letter > "\x7f"]
    return bool(letters) and 2 * sum(1 for letter in letters if _HANGUL.match(letter)) >= len(letters)


def _replaced(data: bytes, name: str) -> str:
    try:
        return data.decode(name, "replace")
    except (UnicodeError, LookupError):
        return data.decode("utf-8", "replace")


def header(raw: str) -> str:
    """A header as people read it: encoded words (RFC 2047) put together before they are decoded, because letters are
    cut between them; raw bytes, which should not be there, decoded too. ``raw`` holds those as surrogates."""
    pieces: list[tuple[bytes, str]] = []
    end = 0
    for match in _WORD.finditer(raw):
        gap = raw[end : match.start()]
        if gap.strip() or (gap and not end):
            pieces.append((_bytes(gap), ""))
        pieces.append((_word(match[2], match[3]), match[1].lower()))
        end = match.end()
    pieces.append((_bytes(raw[end:]), ""))
    return " ".join("".join(decode(data, charset) for data, charset in _joined(pieces)).split())


def _joined(pieces: list[tuple[bytes, str]]) -> list[tuple[bytes, str]]:
    joined: list[tuple[bytes, str]] = []
    for data, charset in pieces:
        before = joined.pop()[0] if joined and joined[-1][1] == charset else b""
        joined.append((before + data, charset))
    return joined


def _word(encoding: str, text: str) -> bytes:
    if encoding in "qQ":
        return quopri.decodestring(_bytes(text), header=True)
    letters = re.sub(r"[^A-Za-z0-9+/]", "", text)
    whole = letters[: len(letters) - 1] if len(letters) % 4 == 1 else letters
    return base64.b64decode(whole + "=" * (-len(whole) % 4))


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
