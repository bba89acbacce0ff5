"""Tokens: what is accepted, and everything that must not be."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import stat
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from hypothesis import given
from hypothesis import strategies as st

from chassis import auth
from chassis.errors import Unavailable

ISSUER = "https://id.example.kr/realms/120"


@cache
def rsa_key(name: str) -> rsa.RSAPrivateKey:
    """One key a name, for the whole run: making them is slow."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@cache
def ec_key(name: str) -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def published(kid: str | None, private: Any, **more: Any) -> dict[str, Any]:
    """A key as an issuer publishes it."""
    algorithm = jwt.algorithms.RSAAlgorithm if isinstance(private, rsa.RSAPrivateKey) else jwt.algorithms.ECAlgorithm
    key = json.loads(algorithm.to_jwk(private.public_key()))
    return {**key, **({"kid": kid} if kid else {}), **more}


def claims(**changed: Any) -> dict[str, Any]:
    now = int(time.time())
    usual = {"iss": ISSUER, "aud": "hub120", "sub": "agent-7", "roles": ["agent"], "iat": now, "exp": now + 300}
    return {name: value for name, value in {**usual, **changed}.items() if value is not None}


def signed(private: Any, kid: str | None = "one", algorithm: str | None = None, **changed: Any) -> str:
    algorithm = algorithm or ("RS256" if isinstance(private, rsa.RSAPrivateKey) else "ES256")
    return jwt.encode(claims(**changed), private, algorithm, headers={"kid": kid} if kid else {})


@pytest.fixture
def key_set(tmp_path: Path) -> Path:
    return key_set_of(tmp_path, published("one", rsa_key("one")), published("two", ec_key("two")))


def key_set_of(folder: Path, *keys: Mapping[str, Any]) -> Path:
    file = folder / "jwks.json"
    file.write_text(json.dumps({"keys": keys}))
    return file


@pytest.fixture
def verifier(key_set: Path) -> auth.JwksVerifier:
    return auth.JwksVerifier(ISSUER, "hub120", str(key_set))


class TestLocalTokens:
    def test_a_token_says_who_calls_and_in_which_roles(self, tmp_path: Path) -> None:
        token = auth.LocalIssuer(tmp_path / "token.key").issue("agent-7", ["agent", "auditor"])
        caller = auth.LocalVerifier(tmp_path / "token.key").verify(token)
        assert (caller.subject, caller.roles) == ("agent-7", frozenset({"agent", "auditor"}))
        assert 3590 < caller.expires_at - time.time() <= 3600

    def test_a_role_there_is_none_of_is_not_issued(self, tmp_path: Path) -> None:
        with pytest.raises(ValueError, match="no such role: boss; there are: agent"):
            auth.LocalIssuer(tmp_path / "token.key").issue("agent-7", ["agent", "boss"])

    def test_the_key_is_made_once_and_only_its_owner_can_read_it(self, tmp_path: Path) -> None:
        file = tmp_path / "deep" / "token.key"
        with ThreadPoolExecutor(8) as threads:
            issuers = list(threads.map(lambda _: auth.LocalIssuer(file), range(24)))
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert [path.name for path in file.parent.iterdir()] == ["token.key"]
        verifier = auth.LocalVerifier(file)
        assert {verifier.verify(issuer.issue("a", ["agent"])).subject for issuer in issuers} == {"a"}

    def test_a_key_that_everybody_can_read_is_refused(self, tmp_path: Path) -> None:
        file = tmp_path / "token.key"
        auth.LocalIssuer(file)
        file.chmod(0o644)
        with pytest.raises(auth.InsecureKeyFile, match="chmod 600"):
            auth.LocalVerifier(file)

    def test_a_short_key_is_refused(self, tmp_path: Path) -> None:
        file = tmp_path / "token.key"
        file.write_bytes(base64.urlsafe_b64encode(b"short"))
        file.chmod(0o600)
        with pytest.raises(auth.InsecureKeyFile, match="at least 32"):
            auth.LocalVerifier(file)

    def test_in_production_a_missing_key_is_not_made(self, tmp_path: Path) -> None:
        with pytest.raises(FileNotFoundError):
            auth.LocalVerifier(tmp_path / "token.key", make=False)

    def test_a_token_of_another_key_is_refused(self, tmp_path: Path) -> None:
        token = auth.LocalIssuer(tmp_path / "theirs.key").issue("agent-7", ["agent"])
        with pytest.raises(auth.InvalidToken):
            auth.LocalVerifier(tmp_path / "ours.key").verify(token)

    def test_an_expired_token_says_so(self, tmp_path: Path) -> None:
        token = auth.LocalIssuer(tmp_path / "token.key").issue("agent-7", ["agent"], lifetime_s=-60)
        with pytest.raises(auth.InvalidToken) as refused:
            auth.LocalVerifier(tmp_path / "token.key").verify(token)
        assert refused.value.reason == "TOKEN_EXPIRED"

    @pytest.mark.parametrize("token", ["", "x", "a.b.c", "a" * 9000, "ey.ey.ey", "한.국.어"])
    def test_what_is_no_token_is_refused(self, tmp_path: Path, token: str) -> None:
        with pytest.raises(auth.InvalidToken) as refused:
            auth.LocalVerifier(tmp_path / "token.key").verify(token)
        assert not token or token not in str(refused.value)


def unsigned(head: bytes, body: bytes) -> str:
    """A token of these bytes with a signature of nothing."""
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in (head, body, b"nothing"))


class TestIssuersTokens:
    @pytest.mark.parametrize(
        "head", [b"[" * 5000, b'{"a":' * 1000, b"7", b"null", b"\xff\xfe", b'{"alg": 7, "kid": {}}']
    )
    def test_odd_json_is_refused(self, verifier: auth.JwksVerifier, head: bytes) -> None:
        with pytest.raises(auth.InvalidToken):
            verifier.verify(unsigned(head, b"{}"))

    @pytest.mark.parametrize("exp", ["soon", [], float("inf"), float("nan"), -(10**400)])
    def test_an_odd_end_is_refused(self, verifier: auth.JwksVerifier, exp: Any) -> None:
        with pytest.raises(auth.InvalidToken):
            verifier.verify(signed(rsa_key("one"), exp=exp))

    @pytest.mark.parametrize(("kid", "key"), [("one", rsa_key), ("two", ec_key)])
    def test_rsa_and_elliptic_keys_are_accepted(self, verifier: auth.JwksVerifier, kid: str, key: Any) -> None:
        caller = verifier.verify(signed(key(kid), kid))
        assert (caller.subject, caller.roles) == ("agent-7", frozenset({"agent"}))

    @pytest.mark.parametrize(
        "changed",
        [
            {"exp": 1},
            {"exp": None},
            {"nbf": 4_102_444_800},
            {"iss": "https://id.example.com"},
            {"iss": None},
            {"aud": "somebody-else"},
            {"aud": None},
            {"sub": None},
            {"sub": ""},
            {"sub": "x" * 201},
        ],
        ids=lambda changed: ",".join(f"{name}={str(value)[:20]}" for name, value in changed.items()),
    )
    def test_a_claim_that_does_not_fit_is_refused(self, verifier: auth.JwksVerifier, changed: dict[str, Any]) -> None:
        with pytest.raises(auth.InvalidToken):
            verifier.verify(signed(rsa_key("one"), **changed))

    def test_a_clock_a_little_off_is_forgiven(self, verifier: auth.JwksVerifier) -> None:
        assert verifier.verify(signed(rsa_key("one"), exp=int(time.time()) - 3)).subject == "agent-7"

    def test_an_unsigned_token_is_refused(self, verifier: auth.JwksVerifier) -> None:
        token = jwt.encode(claims(), "", "none", headers={"kid": "one"})
        with pytest.raises(auth.InvalidToken):
            verifier.verify(token)

    def test_a_public_key_does_not_serve_as_a_shared_secret(self, verifier: auth.JwksVerifier) -> None:
        public = rsa_key("one").public_key()
        pem = public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        with pytest.raises(auth.InvalidToken):
            verifier.verify(hmac_signed(pem, {"alg": "HS256", "typ": "JWT", "kid": "one"}))

    def test_a_key_is_used_with_its_own_algorithm_alone(self, verifier: auth.JwksVerifier) -> None:
        with pytest.raises(auth.InvalidToken):
            verifier.verify(signed(rsa_key("one"), "one", algorithm="PS256"))
        with pytest.raises(auth.InvalidToken):
            verifier.verify(signed(ec_key("two"), "one"))

    def test_a_signature_of_another_key_with_a_known_name_is_refused(self, verifier: auth.JwksVerifier) -> None:
        with pytest.raises(auth.InvalidToken):
            verifier.verify(signed(rsa_key("other"), "one"))

    def test_a_changed_token_is_refused(self, verifier: auth.JwksVerifier) -> None:
        head, _, signature = signed(rsa_key("one")).split(".")
        forged = base64.urlsafe_b64encode(json.dumps(claims(roles=["admin"])).encode()).rstrip(b"=").decode()
        with pytest.raises(auth.InvalidToken):
            verifier.verify(f"{head}.{forged}.{signature}")

    def test_keys_inside_a_token_are_not_looked_at(self, verifier: auth.JwksVerifier) -> None:
        own = published("mine", rsa_key("other"))
        token = jwt.encode(
            claims(), rsa_key("other"), "RS256", headers={"kid": "mine", "jwk": own, "jku": "http://127.0.0.1:1/"}
        )
        with pytest.raises(auth.InvalidToken):
            verifier.verify(token)

    def test_a_token_without_key_id_needs_a_single_key(self, tmp_path: Path, verifier: auth.JwksVerifier) -> None:
        token = signed(rsa_key("one"), kid=None)
        with pytest.raises(auth.InvalidToken):
            verifier.verify(token)
        alone = auth.JwksVerifier(ISSUER, "hub120", str(key_set_of(tmp_path, published(None, rsa_key("one")))))
        assert alone.verify(token).subject == "agent-7"

    def test_shared_secrets_and_encryption_keys_in_a_key_set_are_ignored(self, tmp_path: Path) -> None:
        secret = {"kty": "oct", "kid": "one", "k": base64.urlsafe_b64encode(b"s" * 32).decode().rstrip("=")}
        keys = [secret, published("enc", rsa_key("other"), use="enc"), published("two", ec_key("two"))]
        verifier = auth.JwksVerifier(ISSUER, "hub120", str(key_set_of(tmp_path, *keys)))
        with pytest.raises(auth.InvalidToken):
            verifier.verify(hmac_signed(b"s" * 32, {"alg": "HS256", "kid": "one"}))
        with pytest.raises(auth.InvalidToken):
            verifier.verify(signed(rsa_key("other"), "enc"))

    def test_a_key_that_cannot_be_used_does_not_spoil_the_others(self, tmp_path: Path) -> None:
        odd = [7, {"kty": "RSA", "kid": "half"}, {"kty": "OKP", "crv": "Ed25519", "kid": "ed", "x": "AA"}]
        keys = key_set_of(tmp_path, *odd, published("one", rsa_key("one")))  # type: ignore[arg-type]
        assert auth.JwksVerifier(ISSUER, "hub120", str(keys)).verify(signed(rsa_key("one"))).subject == "agent-7"

    def test_roles_may_lie_deeper_and_unknown_ones_count_for_nothing(self, key_set: Path) -> None:
        verifier = auth.JwksVerifier(ISSUER, "hub120", str(key_set), roles_claim="realm_access.roles")
        given = {"roles": ["offline_access", "supervisor", 7, None]}
        assert verifier.verify(signed(rsa_key("one"), realm_access=given)).roles == {"supervisor"}
        assert verifier.verify(signed(rsa_key("one"), realm_access="agent")).roles == frozenset()

    @pytest.mark.parametrize("content", ["", "[]", "{}", '{"keys": []}', '{"keys": [{"kty": "RSA"}]}', '{"keys": [7]}'])
    def test_an_unusable_key_set_leaves_no_keys(self, tmp_path: Path, content: str) -> None:
        file = tmp_path / "jwks.json"
        file.write_text(content)
        with pytest.raises(Unavailable):
            auth.JwksVerifier(ISSUER, "hub120", str(file)).verify(signed(rsa_key("one")))

    @pytest.mark.parametrize("missing", [("", "hub120", "f"), (ISSUER, "", "f"), (ISSUER, "hub120", "")])
    def test_a_half_set_up_issuer_is_refused(self, missing: tuple[str, str, str]) -> None:
        with pytest.raises(ValueError, match="needs an audience"):
            auth.JwksVerifier(*missing)


def hmac_signed(secret: bytes, head: dict[str, str]) -> str:
    """A token signed as no library will sign it: with the public key as the secret."""
    parts = [base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in (head, claims())]
    signature = hmac.new(secret, b".".join(parts), hashlib.sha256).digest()
    return b".".join([*parts, base64.urlsafe_b64encode(signature).rstrip(b"=")]).decode()


@pytest.fixture(scope="module")
def verifiers(tmp_path_factory: pytest.TempPathFactory) -> list[auth.Verifier]:
    folder = tmp_path_factory.mktemp("keys")
    keys = key_set_of(folder, published("one", rsa_key("one")))
    return [auth.LocalVerifier(folder / "token.key"), auth.JwksVerifier(ISSUER, "hub120", str(keys))]


@given(st.one_of(st.text(max_size=200), st.from_regex(r"[\w-]{0,60}\.[\w-]{0,60}\.[\w-]{0,60}", fullmatch=True)))
def test_whatever_comes_is_refused_and_nothing_worse(verifiers: list[auth.Verifier], token: str) -> None:
    for verifier in verifiers:
        with pytest.raises(auth.InvalidToken):
            verifier.verify(token)
