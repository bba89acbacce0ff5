"""Intake's doors: webhooks from providers over HTTP, and the gRPC services for agents' front ends."""

from __future__ import annotations

from hub120.intake.v1 import (
    events_pb2,
    intake_service_pb2,
    intake_service_pb2_grpc,
    message_service_pb2,
    message_service_pb2_grpc,
    packet_service_pb2,
    packet_service_pb2_grpc,
    words_service_pb2,
    words_service_pb2_grpc,
)

from chassis.api_process import ApiParts
from chassis.grpc_host import implemented
from chassis.process import Process
from chassis.streams import Streams
from services.intake.grpc_api import IntakeApi
from services.intake.messages_api import MessagesApi
from services.intake.packet_api import PacketApi
from services.intake.store import cases
from services.intake.webhooks import Webhooks
from services.intake.words_api import WordsApi


def build(process: Process) -> ApiParts:
    """What intake adds to an api process."""
    database = process.database("intake")
    streams = Streams(lambda case_ids: database.read(cases.sequences, case_ids))

    def case_changed(body: bytes) -> None:
        streams.wake(events_pb2.CaseChanged.FromString(body).case_id)

    webhooks, cases_api = Webhooks(process, database), IntakeApi(process, database, streams)
    return ApiParts(
        grpc=[
            implemented(intake_service_pb2, intake_service_pb2_grpc, cases_api),
            implemented(message_service_pb2, message_service_pb2_grpc, MessagesApi(process, database, cases_api.cut)),
            implemented(packet_service_pb2, packet_service_pb2_grpc, PacketApi(database)),
            implemented(words_service_pb2, words_service_pb2_grpc, WordsApi(database, cases_api.cut)),
        ],
        routes=webhooks.routes(),
        longest_body=webhooks.longest_body,
        signals={events_pb2.CaseChanged: case_changed},
        background=[streams.watch],
    )
