"""Referral's doors: gRPC for front ends and supervisors; the directory and the agencies' pages over HTTP."""

from __future__ import annotations

from chassis.api_process import ApiParts
from chassis.process import Process


def build(process: Process) -> ApiParts:
    """What referral adds to an api process."""
    return ApiParts()
