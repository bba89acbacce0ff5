"""Keys of a real issuer over real HTTP: fetched when needed, not more often, and never from elsewhere."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from chassis import auth
from chassis.errors import Unavailable
from tests.unit.test_auth import ISSUER, published, rsa_key, signed
from tests.waiting import eventually


class Issuer:
    """Publishes ``keys``, counts who asks, and answers ``status``."""

    def __init__(self) -> None:
        self.keys = [published("one", rsa_key("one"))]
        self.status, self.location, self.asked = 200, "", 0
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}/jwks"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        issuer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                issuer.asked += 1
                self.send_response(issuer.status)
                if issuer.location:
                    self.send_header("location", issuer.location)
                self.end_headers()
                self.wfile.write(json.dumps({"keys": issuer.keys}).encode())

            def log_message(self, format: str, *args: Any) -> None:
                """Tests have enough to print."""

        return Handler

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    made = Issuer()
    yield made
    made.close()


@pytest.fixture
def verifier(issuer: Issuer) -> auth.JwksVerifier:
    return auth.JwksVerifier(ISSUER, "hub120", issuer.address)


def test_keys_are_fetched_once(issuer: Issuer, verifier: auth.JwksVerifier) -> None:
    token = signed(rsa_key("one"))
    assert verifier.may_wait(token)
    with ThreadPoolExecutor(8) as threads:
        assert {caller.subject for caller in threads.map(verifier.verify, [token] * 40)} == {"agent-7"}
    assert not verifier.may_wait(token)
    assert issuer.asked == 1


def test_a_new_key_is_fetched_when_a_token_names_it(
    issuer: Issuer, verifier: auth.JwksVerifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    verifier.verify(signed(rsa_key("one")))
    issuer.keys = [published("one", rsa_key("one")), published("new", rsa_key("other"))]
    monkeypatch.setattr(auth.issuer, "REFETCH_AFTER_S", 0.0)
    assert verifier.verify(signed(rsa_key("other"), "new")).subject == "agent-7"
    assert issuer.asked == 2


def test_tokens_naming_unknown_keys_do_not_make_us_hammer_the_issuer(
    issuer: Issuer, verifier: auth.JwksVerifier
) -> None:
    verifier.verify(signed(rsa_key("one")))
    for number in range(50):
        with pytest.raises(auth.InvalidToken):
            verifier.verify(signed(rsa_key("one"), f"unknown-{number}"))
    assert issuer.asked == 1


def test_a_withdrawn_key_is_forgotten_in_the_background(
    issuer: Issuer, verifier: auth.JwksVerifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = signed(rsa_key("one"))
    verifier.verify(token)
    issuer.keys = [published("new", rsa_key("other"))]
    monkeypatch.setattr(auth.issuer, "REFETCH_AFTER_S", 0.0)
    monkeypatch.setattr(auth.issuer, "KEYS_GOOD_FOR_S", 0.0)
    assert verifier.verify(token).subject == "agent-7"
    eventually(lambda: verifier.may_wait(token), what="the old key being forgotten")
    with pytest.raises(auth.InvalidToken):
        verifier.verify(token)


def test_an_issuer_that_fails_leaves_the_keys_there_are(
    issuer: Issuer, verifier: auth.JwksVerifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    verifier.verify(signed(rsa_key("one")))
    issuer.status = 500
    monkeypatch.setattr(auth.issuer, "REFETCH_AFTER_S", 0.0)
    with pytest.raises(auth.InvalidToken):
        verifier.verify(signed(rsa_key("one"), "unknown"))
    assert issuer.asked == 2
    assert verifier.verify(signed(rsa_key("one"))).subject == "agent-7"


def test_without_any_keys_the_trouble_is_ours_and_not_the_callers(
    issuer: Issuer, verifier: auth.JwksVerifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(auth.issuer, "REFETCH_AFTER_S", 0.0)
    issuer.status = 503
    with pytest.raises(Unavailable):
        verifier.verify(signed(rsa_key("one")))
    issuer.status = 200
    assert verifier.verify(signed(rsa_key("one"))).subject == "agent-7"


def test_keys_come_from_where_the_setting_says_and_nowhere_else(issuer: Issuer, verifier: auth.JwksVerifier) -> None:
    elsewhere = Issuer()
    issuer.status, issuer.location = 302, elsewhere.address
    with pytest.raises(Unavailable):
        verifier.verify(signed(rsa_key("one")))
    elsewhere.close()
    assert elsewhere.asked == 0


def test_keys_are_not_fetched_from_afar_without_tls() -> None:
    with pytest.raises(Unavailable):
        auth.JwksVerifier(ISSUER, "hub120", "http://id.example.kr/jwks").verify(signed(rsa_key("one")))
