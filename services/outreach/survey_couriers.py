"""The courier: the api brings the questions of surveys to intake, which asks the citizen on their own channel.

A question is asked for by its own id, so asked again intake sends nothing more. When intake does not answer, it is due
again half a minute later.
"""

from __future__ import annotations

from typing import Any, Final

from hub120.intake.v1 import message_service_pb2 as pb

from chassis import logs
from chassis.database import Database
from chassis.errors import Unavailable
from chassis.event_loop import run_blocking
from chassis.grpc_client import Peer, Refused
from chassis.lookout import Lookout
from services.outreach.domain import surveys
from services.outreach.use_cases import surveying

DEADLINE_S: Final = 5.0
_log = logs.get_logger("survey_courier")


class SurveyCourier:
    """Brings what is due while the process runs. Belongs to the event loop."""

    def __init__(self, database: Database, intake: Peer) -> None:
        self._database, self._intake = database, intake
        self._lookout = Lookout("survey courier", self._bring_all)

    async def run(self) -> None:
        """Look every second; runs as long as the process."""
        try:
            await self._lookout.run()
        finally:
            await self._intake.close()

    async def _bring_all(self) -> None:
        for survey_id, case_id in await self._run(surveying.take_due):
            await self._bring(survey_id, case_id)

    async def _bring(self, survey_id: str, case_id: str) -> None:
        try:
            answer = await self._intake.call(
                "TellCitizen", question(survey_id, case_id), deadline_s=DEADLINE_S, repeatable=True, purpose="survey"
            )
        except Unavailable:
            return
        except Refused as refused:
            _log.warning("refused", survey_id=survey_id, reason=refused.reason)
            await self._run(surveying.brought, survey_id, told=False)
        else:
            await self._run(surveying.brought, survey_id, told=answer.told)

    async def _run(self, use_case: Any, *arguments: Any, **more: Any) -> Any:
        return await run_blocking(self._database.run, use_case, *arguments, **more)


def question(survey_id: str, case_id: str) -> pb.TellCitizenRequest:
    """What intake is asked to ask."""
    choices = [pb.Choice(code=str(score), words=words) for score, words in enumerate(surveys.ANSWERS, 1)]
    return pb.TellCitizenRequest(
        case_id=case_id,
        message_id=survey_id,
        texts=surveys.QUESTION,
        choices=choices,
        open_hours=surveys.OPEN_HOURS,
    )
