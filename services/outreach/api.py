"""Outreach's doors: gRPC for front ends, and what authorities push over HTTP."""

from __future__ import annotations

from hub120.intake.v1 import message_service_pb2
from hub120.outreach.v1 import (
    alert_service_pb2,
    alert_service_pb2_grpc,
    campaign_service_pb2,
    campaign_service_pb2_grpc,
    check_in_service_pb2,
    check_in_service_pb2_grpc,
    contact_rule_service_pb2,
    contact_rule_service_pb2_grpc,
    events_pb2,
    mailing_service_pb2,
    mailing_service_pb2_grpc,
    missing_person_service_pb2,
    missing_person_service_pb2_grpc,
    notice_service_pb2,
    notice_service_pb2_grpc,
    people_service_pb2,
    people_service_pb2_grpc,
    round_service_pb2,
    round_service_pb2_grpc,
)

from chassis.api_process import ApiParts
from chassis.grpc_client import Peer, peer
from chassis.grpc_host import implemented
from chassis.process import Process
from chassis.streams import Streams
from services.outreach.couriers import Courier
from services.outreach.domain import calling_times
from services.outreach.grpc_api.alerts import AlertApi
from services.outreach.grpc_api.campaigns import CampaignApi
from services.outreach.grpc_api.check_ins import CheckInApi
from services.outreach.grpc_api.contact_rules import ContactRuleApi
from services.outreach.grpc_api.mailings import MailingApi
from services.outreach.grpc_api.missing import MissingApi
from services.outreach.grpc_api.notices import NoticeApi
from services.outreach.grpc_api.people import PeopleApi
from services.outreach.grpc_api.rounds import RoundApi
from services.outreach.store import alerts, notices, rounds
from services.outreach.survey_couriers import SurveyCourier
from services.outreach.use_cases.approving import CARRIED
from services.outreach.use_cases.audience import Audience
from services.outreach.webhooks import Webhooks


def build(process: Process) -> ApiParts:
    """What outreach adds to an api process: the courier too, who brings to intake whom to call."""
    parts = (_check_ins(process), _campaigns(process), _notices(process))
    return ApiParts(
        grpc=[service for part in parts for service in part.grpc],
        routes=parts[2].routes,
        longest_body=parts[2].longest_body,
        signals={kind: hear for part in parts for kind, hear in part.signals.items()},
        background=[run for part in parts for run in part.background],
    )


def _check_ins(process: Process) -> ApiParts:
    """People, rounds and check-ins."""
    database, centre = process.database("outreach"), calling_times.hours(process.settings.check_in_hours)
    streams = Streams(lambda ids: database.read(rounds.sequences, ids))
    courier = Courier(database, _intake(process), centre)

    def round_changed(body: bytes) -> None:
        streams.wake(events_pb2.RoundChanged.FromString(body).round_id)

    def errand_waits(_: bytes) -> None:
        courier.wake()

    return ApiParts(
        grpc=[
            implemented(check_in_service_pb2, check_in_service_pb2_grpc, CheckInApi(database, centre)),
            implemented(people_service_pb2, people_service_pb2_grpc, PeopleApi(database, centre)),
            implemented(round_service_pb2, round_service_pb2_grpc, RoundApi(database, streams, centre)),
        ],
        signals={events_pb2.RoundChanged: round_changed, events_pb2.ErrandWaits: errand_waits},
        background=[streams.watch, courier.run],
    )


def _campaigns(process: Process) -> ApiParts:
    """Lists, campaigns, mailings, who is not written to, and how satisfied citizens are."""
    database, settings = process.database("outreach"), process.settings
    centre = calling_times.hours(settings.check_in_hours)
    campaigns = CampaignApi(database, process.connectors.having("channel"), settings.approve_above)
    mailings = MailingApi(database, settings.message_prices, centre)
    return ApiParts(
        grpc=[
            implemented(campaign_service_pb2, campaign_service_pb2_grpc, campaigns),
            implemented(contact_rule_service_pb2, contact_rule_service_pb2_grpc, ContactRuleApi(database)),
            implemented(mailing_service_pb2, mailing_service_pb2_grpc, mailings),
        ],
        background=[SurveyCourier(database, _intake(process)).run],
    )


def _intake(process: Process) -> Peer:
    """The way to intake."""
    return peer(process, "outreach", "intake", "HUB120_INTAKE_ADDRESS", message_service_pb2)


def _notices(process: Process) -> ApiParts:
    """Alerts of authorities, notices to the public, people who are looked for."""
    database = process.database("outreach")
    alert_streams = Streams(lambda ids: database.read(alerts.sequences, ids))
    notice_streams = Streams(lambda ids: database.read(notices.sequences, ids))
    door = Webhooks(process, database).door

    def alert_changed(_: bytes) -> None:
        alert_streams.wake(alerts.CHANGES)

    def notice_changed(body: bytes) -> None:
        notice_streams.wake(events_pb2.NoticeChanged.FromString(body).notice_id)

    roads, run = process.settings.roads_of_notices, process.connectors.having("channel")
    carried = {channel for channel in CARRIED if roads[channel] in run}
    audience = Audience({channel: one for channel, one in roads.items() if one in run})
    notice_api = NoticeApi(process.settings, database, notice_streams, audience, carried)
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
