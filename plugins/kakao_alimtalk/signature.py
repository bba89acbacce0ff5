"""Solapi's ``Authorization`` header: HMAC-SHA256 over date and salt. It is good for fifteen minutes and for one
request; the body is not covered by it (Solapi's documents, «API Key 인증 방식»)."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime


def authorization(key: str, secret: str, at: datetime, salt: str) -> str:
    """The header's value; ``salt`` has 12 to 64 characters and is never used twice."""
    date = at.isoformat(timespec="seconds")
    signature = hmac.new(secret.encode(), f"{date}{salt}".encode(), hashlib.sha256).hexdigest()
    return f"HMAC-SHA256 apiKey={key}, date={date}, salt={salt}, signature={signature}"
