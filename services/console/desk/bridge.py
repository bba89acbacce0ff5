"""Calls: phoning the citizen of a case, and the three-way call in which nobody in danger is left before somebody has
said that they take over."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any, Final

from google.protobuf.message import Message
from hub120.intake.v1 import case_pb2
from hub120.intake.v1 import intake_service_pb2 as intake
from hub120.intake.v1 import packet_service_pb2 as packets
from hub120.routing.v1 import conference_pb2 as pb
from hub120.routing.v1 import conference_service_pb2 as conferences
from starlette.responses import Response
from starlette.routing import Route

from services.console import drawing, wording
from services.console.desk.desk_now import DeskNow
from services.console.desk.tools import own_work
from services.console.forms import Form
from services.console.live import News, Part, Said
from services.console.visits import House, Visit

OVER: Final = frozenset({pb.CONFERENCE_STATE_ENDED, pb.CONFERENCE_STATE_CANCELLED, pb.CONFERENCE_STATE_FAILED})
_EMERGENCY: Final = {
    "119": pb.EMERGENCY_SERVICE_FIRE,
    "112": pb.EMERGENCY_SERVICE_POLICE,
    "109": pb.EMERGENCY_SERVICE_SUICIDE_PREVENTION,
}


class Bridge:
    """The tool for calls."""

    name = "bridge"
    key = "B"

    def routes(self, house: House) -> Sequence[Route]:
        """Its actions."""
        path = "/desk/cases/{case_id}/bridge"
        return [
            house.action(f"{path}/call", self._call),
            house.action(f"{path}/start", self._start),
            house.action(f"{path}/hold", self._hold),
            house.action(f"{path}/add", self._add),
            house.action(f"{path}/acknowledge", self._acknowledge),
            house.action(f"{path}/leave", self._leave),
            house.action(f"{path}/end", self._end),
            house.action(f"{path}/cancel", self._cancel),
            house.action(f"{path}/packet", self._packet),
            house.action(f"{path}/read", self._read),
        ]

    async def values(self, visit: Visit, case: intake.GetCaseResponse) -> Mapping[str, Any]:
        """Whom to call."""
        return {"case": case.case, **await _whom(visit)}

    def events(self, visit: Visit, case_id: str, desk: DeskNow) -> Sequence[AsyncIterator[News]]:
        """The call of the agent's work, and its legs, as they move."""
        return [self._calls(visit, case_id, desk)]

    async def _calls(self, visit: Visit, case_id: str, desk: DeskNow) -> AsyncIterator[News]:
        """One call after the other: the next one begins when the one before is over."""
        shown = ""
        async for now in desk.changes():
            items = now.work_of(case_id)
            found = items[0].conference_id if items else ""
            if found and found != shown:
                shown = found
                async for news in self._conference(visit, case_id, found):
                    yield news

    async def _conference(self, visit: Visit, case_id: str, conference_id: str) -> AsyncIterator[News]:
        """How a call stands, after each thing that happens in it until it is over."""
        read = conferences.GetConferenceRequest(conference_id=conference_id)
        found = await visit.me.insist(read)
        drawn = {"case_id": case_id, **await _whom(visit)}
        for part in _parts(visit, found, drawn):
            yield part
        state, sequence = found.conference.state, found.conference.sequence

        def ask(last: conferences.WatchConferenceResponse | None) -> conferences.WatchConferenceRequest:
            after = last.entry.sequence if last else sequence
            return conferences.WatchConferenceRequest(conference_id=conference_id, after_sequence=after)

        if found.conference.state in OVER:
            return
        async for _ in visit.follow("bridge", ask):
            found = await visit.me.insist(read)
            for part in _parts(visit, found, drawn):
                yield part
            if found.conference.state != state:
                state = found.conference.state
                yield Said("tell", visit.t("bridge.now", state=stands(visit, found.conference)))
            if state in OVER:
                return

    async def _call(self, visit: Visit) -> Response:
        """The request id makes a second one harmless."""
        form = await visit.form()
        item = await own_work(visit, visit.path["case_id"])
        await visit.ask(conferences.StartCallRequest(work_item_id=item.id, request_id=form["request_id"]))
        return visit.done(said=visit.t("bridge.your_telephone"))

    async def _start(self, visit: Visit) -> Response:
        """The request id makes a second one harmless."""
        form = await visit.form()
        item = await own_work(visit, visit.path["case_id"])
        kind, _, whom = form["whom"].partition(" ")
        await visit.ask(
            conferences.StartConferenceRequest(
                work_item_id=item.id, target=_target(form["whom"]), ladder_id=whom if kind == "ladder" else None,
                drill=form.ticked("drill"), request_id=form["request_id"],
            )
        )  # fmt: skip
        return visit.done(said=visit.t("bridge.begun"))

    async def _hold(self, visit: Visit) -> Response:
        form = await visit.form()
        held = form.ticked("held")
        return await self._asked(
            visit, conferences.HoldLegRequest(conference_id=form["conference_id"], leg_id=form["leg_id"], held=held)
        )

    async def _add(self, visit: Visit) -> Response:
        form = await visit.form()
        target = _target(form["whom"])
        return await self._asked(visit, conferences.AddLegRequest(conference_id=form["conference_id"], target=target))

    async def _acknowledge(self, visit: Visit) -> Response:
        form = await visit.form()
        request = conferences.AcknowledgeConferenceRequest(
            conference_id=form["conference_id"], acknowledged_by=form["acknowledged_by"]
        )
        return await self._asked(visit, request)

    async def _leave(self, visit: Visit) -> Response:
        """Refused by the hub before somebody has taken over: what then stands in the panel says what to do."""
        form = await visit.form()
        return await self._asked(visit, conferences.LeaveConferenceRequest(conference_id=form["conference_id"]))

    async def _end(self, visit: Visit) -> Response:
        form = await visit.form()
        return await self._asked(visit, conferences.EndConferenceRequest(**_reasoned(form)))

    async def _cancel(self, visit: Visit) -> Response:
        form = await visit.form()
        return await self._asked(visit, conferences.CancelConferenceRequest(**_reasoned(form)))

    async def _asked(self, visit: Visit, request: Message) -> Response:
        """What changes with it comes by the page's events. Each of these may be repeated."""
        await visit.ask(request)
        return visit.done()

    async def _packet(self, visit: Visit) -> Response:
        form = await visit.form()
        place = case_pb2.Place(address=form["address"]) if form["address"] else None
        stored = await visit.ask(
            packets.PutPacketRequest(
                case_id=visit.path["case_id"],
                title=form["title"],
                summary=form["summary"],
                topic=form["topic"],
                place=place,
            )
        )
        return visit.done(_packet_part(visit, stored.packet), said=visit.t("bridge.packet_stored"))

    async def _read(self, visit: Visit) -> Response:
        found = await visit.ask(packets.GetPacketRequest(case_id=visit.path["case_id"]))
        return visit.done(_packet_part(visit, found.packet))


async def _whom(visit: Visit) -> Mapping[str, Any]:
    """Who can be called, beside the emergency services."""
    ladders = await visit.me.insist(conferences.ListLaddersRequest())
    departments = await visit.me.insist(intake.ListDepartmentsRequest())
    return {"ladders": ladders.ladders, "departments": departments.departments}


def stands(visit: Visit, conference: pb.Conference) -> str:
    """The word for where a call stands; a talk has plainer ones."""
    name = drawing.enum_name(conference, "state")
    talk = conference.purpose == pb.CONFERENCE_PURPOSE_TALK
    return visit.named("bridge", f"talk_{name}") if talk else wording.state(visit.language, name)


def _target(whom: str) -> pb.ConferenceTarget | None:
    """Who is called; None for a ladder."""
    kind, _, who = whom.partition(" ")
    if kind == "emergency" and who in _EMERGENCY:
        return pb.ConferenceTarget(emergency=_EMERGENCY[who])
    return pb.ConferenceTarget(department=who) if kind == "department" else None


def _reasoned(form: Form) -> Mapping[str, str]:
    return {"conference_id": form["conference_id"], "reason": form["reason"]}


def _parts(visit: Visit, found: conferences.GetConferenceResponse, drawn: Mapping[str, Any]) -> Sequence[Part]:
    """How it stands and who is in it change often; what can be done seldom, so what is typed there stays."""
    said = [one for one in found.entries if one.kind == pb.CONFERENCE_ENTRY_KIND_ACKNOWLEDGED]
    values = {"conference": found.conference, "acknowledged": said[-1] if said else None, **drawn}
    values |= {"over": found.conference.state in OVER, "stands": stands(visit, found.conference)}
    return [
        visit.part("bridge-state", "desk/bridge_state.html", **values),
        visit.part("bridge-legs", "desk/bridge_legs.html", **values),
        visit.part("bridge-do", "desk/bridge_do.html", **values),
    ]


def _packet_part(visit: Visit, packet: packets.Packet) -> Part:
    return visit.part("packet-read", "desk/packet.html", packet=packet)
