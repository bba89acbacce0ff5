"""Referral's doors: gRPC for front ends and supervisors; the directory and the agencies' pages over HTTP."""

from __future__ import annotations

from hub120.referral.v1 import eligibility_service_pb2, eligibility_service_pb2_grpc

from chassis.api_process import ApiParts
from chassis.database import Database
from chassis.grpc_host import Service, implemented
from chassis.process import Process
from services.referral.grpc_api.eligibility import EligibilityApi


def build(process: Process) -> ApiParts:
    """What referral adds to an api process."""
    database = process.database("referral")
    return ApiParts(grpc=[_eligibility(database)])


def _eligibility(database: Database) -> Service:
    return implemented(eligibility_service_pb2, eligibility_service_pb2_grpc, EligibilityApi(database))
