"""Who may call: ``X-IB-Signature`` is an HMAC-SHA256 of ``X-IB-Timestamp`` and of nothing else.

So whoever sees one request can send another body for five minutes: the networks that Bizgo calls from are checked too,
where an operator names them. Bizgo does not say whether the signature is hex or base64, so both count.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from datetime import datetime

from hub120_sdk import Misconfigured, Request, Unauthorised
from hub120_sdk.credentials import same
from hub120_sdk.networks import Networks

WINDOW_S = 300.0
_TIMESTAMP = re.compile(r"[0-9]{1,16}")
_MILLISECOND_DIGITS = 13


class Origin:
    """The blank-separated secrets and networks of an installation."""

    def __init__(self, secrets: str, networks: str) -> None:
        self._secrets = secrets.split()
        self._networks = _networks(networks)

    def verify(self, request: Request, now: datetime) -> None:
        """Raises ``Unauthorised`` unless a known network sent the request within five minutes of its signing."""
        if not self._networks.admit(request.remote_address):
            raise Unauthorised("the caller is not in HUB120_CONNECTOR_SMS_BIZGO_SOURCE_NETWORKS")
        timestamp = request.headers.get("x-ib-timestamp", "")
        if not _TIMESTAMP.fullmatch(timestamp) or abs(now.timestamp() - _seconds(timestamp)) > WINDOW_S:
            raise Unauthorised("X-IB-Timestamp is missing or more than five minutes off")
        given = request.headers.get("x-ib-signature", "").strip()
        if not any(_signs(given, secret, timestamp) for secret in self._secrets):
            raise Unauthorised("X-IB-Signature is missing or wrong")


def digest(secret: str, timestamp: str) -> bytes:
    """What the signature encodes."""
    return hmac.new(secret.encode(), timestamp.encode(), hashlib.sha256).digest()


def _networks(written: str) -> Networks:
    try:
        return Networks(written)
    except ValueError as error:
        raise Misconfigured(f"HUB120_CONNECTOR_SMS_BIZGO_SOURCE_NETWORKS: {error}") from None


def _seconds(timestamp: str) -> float:
    """Milliseconds as documented, or seconds."""
    return int(timestamp) / 1000 if len(timestamp) >= _MILLISECOND_DIGITS else int(timestamp)


def _signs(given: str, secret: str, timestamp: str) -> bool:
    wanted = digest(secret, timestamp)
    in_base64 = same(given, base64.b64encode(wanted).decode())
    return same(given.lower(), wanted.hex()) or in_base64
