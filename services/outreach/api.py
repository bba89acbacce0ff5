"""Outreach's doors: gRPC for front ends."""

from __future__ import annotations

from chassis.api_process import ApiParts
from chassis.process import Process


def build(process: Process) -> ApiParts:
    """What outreach adds to an api process."""
    return ApiParts()
