"""Routing's doors: the gRPC services for agents' front ends and for supervisors."""

from __future__ import annotations

from hub120.routing.v1 import (
    conduct_service_pb2,
    conduct_service_pb2_grpc,
    conference_service_pb2,
    conference_service_pb2_grpc,
    events_pb2,
    floor_service_pb2,
    floor_service_pb2_grpc,
    queue_service_pb2,
    queue_service_pb2_grpc,
    rota_service_pb2,
    rota_service_pb2_grpc,
    routing_service_pb2,
    routing_service_pb2_grpc,
    transfer_service_pb2,
    transfer_service_pb2_grpc,
)

from chassis.api_process import ApiParts
from chassis.database import Database
from chassis.grpc_host import implemented
from chassis.process import Process
from chassis.streams import Streams
from services.routing.grpc_api.conduct import ConductApi
from services.routing.grpc_api.conference import ConferenceApi
from services.routing.grpc_api.desk import RoutingApi, signalled
from services.routing.grpc_api.floor import FloorApi
from services.routing.grpc_api.queue import QueueApi
from services.routing.grpc_api.rota import RotaApi
from services.routing.grpc_api.transfer import TransferApi
from services.routing.interpreters import Interpreters
from services.routing.lines import asks_translation
from services.routing.store import agents, conferences


def build(process: Process) -> ApiParts:
    """What routing adds to an api process."""
    database = process.database("routing")
    floor = FloorApi(process.settings, database)
    streams = Streams(lambda agent_ids: database.read(agents.sequences, agent_ids))

    def desk_changed(body: bytes) -> None:
        changed = events_pb2.DeskChanged.FromString(body)
        told = signalled(changed)
        if told is None:
            streams.wake(changed.agent_id)
        else:
            streams.push(changed.agent_id, changed.sequence, told)

    bridges = Streams(lambda ids: database.read(conferences.sequences, ids))

    def conference_changed(body: bytes) -> None:
        bridges.wake(events_pb2.ConferenceChanged.FromString(body).conference_id)

    asking = _asking(process, database)
    return ApiParts(
        grpc=[
            implemented(routing_service_pb2, routing_service_pb2_grpc, RoutingApi(process, database, streams)),
            implemented(rota_service_pb2, rota_service_pb2_grpc, RotaApi(database)),
            implemented(floor_service_pb2, floor_service_pb2_grpc, floor),
            implemented(transfer_service_pb2, transfer_service_pb2_grpc, TransferApi(process, database)),
            implemented(conduct_service_pb2, conduct_service_pb2_grpc, ConductApi(process, database)),
            implemented(conference_service_pb2, conference_service_pb2_grpc, ConferenceApi(process, database, bridges)),
            implemented(queue_service_pb2, queue_service_pb2_grpc, QueueApi(process, database)),
        ],
        signals={
            events_pb2.DeskChanged: desk_changed,
            events_pb2.ConferenceChanged: conference_changed,
            **asking.signals,
        },
        background=[streams.watch, bridges.watch, floor.pulse.run, *asking.background],
    )


def _asking(process: Process, database: Database) -> ApiParts:
    """Translation is asked who interprets; nothing where there is none."""
    if not asks_translation(process):
        return ApiParts()
    interpreters = Interpreters(process, database)
    return ApiParts(signals={events_pb2.InterpretationWanted: interpreters.wake}, background=[interpreters.run])
