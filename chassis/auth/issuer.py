"""Tokens of an OIDC issuer, checked with the keys it publishes."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

import jwt

from chassis import logs
from chassis.addresses import is_confidential
from chassis.auth.callers import UNREADABLE, Caller, Expected, InvalidToken, decoded, refuse_long
from chassis.errors import Unavailable

KEYS_GOOD_FOR_S = 600.0
REFETCH_AFTER_S = 30.0
FETCH_TIMEOUT_S = 5.0
_LONGEST_KEY_SET = 1 << 20
_KEY_ALGORITHMS: Final = {"RSA": ["RS256"], "EC": ["ES256"]}
"""Which algorithm a key may be used with: the key decides, never the token."""

_log = logs.get_logger("auth")


class JwksVerifier:
    """Accepts what an OIDC issuer signed, with the keys it publishes at an address or that lie in a file.

    Keys are fetched once, again in the background when old, and at once for a key id not seen before, but not more
    often than every ``REFETCH_AFTER_S``. Only asymmetric algorithms are known here, so a public key cannot serve as a
    shared secret.
    """

    def __init__(self, issuer: str, audience: str, keys_at: str, *, roles_claim: str = "roles") -> None:
        if not (issuer and audience and keys_at):
            raise ValueError("an OIDC issuer needs an audience and the place of its keys too")
        self._expected = Expected(issuer, audience, roles_claim)
        self._keys_at = keys_at
        self._keys: Mapping[str, jwt.PyJWK] = {}
        self._fetched_at = self._tried_at = float("-inf")
        self._fetching = threading.Lock()

    def verify(self, token: str) -> Caller:
        """The caller of a token. Raises ``InvalidToken``, or ``Unavailable`` if no keys could be fetched yet."""
        key = self._key_for(token)
        if key is None:
            self.fetch()
            key = self._key_for(token)
        if key is None:
            raise InvalidToken("the token was signed with a key the issuer does not publish")
        if time.monotonic() - self._fetched_at > KEYS_GOOD_FOR_S:
            self._fetch_behind()
        return decoded(token, key.key, _KEY_ALGORITHMS[key.key_type or ""], self._expected)

    def may_wait(self, token: str) -> bool:
        """True for a key not seen before."""
        return self._key_for(token) is None

    def fetch(self) -> None:
        """Fetch the keys, unless that was tried a moment ago. Raises ``Unavailable`` if there are none at all."""
        with self._fetching:
            if time.monotonic() - self._tried_at > REFETCH_AFTER_S:
                self._tried_at = time.monotonic()
                self._take()
        if not self._keys:
            raise Unavailable("the issuer's keys cannot be fetched", REFETCH_AFTER_S)

    def _take(self) -> None:
        try:
            self._keys = _usable(json.loads(_read(self._keys_at)))
            self._fetched_at = time.monotonic()
        except (OSError, ValueError, jwt.PyJWTError) as error:
            _log.error("issuer keys not fetched", outcome="kept the old", exc_info=error)

    def _fetch_behind(self) -> None:
        if time.monotonic() - self._tried_at > REFETCH_AFTER_S and not self._fetching.locked():
            threading.Thread(target=self._fetch_quietly, name="issuer-keys", daemon=True).start()

    def _fetch_quietly(self) -> None:
        self.fetch()

    def _key_for(self, token: str) -> jwt.PyJWK | None:
        kid = _header(token).get("kid")
        if kid is None:
            return next(iter(self._keys.values())) if len(self._keys) == 1 else None
        return self._keys.get(kid) if isinstance(kid, str) else None


def _header(token: str) -> Mapping[str, Any]:
    refuse_long(token)
    try:
        return jwt.get_unverified_header(token)
    except UNREADABLE as error:
        raise InvalidToken("the token is not a JWT") from error


def _usable(key_set: Any) -> Mapping[str, jwt.PyJWK]:
    """The keys that may verify signatures, by id; one that cannot be used does not spoil the others."""
    listed = key_set.get("keys") if isinstance(key_set, dict) else None
    found = [_signature_key(given) for given in listed] if isinstance(listed, list) else []
    keys = {key.key_id or "": key for key in found if key is not None}
    if not keys:
        raise ValueError("no key set, or no RSA or P-256 signature key in it")
    return keys


def _signature_key(given: Any) -> jwt.PyJWK | None:
    if not isinstance(given, dict) or given.get("use", "sig") != "sig":
        return None
    if given.get("kty") not in _KEY_ALGORITHMS or given.get("crv", "P-256") != "P-256":
        return None
    try:
        return jwt.PyJWK.from_dict(given)
    except jwt.PyJWTError:
        return None


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        """Keys come from where the setting says and from nowhere else."""


def _read(keys_at: str) -> bytes:
    address = urlsplit(keys_at)
    if address.scheme in {"", "file"}:
        return Path(address.path).read_bytes()
    if not is_confidential(keys_at):
        raise ValueError("keys are fetched over https only")
    request = Request(keys_at, headers={"Accept": "application/json"})  # noqa: S310 - the scheme was checked above
    with build_opener(_NoRedirect).open(request, timeout=FETCH_TIMEOUT_S) as response:
        body: bytes = response.read(_LONGEST_KEY_SET)
    return body
