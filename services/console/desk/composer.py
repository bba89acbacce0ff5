"""What an agent writes into a case: replies with files, notes, and what becomes of a reply or a handover whose fate
nobody knows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import unquote

import grpc
from google.protobuf.timestamp_pb2 import Timestamp
from hub120.intake.v1 import case_pb2
from hub120.intake.v1 import intake_service_pb2 as intake
from starlette.responses import Response
from starlette.routing import Route

from services.console.hub import Refusal
from services.console.live import Part
from services.console.visits import House, Visit

LONGEST_FILE: Final = 20_000_000
_CHUNK: Final = 64 * 1024


class Composer:
    """Below what was said."""

    def routes(self, house: House) -> Sequence[Route]:
        """Its actions."""
        case = "/desk/cases/{case_id}"
        return [
            house.action(f"{case}/reply", self._reply),
            house.action(f"{case}/note", self._note),
            house.action(f"{case}/files", self._file),
            house.action("/desk/replies/{reply_id}/resolve", self._resolve_reply),
            house.action("/desk/handovers/{handover_id}/resolve", self._resolve_handover),
        ]

    async def _reply(self, visit: Visit) -> Response:
        """The request id makes a second one harmless."""
        form = await visit.form()
        await visit.ask(
            intake.ReplyToCaseRequest(
                case_id=visit.path["case_id"],
                text=form["text"],
                request_id=form["request_id"],
                file_ids=form.all("file_id"),
            )
        )
        return visit.done(visit.part("files", "desk/files.html", files=()), said=visit.t("desk.reply_stored"))

    async def _note(self, visit: Visit) -> Response:
        """The request id makes a second one harmless."""
        form = await visit.form()
        await visit.ask(
            intake.AddNoteRequest(case_id=visit.path["case_id"], text=form["text"], request_id=form["request_id"])
        )
        return visit.done(said=visit.t("desk.note_stored"))

    async def _file(self, visit: Visit) -> Response:
        """The body is the file, the header ``x-file-name`` its name in percent-encoding."""
        data = await visit.request.body()
        name = unquote(visit.request.headers.get("x-file-name", ""))[-200:]
        first = intake.UploadFileRequest(case_id=visit.path["case_id"], filename=name)
        try:
            stored = await visit.me.send(_pieces(data), first)
        except Refusal as refusal:
            if refusal.code is not grpc.StatusCode.INVALID_ARGUMENT:
                raise
            return visit.refuse(visit.t("desk.file_refused", name=name))
        return visit.done(visit.part("files", "desk/files.html", put=True, files=[stored.file]))

    async def _resolve_reply(self, visit: Visit) -> Response:
        form = await visit.form()
        reply_id = visit.path["reply_id"]
        await visit.ask(intake.ResolveReplyRequest(reply_id=reply_id, send_again=form.ticked("again")))
        return visit.done()

    async def _resolve_handover(self, visit: Visit) -> Response:
        form = await visit.form()
        handover_id = visit.path["handover_id"]
        await visit.ask(intake.ResolveHandoverRequest(handover_id=handover_id, send_again=form.ticked("again")))
        return visit.done()


def newest(entries: Sequence[case_pb2.Entry]) -> Sequence[case_pb2.Entry]:
    """Each thing once, where it stood first and as it was told last: a reply is told again with each of its states."""
    found: dict[str, case_pb2.Entry] = {}
    for entry in entries:
        told = getattr(entry, entry.WhichOneof("what") or "note")
        found[getattr(told, "id", "") or str(entry.sequence)] = entry
    return list(found.values())


def reply_deadline(entries: Sequence[case_pb2.Entry]) -> Timestamp | None:
    """Until when the channel takes replies to what the citizen said last; None if it does not say."""
    contacts = [entry.contact for entry in entries if entry.HasField("contact")]
    if not contacts or not contacts[-1].HasField("reply_deadline_time"):
        return None
    return contacts[-1].reply_deadline_time


def deadline_part(visit: Visit, entries: Sequence[case_pb2.Entry]) -> Part:
    """How long the channel still takes replies."""
    return visit.part("reply-deadline", "desk/reply_deadline.html", deadline=reply_deadline(entries))


def _pieces(data: bytes) -> Iterator[intake.UploadFileRequest]:
    for start in range(0, len(data), _CHUNK):
        yield intake.UploadFileRequest(chunk=data[start : start + _CHUNK])
