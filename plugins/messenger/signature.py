"""Who calls: the app's secret over the raw body, and the word that proves the address to Meta."""

from __future__ import annotations

import hashlib
import hmac
from urllib.parse import parse_qsl, urlsplit

from hub120_sdk import Request, Unauthorised
from hub120_sdk.credentials import same, same_as_any

HEADER = "x-hub-signature-256"


def compute(secret: str, body: bytes) -> str:
    """The header as Meta writes it."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def verify(secrets: str, request: Request) -> None:
    """Check the signature with each of the blank-separated secrets. Raises ``Unauthorised``."""
    given = request.headers.get(HEADER, "")
    if not given:
        raise Unauthorised(f"{HEADER} is missing")
    if not any(same(given, compute(secret, request.body)) for secret in secrets.split()):
        raise Unauthorised(f"{HEADER} is wrong: check app_secret")


def challenge(verify_token: str, request: Request) -> bytes:
    """What Meta wants to read when it checks the address. Raises ``Unauthorised``."""
    asked = dict(parse_qsl(urlsplit(request.url).query))
    known = same_as_any(asked.get("hub.verify_token", ""), verify_token)
    if not known or asked.get("hub.mode") != "subscribe":
        raise Unauthorised("hub.verify_token is not the word in HUB120_CONNECTOR_MESSENGER_VERIFY_TOKEN")
    return asked.get("hub.challenge", "").encode()
