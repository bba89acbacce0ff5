"""What a token becomes: a caller with roles, or a refusal. Shared by both kinds of token."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

import jwt
from hub120.auth.v1 import rule_pb2

LEEWAY_S: Final = 10
LONGEST_TOKEN: Final = 8192
UNREADABLE: Final = (jwt.PyJWTError, ValueError, TypeError, OverflowError, RecursionError)
"""What reading a token may raise: the library's own errors, and what odd JSON does to it."""
_REQUIRED = ["exp", "sub", "iss", "aud"]

ROLES: Final[Mapping[int, str]] = {
    number: name.removeprefix("ROLE_").lower() for name, number in rule_pb2.Role.items() if number
}
"""Every role by its number in ``hub120.auth.v1.Role``, as tokens name it: ``agent``, ``supervisor``, …"""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls: the token's subject, the roles it carries, and until when (seconds since 1970)."""

    subject: str
    roles: frozenset[str]
    expires_at: float = float("inf")


class InvalidToken(Exception):
    """The token is not accepted; the message says why and repeats nothing of it. ``reason`` is for machines."""

    def __init__(self, message: str, reason: str = "TOKEN_INVALID") -> None:
        super().__init__(message)
        self.reason = reason


class Verifier(Protocol):
    """Turns a token into a caller."""

    def verify(self, token: str) -> Caller:
        """The caller of a token. Raises ``InvalidToken``, or ``Unavailable`` if keys cannot be fetched."""
        ...

    def may_wait(self, token: str) -> bool:
        """Whether ``verify`` would go to the network for this token: then call it off the event loop."""
        ...


@dataclass(frozen=True, slots=True)
class Expected:
    """Who must have issued a token, for whom, and where it names its roles."""

    issuer: str
    audience: str
    roles_claim: str = "roles"


def decoded(token: str, key: Any, algorithms: list[str], expected: Expected) -> Caller:
    """The caller of a token with a good signature and fitting claims. Raises ``InvalidToken``."""
    try:
        claims = _claims(token, key, algorithms, expected)
    except jwt.ExpiredSignatureError as error:
        raise InvalidToken("the token has expired: get a new one", "TOKEN_EXPIRED") from error
    except UNREADABLE as error:
        raise InvalidToken(f"the token is not accepted ({type(error).__name__})") from error
    subject = claims["sub"]
    if not subject or len(subject) > 200:
        raise InvalidToken("the token's subject is empty or longer than 200 characters")
    return Caller(subject, _roles(claims, expected.roles_claim), float(claims["exp"]))


def _claims(token: str, key: Any, algorithms: list[str], expected: Expected) -> dict[str, Any]:
    refuse_long(token)
    claims: dict[str, Any] = jwt.decode(
        token,
        key,
        algorithms,
        issuer=expected.issuer,
        audience=expected.audience,
        leeway=LEEWAY_S,
        options={"require": _REQUIRED},
    )
    return claims


def refuse_long(token: str) -> None:
    """Raise ``InvalidToken`` for what nobody issued."""
    if len(token) > LONGEST_TOKEN:
        raise InvalidToken("the token is too long")


def _roles(claims: Mapping[str, Any], path: str) -> frozenset[str]:
    """The roles a token names; ``path`` may go into nested claims (``realm_access.roles``). Unknown ones are ours not
    to judge and count for nothing."""
    found: Any = claims
    for step in path.split("."):
        found = found.get(step) if isinstance(found, Mapping) else None
    named = [found] if isinstance(found, str) else found if isinstance(found, list) else []
    return frozenset(role for role in named if role in ROLES.values())
