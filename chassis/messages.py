"""Protobuf messages as they travel on the bus: CloudEvents attributes and the trace in the headers.

CloudEvents has no binding for AMQP 0-9-1; the attribute names are those of its AMQP 1.0 binding (section 3.1.3.1),
which RabbitMQ maps one to one. Bodies hold ids and attributes only, so ``dataclassification`` is always ``none``.
"""

from __future__ import annotations

from datetime import datetime

from google.protobuf.message import Message as Proto

from chassis.bus.ports import Kind, Message
from chassis.ids import new_id


def key_of(message: type[Proto] | Proto) -> str:
    """The routing key of an event: its protobuf full name."""
    return message.DESCRIPTOR.full_name


def event(body: Proto, *, source: str, subject: str, now: datetime, traceparent: str) -> Message:
    """An event for everyone who bound a queue to its type."""
    return _message(Kind.EVENT, key_of(body), body, source, subject, now, traceparent)


def task(queue: str, body: Proto, *, source: str, subject: str, now: datetime, traceparent: str) -> Message:
    """A task for one queue."""
    return _message(Kind.TASK, queue, body, source, subject, now, traceparent)


def age_s(message: Message, now: datetime) -> float:
    """How long ago a message was made; 0 if it does not say."""
    try:
        made = datetime.fromisoformat(message.headers["cloudEvents_time"])
    except (KeyError, ValueError):
        return 0.0
    return (now - made).total_seconds() if made.tzinfo else 0.0


def _message(kind: Kind, key: str, body: Proto, source: str, subject: str, now: datetime, traceparent: str) -> Message:
    message_id = new_id(now)
    headers = {
        "cloudEvents_specversion": "1.0",
        "cloudEvents_id": message_id,
        "cloudEvents_type": key_of(body),
        "cloudEvents_source": f"hub120/{source}",
        "cloudEvents_subject": subject,
        "cloudEvents_time": now.isoformat(),
        "cloudEvents_dataclassification": "none",
    }
    if traceparent:
        headers["traceparent"] = traceparent
    return Message(message_id, kind, key, headers, body.SerializeToString())
