"""An agent who takes every offer and answers it."""

import os

import grpc
from hub120.intake.v1 import intake_service_pb2 as intake
from hub120.intake.v1.intake_service_pb2_grpc import IntakeServiceStub
from hub120.routing.v1 import routing_service_pb2 as routing
from hub120.routing.v1 import work_pb2 as work
from hub120.routing.v1.routing_service_pb2_grpc import RoutingServiceStub

channel = grpc.insecure_channel(os.environ.get("HUB120_GRPC_ADDRESS", "127.0.0.1:8121"))
desk, cases = RoutingServiceStub(channel), IntakeServiceStub(channel)
me = [("authorization", "Bearer " + os.environ["HUB120_TOKEN"])]
desk.SetPresence(routing.SetPresenceRequest(presence=work.PRESENCE_READY), metadata=me)
for told in desk.WatchDesk(routing.WatchDeskRequest(), metadata=me):
    for offer in (*told.desk.offers, told.offer):
        if offer.state == work.OFFER_STATE_PENDING:
            item = desk.AcceptOffer(routing.AcceptOfferRequest(offer_id=offer.id), metadata=me).work_item
            answer = intake.ReplyToCaseRequest(case_id=item.case_id, text="곧 확인하겠습니다.", request_id=item.id)
            cases.ReplyToCase(answer, metadata=me)
            desk.FinishWork(routing.FinishWorkRequest(work_item_id=item.id), metadata=me)
