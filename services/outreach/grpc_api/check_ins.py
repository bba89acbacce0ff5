"""The CheckInService of the contract: each method reads its request, calls one use case, answers."""

from __future__ import annotations

import re
from datetime import UTC
from typing import Any

from hub120.outreach.v1 import check_in_service_pb2 as pb
from hub120.outreach.v1 import check_in_service_pb2_grpc

from chassis import pages
from chassis.database import Database
from chassis.grpc_host import Check, caller, purpose, run_blocking
from chassis.statements import Row
from services.outreach import check_in_protos as protos
from services.outreach.domain.calling_times import Span
from services.outreach.domain.sheets import LONGEST_TEXT
from services.outreach.use_cases import calling_people, planning, reading, seeking, sheet_answers
from services.outreach.use_cases.people import Reader
from services.outreach.use_cases.seeking import Said
from services.outreach.use_cases.sheet_answers import Submitted

_CODE = re.compile(r"[A-Za-z0-9._-]{1,64}")
_SHEET = re.compile(r"[a-z0-9_-]{1,64}")
_MOST_NEEDS, _MOST_ANSWERS, _MOST_QUESTIONS = 10, 50, 50
_NEWEST_VERSION = 2**31 - 1


class CheckInApi(check_in_service_pb2_grpc.CheckInServiceServicer):
    """Check-ins; whoever acts is the caller. ``centre``: the hours in which it calls."""

    def __init__(self, database: Database, centre: Span) -> None:
        self._database, self._centre = database, centre

    async def GetCheckIn(self, request: pb.GetCheckInRequest, context: Any) -> pb.GetCheckInResponse:
        """A check-in with what names its person."""
        check = Check(request).uuid("check_in_id", "case_id")
        one = bool(request.check_in_id) != bool(request.case_id)
        check.that(one, "check_in_id", "or a case_id is required, not both").raise_if_any()
        reader = Reader(caller().subject, "GetCheckIn", purpose())
        found = await self._run(reading.check_in, request.check_in_id, request.case_id, reader)
        return pb.GetCheckInResponse(
            check_in=protos.check_in(found.row, found.needs),
            person=protos.person(found.person.row, found.person),
            answers=[{"question_id": question, "value": value} for question, value in found.answers.items()],
            sheet_version=found.sheet_version,
            sheet_id=found.sheet_id,
            signs=[protos.sign(*one) for one in found.signs],
            outcome_note=found.outcome_note,
        )

    async def ListCheckIns(self, request: pb.ListCheckInsRequest, context: Any) -> pb.ListCheckInsResponse:
        """Check-ins of a round, or those for which a supervisor is wanted."""
        limit, last = pages.size(request.page_size, usual=50, largest=200), pages.after(request, (float, str))
        check = Check(request).uuid("round_id")
        some = bool(request.round_id or request.escalated)
        check.that(some, "round_id", "is required, or escalated").raise_if_any()
        found = await run_blocking(
            self._database.read, reading.listed, request.round_id, (last[0], last[1]) if last else None, limit + 1,
            escalated=request.escalated,
        )  # fmt: skip
        told = pb.ListCheckInsResponse(check_ins=[protos.check_in(*one) for one in found[:limit]])
        if len(found) > limit:
            row = found[limit - 1][0]
            at = row.escalated_at if request.escalated else row.planned_at
            told.next_page_token = pages.token(request, [at, row.id])
        return told

    async def MoveCheckIn(self, request: pb.MoveCheckInRequest, context: Any) -> pb.MoveCheckInResponse:
        """Call at another time."""
        _which(request).required("plan_time").raise_if_any()
        row = await self._run(
            planning.move_check_in, request.check_in_id, _seconds(request.plan_time), caller().subject, self._centre
        )
        return pb.MoveCheckInResponse(check_in=await self._told(row))

    async def ReportCall(self, request: pb.ReportCallRequest, context: Any) -> pb.ReportCallResponse:
        """What came of a call."""
        _which(request).raise_if_any()
        row = await self._run(
            calling_people.report_call, request.check_in_id, caller().subject, self._centre, answered=request.answered
        )
        return pb.ReportCallResponse(check_in=await self._told(row))

    async def GetSheet(self, request: pb.GetSheetRequest, context: Any) -> pb.GetSheetResponse:
        """A call sheet."""
        check = Check(request).range("version", 0, _NEWEST_VERSION)
        check.that(_SHEET.fullmatch(request.sheet_id) is not None, "sheet_id", "is a code of 1 to 64 characters")
        check.raise_if_any()
        found = await run_blocking(self._database.read, sheet_answers.get_sheet, request.sheet_id, request.version)
        return pb.GetSheetResponse(sheet=protos.sheet(found))

    async def PutSheet(self, request: pb.PutSheetRequest, context: Any) -> pb.PutSheetResponse:
        """The next version of a call sheet."""
        given = request.sheet
        check = Check(request).length("sheet.questions", 1, _MOST_QUESTIONS)
        check.that(_SHEET.fullmatch(given.id) is not None, "sheet.id", "is a code of 1 to 64 characters")
        typed = all(one.type in protos.TYPE_OF for one in given.questions)
        check.that(typed, "sheet.questions", "have a type that there is").raise_if_any()
        found = await self._run(sheet_answers.put_sheet, protos.read_sheet(given), caller().subject)
        return pb.PutSheetResponse(sheet=protos.sheet(found))

    async def SubmitSheet(self, request: pb.SubmitSheetRequest, context: Any) -> pb.SubmitSheetResponse:
        """What somebody answered."""
        check = _which(request).length("answers", 0, _MOST_ANSWERS).length("request_id", 1, 64)
        check.range("version", 1, _NEWEST_VERSION)
        answers = {one.question_id: one.value for one in request.answers}
        check.that(len(answers) == len(request.answers), "answers", "name a question twice")
        check.that(all(len(value) <= LONGEST_TEXT for value in answers.values()), "answers", "are too long")
        _needs(check, request)
        check.raise_if_any()
        submitted = Submitted(request.version, answers, list(request.needs), request.request_id, caller().subject)
        row = await self._run(sheet_answers.submit, request.check_in_id, submitted)
        signs = await run_blocking(self._database.read, reading.signs, row.id)
        return pb.SubmitSheetResponse(check_in=await self._told(row), signs=[protos.sign(*one) for one in signs])

    async def DecideSign(self, request: pb.DecideSignRequest, context: Any) -> pb.DecideSignResponse:
        """Whether a sign is one."""
        Check(request).required("sign_id").uuid("sign_id").raise_if_any()
        row = await self._run(sheet_answers.decide, request.sign_id, caller().subject, confirmed=request.confirmed)
        words = await run_blocking(self._database.read, reading.sign_words, row)
        return pb.DecideSignResponse(sign=protos.sign(row, words))

    async def OrderVisit(self, request: pb.OrderVisitRequest, context: Any) -> pb.OrderVisitResponse:
        """Somebody shall go there."""
        check = _which(request).required("visit_by_time")
        by_id = _CODE.fullmatch(request.visitor) is not None
        check.that(by_id, "visitor", "is an id of 1 to 64 characters").raise_if_any()
        row = await self._run(
            seeking.order_visit, request.check_in_id, request.visitor, _seconds(request.visit_by_time),
            caller().subject,
        )  # fmt: skip
        return pb.OrderVisitResponse(check_in=await self._told(row))

    async def ReportOutcome(self, request: pb.ReportOutcomeRequest, context: Any) -> pb.ReportOutcomeResponse:
        """How they are, as others say."""
        check = _which(request).length("note", 0, LONGEST_TEXT)
        check.that(request.outcome in protos.OUTCOME_OF, "outcome", "is none of the outcomes there are")
        _needs(check, request)
        check.raise_if_any()
        again = _seconds(request.visit_by_time) if request.HasField("visit_by_time") else None
        said = Said(protos.OUTCOME_OF[request.outcome], request.note, list(request.needs), again)
        row = await self._run(
            seeking.report_outcome, request.check_in_id, said, caller().subject, self._centre
        )  # fmt: skip
        return pb.ReportOutcomeResponse(check_in=await self._told(row))

    async def TakeCheckInEscalation(
        self, request: pb.TakeCheckInEscalationRequest, context: Any
    ) -> pb.TakeCheckInEscalationResponse:
        """Take care of an escalation."""
        _which(request).raise_if_any()
        row = await self._run(
            seeking.take_escalation, request.check_in_id, caller().subject, settled=request.settled
        )  # fmt: skip
        return pb.TakeCheckInEscalationResponse(check_in=await self._told(row))

    async def _told(self, row: Row) -> Any:
        return protos.check_in(*await run_blocking(self._database.read, reading.with_needs, row))

    async def _run(self, use_case: Any, *arguments: Any, **more: Any) -> Any:
        return await run_blocking(self._database.run, use_case, *arguments, **more)


def _which(request: Any) -> Check:
    return Check(request).required("check_in_id").uuid("check_in_id")


def _needs(check: Check, request: Any) -> None:
    good = len(request.needs) <= _MOST_NEEDS and all(map(_CODE.fullmatch, request.needs))
    check.that(good, "needs", "are at most 10 codes of 1 to 64 characters")


def _seconds(moment: Any) -> float:
    seconds: float = moment.ToDatetime(UTC).timestamp()
    return seconds
