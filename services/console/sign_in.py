"""Who is not signed in yet: with a token of the local key, pasted into the page or brought by a link behind its ``#``
(which browsers send to nobody), or through an OIDC provider. And what is done with sessions once they are.
"""

from __future__ import annotations

import base64
import json
from dataclasses import asdict
from typing import Final
from urllib.parse import quote, urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from chassis import logs
from chassis.auth import InvalidToken
from chassis.crypto.keyring import Unsealable
from services.console import sessions, wording
from services.console.drawing import draw
from services.console.forms import Form, TooMuch, fields
from services.console.identity import CALLBACK, Begun, NotSignedIn, Provider, ProviderAway
from services.console.visits import House, Visit, language_of, sealed_off

COOKIE: Final = "hub120_sign_in"
_GO: Final = "/sign-in/go"
_TEN_MINUTES_S: Final = 600
_PLACE: Final = {"table": "console", "column": "sign_in", "row": "cookie"}
_log = logs.get_logger("console")


class ByToken:
    """Signing in with a token of the local key."""

    def __init__(self, house: House) -> None:
        self._house = house

    def routes(self) -> list[Route]:
        """What is served."""
        return [Route("/sign-in", self._page, methods=["GET"]), Route("/sign-in", self._take, methods=["POST"])]

    async def _page(self, request: Request) -> Response:
        return _drawn(self._house, request, _again(request), go="")

    async def _take(self, request: Request) -> Response:
        """A token comes from our own page."""
        say = wording.words(language_of(request))
        if urlsplit(request.headers.get("origin", "")).netloc != request.headers.get("host", ""):
            return sealed_off(JSONResponse({"said": say("console.forged"), "wrong": {}}, 403))
        try:
            form = Form(await fields(request))
            answer = JSONResponse({"go": inside(form["next"]), "said": "", "parts": []})
            sessions.keep(answer, sessions.begun(form["token"]), self._house.keyring, secure=self._house.secure)
        except (InvalidToken, TooMuch) as refusal:
            expired = isinstance(refusal, InvalidToken) and refusal.reason == "TOKEN_EXPIRED"
            said = say("sign_in.expired" if expired else "sign_in.no_token")
            return sealed_off(JSONResponse({"said": said, "wrong": {"token": said}}, 400))
        return sealed_off(answer)


class ByProvider:
    """Signing in through an OIDC provider."""

    def __init__(self, house: House, provider: Provider) -> None:
        self._house, self._provider = house, provider

    def routes(self) -> list[Route]:
        """What is served."""
        return [
            Route("/sign-in", self._page, methods=["GET"]),
            Route(_GO, self._go, methods=["GET"]),
            Route(CALLBACK, self._back, methods=["GET"]),
        ]

    async def _page(self, request: Request) -> Response:
        return self._told(request, _again(request))

    def _told(self, request: Request, said: str, status: int = 200) -> Response:
        return _drawn(self._house, request, said, go=_GO, status=status)

    async def _go(self, request: Request) -> Response:
        """Off to the provider."""
        try:
            address, begun = await self._provider.begin(inside(request.query_params.get("next", "")))
        except ProviderAway as error:
            _log.warning("provider is away", error=str(error))
            return self._told(request, "away", 503)
        answer = RedirectResponse(address, 303)
        sealed = self._house.keyring.seal(json.dumps(asdict(begun)), **_PLACE)
        kept = base64.urlsafe_b64encode(sealed).decode()
        answer.set_cookie(
            COOKIE, kept, max_age=_TEN_MINUTES_S, path="/sign-in", secure=self._house.secure, httponly=True,
            samesite="lax",
        )  # fmt: skip
        return sealed_off(answer)

    async def _back(self, request: Request) -> Response:
        """Back from the provider, once for each time that somebody went there."""
        begun = self._begun(request)
        if begun is None:
            return self._told(request, "not", 400)
        try:
            tokens = await self._provider.finish(begun, dict(request.query_params))
            session = sessions.begun(tokens.bearer, refresh_token=tokens.refresh, id_token=tokens.identity)
            answer: Response = RedirectResponse(begun.next, 303)
            sessions.keep(answer, session, self._house.keyring, secure=self._house.secure)
        except (NotSignedIn, InvalidToken) as error:
            _log.warning("nobody signed in", error=str(error))
            answer = self._told(request, "not", 400)
        except ProviderAway as error:
            _log.warning("provider is away", error=str(error))
            answer = self._told(request, "away", 503)
        answer.delete_cookie(COOKIE, path="/sign-in", secure=self._house.secure, httponly=True, samesite="lax")
        return sealed_off(answer)

    def _begun(self, request: Request) -> Begun | None:
        try:
            sealed = base64.urlsafe_b64decode(request.cookies.get(COOKIE, ""))
            return Begun(**json.loads(self._house.keyring.open(sealed, **_PLACE)))
        except (Unsealable, ValueError, TypeError, LookupError):
            return None


class Sessions:
    """Where who is signed in begins, and how a session goes on and ends."""

    def __init__(self, house: House) -> None:
        self._house = house

    def routes(self) -> list[Route]:
        """What is served."""
        return [
            self._house.page("/", self._home),
            self._house.action("/session/renew", self._renew),
            self._house.action("/sign-out", self._leave),
        ]

    async def _home(self, visit: Visit) -> Response:
        mine = (("/desk", ("agent",)), ("/floor", ("supervisor", "admin")), ("/wall", ()))
        return RedirectResponse(next(page for page, roles in mine if visit.session.may(*roles)), 303)

    async def _renew(self, visit: Visit) -> Response:
        """The house has renewed the session on the way here, if it could."""
        return visit.refuse("", status=409) if visit.session.old else visit.done()

    async def _leave(self, visit: Visit) -> Response:
        provider = self._house.provider
        out = await provider.way_out(visit.session.id_token) if provider else ""
        visit.leaves = True
        return visit.done(go=out or "/sign-in")


def inside(address: str) -> str:
    """An address of our own to go on to; ``/`` for any other."""
    parts = urlsplit(address)
    ours = address.startswith("/") and not address.startswith("//") and not parts.netloc and not parts.scheme
    return address if ours and address.isprintable() and "\\" not in address else "/"


def _again(request: Request) -> str:
    return "again" if "again" in request.query_params else ""


def _drawn(house: House, request: Request, said: str, *, go: str, status: int = 200) -> Response:
    """The page; ``go`` is where the provider's button leads, without one a token is asked for."""
    language, there = language_of(request), inside(request.query_params.get("next", ""))
    values = {
        **house.frame(request, language),
        "session": None,
        "live": "",
        "next": there,
        "said": said,
        "go": f"{go}?next={quote(there, safe='')}" if go else "",
    }
    return sealed_off(house.remember(request, HTMLResponse(draw("sign_in.html", language, values), status)))
