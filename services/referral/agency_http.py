"""The agencies' pages over HTTP, below ``/agency``: what somebody with a link sees and says, without an account.

Looking at a link changes nothing; a button opens it, once, for the browser that pressed it, which gets a cookie that no
script can read. Pages are never kept, framed or told to other sites. What leaves here about paths are routes alone.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from chassis.database import Database
from chassis.errors import database_is_away
from chassis.event_loop import run_blocking
from chassis.ids import is_uuid
from services.referral import agency_pages as pages
from services.referral.agency_pages import Filled, Notice
from services.referral.domain.capacity import LONGEST_WEEKS, Answer, Room
from services.referral.domain.links import SESSION_S, LinkState, Said, expected_at, faults
from services.referral.domain.referrals import AgencyReport, DeclineReason, ReferralState
from services.referral.use_cases import capacity, visiting
from services.referral.use_cases.linking import PATH
from services.referral.use_cases.visiting import Door, Landing, Page

LONGEST_FORM: Final = 64 * 1024
_MOST_FIELDS: Final = 20
_HEADERS: Final = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "cross-origin-opener-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "x-robots-tag": "noindex, nofollow",
}
_GONE: Final = 410
Handler = Callable[[Request], Awaitable[Response]]


class AgencyHttp:
    """The routes. ``agency_url`` is where browsers reach them; empty: they are not served."""

    def __init__(self, database: Database, agency_url: str, centre: str, room_days: int) -> None:
        self._database, self._centre, self._served = database, centre, bool(agency_url)
        self._room_days = room_days
        self._secure = urlsplit(agency_url).scheme == "https"

    def routes(self) -> list[Route]:
        """What is served."""
        if not self._served:
            return []
        page, room = f"{PATH}/referral/{{id}}", f"{capacity.PATH}/{{token}}"
        return [
            Route(f"{PATH}/style.css", _style, methods=["GET"]),
            Route(room, self._guarded(self._ask_room), methods=["GET"]),
            Route(room, self._guarded(self._take_room), methods=["POST"]),
            Route(page, self._guarded(self._see), methods=["GET"]),
            Route(page, self._guarded(self._say), methods=["POST"]),
            Route(f"{page}/new", self._guarded(self._again), methods=["POST"]),
            Route(f"{PATH}/{{token}}", self._guarded(self._look), methods=["GET"]),
            Route(f"{PATH}/{{token}}", self._guarded(self._open), methods=["POST"]),
            Route(f"{PATH}/{{token}}/new", self._guarded(self._again), methods=["POST"]),
        ]

    def _guarded(self, answer: Handler) -> Handler:
        """Whoever has a browser is told in their language when the database is away, and that nothing was sent."""

        async def answered(request: Request) -> Response:
            try:
                return await answer(request)
            except Exception as error:
                if not database_is_away(error):
                    raise
                return self._told(await _form(request), _language(request), "away", 503)

        return answered

    async def _look(self, request: Request) -> Response:
        """A link is looked at: by a person, or by whatever scans mails."""
        token = request.path_params["token"]
        link = await self._read(visiting.land, token, _secret_of(request))
        if link is not None and link.mine and link.state is LinkState.USED:
            return _to(f"{PATH}/referral/{link.link_id}", _language(request, link.language))
        return self._landing(request, {}, link)

    def _landing(self, request: Request, form: Mapping[str, str], link: Landing | None) -> Response:
        if link is None:
            return self._told({}, form.get("lang") or _language(request), "unknown", 404)
        language = form.get("lang") or _language(request, link.language)
        shown = pages.landing(link, request.path_params["token"], language, self._centre)
        return _html(shown, 200 if link.state is LinkState.NEW else _GONE)

    async def _open(self, request: Request) -> Response:
        """The button was pressed. Whoever opened it before goes on."""
        form, token = await _form(request), request.path_params["token"]
        link = await self._read(visiting.land, token, _secret_of(request))
        if link is None or form.get("key") != link.form_key:
            return self._landing(request, form, link)
        language = form.get("lang") or link.language
        secret = "" if link.mine else secrets.token_urlsafe(32)
        if secret:
            link = await self._run(visiting.open_link, token, form["key"], secret)
        if link is None or not link.mine:
            return self._landing(request, form, link)
        answer = _to(f"{PATH}/referral/{link.link_id}", language)
        if secret:
            answer.set_cookie(
                _cookie(link.link_id), secret, max_age=int(SESSION_S), path=PATH, secure=self._secure, httponly=True,
                samesite="strict",
            )  # fmt: skip
        return answer

    async def _see(self, request: Request) -> Response:
        """The page of a link that was opened."""
        done = request.query_params.get("done", "")
        notice = Notice(f"done_{done}", bad=done == "nothing") if done in _DONE else None
        return await self._shown(request, _language(request), notice)

    async def _shown(
        self, request: Request, language: str, notice: Notice | None, filled: Filled | None = None, *, status: int = 200
    ) -> Response:  # fmt: skip
        page = await self._run(visiting.visit, *_session(request))
        if page is None:
            return self._told({}, language, "unknown", 404)
        language = language or page.language
        if page.door is not Door.OPEN:
            return self._closed(page, language, filled.said if filled else None, notice)
        shown = pages.opened(
            page, language, self._centre, report_id=secrets.token_urlsafe(16), now=self._database.clock().timestamp(),
            notice=notice, filled=filled,
        )  # fmt: skip
        return _html(shown, status)

    def _closed(self, page: Page, language: str, said: Said | None, notice: Notice | None) -> Response:
        if page.door is Door.STRANGE:
            return _html(pages.strange(page, language, self._centre, said), _GONE)
        notice = Notice("unsent", bad=True) if notice and notice.bad else notice
        return _html(pages.ended(page, language, self._centre, said, notice), _GONE)

    async def _say(self, request: Request) -> Response:
        """The agency says something. Sent twice it counts once; what cannot be taken is shown again, and nothing of it
        was sent."""
        form = await _form(request)
        said, language = _said(form), form.get("lang") or "ko"
        now = self._database.clock().timestamp()
        wrong = dict(faults(said, now))
        if said.state not in _DONE or not form.get("report_id") or wrong:
            return await self._shown(request, language, Notice("not_read", bad=True), Filled(said, wrong), status=400)
        report = AgencyReport(
            ReferralState(said.state),
            DeclineReason(said.reason if said.state == ReferralState.DECLINED else ""),
            pages.note(said, language),
            expected_at(said.expected, now),
            f"page:{form['report_id']}",
        )
        link_id, secret = _session(request)
        counts = await self._run(visiting.report, link_id, secret, form.get("key", ""), report)
        if not counts and (said.note or said.place):
            return await self._shown(request, language, Notice("done_nothing", bad=True), Filled(said), status=409)
        return _to(f"{PATH}/referral/{link_id}", language, said.state if counts else "nothing")

    async def _again(self, request: Request) -> Response:
        """A new link is asked for, from either page."""
        form = await _form(request)
        of = request.path_params.get("token") or _session(request)[0]
        link_id = of
        if "token" in request.path_params:
            link = await self._read(visiting.land, of, _secret_of(request))
            link_id = link.link_id if link is not None else ""
        sent = await self._run(visiting.ask_again, link_id, form.get("key", ""), of)
        return self._told({}, form.get("lang") or "ko", "new_sent" if sent else "new_refused", 200 if sent else 429)

    async def _ask_room(self, request: Request) -> Response:
        """An agency looks at the question whether it has room."""
        return await self._room(request, _language(request))

    async def _room(self, request: Request, language: str, *, missing: bool = False, weeks: str = "") -> Response:
        token = request.path_params["token"]
        asked = await self._read(capacity.look, token, self._room_days)
        if asked is None:
            return self._told({}, language, "unknown", 404)
        shown = pages.room_asked(
            asked, token, language or asked.language, self._centre, missing=missing, weeks=weeks[:3]
        )
        return _html(shown, 400 if missing and asked.open else 200 if asked.open or asked.answered else _GONE)

    async def _take_room(self, request: Request) -> Response:
        """It answers. Sent twice it counts once."""
        form = await _form(request)
        language, said = form.get("lang", ""), answered(form)
        if said is None:
            return await self._room(request, language, missing=True, weeks=form.get("weeks", ""))
        token = request.path_params["token"]
        await self._run(capacity.answer, token, form.get("key", ""), said, self._room_days)
        return await self._room(request, language)

    def _told(self, form: Mapping[str, str], language: str, code: str, status: int) -> Response:
        return _html(pages.told(language or "ko", code, centre=self._centre, said=_said(form)), status)

    async def _read(self, use_case: Any, *arguments: Any) -> Any:
        return await run_blocking(self._database.read, use_case, *arguments)

    async def _run(self, use_case: Any, *arguments: Any) -> Any:
        return await run_blocking(self._database.run, use_case, *arguments)


_DONE: Final = frozenset({"acknowledged", "accepted", "in_progress", "completed", "declined", "nothing"})


async def _style(request: Request) -> Response:
    kept = {**_HEADERS, "cache-control": "public, max-age=3600"}
    return Response(pages.STYLE, media_type="text/css; charset=utf-8", headers=kept)


def _html(content: str, status: int) -> Response:
    return HTMLResponse(content, status, headers=_HEADERS)


def _to(path: str, language: str, done: str = "") -> RedirectResponse:
    asked = f"?lang={language}" + (f"&done={done}" if done else "")
    return RedirectResponse(path + asked, 303, headers=_HEADERS)


def _language(request: Request, usual: str = "") -> str:
    wanted = request.query_params.get("lang", "")
    return wanted if wanted in pages.LANGUAGES else usual


def _cookie(link_id: str) -> str:
    return f"hub120-{link_id}"


def _secret_of(request: Request) -> Callable[[str], str]:
    return lambda link_id: request.cookies.get(_cookie(link_id), "")[:64]


def _session(request: Request) -> tuple[str, str]:
    """The link's id, and what the browser holds for it."""
    link_id = request.path_params["id"].lower()
    link_id = link_id if is_uuid(link_id) else ""
    return link_id, _secret_of(request)(link_id)


async def _form(request: Request) -> dict[str, str]:
    """The fields of a form, the first of each name; empty where there is none that can be read. Text has lines as we
    write them."""
    if request.method != "POST" or int(request.headers.get("content-length") or 0) > LONGEST_FORM:
        return {}
    try:
        found = parse_qs((await request.body()).decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        return {}
    form = {name: values[0].replace("\r\n", "\n").replace("\x00", "").strip() for name, values in found.items()}
    if form.get("lang") not in pages.LANGUAGES:
        form.pop("lang", None)
    return form


def answered(form: Mapping[str, str]) -> Answer | None:
    """What an agency says about its room; None if it chose nothing."""
    room, weeks = form.get("room", ""), form.get("weeks", "")
    if room not in set(Room):
        return None
    if room != Room.WAITING_LIST or not (weeks.isascii() and weeks.isdigit() and len(weeks) <= 3):
        return Answer(Room(room))
    return Answer(Room.WAITING_LIST, min(int(weeks), LONGEST_WEEKS))


def _said(form: Mapping[str, str]) -> Said:
    names = ("state", "reason", "place", "note", "expected")
    return Said(*(form.get(name, "") for name in names))
