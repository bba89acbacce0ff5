"""One request of a browser: who is signed in, in which language, and the ways to answer.

Every page, part and action goes through ``House``: it lets nobody in who is not signed in, takes no action without the
session's own word in it (CSRF) or from another site, and turns a service's refusal into something to read.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, Final
from urllib.parse import quote, urlencode, urlsplit

import grpc
from google.protobuf.message import Message
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from chassis import logs
from chassis.auth import InvalidToken
from chassis.crypto import Keyring
from services.console import live, sessions, wording
from services.console.drawing import draw
from services.console.forms import Form, TooMuch, fields
from services.console.hub import Hub, Refusal, Visitor
from services.console.identity import NotSignedIn, Provider, ProviderAway
from services.console.live import Live, News, Part
from services.console.sessions import Session

LANGUAGE_COOKIE: Final = "hub120_language"
THEME_COOKIE: Final = "hub120_theme"
THEMES: Final = ("auto", "light", "dark")
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
    "trusted-types hub120"
)
_HEADERS: Final = {
    "cache-control": "no-store",
    "content-security-policy": POLICY,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "x-robots-tag": "noindex, nofollow",
}
_STATUSES: Final = {
    grpc.StatusCode.NOT_FOUND: 404,
    grpc.StatusCode.INVALID_ARGUMENT: 400,
    grpc.StatusCode.FAILED_PRECONDITION: 409,
    grpc.StatusCode.ABORTED: 409,
    grpc.StatusCode.PERMISSION_DENIED: 403,
    grpc.StatusCode.UNAUTHENTICATED: 401,
    grpc.StatusCode.RESOURCE_EXHAUSTED: 429,
    grpc.StatusCode.UNAVAILABLE: 503,
    grpc.StatusCode.DEADLINE_EXCEEDED: 504,
}


_log = logs.get_logger("console")


class Forged(Exception):
    """An action that did not come from one of our own pages in this session."""


@dataclass
class Visit:
    """One request, and what is known of who makes it."""

    request: Request
    house: House
    session: Session
    leaves: bool = False
    """The session ends with this request."""

    @cached_property
    def language(self) -> str:
        """ko or en."""
        return language_of(self.request)

    @cached_property
    def live(self) -> Live:
        """What goes on reaching the page."""
        return Live(lambda refusal: told(refusal, self.language), self.session)

    @cached_property
    def me(self) -> Visitor:
        """Who asks, with their own token."""
        return Visitor(self.house.hub, self.session.token)

    @property
    def path(self) -> Mapping[str, str]:
        """What the address names: ``visit.path["case_id"]``."""
        return self.request.path_params

    @property
    def t(self) -> Callable[..., str]:
        """The words of the language."""
        return wording.words(self.language)

    def named(self, table: str, code: str) -> str:
        """The word for a code of the hub's, by its table; the code where it has none."""
        return wording.names(self.language)(table, code)

    async def ask(self, request: Message) -> Any:
        """As the visitor's ``ask``."""
        return await self.me.ask(request)

    async def ask_of_agents(self, request: Message, *fields: str) -> Any:
        """As ``ask``, about agents whose ids were written into fields: where there is none, it says so."""
        try:
            return await self.ask(request)
        except Refusal as refusal:
            if refusal.code is not grpc.StatusCode.NOT_FOUND:
                raise
            raise refusal.naming("NO_SUCH_AGENT", fields) from None

    def follow(self, stream: str, ask: Callable[[Any], Message], *, area: str = "") -> AsyncIterator[Any]:
        """As the visitor's ``follow``; the page is told when the stream breaks and when it tells again."""
        return self.me.follow(ask, partial(self.live.lost, stream), area=area)

    def part(self, id: str, template: str, *, put: bool = False, **values: Any) -> Part:
        """A part of the page."""
        return Part(id, draw(template, self.language, {"session": self.session, **values}), put)

    def page(self, template: str, status: int = 200, **values: Any) -> Response:
        """A whole page. ``live`` among the values is where its events come from."""
        known = {**self.house.frame(self.request, self.language), "session": self.session, "live": ""}
        return HTMLResponse(draw(template, self.language, {**known, **values}), status)

    def stream(self, *streams: AsyncIterator[News]) -> Response:
        """The events of a page."""
        return live.answer(self.request, self.live, list(streams))

    def done(self, *parts: Part, go: str = "", said: str = "") -> Response:
        """An action was done: parts that changed with it, an address to go to, a sentence to tell."""
        return JSONResponse({"parts": [part.told() for part in parts], "go": go, "said": said})

    def refuse(self, said: str, wrong: Mapping[str, str] | None = None, status: int = 400, *parts: Part) -> Response:
        """An action was not done, and why; ``wrong`` by the name of the field; parts that help to do it."""
        told = {"said": said, "wrong": wrong or {}, "parts": [part.told() for part in parts]}
        return JSONResponse(told, status)

    async def form(self) -> Form:
        """The fields that were sent. Raises ``TooMuch``."""
        return Form(await fields(self.request))


Handler = Callable[[Visit], Awaitable[Response]]


@dataclass(frozen=True)
class House:
    """What all requests share."""

    hub: Hub
    keyring: Keyring
    centre: str
    secure: bool
    """Browsers come over TLS: cookies go no other way."""
    provider: Provider | None = None
    """Who signs people in; None: tokens of the local key do."""

    def page(self, path: str, handler: Handler) -> Route:
        """A page for whoever is signed in."""
        return Route(path, self._guarded(handler, self._page_refused), methods=["GET"])

    def stream(self, path: str, handler: Handler) -> Route:
        """The events of a page."""
        return Route(path, self._guarded(handler, self._stream_refused), methods=["GET"])

    def action(self, path: str, handler: Handler) -> Route:
        """Something that is done: sent by a script of ours, with the session's own word."""

        async def checked(visit: Visit) -> Response:
            await self._check(visit)
            return await handler(visit)

        return Route(path, self._guarded(checked, self._action_refused), methods=["POST"])

    def _guarded(self, handler: Handler, refused: Callable[..., Response]) -> Callable[[Request], Awaitable[Response]]:
        async def answered(request: Request) -> Response:
            kept = sessions.opened(request, self.keyring)
            session = await self._renewed(kept) if kept else None
            if session is None:
                return sealed_off(refused(request, None, None))
            visit = Visit(request, self, session)
            response = sealed_off(await self._answer(visit, handler, refused))
            if visit.leaves:
                sessions.end(response, secure=self.secure)
            elif session is not kept:
                sessions.keep(response, session, self.keyring, secure=self.secure)
            return response

        return answered

    async def _answer(self, visit: Visit, handler: Handler, refused: Callable[..., Response]) -> Response:
        try:
            return self.remember(visit.request, await handler(visit))
        except Refusal as refusal:
            return refused(visit.request, visit, refusal)
        except Forged as forged:
            return visit.refuse(str(forged), status=403)
        except TooMuch:
            return visit.refuse(visit.t("console.too_much"), status=413)

    async def _renewed(self, session: Session) -> Session | None:
        """The session with a new token where it is time for one; None if it is over. What fails while the old token
        still counts is tried again with the next request."""
        if self.provider is None or not session.old:
            return session
        try:
            tokens = await self.provider.renew(session.refresh_token, session.id_token)
            return sessions.begun(
                tokens.bearer, refresh_token=tokens.refresh, id_token=tokens.identity, csrf=session.csrf
            )
        except (NotSignedIn, ProviderAway, InvalidToken) as error:
            _log.warning("session not renewed", error=type(error).__name__)
            return session if session.expires_at > time.time() else None

    def remember(self, request: Request, response: Response) -> Response:
        """Language and look go on as they were chosen."""
        for name, cookie, choices in (
            ("lang", LANGUAGE_COOKIE, wording.LANGUAGES),
            ("theme", THEME_COOKIE, THEMES),
        ):
            if (chosen := request.query_params.get(name)) in choices and chosen:
                response.set_cookie(cookie, chosen, path="/", secure=self.secure, httponly=True, samesite="lax")
        return response

    async def _check(self, visit: Visit) -> None:
        request = visit.request
        origin = request.headers.get("origin")
        if origin is not None and urlsplit(origin).netloc != request.headers.get("host", ""):
            raise Forged(visit.t("console.forged"))
        given = request.headers.get("x-csrf-token") or (await visit.form())["csrf"]
        if not secrets.compare_digest(given.encode(), visit.session.csrf.encode()):
            raise Forged(visit.t("console.forged"))

    def _page_refused(self, request: Request, visit: Visit | None, refusal: Refusal | None) -> Response:
        if visit is None or refusal is None or refusal.signed_out:
            path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
            return RedirectResponse(f"/sign-in?next={quote(path, safe='')}", 303)
        status = _STATUSES.get(refusal.code, 502)
        return visit.page("refused.html", status, said=told(refusal, visit.language))

    def _stream_refused(self, request: Request, visit: Visit | None, refusal: Refusal | None) -> Response:
        there = "/sign-in?again=1" if visit is None or refusal is None or refusal.signed_out else ""
        kind, what = ("go", there) if there else ("tell", told(refusal, language_of(request)))  # type: ignore[arg-type]
        return Response(live.event(kind, what), media_type="text/event-stream")

    def _action_refused(self, request: Request, visit: Visit | None, refusal: Refusal | None) -> Response:
        if visit is None or refusal is None or refusal.signed_out:
            return JSONResponse({"go": "/sign-in?again=1", "said": "", "wrong": {}}, 401)
        said = told(refusal, visit.language)
        return visit.refuse(said, refusal.wrong, _STATUSES.get(refusal.code, 502))

    def frame(self, request: Request, language: str) -> Mapping[str, Any]:
        """What every page has around it."""
        theme = request.query_params.get("theme") or request.cookies.get(THEME_COOKIE, "auto")
        return {
            "centre": self.centre,
            "theme": theme if theme in THEMES else THEMES[0],
            "path": request.url.path,
            "other": "en" if language == "ko" else "ko",
            "asked": urlencode([one for one in request.query_params.multi_items() if one[0] not in {"lang", "theme"}]),
        }


def sealed_off(response: Response) -> Response:
    """The headers of everything that is shown: nothing is kept, framed, or run that is not ours."""
    headers = MutableHeaders(raw=response.raw_headers)
    for name, value in _HEADERS.items():
        headers.setdefault(name, value)
    return response


def told(refusal: Refusal, language: str) -> str:
    """What a refusal says to people: the sentence for its reason, else what the service said."""
    found = wording.reason(language, refusal.reason) or wording.reason(language, refusal.code.name)
    if refusal.code is grpc.StatusCode.INVALID_ARGUMENT and refusal.wrong:
        return f"{found} {'; '.join(f'{name}: {text}' for name, text in refusal.wrong.items())}"
    return found or str(refusal)


def language_of(request: Request) -> str:
    """The language of a request: asked for, chosen before, or what the browser takes."""
    chosen = request.query_params.get("lang") or request.cookies.get(LANGUAGE_COOKIE, "")
    return wording.best_language(chosen, request.headers.get("accept-language", ""))
