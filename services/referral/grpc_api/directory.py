"""The DirectoryService of the contract: agents read, supervisors decide what is in doubt."""

from __future__ import annotations

from typing import Any

from hub120.referral.v1 import directory_service_pb2 as pb
from hub120.referral.v1 import directory_service_pb2_grpc

from chassis import pages
from chassis.database import Database
from chassis.grpc_host import Check, caller, run_blocking
from chassis.settings import Settings
from services.referral.domain.directory import Decision
from services.referral.grpc_api import directory_messages as messages
from services.referral.store import directory as store
from services.referral.store import directory_duplicates
from services.referral.use_cases import comparing, directory

_USUAL, _LARGEST = 50, 200
_ALL = list(Decision)


class DirectoryApi(directory_service_pb2_grpc.DirectoryServiceServicer):
    """What the directory holds, and what is in doubt about it."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self._stale_days = settings.stale_days
        self._database = database

    async def GetService(self, request: pb.GetServiceRequest, context: Any) -> pb.GetServiceResponse:
        """A service by id."""
        _one(request)
        found = await self._read(directory.entry, request.service_id)
        return pb.GetServiceResponse(service=messages.entry(found, self._now(), self._stale_days))

    async def AssureService(self, request: pb.AssureServiceRequest, context: Any) -> pb.AssureServiceResponse:
        """Say that a service is right."""
        _one(request)
        found = await self._run(directory.assure, request.service_id, caller().subject)
        return pb.AssureServiceResponse(service=messages.entry(found, self._now(), self._stale_days))

    async def ListSources(self, request: pb.ListSourcesRequest, context: Any) -> pb.ListSourcesResponse:
        """Every source."""
        return pb.ListSourcesResponse(sources=map(messages.source, await self._read(store.sources)))

    async def PutSource(self, request: pb.PutSourceRequest, context: Any) -> pb.PutSourceResponse:
        """Change what a source is called and how far it is believed."""
        check = Check(request).length("source_id", 1, 100).length("name", 1, 100).range("rank", 1, 1000)
        check.raise_if_any()
        row = await self._run(directory.put_source, request.source_id, request.name, request.rank)
        return pb.PutSourceResponse(source=messages.source(row))

    async def ListImportErrors(self, request: pb.ListImportErrorsRequest, context: Any) -> pb.ListImportErrorsResponse:
        """What was wrong in the last import of a source."""
        limit, last = pages.size(request.page_size, _USUAL, _LARGEST), pages.after(request, (str, int))
        Check(request).length("source_id", 1, 100).raise_if_any()
        after = (last[0], last[1]) if last else ("", 0)
        rows = await self._read(store.errors, request.source_id, after, limit + 1)
        told = pb.ListImportErrorsResponse(errors=map(messages.error, rows[:limit]))
        if len(rows) > limit:
            told.next_page_token = pages.token(request, [rows[limit - 1].source_key, rows[limit - 1].number])
        return told

    async def ListDuplicates(self, request: pb.ListDuplicatesRequest, context: Any) -> pb.ListDuplicatesResponse:
        """Services that may be the same."""
        limit, after = pages.size(request.page_size, _USUAL, _LARGEST), _after(request)
        decisions = _ALL if request.decided else [Decision.OPEN]
        rows = await self._read(directory_duplicates.listed, decisions, after, limit + 1)
        told = pb.ListDuplicatesResponse(duplicates=map(messages.duplicate, rows[:limit]))
        if len(rows) > limit:
            told.next_page_token = pages.token(request, [rows[limit - 1].first, rows[limit - 1].second])
        return told

    async def DecideDuplicate(self, request: pb.DecideDuplicateRequest, context: Any) -> pb.DecideDuplicateResponse:
        """Say whether two services are the same."""
        check = Check(request).required("first_id", "second_id").uuid("first_id", "second_id")
        check.enum("decision").raise_if_any()
        decision = messages.DECISION_OF[request.decision]
        pair = (request.first_id.lower(), request.second_id.lower())
        row = await self._run(comparing.decide, *pair, decision, caller().subject)
        return pb.DecideDuplicateResponse(duplicate=messages.duplicate(row))

    async def ListConflicts(self, request: pb.ListConflictsRequest, context: Any) -> pb.ListConflictsResponse:
        """Services that are the same and say different things."""
        limit, after = pages.size(request.page_size, _USUAL, _LARGEST), _after(request)
        found, last = await self._read(comparing.conflicts, after, limit)
        told = pb.ListConflictsResponse(conflicts=messages.conflicts(found))
        if last is not None:
            told.next_page_token = pages.token(request, [last.first, last.second])
        return told

    def _now(self) -> float:
        return self._database.clock().timestamp()

    async def _run(self, use_case: Any, *arguments: Any) -> Any:
        return await run_blocking(self._database.run, use_case, *arguments)

    async def _read(self, use_case: Any, *arguments: Any) -> Any:
        return await run_blocking(self._database.read, use_case, *arguments)


def _one(request: Any) -> None:
    Check(request).required("service_id").uuid("service_id").raise_if_any()


def _after(request: Any) -> tuple[str, str]:
    last = pages.after(request, (str, str))
    return (last[0], last[1]) if last else ("", "")
