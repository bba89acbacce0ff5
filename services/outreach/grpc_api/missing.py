"""The MissingPersonService of the contract: who is looked for, with a photo that is kept sealed and clean."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hub120.outreach.v1 import missing_person_service_pb2 as pb
from hub120.outreach.v1 import missing_person_service_pb2_grpc

from chassis.attachments import NotAccepted, inspect
from chassis.blobs import Blobs, NoSuchBlob
from chassis.database import Database, Tx
from chassis.errors import InvalidArgument
from chassis.grpc_host import Check, caller, purpose, run_blocking
from chassis.ids import new_id
from services.outreach import notice_protos as protos
from services.outreach.domain.missing import Found, MissingKind
from services.outreach.grpc_api import notice_requests as asked
from services.outreach.store import notices as store
from services.outreach.use_cases import looking_for
from services.outreach.use_cases.looking_for import Search, Shown

_PICTURES = frozenset({"image/jpeg", "image/png", "image/webp"})
_OUTCOMES = {
    Found.NOT: pb.MISSING_OUTCOME_UNSPECIFIED,
    Found.FOUND: pb.MISSING_OUTCOME_FOUND,
    Found.CALLED_OFF: pb.MISSING_OUTCOME_CALLED_OFF,
    Found.EXPIRED: pb.MISSING_OUTCOME_EXPIRED,
}
_CLOSES = {pb.MISSING_OUTCOME_FOUND: Found.FOUND, pb.MISSING_OUTCOME_CALLED_OFF: Found.CALLED_OFF}
_KINDS = {kind: getattr(pb, f"MISSING_KIND_{kind.name}") for kind in MissingKind}


class MissingApi(missing_person_service_pb2_grpc.MissingPersonServiceServicer):
    """People who are looked for."""

    def __init__(self, database: Database, blobs: Blobs, chance: Callable[[], int] | None = None) -> None:
        """``chance`` draws a number from 0 to 9,999 for each code."""
        self._database, self._blobs = database, blobs
        self._chance = chance or (lambda: secrets.randbelow(10_000))

    async def ReportMissing(self, request: pb.ReportMissingRequest, context: Any) -> pb.ReportMissingResponse:
        """Propose a notice."""
        search = asked.search(request, caller().subject, self._database.clock().timestamp())
        return await run_blocking(self._report, search, request.photo)

    def _report(self, search: Search, photo: bytes) -> pb.ReportMissingResponse:
        """The photo is there before whoever refers to it, and goes where nobody does."""
        key = ""
        if photo:
            media_type, data = _picture(photo)
            key = self._blobs.put(f"missing-{new_id(self._database.clock())}", data)
            search = replace(search, wanted=replace(search.wanted, photo=key, photo_type=media_type))
        try:
            told, is_new = self._database.run(_reported, search, self._chance())
        except BaseException:
            self._drop(key)
            raise
        if not is_new:
            self._drop(key)
        return told

    def _drop(self, key: str) -> None:
        if key:
            self._blobs.delete(key)

    async def GetMissing(self, request: pb.GetMissingRequest, context: Any) -> pb.GetMissingResponse:
        """Whom a notice is about."""
        check = Check(request).uuid("notice_id")
        check.that(bool(request.notice_id) != bool(request.code), "notice_id", "or a code is given").raise_if_any()
        reader, why = caller().subject, purpose()

        def read(tx: Tx) -> Shown:
            notice_id = request.notice_id or looking_for.by_code(tx, request.code)
            return looking_for.opened(tx, notice_id, reader, "GetMissing", why)

        shown = await run_blocking(self._database.run, read)
        told = pb.GetMissingResponse(person=_told(shown))
        if request.photo and shown.row.photo:
            told.photo = await run_blocking(self._read, shown.row.photo)
        return told

    def _read(self, key: str) -> bytes:
        try:
            return self._blobs.get(key)
        except NoSuchBlob:
            return b""

    async def CloseMissing(self, request: pb.CloseMissingRequest, context: Any) -> pb.CloseMissingResponse:
        """The search is over."""
        check: Check = asked.which(request)
        check.that(request.outcome in _CLOSES, "outcome", "is FOUND or CALLED_OFF").raise_if_any()
        row = await run_blocking(
            self._database.run, looking_for.close, request.notice_id, _CLOSES[request.outcome], caller().subject
        )
        return pb.CloseMissingResponse(outcome=_OUTCOMES[Found(row.outcome)])


def _reported(tx: Tx, search: Search, chance: int) -> tuple[pb.ReportMissingResponse, bool]:
    row, person, is_new = looking_for.report(tx, search, chance)
    notice = protos.notice(store.notice(tx, row.id) or row, store.standing(tx, row).approved_by)
    return pb.ReportMissingResponse(notice=notice, code=person.code), is_new


def _picture(data: bytes) -> tuple[str, bytes]:
    """What it is, and its bytes without what it says of place and device. Raises ``InvalidArgument``."""
    try:
        found = inspect(data)
    except NotAccepted as error:
        raise InvalidArgument([("photo", str(error))]) from error
    if found.media_type not in _PICTURES:
        raise InvalidArgument([("photo", f"is one of {', '.join(sorted(_PICTURES))}")])
    return found.media_type, found.data


def _told(shown: Shown) -> pb.MissingPerson:
    row = shown.row
    return pb.MissingPerson(
        notice_id=row.id,
        kind=_KINDS[MissingKind(row.kind)],
        name=shown.name,
        description=shown.description,
        police_reference=shown.police_reference,
        code=row.code,
        outcome=_OUTCOMES[Found(row.outcome)],
        seen_time=protos.moment(row.seen_at),
        end_time=protos.moment(row.ends_at),
        photo_type=row.photo_type,
    )
