"""Referrals through gRPC, with a real client: who may ask, what is refused, pages, and a stream that resumes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import grpc
import pytest
from hub120.referral.v1 import capacity_pb2, referral_pb2, referral_service_pb2, referral_service_pb2_grpc
from hub120.referral.v1 import referral_service_pb2 as pb

from chassis import auth, grpc_host
from chassis.database import Database
from chassis.streams import Streams
from services.referral.domain.agency_calls import CallState
from services.referral.domain.capacity import Answer, Room
from services.referral.grpc_api.referrals import ReferralApi
from services.referral.store import referrals
from services.referral.tables import metadata
from services.referral.use_cases import calling, capacity
from tests.integration.databases import Clock
from tests.integration.grpc_calls import answering, code_of, details, on_database
from tests.integration.referral_desk import CASE, SUMMARY, Desk

ITEMS = [referral_pb2.CONSENT_ITEM_NAME, referral_pb2.CONSENT_ITEM_CASE_SUMMARY]
NAME = referral_pb2.ItemValue(item=referral_pb2.CONSENT_ITEM_NAME, value="김영희")


class FrontEnd:
    """Somebody's front end, and the desk behind it."""

    def __init__(self, channel: grpc.aio.Channel, issuer: auth.LocalIssuer, desk: Desk, streams: Streams) -> None:
        self._issuer, self.desk, self.streams = issuer, desk, streams
        self._stub = referral_service_pb2_grpc.ReferralServiceStub(channel)  # type: ignore[no-untyped-call]

    def call(self, method: str, role: str = "agent", subject: str = "kim", **request: Any) -> Any:
        """Call a method."""
        metadata = [("authorization", f"Bearer {self._issuer.issue(subject, [role], 60)}"), ("hub120-purpose", "care")]
        return getattr(self._stub, method)(getattr(pb, f"{method}Request")(**request), metadata=metadata, timeout=20)

    def proposes(self, **more: Any) -> Any:
        """Propose help."""
        values = {
            "case_id": CASE,
            "service_id": self.desk.service_id,
            "kind": referral_pb2.REFERRAL_KIND_WELFARE,
            "need": "housing",
            "summary": SUMMARY,
            "details": [NAME],
            "request_id": "r-1",
            **more,
        }
        return self.call("ProposeReferral", **values)

    async def propose(self, **more: Any) -> referral_pb2.Referral:
        """Propose help, and go on with it."""
        referral: referral_pb2.Referral = (await self.proposes(**more)).referral
        self.desk.referral_id = referral.id
        return referral

    def disclosure(self) -> dict[str, Any]:
        """What consent is asked for."""
        until = self.desk.clock.now + timedelta(days=90)
        return {
            "referral_id": self.desk.referral_id,
            "purpose": referral_pb2.CONSENT_PURPOSE_APPLICATION,
            "items": ITEMS,
            "expire_time": until,
        }

    def agree(self, **more: Any) -> Any:
        """The citizen agrees."""
        how = referral_pb2.CONSENT_HOW_SPOKEN
        return self.call(
            "RecordConsent", **{**self.disclosure(), "how": how, "refusal_told": True, "request_id": "c-1", **more}
        )


@asynccontextmanager
async def served(database: Database, folder: Path, clock: Clock) -> AsyncIterator[FrontEnd]:
    streams = Streams(lambda ids: database.read(referrals.sequences, ids))
    api = ReferralApi(database, streams, 7, "120 경기도 콜센터")
    service = grpc_host.implemented(referral_service_pb2, referral_service_pb2_grpc, api)
    async with answering(folder, service) as (channel, issuer):
        yield FrontEnd(channel, issuer, Desk(database, clock), streams)


@pytest.fixture
def on(database_address: str, clock: Clock, tmp_path: Path) -> Callable[[Callable[[FrontEnd], Awaitable[None]]], None]:
    """Runs a test against a service of its own."""
    return on_database(database_address, "referral", metadata, clock, lambda kept: served(kept, tmp_path, clock))


def test_an_agency_is_called_once_by_the_same_request_and_what_it_says_in_the_call_is_bounded(on: Any) -> None:
    async def main(front_end: FrontEnd) -> None:
        desk, call = front_end.desk, front_end.call
        desk.agency("telephone")
        which = {"referral_id": (await front_end.propose()).id}
        refusal = await details(call("CallAgency", request_id="c-1", **which))
        assert refusal["ErrorInfo"].reason == "NO_CONSENT"
        await front_end.agree()
        first, again = [await call("CallAgency", request_id="c-1", **which) for _ in range(2)]
        assert first.call_id == again.call_id
        accepted: Any = {"state": referral_pb2.REFERRAL_STATE_ACCEPTED, "request_id": "rep-1"}
        unanswered = await details(call("ReportAgencyCall", **accepted, **which))
        assert unanswered["ErrorInfo"].reason == "NOT_ANSWERED"
        desk.run(calling.hear, calling.LegNews(first.call_id, CallState.UP))
        wrong: Any = {"state": referral_pb2.REFERRAL_STATE_COMPLETED, "request_id": "rep-0"}
        assert "BadRequest" in await details(call("ReportAgencyCall", **wrong, **which))
        told = await call("ReportAgencyCall", **accepted, **which)
        assert (told.allowed, told.referral.state) == (True, referral_pb2.REFERRAL_STATE_ACCEPTED)
        assert (await call("HangUpAgency", **which)).referral.sequence == told.referral.sequence

    on(main)


def test_a_referral_from_the_proposal_to_the_outcome(on: Any) -> None:
    async def main(front_end: FrontEnd) -> None:
        desk, call = front_end.desk, front_end.call
        referral = await front_end.propose()
        assert (await front_end.propose()).id == referral.id
        desk.run(capacity.report, desk.organization_id, "", Answer(Room.NO_ROOM), "kim")
        warned = (await front_end.proposes(request_id="r-2")).capacity
        assert (warned.room, warned.counts) == (capacity_pb2.CAPACITY_ROOM_NO_ROOM, True)
        read_out = await call("PrepareConsent", language="vi", **front_end.disclosure())
        assert [one.language for one in read_out.wordings] == ["ko", "vi"]
        agreed = await front_end.agree()
        assert agreed.referral.state == referral_pb2.REFERRAL_STATE_CONSENTED
        assert (await front_end.agree()).consent.id == agreed.consent.id
        sent = await call("SendReferral", referral_id=referral.id)
        assert not sent.call_agency
        (journey,) = desk.carry()
        desk.arrives(journey.dispatch_id)
        report = {"referral_id": referral.id, "note": "담당 배정", "request_id": "rep-1"}
        for expected in (True, False):
            told = await call("ReportForAgency", state=referral_pb2.REFERRAL_STATE_COMPLETED, **report)
            assert (told.allowed, told.duplicate) == (expected, not expected)
        outcome = referral_pb2.REFERRAL_OUTCOME_HELPED
        confirmed = await call("ConfirmOutcome", referral_id=referral.id, outcome=outcome)
        assert confirmed.referral.state == referral_pb2.REFERRAL_STATE_CONFIRMED
        opened_ = (await call("GetReferral", referral_id=referral.id)).opened
        assert (opened_.summary, list(opened_.details), len(opened_.consents)) == (SUMMARY, [NAME], 1)
        watched = call("WatchReferral", referral_id=referral.id, after_sequence=2)
        seen = [(await watched.read()).entry for _ in range(confirmed.referral.sequence - 2)]
        watched.cancel()
        assert [one.sequence for one in seen] == list(range(3, confirmed.referral.sequence + 1))
        assert "담당 배정" in {one.note for one in seen}
        assert desk.trail() == [("kim", "GetReferral"), ("kim", "WatchReferral")]

    on(main)


def test_a_stream_hears_what_happens_while_it_is_open(on: Any) -> None:
    async def main(front_end: FrontEnd) -> None:
        await front_end.propose()
        watched = front_end.call("WatchReferral", referral_id=front_end.desk.referral_id)
        assert (await watched.read()).entry.sequence == 1
        await front_end.agree()
        front_end.streams.wake(front_end.desk.referral_id)
        assert (await watched.read()).entry.kind == "consent_given"
        watched.cancel()

    on(main)


def test_a_consent_is_revoked_a_referral_withdrawn_and_another_proposed(on: Any) -> None:
    async def main(front_end: FrontEnd) -> None:
        desk, call = front_end.desk, front_end.call
        first = await front_end.propose()
        consent = (await front_end.agree()).consent
        for _ in range(2):
            revoked = await call("RevokeConsent", consent_id=consent.id, note="싫다고 하심")
            assert revoked.consent.end == referral_pb2.CONSENT_END_REVOKED
            assert revoked.referral.reason == "consent_revoked"
        second = await front_end.propose(request_id="r-2")
        for _ in range(2):
            gone = await call("WithdrawReferral", referral_id=second.id, by_citizen=True)
            assert (gone.referral.state, gone.referral.reason) == (referral_pb2.REFERRAL_STATE_WITHDRAWN, "by_citizen")
        third = await front_end.propose(request_id="r-3")
        await front_end.agree()
        await call("SendReferral", referral_id=third.id)
        desk.pass_by(60)  # a holiday lies between
        found = await call("ListReferrals", "supervisor", "chief", escalated=True)
        assert [one.escalation for one in found.referrals] == ["not_sent"]
        taken = await call("TakeEscalation", "supervisor", "chief", referral_id=third.id)
        assert taken.referral.escalation_taken_by == "chief"
        fourth = await call(
            "RerouteReferral", referral_id=third.id, service_id=desk.service_id, request_id="r-4"
        )  # fmt: skip
        assert fourth.referral.rerouted_from_id == third.id
        page = await call("ListReferrals", case_id=CASE, page_size=3)
        rest = await call("ListReferrals", case_id=CASE, page_size=3, page_token=page.next_page_token)
        ids = [one.id for one in (*page.referrals, *rest.referrals)]
        assert ids == [fourth.referral.id, third.id, second.id, first.id]
        assert [one.id for one in (await call("ListReferrals", open=True)).referrals] == [fourth.referral.id]
        assert not (await call("ListReferrals", subject="lee")).referrals
        consents = await call("ListConsents", "auditor", case_id=CASE, page_size=1)
        more = await call("ListConsents", "auditor", case_id=CASE, page_size=1, page_token=consents.next_page_token)
        assert [one.id for one in consents.consents] == [consent.id]
        assert [one.end for one in more.consents] == [referral_pb2.CONSENT_END_DONE]

    on(main)


def test_what_cannot_be_right_is_refused_field_by_field(on: Any) -> None:
    async def main(front_end: FrontEnd) -> None:
        call = front_end.call
        referral = await front_end.propose()
        bad = await details(front_end.propose(need="여기", summary="", details=[NAME, NAME], kind=0, request_id="r-2"))
        assert {one.field for one in bad["BadRequest"].field_violations} == {"need", "summary", "details", "kind"}
        unlawful = await details(front_end.agree(refusal_told=False, items=[referral_pb2.CONSENT_ITEM_HEALTH]))
        fields = [one.field for one in unlawful["BadRequest"].field_violations]
        assert fields == ["refusal_told", "sensitive_agreed"]
        refused = await details(call("SendReferral", referral_id=referral.id))
        assert refused["ErrorInfo"].reason == "NO_CONSENT"
        state = referral_pb2.REFERRAL_STATE_DECLINED
        declined = call("ReportForAgency", referral_id=referral.id, state=state, request_id="x")
        assert await code_of(declined) is grpc.StatusCode.INVALID_ARGUMENT
        unknown = {"referral_id": CASE}
        for method in ("GetReferral", "SendReferral", "WithdrawReferral", "ConfirmOutcome"):
            assert await code_of(call(method, **unknown)) is grpc.StatusCode.NOT_FOUND
        taken = call("TakeEscalation", "supervisor", referral_id=referral.id)
        assert (await details(taken))["ErrorInfo"].reason == "NOT_ESCALATED"
        assert await code_of(call("TakeEscalation", referral_id=referral.id)) is grpc.StatusCode.PERMISSION_DENIED
        assert await code_of(call("GetReferral", "admin", referral_id=referral.id)) is grpc.StatusCode.PERMISSION_DENIED
        assert await code_of(call("ListConsents")) is grpc.StatusCode.INVALID_ARGUMENT

    on(main)
