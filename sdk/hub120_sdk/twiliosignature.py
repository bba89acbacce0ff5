"""``X-Twilio-Signature``: an HMAC over the URL as Twilio called it and, for forms, every field.

For other bodies the URL carries ``bodySHA256`` and is signed alone. The account's auth token signs with SHA-1; an
account that has a shared key for webhooks says so in ``X-Twilio-Webhooks-Signature-Settings``, mostly with SHA-256.
Twilio may or may not write the port into the URL it signs, so both ways count.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Sequence
from urllib.parse import parse_qs, urlsplit, urlunsplit

from hub120_sdk.credentials import same
from hub120_sdk.errors import Unauthorised
from hub120_sdk.requests import Request

_PORTS = {"https": 443, "http": 80}
_HASHES = {"HMAC_SHA1": "sha1", "HMAC_SHA256": "sha256"}
_SETTINGS_HEADER = "x-twilio-webhooks-signature-settings"


def verify(auth_tokens: str, shared_keys: str, request: Request) -> None:
    """Raises ``Unauthorised`` unless one of the blank-separated secrets made the signature."""
    given = request.headers.get("x-twilio-signature", "")
    settings = request.headers.get(_SETTINGS_HEADER, "")
    secrets, algorithm = (shared_keys if settings else auth_tokens).split(), _algorithm(settings)
    fields = _signed_fields(request)
    wanted = [compute(secret, url, fields, algorithm) for secret in secrets for url in spellings(request.url)]
    if not given or not any(same(given, one) for one in wanted):
        raise Unauthorised("X-Twilio-Signature is missing or wrong: check auth_token and the public URL")


def compute(secret: str, url: str, fields: Sequence[tuple[str, str]], algorithm: str = "sha1") -> str:
    """The signature over a URL and the form's fields; a field sent twice with the same value counts once."""
    signed = url + "".join(name + value for name, value in sorted(set(fields)))
    digest = hmac.new(secret.encode(), signed.encode("utf-8", "replace"), algorithm).digest()
    return base64.b64encode(digest).decode()


def spellings(url: str) -> list[str]:
    """The URL without its port, and with it: the one written or the scheme's own."""
    parts = urlsplit(url)
    bare, colon, port = parts.netloc.rpartition(":")
    if not colon or not port.isdigit():
        bare, port = parts.netloc, str(_PORTS.get(parts.scheme, 443))
    return [urlunsplit(parts._replace(netloc=netloc)) for netloc in (bare, f"{bare}:{port}")]


def _algorithm(settings: str) -> str:
    """The hash that ``key=…,algorithm=HMAC_SHA256`` names. Raises ``Unauthorised`` for one that is unknown."""
    named = dict(part.strip().partition("=")[::2] for part in settings.split(",")).get("algorithm") or "HMAC_SHA1"
    if named.upper() not in _HASHES:
        raise Unauthorised("the signature's algorithm is unknown")
    return _HASHES[named.upper()]


def _signed_fields(request: Request) -> Sequence[tuple[str, str]]:
    """The form's fields; none where the body is covered by ``bodySHA256``. Raises ``Unauthorised``, ``Unreadable``."""
    stated = parse_qs(urlsplit(request.url).query).get("bodySHA256")
    if stated is None:
        return request.form()
    if not same(hashlib.sha256(request.body).hexdigest(), stated[0].lower()):
        raise Unauthorised("bodySHA256 is not that of the body")
    return ()
