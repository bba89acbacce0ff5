"""Both of X's signatures: HMAC-SHA256 over what it sends us, and OAuth 1.0a (HMAC-SHA1) over what we send."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping
from urllib.parse import parse_qsl, quote, urlsplit

from hub120_sdk import Request, Unauthorised
from hub120_sdk.credentials import same

HEADER = "x-twitter-webhooks-signature"
_TOKEN = re.compile(r"[A-Za-z0-9+/=_-]{1,256}")
"""What a challenge may be. The answer is a signature like that of an event, and anybody may ask for it: with braces or
quotes in a challenge they would get an event of their own signed."""


def compute(secret: str, body: bytes) -> str:
    """The header as X writes it, and the answer to a challenge."""
    return "sha256=" + base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()


def verify(secrets: str, request: Request) -> None:
    """Check the signature with each of the blank-separated secrets. Raises ``Unauthorised``."""
    given = request.headers.get(HEADER, "")
    if not given:
        raise Unauthorised(f"{HEADER} is missing")
    if not any(same(given, compute(secret, request.body)) for secret in secrets.split()):
        raise Unauthorised(f"{HEADER} is wrong: check consumer_secret")


def crc_token(request: Request) -> str:
    """The challenge in a GET. Raises ``Unauthorised``."""
    token = dict(parse_qsl(urlsplit(request.url).query)).get("crc_token", "")
    if not _TOKEN.fullmatch(token):
        raise Unauthorised("crc_token is missing, or has signs that no challenge of X has")
    return token


def oauth(method: str, url: str, signs: Mapping[str, str], secrets: tuple[str, str], *, form: str = "") -> str:
    """The ``Authorization`` header of a call. ``signs`` are the oauth_ parameters, ``secrets`` the app's and the
    token's; a body is signed only where it is a form."""
    parts = urlsplit(url)
    given = [*parse_qsl(parts.query, keep_blank_values=True), *parse_qsl(form, keep_blank_values=True), *signs.items()]
    listed = "&".join(f"{name}={value}" for name, value in sorted((_coded(name), _coded(one)) for name, one in given))
    base = "&".join(_coded(one) for one in (method, f"{parts.scheme}://{parts.netloc}{parts.path}", listed))
    key = "&".join(_coded(secret) for secret in secrets)
    signed = base64.b64encode(hmac.new(key.encode(), base.encode(), hashlib.sha1).digest()).decode()
    written = sorted({**signs, "oauth_signature": signed}.items())
    return "OAuth " + ", ".join(f'{_coded(name)}="{_coded(value)}"' for name, value in written)


def _coded(value: str) -> str:
    return quote(value, safe="~")
