"""The MessageService of the contract, for other services of the hub: each method reads its request, calls one use case,
answers."""

from __future__ import annotations

import re
from typing import Any

from hub120.intake.v1 import message_service_pb2 as pb
from hub120.intake.v1 import message_service_pb2_grpc
from hub120_sdk import AddressKind

from chassis.database import Database
from chassis.errors import NotFound, PreconditionFailed
from chassis.grpc_host import Check, caller, purpose, run_blocking
from chassis.phones import e164
from chassis.process import Process
from services.intake import protos
from services.intake.domain.handovers import NewHandover
from services.intake.domain.partner_messages import MAX_SUBJECT, PartnerMessage
from services.intake.domain.partner_messages import MAX_TEXT as MAX_PARTNER_TEXT
from services.intake.domain.questions import Choice, Telling
from services.intake.domain.replies import MAX_TEXT
from services.intake.use_cases import asking, handing_over, opening, stopping, writing_to_partners
from services.intake.use_cases.casework import Reader
from services.intake.use_cases.opening import Callee
from services.intake.use_cases.replying import Cut

_MAX_TOLD, _MAX_WORDS, _MAX_LANGUAGES = 2_000, 40, 40
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_CODE = re.compile(r"[a-z0-9_-]{1,32}")
_MAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,189}")
_KINDS = {pb.PARTNER_ROAD_EMAIL: AddressKind.EMAIL, pb.PARTNER_ROAD_SMS: AddressKind.PHONE}


class MessagesApi(message_service_pb2_grpc.MessageServiceServicer):
    """What other services have to say."""

    def __init__(self, process: Process, database: Database, cut: Cut) -> None:
        self._connectors, self._database, self._cut = process.connectors, database, cut
        settings = process.settings
        self._exchange = settings.exchange
        self._channels = {
            pb.PARTNER_ROAD_EMAIL: settings.email_channel,
            pb.PARTNER_ROAD_SMS: settings.verification_channel,
        }

    async def TellCitizen(self, request: pb.TellCitizenRequest, context: Any) -> pb.TellCitizenResponse:
        """Tell or ask a citizen."""
        check = Check(request).required("case_id", "message_id").uuid("case_id", "message_id")
        _texts(check, request.texts, "texts", _MAX_TOLD)
        _choices(check, request)
        check.raise_if_any()
        telling = Telling(
            request.message_id,
            request.case_id,
            dict(request.texts),
            [Choice(one.code, dict(one.words)) for one in request.choices],
            3600.0 * request.open_hours,
        )
        told = await run_blocking(self._database.run, asking.tell_citizen, telling, self._cut, self._runs)
        return pb.TellCitizenResponse(told=told)

    def _runs(self, channel: str) -> bool:
        return self._connectors.get(channel) is not None

    async def WithdrawQuestion(self, request: pb.WithdrawQuestionRequest, context: Any) -> pb.WithdrawQuestionResponse:
        """Take a question back."""
        Check(request).required("message_id").uuid("message_id").raise_if_any()
        await run_blocking(self._database.run, asking.withdraw_question, request.message_id)
        return pb.WithdrawQuestionResponse()

    async def SendToPartner(self, request: pb.SendToPartnerRequest, context: Any) -> pb.SendToPartnerResponse:
        """Write to a partner."""
        check = Check(request).required("message_id").uuid("message_id")
        check.length("subject", 0, MAX_SUBJECT).length("text", 1, MAX_PARTNER_TEXT)
        check.that(request.road in _KINDS, "road", "is EMAIL or SMS")
        address = request.address if request.road == pb.PARTNER_ROAD_EMAIL else e164(request.address) or ""
        good = bool(_MAIL.fullmatch(address)) if request.road == pb.PARTNER_ROAD_EMAIL else bool(address)
        check.that(good, "address", "is an e-mail address, or a telephone number as +82212345678").raise_if_any()
        channel = self._channels[request.road]
        if not self._runs(channel):
            raise PreconditionFailed("NO_ROAD", f"connector {channel!r} does not run; set it up, or name another")
        check.that(len(self._cut(channel, request.text)) == 1, "text", f"is more than {channel} carries at once")
        check.raise_if_any()
        new = PartnerMessage(
            request.message_id, channel, _KINDS[request.road].value, address, request.text, request.subject
        )
        await run_blocking(self._database.run, writing_to_partners.send_to_partner, new)
        return pb.SendToPartnerResponse()

    async def HandOverForAgent(self, request: pb.HandOverForAgentRequest, context: Any) -> pb.HandOverForAgentResponse:
        """Hand a case over in an agent's name."""
        check = Check(request).required("handover_id", "case_id").uuid("handover_id", "case_id")
        check.length("agent_id", 1, 64).length("department", 1, 64).length("title", 1, 200)
        check.length("text", 1, MAX_TEXT).length("topic", 0, 200).length("fields", 0, 50).raise_if_any()
        running = self._connectors.get(request.department)
        if running is None or "department" not in running.manifest.capabilities:
            raise NotFound("department", request.department)
        new = NewHandover(
            case_id=request.case_id,
            department=request.department,
            agent_id=request.agent_id,
            request_id=request.handover_id,
            title=request.title,
            text=request.text,
            topic=request.topic,
            citizen_agreed=request.citizen_agreed,
            urgent=request.urgent,
            fields=dict(request.fields),
            own_words=True,
        )
        reader = Reader(caller().subject, "HandOverForAgent", purpose() or "연계")
        found = await run_blocking(
            self._database.run, handing_over.hand_over, new, reader, request.handover_id, closed_too=True
        )
        return pb.HandOverForAgentResponse(state=protos.HANDOVER_STATES[found.row.state])

    async def OpenCallCase(self, request: pb.OpenCallCaseRequest, context: Any) -> pb.OpenCallCaseResponse:
        """A case for somebody who is to be called."""
        check = Check(request).required("request_id").uuid("request_id").length("display_name", 0, 200)
        telephone = e164(request.telephone)
        check.that(telephone is not None, "telephone", "is a telephone number as +82212345678")
        check.that(_LANGUAGE.fullmatch(request.language) is not None, "language", "is a primary subtag").raise_if_any()
        if not self._runs(self._exchange):
            raise PreconditionFailed(
                "NO_ROAD", f"connector {self._exchange!r} does not run; set it up, or name another"
            )
        callee = Callee(request.request_id, self._exchange, telephone or "", request.display_name, request.language)
        case = await run_blocking(self._database.run, opening.open_call_case, callee)
        return pb.OpenCallCaseResponse(case_id=case.id, citizen_id=case.citizen_id)

    async def StopSending(self, request: pb.StopSendingRequest, context: Any) -> pb.StopSendingResponse:
        """Stop what has not left."""
        Check(request).required("id").uuid("id").raise_if_any()
        stopped = await run_blocking(self._database.run, stopping.stop_sending, request.id)
        return pb.StopSendingResponse(stopped=stopped)


def _texts(check: Check, texts: Any, field: str, longest: int) -> None:
    """By language: the Korean is there, and none is empty or too long."""
    check.that("ko" in texts, field, "has one in ko")
    fits = len(texts) <= _MAX_LANGUAGES and all(1 <= len(one) <= longest for one in texts.values())
    check.that(fits, field, f"are 1 to {longest} characters each, in {_MAX_LANGUAGES} languages at most")


def _choices(check: Check, request: pb.TellCitizenRequest) -> None:
    if not request.choices:
        return
    codes = [one.code for one in request.choices]
    check.that(2 <= len(codes) <= 5 and len(set(codes)) == len(codes), "choices", "are 2 to 5, with a code each")
    check.that(all(map(_CODE.fullmatch, codes)), "choices", "have codes of 1 to 32 of a-z, 0-9, _ and -")
    check.range("open_hours", 1, 720)
    for one in request.choices:
        _texts(check, one.words, "choices", _MAX_WORDS)
