"""Routing's doors: the gRPC services for agents' front ends and for supervisors."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from google.protobuf.message import Message
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
    wall_service_pb2,
    wall_service_pb2_grpc,
)

from chassis.api_process import ApiParts
from chassis.database import Database
from chassis.grpc_host import implemented
from chassis.process import Process
from chassis.pulse import Pulse
from chassis.streams import Streams
from services.routing.grpc_api.conduct import ConductApi
from services.routing.grpc_api.conference import ConferenceApi
from services.routing.grpc_api.desk import RoutingApi, signalled
from services.routing.grpc_api.floor import FloorApi
from services.routing.grpc_api.queue import QueueApi
from services.routing.grpc_api.rota import RotaApi
from services.routing.grpc_api.transfer import TransferApi
from services.routing.grpc_api.wall import WallApi
from services.routing.interpreters import Interpreters
from services.routing.lines import asks_translation
from services.routing.store import agents, conferences


def build(process: Process) -> ApiParts:
    """What routing adds to an api process."""
    database = process.database("routing")
    floor, wall = FloorApi(process.settings, database), WallApi(process.settings, database)
    desks = Streams(lambda agent_ids: database.read(agents.sequences, agent_ids))
    bridges = Streams(lambda ids: database.read(conferences.sequences, ids))
    asking = _asking(process, database)
    return ApiParts(
        grpc=[
            implemented(routing_service_pb2, routing_service_pb2_grpc, RoutingApi(process, database, desks)),
            implemented(rota_service_pb2, rota_service_pb2_grpc, RotaApi(database)),
            implemented(floor_service_pb2, floor_service_pb2_grpc, floor),
            implemented(wall_service_pb2, wall_service_pb2_grpc, wall),
            implemented(transfer_service_pb2, transfer_service_pb2_grpc, TransferApi(process, database)),
            implemented(conduct_service_pb2, conduct_service_pb2_grpc, ConductApi(process, database)),
            implemented(conference_service_pb2, conference_service_pb2_grpc, ConferenceApi(process, database, bridges)),
            implemented(queue_service_pb2, queue_service_pb2_grpc, QueueApi(process, database)),
        ],
        signals={**wakes(desks, bridges, [floor.pulse, wall.pulse]), **asking.signals},
        background=[
            *(desks.watch, bridges.watch, floor.pulse.run, wall.pulse.run, wall.figures.run),
            *asking.background,
        ],
    )


def wakes(
    desks: Streams, bridges: Streams, pulses: Sequence[Pulse[Any]]
) -> Mapping[type[Message], Callable[[bytes], None]]:
    """What wakes the streams: those of what moved, and those that show the whole floor with every move."""

    def floor_changed(body: bytes) -> None:
        for pulse in pulses:
            pulse.wake()

    def desk_changed(body: bytes) -> None:
        changed = events_pb2.DeskChanged.FromString(body)
        told = signalled(changed)
        if told is None:
            desks.wake(changed.agent_id)
        else:
            desks.push(changed.agent_id, changed.sequence, told)
        floor_changed(body)

    def conference_changed(body: bytes) -> None:
        bridges.wake(events_pb2.ConferenceChanged.FromString(body).conference_id)
        floor_changed(body)

    return {
        events_pb2.DeskChanged: desk_changed,
        events_pb2.ConferenceChanged: conference_changed,
        events_pb2.FloorChanged: floor_changed,
        events_pb2.SurgeChanged: floor_changed,
    }


def _asking(process: Process, database: Database) -> ApiParts:
    """Translation is asked who interprets; nothing where there is none."""
    if not asks_translation(process):
        return ApiParts()
    interpreters = Interpreters(process, database)
    return ApiParts(signals={events_pb2.InterpretationWanted: interpreters.wake}, background=[interpreters.run])
