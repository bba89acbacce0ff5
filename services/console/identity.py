"""What the console needs of whoever signs people in, and what passes between them. How an OIDC provider does it is in
``oidc``, which is loaded only where there is one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Protocol

CALLBACK: Final = "/sign-in/back"
"""Where the provider sends browsers back to."""


class ProviderAway(Exception):
    """The provider does not answer, or not as one does."""


class NotSignedIn(Exception):
    """The provider did not sign anybody in, or what came back is not what was asked for."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A sign-in that went off to the provider; kept by the browser, sealed."""

    state: str
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    next: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """What the provider gave."""

    bearer: str = field(repr=False)
    """What the services take."""
    refresh: str = field(repr=False)
    identity: str = field(repr=False)


class Provider(Protocol):
    """Who signs people in."""

    async def begin(self, next: str) -> tuple[str, Begun]:
        """Where to send the browser, and what to remember of it. Raises ``ProviderAway``."""
        ...

    async def finish(self, begun: Begun, query: Mapping[str, str]) -> Tokens:
        """The tokens of who came back with this query. Raises ``NotSignedIn`` or ``ProviderAway``."""
        ...

    async def renew(self, refresh: str, identity: str) -> Tokens:
        """New tokens for old. Raises ``NotSignedIn`` or ``ProviderAway``."""
        ...

    async def way_out(self, identity: str) -> str:
        """Where the browser goes to sign out there, too; empty where there is no such place."""
        ...
