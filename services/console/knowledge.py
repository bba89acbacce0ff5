"""The page of knowledge: search for whoever has no case open, where articles come from, and bringing more in."""

from __future__ import annotations

from typing import Final
from urllib.parse import unquote

from hub120.referral.v1 import knowledge_service_pb2 as pb
from starlette.responses import Response
from starlette.routing import Route

from services.console import articles
from services.console.live import Part
from services.console.visits import House, Visit

LONGEST_FILE: Final = 8 * 1024 * 1024
_CHUNK: Final = 512 * 1024


class KnowledgePage:
    """Knowledge outside a case."""

    def __init__(self, house: House) -> None:
        self._house = house

    def routes(self) -> list[Route]:
        """What is served."""
        return [
            self._house.page("/knowledge", self._show),
            *articles.routes(self._house, "/knowledge"),
            self._house.action("/knowledge/import", self._import),
        ]

    async def _show(self, visit: Visit) -> Response:
        return visit.page("knowledge/knowledge.html", sources=await _sources(visit))

    async def _import(self, visit: Visit) -> Response:
        """A file as the browser has it; what it is and where from stands in headers."""
        headers, file = visit.request.headers, await visit.request.body()
        first = pb.ImportArticlesRequest(
            source_id=headers.get("x-source", ""),
            name=unquote(headers.get("x-source-name", "")),
            filename=unquote(headers.get("x-file-name", "")),
            complete=headers.get("x-complete", "") == "1",
            chunk=file[:_CHUNK],
        )
        rest = (
            pb.ImportArticlesRequest(chunk=file[start : start + _CHUNK]) for start in range(_CHUNK, len(file), _CHUNK)
        )
        done = await visit.me.send(rest, first)
        return visit.done(
            visit.part("knowledge-imported", "knowledge/imported.html", done=done), await _drawn_sources(visit)
        )


async def _sources(visit: Visit) -> list[pb.KnowledgeSource]:
    return list((await visit.ask(pb.ListKnowledgeSourcesRequest())).sources)


async def _drawn_sources(visit: Visit) -> Part:
    return visit.part("knowledge-sources", "knowledge/sources.html", sources=await _sources(visit))
