"""Tokens signed with a key in a file of our own: the embedded mode's, and an operator's for a first look."""

from __future__ import annotations

import base64
import os
import secrets
import stat
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import jwt

from chassis.auth.callers import ROLES, Caller, Expected, decoded

LOCAL_ISSUER: Final = "hub120-local"
AUDIENCE: Final = "hub120"
_EXPECTED: Final = Expected(LOCAL_ISSUER, AUDIENCE)


class InsecureKeyFile(Exception):
    """A key that others can read."""


class LocalIssuer:
    """Signs tokens with the key in a file of our own; makes the key (mode 0600) where there is none.

    With ``make=False`` a missing file raises ``FileNotFoundError``: in production somebody puts it there.
    """

    def __init__(self, key_file: Path, *, make: bool = True) -> None:
        self._key = _token_key(key_file, make=make)

    def issue(self, subject: str, roles: Iterable[str], lifetime_s: float = 3600.0) -> str:
        """A token for ``subject``. Raises ``ValueError`` for a role there is none of."""
        wanted = sorted(set(roles))
        if unknown := [role for role in wanted if role not in ROLES.values()]:
            raise ValueError(f"no such role: {', '.join(unknown)}; there are: {', '.join(ROLES.values())}")
        now = time.time()
        claims = {"iss": LOCAL_ISSUER, "aud": AUDIENCE, "sub": subject, "roles": wanted}
        return jwt.encode({**claims, "iat": int(now), "exp": int(now + lifetime_s)}, self._key, algorithm="HS256")


class LocalVerifier:
    """Accepts what ``LocalIssuer`` signed with the same key file; ``make`` as there."""

    def __init__(self, key_file: Path, *, make: bool = True) -> None:
        self._key = _token_key(key_file, make=make)

    def verify(self, token: str) -> Caller:
        """The caller of a token. Raises ``InvalidToken``."""
        return decoded(token, self._key, ["HS256"], _EXPECTED)

    def may_wait(self, token: str) -> bool:
        """Never: the key is at hand."""
        return False


def _token_key(key_file: Path, *, make: bool) -> bytes:
    if make and not key_file.exists():
        key_file.parent.mkdir(parents=True, exist_ok=True)
        _make(key_file)
    if key_file.stat().st_mode & stat.S_IRWXO:
        raise InsecureKeyFile(f"{key_file} can be read by everybody: chmod 600 {key_file}")
    key = base64.urlsafe_b64decode(key_file.read_bytes().strip())
    if len(key) < 32:
        raise InsecureKeyFile(f"{key_file} holds {len(key)} bytes; a token key has at least 32 (base64url)")
    return key


def _make(key_file: Path) -> None:
    """Write the key beside and link it into place: whoever comes second finds a whole key, never half of one."""
    beside = key_file.with_name(f".{key_file.name}.{os.getpid()}.{secrets.token_hex(4)}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(base64.urlsafe_b64encode(secrets.token_bytes(32)) + b"\n")
        os.link(beside, key_file)
    except FileExistsError:
        pass
    finally:
        beside.unlink()
