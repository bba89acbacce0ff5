"""Referral's doors: gRPC for front ends and supervisors; the directory and the agencies' pages over HTTP."""

from __future__ import annotations

from collections.abc import Sequence

from hub120.referral.v1 import directory_service_pb2, directory_service_pb2_grpc
from starlette.routing import BaseRoute

from chassis.api_process import ApiParts
from chassis.grpc_host import Service as GrpcService
from chassis.grpc_host import implemented
from chassis.process import Process
from services.referral.directory_http import DirectoryHttp
from services.referral.grpc_api.directory import DirectoryApi


def build(process: Process) -> ApiParts:
    """What referral adds to an api process."""
    return ApiParts(grpc=[_directory_service(process)], routes=_directory(process))


def _directory_service(process: Process) -> GrpcService:
    api = DirectoryApi(process.settings, process.database("referral"))
    return implemented(directory_service_pb2, directory_service_pb2_grpc, api)


def _directory(process: Process) -> Sequence[BaseRoute]:
    settings = process.settings
    return DirectoryHttp(process.database("referral"), settings.public_url, settings.centre_name).routes()
