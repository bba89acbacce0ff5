"""Signing in with an OIDC provider: the authorization code flow with PKCE (OpenID Connect Core 1.0, section 3.1; RFC
7636), tokens renewed before they end, and the way out (RP-Initiated Logout 1.0).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

import httpx2
import jwt
from authlib.common.security import generate_token
from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.httpx_client import AsyncOAuth2Client

from chassis.addresses import is_confidential
from services.console.identity import CALLBACK, Begun, NotSignedIn, ProviderAway, Tokens

PATIENCE_S: Final = 5.0
_DESCRIBED_FOR_S: Final = 600.0
_REMEMBERED_S: Final = 30.0
_ALGORITHMS: Final = ["RS256", "ES256"]


@dataclass(frozen=True, slots=True)
class Client:
    """This console as the provider knows it. ``url`` is where browsers reach it."""

    issuer: str
    id: str
    url: str
    scope: str
    bearer: str
    """Which of its tokens the services take: ``access_token`` or ``id_token``."""
    secret_file: Path | None = None

    @property
    def secret(self) -> str | None:
        """The secret as it is in its file now; none for a public client, which PKCE protects."""
        return self.secret_file.read_text(encoding="ascii").strip() if self.secret_file else None


class OidcProvider:
    """One OIDC provider. Belongs to the event loop."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._described: tuple[float, Mapping[str, Any]] = (0.0, {})
        self._renewed: dict[str, tuple[float, asyncio.Task[Tokens]]] = {}

    async def begin(self, next: str) -> tuple[str, Begun]:
        """Where to send the browser, and what to remember of it. Raises ``ProviderAway``."""
        begun = Begun(generate_token(32), generate_token(32), generate_token(64), next)
        described = await self._describe()
        async with self._open() as client:
            address, _ = client.create_authorization_url(
                described["authorization_endpoint"], state=begun.state, nonce=begun.nonce, code_verifier=begun.verifier
            )
        return str(address), begun

    async def finish(self, begun: Begun, query: Mapping[str, str]) -> Tokens:
        """The tokens of who came back with this query. Raises ``NotSignedIn`` or ``ProviderAway``."""
        if query.get("state") != begun.state:
            raise NotSignedIn("it came back to another sign-in than the one that began")
        if "code" not in query:
            raise NotSignedIn(query.get("error", "the provider gave no code"))
        given = await self._given("fetch_token", code=query["code"], code_verifier=begun.verifier)
        await self._check_identity(given.get("id_token", ""), begun.nonce)
        return self._tokens(given)

    async def renew(self, refresh: str, identity: str) -> Tokens:
        """New tokens for old. Pages that ask at the same time get the same ones: a provider that rotates takes each old
        token once. Raises ``NotSignedIn`` or ``ProviderAway``."""
        now = time.monotonic()
        self._renewed = {old: kept for old, kept in self._renewed.items() if now - kept[0] < _REMEMBERED_S}
        if refresh not in self._renewed:
            self._renewed[refresh] = (now, asyncio.ensure_future(self._renew(refresh, identity)))
        _, renewing = self._renewed[refresh]
        try:
            return await asyncio.shield(renewing)
        except (NotSignedIn, ProviderAway):
            self._renewed.pop(refresh, None)
            raise

    async def _renew(self, refresh: str, identity: str) -> Tokens:
        given = await self._given("refresh_token", refresh_token=refresh)
        return self._tokens({"refresh_token": refresh, "id_token": identity, **given})

    async def way_out(self, identity: str) -> str:
        """Where the browser goes to sign out there, too; empty where the provider has no such place, or is away."""
        try:
            end = str((await self._describe()).get("end_session_endpoint", ""))
        except ProviderAway:
            return ""
        told = {"post_logout_redirect_uri": f"{self._client.url}/sign-in", "client_id": self._client.id}
        return f"{end}?{urlencode({**told, 'id_token_hint': identity} if identity else told)}" if end else ""

    def _tokens(self, given: Mapping[str, Any]) -> Tokens:
        bearer = given.get(self._client.bearer)
        if not isinstance(bearer, str) or not bearer:
            raise NotSignedIn(f"the provider gave no {self._client.bearer}")
        return Tokens(bearer, str(given.get("refresh_token") or ""), str(given.get("id_token") or ""))

    async def _given(self, how: str, **told: str) -> Mapping[str, Any]:
        described = await self._describe()
        try:
            async with self._open() as client:
                given: Mapping[str, Any] = await getattr(client, how)(_over_tls(described["token_endpoint"]), **told)
        except OAuthError as error:
            raise NotSignedIn(f"the provider refuses: {error.error}") from error
        except (httpx2.HTTPError, ValueError) as error:
            raise ProviderAway(f"the provider does not answer ({type(error).__name__})") from error
        return given

    async def _check_identity(self, token: str, nonce: str) -> None:
        """The identity is of this provider, for this client, and of this sign-in (Core, section 3.1.3.7)."""
        keys = await self._fetch((await self._describe())["jwks_uri"])
        try:
            named = jwt.get_unverified_header(token).get("kid")
            usable = [key for key in jwt.PyJWKSet.from_dict(dict(keys)).keys if named in {None, key.key_id}]
            claims = jwt.decode(
                token, usable[0], algorithms=_ALGORITHMS, audience=self._client.id, issuer=self._client.issuer,
                leeway=10, options={"require": ["sub", "exp", "iat", "nonce"]},
            )  # fmt: skip
        except (jwt.PyJWTError, ValueError, TypeError, IndexError) as error:
            raise NotSignedIn(f"the identity is not accepted ({type(error).__name__})") from error
        if claims["nonce"] != nonce:
            raise NotSignedIn("the identity is of another sign-in")

    async def _describe(self) -> Mapping[str, Any]:
        """What the provider says of itself (OpenID Connect Discovery 1.0)."""
        at, described = self._described
        if not described or time.monotonic() - at > _DESCRIBED_FOR_S:
            described = await self._fetch(f"{self._client.issuer.rstrip('/')}/.well-known/openid-configuration")
            if described.get("issuer") != self._client.issuer:
                raise ProviderAway("what is described there is another provider than HUB120_OIDC_ISSUER")
            self._described = (time.monotonic(), described)
        return described

    async def _fetch(self, address: str) -> Mapping[str, Any]:
        try:
            async with httpx2.AsyncClient(timeout=PATIENCE_S) as client:
                answer = await client.get(_over_tls(address))
                found = answer.raise_for_status().json()
        except (httpx2.HTTPError, ValueError) as error:
            raise ProviderAway(f"the provider does not answer ({type(error).__name__})") from error
        if not isinstance(found, dict):
            raise ProviderAway("the provider does not answer as one does")
        return found

    def _open(self) -> Any:
        client = self._client
        return AsyncOAuth2Client(
            client.id, client.secret, scope=client.scope, redirect_uri=f"{client.url}{CALLBACK}",
            code_challenge_method="S256", timeout=PATIENCE_S,
            token_endpoint_auth_method="client_secret_basic" if client.secret_file else "none",
        )  # fmt: skip


def _over_tls(address: str) -> str:
    """An address of a provider's as it is; only what is on this machine may be asked in the clear."""
    if not is_confidential(address):
        raise ProviderAway("providers are asked over https only")
    return address
