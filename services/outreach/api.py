"""Outreach's doors: gRPC for front ends, and what authorities push over HTTP."""

from __future__ import annotations

from hub120.outreach.v1 import (
    alert_service_pb2,
    alert_service_pb2_grpc,
    events_pb2,
    missing_person_service_pb2,
    missing_person_service_pb2_grpc,
    notice_service_pb2,
    notice_service_pb2_grpc,
)

from chassis.api_process import ApiParts
from chassis.grpc_host import implemented
from chassis.process import Process
from chassis.streams import Streams
from services.outreach.grpc_api.alerts import AlertApi
from services.outreach.grpc_api.missing import MissingApi
from services.outreach.grpc_api.notices import NoticeApi
from services.outreach.store import alerts, notices
from services.outreach.use_cases.proposing import NobodyKnows
from services.outreach.webhooks import Webhooks


def build(process: Process) -> ApiParts:
    """What outreach adds to an api process."""
    database = process.database("outreach")
    alert_streams = Streams(lambda ids: database.read(alerts.sequences, ids))
    notice_streams = Streams(lambda ids: database.read(notices.sequences, ids))
    door = Webhooks(process, database).door

    def alert_changed(_: bytes) -> None:
        alert_streams.wake(alerts.CHANGES)

    def notice_changed(body: bytes) -> None:
        notice_streams.wake(events_pb2.NoticeChanged.FromString(body).notice_id)

    notice_api = NoticeApi(process.settings, database, notice_streams, NobodyKnows())
    missing_api = MissingApi(database, process.blobs)
    return ApiParts(
        grpc=[
            implemented(alert_service_pb2, alert_service_pb2_grpc, AlertApi(database, alert_streams)),
            implemented(notice_service_pb2, notice_service_pb2_grpc, notice_api),
            implemented(missing_person_service_pb2, missing_person_service_pb2_grpc, missing_api),
        ],
        routes=door.routes(),
        longest_body=door.longest_body,
        signals={events_pb2.AlertChanged: alert_changed, events_pb2.NoticeChanged: notice_changed},
        background=[alert_streams.watch, notice_streams.watch],
    )
