"""Outreach's doors: gRPC for front ends."""

from __future__ import annotations

from hub120.intake.v1 import message_service_pb2
from hub120.outreach.v1 import (
    campaign_service_pb2,
    campaign_service_pb2_grpc,
    contact_rule_service_pb2,
    contact_rule_service_pb2_grpc,
    mailing_service_pb2,
    mailing_service_pb2_grpc,
)

from chassis.api_process import ApiParts
from chassis.grpc_client import peer
from chassis.grpc_host import implemented
from chassis.process import Process
from services.outreach.grpc_api.campaigns import CampaignApi
from services.outreach.grpc_api.contact_rules import ContactRuleApi
from services.outreach.grpc_api.mailings import MailingApi
from services.outreach.survey_couriers import SurveyCourier


def build(process: Process) -> ApiParts:
    """What outreach adds to an api process."""
    database, settings = process.database("outreach"), process.settings
    found = process.connectors.having("channel")
    campaigns = CampaignApi(database, found, settings.approve_above)
    intake = peer(process, "outreach", "intake", "HUB120_INTAKE_ADDRESS", message_service_pb2)
    return ApiParts(
        grpc=[
            implemented(campaign_service_pb2, campaign_service_pb2_grpc, campaigns),
            implemented(contact_rule_service_pb2, contact_rule_service_pb2_grpc, ContactRuleApi(database)),
            implemented(mailing_service_pb2, mailing_service_pb2_grpc, MailingApi(database, settings.message_prices)),
        ],
        background=[SurveyCourier(database, intake).run],
    )
