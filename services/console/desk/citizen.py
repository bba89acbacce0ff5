"""Who the citizen of a case is: their other cases, and on request their addresses, links and proved numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from hub120.intake.v1 import case_pb2
from hub120.intake.v1 import intake_service_pb2 as intake
from starlette.responses import Response
from starlette.routing import Route

from services.console.live import Part
from services.console.visits import House, Visit

_MOST_OTHERS: Final = 5


class CitizenCard:
    """In the header of a case. Addresses are shown when they are asked for: each reading of them is written down."""

    def routes(self, house: House) -> Sequence[Route]:
        """Its actions."""
        path = "/desk/cases/{case_id}/citizen"
        return [
            house.action(path, self._show),
            house.action(f"{path}/verify", self._verify),
            house.action(f"{path}/confirm", self._confirm),
            house.action(f"{path}/unlink", self._unlink),
        ]

    async def others(self, visit: Visit, case: case_pb2.Case) -> Sequence[case_pb2.Case]:
        """The citizen's other cases, newest first."""
        wanted = intake.ListCasesRequest(citizen_id=case.citizen_id, page_size=_MOST_OTHERS + 1)
        found = await visit.ask(wanted)
        return [one for one in found.cases if one.id != case.id][:_MOST_OTHERS]

    async def _show(self, visit: Visit) -> Response:
        case = await self._case(visit)
        found = await visit.ask(intake.GetCitizenRequest(citizen_id=case.citizen_id))
        return visit.done(_card(visit, case, found.citizen))

    async def _verify(self, visit: Visit) -> Response:
        form = await visit.form()
        case = await self._case(visit)
        phone_number = form["phone_number"]
        sent = await visit.ask(intake.StartVerificationRequest(citizen_id=case.citizen_id, phone_number=phone_number))
        return visit.done(visit.part("verification", "desk/verification.html", case=case, sent=sent))

    async def _confirm(self, visit: Visit) -> Response:
        form = await visit.form()
        proved = await visit.ask(
            intake.ConfirmVerificationRequest(verification_id=form["verification_id"], code=form["code"])
        )
        return await self._changed(visit, proved)

    async def _unlink(self, visit: Visit) -> Response:
        form = await visit.form()
        request = intake.UnlinkCitizenRequest(citizen_id=form["citizen_id"], reason=form["reason"])
        return await self._changed(visit, await visit.ask(request))

    async def _changed(self, visit: Visit, answer: Any) -> Response:
        case = await self._case(visit)
        others = await self.others(visit, case)
        return visit.done(
            _card(visit, case, answer.citizen), visit.part("others", "desk/others.html", others=others),
            said=visit.t("citizen.changed"),
        )  # fmt: skip

    async def _case(self, visit: Visit) -> case_pb2.Case:
        found: case_pb2.Case = (await visit.ask(intake.GetCaseRequest(case_id=visit.path["case_id"]))).case
        return found


def _card(visit: Visit, case: case_pb2.Case, citizen: case_pb2.Citizen) -> Part:
    return visit.part("citizen", "desk/citizen.html", case=case, citizen=citizen)
