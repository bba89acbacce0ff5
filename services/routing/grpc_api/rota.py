"""The RotaService of the contract: each method reads its request, calls one use case, answers."""

from __future__ import annotations

from typing import Any

from hub120.routing.v1 import rota_service_pb2 as pb
from hub120.routing.v1 import rota_service_pb2_grpc as grpc_pb

from chassis import pages
from chassis.calendars import FIRST_YEAR, LAST_YEAR
from chassis.clock import moment
from chassis.database import Database
from chassis.grpc_host import Check, caller, run_blocking
from services.routing.domain.rota import DAY_S, Group, Shift, Team
from services.routing.domain.swaps import OPEN, SwapState
from services.routing.grpc_api import rota_protos as protos
from services.routing.grpc_api import rota_requests as requests
from services.routing.grpc_api.rota_requests import LONGEST_SPAN_DAYS, Form
from services.routing.store import rota as store
from services.routing.use_cases import rota, swaps

_SWAP_STATES = {number: state for state, number in protos.SWAP_STATES.items()}
_ANSWERS = {SwapState.ACCEPTED, SwapState.DECLINED, SwapState.WITHDRAWN}
_MOST_GAPS = 1000
_SUPERVISOR = "supervisor"


class RotaApi(grpc_pb.RotaServiceServicer):
    """Who works when. Agents read it and swap duties of their own; supervisors write it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def PutTeam(self, request: pb.PutTeamRequest, context: Any) -> pb.PutTeamResponse:
        """Create or change a team."""
        team = requests.team(request)
        await self._run(rota.put_team, team)
        _, shifts, groups = await self._read(rota.list_teams)
        return pb.PutTeamResponse(team=protos.team(team, shifts, groups))

    async def ListTeams(self, request: pb.ListTeamsRequest, context: Any) -> pb.ListTeamsResponse:
        """All teams."""
        found: tuple[list[Team], list[Shift], list[Group]] = await self._read(rota.list_teams)
        teams, shifts, groups = found
        return pb.ListTeamsResponse(teams=[protos.team(team, shifts, groups) for team in teams])

    async def PutShift(self, request: pb.PutShiftRequest, context: Any) -> pb.PutShiftResponse:
        """Create or change a shift."""
        shift = requests.shift(request)
        await self._run(rota.put_shift, shift)
        return pb.PutShiftResponse(shift=protos.shift(shift))

    async def PutGroup(self, request: pb.PutGroupRequest, context: Any) -> pb.PutGroupResponse:
        """Create or change a group."""
        group = requests.group(request)
        await self._run(rota.put_group, group)
        return pb.PutGroupResponse(group=protos.group(group))

    async def PutMembership(self, request: pb.PutMembershipRequest, context: Any) -> pb.PutMembershipResponse:
        """Say that an agent belongs to a team."""
        member = requests.membership(request)
        await self._run(rota.put_membership, member)
        return pb.PutMembershipResponse(membership=protos.membership(member))

    async def ListMemberships(self, request: pb.ListMembershipsRequest, context: Any) -> pb.ListMembershipsResponse:
        """Memberships by agent."""
        limit = pages.size(request.page_size, usual=200, largest=1000)
        form = Form(request)
        team_id = form.id("team_id", optional=True)
        form.raise_if_any()
        last = pages.after(request, (str, str, str)) or ["", "", ""]
        found = await self._read(store.list_memberships, team_id, tuple(last), limit + 1)
        told = pb.ListMembershipsResponse(memberships=map(protos.membership, found[:limit]))
        if len(found) > limit:
            one = found[limit - 1]
            told.next_page_token = pages.token(request, [one.agent_id, one.from_day.isoformat(), one.team_id])
        return told

    async def PutCalendarDay(self, request: pb.PutCalendarDayRequest, context: Any) -> pb.PutCalendarDayResponse:
        """Say that a day is a holiday, or none."""
        form = Form(request)
        day, team_id, name = form.day("day"), form.id("team_id", optional=True), form.text("name", 1, 80)
        form.raise_if_any()
        holiday = bool(request.holiday)
        await run_blocking(self._database.run, rota.put_calendar_day, day, team_id, name, holiday=holiday)
        told = rota.Holiday(day, name, "", holiday, own=True, team_id=team_id)
        return pb.PutCalendarDayResponse(day=protos.holiday(told))

    async def RemoveCalendarDay(
        self, request: pb.RemoveCalendarDayRequest, context: Any
    ) -> pb.RemoveCalendarDayResponse:
        """Take back what was said of a day."""
        form = Form(request)
        day, team_id = form.day("day"), form.id("team_id", optional=True)
        form.raise_if_any()
        await self._run(store.remove_day, day, team_id)
        return pb.RemoveCalendarDayResponse()

    async def ListHolidays(self, request: pb.ListHolidaysRequest, context: Any) -> pb.ListHolidaysResponse:
        """The holidays of a year."""
        Check(request).range("year", FIRST_YEAR, LAST_YEAR).raise_if_any()
        found = await self._read(rota.list_holidays, request.year)
        return pb.ListHolidaysResponse(holidays=map(protos.holiday, found))

    async def PutOverride(self, request: pb.PutOverrideRequest, context: Any) -> pb.PutOverrideResponse:
        """Differ from the plan."""
        override = requests.override(request)
        row, reason, found = await self._run(rota.put_override, override, request.override.reason)
        return pb.PutOverrideResponse(override=protos.override(row, reason), concerns=protos.concerns(found))

    async def RemoveOverride(self, request: pb.RemoveOverrideRequest, context: Any) -> pb.RemoveOverrideResponse:
        """Take an override back."""
        Check(request).required("override_id").uuid("override_id").raise_if_any()
        await self._run(rota.remove_override, request.override_id.lower())
        return pb.RemoveOverrideResponse()

    async def ListOverrides(self, request: pb.ListOverridesRequest, context: Any) -> pb.ListOverridesResponse:
        """Overrides that touch a span."""
        span = _span(Form(request))
        found = await self._read(rota.list_overrides, *span)
        return pb.ListOverridesResponse(overrides=[protos.override(row, reason) for row, reason in found])

    async def RequestSwap(self, request: pb.RequestSwapRequest, context: Any) -> pb.RequestSwapResponse:
        """Offer a duty of the caller to another agent."""
        form = Form(request)
        to_agent_id, reason = form.agent("to_agent_id"), form.text("reason", 0, 200)
        give, take = form.moment("give_start_time"), form.optional_moment("take_start_time")
        near = take is None or abs(take - give) <= LONGEST_SPAN_DAYS * DAY_S
        form.that(near, "take_start_time", f"is within {LONGEST_SPAN_DAYS} days of the other")
        form.that(to_agent_id != caller().subject, "to_agent_id", "is another agent").raise_if_any()
        told = await self._run(swaps.request_swap, caller().subject, to_agent_id, give, take, reason)
        return pb.RequestSwapResponse(swap=protos.swap(told), concerns=protos.concerns(told.concerns))

    async def AnswerSwap(self, request: pb.AnswerSwapRequest, context: Any) -> pb.AnswerSwapResponse:
        """Accept, decline or withdraw."""
        check = Check(request).required("swap_id").uuid("swap_id").enum("answer")
        answer = _SWAP_STATES.get(request.answer, SwapState.EXPIRED)
        check.that(answer in _ANSWERS, "answer", "is accepted, declined or withdrawn").raise_if_any()
        told = await run_blocking(
            self._database.run,
            swaps.answer_swap,
            request.swap_id.lower(),
            answer,
            caller().subject,
            supervises=_SUPERVISOR in caller().roles,
        )
        return pb.AnswerSwapResponse(swap=protos.swap(told), concerns=protos.concerns(told.concerns))

    async def ApproveSwap(self, request: pb.ApproveSwapRequest, context: Any) -> pb.ApproveSwapResponse:
        """Put a swap on the rota."""
        Check(request).required("swap_id").uuid("swap_id").raise_if_any()
        swap_id, by = request.swap_id.lower(), caller().subject
        told = await run_blocking(self._database.run, swaps.approve_swap, swap_id, by, force=bool(request.force))
        return pb.ApproveSwapResponse(swap=protos.swap(told), concerns=protos.concerns(told.concerns))

    async def ListSwaps(self, request: pb.ListSwapsRequest, context: Any) -> pb.ListSwapsResponse:
        """Swaps, newest first; agents see their own."""
        limit = pages.size(request.page_size, usual=100, largest=500)
        form = Form(request)
        agent_id = form.agent("agent_id", optional=True)
        known = set(request.states) <= _SWAP_STATES.keys()
        form.that(known, "states", "are states that there are").raise_if_any()
        states = [_SWAP_STATES[state] for state in request.states] or sorted(OPEN)
        whose = agent_id if _SUPERVISOR in caller().roles else caller().subject
        last = pages.after(request, (str,))
        found = await self._read(swaps.list_swaps, states, whose, last[0] if last else "", limit + 1)
        told = pb.ListSwapsResponse(swaps=map(protos.swap, found[:limit]))
        if len(found) > limit:
            told.next_page_token = pages.token(request, [found[limit - 1].row.id])
        return told

    async def WhoIsOn(self, request: pb.WhoIsOnRequest, context: Any) -> pb.WhoIsOnResponse:
        """Who is on duty, and who comes next."""
        form = Form(request)
        asked_for, team_id = form.optional_moment("time"), form.id("team_id", optional=True)
        form.raise_if_any()
        at, found = await self._read(rota.who_is_on, asked_for, team_id)
        return pb.WhoIsOnResponse(time=moment(at), teams=map(protos.team_duty, found))

    async def ListDuty(self, request: pb.ListDutyRequest, context: Any) -> pb.ListDutyResponse:
        """Who is on duty in a span."""
        limit = pages.size(request.page_size, usual=500, largest=5000)
        form = Form(request)
        team_id, agent_id = form.id("team_id", optional=True), form.agent("agent_id", optional=True)
        span = _span(form)
        last = pages.after(request, (float, float, str, str))
        found = await self._read(rota.list_duty, *span, team_id, agent_id)
        rest = [one for one in found if last is None or list(one[:4]) > last]
        told = pb.ListDutyResponse(duties=map(protos.duty, rest[:limit]))
        if len(rest) > limit:
            told.next_page_token = pages.token(request, list(rest[limit - 1][:4]))
        return told

    async def ListGaps(self, request: pb.ListGapsRequest, context: Any) -> pb.ListGapsResponse:
        """When somebody is missing."""
        form = Form(request)
        team_id, span = form.id("team_id", optional=True), _span(form)
        found = await self._read(rota.list_gaps, *span, team_id)
        return pb.ListGapsResponse(gaps=map(protos.gap, found[:_MOST_GAPS]))

    async def _run(self, use_case: Any, *arguments: Any) -> Any:
        return await run_blocking(self._database.run, use_case, *arguments)

    async def _read(self, use_case: Any, *arguments: Any) -> Any:
        return await run_blocking(self._database.read, use_case, *arguments)


def _span(form: Form) -> tuple[float, float]:
    span = form.span("start_time", "end_time", LONGEST_SPAN_DAYS)
    form.raise_if_any()
    return span
