"""Standard Webhooks signatures (v1, HMAC-SHA256) with the standard library: sign what leaves, verify what comes.

The signed content is ``{webhook-id}.{webhook-timestamp}.{body}``; secrets are base64, with or without ``whsec_``.
Several secrets separated by blanks may hold at once while they are being changed: the first signs, any verifies.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta

from hub120_sdk.credentials import same
from hub120_sdk.errors import Misconfigured, Unauthorised

TOLERANCE = timedelta(minutes=5)
_PREFIX = "whsec_"


def sign(secrets: str, message_id: str, at: datetime, body: bytes) -> dict[str, str]:
    """The three headers for a message. ``message_id`` stays the same over every attempt to deliver it."""
    timestamp = str(int(at.timestamp()))
    return {
        "webhook-id": message_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": "v1," + _signature(_keys(secrets)[0], message_id, timestamp, body),
    }


def verify(
    secrets: str, headers: Mapping[str, str], body: bytes, now: datetime, tolerance: timedelta = TOLERANCE
) -> str:
    """The message's id, if its signature is right and its time within the tolerance. Else ``Unauthorised``."""
    message_id, timestamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    given = [part[3:] for part in headers.get("webhook-signature", "").split() if part.startswith("v1,")]
    if not (message_id and timestamp and given):
        raise Unauthorised("webhook-id, webhook-timestamp or webhook-signature is missing")
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
        raise Unauthorised("webhook-timestamp is not a number of seconds")
    if abs(now.timestamp() - int(timestamp)) > tolerance.total_seconds():
        raise Unauthorised("webhook-timestamp is too far from the present: check the sender's clock")
    wanted = [_signature(key, message_id, timestamp, body) for key in _keys(secrets)]
    if not any(same(one, other) for one in wanted for other in given):
        raise Unauthorised("webhook-signature is wrong")
    return message_id


def _signature(key: bytes, message_id: str, timestamp: str, body: bytes) -> str:
    content = f"{message_id}.{timestamp}.".encode("utf-8", "replace") + body
    return base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()


def _keys(secrets: str) -> list[bytes]:
    try:
        keys = [base64.b64decode(secret.removeprefix(_PREFIX), validate=True) for secret in secrets.split()]
    except binascii.Error as error:
        raise Misconfigured("a Standard Webhooks secret is not base64 (whsec_…)") from error
    if not all(keys) or not keys:
        raise Misconfigured("the Standard Webhooks secret is empty")
    return keys
