"""The directory over HTTP, below ``/directory``: HSDS 3.0, for everybody, to read.

It is public and needs no token; only so many requests read at once, so that the rest of the service need not wait.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from chassis.database import Database
from chassis.errors import InvalidArgument, ResourceExhausted
from chassis.event_loop import run_blocking
from chassis.ids import is_uuid
from services.referral.hsds import schemas
from services.referral.store.directory_pages import Page, Wanted
from services.referral.use_cases import serving
from services.referral.use_cases.serving import Listed

VERSION = "3.0"
USUAL_SIZE, LARGEST_SIZE, LAST_PAGE = 50, 500, 1_000_000
LONGEST_SEARCH = 200
AT_ONCE, WAITING = 4, 64
"""Requests that read the database at once, and those that may wait for it; further ones shall come again."""

Answer = Callable[[Request], Awaitable[Response]]


class DirectoryHttp:
    """The routes."""

    def __init__(self, database: Database, public_url: str, centre: str) -> None:
        self._database = database
        self._url = f"{public_url.rstrip('/')}/directory"
        self._centre = centre
        self._reading = asyncio.Semaphore(AT_ONCE)
        self._waiting = 0

    def routes(self) -> list[Route]:
        """What is served."""
        answers: Mapping[str, Answer] = {
            "": self._root,
            "/": self._root,
            "/openapi.json": self._openapi,
            "/profile": self._profile,
            "/services": self._services,
            "/services/{id}": self._one(serving.service),
            "/organizations": self._organizations,
            "/organizations/{id}": self._one(serving.organization),
            "/service_at_locations": self._places,
            "/service_at_locations/{id}": self._one(serving.place),
            "/taxonomies": self._taxonomies,
            "/taxonomies/{id}": self._one_of(serving.taxonomy),
            "/taxonomy_terms": self._terms,
            "/taxonomy_terms/{id}": self._one_of(serving.term),
        }
        return [Route(f"/directory{path}", answer, methods=["GET"]) for path, answer in answers.items()]

    async def _root(self, request: Request) -> Response:
        about = {"version": VERSION, "profile": f"{self._url}/profile", "openapi_url": f"{self._url}/openapi.json"}
        return _json(request, about)

    async def _openapi(self, request: Request) -> Response:
        info = {
            "title": f"{self._centre}: HSDS {VERSION}",
            "version": VERSION,
            "summary": "The directory of services, to read",
            "description": f"Profile kr-120: {self._url}/profile",
            "license": {"name": "CC BY-SA 4.0", "identifier": "CC-BY-SA-4.0"},
        }
        return _json(request, {**schemas.openapi(), "info": info, "servers": [{"url": self._url}]})

    async def _profile(self, request: Request) -> Response:
        return PlainTextResponse(schemas.profile(), media_type="text/markdown; charset=utf-8")

    async def _services(self, request: Request) -> Response:
        asked = _Asked(request)
        wanted, page = asked.wanted(), asked.page()
        full, minimal = asked.flag("full"), asked.flag("minimal")
        asked.refuse_what_is_wrong()
        return await self._list(request, lambda tx: serving.services(tx, wanted, page, full=full, minimal=minimal))

    async def _organizations(self, request: Request) -> Response:
        asked = _Asked(request)
        wanted, page, full = asked.wanted(), asked.page(), asked.flag("full")
        asked.refuse_what_is_wrong()
        return await self._list(request, lambda tx: serving.organizations(tx, wanted, page, full=full))

    async def _places(self, request: Request) -> Response:
        asked = _Asked(request)
        wanted, page, full = asked.wanted(), asked.page(), asked.flag("full")
        asked.refuse_what_is_wrong()
        return await self._list(request, lambda tx: serving.places(tx, wanted, page, full=full))

    async def _taxonomies(self, request: Request) -> Response:
        asked = _Asked(request)
        search, page = asked.search(), asked.page()
        asked.refuse_what_is_wrong()
        return _json(request, serving.all_taxonomies(search, page).envelope())

    async def _terms(self, request: Request) -> Response:
        asked = _Asked(request)
        search, taxonomy_id, page = asked.search(), asked.id("taxonomy_id"), asked.page()
        asked.refuse_what_is_wrong()
        return _json(request, serving.all_terms(search, taxonomy_id, page).envelope())

    def _one(self, use_case: Callable[..., Any]) -> Answer:
        async def answer(request: Request) -> Response:
            return _json(request, await self._read(use_case, request.path_params["id"].lower()))

        return answer

    def _one_of(self, find: Callable[[str], Any]) -> Answer:
        async def answer(request: Request) -> Response:
            return _json(request, find(request.path_params["id"].lower()))

        return answer

    async def _list(self, request: Request, use_case: Callable[[Any], Listed]) -> Response:
        listed: Listed = await self._read(use_case)
        return _json(request, listed.envelope())

    async def _read(self, use_case: Callable[..., Any], *arguments: Any) -> Any:
        if self._waiting >= WAITING:
            raise ResourceExhausted("too many read the directory at once: try again", 1)
        self._waiting += 1
        try:
            async with self._reading:
                return await run_blocking(self._database.read, use_case, *arguments)
        finally:
            self._waiting -= 1


class _Asked:
    """The parameters of a request, and what is wrong with them."""

    def __init__(self, request: Request) -> None:
        self._given = request.query_params
        self._wrong: list[tuple[str, str]] = []
        if self._given.get("format", "json") != "json":
            self._wrong.append(("format", "is json"))

    def refuse_what_is_wrong(self) -> None:
        """Raises ``InvalidArgument``."""
        if self._wrong:
            raise InvalidArgument(self._wrong)

    def page(self) -> Page:
        """Which page."""
        return Page(self._number("page", 1, LAST_PAGE), self._number("per_page", USUAL_SIZE, LARGEST_SIZE))

    def wanted(self) -> Wanted:
        """What the list shall hold."""
        terms = serving.meant(self.id("taxonomy_id"), self.id("taxonomy_term_id"))
        return Wanted(self.search(), terms, self.id("organization_id"), self._moment("modified_after"))

    def search(self) -> str:
        """A part of a text."""
        text = self._given.get("search", "").replace("\x00", "").strip()
        if len(text) > LONGEST_SEARCH:
            self._wrong.append(("search", f"has at most {LONGEST_SEARCH} characters"))
        return text

    def id(self, name: str) -> str:
        """A UUID, or nothing."""
        text = self._given.get(name, "").lower()
        if text and not is_uuid(text):
            self._wrong.append((name, "is a UUID"))
        return text

    def flag(self, name: str) -> bool:
        """True or false; false if it is left out."""
        text = self._given.get(name, "false").lower()
        if text not in {"true", "false", "1", "0"}:
            self._wrong.append((name, "is true or false"))
        return text in {"true", "1"}

    def _number(self, name: str, usual: int, largest: int) -> int:
        text = self._given.get(name, str(usual))
        if text.isascii() and text.isdigit() and len(text) <= 9 and 1 <= int(text) <= largest:
            return int(text)
        self._wrong.append((name, f"is between 1 and {largest}"))
        return usual

    def _moment(self, name: str) -> float | None:
        """A date, or a date and time; without a zone it is UTC. A + that came as a space is one again."""
        text = self._given.get(name, "").strip().replace(" ", "+")
        if not text:
            return None
        try:
            found = datetime.fromisoformat(text)
            return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()
        except (ValueError, OverflowError):
            self._wrong.append((name, "is a date and time as in ISO 8601"))
            return None


def _json(request: Request, content: Any) -> Response:
    """The answer, or 304 for somebody who has it already."""
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"etag": tag, "cache-control": "public, max-age=60", "access-control-allow-origin": "*"}
    known = [one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")]
    if tag in known or known == ["*"]:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)
