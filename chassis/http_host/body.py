"""Reading a request's body whole, under a limit of size and of time, before the application sees the request."""

from __future__ import annotations

import asyncio

from starlette.types import Message, Receive, Scope

from chassis.http_host.answers import Refused


class Gone(Exception):
    """The sender went away before the body was whole."""


def header(scope: Scope, name: bytes) -> str:
    """One header, or an empty text."""
    for key, value in scope["headers"]:
        if key == name:
            found: bytes = value
            return found.decode("latin-1")
    return ""


async def whole(scope: Scope, receive: Receive, most_bytes: int, most_s: float) -> Receive:
    """A ``receive`` that has the whole body already. Raises ``Refused`` (413, 408) or ``Gone``."""
    declared = header(scope, b"content-length")
    if declared.isdigit() and int(declared) > most_bytes:
        raise _too_large(most_bytes)
    try:
        async with asyncio.timeout(most_s):
            body = await _read(receive, most_bytes)
    except TimeoutError:
        raise Refused(408, "TOO_SLOW", f"the body did not arrive within {most_s:g} s") from None
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return waiting.pop() if waiting else await receive()

    return replay


async def _read(receive: Receive, most_bytes: int) -> bytes:
    body = bytearray()
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Gone
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > most_bytes:
            raise _too_large(most_bytes)
    return bytes(body)


def _too_large(most_bytes: int) -> Refused:
    return Refused(413, "TOO_LARGE", f"the body may have {most_bytes} bytes")
