"""A front end without a screen: whoever asks the hub's services in a browser test, beside those who look."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from google.protobuf.message import Message

from services.console.contracts import method_of
from tests.hub import RunningHub


def asks(hub: RunningHub, subject: str, *roles: str) -> Callable[[Message], Any]:
    """What asks as somebody: the request says which method is meant."""
    metadata = hub.metadata(subject, *roles)

    def ask(request: Message) -> Any:
        method = method_of(request)
        call = hub.channel.unary_unary(
            method.path,
            request_serializer=type(request).SerializeToString,
            response_deserializer=method.answer.FromString,
        )
        return call(request, metadata=metadata, timeout=30)

    return ask
