"""The tool that refers citizens: its actions and its events."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any, Final

from hub120.intake.v1 import intake_service_pb2 as intake
from starlette.routing import Route

from services.console.desk.desk_now import DeskNow
from services.console.desk.referring import assessing, consenting, finding, steps
from services.console.desk.referring.news import ReferralNews
from services.console.live import News
from services.console.visits import Handler, House, Visit

_OF_CASE: Final[Mapping[str, Handler]] = {
    "assess": assessing.assess,
    "search": finding.search,
    "choose": finding.choose,
    "propose": finding.propose,
}
_OF_REFERRAL: Final[Mapping[str, Handler]] = {
    "open": steps.read,
    "prepare": consenting.prepare,
    "agree": consenting.agree,
    "revoke": consenting.revoke,
    "send": steps.send,
    "call": steps.call,
    "hang_up": steps.hang_up,
    "report": steps.report,
    "withdraw": steps.withdraw,
    "confirm": steps.confirm,
}


class Referring:
    """The tool that refers citizens."""

    name = "referring"
    key = "F"

    def routes(self, house: House) -> Sequence[Route]:
        """Its actions."""
        path = "/desk/cases/{case_id}/referring"
        return [
            *(house.action(f"{path}/{step}", handler) for step, handler in _OF_CASE.items()),
            *(house.action(f"{path}/{{referral_id}}/{step}", handler) for step, handler in _OF_REFERRAL.items()),
        ]

    async def values(self, visit: Visit, case: intake.GetCaseResponse) -> Mapping[str, Any]:
        """The case alone: what there is of referrals comes as events."""
        return {"case": case.case}

    def events(self, visit: Visit, case_id: str, desk: DeskNow) -> Sequence[AsyncIterator[News]]:
        """The referrals of the case."""
        return (ReferralNews(visit, case_id).told(),)
