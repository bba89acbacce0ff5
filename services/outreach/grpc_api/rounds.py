"""The RoundService of the contract: programmes, who is in them, and their rounds."""

from __future__ import annotations

import math
import re
from collections.abc import AsyncIterator
from typing import Any

from hub120.outreach.v1 import round_service_pb2 as pb
from hub120.outreach.v1 import round_service_pb2_grpc

from chassis import pages
from chassis.database import Database
from chassis.grpc_host import Check, caller, run_blocking
from chassis.streams import Streams
from services.outreach import check_in_protos as protos
from services.outreach.domain.calling_times import Span
from services.outreach.domain.check_ins import TIMER_NAMES
from services.outreach.store.rounds import NewProgramme
from services.outreach.use_cases import planning, reading

_SHEET = re.compile(r"[a-z0-9_-]{1,64}")
_LONGEST_H = 720.0
_DAYS = frozenset(range(1, 8))


class RoundApi(round_service_pb2_grpc.RoundServiceServicer):
    """Programmes and rounds."""

    def __init__(self, database: Database, streams: Streams, centre: Span) -> None:
        self._database, self._streams, self._centre = database, streams, centre

    async def PutProgramme(self, request: pb.PutProgrammeRequest, context: Any) -> pb.PutProgrammeResponse:
        """Write a programme."""
        row = await run_blocking(self._database.run, planning.put_programme, read(request), self._centre)
        return pb.PutProgrammeResponse(programme=protos.programme(row))

    async def ListProgrammes(self, request: pb.ListProgrammesRequest, context: Any) -> pb.ListProgrammesResponse:
        """All programmes."""
        found = await run_blocking(self._database.read, reading.programmes)
        return pb.ListProgrammesResponse(programmes=map(protos.programme, found))

    async def Enrol(self, request: pb.EnrolRequest, context: Any) -> pb.EnrolResponse:
        """Somebody is called from now on."""
        _whom(request).raise_if_any()
        await run_blocking(self._database.run, planning.enrol, request.programme_id, request.person_id, self._centre)
        return pb.EnrolResponse()

    async def Leave(self, request: pb.LeaveRequest, context: Any) -> pb.LeaveResponse:
        """Somebody is not called any more."""
        _whom(request).raise_if_any()
        found = await run_blocking(
            self._database.run, planning.leave, request.programme_id, request.person_id, caller().subject
        )
        return pb.LeaveResponse(cancelled=found)

    async def ListRounds(self, request: pb.ListRoundsRequest, context: Any) -> pb.ListRoundsResponse:
        """Rounds, the newest day first."""
        limit, last = pages.size(request.page_size, usual=20, largest=100), pages.after(request, (str, str))
        Check(request).uuid("programme_id").raise_if_any()
        after = (last[0], last[1]) if last else None
        found = await run_blocking(
            self._database.read, reading.listed_rounds, request.programme_id, after, limit + 1
        )  # fmt: skip
        told = pb.ListRoundsResponse(rounds=[protos.call_round(*one) for one in found[:limit]])
        if len(found) > limit:
            row = found[limit - 1][0]
            told.next_page_token = pages.token(request, [row.day, row.id])
        return told

    async def GetRound(self, request: pb.GetRoundRequest, context: Any) -> pb.GetRoundResponse:
        """A round with its figures."""
        Check(request).required("round_id").uuid("round_id").raise_if_any()
        found = await run_blocking(self._database.read, reading.call_round, request.round_id)
        return pb.GetRoundResponse(round=protos.call_round(*found))

    async def WatchRound(self, request: pb.WatchRoundRequest, context: Any) -> AsyncIterator[pb.WatchRoundResponse]:
        """What happens in a round."""
        check = Check(request).required("round_id").uuid("round_id").range("after_sequence", 0, 2**53)
        check.raise_if_any()

        def entries(after: int) -> Any:
            return self._database.read(reading.entries, request.round_id, after)

        with self._streams.watching(request.round_id) as sleeper:
            async for row in sleeper.news(entries, request.after_sequence):
                yield pb.WatchRoundResponse(entry=protos.entry(row))


def _whom(request: Any) -> Check:
    return Check(request).required("programme_id", "person_id").uuid("programme_id", "person_id")


def read(request: pb.PutProgrammeRequest) -> NewProgramme:
    """A programme as a supervisor writes it. Raises ``InvalidArgument``."""
    given = request.programme
    check = Check(request).required("programme.id").uuid("programme.id").length("programme.name", 1, 100)
    good = bool(given.weekdays) and set(given.weekdays) <= _DAYS
    check.that(good, "programme.weekdays", "are from 1 to 7, at least one")
    check.that(given.holidays in protos.RULE_OF, "programme.holidays", "is skip, move or call")
    check.range("programme.calls_per_hour", 1, 600).range("programme.tries", 1, 5)
    check.that(_SHEET.fullmatch(given.sheet_id) is not None, "programme.sheet_id", "is a code of 1 to 64 characters")
    known = set(given.hours) <= TIMER_NAMES
    check.that(known, "programme.hours", f"name {', '.join(sorted(TIMER_NAMES))} and nothing else")
    short = all(math.isfinite(one) and 0 <= one <= _LONGEST_H for one in given.hours.values())
    check.that(short, "programme.hours", "are from 0 to 720").raise_if_any()
    return NewProgramme(
        id=given.id,
        name=given.name,
        weekdays=tuple(given.weekdays),
        holidays=protos.RULE_OF[given.holidays].value,
        calls_per_hour=given.calls_per_hour,
        sheet_id=given.sheet_id,
        tries=given.tries,
        hours=dict(given.hours),
        paused=given.paused,
    )
