"""The CoverageService of the contract: who interprets what and when, volunteers, terms."""

from __future__ import annotations

from typing import Any

from hub120.translation.v1 import coverage_service_pb2 as pb
from hub120.translation.v1 import coverage_service_pb2_grpc

from chassis import pages
from chassis.clock import moment
from chassis.database import Database
from chassis.grpc_host import Check, caller, run_blocking
from chassis.settings import Settings
from services.translation import protos
from services.translation.abilities import AbilitiesNow
from services.translation.grpc_api import requests
from services.translation.store import terms
from services.translation.use_cases import covering, helping
from services.translation.use_cases.covering import Covered
from services.translation.use_cases.helping import Found

_MOST_ASKED = 100
_LAST_MOMENT_S = 2_493_000_000.0
"""2048: beyond the year after it, lunar holidays are not known for certain."""


class CoverageApi(coverage_service_pb2_grpc.CoverageServiceServicer):
    """Coverage; whoever writes is the caller."""

    def __init__(self, settings: Settings, database: Database, abilities: AbilitiesNow) -> None:
        self._database, self._abilities = database, abilities
        self._extra = settings.extra_language

    async def ListCoverage(self, request: pb.ListCoverageRequest, context: Any) -> pb.ListCoverageResponse:
        """Who interprets."""
        check = Check(request).length("languages", 0, _MOST_ASKED)
        requests.languages(check, request.languages, "languages")
        requests.residence(check, request.residence_status, "residence_status")
        check.that(not request.medium or request.medium in protos.MEDIUM_OF, "medium", "is text, voice or video")
        at = request.time.ToMicroseconds() / 1e6 if request.HasField("time") else self._database.clock().timestamp()
        check.that(0 <= at < _LAST_MOMENT_S, "time", "is between 1970 and 2048").raise_if_any()
        found: list[Covered] = await run_blocking(self._list_coverage, request, at)
        coverage = [protos.coverage(one.asked, one.answer, one.changes_at) for one in found]
        return pb.ListCoverageResponse(time=moment(at), coverage=coverage)

    def _list_coverage(self, request: pb.ListCoverageRequest, at: float) -> list[Covered]:
        medium = protos.MEDIUM_OF.get(request.medium, "")
        return self._database.read(
            covering.list_coverage, list(request.languages), medium, request.residence_status, at,
            self._abilities.read(), self._extra,
        )  # fmt: skip

    async def ListLanguages(self, request: pb.ListLanguagesRequest, context: Any) -> pb.ListLanguagesResponse:
        """What is covered."""
        codes = await self._read(covering.list_languages, self._extra)
        return pb.ListLanguagesResponse(languages=map(protos.language, codes))

    async def PutCoverageRule(self, request: pb.PutCoverageRuleRequest, context: Any) -> pb.PutCoverageRuleResponse:
        """Write a rule."""
        kept = await self._run(covering.put_rule, requests.rule(request), self._extra)
        return pb.PutCoverageRuleResponse(rule=protos.rule(kept))

    async def ListCoverageRules(
        self, request: pb.ListCoverageRulesRequest, context: Any
    ) -> pb.ListCoverageRulesResponse:
        """Every rule."""
        found = await self._read(covering.rules_now, self._extra)
        return pb.ListCoverageRulesResponse(rules=map(protos.rule, found))

    async def RemoveCoverageRule(
        self, request: pb.RemoveCoverageRuleRequest, context: Any
    ) -> pb.RemoveCoverageRuleResponse:
        """Drop a rule."""
        Check(request).length("rule_id", 1, 40).raise_if_any()
        await self._run(covering.remove_rule, request.rule_id, self._extra)
        return pb.RemoveCoverageRuleResponse()

    async def PutVolunteer(self, request: pb.PutVolunteerRequest, context: Any) -> pb.PutVolunteerResponse:
        """Write a volunteer."""
        found: Found = await self._run(helping.put_volunteer, *requests.volunteer(request))
        return pb.PutVolunteerResponse(volunteer=protos.volunteer(found.volunteer, found.languages))

    async def ListVolunteers(self, request: pb.ListVolunteersRequest, context: Any) -> pb.ListVolunteersResponse:
        """Volunteers by id."""
        limit, last = pages.size(request.page_size, usual=50, largest=200), pages.after(request, (str,))
        check = Check(request)
        if request.language:
            requests.language(check, request.language, "language")
        check.raise_if_any()
        after = last[0] if last else ""
        found: list[Found] = await self._read(helping.list_volunteers, request.language, after, limit + 1)
        told = pb.ListVolunteersResponse(
            volunteers=[protos.volunteer(one.volunteer, one.languages) for one in found[:limit]]
        )
        if len(found) > limit:
            told.next_page_token = pages.token(request, [found[limit - 1].volunteer.id])
        return told

    async def RemoveVolunteer(self, request: pb.RemoveVolunteerRequest, context: Any) -> pb.RemoveVolunteerResponse:
        """Forget a volunteer."""
        Check(request).length("volunteer_id", 1, 64).raise_if_any()
        await self._run(helping.remove_volunteer, request.volunteer_id)
        return pb.RemoveVolunteerResponse()

    async def PutTerm(self, request: pb.PutTermRequest, context: Any) -> pb.PutTermResponse:
        """Write a term."""
        row = await self._run(helping.put_term, requests.term(request), caller().subject)
        return pb.PutTermResponse(term=protos.term(row))

    async def ListTerms(self, request: pb.ListTermsRequest, context: Any) -> pb.ListTermsResponse:
        """Terms by Korean and language."""
        limit, last = pages.size(request.page_size, usual=100, largest=500), pages.after(request, (str, str))
        check = Check(request)
        if request.language:
            requests.language(check, request.language, "language")
        check.raise_if_any()
        rows = await self._read(terms.listed, request.language, (last[0], last[1]) if last else None, limit + 1)
        told = pb.ListTermsResponse(terms=map(protos.term, rows[:limit]))
        if len(rows) > limit:
            told.next_page_token = pages.token(request, [rows[limit - 1].korean, rows[limit - 1].language])
        return told

    async def RemoveTerm(self, request: pb.RemoveTermRequest, context: Any) -> pb.RemoveTermResponse:
        """Drop a term."""
        check = Check(request).length("korean", 1, 100)
        requests.language(check, request.language, "language")
        check.raise_if_any()
        await self._run(helping.remove_term, request.korean, request.language)
        return pb.RemoveTermResponse()

    async def _run(self, use_case: Any, *arguments: Any) -> Any:
        return await run_blocking(self._database.run, use_case, *arguments)

    async def _read(self, use_case: Any, *arguments: Any) -> Any:
        return await run_blocking(self._database.read, use_case, *arguments)
