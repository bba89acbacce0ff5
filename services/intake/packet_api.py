"""The PacketService of the contract: each method reads its request, calls one use case, answers."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from hub120.intake.v1 import case_pb2, packet_service_pb2_grpc
from hub120.intake.v1 import packet_service_pb2 as pb

from chassis.database import Database
from chassis.grpc_host import Check, caller, purpose, run_blocking
from services.intake.domain.contacts import Details
from services.intake.domain.packets import Packet
from services.intake.use_cases import packing
from services.intake.use_cases.casework import Reader

_DEFAULT_PURPOSE = "case work"


class PacketApi(packet_service_pb2_grpc.PacketServiceServicer):
    """Hand-over packets."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def PutPacket(self, request: pb.PutPacketRequest, context: Any) -> pb.PutPacketResponse:
        """Write down the matter in the agent's words."""
        check = Check(request).required("case_id").uuid("case_id").length("title", 1, 200)
        check.length("summary", 1, 5_000).length("topic", 0, 100).length("place.address", 0, 1_000)
        place = request.place
        check.that(place.HasField("latitude") == place.HasField("longitude"), "place", "has both degrees, or neither")
        check.that(abs(place.latitude) <= 90 and abs(place.longitude) <= 180, "place", "is on earth")
        check.raise_if_any()
        details = Details(
            topic=request.topic,
            address=place.address,
            latitude=place.latitude if place.HasField("latitude") else None,
            longitude=place.longitude if place.HasField("longitude") else None,
        )
        reader = _reader("PutPacket")
        found = await run_blocking(
            self._database.run, packing.put_packet, request.case_id, request.title, request.summary, details, reader
        )
        return pb.PutPacketResponse(packet=_packet(found))

    async def GetPacket(self, request: pb.GetPacketRequest, context: Any) -> pb.GetPacketResponse:
        """The packet of a case."""
        Check(request).required("case_id").uuid("case_id").raise_if_any()
        found = await run_blocking(self._database.run, packing.read_packet, request.case_id, _reader("GetPacket"))
        return pb.GetPacketResponse(packet=_packet(found))


def _reader(action: str) -> Reader:
    return Reader(caller().subject, action, purpose() or _DEFAULT_PURPOSE)


def _packet(found: Packet) -> pb.Packet:
    where = found.place
    known = where.address or where.latitude is not None
    place = case_pb2.Place(address=where.address, latitude=where.latitude, longitude=where.longitude)
    return pb.Packet(
        case_id=found.case_id,
        case_number=found.case_number,
        title=found.title,
        summary=found.summary,
        topic=where.topic,
        place=place if known else None,
        contacts=[
            pb.PacketContact(receive_time=datetime.fromtimestamp(said.received_at, UTC), text=said.text)
            for said in found.said
        ],
        language=found.language,
        agent_id=found.agent_id,
    )
