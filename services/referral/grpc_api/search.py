"""The SearchService of the contract. What is asked may tell of a person: nothing of it is logged or put into a span."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from hub120.referral.v1 import search_service_pb2 as pb
from hub120.referral.v1 import search_service_pb2_grpc

from chassis import pages
from chassis.clock import moment
from chassis.database import Database
from chassis.grpc_host import Check, run_blocking
from services.referral.domain.search import Field
from services.referral.domain.search_filters import Filters
from services.referral.domain.search_query import Match
from services.referral.domain.search_reasons import Matched, Reason, Snippet
from services.referral.synonyms import synonyms
from services.referral.use_cases import searching
from services.referral.use_cases.searching import DEEPEST, Asked, Found, Result

_LONGEST_QUERY, _MOST_NEEDS, _MOST_OTHERS, _OLDEST = 200, 20, 10, 130
_AREA = re.compile(r"[0-9]{2}|[0-9]{5}|[0-9]{10}")
_CODE = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_KINDS = {"", "welfare", "legal"}
_MATCHES = {
    Match.WORD: pb.MATCH_KIND_WORD,
    Match.PART: pb.MATCH_KIND_PART,
    Match.SYNONYM: pb.MATCH_KIND_SYNONYM,
    Match.INITIALS: pb.MATCH_KIND_INITIALS,
}
_FIELDS = {
    Field.NAME: pb.SEARCHED_FIELD_NAME,
    Field.ALTERNATE_NAME: pb.SEARCHED_FIELD_ALTERNATE_NAME,
    Field.ORGANIZATION: pb.SEARCHED_FIELD_ORGANIZATION,
    Field.TAXONOMY: pb.SEARCHED_FIELD_TAXONOMY,
    Field.DESCRIPTION: pb.SEARCHED_FIELD_DESCRIPTION,
    Field.ELIGIBILITY: pb.SEARCHED_FIELD_ELIGIBILITY,
}


class SearchApi(search_service_pb2_grpc.SearchServiceServicer):
    """Search in the directory."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def SearchServices(self, request: pb.SearchServicesRequest, context: Any) -> pb.SearchServicesResponse:
        """A page of services."""
        limit = pages.size(request.page_size, usual=10, largest=50)
        asked = read(request)
        if asked.query:
            return await self._by_words(request, asked, limit)
        last = pages.after(request, (float, int))
        found = await self._read(searching.freshest, asked.filters, (last[0], last[1]) if last else None, limit)
        told = response(found)
        if found.more:
            told.next_page_token = pages.token(request, [*found.results[-1].place])
        return told

    async def _by_words(self, request: pb.SearchServicesRequest, asked: Asked, limit: int) -> pb.SearchServicesResponse:
        last = pages.after(request, (int,))
        begin = last[0] if last else 0
        found = await self._read(searching.search, asked, synonyms(), begin, min(limit, DEEPEST - begin))
        told = response(found)
        if found.more and begin + limit < DEEPEST:
            told.next_page_token = pages.token(request, [begin + limit])
        return told

    async def _read(self, use_case: Any, *arguments: Any) -> Found:
        found: Found = await run_blocking(self._database.read, use_case, *arguments)
        return found


def read(request: pb.SearchServicesRequest) -> Asked:
    """What is asked. Raises ``InvalidArgument``."""
    check = Check(request).length("query", 0, _LONGEST_QUERY).length("needs", 0, _MOST_NEEDS)
    check.length("life_stages", 0, _MOST_OTHERS).length("targets", 0, _MOST_OTHERS)
    for name in ("needs", "life_stages", "targets"):
        check.that(all(map(_CODE.fullmatch, getattr(request, name))), name, "holds what is no code")
    check.that(
        not request.area or bool(_AREA.fullmatch(request.area)), "area", "is 2, 5 or 10 digits of a district code"
    )
    check.that(request.kind in _KINDS, "kind", "is welfare or legal")
    age = request.age if request.HasField("age") else None
    check.that(age is None or 0 <= age <= _OLDEST, "age", f"is between 0 and {_OLDEST}")
    filters = Filters(
        frozenset(request.needs), request.area, age, frozenset(request.life_stages), frozenset(request.targets),
        request.kind,
    )  # fmt: skip
    query = request.query.strip()
    check.that(bool(query) or filters.any, "query", "says what is needed; or give a need, a place, an age or the like")
    check.raise_if_any()
    return Asked(query, filters)


def response(found: Found) -> pb.SearchServicesResponse:
    """A page as the contract has it."""
    return pb.SearchServicesResponse(words=found.words, services=map(_service, found.results))


def _service(one: Result) -> pb.FoundService:
    row, offered = one.row, one.offered
    return pb.FoundService(
        service_id=row.id,
        name=row.name,
        organization_id=row.organization_id,
        organization_name=row.organization or "",
        kind=row.kind,
        areas=offered.areas,
        minimum_age=offered.minimum_age,
        maximum_age=offered.maximum_age,
        assured_time=moment(offered.assured_at) if offered.assured_at else None,
        snippet=snippet(one.snippet),
        score=one.score,
        matches=map(_match, one.matches),
        reasons=map(_reason, one.reasons),
    )


def _match(one: Matched) -> pb.MatchedWord:
    return pb.MatchedWord(
        word=one.word, kind=_MATCHES[one.match], found_as=one.found_as, fields=_fields(one.fields), share=one.share
    )  # fmt: skip


def _fields(fields: Sequence[Field]) -> list[pb.SearchedField]:
    return [_FIELDS[field] for field in fields]


def _reason(one: Reason) -> pb.RankingReason:
    return pb.RankingReason(code=one.code, korean=one.korean, english=one.english, factor=one.factor)


def snippet(one: Snippet) -> pb.Snippet:
    """Some of a text, as it is shown."""
    found = [pb.Highlight(start=start, length=length) for start, length in one.found]
    return pb.Snippet(field=_FIELDS[one.field], text=one.text, highlights=found)
