"""Messages as they arrive, put together from their frames. py-amqp's own reading of one costs as much as handling it.

Only what we write is read here: properties in the set that ``frames`` writes, headers that are all texts. Everything
else (a foreign publisher, what the broker adds when it delivers again) is left to py-amqp.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from struct import Struct
from typing import Any

from amqp.serialization import decode_properties_basic

from chassis.bus.amqp.frames import BODY_KIND, HEADER_KIND, METHOD_KIND, PROPERTIES

_DELIVER = b"\x00\x3c\x00\x3c"
_TAG = Struct(">Q")
_HEADER = Struct(">QH")
_LENGTH = Struct(">I")
_TEXT = ord("S")


class Arrival:
    """One message, with what envelopes read of it."""

    __slots__ = ("_parts", "_size", "delivery_info", "delivery_tag", "properties")

    def __init__(self, delivery_tag: int, routing_key: str) -> None:
        self.delivery_tag = delivery_tag
        self.delivery_info = {"routing_key": routing_key}
        self.properties: Mapping[str, Any] = {}
        self._parts: list[bytes] = []
        self._size = 0

    @property
    def body(self) -> bytes:
        """All of it."""
        return b"".join(self._parts)

    def describe(self, payload: bytes) -> None:
        """Take the header frame."""
        self._size, flags = _HEADER.unpack_from(payload, 4)
        self.properties = (_ours(payload) if flags == PROPERTIES else None) or decode_properties_basic(payload, 12)[0]

    def add(self, payload: bytes) -> None:
        """Take a body frame."""
        self._parts.append(payload)
        self._size -= len(payload)

    @property
    def whole(self) -> bool:
        """Whether every frame is here."""
        return self._size <= 0


class Arrivals:
    """Deliveries on one channel, handed over one by one."""

    def __init__(self, channel_id: int, arrived: Callable[[Arrival], object]) -> None:
        self._channel_id, self._arrived = channel_id, arrived
        self._coming: Arrival | None = None

    def take(self, kind: int, channel_id: int, payload: bytes) -> bool:
        """Take a frame if it belongs to a delivery."""
        if channel_id != self._channel_id or kind not in {METHOD_KIND, HEADER_KIND, BODY_KIND}:
            return False
        if kind == METHOD_KIND:
            if not payload.startswith(_DELIVER):
                return False
            self._coming = _announced(payload)
            return True
        if self._coming is None:
            return False  # of a message that came back, or was asked for
        self._coming.describe(payload) if kind == HEADER_KIND else self._coming.add(payload)
        if self._coming.whole:
            whole, self._coming = self._coming, None
            self._arrived(whole)
        return True


def _announced(payload: bytes) -> Arrival:
    at = 5 + payload[4]
    (tag,) = _TAG.unpack_from(payload, at)
    at += 9
    at += 1 + payload[at]
    return Arrival(tag, payload[at + 1 : at + 1 + payload[at]].decode())


def _ours(payload: bytes) -> Mapping[str, Any] | None:
    """The properties we write: content type, headers, delivery mode, message id, type. None if a header is no text."""
    at = 14
    content_type, at = _short(payload, at)
    (size,) = _LENGTH.unpack_from(payload, at)
    at += 4
    end, headers = at + size, {}
    while at < end:
        name, at = _short(payload, at)
        if payload[at] != _TEXT:
            return None
        (length,) = _LENGTH.unpack_from(payload, at + 1)
        at += 5 + length
        headers[name] = payload[at - length : at].decode()
    message_id, at = _short(payload, end + 1)
    message_type, _ = _short(payload, at)
    return {
        "content_type": content_type,
        "application_headers": headers,
        "message_id": message_id,
        "type": message_type,
    }


def _short(payload: bytes, at: int) -> tuple[str, int]:
    end = at + 1 + payload[at]
    return payload[at + 1 : end].decode(), end
