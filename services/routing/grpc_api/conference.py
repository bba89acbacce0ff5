"""The ConferenceService of the contract: each method reads its request, calls one use case, answers."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Any

from hub120.routing.v1 import conference_pb2, conference_service_pb2_grpc
from hub120.routing.v1 import conference_service_pb2 as pb

from chassis import pages
from chassis.connectors.errors import UnknownConnector
from chassis.database import Database
from chassis.errors import NotFound
from chassis.grpc_host import Check, caller, run_blocking
from chassis.process import Process
from chassis.streams import Streams
from services.routing import conference_protos as protos
from services.routing.domain.ladders import RING_S, Target
from services.routing.lines import lines_of
from services.routing.store import ladders
from services.routing.use_cases import conferencing, hearing, monitoring
from services.routing.use_cases.conferencing import Found, Leader, NewCall, NewConference

_LADDER_ID = re.compile(r"[a-z0-9_-]{1,40}")
_CONNECTOR_ID = re.compile(r"[a-z0-9_]{1,40}")
_MOST_RUNGS = 10
_MOST_ROUNDS = 5


class ConferenceApi(conference_service_pb2_grpc.ConferenceServiceServicer):
    """Three-way calls; whoever acts is the caller."""

    def __init__(self, process: Process, database: Database, streams: Streams) -> None:
        self._process, self._database, self._streams = process, database, streams
        self._lines = lines_of(process.settings)

    async def StartConference(self, request: pb.StartConferenceRequest, context: Any) -> pb.StartConferenceResponse:
        """Begin."""
        new = _new(request)
        if new.channel:
            self._is_exchange(new.channel)
        begun = await self._lead(conferencing.start, new, _leader(), self._lines)
        await run_blocking(self._database.run, hearing.find_call, begun.case_id, self._lines)
        return pb.StartConferenceResponse(conference=await self._lead(conferencing.read, begun.id))

    async def StartCall(self, request: pb.StartCallRequest, context: Any) -> pb.StartCallResponse:
        """Phone a citizen."""
        check = Check(request).uuid("case_id", "work_item_id").length("request_id", 1, 64)
        check.that(bool(request.case_id or request.work_item_id), "case_id", "or work_item_id is required")
        _check_channel(check, request.channel)
        check.raise_if_any()
        if request.channel:
            self._is_exchange(request.channel)
        new = NewCall(request.request_id, request.case_id, request.work_item_id, request.channel)
        begun = await self._lead(conferencing.call_citizen, new, _leader(), self._lines)
        await run_blocking(self._database.run, hearing.find_call, begun.case_id, self._lines)
        return pb.StartCallResponse(conference=await self._lead(conferencing.read, begun.id))

    def _is_exchange(self, channel: str) -> None:
        """An installed connector, ready here or not: the exchange is intake's."""
        try:
            capabilities = self._process.connectors.manifest(channel).capabilities
        except UnknownConnector as error:
            raise NotFound("exchange", channel) from error
        if "telephony" not in capabilities:
            raise NotFound("exchange", channel)

    async def GetConference(self, request: pb.GetConferenceRequest, context: Any) -> pb.GetConferenceResponse:
        """A conference with its whole record."""
        Check(request).required("conference_id").uuid("conference_id").raise_if_any()
        found, entries = await self._read(conferencing.read_record, request.conference_id)
        return pb.GetConferenceResponse(
            conference=protos.conference(found.row, found.legs),
            entries=[protos.entry(one.row, one.told) for one in entries],
        )

    async def WatchConference(
        self, request: pb.WatchConferenceRequest, context: Any
    ) -> AsyncIterator[pb.WatchConferenceResponse]:
        """Entries as they happen."""
        check = Check(request).required("conference_id").uuid("conference_id")
        check.range("after_sequence", 0, 2**62).raise_if_any()
        await self._read(conferencing.read, request.conference_id)

        def read(after: int) -> list[tuple[int, pb.WatchConferenceResponse]]:
            found = self._database.read(conferencing.read_entries, request.conference_id, after)
            return [
                (one.row.sequence, pb.WatchConferenceResponse(entry=protos.entry(one.row, one.told))) for one in found
            ]

        with self._streams.watching(request.conference_id) as sleeper:
            async for told in sleeper.news(read, request.after_sequence):
                yield told

    async def ListConferences(self, request: pb.ListConferencesRequest, context: Any) -> pb.ListConferencesResponse:
        """Conferences, newest first."""
        limit = pages.size(request.page_size, usual=50, largest=200)
        last = pages.after(request, (float, str))
        known = request.purpose in {0, *protos.PURPOSE_OF}
        Check(request).that(known, "purpose", "is one that there is").raise_if_any()
        found: list[Found] = await run_blocking(
            self._database.read, conferencing.list_conferences, (last[0], last[1]) if last else None, limit + 1,
            active=request.active, purpose=protos.PURPOSE_OF.get(request.purpose),
        )  # fmt: skip
        told = pb.ListConferencesResponse(conferences=[protos.conference(one.row, one.legs) for one in found[:limit]])
        if len(found) > limit:
            row = found[limit - 1].row
            told.next_page_token = pages.token(request, [row.started_at, row.id])
        return told

    async def AcknowledgeConference(
        self, request: pb.AcknowledgeConferenceRequest, context: Any
    ) -> pb.AcknowledgeConferenceResponse:
        """Somebody takes over."""
        check = Check(request).required("conference_id").uuid("conference_id")
        check.length("acknowledged_by", 1, 200).raise_if_any()
        found = await self._lead(
            conferencing.acknowledge_conference, request.conference_id, _leader(), request.acknowledged_by, self._lines
        )
        return pb.AcknowledgeConferenceResponse(conference=found)

    async def HoldLeg(self, request: pb.HoldLegRequest, context: Any) -> pb.HoldLegResponse:
        """Music for a leg, or the others again."""
        ids = ("conference_id", "leg_id")
        Check(request).required(*ids).uuid(*ids).raise_if_any()
        found = await self._lead(conferencing.hold, request.conference_id, request.leg_id, _leader(), held=request.held)
        return pb.HoldLegResponse(conference=found)

    async def AddLeg(self, request: pb.AddLegRequest, context: Any) -> pb.AddLegResponse:
        """Call somebody more."""
        check = Check(request).required("conference_id").uuid("conference_id").required("target")
        check.that(request.ring_seconds == 0 or 5 <= request.ring_seconds <= 120, "ring_seconds", "is from 5 to 120")
        target = _target(check, request.target, "target")
        check.raise_if_any()
        ring_s = request.ring_seconds or RING_S
        found = await self._lead(conferencing.add_leg, request.conference_id, target, ring_s, _leader(), self._lines)
        return pb.AddLegResponse(conference=found)

    async def LeaveConference(self, request: pb.LeaveConferenceRequest, context: Any) -> pb.LeaveConferenceResponse:
        """The agent goes."""
        Check(request).required("conference_id").uuid("conference_id").length("reason", 0, 500).raise_if_any()
        found = await self._lead(
            conferencing.leave, request.conference_id, _leader(), self._lines,
            force=request.force, reason=request.reason,
        )  # fmt: skip
        return pb.LeaveConferenceResponse(conference=found)

    async def EndConference(self, request: pb.EndConferenceRequest, context: Any) -> pb.EndConferenceResponse:
        """End it for everybody."""
        Check(request).required("conference_id").uuid("conference_id").length("reason", 0, 500).raise_if_any()
        found = await self._lead(conferencing.end, request.conference_id, _leader(), request.reason)
        return pb.EndConferenceResponse(conference=found)

    async def CancelConference(self, request: pb.CancelConferenceRequest, context: Any) -> pb.CancelConferenceResponse:
        """Call it off."""
        Check(request).required("conference_id").uuid("conference_id").length("reason", 1, 500).raise_if_any()
        found = await self._lead(conferencing.cancel, request.conference_id, _leader(), request.reason, self._lines)
        return pb.CancelConferenceResponse(conference=found)

    async def MonitorConference(
        self, request: pb.MonitorConferenceRequest, context: Any
    ) -> pb.MonitorConferenceResponse:
        """Listen in."""
        found = await self._listen(monitoring.monitor, request, self._lines)
        return pb.MonitorConferenceResponse(conference=found)

    async def BargeConference(self, request: pb.BargeConferenceRequest, context: Any) -> pb.BargeConferenceResponse:
        """Be heard."""
        return pb.BargeConferenceResponse(conference=await self._listen(monitoring.barge, request, self._lines))

    async def LeaveMonitoring(self, request: pb.LeaveMonitoringRequest, context: Any) -> pb.LeaveMonitoringResponse:
        """Neither any more."""
        return pb.LeaveMonitoringResponse(conference=await self._listen(monitoring.leave, request))

    async def _listen(self, use_case: Any, request: Any, *more: Any) -> conference_pb2.Conference:
        Check(request).required("conference_id").uuid("conference_id").raise_if_any()
        return await self._lead(use_case, request.conference_id, caller().subject, *more)

    async def PutLadder(self, request: pb.PutLadderRequest, context: Any) -> pb.PutLadderResponse:
        """Write a ladder."""
        given = request.ladder
        check = Check(request).required("ladder").length("ladder.rungs", 1, _MOST_RUNGS)
        check.range("ladder.rounds", 1, _MOST_ROUNDS)
        named = _LADDER_ID.fullmatch(given.id) is not None
        check.that(named, "ladder.id", "has 1 to 40 lower-case letters, digits, - and _")
        for rung in given.rungs:
            _target(check, rung.target, "ladder.rungs")
            check.that(5 <= rung.ring_seconds <= 120, "ladder.rungs", "ring from 5 to 120 seconds")
        check.raise_if_any()
        kept = await run_blocking(self._database.run, conferencing.put_ladder, protos.read_ladder(given))
        return pb.PutLadderResponse(ladder=protos.ladder(kept))

    async def ListLadders(self, request: pb.ListLaddersRequest, context: Any) -> pb.ListLaddersResponse:
        """Every ladder."""
        return pb.ListLaddersResponse(ladders=map(protos.ladder, await self._read(ladders.ladders)))

    async def _lead(self, use_case: Any, *arguments: Any, **more: Any) -> conference_pb2.Conference:
        found: Found = await run_blocking(self._database.run, use_case, *arguments, **more)
        return protos.conference(found.row, found.legs)

    async def _read(self, use_case: Any, *arguments: Any) -> Any:
        return await run_blocking(self._database.read, use_case, *arguments)


def _leader() -> Leader:
    return Leader(caller().subject, supervisor="supervisor" in caller().roles)


def _new(request: pb.StartConferenceRequest) -> NewConference:
    check = Check(request).uuid("case_id", "work_item_id").length("request_id", 1, 64)
    check.that(request.WhichOneof("about") is not None, "case_id", "or work_item_id is required")
    check.that(bool(request.case_id or request.work_item_id), "case_id", "or work_item_id is required")
    check.that(request.WhichOneof("whom") is not None, "target", "or ladder_id is required")
    check.length("ladder_id", 0, 40)
    _check_channel(check, request.channel)
    target = _target(check, request.target, "target") if request.HasField("target") else None
    check.raise_if_any()
    return NewConference(
        request_id=request.request_id,
        case_id=request.case_id,
        work_item_id=request.work_item_id,
        target=target,
        ladder_id=request.ladder_id,
        drill=request.drill,
        channel=request.channel,
    )


def _check_channel(check: Check, channel: str) -> None:
    plain = not channel or _CONNECTOR_ID.fullmatch(channel) is not None
    check.that(plain, "channel", "is the id of a connector")


def _target(check: Check, given: conference_pb2.ConferenceTarget, field: str) -> Target:
    """Who is meant; one that names nobody is a fault of the field."""
    if given.WhichOneof("who") == "department":
        check.that(_CONNECTOR_ID.fullmatch(given.department) is not None, field, "names a connector by its id")
    else:
        check.that(given.emergency in protos.EMERGENCIES.values(), field, "names a department or an emergency service")
    return protos.read_target(given)
