"""A mail as bytes: headers, one text, files. Only ASCII leaves, whatever language it is in.

Handing it to a mail server is left to ``hub120_sdk.mail``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from email.encoders import encode_base64
from email.header import Header
from email.message import Message
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import compat32
from email.utils import formataddr

from hub120_sdk.records import Content

_WIRE = compat32.clone(linesep="\r\n", max_line_length=998)
_MEDIA_TYPE = re.compile(r"(?!message/|multipart/)[a-z0-9][\w.+-]*/[a-z0-9][\w.+-]*", re.ASCII)


def compose(headers: Mapping[str, str], text: str, files: Sequence[Content] = ()) -> bytes:
    """The mail. Line breaks in headers are blanks: nobody slips in a header of his own."""
    body = _body(text, files)
    for name, value in headers.items():
        line = " ".join(value.split())
        body[name] = line if line.isascii() else Header(line, "utf-8", header_name=name).encode()
    return body.as_bytes(policy=_WIRE)


def mailbox(name: str, address: str) -> str:
    """Name and address as From and To want them."""
    return formataddr((" ".join(name.split()), address), "utf-8")


def _body(text: str, files: Sequence[Content]) -> Message:
    words = MIMEText(text, "plain", "utf-8")
    if not files:
        return words
    whole = MIMEMultipart("mixed")
    for part in (words, *(_file(one) for one in files)):
        whole.attach(part)
    return whole


def _file(content: Content) -> MIMEBase:
    media_type = content.media_type.partition(";")[0].strip().lower()
    kind, _, detail = (media_type if _MEDIA_TYPE.fullmatch(media_type) else "application/octet-stream").partition("/")
    part = MIMEBase(kind, detail)
    part.set_payload(content.data)
    encode_base64(part)
    name = " ".join(content.filename.split()) or "file"
    part.add_header("Content-Disposition", "attachment", filename=("utf-8", "", name))
    return part
