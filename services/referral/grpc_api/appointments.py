"""The AppointmentService of the contract: slots that agencies offer, and who is booked into them."""

from __future__ import annotations

import re
from datetime import UTC
from typing import Any

from hub120.referral.v1 import appointment_service_pb2 as pb
from hub120.referral.v1 import appointment_service_pb2_grpc

from chassis import pages
from chassis.database import Database
from chassis.grpc_host import Check, caller, run_blocking
from services.referral import legal_protos, protos
from services.referral.domain.appointment_words import LONGEST_PLACE
from services.referral.domain.appointments import AHEAD_S, Medium, NewSlot
from services.referral.use_cases import appointments, series
from services.referral.use_cases.appointments import Booked

_LANGUAGE = re.compile(r"([a-z]{2,3})?")
_SHORTEST, _LONGEST, _MOST = 10, 480, 50


class AppointmentApi(appointment_service_pb2_grpc.AppointmentServiceServicer):
    """Slots and appointments; whoever acts is the caller."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def PutSlots(self, request: pb.PutSlotsRequest, context: Any) -> pb.PutSlotsResponse:
        """Offer slots."""
        now = self._database.clock().timestamp()
        new, first = _new_slot(request, now), _seconds(request, "start_time") or 0.0
        starts = series.starts(first, request.recurrence, now, on_holidays=request.on_holidays)
        found = await self._run(appointments.put_slots, new, starts, caller().subject, request.request_id)
        return pb.PutSlotsResponse(slots=map(legal_protos.slot, found))

    async def ListFreeSlots(self, request: pb.ListFreeSlotsRequest, context: Any) -> pb.ListFreeSlotsResponse:
        """Slots with room, the soonest first."""
        limit, last = pages.size(request.page_size, usual=50, largest=200), pages.after(request, (float, str))
        check = Check(request).required("organization_id").length("organization_id", 1, 64)
        check.that(_LANGUAGE.fullmatch(request.language) is not None, "language", "is a primary subtag")
        check.that(request.law_field in legal_protos.FIELD_OF, "law_field", "is none of the fields there are")
        check.that(request.medium in {0, *legal_protos.MEDIUM_OF}, "medium", "is none of the media there are")
        check.raise_if_any()
        medium = legal_protos.MEDIUM_OF.get(request.medium)
        only = {"organization_id": request.organization_id, "language": request.language, "medium": medium}
        found = await run_blocking(
            self._database.read, appointments.free_slots, {name: value for name, value in only.items() if value},
            legal_protos.FIELD_OF[request.law_field].value, _seconds(request, "start_after") or 0.0,
            _seconds(request, "start_before"), (last[0], last[1]) if last else None, limit + 1,
        )  # fmt: skip
        told = pb.ListFreeSlotsResponse(slots=map(legal_protos.slot, found[:limit]))
        if len(found) > limit:
            told.next_page_token = pages.token(request, [found[limit - 1].starts_at, found[limit - 1].id])
        return told

    async def CloseSlot(self, request: pb.CloseSlotRequest, context: Any) -> pb.CloseSlotResponse:
        """Offer a slot no more."""
        Check(request).required("slot_id").uuid("slot_id").raise_if_any()
        await self._run(appointments.close_slot, request.slot_id)
        return pb.CloseSlotResponse()

    async def BookAppointment(self, request: pb.BookAppointmentRequest, context: Any) -> pb.BookAppointmentResponse:
        """Book a slot for a citizen."""
        check = Check(request).required("referral_id", "slot_id").uuid("referral_id", "slot_id")
        check.length("request_id", 1, 64).raise_if_any()
        found: Booked = await self._run(
            appointments.book, request.referral_id, request.slot_id, caller().subject, request.request_id
        )
        return pb.BookAppointmentResponse(
            appointment=_told(found), call_agency=found.calls, referral=protos.referral(found.row)
        )

    async def MoveAppointment(self, request: pb.MoveAppointmentRequest, context: Any) -> pb.MoveAppointmentResponse:
        """Move an appointment to another slot."""
        _which(request).required("slot_id").uuid("slot_id").raise_if_any()
        found: Booked = await self._run(
            appointments.move, request.appointment_id, request.slot_id, caller().subject
        )  # fmt: skip
        return pb.MoveAppointmentResponse(appointment=_told(found), call_agency=found.calls)

    async def CancelAppointment(
        self, request: pb.CancelAppointmentRequest, context: Any
    ) -> pb.CancelAppointmentResponse:
        """Call an appointment off."""
        _which(request).raise_if_any()
        found: Booked = await self._run(appointments.cancel, request.appointment_id, caller().subject)
        return pb.CancelAppointmentResponse(appointment=_told(found), call_agency=found.calls)

    async def RecordAttendance(self, request: pb.RecordAttendanceRequest, context: Any) -> pb.RecordAttendanceResponse:
        """Say whether the citizen came."""
        _which(request).raise_if_any()
        found: Booked = await self._run(
            appointments.attend, request.appointment_id, caller().subject, came=request.came
        )  # fmt: skip
        return pb.RecordAttendanceResponse(appointment=_told(found))

    async def ListAppointments(self, request: pb.ListAppointmentsRequest, context: Any) -> pb.ListAppointmentsResponse:
        """Appointments of a referral."""
        Check(request).required("referral_id").uuid("referral_id").raise_if_any()
        found = await run_blocking(self._database.read, appointments.listed, request.referral_id)
        return pb.ListAppointmentsResponse(appointments=[legal_protos.appointment(*one) for one in found])

    async def _run(self, use_case: Any, *arguments: Any, **more: Any) -> Any:
        return await run_blocking(self._database.run, use_case, *arguments, **more)


def _which(request: Any) -> Check:
    return Check(request).required("appointment_id").uuid("appointment_id")


def _told(found: Booked) -> pb.Appointment:
    return legal_protos.appointment(found.appointment, found.slot)


def _seconds(request: Any, field: str) -> float | None:
    """A moment in seconds since 1970; None if it is not given."""
    if not request.HasField(field):
        return None
    seconds: float = getattr(request, field).ToDatetime(UTC).timestamp()
    return seconds


def _new_slot(request: pb.PutSlotsRequest, now: float) -> NewSlot:
    """What is offered. Raises ``InvalidArgument``."""
    check = Check(request).required("organization_id", "start_time").length("organization_id", 1, 64)
    start = _seconds(request, "start_time") or 0.0
    check.that(now < start <= now + AHEAD_S, "start_time", "lies ahead, within a year")
    check.range("minutes", _SHORTEST, _LONGEST).range("capacity", 1, _MOST).length("request_id", 1, 64)
    check.that(request.medium in legal_protos.MEDIUM_OF, "medium", "is none of the media there are")
    medium = legal_protos.MEDIUM_OF.get(request.medium, Medium.VISIT)
    placed = 1 <= len(request.place) <= LONGEST_PLACE if medium is Medium.VISIT else not request.place
    check.that(placed, "place", f"has 1 to {LONGEST_PLACE} characters for VISIT, and is empty otherwise")
    check.length("place", 0, LONGEST_PLACE).length("recurrence", 0, series.LONGEST)
    check.that(_LANGUAGE.fullmatch(request.language) is not None, "language", "is a primary subtag")
    check.that(request.law_field in legal_protos.FIELD_OF, "law_field", "is none of the fields there are")
    check.raise_if_any()
    field = legal_protos.FIELD_OF[request.law_field]
    return NewSlot(
        request.organization_id,
        request.minutes,
        request.capacity,
        medium,
        request.place,
        request.language or "ko",
        field,
    )
