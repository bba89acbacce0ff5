"""The RoutingService of the contract: each method reads its request, calls one use case, answers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from hub120.routing.v1 import events_pb2, work_pb2
from hub120.routing.v1 import routing_service_pb2 as pb
from hub120.routing.v1 import routing_service_pb2_grpc as grpc_pb

from chassis import pages
from chassis.database import Database, Tx
from chassis.errors import InvalidArgument, NotFound, Unavailable
from chassis.grpc_host import Check, caller, run_blocking
from chassis.process import Process
from chassis.statements import Row
from chassis.streams import Streams
from services.routing import protos
from services.routing.domain.agents import HUB_REASONS, LEVELS, MOST_CAPACITY, Agent, Presence, with_levels
from services.routing.domain.work import WorkState
from services.routing.grpc_api import planning
from services.routing.lines import lines_of
from services.routing.store import agents, plans, work
from services.routing.terms import TermsNow
from services.routing.use_cases import desk, desk_reading, explaining, hearing
from services.routing.use_cases.desk_reading import Change, Desk, Opened
from services.routing.use_cases.matching import course_of

_PRESENCES = {number: presence for presence, number in protos.PRESENCES.items()}
_STATES = {number: state for state, number in protos.WORK_STATES.items()}
_MOST_ABILITIES = 50
_LONGEST_PAUSE_S = 86_400.0


class RoutingApi(grpc_pb.RoutingServiceServicer):
    """Work for agents; the agent is always the caller."""

    def __init__(self, process: Process, database: Database, streams: Streams) -> None:
        self._database = database
        self._streams = streams
        self._offer_s = float(process.settings.offer_seconds)
        self._reasons = frozenset(process.settings.pause_reasons)
        self._terms = TermsNow(process.settings)
        self._clock = process.clock
        self._lines = lines_of(process.settings)

    async def WatchDesk(self, request: pb.WatchDeskRequest, context: Any) -> AsyncIterator[pb.WatchDeskResponse]:
        """Everything that happens on the caller's desk."""
        agent_id = caller().subject
        after = _resumed(request.resume_token, agent_id)
        with self._streams.watching(agent_id) as sleeper:
            if after is None or not await run_blocking(self._can_resume, agent_id, after):
                found = await self._read(desk_reading.read_desk, agent_id)
                after = found.sequence
                yield pb.WatchDeskResponse(resume_token=resume_token(agent_id, after), desk=_desk(found))

            def read(since: int) -> list[tuple[int, pb.WatchDeskResponse]]:
                changes = self._database.read(desk_reading.read_changes, agent_id, since)
                if changes is None:
                    raise Unavailable("what happened since is not kept; watch again to start with the desk as it is")
                return [(one.change.sequence, _changed(one, agent_id)) for one in changes]

            async for told in sleeper.news(read, after):
                yield told

    def _can_resume(self, agent_id: str, after: int) -> bool:
        """False if the desk moved on so far that what was missed is no longer kept: the stream starts anew."""
        return self._database.read(desk_reading.read_changes, agent_id, after) is not None

    async def SetPresence(self, request: pb.SetPresenceRequest, context: Any) -> pb.SetPresenceResponse:
        """Say whether the caller takes work."""
        presence = _PRESENCES.get(request.presence)
        check = (
            Check(request)
            .enum("presence")
            .that(
                not request.reason or (presence is Presence.PAUSED and request.reason in self._reasons - HUB_REASONS),
                "reason",
                f"goes with PRESENCE_PAUSED and is one of {sorted(self._reasons - HUB_REASONS)}",
            )
        )
        return_at = request.return_time.ToMicroseconds() / 1e6 if request.HasField("return_time") else None
        ahead_s = 1.0 if return_at is None else return_at - self._clock().timestamp()
        check.that(
            0 < ahead_s <= _LONGEST_PAUSE_S and (return_at is None or presence is Presence.PAUSED),
            "return_time",
            "goes with PRESENCE_PAUSED and lies ahead, at most a day",
        ).raise_if_any()
        row = await self._run(
            desk.set_presence,
            caller().subject,
            _PRESENCES[request.presence],
            self._offer_s,
            request.reason,
            return_at,
        )
        return pb.SetPresenceResponse(agent=protos.agent(row))

    async def AcceptOffer(self, request: pb.AcceptOfferRequest, context: Any) -> pb.AcceptOfferResponse:
        """Take an offer."""
        Check(request).required("offer_id").uuid("offer_id").raise_if_any()
        row = await self._run(desk.accept_offer, request.offer_id, caller().subject, self._offer_s, self._lines)
        if row.medium == "voice" and not row.conference_id:
            await self._run(hearing.find_call, row.case_id, self._lines)
        return pb.AcceptOfferResponse(work_item=protos.work_item(row))

    async def DeclineOffer(self, request: pb.DeclineOfferRequest, context: Any) -> pb.DeclineOfferResponse:
        """Say no to an offer."""
        Check(request).required("offer_id").uuid("offer_id").length("reason", 0, 200).raise_if_any()
        await self._run(desk.decline_offer, request.offer_id, caller().subject, request.reason, self._offer_s)
        return pb.DeclineOfferResponse()

    async def StartWrapUp(self, request: pb.StartWrapUpRequest, context: Any) -> pb.StartWrapUpResponse:
        """The conversation is over."""
        Check(request).required("work_item_id").uuid("work_item_id").raise_if_any()
        row = await self._run(desk.start_wrap_up, request.work_item_id, caller().subject, self._offer_s)
        return pb.StartWrapUpResponse(work_item=protos.work_item(row))

    async def FinishWork(self, request: pb.FinishWorkRequest, context: Any) -> pb.FinishWorkResponse:
        """Finish work; the caller is free for the next."""
        check = Check(request).required("work_item_id").uuid("work_item_id")
        check.range("seen_contact_count", 0, 2**31 - 1).raise_if_any()
        agent_id = caller().subject

        def finish(tx: Tx) -> Row:
            return desk.finish_work(
                tx,
                request.work_item_id,
                agent_id,
                close_case=request.close_case,
                seen=request.seen_contact_count,
                terms=self._terms.read(tx),
            )

        row = await self._run(finish)
        return pb.FinishWorkResponse(work_item=protos.work_item(row))

    async def PutAgent(self, request: pb.PutAgentRequest, context: Any) -> pb.PutAgentResponse:
        """Create or change an agent record."""
        row = await self._run(desk.put_agent, _agent(request))
        return pb.PutAgentResponse(agent=protos.agent(row))

    async def ListAgents(self, request: pb.ListAgentsRequest, context: Any) -> pb.ListAgentsResponse:
        """Agents by id."""
        limit = pages.size(request.page_size, usual=100, largest=500)
        last = pages.after(request, (str,))
        rows = await self._read(agents.agents, last[0] if last else "", limit + 1)
        found = pb.ListAgentsResponse(agents=map(protos.agent, rows[:limit]))
        if len(rows) > limit:
            found.next_page_token = pages.token(request, [rows[limit - 1].id])
        return found

    async def PutPlan(self, request: pb.PutPlanRequest, context: Any) -> pb.PutPlanResponse:
        """Create or change a plan."""
        plan = planning.checked_plan(request)
        await self._run(plans.put, plan)
        return pb.PutPlanResponse(plan=protos.plan(plan))

    async def ListPlans(self, request: pb.ListPlansRequest, context: Any) -> pb.ListPlansResponse:
        """Every plan in its order."""
        return pb.ListPlansResponse(plans=map(protos.plan, await self._read(plans.all_plans)))

    async def RemovePlan(self, request: pb.RemovePlanRequest, context: Any) -> pb.RemovePlanResponse:
        """Drop a plan."""
        if not await self._run(plans.remove, request.plan_id):
            raise NotFound("plan", request.plan_id)
        return pb.RemovePlanResponse()

    async def ExplainRouting(self, request: pb.ExplainRoutingRequest, context: Any) -> pb.ExplainRoutingResponse:
        """Why work went to whom."""
        Check(request).required("work_item_id").uuid("work_item_id").raise_if_any()
        return planning.explained(await self._read(explaining.explain, request.work_item_id))

    async def GetWorkItem(self, request: pb.GetWorkItemRequest, context: Any) -> pb.GetWorkItemResponse:
        """One work item."""
        Check(request).required("work_item_id").uuid("work_item_id").raise_if_any()
        row = await self._read(work.work_item, request.work_item_id)
        if row is None:
            raise NotFound("work item", request.work_item_id)
        told = protos.work_item(row)
        told.steps.extend(protos.steps(course_of(row).joined(row.assigned_at)))
        return pb.GetWorkItemResponse(work_item=told)

    async def ListWorkItems(self, request: pb.ListWorkItemsRequest, context: Any) -> pb.ListWorkItemsResponse:
        """Work items in the order they will be taken."""
        limit = pages.size(request.page_size, usual=100, largest=500)
        last = pages.after(request, (float, str))
        after = (last[0], last[1]) if last else None
        known = set(request.states) <= _STATES.keys()
        Check(request).that(known, "states", "are states that there are").raise_if_any()
        usual = WorkState if request.case_id else (WorkState.QUEUED,)
        states = [_STATES[state].value for state in request.states] or [state.value for state in usual]
        rows = await self._read(work.list_work, states, request.case_id, after, limit + 1)
        found = pb.ListWorkItemsResponse(work_items=map(protos.work_item, rows[:limit]))
        if len(rows) > limit:
            row = rows[limit - 1]
            found.next_page_token = pages.token(request, [row.rank, row.id])
        return found

    async def _run(self, use_case: Any, *arguments: Any) -> Any:
        return await run_blocking(self._database.run, use_case, *arguments)

    async def _read(self, use_case: Any, *arguments: Any) -> Any:
        return await run_blocking(self._database.read, use_case, *arguments)


def _resumed(token: str, agent_id: str) -> int | None:
    """The sequence a stream goes on after; None to start with the desk as it is."""
    if not token:
        return None
    owner, _, sequence = token.rpartition("@")
    if owner != agent_id or not sequence.isdecimal():
        raise InvalidArgument([("resume_token", "does not come from a desk of yours")])
    return int(sequence)


def resume_token(agent_id: str, sequence: int) -> str:
    """What a stream gives back to go on after this change."""
    return f"{agent_id}@{sequence}"


def _desk(found: Desk) -> pb.Desk:
    return pb.Desk(
        agent=protos.agent(found.agent),
        offers=[
            protos.offer(row, item, of=_transfer(found.transfers.get(row.transfer_id))) for row, item in found.offers
        ],
        work_items=[protos.work_item(row) for row in found.work],
        transfers=[protos.transfer(one.row, one.note) for one in found.transfers.values()],
    )


def _transfer(found: Opened | None, state: str = "") -> work_pb2.Transfer | None:
    return None if found is None else protos.transfer(found.row, found.note, state)


def _changed(found: Change, agent_id: str) -> pb.WatchDeskResponse:
    told = pb.WatchDeskResponse(resume_token=resume_token(agent_id, found.change.sequence))
    if found.offer is not None and found.work_item is not None:
        told.offer.CopyFrom(protos.offer(found.offer, found.work_item, found.change.state, _transfer(found.transfer)))
    elif found.work_item is not None:
        told.work_item.CopyFrom(protos.work_item(found.work_item, found.change.state))
    elif found.transfer is not None:
        told.transfer.CopyFrom(protos.transfer(found.transfer.row, found.transfer.note, found.change.state))
    return told


def signalled(changed: events_pb2.DeskChanged) -> pb.WatchDeskResponse | None:
    """The change a signal carries, as streams tell it; None if it carries none."""
    what = changed.WhichOneof("what")
    if what is None:
        return None
    told = pb.WatchDeskResponse(resume_token=resume_token(changed.agent_id, changed.sequence))
    if what == "offer":
        told.offer.CopyFrom(changed.offer)
    else:
        told.work_item.CopyFrom(changed.work_item)
    return told


def _agent(request: pb.PutAgentRequest) -> Agent:
    given = request.agent
    words = [*given.languages, *given.skills]
    check = Check(request).length("agent.id", 1, 128).range("agent.capacity", 1, MOST_CAPACITY)
    check.length("agent.languages", 1, _MOST_ABILITIES).length("agent.skills", 0, _MOST_ABILITIES)
    tidy = all(
        word and len(word) <= 40 and not any(letter.isspace() or letter in ":/" for letter in word) for word in words
    )
    check.that(tidy, "agent.skills", 'skills and languages are words of at most 40 letters without blanks, ":" and "/"')
    sound = set(given.levels) <= set(words) and all(level in LEVELS for level in given.levels.values())
    check.that(sound, "agent.levels", "are 1 to 5, of languages and skills that the agent has").raise_if_any()
    levels = dict(given.levels)
    languages, skills = with_levels(given.languages, levels), with_levels(given.skills, levels)
    return Agent(given.id, languages, skills, given.capacity)
