"""Translation's doors: the gRPC services for front ends and supervisors, and callbacks of partners over HTTP."""

from __future__ import annotations

from hub120.translation.v1 import (
    coverage_service_pb2,
    coverage_service_pb2_grpc,
    events_pb2,
    interpreter_service_pb2,
    interpreter_service_pb2_grpc,
)

from chassis.api_process import ApiParts
from chassis.grpc_host import implemented
from chassis.process import Process
from chassis.streams import Streams
from services.translation.grpc_api.coverage import CoverageApi
from services.translation.grpc_api.interpreter import InterpreterApi
from services.translation.store import sessions


def build(process: Process) -> ApiParts:
    """What translation adds to an api process."""
    database = process.database("translation")
    streams = Streams(lambda ids: database.read(sessions.sequences, ids))

    def session_changed(body: bytes) -> None:
        streams.wake(events_pb2.SessionChanged.FromString(body).session_id)

    return ApiParts(
        grpc=[
            implemented(coverage_service_pb2, coverage_service_pb2_grpc, CoverageApi(process, database)),
            implemented(
                interpreter_service_pb2, interpreter_service_pb2_grpc, InterpreterApi(process, database, streams)
            ),
        ],
        signals={events_pb2.SessionChanged: session_changed},
        background=[streams.watch],
    )
