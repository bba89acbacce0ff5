"""The courier: the api brings the questions of surveys to intake, which asks the citizen on their own channel.

A question is asked for by its own id, so asked again intake sends nothing more. When intake does not answer, it is due
again half a minute later.
"""

from __future__ import annotations

from collections.abc import Sequence

from hub120.intake.v1 import message_service_pb2 as pb

from chassis import couriers
from chassis.database import Database, Tx
from chassis.errors import Unavailable
from chassis.grpc_client import Peer, Refused
from services.outreach.domain import surveys
from services.outreach.use_cases import surveying


class SurveyCourier(couriers.Courier[tuple[str, str]]):
    """Brings questions, each by its id and its case."""

    def __init__(self, database: Database, intake: Peer) -> None:
        super().__init__("survey_courier", database, intake)

    def take_due(self, tx: Tx, limit: int, busy: Sequence[str]) -> Sequence[tuple[str, str]]:
        """Questions that are due; what is under way is not due again before it is over."""
        return surveying.take_due(tx, limit)

    def name_of(self, due: tuple[str, str]) -> str:
        """The question's id."""
        return due[0]

    async def carry(self, due: tuple[str, str]) -> None:
        """Have intake ask."""
        survey_id, case_id = due
        try:
            answer = await self.ask("TellCitizen", question(survey_id, case_id), "survey")
        except Unavailable:
            return
        except Refused as refused:
            self.log.warning("refused", survey_id=survey_id, reason=refused.reason)
            await self.do(surveying.brought, survey_id, told=False)
        else:
            await self.do(surveying.brought, survey_id, told=answer.told)


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
