"""A small HTTP client for tests, so that what goes over the wire is exactly what a test says."""

from __future__ import annotations

import asyncio
import http.client
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes


async def request(
    port: int, method: str, path: str, body: bytes | Iterable[bytes] = b"", headers: Mapping[str, str] | None = None
) -> Answer:
    """One request on a connection of its own; an iterable body goes chunked, without a length."""
    return await asyncio.to_thread(_request, port, method, path, body, dict(headers or {}))


def _request(port: int, method: str, path: str, body: bytes | Iterable[bytes], headers: dict[str, str]) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request(method, path, body, headers, encode_chunked=False)
        response = connection.getresponse()
        return Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, response.read())
    finally:
        connection.close()
