"""Referral's doors: gRPC for front ends and supervisors; the directory and the agencies' pages over HTTP."""

from __future__ import annotations

from hub120.intake.v1 import message_service_pb2
from hub120.referral.v1 import (
    agency_service_pb2,
    agency_service_pb2_grpc,
    appointment_service_pb2,
    appointment_service_pb2_grpc,
    capacity_service_pb2,
    capacity_service_pb2_grpc,
    directory_service_pb2,
    directory_service_pb2_grpc,
    eligibility_service_pb2,
    eligibility_service_pb2_grpc,
    events_pb2,
    figures_service_pb2,
    figures_service_pb2_grpc,
    knowledge_service_pb2,
    knowledge_service_pb2_grpc,
    legal_service_pb2,
    legal_service_pb2_grpc,
    referral_service_pb2,
    referral_service_pb2_grpc,
    search_service_pb2,
    search_service_pb2_grpc,
)

from chassis.api_process import ApiParts
from chassis.grpc_client import peer
from chassis.grpc_host import implemented
from chassis.process import Process
from chassis.streams import Streams
from services.referral.agency_http import AgencyHttp
from services.referral.couriers import Courier
from services.referral.directory_http import DirectoryHttp
from services.referral.elsewhere import Elsewhere
from services.referral.grpc_api.agencies import AgencyApi
from services.referral.grpc_api.appointments import AppointmentApi
from services.referral.grpc_api.capacity import CapacityApi
from services.referral.grpc_api.directory import DirectoryApi
from services.referral.grpc_api.eligibility import EligibilityApi
from services.referral.grpc_api.figures import FiguresApi
from services.referral.grpc_api.knowledge import KnowledgeApi
from services.referral.grpc_api.legal import LegalApi
from services.referral.grpc_api.referrals import ReferralApi
from services.referral.grpc_api.search import SearchApi
from services.referral.store import referrals
from services.referral.use_cases.loading import House


def build(process: Process) -> ApiParts:
    """What referral adds to an api process: the courier too, who brings to intake what is to leave."""
    database, settings = process.database("referral"), process.settings
    streams = Streams(lambda ids: database.read(referrals.sequences, ids))
    intake = peer(process, "referral", "intake", "HUB120_INTAKE_ADDRESS", message_service_pb2)
    courier = Courier(database, intake, House(settings.centre_name, settings.agency_url, settings.link_days))

    def referral_changed(body: bytes) -> None:
        streams.wake(events_pb2.ReferralChanged.FromString(body).referral_id)

    def dispatch_waits(_: bytes) -> None:
        courier.wake()

    knowledge_api = KnowledgeApi(database, Elsewhere(process.connectors))
    referral_api = ReferralApi(database, streams, settings.capacity_days, settings.centre_name)
    return ApiParts(
        grpc=[
            implemented(agency_service_pb2, agency_service_pb2_grpc, AgencyApi(settings, database)),
            implemented(appointment_service_pb2, appointment_service_pb2_grpc, AppointmentApi(database)),
            implemented(capacity_service_pb2, capacity_service_pb2_grpc, CapacityApi(database, settings.capacity_days)),
            implemented(directory_service_pb2, directory_service_pb2_grpc, DirectoryApi(settings, database)),
            implemented(figures_service_pb2, figures_service_pb2_grpc, FiguresApi(database)),
            implemented(eligibility_service_pb2, eligibility_service_pb2_grpc, EligibilityApi(database)),
            implemented(knowledge_service_pb2, knowledge_service_pb2_grpc, knowledge_api),
            implemented(legal_service_pb2, legal_service_pb2_grpc, LegalApi(database)),
            implemented(referral_service_pb2, referral_service_pb2_grpc, referral_api),
            implemented(search_service_pb2, search_service_pb2_grpc, SearchApi(database)),
        ],
        routes=[
            *DirectoryHttp(database, settings.public_url, settings.centre_name).routes(),
            *AgencyHttp(database, settings.agency_url, settings.centre_name, settings.capacity_days).routes(),
        ],
        signals={events_pb2.ReferralChanged: referral_changed, events_pb2.DispatchWaits: dispatch_waits},
        background=[streams.watch, courier.run],
    )
