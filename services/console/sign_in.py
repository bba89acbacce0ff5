"""Signing in with a token of the local key: pasted into the page, or brought by a link behind its ``#``, which browsers
send to nobody.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from chassis.auth import InvalidToken
from services.console import sessions, wording
from services.console.drawing import draw
from services.console.visits import Form, House, Visit, fields, language_of, sealed_off


class SignIn:
    """The pages of who is not signed in yet, and the way out."""

    def __init__(self, house: House) -> None:
        self._house = house

    def routes(self) -> list[Route]:
        """What is served."""
        return [
            Route("/sign-in", self._page, methods=["GET"]),
            Route("/sign-in", self._take, methods=["POST"]),
            self._house.action("/sign-out", self._leave),
            self._house.page("/", self._home),
        ]

    async def _page(self, request: Request) -> Response:
        language = language_of(request)
        values = {
            **self._house.frame(request, language),
            "session": None,
            "live": "",
            "next": inside(request.query_params.get("next", "")),
            "again": "again" in request.query_params,
        }
        return sealed_off(HTMLResponse(draw("sign_in.html", language, values)))

    async def _take(self, request: Request) -> Response:
        """A token comes from our own page."""
        say = wording.words(language_of(request))
        origin = request.headers.get("origin", "")
        if urlsplit(origin).netloc != request.headers.get("host", ""):
            return sealed_off(JSONResponse({"said": say("console.forged"), "wrong": {}}, 403))
        form = Form(await fields(request))
        try:
            session = sessions.begun(form["token"])
        except InvalidToken as refusal:
            said = say("sign_in.expired") if refusal.reason == "TOKEN_EXPIRED" else say("sign_in.no_token")
            return sealed_off(JSONResponse({"said": said, "wrong": {"token": said}}, 400))
        answer = JSONResponse({"go": inside(form["next"]), "said": "", "parts": []})
        sessions.keep(answer, session, self._house.keyring, secure=self._house.secure)
        return sealed_off(answer)

    async def _leave(self, visit: Visit) -> Response:
        answer = visit.done(go="/sign-in")
        sessions.end(answer, secure=self._house.secure)
        return answer

    async def _home(self, visit: Visit) -> Response:
        first = (
            "/desk" if visit.session.may("agent") else "/floor" if visit.session.may("supervisor", "admin") else "/wall"
        )
        return RedirectResponse(first, 303)


def inside(address: str) -> str:
    """An address of our own to go on to; ``/`` for any other."""
    parts = urlsplit(address)
    ours = address.startswith("/") and not address.startswith(("//", "/\\")) and not parts.netloc and not parts.scheme
    return address if ours and "\\" not in address else "/"
