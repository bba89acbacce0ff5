"""The hub's doors for front ends, as anyone opens them who has the protos and a token."""

from __future__ import annotations

import asyncio
from typing import Any

import grpc
from hub120.intake.v1.intake_service_pb2_grpc import IntakeServiceStub
from hub120.outreach.v1.campaign_service_pb2_grpc import CampaignServiceStub
from hub120.outreach.v1.check_in_service_pb2_grpc import CheckInServiceStub
from hub120.outreach.v1.notice_service_pb2_grpc import NoticeServiceStub
from hub120.outreach.v1.people_service_pb2_grpc import PeopleServiceStub
from hub120.outreach.v1.round_service_pb2_grpc import RoundServiceStub
from hub120.referral.v1.agency_service_pb2_grpc import AgencyServiceStub
from hub120.referral.v1.referral_service_pb2_grpc import ReferralServiceStub
from hub120.routing.v1.conference_service_pb2_grpc import ConferenceServiceStub
from hub120.routing.v1.routing_service_pb2_grpc import RoutingServiceStub
from hub120.translation.v1.coverage_service_pb2_grpc import CoverageServiceStub
from hub120.translation.v1.interpreter_service_pb2_grpc import InterpreterServiceStub

Channel = grpc.Channel | grpc.aio.Channel
Metadata = tuple[tuple[str, str], ...]
PASSING = frozenset(
    {
        grpc.StatusCode.UNAVAILABLE,
        grpc.StatusCode.DEADLINE_EXCEEDED,
        grpc.StatusCode.RESOURCE_EXHAUSTED,
        grpc.StatusCode.CANCELLED,
    }
)
"""The hub is away, or has much to do; it may be asked again."""
_CALL_S = 10.0
_TRIES = 6


def intake(channel: Channel) -> Any:
    """Cases."""
    return IntakeServiceStub(channel)  # type: ignore[no-untyped-call] # generated without hints


def routing(channel: Channel) -> Any:
    """Work."""
    return RoutingServiceStub(channel)  # type: ignore[no-untyped-call] # generated without hints


def conferences(channel: Channel) -> Any:
    """Telephone calls."""
    return ConferenceServiceStub(channel)  # type: ignore[no-untyped-call] # generated without hints


def coverage(channel: Channel) -> Any:
    """Who interprets what."""
    return CoverageServiceStub(channel)  # type: ignore[no-untyped-call] # generated without hints


def interpreters(channel: Channel) -> Any:
    """Sessions with interpreters."""
    return InterpreterServiceStub(channel)  # type: ignore[no-untyped-call] # generated without hints


def people(channel: Channel) -> Any:
    """People who are called regularly."""
    return PeopleServiceStub(channel)  # type: ignore[no-untyped-call] # generated without hints


def rounds(channel: Channel) -> Any:
    """Rounds of check-in calls."""
    return RoundServiceStub(channel)  # type: ignore[no-untyped-call] # generated without hints


def check_ins(channel: Channel) -> Any:
    """Check-ins."""
    return CheckInServiceStub(channel)  # type: ignore[no-untyped-call] # generated without hints


def referrals(channel: Channel) -> Any:
    """Referrals."""
    return ReferralServiceStub(channel)  # type: ignore[no-untyped-call] # generated without hints


def agencies(channel: Channel) -> Any:
    """How agencies are reached."""
    return AgencyServiceStub(channel)  # type: ignore[no-untyped-call] # generated without hints


def campaigns(channel: Channel) -> Any:
    """Lists of people."""
    return CampaignServiceStub(channel)  # type: ignore[no-untyped-call] # generated without hints


def notices(channel: Channel) -> Any:
    """Notices to the public."""
    return NoticeServiceStub(channel)  # type: ignore[no-untyped-call] # generated without hints


def metadata(token: str, purpose: str) -> Metadata:
    """Who calls, and why personal data is read."""
    return (("authorization", f"Bearer {token}"), ("hub120-purpose", purpose))


async def ask(method: Any, request: Any, metadata: Metadata) -> Any:
    """Call a method; every one the agents use may be repeated. None if what it asks is over."""
    for attempt in range(_TRIES):
        try:
            return await method(request, metadata=metadata, timeout=_CALL_S, wait_for_ready=True)
        except grpc.aio.AioRpcError as error:
            if error.code() is grpc.StatusCode.FAILED_PRECONDITION:
                return None
            if error.code() not in PASSING or attempt == _TRIES - 1:
                raise
            await asyncio.sleep(0.2 * 2**attempt)
    return None
