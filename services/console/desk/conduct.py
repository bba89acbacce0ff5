"""What the centre does about abuse: an agent reports it, reads out what the policy gives them, and takes its steps."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from hub120.intake.v1 import intake_service_pb2 as intake
from hub120.routing.v1 import conduct_pb2 as pb
from hub120.routing.v1 import conduct_service_pb2 as conduct
from starlette.responses import Response
from starlette.routing import Route

from services.console.desk.desk_now import DeskNow
from services.console.desk.tools import own_work
from services.console.drawing import choices
from services.console.live import News, Part
from services.console.visits import House, Visit


class Conduct:
    """The tool that protects the agent."""

    name = "conduct"
    key = "X"

    def routes(self, house: House) -> Sequence[Route]:
        """Its actions."""
        path = "/desk/cases/{case_id}/conduct"
        return [
            house.action(f"{path}/report", self._report),
            house.action(f"{path}/step", self._step),
            house.action(f"{path}/withdraw", self._withdraw),
        ]

    async def values(self, visit: Visit, case: intake.GetCaseResponse) -> Mapping[str, Any]:
        """The classes of the policy."""
        policy = (await visit.ask(conduct.GetConductPolicyRequest())).policy
        return {"classes": policy.classes}

    def events(self, visit: Visit, case_id: str, desk: DeskNow) -> Sequence[AsyncIterator[News]]:
        """None: a report changes by what its agent does."""
        return ()

    async def _report(self, visit: Visit) -> Response:
        """The request id makes a second one harmless."""
        form = await visit.form()
        item = await own_work(visit, visit.path["case_id"])
        abuse_class, _, situation = form["situation"].partition(" ")
        told = await visit.ask(
            conduct.ReportAbuseRequest(
                work_item_id=item.id, abuse_class=abuse_class, situation=situation, note=form["note"],
                request_id=form["request_id"],
            )
        )  # fmt: skip
        return visit.done(_part(visit, told.report, told.text))

    async def _step(self, visit: Visit) -> Response:
        form = await visit.form()
        taken = await visit.ask(
            conduct.TakeStepRequest(report_id=form["report_id"], step=form.number("step"))  # type: ignore[arg-type] # an enum's number
        )
        return visit.done(_part(visit, taken.report, None))

    async def _withdraw(self, visit: Visit) -> Response:
        form = await visit.form()
        withdrawn = await visit.ask(conduct.WithdrawReportRequest(report_id=form["report_id"], reason=form["reason"]))
        return visit.done(_part(visit, withdrawn.report, None))


def _part(visit: Visit, report: pb.AbuseReport, text: pb.SpokenText | None) -> Part:
    """The report, what to read out for it, and the steps that it allows: what is prescribed, or less. The lightest is
    first; each includes what those before it allow."""
    allowed = [one for one in choices(pb.ConductStep, visit.language) if one[0] <= report.prescribed_step]
    return visit.part(
        "conduct-now", "desk/conduct_now.html", report=report, text=text, allowed=allowed, case_id=report.case_id
    )
