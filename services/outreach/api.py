"""Outreach's doors: gRPC for front ends."""

from __future__ import annotations

from hub120.intake.v1 import message_service_pb2
from hub120.outreach.v1 import (
    campaign_service_pb2,
    campaign_service_pb2_grpc,
    check_in_service_pb2,
    check_in_service_pb2_grpc,
    contact_rule_service_pb2,
    contact_rule_service_pb2_grpc,
    events_pb2,
    mailing_service_pb2,
    mailing_service_pb2_grpc,
    people_service_pb2,
    people_service_pb2_grpc,
    round_service_pb2,
    round_service_pb2_grpc,
)

from chassis.api_process import ApiParts
from chassis.grpc_client import peer
from chassis.grpc_host import implemented
from chassis.process import Process
from chassis.streams import Streams
from services.outreach.couriers import Courier
from services.outreach.domain import calling_times
from services.outreach.grpc_api.campaigns import CampaignApi
from services.outreach.grpc_api.check_ins import CheckInApi
from services.outreach.grpc_api.contact_rules import ContactRuleApi
from services.outreach.grpc_api.mailings import MailingApi
from services.outreach.grpc_api.people import PeopleApi
from services.outreach.grpc_api.rounds import RoundApi
from services.outreach.store import rounds
from services.outreach.survey_couriers import SurveyCourier


def build(process: Process) -> ApiParts:
    """What outreach adds to an api process: the courier too, who brings to intake whom to call."""
    database, centre = process.database("outreach"), calling_times.hours(process.settings.check_in_hours)
    streams = Streams(lambda ids: database.read(rounds.sequences, ids))
    intake = peer(process, "outreach", "intake", "HUB120_INTAKE_ADDRESS", message_service_pb2)
    settings = process.settings
    campaigns = CampaignApi(database, process.connectors.having("channel"), settings.approve_above)
    surveys = SurveyCourier(database, peer(process, "outreach", "intake", "HUB120_INTAKE_ADDRESS", message_service_pb2))
    courier = Courier(database, intake, centre)

    def round_changed(body: bytes) -> None:
        streams.wake(events_pb2.RoundChanged.FromString(body).round_id)

    def errand_waits(_: bytes) -> None:
        courier.wake()

    return ApiParts(
        grpc=[
            implemented(campaign_service_pb2, campaign_service_pb2_grpc, campaigns),
            implemented(contact_rule_service_pb2, contact_rule_service_pb2_grpc, ContactRuleApi(database)),
            implemented(mailing_service_pb2, mailing_service_pb2_grpc, MailingApi(database, settings.message_prices)),
            implemented(check_in_service_pb2, check_in_service_pb2_grpc, CheckInApi(database, centre)),
            implemented(people_service_pb2, people_service_pb2_grpc, PeopleApi(database, centre)),
            implemented(round_service_pb2, round_service_pb2_grpc, RoundApi(database, streams, centre)),
        ],
        signals={events_pb2.RoundChanged: round_changed, events_pb2.ErrandWaits: errand_waits},
        background=[streams.watch, courier.run, surveys.run],
    )
