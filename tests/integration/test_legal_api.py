"""Legal referrals and appointments through gRPC, with a real client: who may ask what, and what is refused."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import grpc
import pytest
from hub120.referral.v1 import appointment_service_pb2 as meetings
from hub120.referral.v1 import (
    appointment_service_pb2_grpc,
    legal_service_pb2_grpc,
    referral_pb2,
    referral_service_pb2_grpc,
)
from hub120.referral.v1 import legal_pb2 as legal
from hub120.referral.v1 import legal_service_pb2 as pb
from hub120.referral.v1 import referral_service_pb2 as referrals

from chassis import auth, event_loop, grpc_host
from chassis.database import Database
from chassis.streams import Streams
from services.referral.grpc_api.appointments import AppointmentApi
from services.referral.grpc_api.legal import LegalApi
from services.referral.grpc_api.referrals import ReferralApi
from services.referral.store import referrals as store
from services.referral.tables import metadata
from tests.integration.databases import Clock, opened
from tests.integration.grpc_calls import answering, code_of, details, on_database
from tests.integration.referral_desk import CASE, SUMMARY, Desk

SECRET = "화해할 뜻이 있음"
ROLES = ("agent", "supervisor", "admin", "service", "auditor")
_KINDS = (
    (pb, pb.DESCRIPTOR.services_by_name["LegalService"], legal_service_pb2_grpc.LegalServiceStub),
    (
        meetings,
        meetings.DESCRIPTOR.services_by_name["AppointmentService"],
        appointment_service_pb2_grpc.AppointmentServiceStub,
    ),
    (
        referrals,
        referrals.DESCRIPTOR.services_by_name["ReferralService"],
        referral_service_pb2_grpc.ReferralServiceStub,
    ),
)


class FrontEnd:
    """Somebody's front end, and the desk behind it."""

    def __init__(self, channel: grpc.aio.Channel, issuer: auth.LocalIssuer, desk: Desk) -> None:
        self._issuer, self.desk = issuer, desk
        self._methods = {
            method.name: (getattr(module, method.input_type.name), getattr(stub(channel), method.name))
            for module, service, stub in _KINDS
            for method in service.methods
        }

    def call(self, name: str, role: str = "agent", /, **request: Any) -> Any:
        """Call a method of one of the three services."""
        metadata = [("authorization", f"Bearer {self._issuer.issue('kim', [role], 60)}"), ("hub120-purpose", "care")]
        kind, method = self._methods[name]
        return method(kind(**request), metadata=metadata, timeout=20)

    async def propose(self, **more: Any) -> referral_pb2.Referral:
        """Propose legal help."""
        values = {
            "case_id": CASE,
            "service_id": self.desk.service_id,
            "kind": referral_pb2.REFERRAL_KIND_LEGAL,
            "law_field": legal.LAW_FIELD_LEASE,
            "need": "law",
            "summary": SUMMARY,
            "request_id": "r-1",
            **more,
        }
        referral: referral_pb2.Referral = (await self.call("ProposeReferral", **values)).referral
        self.desk.referral_id = referral.id
        return referral


@asynccontextmanager
async def served(database: Database, folder: Path, clock: Clock) -> AsyncIterator[FrontEnd]:
    streams = Streams(lambda ids: database.read(store.sequences, ids))
    services = (
        grpc_host.implemented(pb, legal_service_pb2_grpc, LegalApi(database)),
        grpc_host.implemented(meetings, appointment_service_pb2_grpc, AppointmentApi(database)),
        grpc_host.implemented(
            referrals, referral_service_pb2_grpc, ReferralApi(database, streams, capacity_days=30, centre="120")
        ),
    )
    async with answering(folder, *services) as (channel, issuer):
        yield FrontEnd(channel, issuer, Desk(database, clock))


@pytest.fixture
def on(database_address: str, clock: Clock, tmp_path: Path) -> Callable[[Callable[[FrontEnd], Awaitable[None]]], None]:
    """Runs a test against services of its own."""
    return on_database(database_address, "referral", metadata, clock, lambda kept: served(kept, tmp_path, clock))


def test_a_deadline_from_the_rule_to_its_end(on: Any) -> None:
    async def main(front_end: FrontEnd) -> None:
        call = front_end.call
        referral = await front_end.propose()
        assert (referral.law_field, referral.HasField("next_deadline")) == (legal.LAW_FIELD_LEASE, False)
        rules = (await call("ListDeadlineRules")).rules
        assert {"민사소송법 제396조", "민사소송법 제470조", "행정심판법 제27조"} <= {one.law_ko for one in rules}
        proposed = await call("ProposeDeadline", rule="payment_order_objection", start_date="2026-05-01")
        assert (proposed.date, proposed.rule.law_en) == ("2026-05-15", "Civil Procedure Act, article 470")
        assert list(proposed.warnings) == [legal.LEGAL_WARNING_NOT_LEGAL_ADVICE]
        asked = {
            "referral_id": referral.id, "kind": proposed.rule.kind, "date": "2026-05-11", "rule": proposed.rule.code,
            "source": "지급명령 송달 2026-04-27", "request_id": "d-1",
        }  # fmt: skip
        for _ in range(2):
            added = await call("AddDeadline", **asked)
            assert added.referral.next_deadline.date == "2026-05-11"
            assert list(added.warnings) == [legal.LEGAL_WARNING_DEADLINE_NEAR]
        (read,) = (await call("GetReferral", referral_id=referral.id)).opened.deadlines
        assert read == added.deadline
        (listed,) = (await call("ListReferrals", by_deadline=True, open=True)).referrals
        assert listed.next_deadline.deadline_id == read.id
        assert not (await call("ListReferrals", deadline_before=front_end.desk.clock.now)).referrals
        refused = await details(call("WithdrawReferral", referral_id=referral.id))
        assert refused["ErrorInfo"].reason == "DEADLINE_OPEN"
        kept = legal.DEADLINE_STATE_KEPT
        closed = await call("CloseDeadline", "legal", deadline_id=read.id, state=kept)
        assert (closed.deadline.state, closed.referral.HasField("next_deadline")) == (kept, False)
        file = await call("GetLegalFile", "legal", referral_id=referral.id)
        assert [(one.source, one.closed_by) for one in file.deadlines] == [("지급명령 송달 2026-04-27", "kim")]

    on(main)


def test_only_the_legal_desk_reads_its_notes_and_conflicts(on: Any, capfd: pytest.CaptureFixture[str]) -> None:
    async def main(front_end: FrontEnd) -> None:
        call, denied = front_end.call, grpc.StatusCode.PERMISSION_DENIED
        referral = await front_end.propose()
        which = {"referral_id": referral.id}
        for number in range(3):
            written = {"text": f"{SECRET} {number}", "request_id": f"n-{number}"}
            note = (await call("AddLegalNote", "legal", **which, **written)).note
        page = await call("ListLegalNotes", "legal", **which, page_size=2)
        rest = await call("ListLegalNotes", "legal", **which, page_size=2, page_token=page.next_page_token)
        assert [one.text for one in (*page.notes, *rest.notes)] == [f"{SECRET} {number}" for number in range(3)]
        assert rest.notes[0] == note
        closed = {
            "AddLegalNote": {"text": "x", "request_id": "x"}, "ListLegalNotes": {}, "ListConflictsOfInterest": {},
            "ClearConflict": {"other_referral_id": CASE, "reason": "x"},
        }  # fmt: skip
        for role in ROLES:
            for method, more in closed.items():
                assert await code_of(call(method, role, **which, **more)) is denied
            assert await code_of(call("ListFlaggedReferrals", role)) is denied
        for method in ("GetReferral", "SendReferral", "ProposeReferral"):
            assert await code_of(call(method, "legal")) is denied, "the legal role comes beside another"
        front_end.desk.referral_id = referral.id
        assert front_end.desk.trail() == [("kim", "ListLegalNotes")] * 2

    on(main)
    written = capfd.readouterr()
    assert SECRET not in written.out + written.err


def test_the_legal_desk_finds_and_clears_a_conflict_and_no_name_is_logged(
    on: Any, capfd: pytest.CaptureFixture[str]
) -> None:
    async def main(front_end: FrontEnd) -> None:
        call = front_end.call
        referral = await front_end.propose()
        which = {"referral_id": referral.id}
        party = await call("AddOpposingParty", **which, name="한빛투자", telephone="010-7777-0000", request_id="p-1")
        assert party.party.telephone == "+821077770000"
        other = await front_end.propose(
            case_id=referral.id, request_id="r-2",
            details=[referral_pb2.ItemValue(item=referral_pb2.CONSENT_ITEM_NAME, value="한빛투자")],
        )  # fmt: skip
        assert other.conflict == legal.CONFLICT_FLAG_POSSIBLE
        (flagged,) = (await call("ListFlaggedReferrals", "legal")).referrals
        assert flagged.id == other.id
        (found,) = (await call("ListConflictsOfInterest", "legal", referral_id=other.id)).conflicts
        assert (found.other_referral_id, found.match) == (referral.id, legal.CONFLICT_MATCH_NAME)
        cleared = await call(
            "ClearConflict", "legal", referral_id=other.id, other_referral_id=referral.id, reason="동명"
        )  # fmt: skip
        assert cleared.referral.conflict == legal.CONFLICT_FLAG_CLEARED
        assert not (await call("ListFlaggedReferrals", "legal")).referrals
        file = await call("GetLegalFile", **which)
        assert [one.name for one in file.parties] == ["한빛투자"]
        front_end.desk.referral_id = referral.id
        assert front_end.desk.trail() == [("kim", "GetLegalFile")]
        removed = await call("RemoveOpposingParty", party_id=file.parties[0].id)
        assert removed.referral.id == referral.id

    on(main)
    written = capfd.readouterr()
    assert "한빛투자" not in written.out + written.err


def test_slots_are_offered_by_those_who_lead_and_booked_by_agents(on: Any) -> None:
    async def main(front_end: FrontEnd) -> None:
        call, desk = front_end.call, front_end.desk
        referral = await front_end.propose()
        desk.consent()
        start = desk.clock.now + timedelta(days=28)
        offered = {
            "organization_id": desk.organization_id, "start_time": start, "minutes": 30, "capacity": 1,
            "medium": meetings.MEETING_MEDIUM_VISIT, "place": "수원시 영통구", "request_id": "s-1",
            "recurrence": "FREQ=WEEKLY;COUNT=3",
        }  # fmt: skip
        assert await code_of(call("PutSlots", **offered)) is grpc.StatusCode.PERMISSION_DENIED
        for _ in range(2):
            slots = (await call("PutSlots", "supervisor", **offered)).slots
            assert len(slots) == 3
        page = await call("ListFreeSlots", organization_id=desk.organization_id, page_size=2)
        token = page.next_page_token
        rest = await call("ListFreeSlots", organization_id=desk.organization_id, page_size=2, page_token=token)
        assert [*page.slots, *rest.slots] == list(slots)
        booked = await call("BookAppointment", referral_id=referral.id, slot_id=slots[0].id, request_id="b-1")
        assert (booked.appointment.slot.booked, booked.call_agency) == (1, False)
        which = {"appointment_id": booked.appointment.id}
        moved = await call("MoveAppointment", **which, slot_id=slots[1].id)
        assert moved.appointment.slot.id == slots[1].id
        ahead = await details(call("RecordAttendance", **which, came=True))
        assert ahead["ErrorInfo"].reason == "APPOINTMENT_AHEAD"
        cancelled = await call("CancelAppointment", **which)
        assert cancelled.appointment.state == meetings.APPOINTMENT_STATE_CANCELLED
        assert list((await call("ListAppointments", referral_id=referral.id)).appointments) == [cancelled.appointment]
        await call("CloseSlot", "legal", slot_id=slots[2].id)
        free = (await call("ListFreeSlots", organization_id=desk.organization_id, start_before=start)).slots
        assert not free

    on(main)


@pytest.mark.parametrize(
    ("method", "request_values", "fields"),
    [
        ("ProposeDeadline", {"rule": "wages", "start_date": "2026-2-1"}, {"start_date"}),
        ("ProposeDeadline", {"rule": "", "start_date": "2040-01-01"}, {"rule", "start_date"}),
        (
            "AddDeadline",
            {"referral_id": CASE, "date": "2026-02-30", "rule": "x", "kind": 99},
            {"date", "rule", "kind", "source", "request_id"},
        ),
        ("CloseDeadline", {"deadline_id": CASE, "state": legal.DEADLINE_STATE_MOVED}, {"state"}),
        (
            "AddOpposingParty",
            {"referral_id": CASE, "name": "  ", "telephone": "abc", "request_id": "x"},
            {"name", "telephone"},
        ),
        (
            "PutSlots",
            {"organization_id": "o", "minutes": 5, "capacity": 99, "place": "x" * 300, "language": "korean"},
            {"start_time", "minutes", "capacity", "medium", "place", "language", "request_id"},
        ),
        ("ListFreeSlots", {"medium": 9, "law_field": 99}, {"organization_id", "medium", "law_field"}),
        ("BookAppointment", {"referral_id": "x", "request_id": "b"}, {"referral_id", "slot_id"}),
        (
            "ProposeReferral",
            {"case_id": CASE, "service_id": CASE, "kind": 2, "need": "x", "summary": "x", "request_id": "x"},
            {"law_field"},
        ),
        ("ListReferrals", {"escalated": True, "by_deadline": True}, {"by_deadline"}),
    ],
)
def test_what_cannot_be_right_is_refused_field_by_field(
    tmp_path: Path, clock: Clock, method: str, request_values: Any, fields: set[str]
) -> None:
    async def main() -> None:
        with opened(f"sqlite:///{tmp_path}/{{service}}.db", "referral", metadata, clock) as database:
            async with served(database, tmp_path, clock) as front_end:
                told = await details(front_end.call(method, "supervisor", **request_values))
                assert {one.field for one in told["BadRequest"].field_violations} == fields

    event_loop.run(main())
