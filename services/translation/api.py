"""Translation's doors: the gRPC services for front ends and supervisors, and callbacks of partners over HTTP."""

from __future__ import annotations

from hub120.intake.v1 import words_service_pb2
from hub120.translation.v1 import (
    board_service_pb2,
    board_service_pb2_grpc,
    coverage_service_pb2,
    coverage_service_pb2_grpc,
    events_pb2,
    interpreter_service_pb2,
    interpreter_service_pb2_grpc,
)

from chassis.api_process import ApiParts
from chassis.grpc_client import peer
from chassis.grpc_host import implemented
from chassis.process import Process
from chassis.settings import SettingsError
from chassis.streams import Streams
from services.translation.abilities import AbilitiesNow
from services.translation.carrying import Carrier
from services.translation.domain.languages import is_language
from services.translation.grpc_api.board import BoardApi
from services.translation.grpc_api.coverage import CoverageApi
from services.translation.grpc_api.interpreter import InterpreterApi
from services.translation.store import relaying, sessions
from services.translation.webhooks import Webhooks


def build(process: Process) -> ApiParts:
    """What translation adds to an api process."""
    database, settings = process.database("translation"), process.settings
    if not is_language(settings.extra_language):
        raise SettingsError("HUB120_EXTRA_LANGUAGE: is no ISO 639 code")
    abilities = AbilitiesNow(process.connectors, process.clock)
    streams = Streams(lambda ids: database.read(sessions.sequences, ids))
    relays = Streams(lambda ids: database.read(relaying.sequences, ids))
    intake = peer(process, "translation", "intake", "HUB120_INTAKE_ADDRESS", words_service_pb2)
    carrier = Carrier(database, intake)
    board = BoardApi(process.connectors, database, abilities)

    def relay_changed(body: bytes) -> None:
        relays.wake(events_pb2.RelayChanged.FromString(body).session_id)

    def words_wait(body: bytes) -> None:
        carrier.wake_for(events_pb2.WordsWait.FromString(body).session_id)

    def session_changed(body: bytes) -> None:
        streams.wake(events_pb2.SessionChanged.FromString(body).session_id)
        board.pulse.wake()

    interpreters = InterpreterApi(settings, database, streams, relays, abilities)
    door = Webhooks(process, database).door
    return ApiParts(
        grpc=[
            implemented(coverage_service_pb2, coverage_service_pb2_grpc, CoverageApi(settings, database, abilities)),
            implemented(interpreter_service_pb2, interpreter_service_pb2_grpc, interpreters),
            implemented(board_service_pb2, board_service_pb2_grpc, board),
        ],
        routes=door.routes(),
        longest_body=door.longest_body,
        signals={
            events_pb2.SessionChanged: session_changed,
            events_pb2.RelayChanged: relay_changed,
            events_pb2.WordsWait: words_wait,
        },
        background=[streams.watch, relays.watch, board.pulse.run, carrier.run],
    )
