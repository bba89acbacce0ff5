"""Who calls: HMAC-SHA256 with the channel secret over the raw body, in base64."""

from __future__ import annotations

import base64
import hashlib
import hmac

from hub120_sdk import Request, Unauthorised
from hub120_sdk.credentials import same

HEADER = "x-line-signature"


def compute(secret: str, body: bytes) -> str:
    """The header as LINE writes it."""
    return base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()


def verify(secrets: str, request: Request) -> None:
    """Check the signature with each of the blank-separated secrets. Raises ``Unauthorised``."""
    given = request.headers.get(HEADER, "")
    if not given:
        raise Unauthorised(f"{HEADER} is missing")
    if not any(same(given, compute(secret, request.body)) for secret in secrets.split()):
        raise Unauthorised(f"{HEADER} is wrong: check channel_secret")
