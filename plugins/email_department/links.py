"""Status links: who holds one may report once on one handover, until it expires.

A link names the handover, which of its reports it is for, and when it ends, sealed with HMAC-SHA256. Nothing of it is
stored: the hub knows a report that came before by its id, so the second use of a link changes nothing.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import UTC, datetime

from hub120_sdk import Unauthorised
from hub120_sdk.credentials import same

_LONGEST = 1_000
_SEAL_BYTES = 24


@dataclass(frozen=True, slots=True)
class Link:
    """One permission to report."""

    handover_id: str
    case_number: str
    revision: int
    """The first report is 1."""
    expires_at: int
    """Seconds since 1970."""

    @property
    def update_id(self) -> str:
        """What the report is known by, however often it comes."""
        return f"{self.handover_id}/{self.revision}"

    def following(self, expires_at: datetime) -> Link:
        """For the report after this one."""
        return Link(self.handover_id, self.case_number, self.revision + 1, int(expires_at.timestamp()))

    def token(self, secrets: str) -> str:
        """What stands in the address."""
        fields = [self.handover_id, self.case_number, self.revision, self.expires_at]
        words = json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()
        return f"{_letters(words)}.{_seal(secrets.split(maxsplit=1)[0], words)}"


class Expired(Unauthorised):
    """It was a link of ours, once."""


def opened(token: str, secrets: str, now: datetime) -> Link:
    """Read a token. Raises ``Expired``, or ``Unauthorised`` if it is none of ours."""
    written, _, seal = token.partition(".")
    try:
        words = base64.urlsafe_b64decode(written + "=" * (-len(written) % 4)) if len(token) <= _LONGEST else b""
    except (binascii.Error, ValueError):
        words = b""
    if not words or not any(same(seal, _seal(secret, words)) for secret in secrets.split()):
        raise Unauthorised("the status link is not one of ours, or is incomplete")
    link = Link(*json.loads(words))
    if now.astimezone(UTC).timestamp() > link.expires_at:
        raise Expired("the status link has expired")
    return link


def _seal(secret: str, words: bytes) -> str:
    digest = hmac.new(secret.encode(), b"hub120 status link\n" + words, hashlib.sha256).digest()
    return _letters(digest[:_SEAL_BYTES])


def _letters(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")
