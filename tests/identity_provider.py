"""An OIDC provider of tests, as strict as good ones are: codes and refresh tokens count once, PKCE is asked for, what
was used twice ends the session. Everybody is signed in at once as ``subject``; ``lies`` are what a bad provider does.
"""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit
from uuid import uuid4

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from hub120.routing.v1 import routing_service_pb2 as routing
from hub120.routing.v1 import work_pb2

from tests.hub import AgentDesk, RunningHub
from tests.servers.machine import free_port

CLIENT = "hub120-console"
ALGORITHM = "RS256"


class IdentityProvider:
    """A running provider."""

    def __init__(self, lifetime_s: float = 3600.0) -> None:
        self.lifetime_s = lifetime_s
        self.subject, self.roles = "kim", ["agent"]
        self.lies: set[str] = set()
        self.renewed = 0
        """How often tokens were given for a refresh token."""
        self.signed_out = 0
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self._codes: dict[str, dict[str, str]] = {}
        self._refresh: dict[str, dict[str, str]] = {}
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.issuer = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """Answer no more."""
        self._server.shutdown()
        self._server.server_close()

    def forget(self) -> None:
        """Renew nothing that it has given."""
        with self._lock:
            self._refresh.clear()

    def token(self, subject: str, *roles: str, lifetime_s: float = 3600.0, audience: str = "hub120") -> str:
        """An access token of somebody."""
        claims = {"aud": audience, "sub": subject, "roles": list(roles), "jti": uuid4().hex}
        return self._signed(claims, lifetime_s)

    def _signed(self, claims: dict[str, Any], lifetime_s: float) -> str:
        now = int(time.time())
        whole = {"iss": self.issuer, "iat": now, "exp": now + int(lifetime_s), **claims}
        return jwt.encode(whole, self._key, ALGORITHM, headers={"kid": "one"})

    def keys(self) -> dict[str, Any]:
        """What it publishes of its keys."""
        public: dict[str, Any] = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self._key.public_key()))
        return {"keys": [{**public, "kid": "one", "use": "sig", "alg": ALGORITHM}]}

    def described(self) -> dict[str, Any]:
        """What it says of itself."""
        names = {"authorization": "authorize", "token": "token", "end_session": "leave"}
        places = {f"{name}_endpoint": f"{self.issuer}/{path}" for name, path in names.items()}
        issuer = "https://elsewhere.example" if "issuer" in self.lies else self.issuer
        return {"issuer": issuer, "jwks_uri": f"{self.issuer}/jwks", **places}

    def authorize(self, asked: dict[str, str]) -> str:
        """Where the browser is sent back to."""
        assert asked["code_challenge_method"] == "S256", "PKCE is asked for"
        if "refusal" in self.lies:
            return f"{asked['redirect_uri']}?{urlencode({'error': 'access_denied', 'state': asked['state']})}"
        code = uuid4().hex
        with self._lock:
            self._codes[code] = asked
        state = "another" if "state" in self.lies else asked["state"]
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': state})}"

    def give(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """Tokens for a code or a refresh token, each once."""
        with self._lock:
            if form.get("grant_type") == "authorization_code":
                begun = self._codes.pop(form.get("code", ""), None)
                challenge = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
                told = base64.urlsafe_b64encode(challenge).decode().rstrip("=")
                if begun is None or begun["code_challenge"] != told or begun["client_id"] != form.get("client_id"):
                    return 400, {"error": "invalid_grant"}
                return 200, self._given(begun)
            if "busy" in self.lies:
                return 503, {}
            keeps, named = "keeps" in self.lies, form.get("refresh_token", "")
            begun = self._refresh.get(named) if keeps else self._refresh.pop(named, None)
            if begun is None:
                self._refresh.clear()  # somebody has a token that was used: it may be stolen
                return 400, {"error": "invalid_grant"}
            self.renewed += 1
            given = self._given(begun)
            return 200, {name: one for name, one in given.items() if not (keeps and name == "refresh_token")}

    def _given(self, begun: dict[str, str]) -> dict[str, Any]:
        refresh = uuid4().hex
        self._refresh[refresh] = begun
        nonce = "another" if "nonce" in self.lies else begun["nonce"]
        audience = "another" if "audience" in self.lies else CLIENT
        issuer = "https://elsewhere.example" if "stranger" in self.lies else self.issuer
        claims = {"iss": issuer, "aud": audience, "sub": self.subject, "nonce": nonce}
        identity = self._signed(claims, -60 if "late" in self.lies else self.lifetime_s)
        access = self.token(self.subject, *self.roles, lifetime_s=self.lifetime_s)
        return {
            "access_token": access, "token_type": "Bearer", "expires_in": int(self.lifetime_s), "id_token": identity,
            "refresh_token": refresh,
        }  # fmt: skip

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path, query = urlsplit(self.path).path, parse_qs(urlsplit(self.path).query)
                asked = {name: values[0] for name, values in query.items()}
                if path == "/authorize":
                    self._go(provider.authorize(asked))
                elif path == "/leave":
                    provider.signed_out += 1
                    self._go(asked["post_logout_redirect_uri"])
                elif path == "/jwks":
                    self._say(200, provider.keys())
                else:
                    self._say(200, provider.described())

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"])).decode()
                self._say(*provider.give({name: values[0] for name, values in parse_qs(body).items()}))

            def _go(self, there: str) -> None:
                self.send_response(302)
                self.send_header("location", there)
                self.end_headers()

            def _say(self, status: int, told: dict[str, Any]) -> None:
                body = json.dumps(told).encode()
                self.send_response(status)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Quiet."""

        return Handler


@contextmanager
def identity_provider(lifetime_s: float = 3600.0) -> Iterator[IdentityProvider]:
    """One, stopped in the end."""
    found = IdentityProvider(lifetime_s)
    try:
        yield found
    finally:
        found.stop()


def with_provider(provider: IdentityProvider, folder: Path) -> dict[str, str]:
    """The settings of a hub where a provider signs people in."""
    port, token = free_port(), folder / "service.token"
    token.write_text(provider.token("hub120", "service"))
    return {
        "HUB120_HTTP_ADDRESS": f"127.0.0.1:{port}",
        "HUB120_OIDC_ISSUER": provider.issuer,
        "HUB120_OIDC_JWKS": f"{provider.issuer}/jwks",
        "HUB120_SERVICE_TOKEN_FILE": str(token),
        "HUB120_CONSOLE_URL": f"http://127.0.0.1:{port}",
        "HUB120_CONSOLE_CLIENT_ID": CLIENT,
    }


def enrol(hub: RunningHub, provider: IdentityProvider, name: str) -> None:
    """Write down an agent, with the provider's word."""
    desk = AgentDesk(hub, name)
    chief = (("authorization", f"Bearer {provider.token('chief', 'supervisor')}"),)
    record = work_pb2.Agent(id=name, languages=["ko"], capacity=100)
    desk.routing.PutAgent(routing.PutAgentRequest(agent=record), metadata=chief, timeout=30)
