"""Everything anybody can say to a hub, with personal data in every field that takes text."""

from __future__ import annotations

import json
import re
from io import BytesIO
from time import time
from typing import Any
from uuid import uuid4

import grpc
import httpx
import pytest
from hub120.intake.v1 import case_pb2, packet_service_pb2_grpc
from hub120.intake.v1 import intake_service_pb2 as intake
from hub120.intake.v1 import packet_service_pb2 as packets
from hub120.routing.v1 import conduct_service_pb2 as conduct
from hub120.routing.v1 import conference_pb2, conference_service_pb2_grpc, rota_pb2, work_pb2
from hub120.routing.v1 import conference_service_pb2 as conferences
from hub120.routing.v1 import queue_service_pb2 as queues
from hub120.routing.v1 import rota_service_pb2 as rota
from hub120.routing.v1 import routing_service_pb2 as routing
from hub120.routing.v1 import transfer_service_pb2 as transfers
from hub120.routing.v1.conduct_service_pb2_grpc import ConductServiceStub
from hub120.routing.v1.queue_service_pb2_grpc import QueueServiceStub
from hub120.routing.v1.rota_service_pb2_grpc import RotaServiceStub
from hub120.routing.v1.transfer_service_pb2_grpc import TransferServiceStub
from PIL import Image

from tests import story_of_interpreters
from tests.hub import RunningHub
from tests.outside import Answer
from tests.planted import ASCII, MAIL, NAME, NUMBER, PURPOSE, RESIDENT_NUMBER, SHORT
from tests.waiting import eventually

ROLES = ("agent", "supervisor", "admin", "auditor", "service", "legal", "display")


class Story:
    """Everything anybody can say to a hub, with personal data in every field that takes text."""

    def __init__(self, hub: RunningHub) -> None:
        self.hub = hub
        self.told: list[str] = []
        self.answers: dict[tuple[str, str], str] = {}
        self.code = ""
        self.case_id = self.citizen_id = ""

    def tell(self) -> None:
        """All of it, in the order in which it happens."""
        self.agent = self.hub.agent("kim", capacity=20)
        why: Any = ("hub120-purpose-bin", f"{PURPOSE} {SHORT}".encode())
        self.agent.metadata = (*self.agent.metadata, why)
        self._web()
        self._other_channels()
        self._casework()
        self._identity()
        self._offers()
        self._rota()
        self._surge()
        story_of_interpreters.tell(self.hub, self.agent, self.case_id, self._refused)
        self._nonsense()
        self._strangers()

    def _web(self) -> None:
        path = f"/{uuid4().hex}/" + "신분증앞면.jpg"
        url = f"{self.hub.site.address}{path}?who={MAIL}"
        self.hub.site.files[httpx.URL(url).raw_path.decode()] = Answer(200, small_picture(), "image/jpeg")
        picture = {"url": url, "media_type": SHORT, "filename": f"{SHORT} 신분증앞면.jpg"}
        told = self.hub.say(
            f"아무도 모르는 사연 {SHORT}", message_id=uuid4().hex, citizen=SHORT, conversation=SHORT, language=SHORT,
            sender={"name": SHORT}, attachments=[picture],
        )  # fmt: skip
        assert told.status_code == 200, told.text
        found = self.agent.case(told.json()["case_number"]).case
        self.case_id, self.citizen_id = found.id, found.citizen_id
        for sender in ({"phone": NUMBER, "name": SHORT}, {"email": MAIL, "name": SHORT}):
            assert self.hub.say(f"아무도 모르는 사연 {SHORT}", sender=sender, language=NAME).status_code == 200

    def _other_channels(self) -> None:
        assert self.hub.text_message(NUMBER, f"아무도 모르는 사연 {SHORT}", ProfileName=SHORT).status_code == 200
        self.hub.chat(SHORT, f"아무도 모르는 사연 {SHORT}", callback=f"/callback/{MAIL}")

    def _casework(self) -> None:
        agent, case_id = self.agent, self.case_id
        self.hub.site.next_answers["POST"] += [Answer(500, SHORT.encode()), Answer.json({"id": SHORT})]
        reply = agent.reply(case_id, f"시민만 받는 답 {SHORT}", f"{MAIL} {RESIDENT_NUMBER}")
        eventually(lambda: len(self.hub.site.replies) == 2, what="the reply at the site")
        self.hub.report(reply_id=reply.id, state="failed", reason=f"아무도 모르는 사연 {SHORT}")
        note = intake.AddNoteRequest(case_id=case_id, text=f"동료만 아는 메모 {SHORT}", request_id=MAIL)
        agent.intake.AddNote(note, metadata=agent.metadata, timeout=30)
        for search in (
            intake.ListCasesRequest(address=NUMBER),
            intake.ListCasesRequest(address=MAIL, channel=MAIL, language=NAME, agent_id=SHORT),
            intake.ListCasesRequest(words=NAME),
        ):
            agent.intake.ListCases(search, metadata=agent.metadata, timeout=30)
        self._reading()
        self._files()
        self._handover()
        self._conference()
        self._failing_sms()

    def _files(self) -> None:
        """A file with a telling name goes to the citizen."""
        agent = self.agent
        first = intake.UploadFileRequest(case_id=self.case_id, filename=f"{SHORT} 처분통지.jpg", chunk=small_picture())
        file = agent.intake.UploadFile(iter([first]), metadata=agent.metadata, timeout=30).file
        reply = intake.ReplyToCaseRequest(
            case_id=self.case_id, text=f"시민만 받는 답 {SHORT}", request_id=uuid4().hex, file_ids=[file.id]
        )
        agent.intake.ReplyToCase(reply, metadata=agent.metadata, timeout=30)

    def _handover(self) -> None:
        """A department is told everything, names the citizen in what it answers, and fails once."""
        agent, works = self.agent, self.hub.outside.works
        works.next_answers["POST"].append(Answer(400, f"{NAME} {NUMBER}".encode()))
        for request_id in (MAIL, NUMBER):
            place = case_pb2.Place(address=f"부서만 아는 집 {SHORT}", latitude=37.5, longitude=127.0)
            agent.intake.HandOverCase(
                intake.HandOverCaseRequest(
                    case_id=self.case_id, department="webhook_department", title=f"부서만 아는 제목 {SHORT}",
                    text=f"부서만 아는 사정 {SHORT} {RESIDENT_NUMBER}", topic=MAIL, place=place, citizen_agreed=True,
                    fields={NAME: f"{SHORT} {RESIDENT_NUMBER}"}, request_id=request_id,
                ),
                metadata=agent.metadata,
                timeout=30,
            )  # fmt: skip
        eventually(lambda: len(works.handovers) == 2, what="the handovers at the department")
        handover_id = list(works.handovers)[-1]
        said = self.hub.department_says(
            handover_id=handover_id,
            state="in_progress",
            update_id=MAIL,
            ticket_id=f"R-{NUMBER}",
            note=f"{SHORT} 댁 방문",
        )
        assert said.status_code == 200, said.text

    def _conference(self) -> None:
        """A three-way call is prepared, begun, and called off before anybody joined; then the citizen is phoned."""
        agent, channel = self.agent, self.hub.channel
        packet_stub = packet_service_pb2_grpc.PacketServiceStub(channel)  # type: ignore[no-untyped-call] # generated
        bridge = conference_service_pb2_grpc.ConferenceServiceStub(channel)  # type: ignore[no-untyped-call] # likewise
        words = f"합류자만 아는 사정 {SHORT} {RESIDENT_NUMBER}"
        packet = packets.PutPacketRequest(case_id=self.case_id, title=SHORT, summary=words, topic=MAIL)
        packet_stub.PutPacket(packet, metadata=agent.metadata, timeout=30)
        packet_stub.GetPacket(packets.GetPacketRequest(case_id=self.case_id), metadata=agent.metadata, timeout=30)
        police = conference_pb2.ConferenceTarget(emergency=conference_pb2.EMERGENCY_SERVICE_POLICE)
        start = conferences.StartConferenceRequest(case_id=self.case_id, target=police, request_id=MAIL)
        begun = bridge.StartConference(start, metadata=agent.metadata, timeout=30).conference
        reason = f"오인 신고 {SHORT}"
        cancel = conferences.CancelConferenceRequest(conference_id=begun.id, reason=reason)
        bridge.CancelConference(cancel, metadata=agent.metadata, timeout=30)
        phone = conferences.StartCallRequest(case_id=self.case_id, request_id=NUMBER)
        talk = bridge.StartCall(phone, metadata=agent.metadata, timeout=30).conference
        end = conferences.EndConferenceRequest(conference_id=talk.id, reason=f"통화 끝 {SHORT}")
        bridge.EndConference(end, metadata=agent.metadata, timeout=30)
        for call, request in (
            (bridge.StartConference, conferences.StartConferenceRequest(case_id=SHORT, ladder_id=NAME, channel=MAIL)),
            (bridge.StartCall, conferences.StartCallRequest(case_id=SHORT, channel=MAIL, request_id=NUMBER)),
            (bridge.MonitorConference, conferences.MonitorConferenceRequest(conference_id=SHORT)),
            (bridge.AcknowledgeConference, conferences.AcknowledgeConferenceRequest(conference_id=begun.id,
                                                                                   acknowledged_by=SHORT)),
        ):  # fmt: skip
            self._refused(call, request)

    def _reading(self) -> None:
        """Every way to read what was said."""
        agent = self.agent
        watching = agent.intake.WatchCase(
            intake.WatchCaseRequest(case_id=self.case_id), metadata=agent.metadata, timeout=30
        )
        next(watching)
        watching.cancel()

        def stored() -> str:
            found = [entry.attachment for entry in agent.case(self.case_id).entries if entry.HasField("attachment")]
            return found[0].id if found and found[0].state == case_pb2.ATTACHMENT_STATE_STORED else ""

        request = intake.GetAttachmentRequest(attachment_id=eventually(stored, what="the picture being stored"))
        assert len(list(agent.intake.GetAttachment(request, metadata=agent.metadata, timeout=30))) > 1

    def _failing_sms(self) -> None:
        """A provider whose error quotes the citizen."""
        agent, sms = self.agent, self.hub.outside.sms
        error = {"code": 21211, "message": f"The 'To' number {NUMBER} {SHORT} is not valid", "status": 400}
        sms.next_answers["POST"].append(Answer.json(error, 400))
        case_id = agent.case_of(NUMBER)
        agent.reply(case_id, f"시민만 받는 답 {SHORT}")

        def failed() -> bool:
            states = [entry.reply.state for entry in agent.case(case_id).entries if entry.HasField("reply")]
            return bool(states) and states[-1] == case_pb2.REPLY_STATE_FAILED

        eventually(failed, what="the reply failing")
        sms.next_answers["POST"].append(Answer(0))
        reply = agent.reply(case_id, f"시민만 받는 답 {SHORT}")
        resolve = intake.ResolveReplyRequest(reply_id=reply.id)
        eventually(lambda: agent.case(case_id).entries[-1].reply.state == case_pb2.REPLY_STATE_UNKNOWN)
        agent.intake.ResolveReply(resolve, metadata=agent.metadata, timeout=30)

    def _identity(self) -> None:
        agent, sms = self.agent, self.hub.outside.sms
        before = len(sms.messages)
        start = intake.StartVerificationRequest(citizen_id=self.citizen_id, phone_number="010-9876-5432")
        verification = agent.intake.StartVerification(start, metadata=agent.metadata, timeout=30)
        eventually(lambda: len(sms.messages) > before, what="the code on the telephone")
        found = re.search(r"\d{6}", sms.messages[-1].text.replace("[120]", ""))
        assert found is not None
        self.code = found[0]
        confirm = intake.ConfirmVerificationRequest(verification_id=verification.verification_id, code=self.code)
        agent.intake.ConfirmVerification(confirm, metadata=agent.metadata, timeout=30)
        agent.intake.GetCitizen(
            intake.GetCitizenRequest(citizen_id=self.citizen_id), metadata=agent.metadata, timeout=30
        )
        unlink = intake.UnlinkCitizenRequest(citizen_id=self.citizen_id, reason=f"거절하는 속내 {SHORT}")
        agent.intake.UnlinkCitizen(unlink, metadata=agent.metadata, timeout=30)

    def _offers(self) -> None:
        offers = self.agent.offers()
        decline = routing.DeclineOfferRequest(offer_id=next(offers).id, reason=f"거절하는 속내 {SHORT}")
        self.agent.routing.DeclineOffer(decline, metadata=self.agent.metadata, timeout=30)
        item = self.agent.accept(next(offers))
        self._transfer(item.id)
        self._abuse(item.id)
        self.agent.finish(item.id)

    def _transfer(self, work_item_id: str) -> None:
        """What one agent tells the next, for whom nobody is found."""
        stub: Any = TransferServiceStub(self.hub.channel)  # type: ignore[no-untyped-call] # generated without hints
        wanted = transfers.RequestTransferRequest(
            work_item_id=work_item_id,
            requirements=transfers.Requirements(needs=[work_pb2.Requirement(skill="nobody")]),
            note=f"거절하는 속내 {SHORT}",
            request_id=MAIL,
        )
        asked = stub.RequestTransfer(wanted, metadata=self.agent.metadata, timeout=30).transfer
        cancel = transfers.CancelTransferRequest(transfer_id=asked.id)
        stub.CancelTransfer(cancel, metadata=self.agent.metadata, timeout=30)
        self._refused(stub.RequestTransfer, transfers.RequestTransferRequest(work_item_id=SHORT, agent_id=SHORT))

    def _abuse(self, work_item_id: str) -> None:
        """What an agent says of a citizen, and why it was wrong."""
        stub: Any = ConductServiceStub(self.hub.channel)  # type: ignore[no-untyped-call] # generated without hints
        words = f"거절하는 속내 {SHORT}"
        report = conduct.ReportAbuseRequest(
            work_item_id=work_item_id, abuse_class="threat", note=words, request_id=NUMBER
        )
        made = stub.ReportAbuse(report, metadata=self.agent.metadata, timeout=30).report
        withdraw = conduct.WithdrawReportRequest(report_id=made.id, reason=words)
        stub.WithdrawReport(withdraw, metadata=self.agent.metadata, timeout=30)
        wrong = conduct.ReportAbuseRequest(work_item_id=work_item_id, abuse_class=MAIL, request_id=NAME)
        self._refused(stub.ReportAbuse, wrong)

    def _surge(self) -> None:
        """Why there is a surge, and a number where an id belongs."""
        stub: Any = QueueServiceStub(self.hub.channel)  # type: ignore[no-untyped-call] # generated without hints
        chief = self.hub.metadata("chief", "supervisor")
        surge = queues.SetSurgeRequest(active=True, reason=f"거절하는 속내 {SHORT}")
        surge.until_time.FromSeconds(int(time()) + 3600)
        stub.SetSurge(surge, metadata=chief, timeout=30)
        stub.SetSurge(queues.SetSurgeRequest(), metadata=chief, timeout=30)
        item = str(uuid4())
        for wish in (
            queues.RequestCallbackRequest(work_item_id=item, channel=NUMBER),
            queues.RequestCallbackRequest(work_item_id=item, contact_point_id=NUMBER),
        ):
            self._refused(stub.RequestCallback, wish)

    def _rota(self) -> None:
        """Why somebody is away, and why a duty is given to another."""
        stub: Any = RotaServiceStub(self.hub.channel)  # type: ignore[no-untyped-call] # generated without hints
        chief, reason = self.hub.metadata("chief", "supervisor"), f"거절하는 속내 {SHORT}"
        self.hub.agent("lee").presence(work_pb2.PRESENCE_OFFLINE)
        days = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
        hours: dict[str, Any] = {
            "start": "09:00",
            "end": "18:00",
            "days": days,
            "on_holidays": rota_pb2.ON_HOLIDAYS_WORK,
        }
        shift = rota_pb2.Shift(id="day", team_id="day", name_ko="주간", **hours)
        member = rota_pb2.Membership(agent_id="kim", team_id="day", from_day="2026-01-01")
        stub.PutTeam(rota.PutTeamRequest(team=rota_pb2.Team(id="day", name_ko="주간")), metadata=chief, timeout=30)
        stub.PutShift(rota.PutShiftRequest(shift=shift), metadata=chief, timeout=30)
        stub.PutMembership(rota.PutMembershipRequest(membership=member), metadata=chief, timeout=30)
        (team,) = stub.WhoIsOn(rota.WhoIsOnRequest(), metadata=chief, timeout=30).teams
        start = team.next[0].start_time
        swap = rota.RequestSwapRequest(to_agent_id="lee", give_start_time=start, reason=reason)
        stub.RequestSwap(swap, metadata=self.agent.metadata, timeout=30)
        leave = rota_pb2.Override(
            id=str(uuid4()), kind=rota_pb2.OVERRIDE_KIND_OFF, agent_id="kim", start_time=start,
            end_time=team.next[0].end_time, reason=reason,
        )  # fmt: skip
        stub.PutOverride(rota.PutOverrideRequest(override=leave), metadata=chief, timeout=30)
        self._refused(stub.WhoIsOn, rota.WhoIsOnRequest(team_id=SHORT))
        self._refused(stub.RequestSwap, rota.RequestSwapRequest(to_agent_id=SHORT, give_start_time=start))

    def _nonsense(self) -> None:
        """What nobody should send, and what is refused because of what it holds."""
        agent = self.agent
        for call, request in (
            (agent.intake.GetCase, intake.GetCaseRequest(case_id=SHORT[:60])),
            (agent.intake.GetCitizen, intake.GetCitizenRequest(citizen_id=SHORT)),
            (agent.intake.ListCases, intake.ListCasesRequest(page_token=SHORT)),
            (agent.intake.AddNote, intake.AddNoteRequest(case_id=self.case_id, text=SHORT, request_id=SHORT)),
            (agent.intake.ReplyToCase, intake.ReplyToCaseRequest(case_id=SHORT, text=SHORT, request_id=SHORT)),
            (agent.intake.StartVerification, intake.StartVerificationRequest(citizen_id=MAIL, phone_number=SHORT)),
            (agent.intake.ConfirmVerification, intake.ConfirmVerificationRequest(verification_id=MAIL, code=NUMBER)),
            (agent.routing.AcceptOffer, routing.AcceptOfferRequest(offer_id=SHORT)),
            (agent.routing.FinishWork, routing.FinishWorkRequest(work_item_id=NUMBER)),
        ):
            self._refused(call, request)
        with pytest.raises(grpc.RpcError) as refused:
            next(agent.watch(SHORT))
        self.told.append(str(refused.value.details()))
        self._strange_requests()

    def _refused(self, call: Any, request: object) -> None:
        with pytest.raises(grpc.RpcError) as refused:
            call(request, metadata=self.agent.metadata, timeout=30)
        metadata: dict[str, Any] = dict(refused.value.trailing_metadata())  # type: ignore[arg-type] # pairs they are
        details: bytes = metadata["grpc-status-details-bin"]
        self.told += [str(refused.value.details()), details.decode("utf-8", "replace")]

    def _strange_requests(self) -> None:
        headers = {"user-agent": ASCII, "baggage": f"who={MAIL}", "tracestate": "who=gildong", "x-who": ASCII}
        bodies = (SHORT.encode(), json.dumps({"id": SHORT, "from": SHORT}).encode(), json.dumps([SHORT]).encode())
        for path in ("web", f"web/{MAIL}?who={NUMBER}", f"{NAME}", f"{MAIL}?who={SHORT}"):
            for body in bodies:
                answer = httpx.post(self.hub.webhook(path), content=body, headers=headers, timeout=30)
                assert 400 <= answer.status_code < 500
                self.told.append(answer.text)

    def _strangers(self) -> None:
        """Tokens that are none, and callers who may not."""
        for token in (ASCII.replace(" ", "_"), MAIL):
            metadata = (("authorization", f"Bearer {token}"), ("x-who", ASCII))
            with pytest.raises(grpc.RpcError) as refused:
                self.agent.intake.GetCase(intake.GetCaseRequest(case_id=self.case_id), metadata=metadata, timeout=30)
            assert refused.value.code() is grpc.StatusCode.UNAUTHENTICATED
            self.told.append(str(refused.value.details()))
        self._roles()

    def _roles(self) -> None:
        """Each role asks for what only some may read."""
        stub = self.agent.intake
        for role in ROLES:
            for name, request in (
                ("GetCase", intake.GetCaseRequest(case_id=self.case_id)),
                ("ListAuditRecords", intake.ListAuditRecordsRequest()),
            ):
                try:
                    getattr(stub, name)(request, metadata=self.hub.metadata("reader", role), timeout=30)
                    self.answers[role, name] = "OK"
                except grpc.RpcError as refused:
                    self.answers[role, name] = refused.code().name

    def audit(self) -> list[intake.AuditRecord]:
        """The trail as an auditor reads it."""
        auditor = self.hub.metadata("auditor-1", "auditor")
        request = intake.ListAuditRecordsRequest(actor="kim", page_size=500)
        return list(self.agent.intake.ListAuditRecords(request, metadata=auditor, timeout=30).records)


def small_picture() -> bytes:
    """A JPEG."""
    written = BytesIO()
    Image.new("RGB", (8, 8), "red").save(written, "JPEG")
    return written.getvalue()
