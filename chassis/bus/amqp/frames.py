"""The bytes of what is sent in great numbers: messages and acks. py-amqp's own encoding costs four times as much as
all the rest of publishing, and it writes each frame by itself.

AMQP 0-9-1: a message is a method frame (basic.publish), a header frame (properties in a fixed order) and body frames.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from struct import Struct

_FRAME = Struct(">BHI")
_HEADER = Struct(">HHQH")
_LENGTH = Struct(">I")
_TAG = Struct(">QB")
METHOD_KIND, HEADER_KIND, BODY_KIND = 1, 2, 3
_END = b"\xce"
_BASIC = 60
_BASIC_PUBLISH, _BASIC_ACK, _BASIC_REJECT = b"\x00\x3c\x00\x28", b"\x00\x3c\x00\x50", b"\x00\x3c\x00\x5a"
_FRAME_OVERHEAD = 8

_CONTENT_TYPE, _HEADERS, _DELIVERY_MODE, _MESSAGE_ID, _TYPE = 1 << 15, 1 << 13, 1 << 12, 1 << 7, 1 << 5
PROPERTIES = _CONTENT_TYPE | _HEADERS | _DELIVERY_MODE | _MESSAGE_ID | _TYPE
_PERSISTENT = b"\x02"


@lru_cache(maxsize=1024)
def publish_method(channel_id: int, exchange: str, routing_key: str, must_route: bool) -> bytes:
    """The method frame; a service publishes to few keys, so most are made once."""
    arguments = b"\x00\x00" + short_string(exchange) + short_string(routing_key) + bytes([must_route])
    return _frame(METHOD_KIND, channel_id, _BASIC_PUBLISH + arguments)


def content(
    channel_id: int,
    frame_max: int,
    *,
    message_id: str,
    content_type: str,
    message_type: str,
    headers: Mapping[str, str],
    body: bytes,
) -> Iterator[bytes]:
    """The header frame and the body frames of a persistent message."""
    properties = (
        _HEADER.pack(_BASIC, 0, len(body), PROPERTIES)
        + _text(content_type)
        + _table(headers)
        + _PERSISTENT
        + short_string(message_id)
        + _text(message_type)
    )
    if len(properties) > frame_max - _FRAME_OVERHEAD:
        raise ValueError(f"the headers of message {message_id} take {len(properties)} bytes, more than a frame holds")
    yield _frame(HEADER_KIND, channel_id, properties)
    for start in range(0, len(body), frame_max - _FRAME_OVERHEAD):
        yield _frame(BODY_KIND, channel_id, body[start : start + frame_max - _FRAME_OVERHEAD])


def ack(channel_id: int, tag: int, *, multiple: bool) -> bytes:
    """Settles one delivery, or with ``multiple`` every one up to it."""
    return _frame(METHOD_KIND, channel_id, _BASIC_ACK + _TAG.pack(tag, multiple))


def requeue(channel_id: int, tag: int) -> bytes:
    """Gives one delivery back to its queue."""
    return _frame(METHOD_KIND, channel_id, _BASIC_REJECT + _TAG.pack(tag, True))


def short_string(text: str) -> bytes:
    """At most 255 bytes, else ``ValueError``."""
    data = text.encode()
    if len(data) > 255:
        raise ValueError(f"{text[:40]!r}… is longer than the 255 bytes that AMQP takes here")
    return bytes((len(data),)) + data


_text = lru_cache(maxsize=1024)(short_string)
"""For what is nearly always the same: types and the names of headers."""


def _table(headers: Mapping[str, str]) -> bytes:
    pairs: list[bytes] = []
    for name, value in headers.items():
        data = value.encode()
        pairs += (_text(name), b"S", _LENGTH.pack(len(data)), data)
    table = b"".join(pairs)
    return _LENGTH.pack(len(table)) + table


def _frame(kind: int, channel_id: int, payload: bytes) -> bytes:
    return _FRAME.pack(kind, channel_id, len(payload)) + payload + _END
