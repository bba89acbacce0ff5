"""Frames between host and child: four bytes of length, then JSON. No pickle: neither side runs what the other says."""

from __future__ import annotations

import base64
import json
import socket
import struct
import types
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints

from hub120_sdk import (
    ConnectorError,
    InterpreterNews,
    Misconfigured,
    NotOnChannel,
    OptedOut,
    Record,
    Refusal,
    Rejected,
    Response,
    Retry,
    Throttled,
    Unauthorised,
    Unreachable,
    Unreadable,
    Unsure,
)

from chassis.connectors.errors import ConnectorFault, FaultKind, place

LONGEST_FRAME = 64 * 1024 * 1024
_LENGTH = struct.Struct(">I")
_TYPE = "$"
_TAGGED = {one.__name__: one for one in (*get_args(Record), *get_args(InterpreterNews))}
"""What ``parse`` may return: told apart by name."""


class Malformed(ValueError):
    """A frame or a value that is not what the other side should send."""


def send(connection: socket.socket, frame: Mapping[str, Any]) -> None:
    """Write one frame. Callers take turns."""
    body = json.dumps(frame).encode()
    if len(body) > LONGEST_FRAME:
        raise Malformed(f"a frame of {len(body)} bytes is too long")
    connection.sendall(_LENGTH.pack(len(body)) + body)


def receive(connection: socket.socket) -> dict[str, Any] | None:
    """Read one frame; None when the other side has gone. Raises ``Malformed``."""
    head = _exactly(connection, _LENGTH.size)
    if head is None:
        return None
    (length,) = _LENGTH.unpack(head)
    if length > LONGEST_FRAME:
        raise Malformed(f"a frame of {length} bytes is too long")
    body = _exactly(connection, length)
    if body is None:
        return None
    try:
        frame = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Malformed("a frame is not JSON") from error
    if not isinstance(frame, dict):
        raise Malformed("a frame is no object")
    return frame


def _exactly(connection: socket.socket, length: int) -> bytes | None:
    data = bytearray()
    while len(data) < length:
        try:
            part = connection.recv(min(length - len(data), 1 << 20))
        except OSError:
            return None
        if not part:
            return None
        data += part
    return bytes(data)


def encode(value: Any) -> Any:
    """A record of the SDK as JSON."""
    encoded = value
    match value:
        case Enum():
            encoded = value.value
        case bytes():
            encoded = base64.b64encode(value).decode()
        case datetime():
            encoded = value.isoformat()
        case Mapping():
            encoded = {str(key): encode(one) for key, one in value.items()}
        case list() | tuple():
            encoded = [encode(one) for one in value]
        case _ if is_dataclass(value) and not isinstance(value, type):
            encoded = {one.name: encode(getattr(value, one.name)) for one in fields(value)}
            encoded |= {_TYPE: type(value).__name__}
    return encoded


_ERRORS: tuple[type[ConnectorError], ...] = (
    *(OptedOut, NotOnChannel, Rejected, Throttled, Unreachable, Unsure, Retry, Misconfigured),
    *(Unreadable, Unauthorised),
)
"""The most special first."""


def encode_error(error: BaseException) -> dict[str, Any]:
    """An error of the SDK with its reason; of any other only what it is and where it was raised."""
    for kind in _ERRORS:
        if isinstance(error, kind):
            told = {"kind": kind.__name__, "reason": str(error.reason), "after_s": getattr(error, "after_s", 0.0)}
            response = getattr(error, "response", None)
            return told if response is None else {**told, "response": encode(response)}
    return {"kind": "fault", "reason": place(error)}


def decode_error(raw: Any) -> ConnectorError:
    """The error again; what is none of the SDK's is the connector's fault."""
    if not isinstance(raw, dict) or not isinstance(raw.get("reason"), str):
        return ConnectorFault(FaultKind.RUBBISH, "its process sent an error that is none")
    kind = next((one for one in _ERRORS if one.__name__ == raw.get("kind")), None)
    if kind is None:
        return ConnectorFault(FaultKind.RAISED, raw["reason"])
    if issubclass(kind, Refusal):
        return kind(raw["reason"], decode(Response, raw["response"]) if "response" in raw else None)
    return kind(raw["reason"], raw["after_s"]) if issubclass(kind, Retry) else kind(raw["reason"])


def decode(kind: Any, raw: Any) -> Any:
    """JSON as a record of that kind. Raises ``Malformed``."""
    try:
        return _decode(kind, raw)
    except (TypeError, ValueError, KeyError, AttributeError, RecursionError) as error:
        raise Malformed(f"what came is no {getattr(kind, '__name__', kind)}: {type(error).__name__}") from error


def _decode(kind: Any, raw: Any) -> Any:
    if kind is None:
        return None
    origin = get_origin(kind)
    if origin in {Union, types.UnionType}:
        return _decode_choice(get_args(kind), raw)
    if origin is not None and issubclass(origin, Mapping):
        return {str(key): _decode(get_args(kind)[1], one) for key, one in raw.items()}
    if origin is not None and issubclass(origin, Sequence):
        return tuple(_decode(get_args(kind)[0], one) for one in raw)
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(**{one.name: _decode(hints[one.name], raw[one.name]) for one in fields(kind)})  # type: ignore[operator]
    return _decode_plain(kind, raw)


def _decode_choice(kinds: Sequence[Any], raw: Any) -> Any:
    if type(None) in kinds:
        return None if raw is None else _decode(kinds[0], raw)
    return _decode(_TAGGED[raw[_TYPE]], raw)


def _decode_plain(kind: Any, raw: Any) -> Any:
    if kind is object:  # JSON as it is: a document
        return raw
    if kind is bytes:
        return base64.b64decode(raw, validate=True)
    if kind is datetime:
        return datetime.fromisoformat(raw)
    if issubclass(kind, Enum):
        return kind(raw)
    if type(raw) is not kind and not (kind is float and type(raw) is int):
        raise TypeError(f"{type(raw).__name__} for {kind.__name__}")
    return raw
