"""Referral's doors: gRPC for front ends and supervisors; the directory and the agencies' pages over HTTP."""

from __future__ import annotations

from hub120.referral.v1 import search_service_pb2, search_service_pb2_grpc

from chassis.api_process import ApiParts
from chassis.grpc_host import Service as GrpcService
from chassis.grpc_host import implemented
from chassis.process import Process
from services.referral.grpc_api.search import SearchApi


def build(process: Process) -> ApiParts:
    """What referral adds to an api process."""
    return ApiParts(grpc=[*_search(process)])


def _search(process: Process) -> list[GrpcService]:
    """Search for agents."""
    api = SearchApi(process.database("referral"))
    return [implemented(search_service_pb2, search_service_pb2_grpc, api)]
