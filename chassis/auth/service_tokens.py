"""What a service shows when it calls another: a token of the local key, or one that an operator keeps in a file."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final, Protocol

from chassis.auth.local import LocalIssuer
from chassis.errors import Unavailable

LIFETIME_S: Final = 3600.0
_RENEWED_S: Final = 300.0
"""How long before its end a local token is replaced."""


class ServiceTokens(Protocol):
    """Where the token of a service comes from."""

    def token(self) -> str:
        """One that is good now. Raises ``Unavailable`` where there is none."""
        ...


class LocalTokens:
    """Tokens of this service's own, signed with the local key."""

    def __init__(self, issuer: LocalIssuer, service: str) -> None:
        self._issuer, self._service = issuer, service
        self._token, self._until = "", 0.0

    def token(self) -> str:
        """The one in use, replaced in time."""
        if time.time() > self._until - _RENEWED_S:
            self._token = self._issuer.issue(self._service, ["service"], LIFETIME_S)
            self._until = time.time() + LIFETIME_S
        return self._token


class FileTokens:
    """A token that somebody else keeps fresh in a file, which is read again when it changes."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._token, self._seen = "", (0, 0)

    def token(self) -> str:
        """What stands in the file now."""
        try:
            stat = self._file.stat()
            if (stat.st_mtime_ns, stat.st_ino) != self._seen:
                self._token = self._file.read_text(encoding="ascii").strip()
                self._seen = (stat.st_mtime_ns, stat.st_ino)
        except (OSError, UnicodeDecodeError) as error:
            raise Unavailable(f"HUB120_SERVICE_TOKEN_FILE cannot be read: {type(error).__name__}") from error
        if not self._token:
            raise Unavailable("HUB120_SERVICE_TOKEN_FILE is empty: put the token of a service into it")
        return self._token
