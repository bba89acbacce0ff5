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
from chassis.settings import SettingsError
from chassis.streams import Streams
from services.translation.abilities import AbilitiesNow
from services.translation.domain.languages import is_language
from services.translation.grpc_api.coverage import CoverageApi
from services.translation.grpc_api.interpreter import InterpreterApi
from services.translation.store import sessions
from services.translation.webhooks import Webhooks


def build(process: Process) -> ApiParts:
    """What translation adds to an api process."""
    database, settings = process.database("translation"), process.settings
    if not is_language(settings.extra_language):
        raise SettingsError("HUB120_EXTRA_LANGUAGE: is no ISO 639 code")
    abilities = AbilitiesNow(process.connectors, process.clock)
    streams = Streams(lambda ids: database.read(sessions.sequences, ids))

    def session_changed(body: bytes) -> None:
        streams.wake(events_pb2.SessionChanged.FromString(body).session_id)

    interpreters = InterpreterApi(settings, database, streams, abilities)
    door = Webhooks(process, database).door
    return ApiParts(
        grpc=[
            implemented(coverage_service_pb2, coverage_service_pb2_grpc, CoverageApi(settings, database, abilities)),
            implemented(interpreter_service_pb2, interpreter_service_pb2_grpc, interpreters),
        ],
        routes=door.routes(),
        longest_body=door.longest_body,
        signals={events_pb2.SessionChanged: session_changed},
        background=[streams.watch],
    )
