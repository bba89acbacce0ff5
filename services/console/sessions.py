"""Who is signed in: a token in a cookie that only the hub can open and no script can read.

The console keeps no list of sessions: the cookie is sealed with the keyring, so any of its processes opens it, and what
is in it counts as long as the services take the token.
"""

from __future__ import annotations

import base64
import json
import secrets
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final

import jwt
from starlette.requests import Request
from starlette.responses import Response

from chassis.auth import InvalidToken
from chassis.crypto import Keyring
from chassis.crypto.keyring import Unsealable

COOKIE: Final = "hub120_session"
_EARLY_S: Final = 90.0
"""So long before its end a token is renewed."""
_PIECE: Final = 3600
"""Browsers take cookies of 4 KB: what is longer goes in pieces."""
_MOST_PIECES: Final = 5
_PLACE: Final = {"table": "console", "column": "session", "row": "cookie"}


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who is signed in."""

    subject: str
    roles: tuple[str, ...]
    token: str = field(repr=False)
    expires_at: float
    csrf: str = field(repr=False)
    """What each form of this session carries: another site cannot know it."""
    renew_at: float = float("inf")
    """From when on the token is to be renewed, where it can be."""
    refresh_token: str = field(default="", repr=False)
    id_token: str = field(default="", repr=False)

    @property
    def old(self) -> bool:
        """It is time to renew the token."""
        return bool(self.refresh_token) and time.time() >= self.renew_at

    def may(self, *roles: str) -> bool:
        """Whether one of these roles is theirs: what the page shows, while the services decide what is done."""
        return not roles or any(role in self.roles for role in roles)


def begun(token: str, *, refresh_token: str = "", id_token: str = "", csrf: str = "") -> Session:
    """The session of a token. It is not verified here: the services do that with each call. Raises ``InvalidToken``."""
    claims = _claims(token)
    subject, roles, until = claims.get("sub"), claims.get("roles"), claims.get("exp")
    if not isinstance(subject, str) or not isinstance(until, int | float):
        raise InvalidToken("the token names nobody, or does not say until when it counts")
    now = time.time()
    if until < now:
        raise InvalidToken("the token has expired: get a new one", "TOKEN_EXPIRED")
    named = tuple(role for role in roles if isinstance(role, str)) if isinstance(roles, list) else ()
    csrf = csrf or secrets.token_urlsafe(16)
    early_s = min(_EARLY_S, (until - now) / 3)
    return Session(subject, named, token, float(until), csrf, until - early_s, refresh_token, id_token)


def _claims(token: str) -> Mapping[str, Any]:
    try:
        claims: Mapping[str, Any] = jwt.decode(token, options={"verify_signature": False})
    except (jwt.PyJWTError, ValueError, TypeError, RecursionError) as error:
        raise InvalidToken("this is no token") from error
    return claims


def keep(response: Response, session: Session, keyring: Keyring, *, secure: bool) -> None:
    """Put a session into the browser."""
    sealed = keyring.seal(json.dumps(asdict(session)), **_PLACE)
    text = base64.urlsafe_b64encode(sealed).decode()
    pieces = [text[start : start + _PIECE] for start in range(0, len(text), _PIECE)]
    if len(pieces) > _MOST_PIECES:
        raise InvalidToken("the token is too long for a browser")
    for number in range(_MOST_PIECES):
        name = f"{COOKIE}_{number}"
        if number < len(pieces):
            response.set_cookie(name, pieces[number], path="/", secure=secure, httponly=True, samesite="lax")
        elif number:
            response.delete_cookie(name, path="/", secure=secure, httponly=True, samesite="lax")


def opened(request: Request, keyring: Keyring) -> Session | None:
    """Who is signed in; None if nobody is, or no longer."""
    text = "".join(request.cookies.get(f"{COOKIE}_{number}", "") for number in range(_MOST_PIECES))
    if not text:
        return None
    try:
        kept = json.loads(keyring.open(base64.urlsafe_b64decode(text), **_PLACE))
        session = Session(**{**kept, "roles": tuple(kept["roles"])})
    except (Unsealable, ValueError, TypeError, LookupError):
        return None
    return session if session.expires_at > time.time() or session.refresh_token else None


def end(response: Response, *, secure: bool) -> None:
    """Take the session out of the browser."""
    for number in range(_MOST_PIECES):
        response.delete_cookie(f"{COOKIE}_{number}", path="/", secure=secure, httponly=True, samesite="lax")
