"""Handing work on: to another agent, by name or by what they must have, and the case to a department."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from hub120.intake.v1 import case_pb2
from hub120.intake.v1 import intake_service_pb2 as intake
from hub120.routing.v1 import transfer_service_pb2 as transfers
from hub120.routing.v1 import work_pb2 as work
from starlette.responses import Response
from starlette.routing import Route

from services.console import wording
from services.console.desk.desk_now import DeskNow
from services.console.desk.naming import names_of_case
from services.console.desk.tools import own_work
from services.console.forms import Form
from services.console.live import News
from services.console.visits import House, Visit


class Handing:
    """The tool by which somebody else takes over."""

    name = "handing"
    key = "T"

    def routes(self, house: House) -> Sequence[Route]:
        """Its actions."""
        path = "/desk/cases/{case_id}/handing"
        return [
            house.action(f"{path}/agent", self._to_agent),
            house.action(f"{path}/complete", self._complete),
            house.action(f"{path}/cancel", self._cancel),
            house.action(f"{path}/department", self._to_department),
        ]

    async def values(self, visit: Visit, case: intake.GetCaseResponse) -> Mapping[str, Any]:
        """The departments there are, and what of the case can go along."""
        departments = await visit.ask(intake.ListDepartmentsRequest())
        return {
            "case": case.case,
            "departments": departments.departments,
            "attachments": _stored(case.entries),
            "languages": wording.choices(visit.language, "languages"),
            "skills": wording.choices(visit.language, "skills"),
        }

    def events(self, visit: Visit, case_id: str, desk: DeskNow) -> Sequence[AsyncIterator[News]]:
        """The transfers of the case as they move."""
        return [self._transfers(visit, case_id, desk)]

    async def _transfers(self, visit: Visit, case_id: str, desk: DeskNow) -> AsyncIterator[News]:
        """What the desk tells, and what ended before somebody looked: the note of whoever handed the work on."""
        names = await names_of_case(visit)
        before: dict[str, Sequence[work.Transfer]] = {}
        async for now in desk.changes():
            for item in now.work_of(case_id):
                if item.id not in before:
                    asked = transfers.ListTransfersRequest(work_item_id=item.id)
                    before[item.id] = (await visit.me.insist(asked)).transfers
            known = {one.id: one for found in before.values() for one in found}
            known |= {one.id: one for one in now.transfers_of(case_id)}
            yield visit.part(
                "handing-now", "desk/handing_now.html", transfers=[known[id] for id in sorted(known)],
                me=now.agent.id, case_id=case_id, **names,
            )  # fmt: skip

    async def _to_agent(self, visit: Visit) -> Response:
        """The request id makes a second one harmless."""
        form = await visit.form()
        item = await own_work(visit, visit.path["case_id"])
        request = _asked(form, item.id)
        if request.WhichOneof("to") is None:
            return visit.refuse(visit.t("handing.nobody_named"), {"agent_id": visit.t("handing.nobody_named")})
        await visit.ask_of_agents(request, "agent_id")
        return visit.done(said=visit.t("handing.asked"))

    async def _complete(self, visit: Visit) -> Response:
        form = await visit.form()
        await visit.ask(transfers.CompleteTransferRequest(transfer_id=form["transfer_id"]))
        return visit.done(said=visit.t("handing.completed"))

    async def _cancel(self, visit: Visit) -> Response:
        form = await visit.form()
        await visit.ask(transfers.CancelTransferRequest(transfer_id=form["transfer_id"]))
        return visit.done()

    async def _to_department(self, visit: Visit) -> Response:
        """The request id makes a second one harmless."""
        form = await visit.form()
        place = case_pb2.Place(address=form["address"]) if form["address"] else None
        await visit.ask(
            intake.HandOverCaseRequest(
                case_id=visit.path["case_id"], department=form["department"], title=form["title"], text=form["text"],
                place=place, attachment_ids=form.all("attachment_ids"), citizen_agreed=form.ticked("citizen_agreed"),
                urgent=form.ticked("urgent"), request_id=form["request_id"],
            )
        )  # fmt: skip
        return visit.done(said=visit.t("handing.stored"))


def _asked(form: Form, work_item_id: str) -> transfers.RequestTransferRequest:
    """Somebody by name, or else whoever has what is asked for."""
    needs = [work.Requirement(skill=form["skill"])] if form["skill"] else []
    needs += [work.Requirement(language=form["language"])] if form["language"] else []
    named = form["agent_id"]
    return transfers.RequestTransferRequest(
        work_item_id=work_item_id,
        agent_id=named or None,
        requirements=transfers.Requirements(needs=needs) if needs and not named else None,
        note=form["note"],
        style=work.TRANSFER_STYLE_COLD if form["style"] == "cold" else work.TRANSFER_STYLE_WARM,
        request_id=form["request_id"],
    )


def _stored(entries: Sequence[case_pb2.Entry]) -> Sequence[case_pb2.Attachment]:
    stored = case_pb2.ATTACHMENT_STATE_STORED
    return [one.attachment for one in entries if one.HasField("attachment") and one.attachment.state == stored]
