"""The IntakeService of the contract: each method reads its request, calls one use case, answers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from typing import Any

from hub120.intake.v1 import case_pb2
from hub120.intake.v1 import intake_service_pb2 as pb
from hub120.intake.v1 import intake_service_pb2_grpc as grpc_pb
from hub120_sdk.topics import topics

from chassis import pages
from chassis.attachments import NotAccepted, inspect
from chassis.database import Database, Tx
from chassis.errors import InvalidArgument, NotFound, PreconditionFailed
from chassis.grpc_host import Check, caller, purpose, run_blocking
from chassis.ids import new_id
from chassis.phones import e164
from chassis.process import Process
from chassis.statements import Row
from chassis.streams import Streams
from services.intake import protos
from services.intake.domain.cases import CaseState
from services.intake.domain.contacts import AttachmentState, Details
from services.intake.domain.handovers import NewHandover
from services.intake.domain.priorities import PriorityClass
from services.intake.domain.replies import MAX_FILE_BYTES, MAX_FILES, MAX_TEXT
from services.intake.domain.verification import CodeRefused
from services.intake.domain.words import query_words
from services.intake.store import cases, files
from services.intake.use_cases import casework, citizenship, correcting, ending, handing_over, replying
from services.intake.use_cases.casework import Reader
from services.intake.use_cases.replying import Written
from services.intake.watching import Watch

CHUNK_BYTES = 65_536
MAX_WORDS = 5
DEFAULT_PURPOSE = "case work"

_STATES = {number: state.value for state, number in protos.CASE_STATES.items()}


class IntakeApi(grpc_pb.IntakeServiceServicer):
    """Cases for agents' front ends."""

    def __init__(self, process: Process, database: Database, streams: Streams) -> None:
        self._process = process
        self._database = database
        self._streams = streams

    async def GetCase(self, request: pb.GetCaseRequest, context: Any) -> pb.GetCaseResponse:
        """One case with its entries."""
        Check(request).length("case_id", 1, 64).raise_if_any()
        row, told = await self._run(casework.read_case, request.case_id, _reader("GetCase"))
        return pb.GetCaseResponse(case=protos.case(row), entries=map(protos.entry, told))

    async def ListCases(self, request: pb.ListCasesRequest, context: Any) -> pb.ListCasesResponse:
        """Cases newest first."""
        limit = pages.size(request.page_size, usual=50, largest=200)
        last = pages.after(request, (float, str))
        after = (last[0], last[1]) if last else None
        filters = _filters(request)
        run = self._run if casework.looks_for_a_person(filters) else self._read
        rows = await run(casework.list_cases, filters, after, limit + 1, _reader("ListCases"))
        more = len(rows) > limit
        found = pb.ListCasesResponse(cases=map(protos.case, rows[:limit]))
        if more:
            found.next_page_token = pages.token(request, [rows[limit - 1].opened_at, rows[limit - 1].id])
        return found

    async def WatchCase(self, request: pb.WatchCaseRequest, context: Any) -> AsyncIterator[pb.WatchCaseResponse]:
        """Entries as they happen."""
        Check(request).required("case_id").uuid("case_id").range("after_sequence", 0, 2**53).raise_if_any()
        watch = Watch(self._database, request.case_id, _reader("WatchCase"))
        if await self._read(cases.case, request.case_id) is None:
            raise NotFound("case", request.case_id)
        with self._streams.watching(request.case_id) as sleeper:
            async for told in sleeper.news(watch.read, request.after_sequence):
                yield pb.WatchCaseResponse(entry=protos.entry(told))

    async def ReplyToCase(self, request: pb.ReplyToCaseRequest, context: Any) -> pb.ReplyToCaseResponse:
        """Answer the citizen."""
        check = Check(request).required("case_id").uuid("case_id").length("text", 1, MAX_TEXT)
        check.length("request_id", 1, 64).length("file_ids", 0, MAX_FILES).raise_if_any()
        file_ids = list(dict.fromkeys(request.file_ids))
        if file_ids:
            await self._can_carry(request.case_id, len(file_ids))
        found = await self._run(
            replying.reply_to_case,
            request.case_id,
            caller().subject,
            request.request_id,
            request.text,
            self.cut,
            file_ids,
        )
        return pb.ReplyToCaseResponse(reply=_written(found))

    async def _can_carry(self, case_id: str, count: int) -> None:
        """Raises if the channel of the case carries fewer files in one reply."""
        case = await self._run(cases.case, case_id)
        running = self._process.connectors.get(case.channel) if case is not None else None
        most = running.manifest.limits.send_attachments if running is not None else count
        if count > most:
            what = f"carries {most} files in a reply" if most else "carries no files: put them where the citizen can"
            raise PreconditionFailed("CHANNEL_CARRIES_FEWER_FILES", f"the channel {what}")

    async def UploadFile(self, requests: AsyncIterator[pb.UploadFileRequest], context: Any) -> pb.UploadFileResponse:
        """Lay a file ready for a reply."""
        first, data = await _uploaded(requests)
        if await self._run(cases.case, first.case_id) is None:
            raise NotFound("case", first.case_id)
        found = await run_blocking(self._keep, first.case_id, caller().subject, data, first.filename)
        return pb.UploadFileResponse(file=found)

    def _keep(self, case_id: str, agent_id: str, data: bytes, filename: str) -> case_pb2.ReplyFile:
        """Look at the bytes, strip what they tell of us, store them, then the row that names them."""
        try:
            looked_at = inspect(data, filename)
        except NotAccepted as error:
            raise InvalidArgument([("chunk", error.reason)]) from error
        file_id, media_type, size = new_id(self._process.clock()), looked_at.media_type, len(looked_at.data)
        blob_key = self._process.blobs.put(file_id, looked_at.data)
        self._database.run(
            files.add_file,
            file_id,
            case_id,
            agent_id,
            filename=filename,
            media_type=media_type,
            size=size,
            blob_key=blob_key,
        )
        return case_pb2.ReplyFile(id=file_id, filename=filename, media_type=media_type, size=size)

    def cut(self, channel: str, text: str) -> list[str]:
        """A reply waits whole for a connector that is not running now."""
        known = self._process.connectors.get(channel) is not None
        return self._process.connectors.pieces(channel, text) if known else [text]

    async def AddNote(self, request: pb.AddNoteRequest, context: Any) -> pb.AddNoteResponse:
        """Write something down for colleagues."""
        check = Check(request).required("case_id").uuid("case_id").length("text", 1, MAX_TEXT)
        check.length("request_id", 1, 64).raise_if_any()
        row, text = await self._run(
            casework.add_note, request.case_id, caller().subject, request.request_id, request.text
        )
        return pb.AddNoteResponse(note=protos.note(row, text))

    async def SetCaseState(self, request: pb.SetCaseStateRequest, context: Any) -> pb.SetCaseStateResponse:
        """Move a case."""
        Check(request).required("case_id").uuid("case_id").enum("state").raise_if_any()
        state = CaseState(_STATES[request.state])
        channels = self._process.connectors.having("sessions")
        row = await self._run(_set_case_state, request.case_id, state, caller().subject, channels)
        return pb.SetCaseStateResponse(case=protos.case(row))

    async def CorrectCase(self, request: pb.CorrectCaseRequest, context: Any) -> pb.CorrectCaseResponse:
        """Say what a case is about, or how urgent it is."""
        check = Check(request).required("case_id").uuid("case_id")
        check.that(not request.topic or request.topic in topics(), "topic", "is one of ListTopics")
        check.range("priority_class", 0, len(PriorityClass)).raise_if_any()
        topic = request.topic if request.HasField("topic") else None
        priority = PriorityClass(request.priority_class) if request.priority_class else None
        row = await self._run(correcting.correct_case, request.case_id, topic, priority, _reader("CorrectCase"))
        return pb.CorrectCaseResponse(case=protos.case(row))

    async def ListTopics(self, request: pb.ListTopicsRequest, context: Any) -> pb.ListTopicsResponse:
        """What cases can be about."""
        found = [case_pb2.Topic(id=one.id, korean_name=one.ko, english_name=one.en) for one in topics().values()]
        return pb.ListTopicsResponse(topics=found)

    async def ResolveReply(self, request: pb.ResolveReplyRequest, context: Any) -> pb.ResolveReplyResponse:
        """Decide about a reply whose fate is unknown."""
        Check(request).required("reply_id").uuid("reply_id").raise_if_any()
        found = await run_blocking(
            self._database.run,
            replying.resolve_reply,
            request.reply_id,
            _reader("ResolveReply"),
            send_again=request.send_again,
        )
        return pb.ResolveReplyResponse(reply=_written(found))

    async def ListDepartments(self, request: pb.ListDepartmentsRequest, context: Any) -> pb.ListDepartmentsResponse:
        """The departments that can be handed a case."""
        departments = self._process.connectors.having("department")
        states = [state for state in self._process.connectors.states() if state.id in departments]
        return pb.ListDepartmentsResponse(
            departments=[pb.DepartmentInfo(id=one.id, name=one.name, healthy=one.healthy) for one in states]
        )

    async def HandOverCase(self, request: pb.HandOverCaseRequest, context: Any) -> pb.HandOverCaseResponse:
        """Hand a case to a department."""
        new = _handover(request, caller().subject)
        if request.department not in self._process.connectors.having("department"):
            raise NotFound("department", request.department)
        found = await self._run(handing_over.hand_over, new, _reader("HandOverCase"))
        return pb.HandOverCaseResponse(handover=protos.handover(found))

    async def ResolveHandover(self, request: pb.ResolveHandoverRequest, context: Any) -> pb.ResolveHandoverResponse:
        """Decide about a handover whose fate is unknown."""
        Check(request).required("handover_id").uuid("handover_id").raise_if_any()
        found = await run_blocking(
            self._database.run,
            handing_over.resolve,
            request.handover_id,
            _reader("ResolveHandover"),
            send_again=request.send_again,
        )
        return pb.ResolveHandoverResponse(handover=protos.handover(found))

    async def GetAttachment(
        self, request: pb.GetAttachmentRequest, context: Any
    ) -> AsyncIterator[pb.GetAttachmentResponse]:
        """The bytes of an attachment in chunks."""
        Check(request).required("attachment_id").uuid("attachment_id").raise_if_any()
        reader = _reader("GetAttachment")
        row, filename = await self._run(casework.read_attachment, request.attachment_id, reader)
        if row.state != AttachmentState.STORED:
            raise PreconditionFailed("ATTACHMENT_NOT_STORED", f"attachment {row.id} is {row.state}")
        content = await run_blocking(self._process.blobs.get, row.blob_key)
        yield pb.GetAttachmentResponse(attachment=protos.attachment(row, filename, ""))
        for start in range(0, len(content), CHUNK_BYTES):
            yield pb.GetAttachmentResponse(chunk=content[start : start + CHUNK_BYTES])

    async def GetCitizen(self, request: pb.GetCitizenRequest, context: Any) -> pb.GetCitizenResponse:
        """A citizen with all addresses and links."""
        Check(request).required("citizen_id").uuid("citizen_id").raise_if_any()
        person = await self._run(citizenship.read_citizen, request.citizen_id, _reader("GetCitizen"))
        return pb.GetCitizenResponse(citizen=protos.citizen(person))

    async def StartVerification(
        self, request: pb.StartVerificationRequest, context: Any
    ) -> pb.StartVerificationResponse:
        """Send a code to a number."""
        Check(request).required("citizen_id").uuid("citizen_id").length("phone_number", 3, 40).raise_if_any()
        number = e164(request.phone_number)
        if number is None:
            raise InvalidArgument([("phone_number", "is not a telephone number")])
        channel = self._process.settings.verification_channel
        if self._process.connectors.get(channel) is None:
            raise PreconditionFailed("NO_SMS_CHANNEL", f"the connector {channel} is not set up; ask an operator")
        verification_id, expires_at = await self._run(
            citizenship.start_verification, request.citizen_id, number, channel, _reader("StartVerification")
        )
        found = pb.StartVerificationResponse(verification_id=verification_id)
        found.expire_time.FromMilliseconds(int(expires_at * 1000))
        return found

    async def ConfirmVerification(
        self, request: pb.ConfirmVerificationRequest, context: Any
    ) -> pb.ConfirmVerificationResponse:
        """The citizen told the code."""
        check = Check(request).required("verification_id").uuid("verification_id")
        check.length("code", 6, 6).raise_if_any()
        tried = await self._run(citizenship.try_code, request.verification_id, request.code, caller().subject)
        if isinstance(tried, CodeRefused):
            raise citizenship.refuse(tried)
        person = await self._run(citizenship.read_citizen, tried, _reader("ConfirmVerification"))
        return pb.ConfirmVerificationResponse(citizen=protos.citizen(person))

    async def UnlinkCitizen(self, request: pb.UnlinkCitizenRequest, context: Any) -> pb.UnlinkCitizenResponse:
        """Take a record out of a linked person."""
        check = Check(request).required("citizen_id").uuid("citizen_id")
        check.length("reason", 1, 500).raise_if_any()
        person = await self._run(
            citizenship.unlink_citizen,
            request.citizen_id,
            caller().subject,
            request.reason,
            _reader("UnlinkCitizen"),
        )
        return pb.UnlinkCitizenResponse(citizen=protos.citizen(person))

    async def ListAuditRecords(self, request: pb.ListAuditRecordsRequest, context: Any) -> pb.ListAuditRecordsResponse:
        """The trail, newest first."""
        limit = pages.size(request.page_size, usual=100, largest=500)
        last = pages.after(request, (str,))
        before = last[0] if last else ""
        rows = await self._read(casework.list_audit, request.citizen_id, request.actor, before, limit + 1)
        found = pb.ListAuditRecordsResponse(records=[protos.audit_record(row, why) for row, why in rows[:limit]])
        if len(rows) > limit:
            found.next_page_token = pages.token(request, [rows[limit - 1][0].id])
        return found

    async def _run(self, use_case: Any, *arguments: Any) -> Any:
        return await run_blocking(self._database.run, use_case, *arguments)

    async def _read(self, use_case: Any, *arguments: Any) -> Any:
        return await run_blocking(self._database.read, use_case, *arguments)


def _reader(action: str) -> Reader:
    return Reader(caller().subject, action, purpose() or DEFAULT_PURPOSE)


def _set_case_state(tx: Tx, case_id: str, state: CaseState, agent_id: str, channels: Collection[str]) -> Row:
    row = casework.set_case_state(tx, case_id, state, agent_id)
    ending.end_session(tx, case_id, channels)
    return row


def _written(found: Written) -> case_pb2.Reply:
    return protos.reply(found.reply, found.text, found.failure, files=found.files, original=found.original)


async def _uploaded(requests: AsyncIterator[pb.UploadFileRequest]) -> tuple[pb.UploadFileRequest, bytes]:
    """The first request, and the bytes of all, as many as a file may have."""
    first, data = pb.UploadFileRequest(), bytearray()
    async for request in requests:
        if not data and not first.case_id:
            Check(request).required("case_id").uuid("case_id").length("filename", 0, 200).raise_if_any()
            first = request
        data += request.chunk
        if len(data) > MAX_FILE_BYTES:
            raise InvalidArgument([("chunk", f"is of a file of more than {MAX_FILE_BYTES // 1_000_000} MB")])
    Check(first).required("case_id").raise_if_any()
    return first, bytes(data)


def _handover(request: pb.HandOverCaseRequest, agent_id: str) -> NewHandover:
    check = Check(request).required("case_id").uuid("case_id").length("department", 1, 40).length("title", 1, 200)
    check.length("text", 1, MAX_TEXT).length("topic", 0, 100).length("request_id", 1, 64)
    check.length("attachment_ids", 0, 10)
    short = all(len(name) <= 100 and len(value) <= 1_000 for name, value in request.fields.items())
    check.that(short and len(request.fields) <= 20, "fields", "has at most 20 fields of at most 1,000 characters")
    place = _place(check, request.place) if request.HasField("place") else None
    check.raise_if_any()
    return NewHandover(
        case_id=request.case_id,
        department=request.department,
        agent_id=agent_id,
        request_id=request.request_id,
        title=request.title,
        text=request.text,
        topic=request.topic,
        place=place,
        attachment_ids=tuple(dict.fromkeys(request.attachment_ids)),
        citizen_agreed=request.citizen_agreed,
        urgent=request.urgent,
        fields=dict(request.fields),
    )


def _place(check: Check, place: case_pb2.Place) -> Details:
    both = place.HasField("latitude") == place.HasField("longitude")
    check.that(both, "place", "has both latitude and longitude, or neither")
    inside = abs(place.latitude) <= 90 and abs(place.longitude) <= 180
    check.that(inside and len(place.address) <= 1_000, "place", "is on earth, its address at most 1,000 characters")
    point = (place.latitude, place.longitude) if place.HasField("latitude") else (None, None)
    return Details(address=place.address, latitude=point[0], longitude=point[1])


def _filters(request: pb.ListCasesRequest) -> dict[str, Any]:
    words = query_words(request.words)
    check = Check(request).uuid("citizen_id").length("address", 0, 200).length("words", 0, 400)
    check.that(len(words) <= MAX_WORDS, "words", f"has at most {MAX_WORDS} words")
    check.that(bool(words) or not request.words, "words", "has a word of two letters or more")
    check.that(set(request.states) <= _STATES.keys(), "states", "are states that there are")
    opened_from, opened_to = _seconds(check, request, "open_after"), _seconds(check, request, "open_before")
    check.raise_if_any()
    number = e164(request.address) if request.address else None
    return {
        "states": [_STATES[state] for state in request.states],
        "channel": request.channel,
        "language": request.language,
        "agent_id": request.agent_id,
        "citizen_id": request.citizen_id,
        "addresses": [address for address in {request.address, number} if address],
        "words": words,
        "opened_from": opened_from,
        "opened_to": opened_to,
    }


def _seconds(check: Check, request: pb.ListCasesRequest, field: str) -> float:
    """A point in time as it is stored; 0 where none is given."""
    try:
        found: int = getattr(request, field).ToMicroseconds()
        return found / 1e6
    except ValueError:
        check.that(False, field, "is a time between the years 1 and 9999")
        return 0.0
