"""Who is let into the console and what is done in their name: sessions, the word that each action carries, and where
whoever signs in is led."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import jwt
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.testclient import TestClient

from chassis.auth import InvalidToken
from chassis.crypto import Keyring
from services.console import sessions
from services.console.forms import Form
from services.console.hub import Hub
from services.console.identity import Begun, ProviderAway, Tokens
from services.console.sessions import Session
from services.console.sign_in import ByToken, Sessions, inside
from services.console.visits import House, Visit

KEYRING = Keyring.generate()
HOUSE = House(Hub({}), KEYRING, "centre", False)
KIM = Session("kim", ("agent",), "token", time.time() + 86_400, "the word")


def token(**claims: Any) -> str:
    whole = {"sub": "kim", "roles": ["agent"], "exp": time.time() + 600, **claims}
    told = {name: value for name, value in whole.items() if value is not None}
    return jwt.encode(told, "a key that the console does not know at all", "HS256")


def cookies(session: Session) -> dict[str, str]:
    """What a browser has of a session; empty where a cookie is taken out."""
    answer = Response()
    sessions.keep(answer, session, KEYRING, secure=True)
    said = (value.decode().partition(";")[0] for name, value in answer.raw_headers if name == b"set-cookie")
    return {name: value.strip('"') for name, _, value in (one.partition("=") for one in said)}


def opened(session: Session) -> Session | None:
    said = "; ".join(f"{name}={value}" for name, value in cookies(session).items() if value)
    return sessions.opened(Request({"type": "http", "headers": [(b"cookie", said.encode())]}), KEYRING)


@pytest.mark.parametrize("there", ["/", "/desk", "/desk/cases/1?tab=2", "/floor/notices#top"])
def test_whoever_signed_in_goes_on_to_where_they_were(there: str) -> None:
    assert inside(there) == there


@pytest.mark.parametrize(
    "there",
    [
        *("", "desk", "//evil.example", "///evil.example", "////evil.example/", "https://evil.example/"),
        *("/\\evil.example", "\\\\evil.example", "javascript:alert(1)", "/\t/evil.example", "/desk\r\nset-cookie: a=b"),
    ],
)
def test_nobody_is_led_out_of_the_house(there: str) -> None:
    assert inside(there) == "/"


@pytest.mark.parametrize(
    ("claims", "reason"),
    [({"exp": 1.0}, "TOKEN_EXPIRED"), ({"exp": None}, ""), ({"sub": None}, ""), ({"exp": "later"}, "")],
)
def test_a_token_that_has_expired_or_names_nobody_makes_no_session(claims: Mapping[str, Any], reason: str) -> None:
    with pytest.raises(InvalidToken) as refused:
        sessions.begun(token(**claims))
    assert not reason or refused.value.reason == reason


@pytest.mark.parametrize(("lifetime_s", "early_s"), [(3600, 90), (270, 90), (60, 20)])
def test_a_token_is_renewed_before_its_end_and_a_short_one_not_all_the_time(lifetime_s: float, early_s: float) -> None:
    begun = sessions.begun(token(exp=time.time() + lifetime_s), refresh_token="another")
    assert begun.expires_at - begun.renew_at == pytest.approx(early_s, abs=5)
    assert not begun.old
    assert replace(begun, renew_at=time.time() - 1).old
    assert not replace(begun, renew_at=time.time() - 1, refresh_token="").old, "there is nothing to renew it with"


def test_a_session_that_is_over_is_nobodys_unless_it_can_be_renewed() -> None:
    over = replace(KIM, expires_at=time.time() - 1)
    assert opened(KIM) == KIM
    assert opened(over) is None
    renewable = replace(over, refresh_token="another")
    assert opened(renewable) == renewable


def test_a_shorter_session_leaves_nothing_of_a_longer_one_in_the_browser() -> None:
    long, short = cookies(replace(KIM, token="a" * 9000)), cookies(KIM)
    assert len([one for one in long.values() if one]) > 3
    assert {name: value for name, value in (long | short).items() if value} == {
        name: value for name, value in short.items() if value
    }
    with pytest.raises(InvalidToken, match="too long"):
        cookies(replace(KIM, token="a" * 20_000))


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ({"origin": "http://console.example"}, 200),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({}, 403),
    ],
)
def test_nobody_is_signed_in_by_another_site(origin: Mapping[str, str], status: int) -> None:
    browser = TestClient(Starlette(routes=ByToken(HOUSE).routes()), base_url="http://console.example")
    answer = browser.post("/sign-in", headers=origin, data={"token": token(), "next": "/desk"})
    assert answer.status_code == status
    assert bool(browser.cookies) is (status == 200)


async def done(visit: Visit) -> Response:
    return visit.done(said=visit.session.subject)


@pytest.mark.parametrize(("renew_at", "status"), [(float("inf"), 200), (0.0, 409)])
def test_a_page_is_told_whether_its_session_was_renewed(renew_at: float, status: int) -> None:
    kept = replace(KIM, renew_at=renew_at, refresh_token="another")
    browser = TestClient(
        Starlette(routes=Sessions(HOUSE).routes()), base_url="http://console.example", cookies=cookies(kept)
    )
    assert browser.post("/session/renew", headers={"x-csrf-token": "the word"}).status_code == status


@pytest.fixture
def post() -> Callable[..., int]:
    """How an action answers to kim's browser."""
    browser = TestClient(
        Starlette(routes=[HOUSE.action("/act", done)]), base_url="http://console.example", cookies=cookies(KIM)
    )

    def sent(headers: Mapping[str, str], **fields: str) -> int:
        return browser.post("/act", headers=headers, data=fields).status_code

    return sent


@pytest.mark.parametrize(
    ("headers", "fields", "status"),
    [
        ({"x-csrf-token": "the word"}, {}, 200),
        ({}, {"csrf": "the word"}, 200),
        ({"x-csrf-token": "the word", "origin": "http://console.example"}, {}, 200),
        ({}, {}, 403),
        ({}, {"csrf": ""}, 403),
        ({"x-csrf-token": "another"}, {"csrf": "the word"}, 403),
        ({"x-csrf-token": "the word", "origin": "https://evil.example"}, {}, 403),
        ({"x-csrf-token": "the word", "origin": "http://console.example.evil.example"}, {}, 403),
        ({"x-csrf-token": "the word", "origin": "null"}, {}, 403),
    ],
)
def test_an_action_is_done_with_the_sessions_own_word_from_our_own_page(
    post: Callable[..., int], headers: Mapping[str, str], fields: Mapping[str, str], status: int
) -> None:
    assert post(headers, **fields) == status


def test_a_form_is_read_without_the_space_around_and_what_is_no_number_is_none() -> None:
    form = Form({"name": [" kim ", "lee"], "ids": ["1", " ", "x", "-2"], "long": ["1" * 10], "none": [" "]})
    assert (form["name"], form["not sent"], form.ticked("none"), form.ticked("name")) == ("kim", "", False, True)
    assert (form.all("ids"), form.numbers("ids")) == (["1", "x", "-2"], [1, -2])
    assert (form.number("long"), form.number("name"), form.number("not sent")) == (0, 0, 0)


class Renews:
    """A provider that renews tokens, or is away."""

    def __init__(self, *, away: bool) -> None:
        self._away = away

    async def begin(self, next: str) -> tuple[str, Begun]:
        raise ProviderAway

    async def finish(self, begun: Begun, query: Mapping[str, str]) -> Tokens:
        raise ProviderAway

    async def renew(self, refresh: str, identity: str) -> Tokens:
        if self._away:
            raise ProviderAway
        return Tokens(token(sub="kim again"), "the next", identity)

    async def way_out(self, identity: str) -> str:
        return ""


def with_old_token(*, away: bool, counts: bool = True) -> TestClient:
    """The browser of somebody whose token is to be renewed; ``counts``: until then it is good."""
    house = House(Hub({}), KEYRING, "centre", False, Renews(away=away))
    until = time.time() + (60 if counts else -1)
    kept = replace(KIM, renew_at=0.0, refresh_token="another", expires_at=until)
    routes = [house.action("/act", done), *Sessions(house).routes()]
    browser = TestClient(Starlette(routes=routes), base_url="http://console.example")
    for name, value in cookies(kept).items():
        browser.cookies.set(name, value, domain="console.example", path="/")
    return browser


def test_a_page_that_was_drawn_before_its_token_was_renewed_goes_on() -> None:
    browser = with_old_token(away=False)
    for _ in range(2):
        answer = browser.post("/act", headers={"x-csrf-token": "the word"})
        assert (answer.status_code, answer.json()["said"]) == (200, "kim again")


@pytest.mark.parametrize(("counts", "status"), [(True, 200), (False, 401)])
def test_while_the_provider_is_away_a_token_is_good_until_its_end(counts: bool, status: int) -> None:
    browser = with_old_token(away=True, counts=counts)
    assert browser.post("/act", headers={"x-csrf-token": "the word"}).status_code == status


def test_whoever_signs_out_has_no_session_left_though_it_was_renewed_on_the_way() -> None:
    browser = with_old_token(away=False)
    assert browser.post("/sign-out", headers={"x-csrf-token": "the word"}).json()["go"] == "/sign-in"
    assert browser.post("/act", headers={"x-csrf-token": "the word"}).status_code == 401
