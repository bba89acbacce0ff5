"""The KnowledgeService of the contract. What is asked may tell of a person: it is in no log and no span."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from hub120.referral.v1 import knowledge_service_pb2 as pb
from hub120.referral.v1 import knowledge_service_pb2_grpc
from hub120_sdk import Question

from chassis.clock import moment
from chassis.database import Database
from chassis.errors import InvalidArgument, NotFound
from chassis.grpc_host import Check, caller, run_blocking
from services.referral import article_files
from services.referral.domain import articles as domain
from services.referral.domain.articles import Imported, Marks
from services.referral.domain.search_query import Query, read
from services.referral.elsewhere import Answered, Elsewhere
from services.referral.grpc_api.search import snippet
from services.referral.synonyms import synonyms
from services.referral.use_cases import importing_articles as importing
from services.referral.use_cases import knowledge
from services.referral.use_cases.knowledge import Found

_LONGEST_QUESTION, _USUAL, _MOST, _LONGEST_ID = 200, 10, 50, 300
_KOREAN = "ko"
_LANGUAGE = re.compile(r"[a-z]{2,3}|")
_SOURCE = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_SHOWN_FAULTS = 100


@dataclass(frozen=True, slots=True)
class _Shown:
    """An article on its way out."""

    message: pb.FoundArticle
    marks: Marks


class KnowledgeApi(knowledge_service_pb2_grpc.KnowledgeServiceServicer):
    """Articles for agents."""

    def __init__(self, database: Database, elsewhere: Elsewhere) -> None:
        self._database, self._elsewhere = database, elsewhere

    async def SearchKnowledge(self, request: pb.SearchKnowledgeRequest, context: Any) -> pb.SearchKnowledgeResponse:
        """The best of all sources in turn."""
        check = Check(request).length("question", 1, _LONGEST_QUESTION).range("limit", 0, _MOST)
        check.that(bool(_LANGUAGE.fullmatch(request.language)), "language", "is a code as ko or en").raise_if_any()
        limit, query = request.limit or _USUAL, read(request.question, synonyms())
        own, others = await asyncio.gather(
            run_blocking(self._database.read, knowledge.search, query, request.language, limit),
            self._elsewhere.ask(Question(request.question, request.language or _KOREAN, limit)),
        )
        theirs = await self._shown_outside(query, others)
        best = domain.in_turn([[_shown(one) for one in own], *theirs])[:limit]
        return pb.SearchKnowledgeResponse(
            words=query.matters.values(),
            articles=[one.message for one in best],
            missing=[
                pb.MissingKnowledge(source_id=one.connector, source_name=one.name, reason=one.missing)
                for one in others
                if one.missing
            ],
        )

    async def _shown_outside(self, query: Query, others: list[Answered]) -> list[list[_Shown]]:
        ids = [_outside_id(one.connector, article.key) for one in others for article in one.articles]
        marks = await run_blocking(self._database.read, knowledge.marks, ids)
        return [_shown_of(query, one, marks) for one in others]

    async def GetArticle(self, request: pb.GetArticleRequest, context: Any) -> pb.GetArticleResponse:
        """An article, whole."""
        Check(request).length("article_id", 1, _LONGEST_ID).raise_if_any()
        row, marks = await run_blocking(self._database.read, knowledge.article, request.article_id)
        return pb.GetArticleResponse(
            article=pb.Article(
                article_id=row.id,
                title=row.title,
                text=row.text,
                category=row.category,
                source_id=row.source,
                source_name=row.source_name,
                source_key=row.source_key,
                url=row.url,
                update_time=moment(row.updated_at),
                import_time=moment(row.modified_at),
                language=row.language,
                helped=marks.helped,
                marked=marks.marked,
            )
        )

    async def ListKnowledgeSources(
        self, request: pb.ListKnowledgeSourcesRequest, context: Any
    ) -> pb.ListKnowledgeSourcesResponse:
        """Those imported, then connectors."""
        rows = await run_blocking(self._database.read, knowledge.sources)
        own = [
            pb.KnowledgeSource(
                source_id=row.id, name=row.name, articles=row.articles, import_time=moment(row.imported_at or None)
            )
            for row in rows
        ]
        outside = [
            pb.KnowledgeSource(source_id=one.id, name=one.name, outside=True) for one in self._elsewhere.manifests()
        ]
        return pb.ListKnowledgeSourcesResponse(sources=[*own, *outside])

    async def ImportArticles(
        self, requests: AsyncIterator[pb.ImportArticlesRequest], context: Any
    ) -> pb.ImportArticlesResponse:
        """A file of articles."""
        first, content = await _uploaded(requests)
        done = await run_blocking(self._imported, first, content)
        return pb.ImportArticlesResponse(
            added=done.added,
            changed=done.changed,
            unchanged=done.unchanged,
            removed=done.removed,
            refused=len(done.faults),
            faults=[pb.RefusedArticle(line=one.line, message=one.message) for one in done.faults[:_SHOWN_FAULTS]],
        )

    def _imported(self, first: pb.ImportArticlesRequest, content: bytes) -> Imported:
        found = article_files.read(first.filename, content)
        run, source = self._database.run, first.source_id
        generation, done = run(importing.begin, source, first.name), Imported(faults=tuple(found.faults))
        for begin in range(0, len(found.articles), importing.AT_ONCE):
            done += run(importing.take, source, generation, found.articles[begin : begin + importing.AT_ONCE])
        removed = run(importing.finish, source, generation, found.faults, complete=first.complete)
        return done + Imported(removed=removed)

    async def MarkAnswer(self, request: pb.MarkAnswerRequest, context: Any) -> pb.MarkAnswerResponse:
        """Whether an article was the answer."""
        check = Check(request).required("case_id", "article_id").uuid("case_id").length("article_id", 1, _LONGEST_ID)
        check.raise_if_any()
        connector, colon, _ = request.article_id.partition(":")
        outside = bool(colon) and "/" not in connector
        if outside and connector not in {one.id for one in self._elsewhere.manifests()}:
            raise NotFound("article", request.article_id)
        marks = await run_blocking(
            self._database.run,
            knowledge.mark,
            request.case_id,
            request.article_id,
            caller().subject,
            helped=request.helped,
            outside=outside,
        )
        return pb.MarkAnswerResponse(helped=marks.helped, marked=marks.marked)


async def _uploaded(
    requests: AsyncIterator[pb.ImportArticlesRequest],
) -> tuple[pb.ImportArticlesRequest, bytes]:
    """The first request, and the bytes of all, as many as a file may have."""
    first, content = None, bytearray()
    async for request in requests:
        if first is None:
            check = Check(request).length("filename", 1, 200).length("name", 0, 100)
            fits = bool(_SOURCE.fullmatch(request.source_id))
            check.that(fits, "source_id", "has 1 to 40 lower-case letters, digits, - and _").raise_if_any()
            first = request
        content += request.chunk
        if len(content) > article_files.LARGEST:
            raise InvalidArgument([("chunk", f"is of a file of more than {article_files.LARGEST // 1_000_000} MB")])
    if first is None:
        raise InvalidArgument([("source_id", "is required")])
    return first, bytes(content)


def _shown(one: Found) -> _Shown:
    row = one.row
    message = pb.FoundArticle(
        article_id=row.id,
        title=row.title,
        excerpt=snippet(one.excerpt),
        source_id=row.source,
        source_name=row.source_name,
        url=row.url,
        update_time=moment(row.updated_at),
        language=row.language,
        category=row.category,
        helped=one.marks.helped,
        marked=one.marks.marked,
    )
    return _Shown(message, one.marks)


def _shown_of(query: Query, answered: Answered, known: dict[str, Marks]) -> list[_Shown]:
    shown = []
    for one in answered.articles:
        marks = known.get(id := _outside_id(answered.connector, one.key), Marks())
        message = pb.FoundArticle(
            article_id=id,
            title=one.title,
            excerpt=snippet(knowledge.excerpt(query, one.title, one.text)),
            source_id=answered.connector,
            source_name=f"{answered.name}: {one.source}" if one.source else answered.name,
            outside=True,
            url=one.url,
            update_time=one.updated,
            language=one.language,
            helped=marks.helped,
            marked=marks.marked,
        )
        shown.append(_Shown(message, marks))
    return shown


def _outside_id(connector: str, key: str) -> str:
    return f"{connector}:{key}"
