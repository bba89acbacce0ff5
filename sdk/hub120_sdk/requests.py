"""A provider's HTTP request to the hub, and what it is answered."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from hub120_sdk.errors import Unreadable


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request as the provider sent it.

    ``url`` is the public address the provider called (signatures are computed over it), ``headers`` have lower-case
    names, ``body`` is the raw bytes: never re-serialise it before a signature is checked.
    """

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes = b""
    remote_address: str = ""

    def form(self) -> list[tuple[str, str]]:
        """The ``application/x-www-form-urlencoded`` fields in the order sent, blank values kept.

        Raises ``Unreadable``.
        """
        try:
            return parse_qsl(self.body.decode("utf-8"), keep_blank_values=True, max_num_fields=1000)
        except ValueError as error:
            raise Unreadable("the body is not a form") from error

    def json(self) -> object:
        """The body as JSON. Raises ``Unreadable``; read the value with ``hub120_sdk.shapes``."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError) as error:
            raise Unreadable("the body is not JSON") from error


@dataclass(frozen=True, slots=True)
class Response:
    """What the hub answers to a provider's request."""

    status: int = 200
    body: bytes = b""
    content_type: str = "text/plain; charset=utf-8"

    @classmethod
    def json(cls, value: object, status: int = 200) -> Response:
        """An ``application/json`` answer in UTF-8, Korean letters unescaped."""
        body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        return cls(status, body, "application/json; charset=utf-8")
