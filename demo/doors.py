"""The hub's two doors for front ends, as anyone opens them who has the protos and a token."""

from __future__ import annotations

from typing import Any

import grpc
from hub120.intake.v1.intake_service_pb2_grpc import IntakeServiceStub
from hub120.routing.v1.routing_service_pb2_grpc import RoutingServiceStub

Channel = grpc.Channel | grpc.aio.Channel
Metadata = tuple[tuple[str, str], ...]


def intake(channel: Channel) -> Any:
    """Cases."""
    return IntakeServiceStub(channel)  # type: ignore[no-untyped-call] # generated without hints


def routing(channel: Channel) -> Any:
    """Work."""
    return RoutingServiceStub(channel)  # type: ignore[no-untyped-call] # generated without hints


def metadata(token: str, purpose: str) -> Metadata:
    """Who calls, and why personal data is read."""
    return (("authorization", f"Bearer {token}"), ("hub120-purpose", purpose))
