"""Page tokens: where a list goes on, bound to what was asked, so that a token never goes on in another list.

A token is opaque to callers and holds no personal data; whoever alters it gets INVALID_ARGUMENT.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from typing import Any

from google.protobuf.message import Message as Proto

from chassis.errors import InvalidArgument

DIGEST_BYTES = 8


def size(asked: int, usual: int, largest: int) -> int:
    """The page size to use. Raises ``InvalidArgument``."""
    if not 0 <= asked <= largest:
        raise InvalidArgument([("page_size", f"is between 1 and {largest}")])
    return asked or usual


def token(request: Proto, last: list[Any]) -> str:
    """The token of the page after the row whose sort key is ``last``."""
    content = json.dumps([_digest(request), *last], separators=(",", ":"))
    return base64.urlsafe_b64encode(content.encode()).decode().rstrip("=")


def after(request: Proto, kinds: tuple[type, ...]) -> list[Any] | None:
    """The sort key after which the page starts; None for the first. Raises ``InvalidArgument``."""
    given = request.page_token  # type: ignore[attr-defined]
    if not given:
        return None
    try:
        padded = given + "=" * (-len(given) % 4)
        digest, *last = json.loads(base64.urlsafe_b64decode(padded))
    except (ValueError, TypeError, binascii.Error):
        raise _refused() from None
    if digest != _digest(request) or tuple(type(part) for part in last) != kinds:
        raise _refused()
    return list(last)


def _refused() -> InvalidArgument:
    return InvalidArgument([("page_token", "does not come from a previous page of this very list")])


def _digest(request: Proto) -> str:
    asked = type(request)()
    asked.CopyFrom(request)
    asked.ClearField("page_token")
    asked.ClearField("page_size")
    return hashlib.sha256(asked.SerializeToString(deterministic=True)).hexdigest()[: 2 * DIGEST_BYTES]
