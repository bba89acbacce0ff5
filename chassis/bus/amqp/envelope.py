"""Messages as they travel through RabbitMQ, and back.

The key travels in the ``type`` property because retrying changes the routing key. Our own headers start with
``hub120-``; what others add (``x-…``, tables, numbers) does not reach a service as a header of the message, except that
numbers become strings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from chassis.bus.amqp import frames
from chassis.bus.ports import Dead, Kind, Message
from chassis.bus.retries import UNSETTLED

_CONTENT_TYPE = "application/protobuf"
_OURS = "hub120-"
_KIND, _ATTEMPT, _REASON = "hub120-kind", "hub120-attempt", "hub120-reason"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message and where it goes; ``must_route`` refuses it when no queue takes it.

    ``attempt`` and ``reason`` are written on the copies that go to retry and dead queues.
    """

    exchange: str
    routing_key: str
    must_route: bool
    message: Message
    attempt: int = 1
    reason: str = ""

    def frames(self, channel_id: int, frame_max: int) -> Iterator[bytes]:
        """All that publishing it takes."""
        headers = {**self.message.headers, _KIND: self.message.kind.value}
        if self.attempt > 1 or self.reason:
            headers[_ATTEMPT], headers[_REASON] = str(self.attempt), self.reason
        yield frames.publish_method(channel_id, self.exchange, self.routing_key, self.must_route)
        yield from frames.content(
            channel_id,
            frame_max,
            message_id=self.message.id,
            content_type=_CONTENT_TYPE,
            message_type=self.message.key,
            headers=headers,
            body=self.message.body,
        )


def unwrap(raw: Any) -> tuple[Message, int]:
    """The message and its attempt. One from a foreign publisher may lack an id: it gets one, and no deduplication."""
    properties = raw.properties
    headers = properties.get("application_headers", {})
    message = Message(
        id=properties.get("message_id") or headers.get("cloudEvents_id") or uuid4().hex,
        kind=Kind.TASK if headers.get(_KIND) == Kind.TASK.value else Kind.EVENT,
        key=properties.get("type") or raw.delivery_info["routing_key"],
        headers=_strings(headers),
        body=raw.body if isinstance(raw.body, bytes) else bytes(raw.body, "utf-8"),
    )
    attempt = str(headers.get(_ATTEMPT, 1))
    return message, int(attempt) if attempt.isdecimal() else 1


def unwrap_dead(raw: Any, queue: str) -> Dead:
    """The account of a message that was given up, by us or by the broker."""
    message, attempt = unwrap(raw)
    reason = raw.properties.get("application_headers", {}).get(_REASON)
    if raw.properties.get("application_headers", {}).get("x-death"):
        reason = UNSETTLED
    return Dead(message.id, message.key, queue, attempt, reason or "unknown", message.headers)


def _strings(headers: Mapping[str, Any]) -> dict[str, str]:
    return {
        name: str(value)
        for name, value in headers.items()
        if isinstance(value, str | int | float) and not name.startswith((_OURS, "x-"))
    }
