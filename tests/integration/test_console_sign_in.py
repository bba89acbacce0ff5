"""Signing in to the console through an OIDC provider, over real HTTP: what a good provider and a good browser do, and
what is refused of bad ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import oidc_provider_mock
import pytest
from starlette.requests import Request
from starlette.responses import Response

from chassis import event_loop
from chassis.crypto import Keyring
from services.console import sessions
from services.console.identity import ProviderAway
from services.console.oidc import Client, OidcProvider
from tests.hub import RunningHub, running_hub
from tests.identity_provider import CLIENT, IdentityProvider, enrol, identity_provider, with_provider
from tests.waiting import eventually

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def provider() -> Iterator[IdentityProvider]:
    with identity_provider() as found:
        yield found


@pytest.fixture(scope="module")
def hub(provider: IdentityProvider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    folder = tmp_path_factory.mktemp("hub")
    with running_hub(folder, with_provider(provider, folder)) as found:
        enrol(found, provider, "kim")
        yield found


@pytest.fixture
def browser(hub: RunningHub, provider: IdentityProvider) -> Iterator[httpx.Client]:
    provider.lies.clear()
    provider.lifetime_s = 3600.0
    address = f"http://127.0.0.1:{hub.http_port}"
    with httpx.Client(base_url=address, headers={"accept-language": "en"}, timeout=20) as found:
        yield found


def go(browser: httpx.Client, path: str) -> httpx.Response:
    """Follow redirects, to the provider and back too."""
    return browser.get(path, follow_redirects=True)


def csrf(page: httpx.Response) -> str:
    return page.text.split('name="csrf" content="')[1].split('"')[0]


def test_whoever_is_not_signed_in_is_led_through_the_provider_and_back_to_where_they_were(
    browser: httpx.Client,
) -> None:
    page = go(browser, "/desk?lang=en")
    assert "Sign in" in page.text
    assert "token" not in page.text.replace("trusted", ""), "no token is asked for where a provider signs in"
    page = go(browser, "/sign-in/go?next=%2Fdesk")
    assert (page.status_code, page.url.path) == (200, "/desk")
    assert 'class="who">kim<' in page.text


def test_the_cookies_are_out_of_the_reach_of_scripts_and_other_sites(browser: httpx.Client) -> None:
    sent = browser.get("/sign-in/go")
    back = browser.get(httpx.get(sent.headers["location"]).headers["location"])
    for cookie in [*sent.headers.get_list("set-cookie"), *back.headers.get_list("set-cookie")]:
        assert "httponly" in cookie.lower()
        assert "samesite=lax" in cookie.lower()
    assert "eyJ" not in "".join(browser.cookies.values()), "no token can be read in them"


@pytest.mark.parametrize("lie", ["state", "nonce", "audience", "stranger", "late", "refusal"])
def test_nobody_is_signed_in_by_what_was_not_asked_for(
    browser: httpx.Client, provider: IdentityProvider, lie: str
) -> None:
    provider.lies.add(lie)
    page = go(browser, "/sign-in/go?next=%2Fdesk")
    assert page.status_code == 400
    assert "You were not signed in" in page.text
    assert "/sign-in" in go(browser, "/desk").url.path


def test_a_way_back_counts_once_and_for_the_browser_that_went(browser: httpx.Client, hub: RunningHub) -> None:
    sent = browser.get("/sign-in/go")
    back = httpx.get(sent.headers["location"]).headers["location"]
    with httpx.Client() as other:
        assert other.get(back).status_code == 400, "the sign-in that began is another's"
    assert "hub120_sign_in" in browser.cookies
    assert browser.get(back).status_code == 303
    assert "hub120_sign_in" not in browser.cookies
    assert browser.get(back).status_code == 400, "it came back before"


@pytest.mark.parametrize("there", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_nobody_is_led_elsewhere(browser: httpx.Client, there: str) -> None:
    sent = browser.get("/sign-in/go", params={"next": there})
    back = browser.get(httpx.get(sent.headers["location"]).headers["location"])
    assert (back.status_code, back.headers["location"]) == (303, "/")


def test_a_token_is_renewed_before_it_ends_once_for_all_pages(
    browser: httpx.Client, provider: IdentityProvider
) -> None:
    provider.lifetime_s = 6.0
    go(browser, "/sign-in/go?next=%2Fdesk")
    before = provider.renewed

    def renewed() -> bool:
        return go(browser, "/desk").url.path == "/desk" and provider.renewed > before + 1

    eventually(renewed, 30, "a token that has been renewed twice")


def test_a_renewal_that_the_provider_refuses_ends_the_session(
    browser: httpx.Client, provider: IdentityProvider
) -> None:
    provider.lifetime_s = 2.0
    go(browser, "/sign-in/go?next=%2Fdesk")
    provider.forget()
    eventually(lambda: go(browser, "/desk").url.path == "/sign-in", 30, "being signed out")


def test_signing_out_ends_the_session_at_the_provider_too(browser: httpx.Client, provider: IdentityProvider) -> None:
    page = go(browser, "/sign-in/go?next=%2Fdesk")
    left = browser.post("/sign-out", data={"csrf": csrf(page)}).json()
    assert urlsplit(left["go"]).netloc == urlsplit(provider.issuer).netloc
    told = parse_qs(urlsplit(left["go"]).query)
    assert told["id_token_hint"]
    assert go(browser, left["go"]).url.path == "/sign-in"
    assert go(browser, "/desk").url.path == "/sign-in"


def test_whoever_signs_out_as_their_token_is_renewed_is_signed_out(
    browser: httpx.Client, hub: RunningHub, provider: IdentityProvider
) -> None:
    page = go(browser, "/sign-in/go?next=%2Fdesk")
    grows_old(browser, Keyring.load(hub.folder / "keyring.json"))
    before = provider.renewed
    browser.post("/sign-out", data={"csrf": csrf(page)})
    assert provider.renewed == before + 1
    assert go(browser, "/desk").url.path == "/sign-in"


def test_pages_that_ask_with_one_old_token_renew_it_once(
    browser: httpx.Client, hub: RunningHub, provider: IdentityProvider
) -> None:
    go(browser, "/sign-in/go?next=%2Fdesk")
    grows_old(browser, Keyring.load(hub.folder / "keyring.json"))
    said = {"cookie": "; ".join(f"{name}={value}" for name, value in browser.cookies.items())}
    before = provider.renewed
    pages = [httpx.get(f"http://127.0.0.1:{hub.http_port}/desk", headers=said) for _ in range(3)]
    assert ([one.status_code for one in pages], provider.renewed) == ([200] * 3, before + 1)
    assert all("hub120_session_0" in one.cookies for one in pages), "each has the new one"


def test_a_provider_that_keeps_its_refresh_token_can_be_asked_again(
    browser: httpx.Client, hub: RunningHub, provider: IdentityProvider
) -> None:
    keyring = Keyring.load(hub.folder / "keyring.json")
    go(browser, "/sign-in/go?next=%2Fdesk")
    provider.lies.add("keeps")
    grows_old(browser, keyring)
    before = opened(browser, keyring)
    assert browser.get("/desk").status_code == 200
    renewed = opened(browser, keyring)
    assert renewed.token != before.token
    assert renewed.refresh_token == before.refresh_token


def test_a_provider_that_is_busy_renews_with_the_next_request(
    browser: httpx.Client, hub: RunningHub, provider: IdentityProvider
) -> None:
    keyring = Keyring.load(hub.folder / "keyring.json")
    go(browser, "/sign-in/go?next=%2Fdesk")
    grows_old(browser, keyring)
    before = opened(browser, keyring)
    provider.lies.add("busy")
    assert browser.get("/desk").status_code == 200, "the old token still counts"
    assert opened(browser, keyring).token == before.token
    provider.lies.clear()
    assert browser.get("/desk").status_code == 200
    assert opened(browser, keyring).token != before.token


@pytest.mark.parametrize("clear", ["issuer", "token_endpoint"])
def test_what_is_afar_is_asked_over_tls_alone(
    clear: str, provider: IdentityProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    described = provider.described()
    monkeypatch.setattr(provider, "described", lambda: {**described, clear: "http://id.example.kr/token"})
    issuer = "http://id.example.kr" if clear == "issuer" else provider.issuer
    client = OidcProvider(Client(issuer, CLIENT, "http://127.0.0.1", "openid", "access_token"))
    with pytest.raises(ProviderAway, match="over https only"):
        event_loop.run(client.renew("token", "identity"))


def opened(browser: httpx.Client, keyring: Keyring) -> sessions.Session:
    """The session that a browser has."""
    said = "; ".join(f"{name}={value}" for name, value in browser.cookies.items()).encode()
    session = sessions.opened(Request({"type": "http", "headers": [(b"cookie", said)]}), keyring)
    assert session is not None
    return session


def grows_old(browser: httpx.Client, keyring: Keyring) -> None:
    """The session that a browser has is one that is renewed with the next request."""
    answer = Response()
    sessions.keep(answer, replace(opened(browser, keyring), renew_at=0.0), keyring, secure=False)
    kept = (value.decode().partition(";")[0] for name, value in answer.raw_headers if name == b"set-cookie")
    for name, _, value in (one.partition("=") for one in kept):
        browser.cookies.set(name, value.strip('"'), domain=str(browser.base_url.host), path="/")


def test_no_token_is_taken_beside_a_provider(browser: httpx.Client, provider: IdentityProvider) -> None:
    sent = browser.post(
        "/sign-in", data={"token": provider.token("kim", "agent")}, headers={"origin": str(browser.base_url)}
    )
    assert sent.status_code == 405


def test_a_provider_that_is_away_or_another_is_said_so(tmp_path: Path) -> None:
    with identity_provider() as provider:
        provider.lies.add("issuer")
        with running_hub(tmp_path, with_provider(provider, tmp_path)) as hub:
            address = f"http://127.0.0.1:{hub.http_port}/sign-in/go?lang=en"
            for _ in range(2):
                page = httpx.get(address, follow_redirects=True, timeout=20)
                assert page.status_code == 503
                assert "does not answer" in page.text
                provider.stop()


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # in that provider's own code
def test_an_independent_provider_signs_people_in(tmp_path: Path) -> None:
    """Its access tokens say nothing, so the services take its identity tokens, as Kubernetes does."""
    people = [oidc_provider_mock.User(sub="kim", claims={"roles": ["agent"]})]
    with oidc_provider_mock.run_server_in_thread(user_claims=people) as server, identity_provider() as ours:
        issuer = f"http://localhost:{server.server_port}"
        settings = with_provider(ours, tmp_path) | {
            "HUB120_OIDC_ISSUER": issuer,
            "HUB120_OIDC_JWKS": f"{issuer}/jwks",
            "HUB120_OIDC_AUDIENCE": CLIENT,
            "HUB120_CONSOLE_BEARER": "id_token",
            "HUB120_CONSOLE_SCOPE": "openid",
            "HUB120_CONSOLE_CLIENT_SECRET_FILE": str(tmp_path / "client.secret"),
        }
        (tmp_path / "client.secret").write_text("a secret of theirs")
        with running_hub(tmp_path, settings) as hub, httpx.Client(timeout=20) as browser:
            asked = browser.get(f"http://127.0.0.1:{hub.http_port}/sign-in/go?next=%2Fdesk").headers["location"]
            agreed = browser.post(asked, data={"sub": "kim"})
            page = browser.get(agreed.headers["location"], follow_redirects=True)
            assert (page.status_code, page.url.path) == (200, "/desk"), page.text
            assert 'class="who">kim<' in page.text
