"""The CoverageService of the contract: who interprets what and when, volunteers, terms."""

from __future__ import annotations

from hub120.translation.v1 import coverage_service_pb2_grpc

from chassis.database import Database
from chassis.process import Process


class CoverageApi(coverage_service_pb2_grpc.CoverageServiceServicer):
    """Coverage; whoever writes is the caller."""

    def __init__(self, process: Process, database: Database) -> None:
        self._process, self._database = process, database
